"""Respuestas del capítulo 2: las que valen y las que no, con su pista.

Cada código ocupa el lugar de la plantilla. La palabra que acompaña a una
respuesta mala tiene que estar en la pista que se le da.
"""

_RECTA = """
def recta(volumen, sesgo, n):
    X = torch.linspace(0, 10, n).unsqueeze(dim=1)
    return X, volumen * X + sesgo
"""
_SEPARA = """
def separa(X, y):
    a, c, b, d = train_test_split(X, y, test_size=0.25)
    return (a, b), (c, d)
"""
_PARABOLA = """
class Parabola(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Parameter(torch.randn(1))
        self.b = nn.Parameter(torch.randn(1))
        self.c = nn.Parameter(torch.randn(1))

    def forward(self, x):
        return self.a * x**2 + self.b * x + self.c
"""
_MSE = "def mse(y_predc, y):\n    return "
_MUEVE = """
def mueve(parametros, tasa):
    with torch.no_grad():
        for p in parametros:
            p -= tasa * p.grad
"""
_EPOCA = "def mejor_epoca(perd_train, perd_val):\n    return "
_EXAMINA = """
def examina(modelo, X, y):
    modelo.eval()
    with torch.inference_mode():
        return (modelo(X) - y).abs().mean().item()
"""
_NUEVA = """
y_nueva = 4 - 1.5 * X_train
respuesta = nn.Linear(1, 1)
optimizador = torch.optim.SGD(respuesta.parameters(), lr=0.5)
"""
_ENTRENA = """
def entrena(modelo, optimizador, fn, X, y, epocas):
    perdidas = []
    for _ in range(epocas):
        perdida = fn(modelo(X), y)
        optimizador.zero_grad()
        perdida.backward()
        optimizador.step()
        perdidas.append(perdida.item())
    return perdidas
"""
_LIMPIA = "        optimizador.zero_grad()\n"
_DERIVA = "        perdida.backward()\n"
_MUEVE_YA = "        optimizador.step()\n"

_APLICA = """
def aplica_capa(capa, datos):
    return capa(torch.from_numpy(datos).float())
"""
_PERDIDA = "def perdida_media(modelo, X, y):\n    return "
_BUCLE = """
def {nombre}(modelo, optimizador, fn, X, y, epocas):
    for _ in range(epocas):
        perdida = fn(modelo(X), y)
        optimizador.zero_grad()
        perdida.backward()
        optimizador.step()
"""
_QUIETO = _BUCLE.format(nombre="entrena_quieto")
_MUDO = _BUCLE.format(nombre="entrena_mudo")
_UNA = _BUCLE.format(nombre="entrena_una")
_LARGO = _BUCLE.format(nombre="entrena_largo")
_COPIA = """
def entrena_copia(modelo, X, y, epocas):
    copia = copy.deepcopy(modelo)
    optimizador = torch.optim.SGD(copia.parameters(), lr=0.1)
    for _ in range(epocas):
        optimizador.zero_grad()
        (copia(X) - y).abs().mean().backward()
        optimizador.step()
    return copia
"""
_RUIDO = "def agrega_ruido(x):\n    return x + 0.1 * "
_TIPO, _FORMA, _SITIO = (
    'clase = "tipo"\n',
    'clase = "forma"\n',
    ('clase = "dispositivo"\n'),
)
_GRAD, _OPT = 'clase = "gradiente"\n', 'clase = "optimizador"\n'
_CON_CIERRE = """
def {nombre}(modelo, optimizador, fn, X, y, epocas):
    def vuelta():
        optimizador.zero_grad()
        perdida = fn(input=modelo(X), target=y)
        perdida.backward()
        return perdida

    return [optimizador.step(vuelta).item() for _ in range(epocas)]
"""


BIEN = {
    "2.1a": [
        _RECTA.replace(".unsqueeze(dim=1)", ".reshape(-1, 1)"),
        "def recta(volumen, sesgo, n):\n"
        "    x = 10 * torch.arange(n)[:, None] / (n - 1)\n"
        "    return [x, sesgo + x * volumen]",
        _RECTA.replace("10, n)", "10, n, dtype=torch.float64)"),
        "recta = lambda volumen, sesgo, n: (\n"
        "    x := torch.linspace(0, 10, steps=n)[:, None],\n"
        "    torch.add(sesgo, x, alpha=volumen),\n"
        ")",
    ],
    "2.1b": [
        _SEPARA.replace("test_size=0.25", "train_size=0.75"),
        """
def separa(X, y):
    orden = torch.randperm(len(X))
    corte = len(X) * 3 // 4
    a, b = orden[:corte], orden[corte:]
    return [X[a], y[a]], [X[b], y[b]]
""",
        _SEPARA.replace("test_size=0.25", "test_size=0.25, shuffle=True"),
        """
def separa(X, y):
    partes = torch.utils.data.random_split(
        TensorDataset(X, y), [0.75, 0.25]
    )
    return tuple(
        tuple(torch.stack(t) for t in zip(*parte)) for parte in partes
    )
""",
    ],
    "2.2": [
        _PARABOLA.replace("self.a", "self.curva").replace("x**2", "x * x"),
        "class Parabola(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.coefs = nn.Parameter(torch.randn(3))\n\n"
        "    def forward(self, x):\n"
        "        a, b, c = self.coefs\n"
        "        return (a * x + b) * x + c",
        "class Parabola(nn.Module):\n"
        "    def __init__(self):\n"
        "        super().__init__()\n"
        "        self.fc = nn.Linear(2, 1)\n\n"
        "    def forward(self, x):\n"
        "        return self.fc(torch.cat([x**2, x], dim=1))",
        _PARABOLA.replace("torch.randn(1)", "torch.rand(()) * 2 - 1"),
    ],
    "2.3a": [
        _MSE + "torch.square(y - y_predc).sum() / len(y)",
        _MSE + "torch.dist(y_predc, y) ** 2 / len(y)",
        _MSE + "sum((y_predc - y) ** 2) / len(y)",  # forma (1,)
        _MSE + "torch.mean((y_predc - y).pow(2))",
    ],
    "2.3b": [
        _MUEVE.replace("no_grad", "inference_mode"),
        "def mueve(parametros, tasa):\n"
        "    for p in parametros:\n"
        "        p.data = p.data - tasa * p.grad",
        _MUEVE.replace("p -= tasa * p.grad", "p.sub_(p.grad * tasa)"),
        "def mueve(parametros, tasa):\n"
        "    for p in parametros:\n"
        "        p.data.add_(p.grad, alpha=-tasa)",
    ],
    "2.4a": [
        _EPOCA + "torch.tensor(perd_val).argmin()",
        _EPOCA + "min(range(len(perd_val)), key=perd_val.__getitem__)",
        _EPOCA + "sorted(enumerate(perd_val), key=lambda p: p[1])[0][0]",
        "from operator import itemgetter\n"
        + _EPOCA
        + "min(enumerate(perd_val), key=itemgetter(1))[0]",
    ],
    "2.4b": [
        _EXAMINA.replace("inference_mode", "no_grad"),
        "def examina(modelo, X, y):\n"
        "    modelo.train(False)\n"
        "    with torch.inference_mode():\n"
        "        perdida = nn.L1Loss()(modelo(X), y)\n"
        "    return float(perdida)",
        # una copia, por lotes con su peso, y punto por punto
        "import copy\n\n\n"
        "def examina(modelo, X, y):\n"
        "    otro = copy.deepcopy(modelo).eval()\n"
        "    with torch.no_grad():\n"
        "        return nn.functional.l1_loss(otro(X), target=y).item()",
        "def examina(modelo, X, y):\n"
        "    modelo.eval()\n"
        "    suma = 0\n"
        "    lotes = DataLoader(TensorDataset(X, y), batch_size=4)\n"
        "    with torch.inference_mode():\n"
        "        for x_lote, y_lote in lotes:\n"
        "            error = nn.L1Loss()(modelo(x_lote), y_lote).item()\n"
        "            suma += error * len(x_lote)\n"
        "    return suma / len(X)",
        "@torch.no_grad()\n"
        "def examina(modelo, X, y):\n"
        "    modelo.eval()\n"
        "    errores = [abs(modelo(x) - v).item() for x, v in zip(X, y)]\n"
        "    return sum(errores) / len(errores)",
    ],
    "2.5a": [
        _NUEVA.replace("SGD", "Adam")
        + "ajusta(respuesta, optimizador, 400, y=y_nueva, fn=nn.MSELoss())",
        "y_nueva = 4 - 1.5 * X_train\n"
        "respuesta = nuevo_modelo()\n"
        "optimizador = torch.optim.SGD(respuesta.parameters(), lr=0.3)\n"
        "plan = torch.optim.lr_scheduler.LinearLR(\n"
        "    optimizador, 1.0, 0.0, total_iters=400\n"
        ")\n"
        "ajusta(respuesta, optimizador, 400, y=y_nueva, plan=plan)",
        _NUEVA + "ajusta(respuesta, optimizador, 300, nn.MSELoss(), y_nueva)",
        # sin `ajusta`, y sin dejar el último gradiente
        _NUEVA + "for _ in range(400):\n"
        "    optimizador.zero_grad()\n"
        "    nn.MSELoss()(respuesta(X_train), y_nueva).backward()\n"
        "    optimizador.step()\n"
        "optimizador.zero_grad()\n"
        "respuesta = respuesta.eval().double()",
        # a mano es el bucle, con `.data`, que no cuenta los cambios
        "y_nueva = 4 - 1.5 * X_train\n"
        "respuesta = nn.Linear(1, 1)\n"
        "for _ in range(400):\n"
        "    respuesta.zero_grad()\n"
        "    nn.MSELoss()(respuesta(X_train), y_nueva).backward()\n"
        "    for p in respuesta.parameters():\n"
        "        p.data -= 0.5 * p.grad",
        "y_nueva = 4 - 1.5 * X_train\n"
        "respuesta = nn.Linear(1, 1)\n"
        "optimizador = torch.optim.LBFGS(respuesta.parameters(), lr=0.5)\n"
        "def cierre():\n"
        "    optimizador.zero_grad()\n"
        "    perdida = nn.MSELoss()(respuesta(X_train), y_nueva)\n"
        "    perdida.backward()\n"
        "    return perdida\n"
        "for _ in range(5):\n"
        "    optimizador.step(cierre)",
    ],
    "2.5b": [
        # limpiar al final, o con el modelo, también limpia
        _ENTRENA.replace(_LIMPIA, "").replace(_MUEVE_YA, _MUEVE_YA + _LIMPIA),
        _ENTRENA.replace("optimizador.zero_grad()", "modelo.zero_grad()"),
        _ENTRENA.replace(
            "perdida = fn", "modelo.train()\n        perdida = fn"
        ).replace("range(epocas)", "range(0, epocas, 1)"),
        _CON_CIERRE.format(nombre="entrena"),
        _ENTRENA.replace("fn(modelo(X), y)", "fn(input=modelo(X), target=y)"),
        _ENTRENA.replace("fn(modelo(X), y)", "fn(y_predc=modelo(x=X), y=y)"),
    ],
    "2.3c": [
        "una, tres = 6, 18",
        "una, tres = torch.tensor([6.0, 18.0])",
        "una, tres = 2 * 3.0, 3 * 2 * 3.0",
        "w = torch.tensor(3.0, requires_grad=True)\n"
        "una = torch.autograd.grad(w**2, w)[0]\n"
        "tres = 3 * una",
    ],
    "2.4c": [
        "respuesta = 'dbcea'",
        "respuesta = 'cdbea'",  # limpiar al empezar
        "respuesta = list('dcbea')",
        "respuesta = 'D, B, E, A, C'",  # o al acabar
    ],
    "2.c1": [
        _TIPO + _APLICA.replace(".float()", ".to(torch.float32)"),
        _TIPO
        + _APLICA.replace(
            "torch.from_numpy(datos).float()",
            "torch.tensor(datos, dtype=capa.weight.dtype)",
        ),
        "clase = 'Tipo '\n"
        + _APLICA.replace(
            "torch.from_numpy(datos).float()",
            "torch.from_numpy(datos.astype('float32'))",
        ),
        _TIPO + "aplica_capa = lambda capa, datos: nn.functional.linear(\n"
        "    torch.Tensor(datos), capa.weight, bias=capa.bias\n)",
    ],
    "2.c2": [
        _FORMA + _PERDIDA + "(modelo(X) - y.unsqueeze(1)).abs().mean()",
        _FORMA + _PERDIDA + "nn.L1Loss()(modelo(X).flatten(), y)",
        _FORMA + _PERDIDA + "(y[:, None] - modelo(X)).abs().sum() / len(y)",
        _FORMA + _PERDIDA + "sum(abs(p - d) for p, d in "
        "zip(modelo(X)[:, 0], y)) / y.numel()",
    ],
    "2.c3": [
        _OPT
        + _QUIETO.replace("perdida =", "modelo.train()\n        perdida ="),
        _OPT + _CON_CIERRE.format(nombre="entrena_quieto"),
        _OPT + _QUIETO.replace("optimizador.zero", "modelo.zero"),
        _OPT + _QUIETO.replace("range(epocas)", "torch.arange(epocas)"),
    ],
    "2.c4": [
        _OPT + _COPIA,
        _OPT
        + "from copy import deepcopy\n"
        + _COPIA.replace("copy.deepcopy", "deepcopy"),
        _OPT
        + _COPIA.replace(
            "copia.parameters()", "list(copia.parameters())"
        ).replace("optimizador.zero", "copia.zero"),
        _OPT + "def entrena_copia(modelo, X, y, epocas):\n"
        "    copia = copy.deepcopy(modelo)\n"
        "    for _ in range(epocas):\n"
        "        fallo = nn.L1Loss()(copia(X), y)\n"
        "        partes = list(copia.parameters())\n"
        "        grads = torch.autograd.grad(fallo, partes)\n"
        "        with torch.no_grad():\n"
        "            for p, g in zip(partes, grads):\n"
        "                p -= 0.1 * g\n"
        "    return copia",
    ],
    "2.c5": [
        _GRAD
        + _MUDO.replace(
            "        perdida =",
            "        with torch.enable_grad():\n            perdida =",
        ),
        _GRAD + _CON_CIERRE.format(nombre="entrena_mudo"),
        _GRAD
        + _MUDO.replace("fn(modelo(X), y)", "fn(target=y, input=modelo(X))"),
        _GRAD + _MUDO.replace("optimizador.zero", "modelo.zero"),
    ],
    "2.c6": [
        _GRAD
        + _UNA.replace(
            "perdida.backward()", "perdida.backward(gradient=None)"
        ),
        _GRAD + _CON_CIERRE.format(nombre="entrena_una"),
        _GRAD + _UNA.replace("optimizador.zero", "modelo.zero"),
        _GRAD
        + _UNA.replace(
            "perdida = fn(modelo(X), y)",
            "y_predc = modelo(X)\n        perdida = fn(y_predc, y)",
        ),
    ],
    "2.c7": [
        _GRAD + _LARGO,
        _OPT + _CON_CIERRE.format(nombre="entrena_largo"),
        _OPT
        + _LARGO.replace("        optimizador.zero_grad()\n", "")
        + "        optimizador.zero_grad()",
        _OPT
        + _LARGO.replace(
            "optimizador.zero_grad()",
            "for p in modelo.parameters():\n            p.grad = None",
        ),
    ],
    "2.c8": [
        _SITIO + _RUIDO + "torch.empty_like(x).normal_()",
        _SITIO + "import numpy as np\n\n\n" + "def agrega_ruido(x):\n"
        "    ruido = torch.from_numpy(np.random.randn(*x.shape)).float()\n"
        "    return x + 0.1 * ruido.to(x.device)",
        _SITIO + _RUIDO + "torch.randn(x.shape, device=x.device)",
        _SITIO + _RUIDO + "torch.empty_like(x).normal_()",
        _SITIO + _RUIDO + "x.new_empty(x.size()).normal_(mean=0, std=1)",
    ],
}

MAL = {
    "2.1a": [
        (_RECTA.replace(".unsqueeze(dim=1)", ""), "características"),
        (_RECTA.replace("dim=1", "dim=0"), "fila"),
        (
            _RECTA.replace("volumen * X + sesgo", "sesgo * X + volumen"),
            "intercambiaste",
        ),
        (
            _RECTA.replace("linspace(0, 10, n)", "arange(0, 10, 10 / n)"),
            "no incluye el final",
        ),
        (_RECTA.replace("linspace(0, 10, n)", "arange(0, 10, n)"), "el paso"),
        (_RECTA.replace("10, n", "1, n"), "0 a 1"),
        (_RECTA.replace("10, n", "10, n + 1"), "51 puntos"),
        (_RECTA.replace("10, n", "10, 40"), "(40, 1)"),
        (_RECTA.replace("linspace(0, 10, n)", "arange(n)"), "0 a 49"),
        (_RECTA.replace("volumen * X + sesgo", "0.8 * X + 0.2"), "0.8"),
        (_RECTA.replace(" + sesgo", ""), "sesgo"),
        (_RECTA.replace("return X, ", "return "), "dos tensores"),
        (
            _RECTA.replace("X, volumen * X + sesgo", "volumen * X + sesgo, X"),
            "primero `X`",
        ),
        (
            _RECTA.replace("volumen * X + sesgo", "volumen * (X + sesgo)"),
            "paréntesis",
        ),
        (
            _RECTA.replace("volumen * X + sesgo", "volumen * X + sesgo + 1"),
            "no es `volumen",
        ),
        (
            _RECTA.replace("linspace(0, 10, n)", "linspace(1, 10, n)"),
            "por igual",
        ),
        # bien solo con la n del primer caso
        (_RECTA.replace("10, n", "10, 50"), "con n = 7"),
    ],
    "2.1b": [
        # las piezas, en otro orden
        (_SEPARA.replace("a, c, b, d =", "a, b, c, d ="), "en ese orden"),
        (_SEPARA.replace("0.25", "0.75"), "grande"),
        (_SEPARA.replace("0.25", "0.3"), "30 %"),
        (_SEPARA.replace("0.25", "0.2"), "20 %"),
        (_SEPARA.replace("0.25", "0.5"), "(20, 20, 20, 20)"),
        (_SEPARA.replace("0.25", "0.25, shuffle=False"), "mezclar"),
        (
            "def separa(X, y):\n    return (X[:30], y[:30]), (X[30:], y[30:])",
            "mezclar",
        ),
        (
            "def separa(X, y):\n"
            "    a, b = train_test_split(X, test_size=0.25)\n"
            "    c, d = train_test_split(y, test_size=0.25)\n"
            "    return (a, c), (b, d)",
            "perdió su `y`",
        ),
        (
            "def separa(X, y):\n"
            "    a = torch.randint(40, (30,))\n"
            "    b = torch.randint(40, (10,))\n"
            "    return (X[a], y[a]), (X[b], y[b])",
            "repetidos",
        ),
        (
            "def separa(X, y):\n"
            "    return train_test_split(X, y, test_size=0.25)",
            "dos parejas",
        ),
        (_SEPARA.replace("return ", ""), "return"),
        # cortar y después mezclar cada parte: el error de la lección
        (
            "def separa(X, y):\n"
            "    corte = len(X) * 3 // 4\n"
            "    a = torch.randperm(corte)\n"
            "    b = corte + torch.randperm(len(X) - corte)\n"
            "    return (X[a], y[a]), (X[b], y[b])",
            "no después",
        ),
        (
            "def separa(X, y):\n"
            "    n = len(X)\n"
            "    b = torch.arange(n // 3, n // 3 + n // 4)\n"
            "    a = torch.tensor(sorted(set(range(n)) - set(b.tolist())))\n"
            "    return (X[a], y[a]), (X[b], y[b])",
            "un trozo seguido",
        ),
        (
            "def separa(X, y):\n"
            "    b = torch.arange(len(X)) % 4 == 1\n"
            "    return (X[~b], y[~b]), (X[b], y[b])",
            "cada tantas",
        ),
        # bien solo con 40 puntos
        (_SEPARA.replace("0.25", "10"), "siempre apartas 10"),
    ],
    "2.2": [
        (
            _PARABOLA.replace(
                "self.c = nn.Parameter(torch.randn(1))",
                "self.c = torch.randn(1, requires_grad=True)",
            ),
            "tensor común `c`",
        ),
        (
            _PARABOLA.replace(
                "self.c = nn.Parameter(torch.randn(1))",
                'self.register_buffer("c", torch.randn(1))',
            ),
            "tensor común `c`",
        ),
        (
            _PARABOLA.replace(
                "self.c = nn.Parameter(torch.randn(1))",
                "self.c = nn.Parameter(torch.randn(1), requires_grad=False)",
            ),
            "requires_grad=False",
        ),
        # al azar, y los tres el mismo número
        (
            _PARABOLA.replace(
                "super().__init__()",
                "super().__init__()\n        uno = torch.randn(1)",
            ).replace(
                "nn.Parameter(torch.randn(1))", "nn.Parameter(uno.clone())"
            ),
            "iguales entre sí",
        ),
        (
            _PARABOLA.replace("super().__init__()", "pass"),
            "super().__init__()",
        ),
        (
            _PARABOLA.replace(
                "nn.Parameter(torch.randn(1))", "torch.randn(1)"
            ),
            "nn.Parameter",
        ),
        (
            _PARABOLA.replace("super().__init__()", "").replace(
                "nn.Parameter(torch.randn(1))", "torch.randn(1)"
            ),
            "super().__init__()",
        ),
        (_PARABOLA.replace("super()", "super"), "lleva paréntesis"),
        (_PARABOLA.replace("torch.randn(1)", "1.0"), "recibe un tensor"),
        (_PARABOLA.replace("randn(1)", "tensor([1])"), "decimales"),
        (_PARABOLA.replace("x**2", "x ^ 2"), "`**`"),
        (_PARABOLA.replace("x**2", "x * 2"), "x**2"),
        (_PARABOLA.replace("self.a * x**2", "(self.a * x) ** 2"), "solo de x"),
        (_PARABOLA.replace("x**2", "x**3"), "no es una parábola"),
        (_PARABOLA.replace(" + self.c\n", "\n"), "no son los tres"),
        (
            _PARABOLA.replace(
                "        self.c = nn.Parameter(torch.randn(1))\n", ""
            ).replace(" + self.c", ""),
            "2 parámetros",
        ),
        (_PARABOLA.replace("torch.randn(1)", "torch.zeros(1)"), "al azar"),
        (
            _PARABOLA.replace("torch.randn(1)", "torch.tensor([2.0])"),
            "al azar",
        ),
        (_PARABOLA.replace("return ", ""), "return"),
        (_PARABOLA.replace("self.b * x", "b * x"), "NameError"),
        (_PARABOLA.replace("(nn.Module)", ""), "hereda"),
        (
            _PARABOLA.replace("self.a * x", "self.a.item() * x")
            .replace("self.b * x", "self.b.item() * x")
            .replace("+ self.c\n", "+ self.c.item()\n"),
            "gradiente",
        ),
        (_PARABOLA.replace("forward", "foward"), "forward"),
        (_PARABOLA + "Parabola = Parabola()", "sin paréntesis"),
        # uno de los tres, sin gradiente
        (
            _PARABOLA.replace("+ self.c\n", "+ self.c.detach()\n"),
            "de los tres",
        ),
        (_PARABOLA.replace("self.b * x", "self.b.data * x"), "de los tres"),
        (
            _PARABOLA.replace(
                "return self.a",
                "self.a = nn.Parameter(torch.randn(1))\n        return self.a",
            ),
            "en `__init__`",
        ),
        (
            _PARABOLA.replace("+ self.c\n", "+ self.c.reshape(1, 1, 1)\n"),
            "se pide (6, 1)",
        ),
    ],
    "2.3a": [
        (_MSE + "nn.MSELoss()(y_predc, y)", "escríbela"),
        (_MSE + "(y_predc - y).abs().mean()", "MAE"),
        (_MSE + "((y_predc - y) ** 2).sum()", "dividir"),
        (_MSE + "((y_predc - y) ** 2).mean().sqrt()", "raíz"),
        (_MSE + "(y_predc - y).mean() ** 2", "primero el cuadrado"),
        (_MSE + "(y_predc - y) ** 2", "promediar"),
        (_MSE + "((y_predc - y) ** 2).mean().item()", "gradiente"),
        (_MSE + "(y_predc - y).mean()", "falta el cuadrado"),
        (_MSE + "((y_predc - y) * 2).mean()", "doble"),
        (_MSE + "((y_predc - y) ** 2).mean() / 2", "1/2"),
        (_MSE + "((y_predc.numpy() - y.numpy()) ** 2).mean()", "detach"),
        ("def mse(y_predc, y):\n    ((y_predc - y) ** 2).mean()", "return"),
        # el valor es correcto y el gradiente no existe
        (
            _MSE + "torch.tensor(((y_predc - y) ** 2).mean().item(), "
            "requires_grad=True)",
            "no llega",
        ),
        (
            _MSE + "((y_predc.detach() - y) ** 2).mean().requires_grad_()",
            "no llega",
        ),
        (
            "def mse(y_predc, y):\n"
            "    perdida = ((y_predc - y) ** 2).mean()\n"
            "    return perdida.detach() + 0 * y_predc.sum()",
            "no llega",
        ),
        (_MSE + "((y_predc - y) ** 2).sum() / 9", "siempre divides"),
        (_MSE + "((y_predc - y) ** 2).sum() / (len(y) - 1)", "n − 1"),
        (
            _MSE + "((y_predc - y) ** 2).sum() / max(len(y), 2)",
            "un solo punto",
        ),
    ],
    "2.3b": [
        (
            "def mueve(parametros, tasa):\n"
            "    torch.optim.SGD(parametros, lr=tasa).step()",
            "a mano",
        ),
        (
            "def mueve(parametros, tasa):\n"
            "    for i, p in enumerate(parametros):\n"
            "        parametros[i] = p - tasa * p.grad",
            "-=",
        ),
        (
            "def mueve(parametros, tasa):\n"
            "    for p in parametros:\n"
            "        p -= tasa * p.grad",
            "no_grad",
        ),
        (_MUEVE.replace("p -= tasa * p.grad", "p = p - tasa * p.grad"), "-="),
        (_MUEVE.replace("-=", "+="), "signo"),
        (_MUEVE.replace("tasa * p.grad", "p.grad"), "tasa"),
        (
            _MUEVE.replace("p.grad\n", "p.grad\n            return\n"),
            "primero",
        ),
        (_MUEVE.replace("p.grad", "p"), "p.grad"),
        (_MUEVE.replace("tasa * p.grad", "p.grad / tasa"), "divide"),
        (
            _MUEVE.replace("p -= tasa * p.grad", "p.copy_(tasa * p.grad)"),
            "restárselo",
        ),
        (_MUEVE.replace("parametros:", "parametros.parameters():"), "lista"),
        (
            "def mueve(parametros, tasa):\n"
            "    parametros = parametros - tasa * parametros.grad",
            "de uno en uno",
        ),
        (_MUEVE.replace("tasa *", "0.1 *"), "la que recibe"),
        (
            _MUEVE.replace(
                "p -=", "p.requires_grad_(False)\n            p -="
            ),
            "dejaron de pedir",
        ),
        (_MUEVE + "            p.grad.mul_(2)", "cambiaste los gradientes"),
        (_MUEVE.replace("tasa * p.grad", "p.grad.sign()"), "se llegó a"),
    ],
    "2.4a": [
        (_EPOCA + "len(perd_val) // 2", "la del medio"),
        (
            "def mejor_epoca(perd_train, perd_val):\n"
            "    i = len(perd_val) - 1\n"
            "    while i and perd_val[i - 1] < perd_val[i]:\n"
            "        i -= 1\n"
            "    return i",
            "memoriza",
        ),
        (
            _EPOCA + "next(\n        i for i in range(len(perd_val))"
            "\n        if perd_val[i + 1] > perd_val[i])",
            "primer repunte",
        ),
        (_EPOCA + "perd_train.index(min(perd_train))", "memoriza"),
        (_EPOCA + "len(perd_val) - 1", "memoriza"),
        (_EPOCA + "perd_val.index(min(perd_val)) + 1", "desde 1"),
        (_EPOCA + "min(perd_val)", "eso es una pérdida"),
        (_EPOCA + "len(perd_val)", "de la 0 a la 6"),
        (_EPOCA + "perd_val.index(max(perd_val))", "peor"),
        (_EPOCA + "'la 3'", "str"),
        (_EPOCA + "3", "siempre dices"),  # bien solo en el ejemplo
        (_EPOCA + "perd_val.index(sorted(perd_val)[1])", "validación"),
        (
            "def mejor_epoca(perd_train, perd_val):\n"
            "    perd_val.sort()\n    return 0",
            "cambia la lista",
        ),
    ],
    "2.4b": [
        (
            _EXAMINA.replace("return (", "return str((").replace(
                ".item()", ".item())"
            ),
            "es un texto",
        ),
        (
            _EXAMINA.replace(
                "eval()", "eval()\n    modelo.requires_grad_(False)"
            ),
            "congelados",
        ),
        (_EXAMINA.replace(".item()", ".numpy()"), "es un arreglo"),
        (_EXAMINA.replace("modelo.eval()", "modelo.eval"), "paréntesis"),
        (_EXAMINA.replace("modelo.eval()", "modelo.train()"), "eval"),
        (
            "def examina(modelo, X, y):\n"
            "    modelo.eval()\n"
            "    return (modelo(X) - y).abs().mean().item()",
            "inference_mode",
        ),
        (_EXAMINA.replace(".item()", ""), ".item()"),
        (_EXAMINA.replace("abs()", "square()"), "MSE"),
        (_EXAMINA.replace("mean()", "sum()"), "promediar"),
        (_EXAMINA.replace(".abs()", ""), "valor absoluto"),
        (_EXAMINA.replace("modelo(X)", "model_1(X)"), "que recibe"),
        (_EXAMINA.replace("modelo(X)", "modelo(X_test)"), "`X` que recibe"),
        (_EXAMINA.replace("return ", ""), "return"),
        (
            _EXAMINA.replace("mean()", "sum()").replace(
                ".item()", ".item() / 6"
            ),
            "siempre divides",
        ),
        (
            _EXAMINA.replace(
                "(modelo(X) - y).abs().mean().item()", "modelo(X)"
            ),
            "compararlas",
        ),
        (
            _EXAMINA.replace(
                "        return",
                "        modelo.sesgo.add_(1)\n"
                "        modelo(X)\n        return",
            ).replace("inference_mode", "no_grad"),
            "el modelo cambió",
        ),
        (
            # sin pesos, el último lote cuenta de más
            "def examina(modelo, X, y):\n"
            "    modelo.eval()\n"
            "    with torch.inference_mode():\n"
            "        partes = [\n"
            "            (modelo(a) - b).abs().mean().item()\n"
            "            for a, b in zip(X.split(4), y.split(4))\n"
            "        ]\n"
            "    return sum(partes) / len(partes)",
            "no son esos números",
        ),
    ],
    "2.5a": [
        # los mismos números, sin entrenar nada
        (
            "respuesta = nn.Linear(1, 1)\n"
            "respuesta.weight.data.fill_(-1.5)\n"
            "respuesta.bias.data.fill_(4)",
            "a mano",
        ),
        (
            "respuesta = nuevo_modelo()\n"
            "respuesta.volumen = nn.Parameter(torch.tensor([-1.5]))\n"
            "respuesta.sesgo = nn.Parameter(torch.tensor([4.0]))",
            "a mano",
        ),
        (
            _NUEVA + "respuesta.load_state_dict(\n"
            "    {\n"
            "        'weight': torch.tensor([[-1.5]]),\n"
            "        'bias': torch.tensor([4.0]),\n"
            "    }\n"
            ")",
            "a mano",
        ),
        (
            _NUEVA.replace("0.5)", "1e-9)") + "with torch.no_grad():\n"
            "    respuesta.weight.fill_(-1.5)\n"
            "    respuesta.bias.fill_(4)\n"
            "ajusta(respuesta, optimizador, 1, fn=nn.MSELoss(), y=y_nueva)",
            "no se ve que se entrenara",
        ),
        (
            _NUEVA + "regla = LinearRegression()\n"
            "regla.fit(X_train.numpy(), y_nueva.numpy())\n"
            "with torch.no_grad():\n"
            "    respuesta.weight.copy_(torch.from_numpy(regla.coef_))\n"
            "    respuesta.bias.copy_(torch.from_numpy(regla.intercept_))\n"
            "respuesta = respuesta.double()",
            "ni con una fórmula",
        ),
        (_NUEVA, "lejos"),
        (
            _NUEVA + "ajusta(respuesta, optimizador, 300, fn=nn.MSELoss())",
            "y=y_nueva",
        ),
        (
            _NUEVA + "respuesta = ajusta(\n"
            "    respuesta, optimizador, 300, fn=nn.MSELoss(), y=y_nueva\n"
            ")",
            "camino",
        ),
        (
            _NUEVA.replace("0.5)", "50.0)")
            + "ajusta(respuesta, optimizador, 30, fn=nn.MSELoss(), y=y_nueva)",
            "divergió",
        ),
        (
            _NUEVA.replace("0.5)", "0.1)")
            + "ajusta(respuesta, optimizador, 400, y=y_nueva)",
            "va y viene",
        ),
        (
            _NUEVA.replace("0.5)", "0.01)")
            + "ajusta(respuesta, optimizador, 100, y=y_nueva)",
            "épocas",
        ),
        ("respuesta = (-1.5, 4)", "modelo"),
        ("respuesta = nn.Linear(2, 1)", "lanzó"),
        (
            "respuesta = nn.Sequential(nn.Linear(1, 4), nn.ReLU(),\n"
            "    nn.Linear(4, 1))\n"
            "with torch.no_grad():\n"
            "    respuesta[0].weight.fill_(1)\n"
            "    respuesta[0].bias.fill_(-0.5)\n"
            "    respuesta[2].weight.fill_(1)",
            "no es una recta",
        ),
    ],
    "2.5b": [
        (_ENTRENA.replace("    return", "        return"), "dio 1 paso:"),
        (_ENTRENA.replace("modelo(X), y", "y, modelo(X)"), "primero"),
        (_ENTRENA.replace(_LIMPIA, ""), "limpiar"),
        (_ENTRENA.replace(_DERIVA, ""), "derivar"),
        (_ENTRENA.replace("modelo(X), y", "modelo(X)"), "dos cosas"),
        (_ENTRENA.replace(_MUEVE_YA, ""), "mover"),
        (_ENTRENA.replace("step()", "step"), "paréntesis"),
        (
            _ENTRENA.replace(_LIMPIA + _DERIVA, _DERIVA + _LIMPIA),
            "antes de derivar",
        ),
        (
            _ENTRENA.replace(_DERIVA + _MUEVE_YA, _MUEVE_YA + _DERIVA),
            "después de derivar",
        ),
        (_ENTRENA.replace("    return", "        return"), "corta el bucle"),
        (
            _ENTRENA.replace("range(epocas)", "range(100)"),
            "argumento `epocas`",
        ),
        (_ENTRENA.replace("    return perdidas\n", ""), "return"),
        (_ENTRENA.replace("return perdidas", "return perdida"), "lista"),
        (_ENTRENA.replace(".item()", ""), ".item()"),
        (_ENTRENA.replace("modelo(X)", "model_1(X)"), "`modelo` que recibe"),
        (_ENTRENA.replace("fn(modelo", "fn_perd(modelo"), "comparar"),
        (_ENTRENA.replace("modelo(X), y", "modelo(X_train), y_train"), "`X`"),
        (
            _ENTRENA.replace(_LIMPIA, "").replace(
                "    perdidas = []\n",
                "    perdidas = []\n    optimizador.zero_grad()\n",
            ),
            "cada época",
        ),
        (
            _ENTRENA.replace(
                "        perdida = fn(modelo(X), y)\n", ""
            ).replace("    for", "    perdida = fn(modelo(X), y)\n    for"),
            "cada vuelta",
        ),
        (
            _ENTRENA.replace(
                "        perdida = fn",
                "        with torch.inference_mode():\n"
                "            perdida = fn",
            ),
            "inference_mode",
        ),
        # bien solo con siete épocas
        (_ENTRENA.replace("range(epocas)", "range(7)"), "con epocas = 3"),
        (_ENTRENA.replace("perdida.item()", "0.5"), "no son las de cada"),
        (
            _ENTRENA.replace("        perdidas.append(perdida.item())\n", ""),
            "anota una",
        ),
    ],
    "2.3c": [
        (
            "w = torch.tensor(3.0, requires_grad=True)\n"
            "(w**2).backward()\n"
            "una = w.grad\n"
            "(w**2).backward()\n"
            "(w**2).backward()\n"
            "tres = w.grad",
            "es el mismo tensor",
        ),
        ("una, tres = 6, 6", "nadie limpió"),  # el error de la lección
        ("una, tres = 9, 18", "eso es la pérdida"),
        ("una, tres = 3, 18", "eso es w"),
        ("una, tres = 0, 18", "ya dejó"),
        ("una, tres = 5, 18", "con w = 3"),
        ("una, tres = 6, 12", "cuenta las tres"),
        ("una, tres = 6, 216", "no se multiplican"),
        ("una, tres = 6, 27", "no las pérdidas"),
        ("una, tres = 6, 7", "suma otro"),
    ],
    "2.4c": [
        ("respuesta = 'bdcea'", "d va antes"),
        ("respuesta = 'decba'", "b va antes"),
        ("respuesta = 'dbcae'", "e va antes"),
        ("respuesta = 'dbeca'", "recién calculado"),  # el de la lección
        ("respuesta = 'dbce'", "cinco letras"),
        ("respuesta = 'dbceaa'", "cada una una vez"),
        ("respuesta = 42", "escribe las cinco"),
    ],
    "2.c1": [
        ('clase = "forma"\n' + _APLICA, "Double y Float"),
        ('clase = "número"\n' + _APLICA, "no es una de las cinco"),
        ("clase = 3\n" + _APLICA, "una de las cinco palabras"),
        (_TIPO + _APLICA.replace(".float()", ""), "mismo tipo"),
        (
            _TIPO
            + _APLICA.replace(
                "capa(torch.from_numpy(datos).float())",
                "capa.double()(torch.from_numpy(datos))",
            ),
            "la capa entera",
        ),
        (_TIPO + _APLICA.replace(".float()", ".long().float()"), "enteros"),
        (
            _TIPO + _APLICA.replace(".float())", ".float()).detach()"),
            "no se podría entrenar",
        ),
        (_TIPO + _APLICA.replace(".float())", ".float()) + 1"), "corre, y"),
    ],
    "2.c2": [
        (_TIPO + _PERDIDA + "1", ".shape`"),
        (_FORMA + _PERDIDA + "(modelo(X) - y).abs().mean()", "las parejas"),
        (_FORMA + _PERDIDA + "(modelo(X)[:, 0] - y).abs().sum()", "promediar"),
        (_FORMA + _PERDIDA + "((modelo(X)[:, 0] - y) ** 2).mean()", "MAE"),
        (
            _FORMA + _PERDIDA + "(modelo(X)[:, 0] - y).abs().mean().item()",
            "sin `.item()`",
        ),
        (_FORMA + _PERDIDA + "(modelo(X)[0] - y).abs().mean()", "salió"),
    ],
    "2.c3": [
        (_GRAD + _QUIETO, "los parámetros no cambian"),
        (_OPT + _QUIETO.replace("        optimizador.step()\n", ""), "paso 5"),
        (
            _OPT + _QUIETO.replace("        perdida.backward()\n", ""),
            "ya no se deriva",
        ),
        (
            _OPT + _QUIETO.replace("        optimizador.zero_grad()\n", ""),
            "limpiar",
        ),
        (
            _OPT
            + _QUIETO.replace(
                "        optimizador.step", "    optimizador.step"
            ),
            "se dio 1 paso: va uno por vuelta",
        ),
    ],
    "2.c4": [
        (_GRAD + _COPIA, "de quién son"),
        (
            _OPT + _COPIA.replace("copia.parameters", "modelo.parameters"),
            "la copia no se movió",
        ),
        (
            _OPT + _COPIA.replace("return copia", "return modelo"),
            "debe devolver la copia",
        ),
        (
            _OPT + _COPIA.replace("copy.deepcopy(modelo)", "modelo"),
            "debe devolver la copia",
        ),
        (_OPT + _COPIA.replace("lr=0.1", "lr=0.5"), "no llega a donde"),
        (
            _OPT
            + _COPIA.replace(
                "return copia",
                "modelo.load_state_dict(copia.state_dict())\n    return copia",
            ),
            "el modelo original cambió",
        ),
    ],
    "2.c5": [
        (
            _GRAD
            + _MUDO.replace(
                "perdida = fn(modelo(X), y)",
                "with torch.no_grad():\n"
                "            perdida = fn(modelo(X), y)\n"
                "        perdida.requires_grad = True",
            ),
            "ningún gradiente llega al modelo",
        ),
        (
            _GRAD
            + _MUDO.replace(
                "perdida = fn(modelo(X), y)",
                "with torch.inference_mode():\n"
                "            perdida = fn(modelo(X), y)\n"
                "        perdida.requires_grad = True",
            ),
            "no le devuelve el grafo",
        ),
        (_OPT + _MUDO, "does not require grad"),
        (
            _GRAD
            + _MUDO.replace(
                "        perdida =",
                "        with torch.no_grad():\n            perdida =",
            ),
            "sácala",
        ),
        (
            _GRAD + _MUDO.replace("        perdida.backward()\n", ""),
            "ya no se deriva",
        ),
        (
            _GRAD
            + _MUDO.replace(
                "perdida.backward()",
                "perdida.requires_grad_()\n        perdida.backward()",
            ).replace(
                "        perdida =",
                "        with torch.no_grad():\n            perdida =",
            ),
            "ya no se deriva",
        ),
        (
            _GRAD
            + _MUDO.replace("perdida.backward()", "(2 * perdida).backward()"),
            "no acaban donde deben",
        ),
    ],
    "2.c6": [
        (  # compara en cada vuelta, y predijo una sola vez
            _GRAD
            + _UNA.replace("    for", "    y_predc = modelo(X)\n    for")
            .replace("fn(modelo(X), y)", "fn(y_predc, y)")
            .replace("backward()", "backward(retain_graph=True)"),
            "volver a predecir",
        ),
        (_OPT + _UNA, "a second time"),
        (
            _GRAD
            + _UNA.replace("        perdida = fn(modelo(X), y)\n", "").replace(
                "    for", "    perdida = fn(modelo(X), y)\n    for"
            ),
            "dentro del bucle",
        ),
        (
            _GRAD
            + _UNA.replace("        perdida = fn(modelo(X), y)\n", "")
            .replace("    for", "    perdida = fn(modelo(X), y)\n    for")
            .replace("backward()", "backward(retain_graph=True)"),
            "`retain_graph` calla",
        ),
        (_GRAD + _UNA.replace("        optimizador.step()\n", ""), "paso 5"),
        (
            _GRAD
            + _UNA.replace("perdida.backward()", "(2 * perdida).backward()"),
            "no acaban donde deben.",
        ),
    ],
    "2.c7": [
        (_FORMA + _LARGO, "cada vez más largos"),
        (
            _OPT + _LARGO.replace("        optimizador.zero_grad()\n", ""),
            "se siguen sumando",
        ),
        (
            _OPT
            + _LARGO.replace("        optimizador.zero_grad()\n", "").replace(
                "        optimizador.step",
                "        optimizador.zero_grad()\n        optimizador.step",
            ),
            "ahora no se mueve",
        ),
        (
            _OPT
            + _LARGO.replace("        optimizador.zero_grad()\n", "").replace(
                "    for", "    optimizador.zero_grad()\n    for"
            ),
            "se siguen sumando",
        ),
        (
            _OPT
            + _LARGO.replace(
                "optimizador.step()",
                "optimizador.step()\n        modelo.volumen.data.mul_(0.5)",
            ),
            "cambia solo eso",
        ),
    ],
    "2.c8": [
        (
            _SITIO + "def agrega_ruido(x):\n"
            "    return torch.normal(x, 0.1) if not x.is_meta else x + 0",
            "no preguntes dónde está",
        ),
        (
            _SITIO + "def agrega_ruido(x):\n"
            "    if x.device.type != 'cpu':\n"
            "        return x.clone()\n"
            "    return x + 0.1 * torch.randn(x.shape)",
            "ya no hay ruido",
        ),
        (_TIPO + _RUIDO + "torch.randn_like(x)", "dónde nace"),
        (_SITIO + _RUIDO + "torch.randn(x.shape)", "dispositivos"),
        (
            _SITIO + "def agrega_ruido(x):\n"
            "    return x.cpu() + 0.1 * torch.randn(x.shape)",
            "no traigas",
        ),
        (
            _SITIO + "def agrega_ruido(x):\n"
            "    return 0.1 * torch.randn(x.shape)",
            "no queda ahí",
        ),
        (_SITIO + _RUIDO + "0", "ya no agrega"),
        (_SITIO + _RUIDO + "torch.rand_like(x)", "desviación"),
        (
            _SITIO + "def agrega_ruido(x):\n"
            "    uno = 0.1 * torch.randn_like(x[:2])\n"
            "    return x + uno.repeat(len(x) // 2, 1) * (1 + 0 * x)",
            "se repite",
        ),
    ],
}
