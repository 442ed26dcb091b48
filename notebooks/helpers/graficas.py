"""La paleta del curso y las gráficas que se usan más de una vez."""

import matplotlib.pyplot as plt

# Okabe e Ito (2008): se distinguen también con daltonismo.
AZUL, NARANJA, VERDE, ROJO = "#0072B2", "#E69F00", "#009E73", "#D55E00"
MORADO, CELESTE, AMARILLO, NEGRO = "#CC79A7", "#56B4E9", "#F0E442", "#222222"
GRIS = "#8A8A8A"
PALETA = (AZUL, NARANJA, VERDE, ROJO, MORADO, CELESTE, AMARILLO, NEGRO)


def aplica_estilo():
    """Da a matplotlib el aspecto del curso: fondo blanco, letra legible."""
    plt.rcParams.update(
        {
            "axes.grid": True,
            "axes.prop_cycle": plt.cycler(color=PALETA),
            "axes.spines.right": False,
            "axes.spines.top": False,
            "figure.dpi": 100,
            "figure.facecolor": "white",
            "font.size": 12,
            "grid.alpha": 0.3,
            "legend.frameon": False,
            "lines.linewidth": 2,
            "savefig.bbox": "tight",
        }
    )


def plot_perdidas(epocas, entrenamiento, prueba, nombre="prueba"):
    """Dibuja las dos curvas de pérdida contra la época verdadera.

    Args:
        epocas: números de época, para el eje horizontal.
        entrenamiento, prueba: una pérdida por época, tan largas como
            `epocas`.
        nombre: cómo se llama el segundo conjunto en la leyenda.
    """
    plt.figure(figsize=(8, 4))
    plt.plot(epocas, entrenamiento, color=AZUL, label="entrenamiento")
    plt.plot(epocas, prueba, color=NARANJA, linestyle="--", label=nombre)
    plt.xlabel("Época")
    plt.ylabel("Pérdida")
    plt.legend()
    plt.show()
