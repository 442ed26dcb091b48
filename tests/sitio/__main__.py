"""Arma el sitio: `python -m sitio CARPETA CUADERNO_EJECUTADO…`.

Deja en CARPETA `index.html`, una página por cuaderno y `recursos/`, que
comparten. Nada se pide a la red. Los cuadernos se toman con las salidas que
traigan; las imágenes se leen desde `notebooks/`, donde viven.
"""

import json
import sys
from pathlib import Path

import nbformat

from archivos import escribe
from diapositivas import guion, recursos
from diapositivas.celdas import (
    Exportador,
    alternativa,
    enlaces,
    sin_marcas,
)
from herramientas.imagenes import ImagenFuera

AQUI = Path(__file__).resolve().parent
PLANTILLA = AQUI / "plantilla"
CUADERNOS = AQUI.parents[1] / "notebooks"
CURSO = "Curso de PyTorch"


def _secciones(celdas):
    """Pares (ancla, título) de los `## ` que llevan ancla."""
    hallados = []
    for celda in celdas:
        if celda.cell_type != "markdown":
            continue
        ancla = guion.ANCLA.match(celda.source)
        titular = ancla and guion.TITULAR.match(celda.source[ancla.end() :])
        if titular:
            hallados.append((ancla[1], sin_marcas(titular[1])))
    return hallados


def _prepara(cuaderno):
    """Quita las notas de quien enseña y da su texto a cada gráfica."""
    cuaderno.cells = [c for c in cuaderno.cells if guion.tipo(c) != "notes"]
    titulo = ""
    for celda in cuaderno.cells:
        celda.metadata.predice = "predice" in guion.etiquetas(celda)
        if celda.cell_type == "markdown":
            visto = guion.titula(celda.source)[1]
            titulo = sin_marcas(visto) or titulo
            celda.source = enlaces(celda.source, readme=r"[\1](index.html)")
        else:
            celda.metadata.alt = alternativa(titulo, celda.source)


def _ficha(ruta):
    """Lo que el índice y los menús dicen de un cuaderno."""
    cuaderno = nbformat.read(ruta, as_version=4)
    _, titulo, resto = guion.titula(cuaderno.cells[0].source)
    parrafos = [p for p in resto.split("\n\n") if not p.startswith("[![")]
    plan = guion.plan(nbformat.read(ruta, as_version=4))
    return {
        "pagina": f"{ruta.stem}.html",
        "titulo": sin_marcas(titulo),
        "promesa": sin_marcas(parrafos[0]) if parrafos else "",
        "secciones": _secciones(cuaderno.cells),
        "explica": sum(s.explica for s in plan),
        "ejercicios": sum(s.ejercicios for s in plan),
    }


def _pagina(ruta, fichas, numero):
    cuaderno = nbformat.read(ruta, as_version=4)
    _prepara(cuaderno)
    exportador = Exportador(PLANTILLA, CUADERNOS, ruta.name)
    html, _ = exportador.from_notebook_node(
        cuaderno,
        {
            "metadata": {"name": ruta.stem},
            "curso": CURSO,
            "ficha": fichas[numero],
            "fichas": fichas,
            "anterior": fichas[numero - 1] if numero else None,
            "siguiente": fichas[numero + 1]
            if numero + 1 < len(fichas)
            else None,
        },
    )
    return html


def _indice(fichas):
    exportador = Exportador(PLANTILLA, CUADERNOS, "índice")
    portada = exportador.environment.get_template("portada.html.j2")
    return portada.render(curso=CURSO, fichas=fichas)


def construye(carpeta, rutas):
    """Escribe el sitio.

    Args:
        carpeta: `Path` donde queda; se crea si falta.
        rutas: `Path` de cada cuaderno ejecutado, en cualquier orden.

    Returns:
        Path: la página por la que se empieza.

    Raises:
        ImagenFuera: una imagen es de la red o no está.
    """
    rutas = sorted(rutas, key=lambda r: r.name)
    fichas = [_ficha(ruta) for ruta in rutas]
    paginas = {
        ficha["pagina"]: _pagina(ruta, fichas, numero)
        for numero, (ruta, ficha) in enumerate(zip(rutas, fichas, strict=True))
    }
    paginas["index.html"] = _indice(fichas)
    texto = json.dumps(paginas, ensure_ascii=False)
    comunes = carpeta / "recursos"
    comunes.mkdir(parents=True, exist_ok=True)
    estilo = (
        recursos.letras(recursos.signos(texto)),
        recursos.colores(),
        recursos.lee(PLANTILLA / "sitio.css"),
    )
    escribe(comunes / "sitio.css", "\n".join(estilo))
    escribe(comunes / "formulas.js", recursos.mathjax())
    escribe(comunes / "sitio.js", recursos.lee(PLANTILLA / "sitio.js"))
    for nombre, html in paginas.items():
        escribe(carpeta / nombre, html)
    return carpeta / "index.html"


def main(carpeta, *rutas):
    try:
        inicio = construye(Path(carpeta), list(map(Path, rutas)))
    except ImagenFuera as error:
        print(error, file=sys.stderr)
        return 1
    print(f"El sitio empieza en {inicio}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
