"""Las pistas que se piden en el capítulo 3: pregunta, idea y forma."""

PISTAS = {
    "3.1": (
        "Si respondes siempre la misma clase, ¿cuándo aciertas? ¿Y cuál te "
        "conviene responder?",
        "Aciertas tantas veces como salga esa clase. Cuenta cuántas veces "
        "sale cada una, toma la cuenta mayor y divide entre el total.",
        "def siempre_la_misma(etiquetas):\n"
        "    veces = Counter(etiquetas)\n"
        "    return max(veces.___()) / ___",
    ),
    "3.2a": (
        "¿De qué textos puede salir un vocabulario? ¿Y qué pierde un "
        "conjunto, `{…}`, que una lista conserva?",
        "El vocabulario mira solo `train`. Un token desconocido que sale "
        "tres veces en la prueba cuenta tres: hace falta una lista.",
        "conocidos = {t for tokens in ___ for t in tokens}\n"
        "de_prueba = [t for tokens in ___ for t in tokens]",
    ),
    "3.2b": (
        "¿Qué dos cosas deciden el lugar de un token? ¿Cuál de las dos va de "
        "mayor a menor?",
        "Cuenta los tokens de todos los textos, quita los que salgan menos de "
        "`minimo` veces y ordena por dos claves: la frecuencia cambiada de "
        "signo y, a igual frecuencia, el propio token. `<unk>`, delante.",
        "veces = Counter(t for tokens in textos for t in tokens)\n"
        "quedan = [t for t in veces if ___]\n"
        'return ["<unk>", *sorted(quedan, key=lambda t: (___, ___))]',
    ),
    "3.3": (
        "¿Dónde termina un texto, si `offsets` solo dice dónde empieza? ¿Y "
        "el último?",
        "Cada texto termina donde empieza el siguiente; el último, donde "
        "termina `text`. Con inicios y finales, cada trozo es un corte.",
        "finales = [*offsets[1:], ___]\n"
        "return [text[___:___] for desde, hasta in zip(offsets, finales)]",
    ),
    "3.4a": (
        "De las cuatro piezas del modelo, ¿cuáles tienen parámetros y qué "
        "forma tiene cada uno?",
        "La tabla es una matriz; `bn` tiene dos números por columna; `fc`, "
        "una matriz y un sesgo por clase. De una matriz se multiplican los "
        "lados.",
        "tabla = vocab_size * embed_dim\nbn = ___ * embed_dim\n"
        "fc = ___ * ___ + ___\nreturn tabla + bn + fc",
    ),
    "3.4b": (
        "¿Qué da `tabla[ids]` si `ids` son los de un texto? ¿Sobre qué eje "
        "hay que promediar para que quede un solo vector?",
        "Corta `text` como en 3.3, saca de la tabla las filas de cada trozo, "
        "promédialas con `dim=0` y junta los vectores en un tensor. Todo con "
        "operaciones de PyTorch, para que el gradiente llegue a la tabla.",
        "filas = []\n"
        "for desde, hasta in zip(offsets, [*offsets[1:], len(text)]):\n"
        "    ids = text[desde:hasta]\n"
        "    filas.append(___)\n"
        "return torch.___(filas)",
    ),
    "3.4c": (
        "Si la media de `largo` números es √largo veces más pequeña que cada "
        "uno, ¿cuánto tiene que medir cada uno para que la media mida "
        "`ruido`?",
        "Despeja σ de ruido = σ/√largo. `nn.init.normal_` llena un tensor "
        "que ya existe con números centrados en 0 y desviación `std`.",
        "def inicia(bolsa, ruido, largo):\n"
        "    nn.init.normal_(bolsa.___, std=___)",
    ),
    "3.5a": (
        "De cada fila de probabilidades solo cuenta una. ¿Cuál, y cómo se "
        "pide una columna distinta en cada fila?",
        "Softmax por filas, la probabilidad de la clase correcta de cada una, "
        "su logaritmo y la media con el signo cambiado. Dos índices a la vez, "
        "fila y columna, eligen un número por fila.",
        "p = salidas.softmax(dim=___)\n"
        "correctas = p[torch.arange(len(clases)), ___]\n"
        "return ___",
    ),
    "3.5b": (
        "Si los lotes son de 64, 64 y 2 textos, ¿cuánto pesa cada texto del "
        "último en la media de las tres medias?",
        "La pérdida de un lote es una media: multiplícala por su tamaño, "
        "suma, y divide al final entre todos los textos. `.item()` en cada "
        "lote suelta su grafo.",
        "total, vistos = 0.0, 0\n"
        "for label, text, offsets in dataloader:\n"
        "    perdida = criterio(modelo(text, offsets), label)\n"
        "    total += ___\n    vistos += ___\nreturn total / vistos",
    ),
    "3.6": (
        "`topk(k, dim=1).indices` tiene forma (lote, k) y `label`, (lote,). "
        "¿Qué forma debe tener `label` para compararlas?",
        "En columna, (lote, 1), se compara con las k a la vez: a lo sumo una "
        "coincide. Suma aciertos y textos en el bucle, y divide al final. "
        "Antes, `eval()`; alrededor, `inference_mode`.",
        "@torch.inference_mode()\n"
        "def entre_las_k(modelo, dataloader, k):\n"
        "    aciertos, vistos = 0, 0\n    modelo.___()\n"
        "    for label, text, offsets in dataloader:\n"
        "        mejores = modelo(text, offsets).topk(k, dim=1).indices\n"
        "        aciertos += (mejores == ___).sum().item()\n"
        "        vistos += ___\n    return aciertos / vistos",
    ),
    "3.7": (
        "Si mezclas todo junto y cortas, ¿quién garantiza que cada clase "
        "aporte lo suyo? ¿Y si mezclas y cortas dentro de cada una?",
        "Para cada clase: los lugares que ocupa en la lista, mezclados, y un "
        "corte. Lo de antes del corte va a validación; lo demás, a "
        "entrenamiento.",
        "for clase in set(clases):\n"
        "    lugares = [i for i, c in enumerate(clases) if ___]\n"
        "    lugares = [lugares[j] for j in torch.randperm(len(lugares))]\n"
        "    corte = round(___)\n"
        "    valid += lugares[___]\n    train += lugares[___]",
    ),
    "3.8": (
        "¿En qué parte de un artículo se dice qué es? ¿Lo sabe una media en "
        "la que todas las palabras pesan lo mismo?",
        "Da a cada palabra un peso que baje con su lugar en el texto, y que "
        'los de un texto sumen 1. `nn.EmbeddingBag` con `mode="sum"` '
        "recibe esos pesos como tercer argumento. O entrena tres modelos y "
        "suma sus probabilidades.",
        "lugar = torch.arange(len(text)) - offsets[suyo]\n"
        "peso = torch.exp(-lugar / ___)\n"
        "total = torch.zeros(len(offsets)).index_add(0, suyo, peso)\n"
        "media = self.embedding(text, offsets, peso / ___)",
    ),
}
