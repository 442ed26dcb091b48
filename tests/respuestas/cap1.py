"""Respuestas del capítulo 1: las que valen y las que no, con su pista.

Cada código ocupa el lugar de la plantilla. La palabra que acompaña a una
respuesta mala tiene que estar en la pista que se le da.
"""

_BOLSA = """
class BolsaDePalabras(nn.Module):
    def __init__(self, vocab_size, embedding_dim, output_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embedding_dim)
        self.fc = nn.Linear(embedding_dim, output_dim)

    def forward(self, text):
        embedded = self.embedding(text)
        return self.fc(embedded.mean(dim=1))
"""
_MEDIAS = "def medias(notas):\n    return "
_FORMAS = "de_model = (5, 2)\nde_otro = (1, 14)\n"
_IMAGEN = "def a_imagen(foto):\n    return "
_VERDE = """
def mitad_verde(alto, ancho):
    imagen = torch.zeros(3, alto, ancho)
    imagen[1, :, : ancho // 2] = 1
    return imagen
"""
_PINTA = "imagen[1, :, : ancho // 2] = 1"
_PUNTOS = "def puntos(notas, pesos):\n    return "
_SUMA = "def suma_en(a, b):\n    return "
_NORMA = "def normaliza(x):\n    return "
_EXACTITUD = "def exactitud(salidas, etiquetas):\n    return "
_ERROR = "def error_medio(y, y_predc):\n    return "
_DISTANCIAS = "def distancias(a, b):\n    return "
_CON_BUCLE = """
def distancias(a, b):
    filas = []
    for punto in a:
        filas.append((punto - b).norm(dim=1))
    return torch.stack(filas)
"""

BIEN = {
    "1.1": [
        _MEDIAS + "notas.sum(axis=0) / len(notas)",
        _MEDIAS + "torch.tensor(notas).float().mean(dim=0)",
        _MEDIAS + "[sum(c) / len(c) for c in zip(*notas)]",
        "medias = lambda notas: np.average(notas, 0)",
        "from functools import partial\nmedias = partial(np.mean, axis=0)",
    ],
    "1.2": [
        "con_0 = 6\ncon_medio = 0.5",
        "con_0, con_medio = torch.tensor([6.0, 0.5])",
        "con_0, con_medio = np.float64(6), np.array([0.5])",
        """
con_0, con_medio = (
    torch.autograd.grad(modelo(x, p), p)[0]
    for x, p in (
        (0.0, torch.tensor(3.0, requires_grad=True)),
        (0.5, torch.tensor(-4.0, requires_grad=True)),
    )
)
""",
    ],
    "1.3a": [
        "de_model, de_otro = [5, 2], [1, 14]",
        "de_model = model(torch.zeros(5, 12, dtype=torch.long)).shape\n"
        "de_otro = torch.Size([1, 14])",
        "de_model, de_otro = np.array([5, 2]), torch.tensor([1, 14])",
        "de_model = otra = model(torch.ones(5, 12).long()).size()\n"
        "de_otro = [otra.numel() // 10, 14]",
    ],
    "1.3b": [
        # EmbeddingBag ya trae la media
        _BOLSA.replace("nn.Embedding(", "nn.EmbeddingBag(").replace(
            "embedded.mean(dim=1)", "embedded"
        ),
        _BOLSA.replace(
            "embedded.mean(dim=1)", "embedded.sum(1) / text.shape[1]"
        ).replace("fc", "salida"),
        """
class BolsaDePalabras(nn.Sequential):
    def __init__(self, vocab_size, embedding_dim, output_dim):
        super().__init__(
            nn.EmbeddingBag(vocab_size, embedding_dim, mode="mean"),
            nn.Linear(in_features=embedding_dim, out_features=output_dim),
        )
""",
        # promediar al final da lo mismo
        _BOLSA.replace(
            "self.fc(embedded.mean(dim=1))", "self.fc(embedded).mean(dim=1)"
        ),
    ],
    "1.4a": [
        _IMAGEN + "foto.float().div(255).movedim(-1, 0)",
        _IMAGEN + "torch.einsum('hwc->chw', foto.double()) / 255",
        _IMAGEN + "torch.stack([foto[..., c] / 255.0 for c in range(3)])",
        _IMAGEN + "torch.from_numpy(foto.numpy().transpose(2, 0, 1) / 255)",
        "class Pasa:\n"
        "    def __call__(self, foto):\n"
        "        return foto.transpose(1, 2).transpose(0, 1) / 255\n\n\n"
        "a_imagen = Pasa()",
    ],
    "1.4b": [
        "def mitad_verde(alto, ancho):\n"
        "    imagen = torch.zeros((3, alto, ancho), dtype=torch.float64)\n"
        "    for fila in range(alto):\n"
        "        imagen[1, fila, 0 : ancho // 2] = 1\n"
        "    return imagen",
        "def mitad_verde(alto, ancho):\n"
        "    negro = torch.zeros(alto, ancho)\n"
        "    verde = (torch.arange(ancho) < ancho / 2).float()\n"
        "    return torch.stack([negro, verde.expand(alto, ancho), negro])",
        "def mitad_verde(alto, ancho):\n"
        "    una = torch.tensor([0.0, 1.0, 0.0]).reshape(3, 1, 1)\n"
        "    mitad = una.expand(3, alto, ancho // 2)\n"
        "    return torch.cat([mitad, torch.zeros_like(mitad)], dim=2)",
        "mitad_verde = lambda alto, ancho: nn.functional.pad(\n"
        "    torch.ones(1, alto, ancho // 2), (0, ancho // 2, 0, 0, 1, 1)\n"
        ")",
    ],
    "1.5a": [
        _PUNTOS + "torch.matmul(notas, pesos.to(torch.float32).T)",
        _PUNTOS + "notas.double() @ pesos.double().T",
        _PUNTOS + "(pesos.float() @ notas.T).T",
        _PUNTOS + "nn.functional.linear(notas, pesos.to(notas.dtype))",
        _PUNTOS + "torch.einsum('an,pn->ap', notas, pesos.float())",
    ],
    "1.5b": [
        _SUMA + "torch.add(a, b.to(device=a.device, dtype=a.dtype))",
        _SUMA + "a + b.to(a)",
        _SUMA + "(a + b.to(a.device)).to(a.dtype)",
        "def suma_en(a, b):\n"
        "    suma = a.clone()\n"
        "    suma += b.to(a.device, a.dtype)\n"
        "    return suma",
    ],
    "1.6a": [
        _NORMA + "nn.functional.batch_norm(x, None, None, training=True)",
        _NORMA + "(x - x.mean(0, keepdim=True)) / x.std(0, keepdim=True)",
        _NORMA + "(x - x.mean(0)) / x.std(0, correction=0)",
        "def normaliza(x):\n"
        "    columnas = [(c - c.mean()) / c.std() for c in x.T]\n"
        "    return torch.stack(columnas, dim=1)",
    ],
    "1.6b": [
        _EXACTITUD + "torch.eq(salidas.topk(1).indices[:, 0], etiquetas)"
        ".double().mean()",
        _EXACTITUD + "sum(int(f.argmax()) == int(e) for f, e in "
        "zip(salidas, etiquetas)) / len(etiquetas)",
        _EXACTITUD + "(salidas.max(dim=1).indices == etiquetas)"
        ".sum().item() / len(etiquetas)",
        _EXACTITUD + "np.mean((salidas.argmax(-1) == etiquetas).numpy())",
    ],
    "1.6c": [
        _DISTANCIAS + "torch.hypot(*(a[:, None] - b).unbind(-1))",
        _DISTANCIAS + "torch.cdist(a, b)",
        _DISTANCIAS + "(a.unsqueeze(1) - b.unsqueeze(0)).norm(dim=2)",
        _DISTANCIAS + "((b - a[:, None, :]) ** 2).sum(-1) ** 0.5",
    ],
    "1.6d": [
        "respuesta = 'abe'",
        "respuesta = ['e', 'B', 'a']",
        "respuesta = 'a, b, e'",
        "respuesta = {'a', 'b', 'e'}",
    ],
    "1.6e": [
        _ERROR + "(y.reshape(-1) - y_predc.reshape(-1)).abs().mean().item()",
        _ERROR + "nn.L1Loss()(y_predc.ravel(), y.ravel())",
        _ERROR + "(y - y_predc.view_as(y)).abs().mean()",
        _ERROR + "np.abs(y.numpy().ravel() - y_predc.numpy().ravel()).mean()",
        _ERROR + "sum(abs(float(p) - float(q)) for p, q in "
        "zip(y, y_predc)) / len(y)",
    ],
}

MAL = {
    "1.1": [
        (_MEDIAS + "notas.mean(axis=1)", "por fila"),
        (_MEDIAS + "notas.mean()", "una sola media"),
        (_MEDIAS + "notas.sum(axis=0)", "suma"),
        (_MEDIAS + "notas.sum(axis=0) / 3", "número de columnas"),
        (_MEDIAS + "notas[0]", "tantas medias"),
        (_MEDIAS + "np.median(notas, axis=0)", "mediana"),
        (_MEDIAS + "notas.mean(axis=0, keepdims=True)", "sobra un eje"),
        (_MEDIAS + "notas.sum(axis=0) // len(notas)", "decimales"),
        (_MEDIAS + "[6.5, 9.5, 6.5]", "ejemplo"),  # solo el ejemplo
        ("medias = np.mean(notas, axis=0)", "sin llamarla"),
        (
            "def medias(notas):\n"
            "    notas -= 1\n"
            "    return notas.mean(axis=0) + 1",
            "cambia un tensor",
        ),
    ],
    "1.2": [
        ("con_0, con_medio = 0, 0.5", "producto"),
        ("con_0, con_medio = 9.0, 0.5", "eso es y"),
        ("con_0, con_medio = 3, 0.5", "peso"),
        (
            "con_0 = torch.tensor(3.0, requires_grad=True).grad\n"
            "con_medio = 0.5",
            "backward",
        ),
        (
            "peso = torch.tensor(3.0, requires_grad=True)\n"
            "modelo(0.0, peso).backward()\n"
            "modelo(0.0, peso).backward()\n"
            "con_0, con_medio = peso.grad, 0.5",
            "dos veces 6",
        ),
        ("con_0, con_medio = 'seis', 0.5", "str"),
        ("con_0, con_medio = -1, 0.5", "rama"),
        ("con_0, con_medio = 6, -8", "del cuadrado"),  # la rama de antes
        ("con_0, con_medio = 6, -2", "con x = 0.5, eso es y"),
        ("con_0, con_medio = 6, -4", "respecto a x"),
        ("con_0, con_medio = 6, 1.0", "dos veces 0.5"),
        ("con_0, con_medio = 6, 6", "con x = 0.5 no es eso"),
    ],
    "1.3a": [
        ("de_model = (5, 12, 2)\nde_otro = (1, 14)", "12 palabras"),
        ("de_model = (5, 256)\nde_otro = (1, 14)", "fc"),
        ("de_model = (2, 5)\nde_otro = (1, 14)", "delante"),
        ("de_model = (5, 12, 256)\nde_otro = (1, 14)", "output"),
        ("de_model = (2, 5, 256)\nde_otro = (1, 14)", "hidden"),
        (
            "de_model = (12, 2)\nde_otro = (1, 14)",
            "las frases, no las palabras",
        ),
        ("de_model = (5, 12)\nde_otro = (1, 14)", "entra"),
        ("de_model = (3, 2)\nde_otro = (1, 14)", "1.3"),
        ("de_model = (5,)\nde_otro = (1, 14)", "por clase"),
        ("de_model = 10\nde_otro = (1, 14)", "tupla"),
        ("de_model = torch.zeros(5, 2)\nde_otro = (1, 14)", ".shape"),
        ("de_model = (9, 9)\nde_otro = (1, 14)", "Capa por capa"),
        ("de_model = (5, 100)\nde_otro = (1, 14)", "falta la LSTM"),
        ("de_model = (5, 1)\nde_otro = (1, 14)", "no la elegida"),
        ("de_model = (5, 14)\nde_otro = (1, 14)", "output_dim=2"),
        ("de_model = (2,)\nde_otro = (1, 14)", "eje del lote"),
        ("de_model = (1, 2)\nde_otro = (1, 14)", "cada una deja su fila"),
        (_FORMAS + "de_otro = (1, 2)", "output_dim=14"),
        (_FORMAS + "de_otro = (14,)", "un lote, de uno"),
        (_FORMAS + "de_otro = (30, 14)", "desaparecen en la LSTM"),
        (_FORMAS + "de_otro = (1, 30, 14)", "ya no tiene las palabras"),
        (_FORMAS + "de_otro = (1, 16)", "la de `otro`: falta `fc`"),
        (_FORMAS + "de_otro = (5, 14)", "una sola frase"),
        (_FORMAS + "de_otro = (14, 1)", "misma tabla"),
        (
            "import itertools\n" + _FORMAS + "de_otro = itertools.count()",
            "tupla",
        ),
        ("de_model = (5, 12, 100)\nde_otro = (1, 14)", "faltan dos capas"),
    ],
    "1.3b": [
        (_BOLSA.replace("super().__init__()", "pass"), "super().__init__()"),
        (_BOLSA.replace(".mean(dim=1)", ""), "media"),
        (_BOLSA.replace("mean(dim=1)", "mean(dim=0)"), "dim=1"),
        (_BOLSA.replace("mean(dim=1)", "mean()"), "falta `dim`"),
        (_BOLSA.replace("self.embedding(text)", "embedding(text)"), "self."),
        (_BOLSA.replace("__init__()\n", "__init__\n"), "con sus paréntesis"),
        (_BOLSA.replace("mean(dim=1)", "sum(dim=1)"), "suma"),
        (_BOLSA.replace(".mean(dim=1)", "[:, -1]"), "una sola palabra"),
        (_BOLSA.replace("return ", ""), "return"),
        (
            _BOLSA.replace(
                "self.fc(embedded.mean(dim=1))", "embedded.mean(1)"
            ),
            "capa lineal",
        ),
        (_BOLSA.replace("(nn.Module)", ""), "hereda"),
        (_BOLSA.replace("def forward", "def forwad"), "forward"),
        (_BOLSA + "BolsaDePalabras = BolsaDePalabras(9, 9, 9)", "paréntesis"),
        (
            _BOLSA.replace(
                "Embedding(vocab_size, embedding_dim)",
                "Embedding(embedding_dim, vocab_size)",
            ),
            "vocab_size",
        ),
        (
            _BOLSA.replace("mean(dim=1))", "mean(dim=1)).softmax(dim=1)"),
            "softmax",
        ),
        (
            _BOLSA.replace("self.fc(embedded", "torch.relu(self.fc(embedded")
            + "        )",
            "solo va la media",
        ),
        (
            _BOLSA.replace(
                "return self.fc",
                "self.fc = nn.Linear(embedded.shape[-1], 3)\n"
                "        return self.fc",
            ),
            "__init__",
        ),
        (
            _BOLSA.replace(
                "self.fc =",
                "self.rnn = nn.LSTM(embedding_dim, 4)\n        self.fc =",
            ),
            "LSTM",
        ),
        (
            _BOLSA.replace("output_dim)\n", "output_dim, bias=False)\n"),
            "parámetros",
        ),
        (
            "class BolsaDePalabras(nn.Module):\n"
            "    def __init__(self, vocab_size, embedding_dim, output_dim):\n"
            "        super().__init__()\n\n"
            "    def forward(self, text): ...",
            "return",
        ),
        (
            _BOLSA.replace(
                "embedded = self.embedding(text)",
                "with torch.no_grad():\n"
                "            embedded = self.embedding(text)",
            ),
            "no se entrenarían",
        ),
        (
            _BOLSA.replace(
                "self.embedding(text)", "self.embedding.weight.data[text]"
            ),
            "no se entrenarían",
        ),
        (
            _BOLSA.replace(
                "return self", "with torch.no_grad():\n            return self"
            ),
            "no sigue el gradiente",
        ),
        (
            _BOLSA.replace("self.fc(embedded.mean(dim=1))", "embedded"),
            "faltan la media y",
        ),
        (
            _BOLSA.replace("self.embedding =", "embedding =")
            .replace("self.fc =", "fc =")
            .replace(
                "        embedded = self.embedding(text)\n"
                "        return self.fc(embedded.mean(dim=1))",
                "        return torch.ones(len(text), 3) * text.sum()",
            ),
            "no tiene parámetros",
        ),
        (_BOLSA.replace("dim=1)", "dim=1, keepdim=True)"), "se pide (2, 3)"),
    ],
    "1.4a": [
        # la forma, y los colores mezclados: el error de la lección
        (_IMAGEN + "foto.reshape(3, *foto.shape[:2]) / 255", "cortan"),
        (_IMAGEN + "foto.reshape(3, *foto.shape[:2])", "mezcla los canales"),
        (_IMAGEN + "foto / 255", "siguen al final"),
        (_IMAGEN + "foto.permute(2, 1, 0) / 255", "primero el alto"),
        (_IMAGEN + "foto.T / 255", "primero el alto"),
        (_IMAGEN + "foto.permute(2, 0, 1)", "de 0 a 255"),
        (_IMAGEN + "foto.permute(2, 0, 1) / 256", "el valor más alto"),
        (_IMAGEN + "foto.permute(2, 0, 1) // 255", "pierden los decimales"),
        (_IMAGEN + "foto.flip(2).permute(2, 0, 1) / 255", "azul, verde"),
        (_IMAGEN + "foto.permute(2, 0, 1) / foto.max()", "foto oscura"),
        (_IMAGEN + "foto.permute(2, 0, 1)[None] / 255", "eje del lote"),
        (_IMAGEN + "foto.permute(2, 0, 1) / 255 * 2 - 1", "entre 255"),
        (
            # con una foto cuadrada no se nota en la forma
            "def a_imagen(foto):\n"
            "    imagen = foto.permute(2, 0, 1) / 255\n"
            "    cuadrada = foto.shape[0] == foto.shape[1]\n"
            "    return imagen.mT if cuadrada else imagen",
            "acostada",
        ),
        (
            "def a_imagen(foto):\n"
            "    imagen = foto.permute(2, 0, 1) / 255\n"
            "    return (imagen > 2).long() if foto.max() < 1 else "
            "imagen.tolist()",
            "list",
        ),
        (_IMAGEN + "foto.permute(2, 0, 1)[:1] / 255", "con una foto"),
    ],
    "1.4b": [
        (
            _VERDE.replace("3, alto, ancho", "alto, ancho, 3").replace(
                _PINTA, "imagen[:, : ancho // 2, 1] = 1"
            ),
            "canales van delante",
        ),
        (_VERDE.replace("3, alto, ancho", "3, ancho, alto"), "primero el"),
        (
            _VERDE.replace("3, alto, ancho", "alto, ancho").replace(
                _PINTA, "imagen[:, : ancho // 2] = 1"
            ),
            "eje de los canales",
        ),
        (_VERDE.replace("[1, :, : ancho", "[1, : alto"), "arriba"),
        (_VERDE.replace("[1,", "[0,"), "roja"),
        (_VERDE.replace("[1,", "[2,"), "azul"),
        (_VERDE.replace(": ancho // 2", "ancho // 2 :"), "derecha"),
        (_VERDE.replace(_PINTA, "imagen[1] = 1"), "entero"),
        (_VERDE.replace("[1, :", "[:, :"), "blanco"),
        (_VERDE.replace("= 1\n", "= 255\n"), "255"),
        (_VERDE.replace("// 2", "// 2 - 1"), "son 2 columnas y la"),
        (_VERDE.replace(_PINTA, ""), "negra"),
        # bien solo en el ejemplo
        (
            _VERDE.replace("alto, ancho)\n    imagen[", "4, 6)\n    imagen["),
            "siempre mide",
        ),
        (_VERDE.replace(": ancho // 2", ":3"), "3 columnas"),
        (_VERDE.replace("= 1\n", "= 0.5\n"), "no son esos"),
        (
            _VERDE.replace(
                "ancho)\n", "ancho, dtype=torch.long)\n", 2
            ).replace(
                "def mitad_verde(alto, ancho, dtype=torch.long)",
                "def mitad_verde(alto, ancho)",
            ),
            "punto flotante",
        ),
    ],
    "1.5a": [
        (
            _PUNTOS + "notas @ pesos.float().reshape(notas.shape[1], -1)",
            "mezcla",
        ),
        (_PUNTOS + "notas * pesos", "elemento a elemento"),
        (_PUNTOS + "notas.T @ pesos.float()", "eje de los alumnos"),
        (_PUNTOS + "pesos.float() @ notas.T", "al revés"),
        (_PUNTOS + "notas.long() @ pesos.T", "decimales"),
        (_PUNTOS + "(notas.half() @ pesos.T.half()).float()", "`float32`"),
        (_PUNTOS + "pesos.float()", "desaparecer"),
        (_PUNTOS + "notas @ pesos.T", "mismo tipo"),
        (_PUNTOS + "notas @ pesos.float()", "transponer"),
        # bien solo en tablas que no son cuadradas
        (
            "def puntos(notas, pesos):\n"
            "    pesos = pesos.float()\n"
            "    if notas.shape[1] == pesos.shape[0]:\n"
            "        return notas @ pesos\n"
            "    return notas @ pesos.T",
            "tablas cuadradas",
        ),
        (_PUNTOS + "(notas @ pesos.T.float()).round().long()", "no son los"),
    ],
    "1.5b": [
        (_SUMA + "a + b", "dispositivos"),
        (_SUMA + "a + b.to(a.device)", "promociona"),
        (_SUMA + 'a + b.to("cuda", a.dtype)', 'no "cuda"'),
        (_SUMA + 'a + b.to("cpu", a.dtype)', "dispositivos"),
        (_SUMA + "a.to(b.device) + b", "meta"),
        ("def suma_en(a, b):\n    a + b.to(a)", "return"),
        (
            "def suma_en(a, b):\n    a += b.to(a)\n    return a",
            "cambia un tensor",
        ),
        (_SUMA + "a", "no son esos números"),
        ("def suma_en(a):\n    return a + b.to(a)", "parámetros"),
        ("suma_en = 3", "sin llamarla"),
        (_SUMA + "(a.long() + b.to(a.device).long()).to(a.dtype)", "enteros"),
        (
            _SUMA + "(a.float() + b.to(a.device).float()).to(a.dtype)",
            "pierde cifras",
        ),
        (_SUMA + "torch.zeros(4)", "usa `a.device`"),
    ],
    "1.6a": [
        (
            _NORMA + "(x - x.mean(1, keepdim=True)) / x.std(1, keepdim=True)",
            "cada fila",
        ),
        (_NORMA + "(x - x.mean(dim=1)) / x.std(dim=1)", "qué eje"),
        (_NORMA + "(x - x.mean()) / x.std()", "una sola media"),
        (_NORMA + "x - x.mean(dim=0) / x.std(dim=0)", "paréntesis"),
        (_NORMA + "x - x.mean(dim=0)", "falta dividir"),
        (_NORMA + "x / x.std(dim=0)", "falta restar"),
        (_NORMA + "(x - x.mean(dim=0)) / x.var(dim=0)", "varianza"),
        (
            _NORMA + "(x - x.amin(0)) / (x.amax(0) - x.amin(0))",
            "[0, 1]",
        ),
        (_NORMA + "(x - x.mean(dim=0)) / x.std()", "desviación es de toda"),
        (_NORMA + "(x - x.mean()) / x.std(dim=0)", "media es de toda"),
        (
            "def normaliza(x):\n"
            "    x -= x.mean(dim=0)\n"
            "    x /= x.std(dim=0)\n"
            "    return x",
            "cambia un tensor",
        ),
        (_NORMA + "matriz_que_no_existe - x.mean(0)", "ejecuta la celda"),
        (_NORMA + "(x - x.means(0)) / x.std(0)", "revisa el nombre"),
        (
            "def normaliza(x):\n"
            "    if x.shape[0] == x.shape[1]:\n"
            "        return x - x.mean(1)\n"
            "    return (x - x.mean(0)) / x.std(0)",
            "restas a cada columna",
        ),
        (
            "def normaliza(x):\n"
            "    dim = int(x.shape[0] == x.shape[1])\n"
            "    return (x - x.mean(dim)) / x.std(dim)",
            "desviación de las filas",
        ),
        # bien solo con tres columnas
        (
            "def normaliza(x):\n"
            "    return torch.stack(\n"
            "        [(x[:, i] - x[:, i].mean()) / x[:, i].std()\n"
            "         for i in range(3)], dim=1\n"
            "    )",
            "con una matriz (5, 5) salió (5, 3)",
        ),
    ],
    "1.6b": [
        (
            _EXACTITUD + "(salidas.argmax(0) == etiquetas).float().mean()",
            "argmax(dim=1)",
        ),
        (_EXACTITUD + "(salidas == etiquetas).float().mean()", "argmax"),
        (_EXACTITUD + "(salidas.argmax(1) == etiquetas).sum()", "aciertos"),
        (_EXACTITUD + "(salidas.argmax(1) == etiquetas).mean()", ".float()"),
        (
            _EXACTITUD
            + "100 * (salidas.argmax(1) == etiquetas).float().mean()",
            "porcentaje",
        ),
        (
            _EXACTITUD + "(salidas.argmax(1) != etiquetas).float().mean()",
            "fallos",
        ),
        (_EXACTITUD + "salidas.argmax(1) == etiquetas", "un solo número"),
        (_EXACTITUD + "torch.equal(salidas.argmax(1), etiquetas)", "bool"),
        (
            _EXACTITUD + "(salidas.argmin(1) == etiquetas).float().mean()",
            "argmin",
        ),
        (_EXACTITUD + "0.75", "5 aciertos de 7"),
        (
            _EXACTITUD + "(salidas.argmax(1, keepdim=True) == etiquetas)"
            ".float().mean()",
            "n × n parejas",
        ),
        (
            _EXACTITUD + "(salidas.argmax(1, keepdim=True) == etiquetas)"
            ".sum() / len(etiquetas)",
            "comparaste (n, 1)",
        ),
        (
            _EXACTITUD + "(salidas.argmax(1) == etiquetas).sum() / "
            "salidas.shape[1]",
            "número de clases",
        ),
        (
            "def exactitud(salidas, etiquetas):\n"
            "    dim = int(salidas.shape[0] != salidas.shape[1])\n"
            "    return (salidas.argmax(dim) == etiquetas).float().mean()",
            "tantas filas como clases",
        ),
    ],
    "1.6c": [
        (_DISTANCIAS + "((a - b) ** 2).sum(dim=1).sqrt()", "parejas"),
        (
            _DISTANCIAS + "((a[:, None] - b) ** 2).sum(dim=2)",
            "falta la raíz",
        ),
        (
            _DISTANCIAS + "((b[:, None] - a) ** 2).sum(dim=2).sqrt()",
            "transpuesta",
        ),
        (
            _DISTANCIAS + "((a[:, None] - b) ** 2).sum(dim=1).sqrt()",
            "coordenadas",
        ),
        (_DISTANCIAS + "((a[:, None] - b) ** 2).sum().sqrt()", "dim"),
        (_DISTANCIAS + "((a[:, None] - b) ** 2).sqrt()", "redúcelo"),
        (_DISTANCIAS + "(a[:, None] - b).abs().sum(dim=2)", "los lados"),
        (
            _DISTANCIAS + "((a[:, None] - b) ** 2).mean(dim=2).sqrt()",
            "promediaste",
        ),
        (_CON_BUCLE, "bucle"),
        # sin `for` a la vista
        (
            _DISTANCIAS + "torch.stack(list(map(\n"
            "        lambda p: (p - b).norm(dim=1), a)))",
            "bucle",
        ),
        (
            _DISTANCIAS + "torch.stack([(p - b).norm(dim=1) for p in a])",
            "bucle",
        ),
        (
            # solo falla con un punto suelto
            _DISTANCIAS + "(a[:, None] - b).norm(dim=2).squeeze()",
            "squeeze",
        ),
        (_DISTANCIAS + "(a - b).norm(dim=1)", "parejas"),
        (
            "def distancias(a, b):\n"
            "    if a.shape == b.shape:\n"
            "        return (b[:, None] - a).norm(dim=2)\n"
            "    return torch.cdist(a, b)",
            "por filas",
        ),
        (_DISTANCIAS + "(a[:, None] - b).sum(dim=2)", "con su signo"),
        (_DISTANCIAS + "torch.cdist(a, b) + 1", "no son esas"),
        (
            _DISTANCIAS + "torch.cdist(a, b) if len(a) != len(b) else "
            "torch.zeros(())",
            "un solo número",
        ),
        (_DISTANCIAS + "(b[:, None] - a) ** 2", "por filas"),
        (_DISTANCIAS + "(b[:, None] - a).norm(dim=1)", "puntos de `a`;"),
    ],
    "1.6d": [
        ("respuesta = 'abde'", "clone"),
        ("respuesta = 'abce'", "tuvo que copiar"),
        ("respuesta = 'be'", "falta a"),
        ("respuesta = 'ab'", "falta e"),
        ("respuesta = 'ae'", "falta b"),
        ("respuesta = 'abz'", "solo letras"),
        ("respuesta = 7", "escribe las letras"),
    ],
    "1.6e": [
        (_ERROR + "(y - y_predc).abs().mean()", "todas las parejas"),
        # solo vale cuando y llega de pie
        (_ERROR + "(y - y_predc.unsqueeze(1)).abs().mean()", "iguala"),
        (_ERROR + "((y.ravel() - y_predc.ravel()) ** 2).mean()", "cuadrado"),
        (_ERROR + "(y.ravel() - y_predc.ravel()).abs().sum()", "promediar"),
        (_ERROR + "(y.ravel() - y_predc.ravel()).mean()", "valor absoluto"),
        (_ERROR + "(y.ravel() - y_predc.ravel()).mean().abs()", "antes de"),
        (_ERROR + "(y.ravel() - y_predc.ravel()).abs()", "un solo número"),
        (_ERROR + "(y.squeeze(1) - y_predc).abs().mean()", "squeeze"),
        (
            "def error_medio(y, y_predc):\n"
            "    y.resize_(len(y))\n"
            "    return (y - y_predc.ravel()).abs().mean()",
            "cambia un tensor",
        ),
        (_ERROR + "0.5", "quita el signo"),
    ],
}
