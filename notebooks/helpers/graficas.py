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


def plot_paneles(paneles, x, eje_x):
    """Dibuja paneles lado a lado, cada uno con varias curvas.

    Args:
        paneles: {título: {nombre de la curva: (n,)}}; los mismos nombres en
            todos, porque comparten la leyenda.
        x: (n,) valores del eje horizontal.
        eje_x: su nombre.
    """
    _, ejes = plt.subplots(
        1, len(paneles), figsize=(9, 3.4), layout="constrained"
    )
    for eje, (titulo, curvas) in zip(ejes, paneles.items(), strict=True):
        for k, (nombre, curva) in enumerate(curvas.items()):
            eje.plot(x, curva, ("-", "--", ":", "-.")[k % 4], label=nombre)
        eje.set(title=titulo, xlabel=eje_x)
    ejes[0].legend()
    plt.show()


def plot_descenso(volumenes, sesgos, perdidas, camino, meta):
    """Dibuja el camino del descenso sobre las curvas de nivel.

    Args:
        volumenes: (n,) eje horizontal.
        sesgos: (m,) eje vertical.
        perdidas: (m, n) pérdida de cada par.
        camino: pares (volumen, sesgo), uno por época; con uno solo se ve
            el inicio sin camino.
        meta: par (volumen, sesgo) verdadero.
    """
    plt.figure(figsize=(8, 4), layout="constrained")
    niveles = plt.contourf(volumenes, sesgos, perdidas, 14, cmap="Blues")
    plt.colorbar(niveles, label="Pérdida (MAE)")
    plt.grid(False)
    v, s = zip(*camino, strict=True)
    if len(v) > 1:
        plt.plot(v, s, ".-", color=NEGRO, markersize=9, markevery=10)
        plt.plot(v[-1], s[-1], "s", color=ROJO, markersize=11, label="fin")
    plt.plot(v[0], s[0], "o", color=NARANJA, markersize=12, label="inicio")
    plt.plot(*meta, "*", color=VERDE, markersize=19, label="verdadero")
    plt.xlabel("volumen")
    plt.ylabel("sesgo")
    plt.legend(frameon=True)
    plt.show()


def plot_canales(imagen):
    """Dibuja cada canal en grises (blanco = 1) y la imagen en color.

    Args:
        imagen: tensor (3, alto, ancho), con valores de 0 a 1.
    """
    _, ejes = plt.subplots(1, 4, figsize=(9, 2))
    for i, nombre in enumerate(("0: rojo", "1: verde", "2: azul")):
        ejes[i].imshow(imagen[i], cmap="gray", vmin=0, vmax=1)
        ejes[i].set_title(f"canal {nombre}")
    ejes[3].imshow(imagen.permute(1, 2, 0))
    ejes[3].set_title("los tres")
    for eje in ejes:
        eje.set(xticks=[], yticks=[])
        eje.spines[:].set_visible(True)  # el borde: hay píxeles blancos
    plt.show()
