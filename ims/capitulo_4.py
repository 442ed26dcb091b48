"""Figuras del capítulo 4: qué hace compilar y lo que construyó el curso."""

from helpers.graficas import AZUL, GRIS, MORADO, NARANJA, VERDE
from trazos import CODIGO, NEGRITA, NOTA, TENUE, caja, flecha, lienzo

OPERACIONES = ("x * x", "x + 3", "relu(x)")


def compilar():
    """Arriba, tres idas a la memoria; abajo, una sola."""
    figura, eje = lienzo(4.4, 9.3)
    for y, titulo in ((3.9, "eager"), (1.55, "torch.compile")):
        eje.text(0.1, y, titulo, va="center", **NEGRITA)
    caja(eje, 0.1, 2.05, 9.1, 0.5, GRIS, ("memoria", NOTA))
    for k, operacion in enumerate(OPERACIONES):
        x = 2.1 + 2.45 * k
        caja(eje, x, 3.5, 1.9, 0.75, NARANJA, (operacion, CODIGO))
        flecha(eje, (x + 0.5, 2.55), (x + 0.5, 3.5), NARANJA)
        flecha(eje, (x + 1.4, 3.5), (x + 1.4, 2.55), NARANJA)
        eje.text(x + 0.42, 3.02, "lee", ha="right", va="center", **NOTA)
        eje.text(x + 1.48, 3.02, "escribe", ha="left", va="center", **NOTA)
    caja(
        eje,
        2.1,
        0.15,
        6.8,
        0.95,
        AZUL,
        ("un solo bucle, en C++", NOTA),
        ("relu(x * x + 3)", CODIGO),
    )
    flecha(eje, (3.6, 2.05), (3.6, 1.1), AZUL)
    flecha(eje, (7.4, 1.1), (7.4, 2.05), AZUL)
    eje.text(3.5, 1.57, "lee", ha="right", va="center", **NOTA)
    eje.text(7.5, 1.57, "escribe", ha="left", va="center", **NOTA)
    return figura


# columna, fila, nombre, capítulo donde se aprendió
PIEZAS = (
    (0, 1, "texto", 3),
    (1, 1, "tokens", 3),
    (2, 1, "tensor", 1),
    (3, 1, "lote", 3),
    (4, 1, "modelo", 3),
    (5, 1, "logits", 3),
    (6, 1, "clase", 3),
    (5, 0, "pérdida", 2),
    (4, 0, "optimizador", 2),
    (3, 0, "archivo", 4),
    (2, 0, "Hub", 4),
)
COLORES = {1: MORADO, 2: VERDE, 3: AZUL, 4: NARANJA}
ANCHO, ALTO, PASO, FILA = 1.17, 1.05, 1.34, 1.85


def lo_construido():
    """De un texto a su clase, cómo se aprende y adónde va el modelo.

    La pérdida sale de los logits y de la etiqueta, no de la clase elegida.
    """
    figura, eje = lienzo(3.2, 9.3)
    letra = {"size": 12.5}
    for columna, fila, nombre, capitulo in PIEZAS:
        x, y = 0.05 + PASO * columna, 0.15 + FILA * fila
        lineas = (
            (nombre, letra),
            (f"capítulo {capitulo}", {"size": 12, "color": TENUE}),
        )
        caja(eje, x, y, ANCHO, ALTO, COLORES[capitulo], *lineas)
    arriba, abajo = 0.15 + FILA + ALTO / 2, 0.15 + ALTO / 2
    for k in range(6):
        x = 0.05 + PASO * k + ANCHO
        flecha(eje, (x + 0.01, arriba), (x + PASO - ANCHO - 0.01, arriba))
    logits, modelo = 0.05 + PASO * 5, 0.05 + PASO * 4
    sube, baja, medio = 0.15 + ALTO, 0.15 + FILA, ANCHO / 2
    flecha(eje, (logits + medio, baja), (logits + medio, sube))
    etiqueta = logits + PASO
    eje.text(etiqueta + 0.1, abajo, "etiqueta", va="center", **NOTA)
    flecha(eje, (etiqueta + 0.05, abajo), (logits + ANCHO, abajo))
    flecha(eje, (logits, abajo), (modelo + ANCHO, abajo))
    flecha(eje, (modelo + medio, sube), (modelo + medio, baja))
    archivo = modelo - PASO + medio
    flecha(eje, (modelo + 0.15, baja), (archivo, sube), NARANJA)
    flecha(eje, (modelo - PASO, abajo), (modelo - 1.51, abajo), NARANJA)
    eje.text(0.05, abajo, "Lo que construiste", va="center", **NEGRITA)
    return figura


def repartir():
    """Dos procesos: cada uno sus filas, y el promedio de los gradientes."""
    figura, eje = lienzo(3.6, 9.3)
    eje.text(0.1, 3.35, "un paso, en dos procesos", va="center", **NEGRITA)
    promedio, mitad = 6.85, 1.6
    caja(
        eje,
        promedio,
        0.95,
        2.3,
        1.3,
        NARANJA,
        ("promedio", {"size": 14, "weight": "bold"}),
        ("y cada copia", NOTA),
        ("da el mismo paso", NOTA),
    )
    for k, (y, color) in enumerate(((1.85, AZUL), (0.15, VERDE))):
        filas = ", ".join(str(2 * i + k) for i in range(3))
        textos = (
            (f"proceso {k}", f"filas {filas}…"),
            ("copia", "del modelo"),
            ("gradiente", "de su mitad"),
        )
        for columna, (arriba, abajo) in enumerate(textos):
            x = 0.1 + 2.25 * columna
            letra = {"size": 14, "weight": "bold"}
            caja(eje, x, y, 1.85, 1.2, color, (arriba, letra), (abajo, NOTA))
            hasta = (x + 2.23, y + 0.6)
            if columna == 2:
                hasta = (promedio - 0.02, mitad + (0.3 if k == 0 else -0.3))
            flecha(eje, (x + 1.87, y + 0.6), hasta, color)
    return figura


FIGURAS = {"1.png": compilar, "2.png": lo_construido, "3.png": repartir}
