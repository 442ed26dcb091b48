"""De cuadernos a diapositivas: `python -m diapositivas CARPETA CUADERNO…`.

Cada cuaderno da un HTML que se abre solo, sin red: reveal.js, MathJax, las
letras y las imágenes van dentro. Se muestran las salidas guardadas; no se
ejecuta nada.
"""

import functools
import json
import sys
from pathlib import Path

import nbformat

from archivos import escribe
from diapositivas import recursos
from diapositivas.celdas import Exportador, sin_marcas
from diapositivas.guion import reparte, sin_titulo
from herramientas.imagenes import ImagenFuera

PLANTILLA = Path(__file__).resolve().parent / "plantilla"
CURSO = "Curso de redes neuronales con PyTorch"
TECLAS = (
    "**Teclas.** → avanza y ← vuelve; ↓ baja al anexo y a los ejercicios; O "
    "muestra todas; M va al contenido; T pone en marcha la cuenta de un "
    "ejercicio; Ctrl+Shift+F busca; G salta a un número; Alt y clic acercan; "
    "F ocupa la pantalla; S abre esta ventana."
)

# Lo que reveal.js muestra en inglés. Si una versión nueva cambia un texto,
# `traduce` lo dice.
EN_ESPANOL = {
    '"Jump to slide"': '"Ir a la diapositiva"',
    'placeholder="Search..."': 'placeholder="Buscar…" aria-label="Buscar"',
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
EN_INGLES = (
    "dist/reveal.js",
    "plugin/notes/notes.js",
    "plugin/search/search.js",
    "plugin/zoom/zoom.js",
)


def traduce(codigo):
    """Cambia los textos de `EN_ESPANOL`; todos deben estar."""
    for ingles, espanol in EN_ESPANOL.items():
        pares = (
            (json.dumps(ingles)[1:-1], json.dumps(espanol)[1:-1]),
            (ingles, espanol),
        )
        hallado = next((par for par in pares if par[0] in codigo), None)
        if hallado is None:
            raise ValueError(f"reveal.js ya no dice {ingles!r}: revísalo.")
        codigo = codigo.replace(*hallado)
    return codigo


def _estilos(signos):
    return "\n".join(
        (
            recursos.lee(recursos.REVEAL / "dist/reveal.css"),
            recursos.letras(signos),
            recursos.colores(),
            recursos.lee(PLANTILLA / "diapositivas.css"),
        )
    )


def _prepara(cuaderno, pilas):
    """Pone las celdas en orden y les dice qué diapositiva abren y cierran."""
    portada = pilas[0][0]
    portada.notas.append(TECLAS)
    cuaderno.cells = []
    for pila in pilas:
        for lamina in pila:
            primera, ultima = lamina.celdas[0], lamina.celdas[-1]
            primera.metadata.update(
                abre=lamina.dibuja, abre_pila=lamina is pila[0]
            )
            ultima.metadata.update(
                cierra=lamina.dibuja, cierra_pila=lamina is pila[-1]
            )
            cuaderno.cells += lamina.celdas
    return sin_marcas(portada.titulo)


def _cuerpo(ruta):
    """Las diapositivas de un cuaderno en HTML, sin letras ni JavaScript."""
    cuaderno = nbformat.read(ruta, as_version=4)
    titulo = _prepara(cuaderno, reparte(cuaderno))
    exportador = Exportador(PLANTILLA, ruta.parent, ruta.name)
    html, _ = exportador.from_notebook_node(
        cuaderno,
        {
            "metadata": {"name": ruta.stem},
            "titulo": titulo,
            "curso": CURSO,
        },
    )
    return html


@functools.cache
def _guiones():
    codigos = "\0".join(recursos.lee(recursos.REVEAL / r) for r in EN_INGLES)
    propios = ("enlaces.js", "diapositivas.js")
    return "\n".join(
        f"<script>{guion}</script>"
        for guion in (
            *traduce(codigos).split("\0"),
            *(recursos.lee(PLANTILLA / nombre) for nombre in propios),
        )
    )


def _completa(html, signos):
    """Le pone dentro estilos, fórmulas y JavaScript."""
    dentro = {
        "<!--estilos-->": f"<style>{_estilos(signos)}</style>",
        "<!--formulas-->": f"<script>{recursos.mathjax()}</script>",
        "<!--guiones-->": _guiones(),
    }
    for hueco, contenido in dentro.items():
        html = html.replace(hueco, contenido, 1)
    return html


def convierte(*rutas):
    """El HTML de la presentación de cada cuaderno.

    Las letras que llevan dentro se reducen a los signos que aparecen en
    alguna: son las mismas en todas.

    Args:
        rutas: `Path` de cada cuaderno, con sus salidas guardadas.

    Returns:
        list[str]

    Raises:
        ImagenFuera: una imagen es de la red o no está.
    """
    cuerpos = [_cuerpo(ruta) for ruta in rutas]
    signos = recursos.signos("".join((*cuerpos, *EN_ESPANOL.values())))
    return [_completa(cuerpo, signos) for cuerpo in cuerpos]


def main(carpeta, *rutas):
    carpeta, rutas = Path(carpeta), sorted(map(Path, rutas))
    carpeta.mkdir(parents=True, exist_ok=True)
    try:
        htmls = convierte(*rutas)
    except ImagenFuera as error:
        print(error, file=sys.stderr)
        return 1
    for ruta, html in zip(rutas, htmls, strict=True):
        salida = carpeta / f"{ruta.stem}.html"
        escribe(salida, html)
        pilas = reparte(nbformat.read(ruta, as_version=4))
        anexo = sum(map(len, pilas)) - len(pilas)
        print(
            f"{salida}  {len(pilas)} diapositivas y {anexo} en el anexo, "
            f"{salida.stat().st_size / 1e6:.1f} MB"
        )
        for celda in sin_titulo(pilas):
            print(f"  la celda {celda} empieza una diapositiva sin título")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
