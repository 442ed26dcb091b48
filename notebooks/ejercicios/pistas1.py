"""Las pistas que se piden en el capítulo 1: pregunta, idea y forma."""

PISTAS = {
    "1.1": (
        "Si quieres una media por columna, ¿qué eje tiene que desaparecer: "
        "el de las filas o el de las columnas?",
        "El eje que se nombra en `axis` es el que se recorre y desaparece; "
        "las filas son el eje 0.",
        "def medias(notas):\n    return notas.mean(axis=___)",
    ),
    "1.2": (
        "¿0 > 0 es verdadero o falso? ¿Y 0.5 > 0? ¿Qué línea de `modelo` se "
        "ejecuta en cada caso?",
        "La derivada de wx respecto a w es x; la de w² es 2w. Elige la de "
        "la rama que se ejecutó.",
        "peso = torch.tensor(___, requires_grad=True)\n"
        "modelo(___, peso).backward()\n"
        "con_0 = peso.grad",
    ),
    "1.3a": (
        "¿Qué eje quita `hidden[-1]`, y cuántos números deja `fc` por frase?",
        "La última capa decide: una fila por frase del lote y una columna "
        "por clase. El largo de las frases no aparece.",
        "de_model = (frases, clases)  # con los números de `model`\n"
        "de_otro = (___, ___)",
    ),
    "1.3b": (
        "¿Qué forma sale del *embedding* y qué forma espera la capa lineal? "
        "¿Qué eje sobra entre las dos?",
        "Dos capas en `__init__`: `nn.Embedding` y `nn.Linear`. En "
        "`forward`, la media sobre el eje de las palabras va entre ellas.",
        "def __init__(self, vocab_size, embedding_dim, output_dim):\n"
        "    super().__init__()\n"
        "    self.embedding = ___\n"
        "    self.fc = ___\n"
        "\n"
        "def forward(self, text):\n"
        "    embedded = ___\n"
        "    return self.fc(embedded.mean(dim=___))",
    ),
    "1.4a": (
        "En la foto, los ejes son 0 alto, 1 ancho y 2 canales. ¿En qué orden "
        "los quieres?",
        "`permute` recibe los ejes viejos en el orden nuevo. Después, el "
        "blanco, que es 255, debe quedar en 1.",
        "def a_imagen(foto):\n    return foto.permute(___, ___, ___) / ___",
    ),
    "1.4b": (
        "¿En qué índice está el canal verde y dónde acaba la mitad izquierda?",
        "Empieza con todo en negro, `torch.zeros`, y escribe 1.0 en un "
        "trozo: un índice para el canal, todas las filas, media anchura.",
        "imagen = torch.zeros(3, ___, ___)\n"
        "imagen[___, :, : ___] = 1.0\n"
        "return imagen",
    ),
    "1.5a": (
        "En `notas @ pesos`, ¿coinciden los números de dentro? ¿Y los tipos?",
        "Para que desaparezca el eje de las notas, en `pesos` tiene que ir "
        "primero: se transpone. Y los enteros pasan a decimales.",
        "def puntos(notas, pesos):\n    return notas @ pesos.___.___()",
    ),
    "1.5b": (
        "¿De cuál de los dos tensores hay que copiar el dispositivo y el "
        "tipo, y cuál hay que mover?",
        "Mueve `b` antes de sumar: `to` acepta un dispositivo, un tipo o los "
        "dos a la vez.",
        "def suma_en(a, b):\n    return a + b.to(___, ___)",
    ),
    "1.6a": (
        "De una matriz (filas, columnas), ¿qué forma tienen las medias de "
        "las columnas? ¿Se alinean con ella por la derecha?",
        "Con `dim=0` desaparecen las filas: queda un número por columna, y "
        "al restar se estira solo.",
        "def normaliza(x):\n    return (x - x.mean(dim=___)) / ___",
    ),
    "1.6b": (
        "¿Cómo se pasa de un número por clase a la clase elegida de cada "
        "fila?",
        "`argmax` sobre el eje de las clases da una elección por fila; "
        "comparar con `==` da aciertos, y su media es la fracción.",
        "elegidas = salidas.argmax(dim=___)\n"
        "return (elegidas == ___).float().___()",
    ),
    "1.6c": (
        "Para restar todas las parejas de (n, 2) y (m, 2), ¿qué forma de "
        "tres ejes quieres que salga?",
        "(n, 1, 2) menos (m, 2) da (n, m, 2). Después, Pitágoras sobre el "
        "último eje.",
        "resta = a[:, ___] - b\nreturn (resta**2).sum(dim=___).___()",
    ),
    "1.6d": (
        "¿Cuáles de las cinco llamadas necesitan números nuevos y cuáles "
        "pueden mirar los que ya hay?",
        "`view` y `numpy` nunca copian y `clone` siempre. `reshape` copia "
        "solo si los números no están seguidos en memoria.",
        "Son tres letras: `view`, un `reshape` y otra más.",
    ),
    "1.6e": (
        "¿Qué forma da (n, 1) menos (n,)? Dibuja las dos alineadas por la "
        "derecha.",
        "Antes de restar, deja las dos con un solo eje, vengan como vengan.",
        "def error_medio(y, y_predc):\n"
        "    resta = y.flatten() - ___\n"
        "    return resta.___().___()",
    ),
}
