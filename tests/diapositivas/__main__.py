"""De cuadernos a diapositivas: `python -m diapositivas CARPETA CUADERNO…`.

Cada cuaderno da un HTML que se abre solo, sin red: reveal.js, MathJax, las
letras y las imágenes van dentro. Se muestran las salidas guardadas; no se
ejecuta nada.
"""

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


def _estilos(texto):
    return "\n".join(
        (
            recursos.lee(recursos.REVEAL / "dist/reveal.css"),
            recursos.letras(recursos.signos(texto)),
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


def convierte(ruta):
    """El HTML de la presentación de un cuaderno.

    Args:
        ruta: `Path` del cuaderno, con sus salidas guardadas.

    Returns:
        str

    Raises:
        ImagenFuera: una imagen es de la red o no está.
    """
    cuaderno = nbformat.read(ruta, as_version=4)
    texto = json.dumps(cuaderno, ensure_ascii=False) + TECLAS + "↓·…"
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
    codigos = "\0".join(recursos.lee(recursos.REVEAL / r) for r in EN_INGLES)
    guiones = (
        *traduce(codigos).split("\0"),
        recursos.lee(PLANTILLA / "diapositivas.js"),
    )
    dentro = {
        "<!--estilos-->": f"<style>{_estilos(texto)}</style>",
        "<!--formulas-->": f"<script>{recursos.mathjax()}</script>",
        "<!--guiones-->": "\n".join(f"<script>{g}</script>" for g in guiones),
    }
    for hueco, contenido in dentro.items():
        html = html.replace(hueco, contenido, 1)
    return html


def main(carpeta, *rutas):
    carpeta = Path(carpeta)
    carpeta.mkdir(parents=True, exist_ok=True)
    for ruta in map(Path, sorted(rutas)):
        salida = carpeta / f"{ruta.stem}.html"
        try:
            html = convierte(ruta)
        except ImagenFuera as error:
            print(error, file=sys.stderr)
            return 1
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
