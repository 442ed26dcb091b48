"""La bolsa de quien enseña: `python -m diapositivas.clase`.

En `build/clase`, o en la CARPETA que se diga, quedan las presentaciones y,
donde hay Chromium, sus PDF, la hoja con notas (`notas.pdf`) y el cuadernillo
de soluciones (`soluciones.pdf`). Además, `estudiantes/`: los cuadernos sin
notas para quien enseña y sin la salida de las celdas que piden predecir, con
lo que necesitan para correr.
"""

import shutil
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell

from apoyo.navegador import ErrorDePagina, Navegador
from archivos import escribe
from diapositivas import __main__ as diapositivas
from diapositivas import guion
from diapositivas.hoja import hoja_con_notas, soluciones
from diapositivas.pdf import a_pdf
from herramientas.imagenes import ImagenFuera
from herramientas.lugares import RAIZ, cuadernos

# Lo que un cuaderno de estudiante necesita a su lado para correr.
ACOMPANAN = (
    "notebooks/helpers",
    "notebooks/ejercicios",
    "notebooks/distribuido",
    "ims",
    "data",
    "requirements.txt",
)


def de_estudiante(cuaderno):
    """Quita las notas y las salidas por predecir; cambia lo que recibe.

    Args:
        cuaderno: el de `nbformat.read`.

    Returns:
        el mismo cuaderno.
    """
    cuaderno.cells = [c for c in cuaderno.cells if guion.tipo(c) != "notes"]
    for celda in cuaderno.cells:
        if "predice" in guion.etiquetas(celda):
            celda.outputs, celda.execution_count = [], None
    return cuaderno


def para_estudiantes(carpeta, rutas):
    """Deja en `carpeta` un curso que se puede repartir y ejecutar.

    Args:
        carpeta: `Path`; se rehace lo que este programa pone en ella.
        rutas: los cuadernos.
    """
    cuadernos = carpeta / "notebooks"
    cuadernos.mkdir(parents=True, exist_ok=True)
    for nombre in ACOMPANAN:
        origen, destino = RAIZ / nombre, carpeta / nombre
        if origen.is_dir():
            shutil.copytree(
                origen,
                destino,
                dirs_exist_ok=True,
                ignore=shutil.ignore_patterns("__pycache__", "*.py[co]"),
            )
        else:
            shutil.copy2(origen, destino)
    for ruta in rutas:
        cuaderno = nbformat.read(ruta, as_version=4)
        nbformat.write(de_estudiante(cuaderno), cuadernos / ruta.name)


def _ejercicios(rutas):
    """Un cuaderno con los enunciados y las soluciones de todos."""
    celdas = []
    for ruta in rutas:
        cuaderno = nbformat.read(ruta, as_version=4)
        titulo = guion.titula(cuaderno.cells[0].source)[1]
        celdas.append(new_markdown_cell(f"## {titulo}"))
        dentro = False
        for celda in cuaderno.cells:
            if celda.cell_type == "markdown":
                dentro = bool(guion.EJERCICIO.match(celda.source))
                dentro = dentro or bool(
                    guion.PLEGADO.match(celda.source.strip())
                    and guion.tipo(celda) != "notes"
                    and "Solución" in celda.source[:60]
                )
            if dentro:
                if celda.cell_type == "code":
                    celda.outputs = []
                celdas.append(celda)
    return celdas


def main(carpeta=RAIZ / "build" / "clase", *rutas):
    carpeta, rutas = Path(carpeta), sorted(map(Path, rutas))
    rutas = rutas or cuadernos()
    if diapositivas.main(carpeta, *rutas):
        return 1
    para_estudiantes(carpeta / "estudiantes", rutas)
    print(f"{carpeta / 'estudiantes'}  cuadernos para repartir")
    htmls = [carpeta / f"{ruta.stem}.html" for ruta in rutas]
    try:
        with Navegador() as navegador:
            pdfs = {}
            for html in htmls:
                pdfs[html] = html.with_suffix(".pdf")
                escribe(pdfs[html], a_pdf(navegador, html))
                print(pdfs[html])
            notas = carpeta / "notas.pdf"
            escribe(notas, hoja_con_notas(navegador, rutas, pdfs))
            print(notas)
            cuadernillo = carpeta / "soluciones.pdf"
            escribe(
                cuadernillo, soluciones(navegador, carpeta, _ejercicios(rutas))
            )
            print(cuadernillo)
    except FileNotFoundError as error:
        print(f"Sin los PDF: {error}", file=sys.stderr)
    except (ErrorDePagina, ImagenFuera) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
