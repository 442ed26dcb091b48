"""Figuras del capítulo 3: el lote plano y el modelo con sus formas."""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyArrowPatch, Rectangle

from helpers.graficas import AZUL, CELESTE, GRIS, NARANJA, NEGRO, VERDE

TEXTOS = (
    (AZUL, "Village", ("nithari", "is", "a", "village"), (0, 7, 5, 78)),
    (
        NARANJA,
        "Film",
        ("roma", "is", "a", "2018", "film"),
        (912, 7, 5, 640, 31),
    ),
    (VERDE, "Animal", ("a", "moth"), (5, 2087)),
)


def _caja(eje, x, y, texto, color, ancho=1.35, alto=0.62, letra=13):
    eje.add_patch(
        Rectangle(
            (x, y),
            ancho,
            alto,
            facecolor=color,
            alpha=0.18,
            edgecolor="none",
        )
    )
    eje.add_patch(
        Rectangle((x, y), ancho, alto, fill=False, edgecolor=color, lw=1.8)
    )
    eje.text(
        x + ancho / 2,
        y + alto / 2,
        texto,
        ha="center",
        va="center",
        size=letra,
    )


def lote_plano():
    """Tres textos de largo distinto en un solo tensor, con sus offsets."""
    figura, eje = plt.subplots(figsize=(10, 4.4))
    for fila, (color, clase, tokens, _) in enumerate(TEXTOS):
        y = 3.6 - 0.85 * fila
        eje.text(
            1.35,
            y + 0.31,
            clase,
            ha="right",
            va="center",
            size=13,
            color=color,
        )
        for k, token in enumerate(tokens):
            _caja(eje, 1.6 + 1.42 * k, y, token, color)
    eje.add_patch(
        FancyArrowPatch(
            (9.3, 3.6),
            (9.3, 1.25),
            arrowstyle="-|>",
            mutation_scale=20,
            color=GRIS,
            lw=2,
        )
    )
    eje.text(9.55, 2.5, "vocabulario\n+\ncollate_batch", va="center", size=13)
    x, inicios = 1.6, []
    for color, _, _, ids in TEXTOS:
        inicios.append((x, color))
        for numero in ids:
            _caja(eje, x, 0.45, str(numero), color, ancho=0.86)
            x += 0.9
    eje.text(
        1.35, 0.76, "text", ha="right", va="center", size=14, weight="bold"
    )
    eje.text(
        1.35, -0.35, "offsets", ha="right", va="center", size=14, weight="bold"
    )
    for (x, color), inicio in zip(inicios, (0, 4, 9), strict=True):
        eje.annotate(
            str(inicio),
            (x + 0.1, 0.43),
            (x + 0.1, -0.35),
            ha="center",
            va="center",
            size=14,
            color=color,
            weight="bold",
            arrowprops={"arrowstyle": "-|>", "color": color, "lw": 1.8},
        )
    eje.set(xlim=(0, 11.8), ylim=(-0.7, 4.4))
    eje.axis("off")
    return figura


PASOS = (
    ("ids del lote\ny offsets", "(tokens,), (64,)", GRIS),
    ("EmbeddingBag", "(64, 48)", AZUL),
    ("BatchNorm1d", "(64, 48)", CELESTE),
    ("ReLU", "(64, 48)", CELESTE),
    ("Linear", "(64, 14)", NARANJA),
)


def modelo():
    """Las capas del clasificador y la forma que sale de cada una."""
    figura, eje = plt.subplots(figsize=(10, 3))
    for k, (nombre, forma, color) in enumerate(PASOS):
        x = 2.35 * k
        _caja(eje, x, 1, nombre, color, ancho=1.85, alto=1, letra=11)
        eje.text(x + 0.92, 0.62, forma, ha="center", size=13, color=NEGRO)
        if k:
            eje.add_patch(
                FancyArrowPatch(
                    (x - 0.47, 1.5),
                    (x - 0.03, 1.5),
                    arrowstyle="-|>",
                    mutation_scale=18,
                    color=GRIS,
                    lw=2,
                )
            )
    for k, nota in enumerate(
        (
            "la media de\nlas filas de\ncada texto",
            "cada columna,\ncon media 0 y\nvarianza 1",
            "lo negativo,\na cero",
            "un número\npor clase",
        ),
        start=1,
    ):
        eje.text(2.35 * k + 0.92, 2.2, nota, ha="center", va="bottom", size=12)
    eje.set(xlim=(-0.1, 11.4), ylim=(0.4, 3.4))
    eje.axis("off")
    return figura


FIGURAS = {"1.png": lote_plano, "2.png": modelo}
