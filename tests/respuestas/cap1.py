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
_PESOS = "pesos = torch.tensor([[1, 0, 2], [0, 1, 1]])\n"
_VERDE = "respuesta = torch.zeros(3, 4, 6)\n"
_SUMA = "def suma_en(a, b):\n    return "
_NORMA = "def normaliza(x):\n    return "
_EXACTITUD = "def exactitud(salidas, etiquetas):\n    return "
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
        "respuesta = notas.sum(axis=0) / len(notas)",
        "respuesta = [6.5, 9.5, 6.5]",
        "respuesta = torch.tensor(notas).float().mean(dim=0)",
    ],
    "1.2": ["respuesta = 6", "respuesta = torch.tensor([6.0])"],
    "1.3a": [
        "respuesta = [5, 2]",
        "respuesta = model(torch.zeros(5, 12, dtype=torch.long)).shape",
    ],
    "1.3b": [
        # EmbeddingBag ya trae la media
        _BOLSA.replace("nn.Embedding(", "nn.EmbeddingBag(").replace(
            "embedded.mean(dim=1)", "embedded"
        ),
        _BOLSA.replace(
            "embedded.mean(dim=1)", "embedded.sum(1) / text.shape[1]"
        ).replace("fc", "salida"),
        # promediar al final da lo mismo
        _BOLSA.replace(
            "self.fc(embedded.mean(dim=1))", "self.fc(embedded).mean(dim=1)"
        ),
    ],
    "1.4a": [
        "respuesta = torch.arange(0, 10.5, 0.5)",
        "respuesta = torch.arange(21) / 2",
        "respuesta = torch.from_numpy(np.linspace(0, 10, 21))",
    ],
    "1.4b": [
        _VERDE + "for fila in range(4):\n    respuesta[1, fila, 0:3] = 1",
        "negro = torch.zeros(4, 6)\n"
        "verde = (torch.arange(6) < 3).float().repeat(4, 1)\n"
        "respuesta = torch.stack([negro, verde, negro])",
    ],
    "1.5a": [
        _PESOS + "respuesta = torch.matmul(notas, pesos.to(torch.float32).T)",
        _PESOS + "respuesta = notas.double() @ pesos.double().T",
        _PESOS + "respuesta = (pesos.float() @ notas.T).T",
    ],
    "1.5b": [
        _SUMA + "a + b.to(a)",
        _SUMA + "(a + b.to(a.device)).to(a.dtype)",
        "def suma_en(a, b):\n"
        "    suma = a.clone()\n"
        "    suma += b.to(a.device, a.dtype)\n"
        "    return suma",
    ],
    "1.6a": [
        _NORMA + "(x - x.mean(0, keepdim=True)) / x.std(0, keepdim=True)",
        _NORMA + "(x - x.mean(0)) / x.std(0, correction=0)",
        "def normaliza(x):\n"
        "    columnas = [(c - c.mean()) / c.std() for c in x.T]\n"
        "    return torch.stack(columnas, dim=1)",
    ],
    "1.6b": [
        _EXACTITUD + "(salidas.max(dim=1).indices == etiquetas)"
        ".sum().item() / len(etiquetas)",
        _EXACTITUD + "np.mean((salidas.argmax(-1) == etiquetas).numpy())",
    ],
    "1.6c": [
        _DISTANCIAS + "torch.cdist(a, b)",
        _DISTANCIAS + "(a.unsqueeze(1) - b.unsqueeze(0)).norm(dim=2)",
        _DISTANCIAS + "((b - a[:, None, :]) ** 2).sum(-1) ** 0.5",
    ],
}

MAL = {
    "1.1": [
        ("respuesta = notas.mean(axis=1)", "por fila"),
        ("respuesta = notas.mean()", "una sola media"),
        ("respuesta = notas.sum(axis=0)", "suma"),
        ("respuesta = notas[0]", "tres números"),
        ("respuesta = 'no sé'", "'no sé'"),
    ],
    "1.2": [
        ("respuesta = 0", "producto"),
        ("respuesta = 9.0", "eso es y"),
        ("respuesta = 3", "peso"),
        ("respuesta = torch.tensor(3.0, requires_grad=True).grad", "backward"),
        (
            "peso = torch.tensor(3.0, requires_grad=True)\n"
            "modelo(0.0, peso).backward()\n"
            "modelo(0.0, peso).backward()\n"
            "respuesta = peso.grad",
            "dos veces",
        ),
        ("respuesta = 'seis'", "str"),
        ("respuesta = -1", "rama"),
    ],
    "1.3a": [
        ("respuesta = (5, 12, 2)", "12 palabras"),
        ("respuesta = (5, 256)", "fc"),
        ("respuesta = (2, 5)", "delante"),
        ("respuesta = (5, 12, 256)", "output"),
        ("respuesta = (2, 5, 256)", "hidden"),
        ("respuesta = (12, 2)", "las frases, no las palabras"),
        ("respuesta = (5, 12)", "entra"),
        ("respuesta = (3, 2)", "1.3"),
        ("respuesta = (5,)", "por clase"),
        ("respuesta = 10", "tupla"),
        ("respuesta = torch.zeros(5, 2)", ".shape"),
        ("respuesta = (9, 9)", "Capa por capa"),
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
    ],
    "1.4a": [
        ("respuesta = torch.arange(0, 10, 0.5)", "no incluye el final"),
        ("respuesta = torch.linspace(0, 10, 20)", "20 puntos"),
        ("respuesta = torch.arange(11)", "de 1 en 1"),
        ("respuesta = torch.arange(0, 11, 0.5)", "10.5"),
        ("respuesta = [n / 2 for n in range(21)]", "list"),
        ("respuesta = np.arange(21) / 2", "ndarray"),
        ("respuesta = torch.linspace(0, 10, 21).unsqueeze(0)", "un solo eje"),
        ("respuesta = torch.linspace(0, 10, 100)", "100 números"),
    ],
    "1.4b": [
        ("respuesta = torch.zeros(4, 6, 3)", "canales van delante"),
        (_VERDE + "respuesta[1, :2] = 1", "arriba"),
        (_VERDE + "respuesta[0, :, :3] = 1", "roja"),
        (_VERDE + "respuesta[2, :, :3] = 1", "azul"),
        (_VERDE + "respuesta[1, :, 3:] = 1", "derecha"),
        (_VERDE + "respuesta[1] = 1", "entero"),
        (_VERDE + "respuesta[:, :, :3] = 1", "blanco"),
        (_VERDE + "respuesta[1, :, :3] = 255", "255"),
        (_VERDE + "respuesta[1, :, :2] = 1", "2 columnas"),
        (_VERDE, "negra"),
        (
            "respuesta = torch.zeros(3, 4, 6, dtype=torch.long)\n"
            "respuesta[1, :, :3] = 1",
            "coma flotante",
        ),
    ],
    "1.5a": [
        (_PESOS + "respuesta = notas @ pesos.float().reshape(3, 2)", "mezcla"),
        (_PESOS + "respuesta = notas * pesos", "elemento a elemento"),
        (_PESOS + "respuesta = notas.T @ pesos.float()", "tres notas"),
        (_PESOS + "respuesta = pesos.float() @ notas.T", "al revés"),
        (_PESOS + "respuesta = notas.long() @ pesos.T", "enteros"),
        (_PESOS + "respuesta = pesos.float()", "desaparecer"),
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
        (_NORMA + "matriz_que_no_existe - x.mean(0)", "NameError"),
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
        (_EXACTITUD + "0.75", "3 aciertos"),
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
        (
            _DISTANCIAS + "torch.stack([(p - b).norm(dim=1) for p in a])",
            "bucle",
        ),
    ],
}
