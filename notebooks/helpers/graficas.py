"""La paleta del curso y las gráficas que los cuadernos no escriben."""

import os
import sys

import matplotlib
import matplotlib.pyplot as plt

# Okabe e Ito (2008): se distinguen también con daltonismo.
AZUL, NARANJA, VERDE, ROJO = "#0072B2", "#E69F00", "#009E73", "#D55E00"
MORADO, CELESTE, AMARILLO, NEGRO = "#CC79A7", "#56B4E9", "#F0E442", "#222222"
GRIS = "#8A8A8A"
PALETA = (AZUL, NARANJA, VERDE, ROJO, MORADO, CELESTE, AMARILLO, NEGRO)


def _dibuja_en_el_cuaderno():
    """Que la variable MPLBACKEND no deje un cuaderno sin figuras, en silencio.

    Con `Agg`, o con el de una ventana, `plt.show()` no pone nada en la celda.
    Quien elige otro modo con `%matplotlib` lo conserva.
    """
    ipython = getattr(sys.modules.get("IPython"), "get_ipython", lambda: None)
    interprete = ipython()
    if getattr(interprete, "kernel", None) is None:
        return
    variable = os.environ.get("MPLBACKEND", "").lower()
    de_cuaderno = ("inline", "ipympl", "nbagg", "notebook", "widget")
    if not variable or any(nombre in variable for nombre in de_cuaderno):
        return
    # Sin pantalla, matplotlib cambia el de una ventana por `agg`.
    if matplotlib.get_backend().lower() in (variable, "agg"):
        interprete.run_line_magic("matplotlib", "inline")


def aplica_estilo():
    """Da a matplotlib el aspecto del curso: fondo blanco, letra legible.

    Proyectada, una gráfica se reduce: con 16 puntos se lee desde el fondo.

    En un cuaderno, además, se asegura de que las figuras salgan en él.
    """
    _dibuja_en_el_cuaderno()
    plt.rcParams.update(
        {
            "axes.grid": True,
            "axes.prop_cycle": plt.cycler(color=PALETA),
            "axes.spines.right": False,
            "axes.spines.top": False,
            "axes.titlesize": "medium",
            "figure.dpi": 100,
            "figure.facecolor": "white",
            "font.size": 16,
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


def plot_descenso(volumenes, sesgos, perdidas, caminos, meta):
    """Dibuja caminos del descenso sobre las curvas de nivel.

    Args:
        volumenes: (n,) eje horizontal.
        sesgos: (m,) eje vertical.
        perdidas: (m, n) pérdida de cada par.
        caminos: {nombre: pares (volumen, sesgo), uno por paso}, todos con el
            mismo inicio; con un solo par se ve el inicio, sin camino.
            Lo que cae fuera de los ejes no se dibuja.
        meta: par (volumen, sesgo) verdadero.
    """
    plt.figure(figsize=(8, 4), layout="constrained")
    niveles = plt.contourf(volumenes, sesgos, perdidas, 14, cmap="Blues")
    plt.colorbar(niveles, label="Pérdida (MAE)")
    plt.grid(False)
    trazos = (NEGRO, "-"), (ROJO, "--"), (VERDE, ":"), (MORADO, "-.")
    for k, (nombre, camino) in enumerate(caminos.items()):
        color, trazo = trazos[k % len(trazos)]
        v, s = zip(*camino, strict=True)
        if len(v) == 1:
            continue
        plt.plot(v, s, trazo, color=color, label=nombre)
        plt.plot(v[-1], s[-1], "s", color=color, ms=10, mec="white")
    plt.xlim(volumenes[0], volumenes[-1])
    plt.ylim(sesgos[0], sesgos[-1])
    if v[0] >= volumenes[0]:  # de cerca, el inicio puede quedar fuera
        plt.plot(v[0], s[0], "o", color=NARANJA, ms=12, label="inicio")
    plt.plot(*meta, "*", color=VERDE, ms=19, mec="white", label="verdadero")
    plt.xlabel("volumen")
    plt.ylabel("sesgo")
    plt.legend(frameon=True)
    plt.show()


def plot_tasas(resultados):
    """Dibuja a qué distancia de la meta deja cada tasa de aprendizaje.

    Args:
        resultados: {nombre de la pérdida: [(tasa, distancia, zona)]}, con
            `zona` entre "lenta", "bien", "tiembla" y "explota".
    """
    marcas = {
        "lenta": ("<", CELESTE),
        "bien": ("o", VERDE),
        "tiembla": ("D", NARANJA),
        "explota": ("X", ROJO),
    }
    techo, suelo = 3.0, 1e-4  # lo que explota se dibuja en el techo
    _, ejes = plt.subplots(
        1, len(resultados), figsize=(9, 3.8), sharey=True, layout="constrained"
    )
    for eje, (nombre, puntos) in zip(ejes, resultados.items(), strict=True):
        tasas = [tasa for tasa, _, _ in puntos]
        altos = [
            techo if zona == "explota" else max(suelo, lejos)
            for _, lejos, zona in puntos
        ]
        eje.plot(tasas, altos, color=GRIS, lw=1, zorder=1)
        for zona, (marca, color) in marcas.items():
            suyos = [k for k, p in enumerate(puntos) if p[2] == zona]
            eje.scatter(
                [tasas[k] for k in suyos],
                [altos[k] for k in suyos],
                s=110,
                marker=marca,
                color=color,
                edgecolor=NEGRO,
                label=zona,
                zorder=2,
            )
        eje.axhline(0.01, color=NEGRO, lw=1, ls=":")
        eje.set(title=nombre, xlabel="Tasa", xscale="log", yscale="log")
        for lado in (eje.xaxis, eje.yaxis):
            # 0.01 y no 10⁻²: un exponente no se lee desde la última fila.
            lado.set_major_formatter("{x:g}")
    ejes[0].set_ylabel("Distancia a la meta")
    ejes[-1].legend(loc="lower left")
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
