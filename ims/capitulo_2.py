"""Figuras del capítulo 2: los cinco pasos y el grafo de la recta."""

from helpers.graficas import AZUL, GRIS, NARANJA, VERDE
from trazos import CODIGO, NEGRITA, NOTA, OXIDO, caja, flecha, lienzo

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


# x, nombre, operación que lo deja, valor, derivada de la pérdida
CADENA = (
    (2.5, "producto", "volumen · x", "0.1683", "−1"),
    (4.85, "predicción", "+ sesgo", "0.2972", "−1"),
    (7.2, "pérdida", "| predicción − y |", "0.3029", "1"),
)


def grafo():
    """La recta con un punto: valores que van, derivadas que vuelven."""
    figura, eje = lienzo(4.5, 9.3)
    ancho, alto, y = 1.75, 1.1, 1.45
    hojas = (
        (0.15, y, "x", "0.5", ""),
        (2.5, 3.3, "volumen", "0.3367", "−0.5"),
        (4.85, 3.3, "sesgo", "0.1288", "−1"),
        (7.2, 3.3, "y", "0.6", ""),
    )
    letra = {"size": 14, "ha": "center", "va": "center"}
    for x, abajo, nombre, valor, grad in hojas:
        color = NARANJA if grad else GRIS
        negrita = (nombre, {"size": 14, "weight": "bold"})
        caja(eje, x, abajo, ancho, alto, color, negrita, (valor, {"size": 14}))
        if grad:
            texto = f".grad = {grad}"
            eje.text(x + ancho / 2 - 0.55, 2.93, texto, color=OXIDO, **letra)
    for k, (x, nombre, operacion, valor, _) in enumerate(CADENA):
        negrita = (nombre, {"size": 14, "weight": "bold"})
        caja(eje, x, y, ancho, alto, AZUL, negrita, (valor, {"size": 14}))
        centro = x + ancho / 2
        eje.text(centro, 0.95, operacion, **letra)
        flecha(eje, (centro + 0.25, 3.28), (centro + 0.25, 2.57), AZUL)
        flecha(eje, (x - 0.57, y + 0.8), (x - 0.03, y + 0.8), AZUL)
        if k:
            flecha(
                eje, (x - 0.03, y + 0.3), (x - 0.57, y + 0.3), OXIDO, ls="--"
            )
            previa = CADENA[k - 1][4]
            eje.text(x - 0.3, y - 0.02, previa, color=OXIDO, **letra)
        if k < 2:
            flecha(
                eje, (centro + 0.5, 2.57), (centro + 0.5, 3.28), OXIDO, ls="--"
            )
    eje.text(0.15, 0.25, "adelante: valores →", size=15, color=AZUL)
    eje.text(
        9.0,
        0.25,
        "← atrás: derivadas de la pérdida",
        size=15,
        color=OXIDO,
        ha="right",
    )
    return figura


FIGURAS = {"1.png": cinco_pasos, "grafo.png": grafo}
