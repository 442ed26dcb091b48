"""Convierte cuadernos en diapositivas: `diapositivas.py CARPETA CUADERNO…`.

Cada cuaderno da un HTML que se abre solo, sin red: reveal.js, MathJax, las
letras y las imágenes van dentro. Se muestran las salidas guardadas; no se
ejecuta nada.
"""

import importlib.metadata
import io
import json
import re
import sys
from pathlib import Path

import matplotlib
import nbformat
from fontTools import subset
from nbconvert import HTMLExporter
from pygments.formatters import HtmlFormatter

from herramientas.imagenes import en_base64, incrusta

AQUI = Path(__file__).resolve().parent
PLANTILLA = AQUI / "plantilla"
CURSO = "Curso de redes neuronales con PyTorch"
TECLAS = (
    "**Teclas.** → avanza y ← vuelve; O muestra todas las diapositivas; G "
    "salta a un número; F ocupa la pantalla; S abre esta ventana."
)
# Cómo empieza una celda → la clase que le da su aspecto.
ASPECTOS = {"**En dos líneas.**": "resumen", "**Ejercicio": "ejercicio"}
MARINO, CLARO = "#0b3a5b", "#eef5fa"

# Lo que reveal.js muestra en inglés. Si una versión nueva cambia un texto,
# `traduce` lo dice.
EN_ESPANOL = {
    '"Jump to slide"': '"Ir a la diapositiva"',
    "No notes on this slide.": "Esta diapositiva no tiene notas.",
    "Resume presentation": "Seguir",
    "reveal.js - Speaker View": "Notas de quien enseña",
    "Loading speaker view...": "Abriendo las notas…",
    ">Upcoming<": ">Sigue<",
    "Time <span": "Tiempo <span",
    "Click to Reset": "Clic: a cero",
    "Pacing – Time to finish current slide": "Tiempo para esta diapositiva",
    ">Notes</h4>": ">Notas</h4>",
    "'Default'": "'Normal'",
    "'Wide'": "'Ancha'",
    "'Tall'": "'Alta'",
    "'Notes only'": "'Solo notas'",
    "'Layout' +": "'Vista' +",
    "Cross origin error.<br>The speaker window can only be opened from the "
    "same origin.": "Abre las notas con la tecla S, desde la presentación.",
    "Error connecting to main window.<br>Please try closing and reopening "
    "the speaker view.": "Se perdió la presentación: cierra esta ventana y "
    "ábrela otra vez con S.",
}

LETRAS = (
    # familia, peso, estilo, archivo
    ("Source Sans Pro", 400, "normal", "source-sans-pro-regular.ttf"),
    ("Source Sans Pro", 400, "italic", "source-sans-pro-italic.ttf"),
    ("Source Sans Pro", 600, "normal", "source-sans-pro-semibold.ttf"),
    ("DejaVu Sans Mono", 400, "normal", "DejaVuSansMono.ttf"),
    ("DejaVu Sans Mono", 700, "normal", "DejaVuSansMono-Bold.ttf"),
)


def _de_paquete(paquete, ruta):
    """Un archivo que trae un paquete instalado, sin importarlo."""
    return Path(importlib.metadata.distribution(paquete).locate_file(ruta))


REVEAL = _de_paquete("sphinx-revealjs", "sphinx_revealjs/_static/revealjs")
MATHJAX = _de_paquete(
    "sphinx-mathjax-offline",
    "sphinx-mathjax-offline/static/mathjax/tex-svg.js",
)
CONFIG_MATHJAX = {
    "tex": {"inlineMath": [["$", "$"]], "processEscapes": True},
    "svg": {"fontCache": "none"},
    "options": {"enableMenu": False},
}


def _lee(ruta):
    return ruta.read_text(encoding="utf-8")


def traduce(codigo):
    """Cambia los textos de `EN_ESPANOL`; todos deben estar."""
    for ingles, espanol in EN_ESPANOL.items():
        en_js = (json.dumps(ingles)[1:-1], ingles)
        halladas = [forma for forma in en_js if forma in codigo]
        if not halladas:
            raise ValueError(f"reveal.js ya no dice {ingles!r}: revísalo.")
        codigo = codigo.replace(halladas[0], espanol)
    return codigo


def _letras(texto):
    """CSS con las letras del curso, reducidas a los signos de `texto`."""
    reveal = REVEAL / "dist/theme/fonts/source-sans-pro"
    mono = Path(matplotlib.get_data_path()) / "fonts/ttf"
    reglas = []
    for familia, peso, estilo, archivo in LETRAS:
        carpeta = mono if archivo.startswith("DejaVu") else reveal
        opciones = subset.Options(flavor="woff", layout_features=["kern"])
        opciones.drop_tables += ["FFTM", "webf"]
        letra = subset.load_font(carpeta / archivo, opciones)
        recorte = subset.Subsetter(opciones)
        recorte.populate(text=texto)
        recorte.subset(letra)
        datos = io.BytesIO()
        subset.save_font(letra, datos, opciones)
        reglas.append(
            f'@font-face{{font-family:"{familia}";font-weight:{peso};'
            f"font-style:{estilo};"
            f"src:url(data:font/woff;base64,{en_base64(datos.getvalue())})}}"
        )
    return "\n".join(reglas)


def _tipo(celda):
    return celda.metadata.get("slideshow", {}).get("slide_type", "-")


def _todo_dentro(texto, carpeta):
    """El Markdown de una celda, sin nada que pida la red u otro archivo."""

    # La insignia de Colab es una imagen de la red: queda su enlace.
    insignia = r"\[!\[[^\]]*\]\(https?:[^)]*\)\]"
    texto = re.sub(insignia, "[Abrir en Colab]", texto)
    texto = incrusta(texto, carpeta)
    texto = re.sub(r"\]\((\d\d_\w+)\.ipynb", r"](\1.html", texto)
    return re.sub(r"\[([^\]]*)\]\(\.\./README\.md\)", r"\1", texto)


def _sin_marcas(markdown):
    """El texto de un Markdown en una línea, para un texto alternativo."""
    return " ".join(re.sub(r"[*`$#>]|<[^>]+>", "", markdown).split())


def prepara(cuaderno, carpeta):
    """Deja las celdas que se muestran y les pone lo que pide la plantilla.

    Args:
        cuaderno: el de `nbformat.read`; se cambia. Las celdas `skip` salen,
            y las `notes` pasan a ser notas de todas las diapositivas de su
            sección.
        carpeta: `Path` del cuaderno, de donde salen las imágenes.

    Returns:
        str: el título del cuaderno.
    """
    grupos = []
    for celda in cuaderno.cells:
        tipo = _tipo(celda)
        if tipo == "skip":
            continue
        if tipo == "slide" or not grupos:
            grupos.append(([], []))
        celdas, notas = grupos[-1]
        if celda.cell_type == "markdown":
            celda.source = _todo_dentro(celda.source, carpeta)
            for comienzo, clase in ASPECTOS.items():
                if celda.source.startswith(comienzo):
                    celda.source = (
                        f'<div class="{clase}">\n\n{celda.source}\n\n</div>'
                    )
        if tipo == "notes":
            notas.append(celda.source)
        else:
            celdas.append(celda)
    titulo = grupos[0][0][0].source.splitlines()[0].lstrip("# ")
    grupos[0][1].append(TECLAS)
    for celdas, notas in grupos:
        primero = celdas[0]
        hallado = re.search(r"^##? (.+)$", primero.source, re.MULTILINE)
        seccion = hallado[1] if hallado else titulo
        for celda, sigue in zip(celdas, [*celdas[1:], None], strict=True):
            explica = sigue and sigue.cell_type == "markdown"
            celda.metadata.update(
                seccion=_sin_marcas(seccion),
                notas="\n\n".join(notas),
                alt=_sin_marcas(sigue.source) if explica else "Gráfica",
            )
        if primero is grupos[0][0][0]:
            primero.source = (
                f'<p class="curso">{CURSO}</p>\n\n{primero.source}'
            )
            primero.metadata.update(clase="portada", fondo=MARINO)
        elif re.match(r"\d", seccion):
            primero.metadata.update(clase="apertura", fondo=CLARO)
        elif hallado:
            primero.metadata.update(clase="cierre")
    cuaderno.cells = [celda for celdas, _ in grupos for celda in celdas]
    return titulo


def convierte(ruta):
    """El HTML de la presentación de un cuaderno.

    Args:
        ruta: `Path` del cuaderno, con sus salidas guardadas.

    Returns:
        str
    """
    cuaderno = nbformat.read(ruta, as_version=4)
    texto = json.dumps(cuaderno, ensure_ascii=False)
    signos = "".join(set(texto) | {chr(n) for n in range(32, 127)})
    titulo = prepara(cuaderno, ruta.parent)
    pygments = HtmlFormatter(style="default", nobackground=True)
    dentro = {
        "titulo": titulo,
        "css": "\n".join(
            (
                _lee(REVEAL / "dist/reveal.css"),
                _letras(signos),
                pygments.get_style_defs(".highlight"),
                _lee(PLANTILLA / "diapositivas.css"),
            )
        ),
        "mathjax": f"window.MathJax = {json.dumps(CONFIG_MATHJAX)};\n"
        + _lee(MATHJAX),
        "js": _lee(PLANTILLA / "diapositivas.js"),
    }
    codigos = (
        _lee(REVEAL / "dist/reveal.js"),
        _lee(REVEAL / "plugin/notes/notes.js"),
    )
    dentro["reveal"], dentro["notas"] = traduce("\0".join(codigos)).split("\0")
    exportador = HTMLExporter(
        template_name=PLANTILLA.name,
        extra_template_basedirs=[str(AQUI)],
        exclude_anchor_links=True,
    )
    html, _ = exportador.from_notebook_node(
        cuaderno,
        {
            "metadata": {"name": ruta.stem},
            "diapositivas": dentro,
        },
    )
    return html


def main(carpeta, *rutas):
    carpeta = Path(carpeta)
    carpeta.mkdir(parents=True, exist_ok=True)
    for ruta in map(Path, sorted(rutas)):
        salida = carpeta / f"{ruta.stem}.html"
        salida.write_text(convierte(ruta), encoding="utf-8")
        megas = salida.stat().st_size / 1e6
        print(f"{salida}  {megas:.1f} MB")


if __name__ == "__main__":
    main(*sys.argv[1:])
