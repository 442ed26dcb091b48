"""Las preguntas de repaso del capítulo 1: la buena y las razones."""

from ejercicios.repaso import pregunta

pregunta(
    "1.r1",
    "c",
    "Dos corchetes al abrir son dos ejes: una fila de tres números.",
    a="(3,) se imprime con un solo corchete; aquí abren dos.",
    b="(3, 1) tendría tres filas de un número; aquí hay una de tres.",
    d="() es un escalar: se imprime sin corchetes.",
)
pregunta(
    "1.r2",
    "b",
    "Un entero y un decimal: gana la categoría más general, y entre los "
    "decimales no hay otro más grande.",
    a="`int64` tiene más bits, pero la categoría manda antes que los bits.",
    c="Para llegar a `float64` uno de los dos tendría que serlo.",
    d="`+` promociona; el que no lo hace es `@`.",
)
pregunta(
    "1.r3",
    "a",
    "Alineadas por la derecha: 3 con 1, y 4 con nada. Se estiran las dos.",
    b="El 1 se estira hasta 3: no se queda en 1.",
    c="No hay que igualar nada: el 1 y el que falta se estiran.",
    d="*Broadcasting* no suma los ejes: los alinea.",
)
pregunta(
    "1.r4",
    "d",
    "El eje que se nombra es el que desaparece.",
    a="(2, 3) es el tamaño sin el eje 0; se nombró el 1.",
    b="Esa es la forma con `keepdim=True`.",
    c="Un solo número sale sin `dim`.",
)
pregunta(
    "1.r5",
    "b",
    "`from_numpy` comparte la memoria: cambia el arreglo y cambia el tensor.",
    a="Así sería con `torch.tensor(a)`, que copia.",
    c="No hay error: los dos miran los mismos números.",
    d="Los tipos se conservan, y aun así comparten la memoria.",
)
pregunta(
    "1.r6",
    "c",
    "`permute` lleva los canales al final sin mover un color de sitio.",
    a="Da la misma forma, y corta los números en otro lugar: colores "
    "mezclados.",
    b="`.T` da la vuelta a todos los ejes: (6, 4, 3), acostada.",
    d="`view` es como `reshape`: los ejes no cambian de orden.",
)
pregunta(
    "1.r7",
    "a",
    "Tres frases, y por cada una un número por clase: `fc` decide el final.",
    b="El eje de las palabras lo quitó `hidden[-1]`.",
    c="256 es lo que recibe `fc`, no lo que entrega.",
    d="`batch_first=True` pone delante las frases.",
)
pregunta(
    "1.r8",
    "d",
    "El dispositivo se toma de un tensor: vale en cualquier máquina.",
    a='"cuda" falla donde no hay GPU.',
    b="`a.to(b)` mueve al revés, y además cambia el tipo de `a`.",
    c="`meta` no tiene números: de ahí no se vuelve.",
)
