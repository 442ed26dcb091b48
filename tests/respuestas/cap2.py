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
_CURVAS = """
perd_train = [0.90, 0.55, 0.38, 0.27, 0.20, 0.15, 0.11]
perd_prueba = [0.95, 0.62, 0.47, 0.41, 0.44, 0.52, 0.63]
"""
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

BIEN = {
    "2.1a": [
        _RECTA.replace(".unsqueeze(dim=1)", ".reshape(-1, 1)"),
        "def recta(volumen, sesgo, n):\n"
        "    x = 10 * torch.arange(n)[:, None] / (n - 1)\n"
        "    return [x, sesgo + x * volumen]",
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
    ],
    "2.3a": [
        _MSE + "torch.square(y - y_predc).sum() / len(y)",
        _MSE + "nn.MSELoss()(y_predc, y)",
        _MSE + "sum((y_predc - y) ** 2) / len(y)",  # forma (1,)
        _MSE + "torch.mean((y_predc - y).pow(2))",
    ],
    "2.3b": [
        _MUEVE.replace("no_grad", "inference_mode"),
        "def mueve(parametros, tasa):\n"
        "    for p in parametros:\n"
        "        p.data = p.data - tasa * p.grad",
        _MUEVE.replace("p -= tasa * p.grad", "p.sub_(p.grad * tasa)"),
    ],
    "2.4a": [
        "respuesta = 3",
        _CURVAS + "respuesta = torch.tensor(perd_prueba).argmin()",
    ],
    "2.4b": [
        _EXAMINA.replace("inference_mode", "no_grad"),
        "def examina(modelo, X, y):\n"
        "    modelo.train(False)\n"
        "    with torch.inference_mode():\n"
        "        perdida = nn.L1Loss()(modelo(X), y)\n"
        "    return float(perdida)",
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
    ],
    "2.5b": [
        # limpiar al final, o con el modelo, también limpia
        _ENTRENA.replace(_LIMPIA, "").replace(_MUEVE_YA, _MUEVE_YA + _LIMPIA),
        _ENTRENA.replace("optimizador.zero_grad()", "modelo.zero_grad()"),
        _ENTRENA.replace(
            "perdida = fn", "modelo.train()\n        perdida = fn"
        ).replace("range(epocas)", "range(0, epocas, 1)"),
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
    ],
    "2.2": [
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
    ],
    "2.3a": [
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
    ],
    "2.3b": [
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
    ],
    "2.4a": [
        (_CURVAS + "respuesta = 6", "memoriza"),
        (_CURVAS + "respuesta = 4", "desde 1"),
        (_CURVAS + "respuesta = min(perd_prueba)", "eso es una pérdida"),
        (_CURVAS + "respuesta = min(perd_train)", "eso es una pérdida"),
        (_CURVAS + "respuesta = 7", "de la 0 a la 6"),
        (_CURVAS + "respuesta = 0", "peor"),
        (_CURVAS + "respuesta = 'la 3'", "str"),
        (_CURVAS + "respuesta = 5", "prueba"),
    ],
    "2.4b": [
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
    ],
    "2.5a": [
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
    ],
    "2.5b": [
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
    ],
}
