"""Respuestas del capítulo 3: las que valen y las que no, con su pista.

Cada código ocupa el lugar de la plantilla. La palabra que acompaña a una
respuesta mala tiene que estar en la pista que se le da.
"""

_MISMA = "def siempre_la_misma(etiquetas):\n    return "
_DESCONOCIDOS = """
def desconocidos(train, test):
    conocidos = {t for tokens in train for t in tokens}
    de_prueba = [t for tokens in test for t in tokens]
    fuera = [t for t in de_prueba if t not in conocidos]
    return len(fuera) / len(de_prueba)


respuesta = desconocidos
"""
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
_INICIA = """
def inicia(bolsa, ruido, largo):
    nn.init.normal_(bolsa.weight, std=ruido * largo**0.5)
"""
_UNIFORME = """
def inicia(bolsa, ruido, largo):
    a = ruido * math.sqrt(3 * largo)
    nn.init.uniform_(bolsa.weight, -a, a)
"""
_ENTROPIA = """
def entropia(salidas, clases):
    p = salidas.softmax(dim=1)
    correctas = p[torch.arange(len(clases)), clases]
    return -correctas.log().mean()
"""
_UNA = "def entropia(salidas, clases):\n    return "
_MEDIA = """
def perdida_media(modelo, dataloader, criterio):
    total, vistos = 0.0, 0
    for label, text, offsets in dataloader:
        perdida = criterio(modelo(text, offsets), label)
        total += perdida.item() * len(label)
        vistos += len(label)
    return total / vistos


respuesta = perdida_media
"""
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
_APRENDE = """
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC


def aprende(articulos):
    parejas = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    rival = make_pipeline(parejas, LinearSVC(random_state=0))
    etiquetas, textos = zip(*articulos)
    rival.fit(textos, etiquetas)
    return rival.predict
"""
_RECETA = """
from helpers import clasificador as c3
from helpers.texto import ArticulosCodificados, codifica, numera


def aprende(articulos):
    fija_semilla(0)
    vocab, datos = numera(articulos)
    lotes = c3.mezcla(ArticulosCodificados(*datos), 64)
    m = c3.ModeloClasificacionTexto(len(vocab), 48, 14)
    ajuste = c3.crea_optimizadores(m, 0.01, 10 * len(lotes))
    for _ in range(10):
        c3.entrena(m, lotes, nn.CrossEntropyLoss(), *ajuste)

    def clasifica(textos):
        pares = [(1, texto) for texto in textos]
        datos = ArticulosCodificados(*codifica(pares, vocab.texto_pipeline))
        _, text, offsets = datos.__getitems__(range(len(textos)))
        return m.eval()(text, offsets).argmax(dim=1) + 1

    return clasifica
"""
_UNO_A_UNO = """

def aprende(articulos):
    return lambda textos: [13 for _ in textos]
"""

BIEN = {
    "3.1": [
        _MISMA + "Counter(etiquetas).most_common(1)[0][1] / len(etiquetas)",
        _MISMA + "max(map(etiquetas.count, etiquetas)) / len(etiquetas)",
        "def siempre_la_misma(etiquetas):\n"
        "    t = torch.tensor(etiquetas)\n"
        "    return (t == t.mode().values).float().mean()",
        "import statistics\n\n\n"
        "class Misma:\n"
        "    def __call__(self, etiquetas):\n"
        "        comun = statistics.mode(etiquetas)\n"
        "        return etiquetas.count(comun) / len(etiquetas)\n\n\n"
        "siempre_la_misma = Misma()",
    ],
    "3.2a": [
        _DESCONOCIDOS,
        """
def desconocidos(train, test):
    conocidos = set()
    for tokens in train:
        conocidos.update(tokens)
    fuera, total = 0, 0
    for tokens in test:
        for token in tokens:
            fuera += token not in conocidos
            total += 1
    return torch.tensor(fuera / total)


respuesta = desconocidos
""",
        # con el vocabulario de torchtext
        """
def desconocidos(train, test):
    v = build_vocab_from_iterator(iter(train))
    de_prueba = sum(test, [])
    return sum(t not in v for t in de_prueba) / len(de_prueba)


respuesta = desconocidos
""",
        # un objeto que se puede llamar, y cuentas
        """
class Desconocidos:
    def __call__(self, train, test):
        veces = Counter(t for tokens in test for t in tokens)
        total = sum(veces.values())
        for tokens in train:
            for token in tokens:
                veces.pop(token, None)
        return sum(veces.values()) / total


respuesta = Desconocidos()
""",
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
        # una tupla, con agrupaciones
        """
from itertools import chain, groupby


def vocabulario(textos, minimo):
    grupos = groupby(sorted(chain(*textos)))
    veces = [(-len(list(g)), t) for t, g in grupos]
    return ("<unk>", *(t for n, t in sorted(veces) if -n >= minimo))
""",
        # con NumPy, que cuenta y ordena
        """
import numpy as np


def vocabulario(textos, minimo):
    tokens, veces = np.unique(np.concatenate(textos), return_counts=True)
    orden = np.argsort(-veces, kind="stable")
    quedan = orden[veces[orden] >= minimo]
    return ["<unk>"] + tokens[quedan].tolist()
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
        # de atrás hacia delante, con números de Python
        """
def desarma(text, offsets):
    ids, textos = text.tolist(), []
    for desde in reversed(offsets.tolist()):
        textos.insert(0, ids[desde:])
        del ids[desde:]
    return textos
""",
    ],
    "3.4a": [
        "def cuantos_parametros(v, d, c):\n    return d * (v + c + 2) + c",
        "def cuantos_parametros(v, d, c):\n"
        "    formas = (v, d), (d,), (d,), (c, d), (c,)\n"
        "    return sum(map(math.prod, formas))",
        "def cuantos_parametros(v, d, c):\n"
        "    return torch.tensor([v * d, d, d, c * d, c]).sum()",
        "cuantos_parametros = lambda v, d, c: (\n"
        "    float(d * (v + 2) + (d + 1) * c)\n"
        ")",
    ],
    "3.4b": [
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
        # sin bucle: cada fila se suma en el lugar de su texto
        """
def medias(tabla, text, offsets):
    largos = torch.diff(offsets, append=torch.tensor([len(text)]))
    suyo = torch.arange(len(offsets)).repeat_interleave(largos)
    sumas = torch.zeros(len(offsets), tabla.shape[1])
    return sumas.index_add(0, suyo, tabla[text]) / largos[:, None]
""",
        # una matriz de veces por la tabla
        """
def medias(tabla, text, offsets):
    veces = torch.zeros(len(offsets), len(tabla))
    finales = offsets.tolist()[1:] + [len(text)]
    for i, (a, b) in enumerate(zip(offsets, finales)):
        veces[i] = text[a:b].bincount(minlength=len(tabla)) / (b - a)
    return veces @ tabla
""",
        _BOLSA + "torch.stack([\n"
        "        nn.functional.embedding(x, tabla).mean(dim=0)\n"
        "        for x in text.tensor_split(offsets[1:])\n"
        "    ])",
    ],
    "3.4c": [
        _INICIA,
        _UNIFORME,
        "def inicia(bolsa, ruido, largo):\n"
        "    with torch.no_grad():\n"
        "        bolsa.weight.normal_(0, ruido).mul_(math.sqrt(largo))",
        "def inicia(bolsa, ruido, largo):\n"
        "    azar = torch.randn(bolsa.weight.shape, dtype=torch.float64)\n"
        "    bolsa.weight.data = (azar * ruido * largo**0.5).float()",
        # dos valores, con la misma desviación
        "def inicia(bolsa, ruido, largo):\n"
        "    signos = torch.randint(2, bolsa.weight.shape) * 2 - 1\n"
        "    signos = signos.float()\n"
        "    bolsa.load_state_dict({'weight': signos * ruido * largo**0.5})\n"
        "    return bolsa",
    ],
    "3.5a": [
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
        "def entropia(salidas, clases):\n"
        "    una = nn.functional.one_hot(clases, salidas.shape[1])\n"
        "    suyos = (salidas * una).sum(dim=1)\n"
        "    return (salidas.logsumexp(dim=1) - suyos).mean()",
        "def entropia(salidas, clases):\n"
        "    log_p = salidas.double().log_softmax(dim=1)\n"
        "    return nn.functional.nll_loss(input=log_p, target=clases)",
    ],
    "3.5b": [
        _MEDIA,
        """
def perdida_media(modelo, dataloader, criterio):
    total = 0
    with torch.no_grad():
        for label, text, offsets in dataloader:
            total += criterio(modelo(text, offsets), label) * len(label)
    return total / len(dataloader.dataset)


respuesta = perdida_media
""",
        # todas las salidas juntas, y una sola cuenta
        """
@torch.inference_mode()
def perdida_media(modelo, dataloader, criterio):
    lotes = [(modelo(t, o), c) for c, t, o in dataloader]
    salidas, clases = map(torch.cat, zip(*lotes))
    return criterio(salidas, clases).item()


respuesta = perdida_media
""",
        """
def perdida_media(modelo, dataloader, criterio):
    pares = []
    for label, text, offsets in dataloader:
        perdida = criterio(input=modelo(text, offsets), target=label)
        pares.append((perdida.detach(), label.numel()))
    perdidas, pesos = zip(*pares)
    pesos = torch.tensor(pesos)
    return (torch.stack(perdidas) * pesos).sum() / pesos.sum()


respuesta = perdida_media
""",
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
        # el DataLoader sabe cuántos artículos tiene
        _K.replace("/ vistos", "/ len(dataloader.dataset)"),
        # el puesto de la clase correcta, contando las que le ganan
        """
def entre_las_k(modelo, dataloader, k):
    modelo.eval()
    dentro = []
    with torch.inference_mode():
        for label, text, offsets in dataloader:
            logits = modelo(text=text, offsets=offsets)
            suyo = logits.gather(1, label[:, None])
            dentro.extend(((logits > suyo).sum(dim=1) < k).tolist())
    return sum(dentro) / len(dentro)
""",
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
        """
import random


def reparte(clases, fraccion):
    lugares = {}
    for i, clase in enumerate(clases):
        lugares.setdefault(clase, []).append(i)
    valid = set()
    for suyos in lugares.values():
        valid |= set(random.sample(suyos, int(len(suyos) * fraccion + 0.5)))
    return [i for i in range(len(clases)) if i not in valid], list(valid)
""",
        """
import numpy as np


def reparte(clases, fraccion):
    azar, clases = np.random.default_rng(3), np.array(clases)
    orden = azar.permutation(len(clases))
    valid = np.concatenate([
        orden[clases[orden] == c][: round(fraccion * (clases == c).sum())]
        for c in np.unique(clases)
    ])
    return np.setdiff1d(orden, valid), valid
""",
    ],
    "3.8": [
        _APRENDE,
        # solo palabras, y una lista de Python
        _APRENDE.replace("ngram_range=(1, 2), ", "").replace(
            "return rival.predict",
            "def clasifica(textos):\n"
            "        return rival.predict(textos).tolist()\n\n"
            "    return clasifica",
        ),
        # con nombres en lugar de números, en un objeto que se puede llamar
        _APRENDE.replace("svm import LinearSVC", "linear_model import *")
        .replace("LinearSVC(", "SGDClassifier(")
        .replace(
            "return rival.predict",
            "class Clasifica:\n"
            "        def __call__(self, textos):\n"
            "            return [CLASES[n - 1] for n in rival.predict(textos)]"
            "\n\n    return Clasifica()",
        ),
        # una clase que aprende al crearse, y un tensor
        _APRENDE.replace("def aprende(articulos)", "def rival_de(articulos)")
        .replace("(1, 2)", "(1, 2), min_df=2")
        .replace("random_state=0", "random_state=0, C=2")
        + "\n\nclass Aprende:\n"
        "    def __init__(self, articulos):\n"
        "        self.rival = rival_de(articulos)\n\n"
        "    def __call__(self, textos):\n"
        "        return torch.tensor(self.rival(textos)).int()\n\n\n"
        "aprende = Aprende",
    ],
}

MAL = {
    "3.1": [
        # la de en medio es la más común solo si pasa de la mitad
        (
            _MISMA + "etiquetas.count(sorted(etiquetas)[len(etiquetas) // 2])"
            " / len(etiquetas)",
            "la de en medio",
        ),
        # solo acierta si la lista empieza por la más común
        (
            _MISMA + "etiquetas.count(etiquetas[0]) / len(etiquetas)",
            "la primera de la lista",
        ),
        (
            _MISMA + "etiquetas.count(etiquetas[-1]) / len(etiquetas)",
            "la última de la lista",
        ),
        (
            _MISMA + "etiquetas.count(max(etiquetas)) / len(etiquetas)",
            "número mayor",
        ),
        (
            _MISMA + "max(Counter(etiquetas).values()) // len(etiquetas)",
            "división entera",
        ),
        (
            _MISMA + "len(set(etiquetas)) / len(etiquetas)",
            "el número de clases entre",
        ),
        (
            _MISMA + "1 - max(Counter(etiquetas).values()) / len(etiquetas)",
            "lo que falla",
        ),
        (
            _MISMA + "min(Counter(etiquetas).values()) / len(etiquetas)",
            "menos frecuente",
        ),
        (
            _MISMA
            + "Counter(etiquetas).most_common(1)[0][0] / len(etiquetas)",
            "la etiqueta misma",
        ),
        (_MISMA + "etiquetas(0) / len(etiquetas)", "con paréntesis"),
        (_MISMA + "etiquetas.most_common(1)", "`Counter` la cuenta"),
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
        # el error de la lección: el vocabulario mira la prueba
        (
            _DESCONOCIDOS.replace("in train for t", "in train + test for t"),
            "también se hizo con la prueba",
        ),
        (
            _DESCONOCIDOS.replace(
                "[t for tokens in test for t in tokens]",
                "{t for tokens in test for t in tokens}",
            ),
            "borra los repetidos",
        ),
        (
            _DESCONOCIDOS.replace("len(fuera)", "len(set(fuera))"),
            "arriba cuentas tokens distintos",
        ),
        (
            _DESCONOCIDOS.replace("len(de_prueba)", "len(set(de_prueba))"),
            "abajo, tokens distintos",
        ),
        (_DESCONOCIDOS.replace("not in con", "in con"), "los conocidos"),
        (_DESCONOCIDOS.replace(" / len(de_prueba)", ""), "falta dividir"),
        (_DESCONOCIDOS.replace("return ", "return 100 * "), "porcentaje"),
        (
            _DESCONOCIDOS.replace(
                "/ len(de_prueba)", "/ sum(map(len, train))"
            ),
            "tokens de entrenamiento",
        ),
        (
            _DESCONOCIDOS.replace(
                "/ len(de_prueba)", "/ sum(map(len, train + test))"
            ),
            "dos conjuntos",
        ),
        (
            _DESCONOCIDOS.replace("(train, test)", "(test, train)"),
            "al revés",
        ),
        (
            "def desconocidos(train, test):\n"
            "    conocidos = {t for tokens in train for t in tokens}\n"
            "    con = [any(t not in conocidos for t in x) for x in test]\n"
            "    return sum(con) / len(con)\n\n\nrespuesta = desconocidos",
            "textos con algún",
        ),
        (
            _DESCONOCIDOS.replace("/ len(de_prueba)", "/ len(test)"),
            "sus tokens",
        ),
        (
            _DESCONOCIDOS.replace(
                "return len(fuera) / len(de_prueba)", "return fuera"
            ),
            "se pide un número",
        ),
        (
            _DESCONOCIDOS.replace("in train for", "in train[:1] for"),
            "no salen",
        ),
        (
            _DESCONOCIDOS.replace("in train for", "in [vocab.get_itos()] for"),
            "recibe",
        ),
        (
            _DESCONOCIDOS.replace(
                "for t in tokens]", "for t in tokenizador(tokens)]"
            ),
            "ya están cortados",
        ),
        (
            _DESCONOCIDOS.replace(
                "{t for tokens in train for t in tokens}", "set(train)"
            ),
            "textos enteros",
        ),
        (
            _DESCONOCIDOS.replace("in test for t", "in test[:0] for t"),
            "no faltan",
        ),
    ],
    "3.2b": [
        (_VOCAB.replace('"<unk>", *', "*"), "falta `<unk>`"),
        (
            _VOCAB.replace("    quedan = [t for", "    quedan = [t if")
            .replace("t in veces if", "veces[t] >= minimo else '<unk>' for t")
            .replace(" veces[t] >= minimo]", " in veces]"),
            "una sola vez",
        ),
        (
            _VOCAB.replace(
                "quedan = [t for t in veces",
                "quedan = [t for x in textos for t in x",
            ),
            "repetidos",
        ),
        (_VOCAB.replace("minimo]", "2 * minimo]"), "se esperan"),
        (
            _VOCAB.replace("(-veces[t], t)", "(-veces[t], len(t))"),
            "alfabético",
        ),
        (
            _VOCAB.replace("(-veces[t], t)", "(-veces[t], t[::-1])"),
            "el orden es otro",
        ),
        (
            _VOCAB.replace(
                "veces = ", "veces = dict.fromkeys(['x'], minimo) | "
            )
            .replace("Counter(", "dict(Counter(")
            .replace("in tokens)", "in tokens))"),
            "no están en los textos",
        ),
        (
            _VOCAB.replace("for tokens in textos", "for _, tokens in textos"),
            "sin etiqueta",
        ),
        (
            "def vocabulario(textos, minimo):\n    return 5",
            "se pide una lista",
        ),
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
        # solo acierta con los textos del dibujo
        (_TROZOS + "text.split([3, 1, 4, 2])", "inicios, no largos"),
        (
            _DESARMA.replace("len(text)]", "offsets[-1]]"),
            "sale vacío",
        ),
        (
            "def desarma(text, offsets):\n"
            "    return [*torch.tensor_split(text, offsets[1:]), text[:0]]",
            "sobra un trozo vacío al final",
        ),
        (
            _TROZOS + "[text[: a] for a in [*offsets[1:], len(text)]]",
            "su inicio",
        ),
        (_DESARMA.replace("text[a:b]", "text[a : b - 1]"), "ya queda fuera"),
        (_DESARMA.replace("text[a:b]", "text[a:b].flip(0)"), "al siguiente"),
        (_TROZOS + "torch.stack(text.tensor_split(offsets[1:]))", "no caben"),
        (
            "def desarma(text, offsets):\n"
            "    offsets.append(len(text))\n"
            "    return [text[a:b] for a, b in zip(offsets, offsets[1:])]",
            "no crece",
        ),
        (
            "def desarma(text, offsets):\n"
            "    finales = offsets[1:] + [len(text)]\n"
            "    return [text[a:b] for a, b in zip(offsets, finales)]",
            "al tipo del otro",
        ),
        (
            "def desarma(text, offsets):\n"
            "    finales = torch.cat([offsets[1:], len(text)])\n"
            "    return [text[a:b] for a, b in zip(offsets, finales)]",
            "torch.tensor([n])",
        ),
        (_TROZOS + "' '.join(map(str, text))", "se pide una lista"),
        (
            _TROZOS + "[text[: offsets[1]], *(\n"
            "        text[a:b] for a, b in "
            "zip(offsets[1:], [*offsets[2:], len(text)])\n    )]",
            "un solo texto",
        ),
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
        (_TROZOS + "[text[: offsets[1]], text[offsets[1] :]]", "es 2"),
    ],
    "3.4a": [
        # crear, que es lo que se pide no hacer
        (
            "def cuantos_parametros(*medidas):\n"
            "    m = ModeloClasificacionTexto(*medidas)\n"
            "    return sum(p.numel() for p in m.parameters())",
            "una cuenta con los tres tamaños",
        ),
        (
            "def cuantos_parametros(v, d, c):\n"
            "    capas = nn.Embedding(v, d), nn.Linear(d, c)\n"
            "    return 2 * d + sum(\n"
            "        p.numel() for m in capas for p in m.parameters()\n"
            "    )",
            "creaste",
        ),
        # solo acierta con las medidas del cuaderno
        (
            "def cuantos_parametros(v, d, c):\n    return 48 * v + 748",
            "por separado",
        ),
        ("def cuantos_parametros(v, d, c):\n    return 5", "`numel()`"),
        (
            _CUANTOS.replace(
                "embed_dim * num_class + num_class", "embed_dim + num_class"
            ),
            "sus lados se multiplican, no se suman",
        ),
        (
            _CUANTOS.replace(
                "return vocab_size * embed_dim", "return vocab_size"
            ),
            "por fila",
        ),
        (_CUANTOS.replace("+ fc", "+ fc + vocab_size"), "un sesgo por fila"),
        (_CUANTOS.replace("+ num_class", "+ 1"), "uno en total"),
        (_CUANTOS.replace("2 *", "1 + 4 *"), "`state_dict`"),
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
        # por las tres puertas de lo prohibido
        (
            _BOLSA + "nn.functional.embedding_bag(text, tabla, offsets)",
            "no usar",
        ),
        (
            "def medias(tabla, text, offsets):\n"
            "    bolsa = nn.EmbeddingBag(*tabla.shape)\n"
            "    bolsa.weight = nn.Parameter(tabla)\n"
            "    return bolsa(text, offsets) + 0 * tabla.sum()",
            "no aprendería",
        ),
        (
            _BOLSA + "torch.ops.aten.embedding_bag("
            "tabla, text, offsets, False, 1)[0]",
            "no usar",
        ),
        # se pierde el gradiente, entero o en parte
        (
            _MEDIAS.replace("tabla[text", "tabla.detach()[text"),
            "no aprendería",
        ),
        (
            _MEDIAS.replace(
                "torch.stack(filas)",
                "torch.stack([filas[0].detach(), *filas[1:]])",
            ),
            "en parte",
        ),
        (
            _MEDIAS.replace(
                "torch.stack(filas)",
                "torch.tensor([f.tolist() for f in filas])",
            ),
            "`tolist`",
        ),
        (_MEDIAS.replace("tabla[text", "tabla.numpy()[text"), "NumPy"),
        (_MEDIAS.replace("mean(dim=0)", "max(dim=0).values"), "máximo"),
        (_MEDIAS.replace("text[a:b]", "text[a:b].unique()"), "repetidos"),
        (
            _MEDIAS.replace(".mean(dim=0)", ".sum(dim=0) / len(offsets)"),
            "número de textos",
        ),
        (
            _MEDIAS.replace("torch.stack(filas)", "torch.stack(filas).T"),
            "transpuesta",
        ),
        (_BOLSA + "tabla[text].mean(dim=1)", "cada vector"),
        (_BOLSA + "text.split(3)[0].float().mean()", "la forma es ()"),
        (
            _MEDIAS.replace(
                "tabla[text[a:b]].mean(dim=0)", "text[a:b].mean()"
            ),
            "promedias los ids",
        ),
        (
            _MEDIAS.replace("tabla[text[a:b]]", "tabla.weight[text[a:b]]"),
            "sin `.weight`",
        ),
        (
            _MEDIAS.replace("torch.stack(filas)", "torch.tensor(filas)"),
            "torch.stack",
        ),
        (
            _MEDIAS.replace(
                "filas.append(tabla[text[a:b]].mean(dim=0))",
                "filas.append(tabla[text[a:b]])",
            ),
            "promedia cada texto",
        ),
        (_MEDIAS.replace(".mean(", ".sum("), "sumas"),
        (_MEDIAS.replace("mean(dim=0)", "mean(dim=1)"), "`dim=0`"),
        (_MEDIAS.replace("mean(dim=0)", "mean()"), "`dim=0`"),
        (_MEDIAS.replace(", len(text)]", "]"), "faltan filas"),
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
    "3.4c": [
        # el error de la lección: el ruido no es el de cada número
        (_INICIA.replace(" * largo**0.5", ""), "√largo veces menor"),
        (_INICIA.replace("* largo", "/ largo"), "es al revés"),
        (_INICIA.replace("**0.5", ""), "falta la raíz"),
        (_UNIFORME.replace("3 * largo", "largo"), "a/√3"),
        (_UNIFORME.replace("math.sqrt(3 * largo)", "1"), "y además"),
        (
            _INICIA.replace("ruido * largo**0.5", "ruido**2 * largo"),
            "varianza",
        ),
        (
            _INICIA.replace(
                "std=ruido * largo**0.5", "std=(ruido * largo**0.5)**0.5"
            ),
            "su raíz",
        ),
        # solo acierta con los 60 tokens del capítulo
        (_INICIA.replace("largo**0.5", "60**0.5"), "despeja σ"),
        (
            "def inicia(bolsa, ruido, largo):\n"
            "    a = ruido * math.sqrt(3 * largo)\n"
            "    nn.init.uniform_(bolsa.weight, 0, 2 * a)",
            "centrada en 0",
        ),
        (
            _INICIA.replace(
                "nn.init.normal_(bolsa.weight, std",
                "torch.normal(torch.zeros(9), std",
            ).replace("largo**0.5)", "largo**0.5 * torch.ones(9))"),
            "como estaba",
        ),
        (
            "def inicia(bolsa, ruido, largo):\n"
            "    nuevos = torch.randn(bolsa.weight.shape)\n"
            "    bolsa.weight = nn.Parameter(nuevos * ruido * largo**0.5)",
            "otra tabla",
        ),
        (
            "def inicia(bolsa, ruido, largo):\n"
            "    nuevos = torch.randn(bolsa.weight.shape)\n"
            "    bolsa.weight = nuevos * ruido * largo**0.5",
            "no la pongas de nuevo",
        ),
        (
            "def inicia(bolsa, ruido, largo):\n"
            "    bolsa.weight *= ruido * largo**0.5",
            "no_grad",
        ),
        (
            _INICIA + "    bolsa.weight.requires_grad_(False)\n",
            "como parámetro",
        ),
        (
            "def inicia(bolsa, ruido, largo):\n"
            "    w = bolsa.weight.data\n"
            "    fila = torch.ones(w.shape[1])\n"
            "    fila[::2] = -1\n"
            "    w[:] = fila * ruido * largo**0.5",
            "se repiten",
        ),
        (
            "def inicia(bolsa, ruido, largo):\n"
            "    w = bolsa.weight.data\n"
            "    w[:] = torch.randn(len(w), 1) * ruido * largo**0.5",
            "se repiten",
        ),
        (
            "def inicia(bolsa, ruido, largo):\n"
            "    bolsa.weight.data = torch.randn(9, 9) * ruido * largo**0.5",
            "cambió de forma",
        ),
        (
            "def inicia(bolsa, ruido, largo):\n"
            "    bolsa.weight.data.fill_(float('nan'))",
            "no existen",
        ),
        (
            _INICIA.replace("bolsa.weight", "bolsa.embedding.weight"),
            "`bolsa.weight`",
        ),
        (_INICIA.replace("std=", "sigma="), "`std`"),
    ],
    "3.5a": [
        (
            "def entropia(salidas, clases):\n"
            "    return nn.functional.cross_entropy(salidas, clases)",
            "PyTorch entera",
        ),
        # el gradiente se pierde, entero o en parte
        (
            "def entropia(salidas, clases):\n"
            "    suyos = salidas[torch.arange(len(clases)), clases]\n"
            "    return (salidas.logsumexp(dim=1).detach() - suyos).mean()",
            "se pierde por el camino",
        ),
        (
            "def entropia(salidas, clases):\n"
            "    valor = criterio(salidas, clases).item()\n"
            "    return torch.tensor(valor, requires_grad=True)",
            "se pierde por el camino",
        ),
        (
            "def entropia(salidas, clases):\n"
            "    return criterio(salidas.detach(), clases).requires_grad_()",
            "se pierde por el camino",
        ),
        # solo acierta con lotes de seis
        (_ENTROPIA.replace("len(clases)", "6"), "tantas filas como clases"),
        (_ENTROPIA.replace(".log()", ".log2()"), "base 2"),
        (
            _ENTROPIA.replace(
                "p[torch.arange(len(clases)), clases]", "p.max(dim=1)"
            ),
            "valores e índices",
        ),
        (
            _ENTROPIA.replace(
                "-correctas.log().mean()",
                "-sum(map(math.log, correctas)) / len(clases)",
            ),
            "se pierde",
        ),
        (
            "def entropia(salidas, clases):\n"
            "    return -torch.log([1.0, 2.0]).mean()",
            "conserva el tensor",
        ),
        (
            _UNA + "criterio(salidas.argmax(dim=1).float(), clases)",
            "no la clase elegida",
        ),
        (
            "def entropia(salidas, clases):\n"
            "    una = nn.functional.one_hot(clases, salidas.shape[1])\n"
            "    return -(salidas.log_softmax(dim=1) * una).mean()",
            "los ceros",
        ),
        (
            _UNA + "-salidas.log_softmax(dim=1).sum(dim=1).mean()",
            "todas las clases",
        ),
        (
            _UNA + "salidas[torch.arange(len(clases)), clases].mean()",
            "faltó softmax",
        ),
        (
            "def entropia(salidas, clases):\n"
            "    p = salidas.softmax(dim=1)\n"
            "    return 1 - p[torch.arange(len(clases)), clases].mean()",
            "promediaste las probabilidades",
        ),
        (
            _ENTROPIA.replace("clases)), clases]", "clases)) + 9, clases]"),
            "una probabilidad por fila",
        ),
        (
            _ENTROPIA.replace("correctas.log().mean()", "salidas"),
            "un solo número",
        ),
        (
            _ENTROPIA.replace("-correctas.log()", "7 + correctas.log()"),
            "de cada fila, softmax",
        ),
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
            "    return -salidas[torch.arange(len(clases)), clases].mean()",
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
        (_ENTROPIA.replace("mean()", "mean().item()"), "se pierde"),
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
    "3.5b": [
        # el código del enunciado
        (
            _MEDIA.replace("perdida.item() * len(label)", "perdida").replace(
                "/ vistos", "/ len(dataloader)"
            ),
            "la media de las medias",
        ),
        (
            _MEDIA.replace("perdida.item() *", "perdida *"),
            "`.item()` saca solo",
        ),
        (
            _MEDIA.replace("perdida.item() *", "perdida *").replace(
                "total / vistos", "(total / vistos).item()"
            ),
            "no al final",
        ),
        (_MEDIA.replace(" * len(label)", ""), "una media por lote"),
        (_MEDIA.replace(" / vistos", ""), "es la suma de todas"),
        (
            _MEDIA.replace(" * len(label)", "").replace(" / vistos", ""),
            "sin su tamaño",
        ),
        (_MEDIA.replace("/ vistos", "/ len(dataloader)"), "entre los textos"),
        # solo acierta si todos los lotes miden lo mismo
        (
            _MEDIA.replace("* len(label)", "* dataloader.batch_size"),
            "el último mide menos",
        ),
        (
            _MEDIA.replace(" * len(label)", "").replace(
                "total / vistos", "total * len(label) / vistos"
            ),
            "dentro del bucle",
        ),
        (
            _MEDIA.replace(
                "total += perdida.item() * len(label)",
                "total = perdida.item()",
            ).replace("/ vistos", "/ 1"),
            "último lote",
        ),
        (_MEDIA.replace("in dataloader", "in lotes"), "del cuaderno"),
        (_MEDIA.replace("    return", "        return"), "`return`"),
        (_MEDIA.replace("total / vistos", "total, vistos"), "un solo número"),
        (
            _MEDIA.replace("label, text, offsets in", "text, offsets in"),
            "cada lote es",
        ),
        (
            _MEDIA.replace("modelo(text, offsets)", "modelo(text)"),
            "`text` y `offsets`",
        ),
        (_MEDIA.replace("* len(label)", "* len(text)"), "pesar lo mismo"),
        (
            _MEDIA.replace("total / vistos", "(total / vistos).item()"),
            "una sola vez",
        ),
        (
            _MEDIA.replace("in dataloader:", "in dataloader[:2]:"),
            "no lleva corchetes",
        ),
    ],
    "3.6": [
        (
            _K.replace(", label.unsqueeze", "").replace(
                "(mejores == label.unsqueeze(dim=1)).sum().item()",
                "sum(c in mejores for c in label)",
            ),
            "sale",
        ),
        (
            _K.replace("return aciertos / vistos", "return aciertos, vistos"),
            "un solo número",
        ),
        (_K.replace("aciertos / vistos", "torch.ones(3)"), "varios números"),
        (
            _K.replace("aciertos / vistos", "1 - aciertos / vistos"),
            "los que no están",
        ),
        (_K.replace("topk(k,", "topk(k + 1,"), "una de más"),
        (
            _K.replace("dim=1).indices", "dim=1).indices[:, -1:]"),
            "en el lugar k",
        ),
        (
            _K.replace(
                "(mejores ==", "(modelo(text, offsets).topk(k, dim=1) =="
            ),
            "toma `.indices`",
        ),
        (
            _K.replace(
                "(mejores == label.unsqueeze(dim=1)).sum().item()",
                "(mejores == label.unsqueeze(dim=1)).item()",
            ),
            "súmalos antes",
        ),
        (
            _K.replace(
                "aciertos += (mejores == label.unsqueeze(dim=1)).sum().item()",
                "aciertos += 1 if label in mejores[:, 0] == label else 0",
            ),
            "texto por texto",
        ),
        (_K_POR_LOTES.replace(" / len(notas)", ""), "la de todos"),
        (
            _K_POR_LOTES.replace(
                "dentro.float().mean()",
                "(mejores == label.unsqueeze(dim=1)).float().mean()",
            ),
            "las k columnas",
        ),
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
        # ni un extremo, ni un bloque, ni uno de cada tantos
        (
            _REPARTE.replace(
                "        lugares = [lugares[i] for i in "
                "torch.randperm(len(lugares))]\n",
                "",
            )
            .replace("[:corte]", "[-corte:]")
            .replace("[corte:]", "[:-corte]"),
            "mezcla",
        ),
        (
            _REPARTE.replace(
                "        lugares = [lugares[i] for i in "
                "torch.randperm(len(lugares))]\n",
                "",
            )
            .replace(
                "valid += lugares[:corte]", "valid += lugares[2 : corte + 2]"
            )
            .replace("lugares[corte:]", "lugares[:2] + lugares[corte + 2 :]"),
            "bloque",
        ),
        (
            _REPARTE.replace(
                "        lugares = [lugares[i] for i in "
                "torch.randperm(len(lugares))]\n",
                "        cada = round(1 / fraccion)\n"
                "        lugares = sorted(\n"
                "            lugares, key=lambda i: lugares.index(i) % cada\n"
                "        )\n",
            ),
            "uno de cada tantos",
        ),
        (
            _REPARTE.replace(
                "return train, valid", "return set(train), set(valid)"
            ),
            "no tiene orden",
        ),
        (
            _REPARTE.replace(
                "train += lugares[corte:]", "train += lugares[corte + 1 :]"
            ),
            "se pierden",
        ),
        (_REPARTE.replace("[i for i, c", "[i + 1 for i, c"), "no es un lugar"),
        (
            "def reparte(clases, fraccion):\n"
            "    return random_split(clases, [0.5, fraccion])",
            "deben sumar todo",
        ),
        (
            "def reparte(clases, fraccion):\n"
            "    lugares = {}\n"
            "    for i in clases:\n"
            "        lugares[[i]] = clases\n"
            "    return lugares, lugares",
            "agrupa los lugares",
        ),
        (
            "import random\n\n\n"
            "def reparte(clases, fraccion):\n"
            "    return random.sample(set(clases), 2), []",
            "no un conjunto",
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
        # la misma receta: lo que gane es de la semilla
        (_RECETA, "las da otra semilla"),
        # aprende del cuaderno, no de lo que recibe
        (
            _APRENDE.replace("zip(*articulos)", "zip(*train)"),
            "los del cuaderno",
        ),
        # compara unos textos con otros: solo, un texto recibe otra clase
        (
            _APRENDE.replace(
                "return rival.predict",
                "def clasifica(textos):\n"
                "        notas = rival.decision_function(textos)\n"
                "        notas -= notas.mean(axis=0)\n"
                "        return rival.classes_[notas.argmax(axis=1)]\n\n"
                "    return clasifica",
            ),
            "que acompañado",
        ),
        # reglas a mano
        (
            "def aprende(articulos):\n"
            "    return lambda textos: [\n"
            "        14 if ' book ' in t else 12 if 'album' in t else\n"
            "        13 if 'film' in t else 9 for t in textos\n    ]",
            "casi como el azar",
        ),
        # busca la respuesta en los datos del cuaderno
        (
            "def aprende(articulos):\n"
            "    suyas = {t: n for n, t in train}\n"
            "    nombre = {suyas[t]: n for n, t in articulos}\n"
            "    return lambda textos: [nombre[suyas[t]] for t in textos]",
            "no es creíble",
        ),
        (_RECETA.replace("dim=1) + 1", "dim=1)"), "de 0 a 13"),
        (
            _RECETA.replace("dim=1) + 1", "dim=1) % 13 + 2"),
            "se corrió",
        ),
        (_RECETA.replace("m.eval()(", "m.train()("), "eval()"),
        (_UNO_A_UNO, "azar"),
        ("def aprende(articulos):\n    return 13", "una función"),
        (_UNO_A_UNO.replace("[13 for _ in textos]", "13"), "int"),
        (_UNO_A_UNO.replace("for _ in textos", ""), "etiqueta por texto"),
        (
            _UNO_A_UNO.replace("[13 for _", "['film' for _"),
            "no está en `CLASES`",
        ),
        (_UNO_A_UNO.replace("13 for", "15 for"), "fuera de 1 a 14"),
        (_UNO_A_UNO.replace("13 for", "[1, 2] for"), "una sola etiqueta"),
        (
            _APRENDE.replace("zip(*articulos)", "zip(*articulos[:150])"),
            "todos los artículos",
        ),
        (
            _APRENDE.replace(
                "rival.predict", "lambda ts: [rival.predict(t)[0] for t in ts]"
            ),
            "texto suelto",
        ),
        (
            _APRENDE.replace("    rival.fit(textos, etiquetas)\n", ""),
            "falta `fit`",
        ),
        (
            _APRENDE.replace(
                "return rival.predict",
                "return lambda ts: "
                "rival[1].predict(parejas.fit_transform(ts))",
            ),
            "no `fit_transform`",
        ),
        (
            _APRENDE.replace(
                "return rival.predict", "return rival[1].predict"
            ),
            "con el vectorizador",
        ),
        (
            "def aprende(articulos):\n"
            "    return lambda textos: [len(textos.split()) for _ in textos]",
            "de uno en uno",
        ),
        (
            "def aprende(articulos):\n"
            "    return lambda textos: [tokenizador(textos) for _ in textos]",
            "recorre `textos`",
        ),
        (
            "def aprende(articulos):\n"
            "    criterio(torch.zeros(1, 14), torch.tensor([14]))",
            "las pide de 0 a 13",
        ),
        (
            "def aprende(articulos):\n"
            "    return lambda textos: [CLASES[14] for _ in textos]",
            "las listas en 0",
        ),
    ],
}
