"""Las pistas que se piden en el capítulo 4: pregunta, idea y forma."""

PISTAS = {
    "3.9a": (
        "¿Cuánto ahorra cada llamada? Si con 40 llamadas se empata, ¿cuántas "
        "hacen falta para ganar?",
        "La regla es n > C/(t − t'): el primer entero por encima, también si "
        "el cociente es entero. Y si t' ≥ t no hay ahorro que repartir.",
        "if ___:\n    return None\nreturn int(c / (___)) + ___",
    ),
    "3.9b": (
        "¿Cuántas veces se ejecuta la línea de `torch.compile`? Y si el "
        "primer lote mide 7 tokens, ¿vale ese código para uno de 20?",
        "Lo que se hace una vez va fuera de `clasifica`. Y que el largo "
        "cambia se puede decir desde el principio, con `dynamic=True`.",
        "def acelera(modelo, motor):\n"
        "    compilado = torch.compile(modelo, backend=motor, ___)\n\n"
        "    def clasifica(text, offsets):\n"
        "        with torch.inference_mode():\n"
        "            return ___(text, offsets).argmax(dim=1)\n\n"
        "    return clasifica",
    ),
    "3.10": (
        "Si el objeto no se puede escribir, ¿en qué línea salta el error: "
        "antes o después de tocar el disco? ¿Y qué nombre no puede ser el de "
        "otro archivo?",
        "Prepara primero todo el texto, con `json.dumps`. Después, escríbelo "
        "en un archivo de la misma carpeta, con un nombre que salga de "
        "`ruta.name`, y cámbiale el nombre en un paso.",
        "contenido = ___\n"
        'aparte = ruta.with_name(___ + ".tmp")\n'
        'aparte.write_text(contenido, encoding="utf-8")\n'
        "aparte.___(ruta)",
    ),
    "3.11": (
        "¿Qué medidas se repiten entre el vocabulario, `config` y los "
        "tensores? ¿Qué pasaría si hay un token de más, o un tensor de menos?",
        "Construye un modelo con `config`: su `state_dict` dice qué nombres y "
        "qué formas tienen que venir, ni uno más ni uno menos. Aparte, hay "
        "tantos tokens como filas, y ninguno repetido.",
        "molde = c3.ModeloClasificacionTexto(**config).state_dict()\n"
        "esperadas = {n: t.shape for n, t in molde.items()}\n"
        "formas = ___\n"
        "return formas == esperadas and len(set(tokens)) == ___",
    ),
    "3.12": (
        "¿Qué error avisa de un intruso, y en qué línea puede saltar? ¿Qué "
        "otros errores quieres ver?",
        "El `try` rodea solo la lectura y atrapa solo el aviso de pickle. "
        "Fuera: medir los tensores, construir, `load_state_dict` y `eval()`.",
        "try:\n"
        "    pesos = torch.load(ruta, weights_only=True, map_location=___)\n"
        "except pickle.___:\n    return None\n"
        'filas, columnas = pesos["embedding.weight"].shape\n'
        "abierto = c3.ModeloClasificacionTexto(filas, columnas, ___)\n"
        "abierto.___(pesos)\nreturn abierto.___",
    ),
    "4.1a": (
        "¿Cuántas filas tocan a cada uno si la cuenta no es exacta? ¿Qué fila "
        "va después de la última?",
        "Redondea hacia arriba lo que toca a cada uno y reparte índices de "
        "`procesos` en `procesos` hasta ese total; el resto de dividir entre "
        "n vuelve al principio, las veces que haga falta.",
        "cada_uno = (n + procesos - 1) // procesos\n"
        "filas = range(___, cada_uno * procesos, ___)\n"
        "return [i % ___ for i in filas]",
    ),
    "4.1b": (
        "¿Qué se promedia, los parámetros o sus gradientes? ¿Y con quién: con "
        "los demás de su copia, o con el mismo de las otras?",
        "`zip(*…)` junta el mismo parámetro de cada copia. Calcula la media "
        "de sus `grad` antes de cambiar ninguno, y da a cada copia su propio "
        "tensor.",
        "for mismos in zip(*(copia.parameters() for copia in copias)):\n"
        "    if mismos[0].grad is None:\n        continue\n"
        "    media = ___\n"
        "    for p in mismos:\n        p.grad = ___",
    ),
    "4.2": (
        "De lo que hay en la carpeta de 3.11, ¿qué cambia con otro modelo y "
        "qué queda igual?",
        "Cambian los pesos y la ficha, con lo que mide el tuyo. Entrena con "
        "otra semilla, guárdalo con `save_pretrained` en una carpeta nueva, "
        "copia lo demás y escribe la ficha al final.",
        "fija_semilla(___)\n"
        "mio = ClasificadorDBpedia(___)\n"
        "c3.ajusta(mio, ___)\n"
        'respuesta = CARPETA / "___"\n'
        "mio.save_pretrained(respuesta)\n"
        "texto = ficha(___)",
    ),
}
