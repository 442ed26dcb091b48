"""Las pistas que se piden en el capítulo 2: pregunta, idea y forma."""

_BUCLE = (
    "def entrena(modelo, optimizador, fn, X, y, epocas):\n"
    "    perdidas = []\n"
    "    for _ in range(epocas):\n"
    "        perdida = fn(modelo(X), y)\n"
    "        optimizador.___()\n"
    "        perdida.___()\n"
    "        optimizador.___()\n"
    "        perdidas.append(perdida.___())\n"
    "    return ___"
)

PISTAS = {
    "2.1a": (
        "¿Cuál cuenta puntos e incluye el final: `arange` o `linspace`?",
        "Con los n puntos en fila, `unsqueeze` les da el eje de las "
        "características; la recta se aplica después.",
        "X = torch.linspace(___, ___, n).unsqueeze(dim=___)\n"
        "return X, ___ * X + ___",
    ),
    "2.1b": (
        "Si cortas primero y mezclas después, ¿qué puntos caen en la prueba?",
        "`train_test_split` mezcla y corta X e y con los mismos índices; "
        "devuelve cuatro piezas, las dos X primero.",
        "X_train, X_test, y_train, y_test = train_test_split(\n"
        "    ___, ___, test_size=___\n"
        ")\n"
        "return (X_train, ___), (X_test, ___)",
    ),
    "2.2": (
        "¿En qué se parece a `ModeloRegresionLineal`, y qué le falta?",
        "Un parámetro más y otra fórmula en `forward`. Los tres nacen al "
        "azar, en `__init__`.",
        "def __init__(self):\n"
        "    super().__init__()\n"
        "    self.a = nn.Parameter(___)\n"
        "    ...  # b y c\n"
        "\n"
        "def forward(self, x):\n"
        "    return self.a * ___ + self.b * ___ + self.c",
    ),
    "2.3a": (
        "¿Qué se hace primero con cada error: elevarlo al cuadrado o "
        "promediarlo?",
        "Restar, cuadrado, media: en ese orden, y devolver el tensor tal "
        "como sale.",
        "def mse(y_predc, y):\n    return ((___ - ___) ** ___).___()",
    ),
    "2.3b": (
        "¿Qué diferencia hay entre `p = p - paso` y `p -= paso`?",
        "Hay que cambiar cada parámetro en su sitio, sin que esa resta se "
        "anote en el grafo.",
        "with torch.no_grad():\n"
        "    for p in parametros:\n"
        "        p -= ___ * p.___",
    ),
    "2.3c": (
        "¿Qué hace `backward()` con el gradiente que ya había?",
        "La derivada de w² es 2w. Cada vuelta agrega otra igual a la "
        "anterior.",
        "una = 2 * ___\ntres = ___ * una",
    ),
    "2.4a": (
        "¿Cuál de las dos listas dice cómo le irá con datos que no vio?",
        "La época buscada es el lugar de la menor de esa lista.",
        "return ___.index(min(___))",
    ),
    "2.4b": (
        "¿Qué dos cosas hay que apagar para medir sin aprender?",
        "El modo de entrenamiento, con `eval()`, y los gradientes, con "
        "`inference_mode()`. Después, el MAE y `.item()`.",
        "modelo.___()\n"
        "with torch.___():\n"
        "    return (modelo(X) - y).___().___().item()",
    ),
    "2.4c": (
        "¿Qué necesita cada línea que exista antes de ejecutarse?",
        "Para derivar hace falta una pérdida; para la pérdida, una "
        "predicción; para mover, un gradiente nuevo.",
        "Empieza por d y acaba por a.",
    ),
    "2.5a": (
        "Al acercarse a la meta, ¿los pasos del MAE se encogen? ¿Y los del "
        "MSE?",
        "Con el MSE y una tasa como 0.5 bastan unos cientos de épocas; "
        "acuérdate de pasar los datos nuevos.",
        "respuesta = nn.Linear(1, 1)\n"
        "optimizador = torch.optim.SGD(respuesta.parameters(), lr=___)\n"
        "ajusta(respuesta, optimizador, ___, fn=___, y=___)",
    ),
    "2.5b": (
        "¿Cuáles son los cinco pasos y en qué orden van?",
        "Predecir, comparar, limpiar, derivar, mover, dentro de un `for`; y "
        "la pérdida de cada vuelta, como número, a una lista.",
        _BUCLE,
    ),
    "2.c1": (
        "¿De qué tipo nace un arreglo de NumPy con decimales? ¿Y los pesos "
        "de una capa?",
        "Convierte los datos antes de pasarlos; la capa se queda como está.",
        "return capa(torch.from_numpy(datos).___())",
    ),
    "2.c2": (
        "¿Qué forma tiene `modelo(X) - y`?",
        "Quita el eje de tamaño 1 a la predicción, o dáselo a `y`.",
        "return (modelo(X).___(1) - y).abs().mean()",
    ),
    "2.c3": (
        "Recita los cinco pasos mirando el bucle: ¿cuál no está?",
        "Se deriva, y nadie usa el gradiente.",
        "    perdida.backward()\n    optimizador.___()",
    ),
    "2.c4": (
        "¿De quién son los parámetros que recibió el optimizador?",
        "Cuando se creó, la copia aún no existía.",
        "copia = copy.deepcopy(modelo)\n"
        "optimizador = torch.optim.SGD(___.parameters(), lr=0.1)",
    ),
    "2.c5": (
        "¿Qué apaga `inference_mode`, y cuál de los cinco pasos lo necesita?",
        "La pérdida tiene que calcularse donde se anota el grafo.",
        "for _ in range(epocas):\n    perdida = ___  # sin `with`",
    ),
    "2.c6": (
        "¿Cuántas veces se predice? ¿Y cuántas se deriva?",
        "Cada `backward()` gasta el grafo: hace falta uno nuevo por vuelta.",
        "for _ in range(epocas):\n"
        "    ___  # predecir y comparar, aquí dentro\n"
        "    optimizador.zero_grad()",
    ),
    "2.c7": (
        "En la segunda vuelta, ¿qué hay en `.grad` antes de `backward()`?",
        "El gradiente de la anterior: hay que borrarlo antes de derivar.",
        "    optimizador.___()\n    perdida.backward()",
    ),
    "2.c8": (
        "¿En qué dispositivo nace `torch.randn(x.shape)`?",
        "Haz que el ruido nazca donde está `x`: hay una familia de funciones "
        "que copia la forma, el tipo y el sitio.",
        "ruido = 0.1 * torch.___(x)",
    ),
}
