"""Figuras del capítulo 2: los cinco pasos del entrenamiento."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from helpers.graficas import AZUL, NARANJA, NEGRO, VERDE

ANCHO, ALTO = 2.72, 1.42
PASOS = (
    # x, y, color, título, código, lo que deja
    (0.1, 2.5, AZUL, "1 · Predecir", "model_1(X_train)", "28 predicciones"),
    (3.3, 2.5, AZUL, "2 · Comparar", "fn_perd(...)", "un número: la pérdida"),
    (6.5, 2.5, NARANJA, "3 · Limpiar", "zero_grad()", "sin gradientes"),
    (6.5, 0.1, NARANJA, "4 · Derivar", "backward()", "gradientes nuevos"),
    (3.3, 0.1, VERDE, "5 · Mover", "step()", "parámetros nuevos"),
)
FLECHAS = (
    ((2.86, 3.21), (3.26, 3.21)),
    ((6.06, 3.21), (6.46, 3.21)),
    ((7.86, 2.46), (7.86, 1.56)),
    ((6.46, 0.81), (6.06, 0.81)),
)


def _flecha(eje, desde, hasta, **opciones):
    eje.add_patch(
        FancyArrowPatch(
            desde,
            hasta,
            arrowstyle="-|>",
            mutation_scale=20,
            lw=2,
            color=NEGRO,
            shrinkA=0,
            shrinkB=0,
            **opciones,
        )
    )


def cinco_pasos():
    """El bucle: cinco cajas en círculo y la flecha de la época siguiente."""
    figura, eje = plt.subplots(figsize=(9.32, 4.05))
    figura.subplots_adjust(0, 0, 1, 1)
    for x, y, color, titulo, codigo, deja in PASOS:
        eje.add_patch(
            FancyBboxPatch(
                (x, y),
                ANCHO,
                ALTO,
                boxstyle="round,pad=0,rounding_size=0.12",
                facecolor=color + "22",
                edgecolor=color,
                lw=2.5,
            )
        )
        centro = x + ANCHO / 2
        textos = (
            (1.1, titulo, {"weight": "bold", "size": 15}),
            (0.69, codigo, {"family": "monospace", "size": 14}),
            (0.28, deja, {"size": 13}),
        )
        for dy, texto, letra in textos:
            eje.text(centro, y + dy, texto, ha="center", va="center", **letra)
    for desde, hasta in FLECHAS:
        _flecha(eje, desde, hasta)
    _flecha(
        eje,
        (3.26, 0.81),
        (1.46, 2.46),
        connectionstyle="angle,angleA=180,angleB=90,rad=12",
    )
    eje.text(1.3, 1.5, "otra\népoca", ha="right", va="center", size=14)
    eje.set(xlim=(0, 9.32), ylim=(0, 4.05))
    eje.axis("off")
    return figura


FIGURAS = {"1.png": cinco_pasos}
