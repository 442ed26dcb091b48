"""Lo que la charla y el sitio llevan dentro: letras, fórmulas y colores.

Todo sale de paquetes instalados (`requirements.txt`); nada se pide a la red.
"""

import functools
import importlib.metadata
import io
import json
from pathlib import Path

import matplotlib
from fontTools import subset

from herramientas.imagenes import en_base64

AQUI = Path(__file__).resolve().parent
LETRAS = (
    # familia, peso, estilo, archivo
    ("Source Sans Pro", 400, "normal", "source-sans-pro-regular.ttf"),
    ("Source Sans Pro", 400, "italic", "source-sans-pro-italic.ttf"),
    ("Source Sans Pro", 600, "normal", "source-sans-pro-semibold.ttf"),
    ("DejaVu Sans Mono", 400, "normal", "DejaVuSansMono.ttf"),
    ("DejaVu Sans Mono", 700, "normal", "DejaVuSansMono-Bold.ttf"),
)
# Las de las fórmulas: con letras de verdad, copiarlas de un PDF da texto.
DE_FORMULAS = (
    "Main-Regular Main-Bold Main-Italic Math-Italic Math-BoldItalic "
    "AMS-Regular Calligraphic-Regular Calligraphic-Bold SansSerif-Regular "
    "SansSerif-Bold SansSerif-Italic Typewriter-Regular Script-Regular "
    "Fraktur-Regular Fraktur-Bold Vector-Regular Vector-Bold Zero "
    "Size1-Regular Size2-Regular Size3-Regular Size4-Regular"
).split()


def _de_paquete(paquete, ruta):
    """Un archivo que trae un paquete instalado, sin importarlo."""
    return Path(importlib.metadata.distribution(paquete).locate_file(ruta))


REVEAL = _de_paquete("sphinx-revealjs", "sphinx_revealjs/_static/revealjs")
MATHJAX = _de_paquete(
    "sphinx-mathjax-offline", "sphinx-mathjax-offline/static/mathjax"
)


def lee(ruta):
    return ruta.read_text(encoding="utf-8")


def signos(texto):
    """Los signos distintos de un texto, con los del teclado."""
    return "".join(sorted(set(texto) | {chr(n) for n in range(32, 127)}))


@functools.cache
def _recorta(ruta, texto):
    """Los bytes WOFF de una letra, con solo los signos de `texto`."""
    opciones = subset.Options(flavor="woff", layout_features=["kern"])
    opciones.drop_tables += ["FFTM", "webf"]
    letra = subset.load_font(ruta, opciones)
    recorte = subset.Subsetter(opciones)
    recorte.populate(text=texto)
    recorte.subset(letra)
    datos = io.BytesIO()
    subset.save_font(letra, datos, opciones)
    return datos.getvalue()


def letras(texto):
    """CSS con las letras del curso, reducidas a los signos de `texto`."""
    reveal = REVEAL / "dist/theme/fonts/source-sans-pro"
    mono = Path(matplotlib.get_data_path()) / "fonts/ttf"
    reglas = []
    for familia, peso, estilo, archivo in LETRAS:
        carpeta = mono if archivo.startswith("DejaVu") else reveal
        datos = en_base64(_recorta(carpeta / archivo, texto))
        reglas.append(
            f'@font-face{{font-family:"{familia}";font-weight:{peso};'
            f"font-style:{estilo};src:url(data:font/woff;base64,{datos})}}"
        )
    return "\n".join(reglas)


@functools.cache
def mathjax():
    """JavaScript que compone las fórmulas sin pedir nada.

    MathJax (`tex-chtml`) busca sus letras en una carpeta; aquí las recibe
    dentro, así que sirve igual en un archivo suelto.
    """
    carpeta = MATHJAX / "output/chtml/fonts/woff-v2"
    dentro = {
        f"MathJax_{nombre}.woff": "data:font/woff;base64,"
        + en_base64((carpeta / f"MathJax_{nombre}.woff").read_bytes())
        for nombre in DE_FORMULAS
    }
    plantilla = lee(AQUI / "plantilla" / "formulas.js")
    return plantilla.replace("/*LETRAS*/", json.dumps(dentro)) + lee(
        MATHJAX / "tex-chtml.js"
    )


def colores():
    """CSS de los colores del código y de los mensajes, claro y oscuro."""
    return lee(AQUI / "plantilla" / "codigo.css")
