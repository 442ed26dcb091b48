"""Figuras del capítulo 3: el lote plano y el modelo con sus formas."""

import matplotlib.pyplot as plt

from helpers.graficas import AZUL, CELESTE, GRIS, NARANJA, NEGRO, VERDE
from trazos import caja, flecha

TEXTOS = (
    (AZUL, "Village", ("nithari", "is", "a", "village"), (0, 8, 6, 52)),
    (
        NARANJA,
        "Film",
        ("roma", "is", "a", "2018", "film"),
        (2690, 8, 6, 558, 39),
    ),
    (VERDE, "Animal", ("a", "moth"), (6, 238)),
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
            size=14,
            color=color,
        )
        for k, token in enumerate(tokens):
            caja(eje, 1.6 + 1.42 * k, y, 1.35, 0.62, color, token, radio=0)
    flecha(eje, (9.3, 3.6), (9.3, 1.25), GRIS)
    eje.text(9.55, 2.5, "vocabulario\n+\ncollate_batch", va="center", size=14)
    x, inicios = 1.6, []
    for color, _, _, ids in TEXTOS:
        inicios.append((x, color))
        for numero in ids:
            caja(eje, x, 0.45, 0.86, 0.62, color, str(numero), radio=0)
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
        rotulo = (nombre, {"size": 12})
        caja(eje, x, 1, 2.05, 1, color, rotulo, radio=0)
        eje.text(x + 1.02, 0.62, forma, ha="center", size=14, color=NEGRO)
        if k:
            flecha(eje, (x - 0.29, 1.5), (x - 0.01, 1.5), GRIS)
    for k, nota in enumerate(
        (
            "la media de\nlas filas de\ncada texto",
            "cada columna,\ncon media 0 y\nvarianza 1",
            "lo negativo,\na cero",
            "un número\npor clase",
        ),
        start=1,
    ):
        eje.text(2.35 * k + 1.02, 2.2, nota, ha="center", va="bottom", size=12)
    eje.set(xlim=(-0.1, 11.6), ylim=(0.4, 3.4))
    eje.axis("off")
    return figura


FIGURAS = {"1.png": lote_plano, "2.png": modelo}
