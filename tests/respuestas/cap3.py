"""Respuestas del capítulo 3: las que valen y las que no, con su pista.

Cada código ocupa el lugar de la plantilla. La palabra que acompaña a una
respuesta mala tiene que estar en la pista que se le da.
"""

_MISMA = "def siempre_la_misma(etiquetas):\n    return "
_IDS = "def a_ids(tokens, tabla):\n    return "
_VOCAB = """
def vocabulario(textos, minimo):
    veces = Counter(t for tokens in textos for t in tokens)
    quedan = [t for t in veces if veces[t] >= minimo]
    return ["<unk>", *sorted(quedan, key=lambda t: (-veces[t], t))]
"""
_DESARMA = """
def desarma(text, offsets):
    finales = [*offsets[1:], len(text)]
    return [text[a:b] for a, b in zip(offsets, finales)]
"""
_TROZOS = "def desarma(text, offsets):\n    return "
_CUANTOS = """
def cuantos_parametros(vocab_size, embed_dim, num_class):
    bn = 2 * embed_dim
    fc = embed_dim * num_class + num_class
    return vocab_size * embed_dim + bn + fc
"""
_MEDIAS = """
def medias(tabla, text, offsets):
    finales = [*offsets[1:], len(text)]
    filas = []
    for a, b in zip(offsets, finales):
        filas.append(tabla[text[a:b]].mean(dim=0))
    return torch.stack(filas)
"""
_BOLSA = "def medias(tabla, text, offsets):\n    return "
_ENTROPIA = """
def entropia(salidas, clases):
    p = salidas.softmax(dim=1)
    correctas = p[torch.arange(len(clases)), clases]
    return -correctas.log().mean()
"""
_UNA = "def entropia(salidas, clases):\n    return "
_K = """
@torch.inference_mode()
def entre_las_k(modelo, dataloader, k):
    aciertos, vistos = 0, 0
    modelo.eval()
    for label, text, offsets in dataloader:
        mejores = modelo(text, offsets).topk(k, dim=1).indices
        aciertos += (mejores == label.unsqueeze(dim=1)).sum().item()
        vistos += len(label)
    return aciertos / vistos
"""
_OTRO = "= ModeloClasificacionTexto(len(vocab), 8, 5).eval()("
_K_POR_LOTES = """
@torch.inference_mode()
def entre_las_k(modelo, dataloader, k):
    notas = []
    modelo.eval()
    for label, text, offsets in dataloader:
        mejores = modelo(text, offsets).topk(k, dim=1).indices
        dentro = (mejores == label.unsqueeze(dim=1)).any(dim=1)
        notas.append(dentro.float().mean().item())
    return sum(notas) / len(notas)
"""
_REPARTE = """
def reparte(clases, fraccion):
    train, valid = [], []
    for clase in set(clases):
        lugares = [i for i, c in enumerate(clases) if c == clase]
        lugares = [lugares[i] for i in torch.randperm(len(lugares))]
        corte = round(fraccion * len(lugares))
        valid += lugares[:corte]
        train += lugares[corte:]
    return train, valid
"""
_AL_AZAR = """
def reparte(clases, fraccion):
    orden = torch.randperm(len(clases)).tolist()
    corte = int(fraccion * len(clases))
    return orden[corte:], orden[:corte]
"""
_SVM = """
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

rival = make_pipeline(
    TfidfVectorizer(
        analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True
    ),
    LinearSVC(random_state=0),
)
etiquetas_train, textos_train = zip(*train)
rival.fit(textos_train, etiquetas_train)


def clasifica(textos):
    return rival.predict(textos)
"""
_PALABRAS = """
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.naive_bayes import MultinomialNB
from sklearn.pipeline import make_pipeline

rival = make_pipeline(TfidfVectorizer(), MultinomialNB(alpha=0.05))
etiquetas_train, textos_train = zip(*train)
rival.fit(textos_train, etiquetas_train)


def clasifica(textos):
    return rival.predict(textos)
"""
_CURSO = """
def clasifica(textos):
    return [
        1 + CLASES.index(predice(t, modelo, texto_pipeline)[0]) for t in textos
    ]
"""

BIEN = {
    "3.1": [
        _MISMA + "Counter(etiquetas).most_common(1)[0][1] / len(etiquetas)",
        _MISMA + "max(map(etiquetas.count, etiquetas)) / len(etiquetas)",
        "def siempre_la_misma(etiquetas):\n"
        "    t = torch.tensor(etiquetas)\n"
        "    return (t == t.mode().values).float().mean()",
    ],
    "3.2a": [
        "def a_ids(tokens, tabla):\n"
        "    ids = []\n"
        "    for token in tokens:\n"
        "        ids.append(tabla[token] if token in tabla else 0)\n"
        "    return ids",
        _IDS + "torch.tensor([tabla.get(t, tabla['<unk>']) for t in tokens])",
        _IDS + "[tabla.get(t) or 0 for t in tokens]",
    ],
    "3.2b": [
        "def vocabulario(textos, minimo):\n"
        "    return build_vocab_from_iterator(\n"
        "        textos, min_freq=minimo, specials=['<unk>']\n"
        "    ).get_itos()",
        """
def vocabulario(textos, minimo):
    veces = {}
    for tokens in textos:
        for token in tokens:
            veces[token] = veces.get(token, 0) + 1
    lista = sorted(veces)
    lista.sort(key=veces.get, reverse=True)
    return ["<unk>"] + [t for t in lista if veces[t] >= minimo]
""",
    ],
    "3.3": [
        _TROZOS + "torch.tensor_split(text, offsets[1:])",
        """
def desarma(text, offsets):
    textos = []
    for i in range(len(offsets)):
        if i + 1 < len(offsets):
            textos.append(text[offsets[i] : offsets[i + 1]].tolist())
        else:
            textos.append(text[offsets[i] :].tolist())
    return textos
""",
        "def desarma(text, offsets):\n"
        "    finales = torch.cat([offsets[1:], torch.tensor([len(text)])])\n"
        "    return text.split((finales - offsets).tolist())",
    ],
    "3.4a": [
        "def cuantos_parametros(vocab_size, embed_dim, num_class):\n"
        "    m = ModeloClasificacionTexto(vocab_size, embed_dim, num_class)\n"
        "    return sum(p.numel() for p in m.parameters())",
        "def cuantos_parametros(v, d, c):\n    return d * (v + c + 2) + c",
    ],
    "3.4b": [
        _BOLSA + "nn.functional.embedding_bag(text, tabla, offsets)",
        """
def medias(tabla, text, offsets):
    partes = torch.tensor_split(tabla[text], offsets[1:])
    return torch.stack([parte.mean(dim=0) for parte in partes])
""",
        """
def medias(tabla, text, offsets):
    salida = torch.zeros(len(offsets), tabla.shape[1])
    for i, desde in enumerate(offsets):
        hasta = offsets[i + 1] if i + 1 < len(offsets) else len(text)
        salida[i] = tabla[text[desde:hasta]].sum(dim=0) / (hasta - desde)
    return salida
""",
    ],
    "3.5": [
        _UNA + "nn.CrossEntropyLoss()(salidas, clases)",
        "def entropia(salidas, clases):\n"
        "    log_p = salidas.log_softmax(dim=1)\n"
        "    elegidas = log_p.gather(1, clases.unsqueeze(dim=1))\n"
        "    return -elegidas.mean()",
        "def entropia(salidas, clases):\n"
        "    e = salidas.exp()\n"
        "    p = e / e.sum(dim=1, keepdim=True)\n"
        "    suma = 0\n"
        "    for fila, clase in zip(p, clases):\n"
        "        suma = suma - torch.log(fila[clase])\n"
        "    return suma / len(clases)",
    ],
    "3.6": [
        _K.replace("inference_mode", "no_grad").replace(
            "(mejores == label.unsqueeze(dim=1)).sum().item()",
            "sum(c in fila for c, fila in zip(label, mejores))",
        ),
        _K.replace("modelo.eval()", "modelo.train(False)").replace(
            "label.unsqueeze(dim=1)", "label[:, None]"
        ),
        # devolver el modelo a su modo también vale
        _K.replace("    return", "    modelo.train()\n    return"),
        _K_POR_LOTES.replace("dentro.float().mean().item()", "dentro").replace(
            "sum(notas) / len(notas)", "torch.cat(notas).float().mean()"
        ),
    ],
    "3.7": [
        "from sklearn.model_selection import train_test_split\n\n\n"
        "def reparte(clases, fraccion):\n"
        "    return train_test_split(\n"
        "        range(len(clases)), test_size=fraccion, stratify=clases\n"
        "    )",
        _REPARTE,
        _REPARTE.replace("round(", "int(").replace(
            "return train, valid",
            "return torch.tensor(train), torch.tensor(valid)",
        ),
    ],
    "3.8": [
        _SVM,
        # con nombres en lugar de números, y con otro clasificador
        _SVM.replace("LinearSVC(random_state=0)", "RidgeClassifier()")
        .replace(
            "sklearn.svm import LinearSVC",
            "sklearn.linear_model import RidgeClassifier",
        )
        .replace("(1, 4)", "(2, 5)")
        .replace(
            "return rival.predict(textos)",
            "return [CLASES[n - 1] for n in rival.predict(textos)]",
        ),
    ],
}

MAL = {
    "3.1": [
        (_MISMA + "max(Counter(etiquetas).values())", "falta dividir"),
        (_MISMA + "1 / len(set(etiquetas))", "parejas"),
        (_MISMA + "1 / len(CLASES)", "1 de 14"),
        (_MISMA + "Counter(etiquetas).most_common(1)[0][0]", "fracción"),
        (_MISMA + "Counter(etiquetas).most_common(1)[0]", "un solo número"),
        (_MISMA + "Counter(etiquetas).most_common(1)", "un solo número"),
        (_MISMA + "max(etiquetas)", "mayor de las etiquetas"),
        (_MISMA + "max(etiquetas) / len(etiquetas)", "mayor etiqueta"),
        (_MISMA + "max(Counter(etiquetas)) / len(etiquetas)", "mayor"),
        (
            _MISMA + "100 * max(Counter(etiquetas).values()) / len(etiquetas)",
            "porcentaje",
        ),
        (
            _MISMA + "max(Counter(etiquetas).values()) / len(set(etiquetas))",
            "número de clases",
        ),
        (_MISMA + "cuenta[1] / len(etiquetas)", "que recibe"),
        (_MISMA + "max(cuenta.values()) / len(etiquetas)", "que recibe"),
        (
            _MISMA
            + "max(Counter(n for n, _ in etiquetas).values()) / len(train)",
            "sin el texto",
        ),
        ("def siempre_la_misma(etiquetas):\n    print(1)", "return"),
    ],
    "3.2a": [
        (_IDS + "[tabla[t] for t in tokens]", "por omisión"),
        (_IDS + "[tabla.get(t) for t in tokens]", "None"),
        (_IDS + "[tabla[t] for t in tokens if t in tabla]", "ocupa su lugar"),
        (_IDS + "[tabla.get(t, -1) for t in tokens]", "−1"),
        (_IDS + "[tabla.get(t, '<unk>') for t in tokens]", "texto"),
        (_IDS + "[tabla.setdefault(t, 0) for t in tokens]", "cambia el dicc"),
        (_IDS + "vocab(tokens)", "el diccionario que recibe"),
        (_IDS + "texto_pipeline(tokens)", "ya es una lista"),
        (_IDS + "tabla[tokens]", "uno en uno"),
        (_IDS + "tabla.get(tokens, 0)", "uno en uno"),
        (
            "def a_ids(tokens, tabla):\n"
            "    for token in tokens:\n"
            "        return tabla.get(token, 0)",
            "int",
        ),
        (_IDS + "[i for i, t in enumerate(tokens)]", "lugares"),
        (
            "def a_ids(tokens, tabla):\n"
            "    ids = []\n"
            "    for token in tokens:\n"
            "        ids = [tabla.get(token, 0)]\n"
            "    return ids",
            "un id por token",
        ),
    ],
    "3.2b": [
        (_VOCAB.replace('"<unk>", *', "*"), "falta `<unk>`"),
        (
            _VOCAB.replace("if veces[t] >= minimo", "").replace(
                "t))]", "t))[:minimo]]"
            ),
            "no cuántos",
        ),
        (_VOCAB.replace('["<unk>", *', '"<unk>" + [*'), "corchetes"),
        (
            _VOCAB.replace("(-veces[t], t)", "-veces[t]"),
            "también por el token",
        ),
        (_VOCAB.replace(">=", ">"), "al menos"),
        (
            _VOCAB.replace("(-veces[t], t)", "(veces[t], t), reverse=True"),
            "`reverse`",
        ),
        (_VOCAB.replace("(-veces", "(veces"), "al revés"),
        (_VOCAB.replace(", key=lambda t: (-veces[t], t)", ""), "alfabético"),
        (_VOCAB.replace("in tokens)", "in set(tokens))"), "en cuántos textos"),
        (
            _VOCAB.replace(
                "[t for t in veces if veces[t] >= minimo]", "veces"
            ),
            "no quitas",
        ),
        (
            _VOCAB.replace('["<unk>", *', "").replace(
                "t))]", 't)) + ["<unk>"]'
            ),
            "va primero",
        ),
        (
            _VOCAB.replace("veces = Counter", "veces = conteo; Counter"),
            "que recibe",
        ),
        (
            "def vocabulario(textos, minimo):\n"
            "    return build_vocab_from_iterator(\n"
            "        textos, min_freq=minimo, specials=['<unk>']\n"
            "    )",
            "vocabulario de torchtext",
        ),
        (
            _VOCAB.replace(
                'return ["<unk>", *', "return dict(enumerate("
            ).replace("t))]", "t))))"),
            "diccionario",
        ),
        (
            "def vocabulario(textos, minimo):\n"
            "    veces = Counter(t for tokens in textos for t in tokens)\n"
            "    return ['<unk>', *veces.most_common()]",
            "sin su conteo",
        ),
        (
            _VOCAB.replace(
                "Counter(t for tokens in textos for t in tokens)",
                "Counter(textos)",
            ),
            "unhashable",
        ),
        (
            _VOCAB.replace(
                "for t in tokens)", "for t in tokenizador(tokens))"
            ),
            "ya están cortados",
        ),
    ],
    "3.3": [
        (
            _TROZOS + "[text[a:b] for a, b in zip(offsets, offsets[1:])]",
            "falta el último",
        ),
        (
            _DESARMA.replace("len(text)]", "-1]"),
            "último token",
        ),
        (
            _TROZOS + "[text[offsets[i] : offsets[i + 1]]"
            " for i in range(len(offsets))]",
            "no tiene inicio siguiente",
        ),
        (
            _TROZOS + "[text.tolist()[a:b] for a, b in"
            " [(o, offsets.tolist()[i + 1]) for i, o in enumerate(offsets)]]",
            "no tiene inicio siguiente",
        ),
        (_TROZOS + "text.split(offsets.tolist())", "inicios, no largos"),
        (_TROZOS + "torch.tensor_split(text, offsets)", "delante"),
        (
            _TROZOS + "[text[a : b + 1] for a, b in zip(offsets,"
            " [*offsets[1:], len(text)])]",
            "no se incluye",
        ),
        (_TROZOS + "[text[a:] for a in offsets]", "hasta el final"),
        (_TROZOS + "[text[:a] for a in offsets]", "su inicio"),
        (_TROZOS + "[text[a : a + a] for a in offsets]", "un largo"),
        (_TROZOS + "[text[a] for a in offsets]", "números sueltos"),
        (_TROZOS + "text.tolist()", "números sueltos"),
        (
            "def desarma(text, offsets):\n"
            "    for a, b in zip(offsets, [*offsets[1:], len(text)]):\n"
            "        return [text[a:b]]",
            "`return`",
        ),
        (
            _DESARMA.replace(
                "text[a:b]", "vocab.lookup_tokens(text[a:b].tolist())"
            ),
            "sus ids",
        ),
        (
            _TROZOS + "[text[: offsets[1]], text[offsets[1] : offsets[2]],"
            " text[offsets[2] :]]",
            "es 3",
        ),
        (
            _TROZOS + "[text[: offsets[1]], text[offsets[1] : offsets[2]],"
            " text[offsets[2] : offsets[3]], text[offsets[3] :]]",
            "un solo texto",
        ),
    ],
    "3.4a": [
        (_CUANTOS.replace("vocab_size * ", "vocab_size + "), "matriz"),
        (_CUANTOS.replace(" + num_class", ""), "sesgo de `fc`"),
        (_CUANTOS.replace(" + bn", ""), "faltan los de `bn`"),
        (_CUANTOS.replace(" + bn + fc", ""), "solo la tabla"),
        (_CUANTOS.replace("2 *", "4 *"), "media y la varianza"),
        (_CUANTOS.replace("2 *", "1 *"), "contaste uno"),
        (_CUANTOS.replace("2 * embed_dim", "2"), "dos en total"),
        (_CUANTOS.replace("+ num_class", "+ embed_dim"), "uno por columna"),
        (
            _CUANTOS.replace(" + num_class", "").replace(" + bn", ""),
            "y el sesgo",
        ),
        (_CUANTOS.replace("    return", "    return 9 #"), "cuaderno"),
        (
            _CUANTOS.replace("embed_dim + bn", "embed_dim * bn"),
            "por separado",
        ),
        (_CUANTOS.replace("return", "x ="), "return"),
    ],
    "3.4b": [
        (_MEDIAS.replace(".mean(", ".sum("), "sumas"),
        (_MEDIAS.replace("mean(dim=0)", "mean(dim=1)"), "`dim=0`"),
        (_MEDIAS.replace("mean(dim=0)", "mean()"), "`dim=0`"),
        (_MEDIAS.replace(", len(text)]", "]"), "tres filas"),
        (_MEDIAS.replace("len(text)]", "-1]"), "último token"),
        (_MEDIAS.replace("torch.stack(filas)", "filas"), "lista"),
        (_MEDIAS.replace("torch.stack", "torch.cat"), "`stack`"),
        (_MEDIAS.replace("tabla[text[a:b]]", "tabla[a:b]"), "`tabla[ids]`"),
        (_BOLSA + "tabla[text]", "por token"),
        (_BOLSA + "tabla[text].mean(dim=0)", "una sola media"),
        (_BOLSA + "tabla(text, offsets)", "corchetes"),
        (_BOLSA + "tabla[offsets]", "los números no"),
        (_BOLSA + "tabla[text[offsets]]", "primer vector"),
        (
            _MEDIAS.replace(".mean(dim=0)", ".sum(dim=0) / len(text)"),
            "todo el lote",
        ),
        (_MEDIAS.replace("dim=0", "dim=0, keepdim=True"), "keepdim"),
        (
            "def medias(tabla, text, offsets):\n"
            "    return torch.stack([\n"
            "        tabla[text[offsets[i] : offsets[i + 1]]].mean(dim=0)\n"
            "        for i in range(len(offsets))\n"
            "    ])",
            "no tiene inicio siguiente",
        ),
    ],
    "3.5": [
        (
            _ENTROPIA.replace(
                "salidas.softmax(dim=1)",
                "salidas.exp() / salidas.exp().sum(dim=1)",
            ),
            "keepdim",
        ),
        (
            _ENTROPIA.replace(
                "salidas.softmax(dim=1)",
                "salidas.exp() / salidas.exp().sum()",
            ),
            "todo el lote",
        ),
        (_ENTROPIA.replace("-correctas", "correctas"), "signo"),
        (_ENTROPIA.replace(".log()", ""), "falta el logaritmo"),
        (_ENTROPIA.replace(".mean()", ".sum()"), "falta dividir"),
        (_ENTROPIA.replace(".mean()", ""), "promediar"),
        (_ENTROPIA.replace("dim=1", "dim=0"), "por columnas"),
        (_ENTROPIA.replace(".softmax(dim=1)", ""), "oftmax"),
        (
            "def entropia(salidas, clases):\n"
            "    return -salidas[torch.arange(6), clases].mean()",
            "faltó softmax",
        ),
        (_ENTROPIA.replace("log().mean", "mean().log"), "después la media"),
        (
            _ENTROPIA.replace(
                "p[torch.arange(len(clases)), clases]", "p[:, clases]"
            ),
            "la suya",
        ),
        (
            _ENTROPIA.replace(
                "p[torch.arange(len(clases)), clases]", "p.max(dim=1).values"
            ),
            "mayor",
        ),
        (
            _ENTROPIA.replace("p[torch.arange(len(clases)), clases]", "p"),
            "todas las clases",
        ),
        (
            _ENTROPIA.replace(
                "p[torch.arange(len(clases)), clases]", "p[clases]"
            ),
            "toma filas",
        ),
        (_UNA + "criterio(salidas.softmax(dim=1), clases)", "dos veces"),
        (_ENTROPIA.replace(".log()", ".log10()"), "base 10"),
        (_ENTROPIA.replace("mean()", "mean().item()"), "gradiente"),
        (
            _ENTROPIA.replace("correctas.log()", "math.log(correctas)"),
            "torch.log",
        ),
        (_ENTROPIA.replace("dim=1", ""), "`dim`"),
        (
            _ENTROPIA.replace(
                "p[torch.arange(len(clases)), clases]", "p.gather(1, clases)"
            ),
            "unsqueeze",
        ),
        (_ENTROPIA.replace(", clases]", ", clases - 1]"), "desde 0"),
        (_ENTROPIA.replace("return -", "x = -"), "return"),
    ],
    "3.6": [
        (_K.replace("dim=1).ind", "dim=0).ind"), "una fila por texto"),
        (_K.replace(".sum()", ".any()"), "por lote"),
        (_K.replace("len(label)", "len(text)"), "tokens"),
        (_K_POR_LOTES, "el último tiene menos"),
        (_K.replace("modelo.eval()", "modelo.eval"), "paréntesis"),
        (_K.replace("@torch.inference_mode()\n", ""), "inference_mode"),
        (_K.replace(".unsqueeze(dim=1)", ""), "columna"),
        (_K.replace("topk(k,", "topk(1,"), "argmax"),
        (
            _K.replace("topk(k, dim=1).indices", "argmax(dim=1)").replace(
                ".unsqueeze(dim=1)", ""
            ),
            "argmax",
        ),
        (_K.replace(" / vistos", ""), "falta dividir"),
        (_K.replace("/ vistos", "/ (k * vistos)"), "k veces"),
        (_K.replace("/ vistos", "/ len(dataloader)"), "número de lotes"),
        (_K.replace("aciertos / vistos", "100 * aciertos / vistos"), "porc"),
        (_K.replace("dim=1).ind", "dim=1, largest=False).ind"), "menores"),
        (_K.replace("    return", "        return"), "`return`"),
        (_K.replace("topk(k,", "topk(6,"), "todas las clases"),
        (_K.replace(".indices", ".values"), "indices"),
        (_K.replace("in dataloader", "in lotes"), "del cuaderno"),
        (_K.replace("= modelo(", _OTRO), "del cuaderno"),
        (_K.replace("aciertos +=", "aciertos ="), "acumula"),
        (
            _K.replace("aciertos +=", "aciertos =").replace(
                "vistos +=", "vistos ="
            ),
            "último lote",
        ),
        (_K.replace("modelo(text, offsets)", "modelo(text)"), "`offsets`"),
        (_K.replace("/ vistos", "/ len(dataloader.dataset)"), "len(label)"),
    ],
    "3.7": [
        (
            _REPARTE.replace(
                "[lugares[i] for i in torch.randperm(len(lugares))]",
                "torch.randperm(len(lugares)).tolist()",
            ),
            "dentro de cada clase",
        ),
        (_REPARTE.replace("round(", "("), "número entero"),
        (_AL_AZAR, "clase a clase"),
        (
            _REPARTE.replace("return train, valid", "return valid, train"),
            "al revés",
        ),
        (
            _REPARTE.replace(
                "        lugares = [lugares[i] for i in "
                "torch.randperm(len(lugares))]\n",
                "",
            ),
            "mezcla",
        ),
        (
            "def reparte(clases, fraccion):\n"
            "    return random_split(clases, [1 - fraccion, fraccion])",
            "random_split",
        ),
        (_REPARTE.replace("[i for i, c", "[c for i, c"), "índices"),
        (_REPARTE.replace("lugares[corte:]", "lugares"), "dos partes"),
        (
            _REPARTE.replace("round(fraccion * len(lugares))", "3"),
            "grandes aportan más",
        ),
        (
            _REPARTE.replace(
                "fraccion * len(lugares)", "fraccion * len(clases) / 3"
            ),
            "grandes aportan más",
        ),
        (
            "def reparte(clases, fraccion):\n"
            "    orden = sorted(range(len(clases)), key=clases.__getitem__)\n"
            "    corte = int(fraccion * len(clases))\n"
            "    return orden[corte:], orden[:corte]",
            "clase a clase",
        ),
        (_REPARTE.replace("+=", "="), "se pierden"),
        (
            _REPARTE.replace(
                "valid += lugares[:corte]", "valid.append(lugares[:corte])"
            ),
            "listas dentro",
        ),
        (_REPARTE.replace("fraccion *", "0.25 *"), "0.1"),
        (
            _REPARTE.replace("return train, valid", "return valid"),
            "dos listas",
        ),
        (
            "def reparte(clases, fraccion):\n"
            "    for clase in set(clases):\n"
            "        lugares = (clases == clase).nonzero()\n"
            "    return lugares, lugares",
            "pásala a tensor",
        ),
    ],
    "3.8": [
        (_PALABRAS, "cerca"),
        (_CURSO, "empatas"),
        (_CURSO.replace("1 + ", ""), "de 0 a 13"),
        (
            _CURSO.replace("1 + ", "1 + (1 + ").replace(
                " for t", ") % 14 for t"
            ),
            "se corrió",
        ),
        (
            "def clasifica(textos):\n    return ['Film' for _ in textos]",
            "azar",
        ),
        ("def clasifica(textos):\n    return 13", "int"),
        ("def clasifica(textos):\n    return [13]", "etiqueta por texto"),
        (
            "def clasifica(textos):\n    return ['film'] * len(textos)",
            "no está en `CLASES`",
        ),
        (
            "respuestas = {texto: label for label, texto in test}\n\n\n"
            "def clasifica(textos):\n"
            "    return [respuestas[texto] for texto in textos]",
            "no es creíble",
        ),
        (_SVM.replace("zip(*train)", "zip(*train, *test)"), "no es creíble"),
        (
            "def clasifica(textos):\n    return (dichas + 1).tolist()",
            "en su orden",
        ),
        (_PALABRAS.replace("zip(*train)", "zip(*list(train)[:200])"), "lejos"),
        (
            _SVM.replace(
                "return rival.predict(textos)",
                "return [rival.predict(t)[0] for t in textos]",
            ),
            "texto suelto",
        ),
        (
            _SVM.replace("rival.fit(textos_train, etiquetas_train)\n", ""),
            "falta `fit`",
        ),
    ],
}
