"""Figuras del capítulo 2: los cinco pasos del entrenamiento."""

from helpers.graficas import AZUL, NARANJA, VERDE
from trazos import CODIGO, NEGRITA, NOTA, caja, flecha, lienzo

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


def cinco_pasos():
    """El bucle: cinco cajas en círculo y la flecha de la época siguiente."""
    figura, eje = lienzo(4.05, 9.32)
    for x, y, color, titulo, codigo, deja in PASOS:
        renglones = (titulo, NEGRITA), (codigo, CODIGO), (deja, NOTA)
        caja(eje, x, y, ANCHO, ALTO, color, *renglones)
    for desde, hasta in FLECHAS:
        flecha(eje, desde, hasta)
    flecha(
        eje,
        (3.26, 0.81),
        (1.46, 2.46),
        connectionstyle="angle,angleA=180,angleB=90,rad=12",
    )
    eje.text(1.3, 1.5, "otra\népoca", ha="right", va="center", size=14)
    return figura


FIGURAS = {"1.png": cinco_pasos}
