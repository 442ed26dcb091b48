"""Las preguntas de repaso del capítulo 3: la buena y las razones."""

from ejercicios.repaso import pregunta

pregunta(
    "3.r1",
    "c",
    "Forma, tipo y dispositivo: casi siempre es la forma.",
    de=1,
    a="El gradiente no impide operar; la forma, el tipo y el sitio, sí.",
    b="El nombre no cuenta: dos tensores se operan por lo que llevan.",
    d="La memoria compartida da sorpresas, pero no ese error.",
)
pregunta(
    "3.r2",
    "a",
    "Se alinean por la derecha, 5 con 5, y el lote se estira: (64, 5).",
    de=1,
    b="(5,) no crece hasta 64 sumando: se repite en cada fila.",
    c="El eje que falta se estira; no hay error.",
    d="La suma no hace desaparecer ejes: `sum` sí.",
)
pregunta(
    "3.r3",
    "b",
    "`backward()` suma los gradientes a los que hubiera.",
    de=2,
    a="El grafo se suelta solo, tras `backward()`.",
    c="Los parámetros no se tocan: los mueve `step()`.",
    d="El modo lo cambian `train()` y `eval()`.",
)
pregunta(
    "3.r4",
    "d",
    "Quien elige mirando la prueba se queda sin nota: ya la usó.",
    de=2,
    a="Se ajusta con el entrenamiento.",
    b="Se elige con validación: la prueba quedaría gastada.",
    c="El tamaño no es la razón: aunque sea grande, se mira al final.",
)
pregunta(
    "3.r5",
    "b",
    "`offsets` son inicios: el segundo texto va de 3 a 7.",
    a="Del 0 al 3 va el primero.",
    c="Del 7 al final va el tercero.",
    d="Los números de `offsets` son inicios, no largos.",
)
pregunta(
    "3.r6",
    "a",
    "En la prueba tiene que haber palabras nuevas, como en la vida.",
    b="El tamaño no es la razón: el de prueba es pequeño.",
    c="El orden de los ids sale del entrenamiento, con prueba o sin ella.",
    d="No daría error: daría una nota demasiado buena.",
)
pregunta(
    "3.r7",
    "c",
    "`eval()` cambia lo que calcula BatchNorm; `inference_mode` solo deja de "
    "anotar el grafo.",
    a="Los parámetros son los mismos: no los tocó.",
    b="Sin grafo los números son los mismos.",
    d="El azar no interviene: en `train`, BatchNorm mira el lote.",
)
pregunta(
    "3.r8",
    "d",
    "El ruido del comienzo tapa lo que cada paso escribe: aprende despacio, y "
    "lo que hace es memorizar.",
    a="La tasa no cambia: cambia el tamaño de lo que hay debajo.",
    b="Los gradientes son finitos: no hay `nan`.",
    c="El número de parámetros es el mismo.",
)
