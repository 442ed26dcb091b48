"""La gráfica del banco: exactitud contra tiempo."""

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

from helpers.graficas import AZUL, GRIS, NARANJA, aplica_estilo


def dibuja(resumen, ruta):
    """Un punto por método; arriba y a la izquierda, mejor.

    Args:
        resumen: {método: {"exactitud", "entrena_s"}}.
        ruta: PNG que se escribe.
    """
    aplica_estilo()
    _, eje = plt.subplots(figsize=(8, 4.5), layout="constrained")
    for nombre, r in resumen.items():
        color = AZUL if nombre.startswith(("curso", "taller")) else NARANJA
        color = GRIS if nombre == "original" else color
        x, y = r["entrena_s"], 100 * r["exactitud"]
        eje.plot(x, y, "o", color=color, markersize=10)
        eje.annotate(
            nombre,
            (x, y),
            xytext=(9, 0),
            textcoords="offset points",
            va="center",
            fontsize=11,
        )
    eje.set_xscale("log")
    eje.margins(x=0.25, y=0.15)
    eje.set_xlabel("Segundos, del CSV al modelo (escala logarítmica)")
    eje.set_ylabel("Exactitud en prueba (%)")
    plt.savefig(ruta)
    plt.close()
