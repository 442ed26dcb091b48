"""Los trazos que comparten las figuras: lienzo, caja, flecha y rejilla.

Las coordenadas son pulgadas: una figura de 9.2 mide 1380 px al guardarse.
"""

import matplotlib.pyplot as plt
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch, Rectangle

from helpers.graficas import AZUL, NEGRO

ANCHO = 9.2
TENUE = "#5C5C5C"
OXIDO = "#A84A00"  # el rojo de la paleta, con contraste para letra
NEGRITA = {"size": 15, "weight": "bold"}
CODIGO = {"size": 14, "family": "monospace"}
NOTA = {"size": 14}


def lienzo(alto, ancho=ANCHO):
    """Figura en blanco, sin ejes; devuelve la figura y dónde dibujar."""
    figura = plt.figure(figsize=(ancho, alto))
    eje = figura.add_axes([0, 0, 1, 1])
    eje.set(xlim=(0, ancho), ylim=(0, alto))
    eje.axis("off")
    # El recorte ajustado del PNG respeta este marco invisible.
    eje.add_patch(Rectangle((0, 0), ancho, alto, fc="white", ec="white"))
    return figura, eje


def caja(eje, x, y, ancho, alto, color, *lineas, radio=0.1):
    """Caja de fondo tenue con sus renglones repartidos a lo alto.

    Args:
        x, y: la esquina de abajo a la izquierda.
        lineas: cada una, un texto o un par (texto, opciones de letra).
        radio: el de las esquinas; con 0, rectas.
    """
    eje.add_patch(
        FancyBboxPatch(
            (x, y),
            ancho,
            alto,
            boxstyle=f"round,pad=0,rounding_size={radio}",
            fc=color + "22",
            ec=color,
            lw=2,
        )
    )
    for k, linea in enumerate(lineas, start=1):
        texto, letra = (linea, {}) if isinstance(linea, str) else linea
        eje.text(
            x + ancho / 2,
            y + alto * (1 - k / (len(lineas) + 1)),
            texto,
            ha="center",
            va="center",
            **(NOTA | {"color": NEGRO} | letra),
        )


def flecha(eje, desde, hasta, color=NEGRO, **opciones):
    """Flecha de punto a punto; `opciones` son las de FancyArrowPatch."""
    eje.add_patch(
        FancyArrowPatch(
            desde,
            hasta,
            color=color,
            **{
                "arrowstyle": "-|>",
                "mutation_scale": 18,
                "lw": 2,
                "shrinkA": 0,
                "shrinkB": 0,
            }
            | opciones,
        )
    )


def rejilla(eje, x, y, valores, color=AZUL, lado=0.5, fantasma=False):
    """Matriz de textos; `(x, y)` es la esquina de arriba a la izquierda.

    Args:
        valores: filas de textos.
        fantasma: en blanco y discontinua, para lo que no está en memoria.
    """
    for i, fila in enumerate(valores):
        for j, valor in enumerate(fila):
            esquina = x + j * lado, y - (i + 1) * lado
            eje.add_patch(
                Rectangle(
                    esquina,
                    lado,
                    lado,
                    fc="white" if fantasma else color + "33",
                    ec=color,
                    lw=1.5,
                    ls="--" if fantasma else "-",
                )
            )
            eje.text(
                esquina[0] + lado / 2,
                esquina[1] + lado / 2 - 0.01,
                valor,
                ha="center",
                va="center",
                size=14,
                color=TENUE if fantasma else NEGRO,
            )
