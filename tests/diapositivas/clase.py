"""La bolsa de quien enseña: `python -m diapositivas.clase`.

En `build/clase`, o en la CARPETA que se diga, quedan las presentaciones y,
donde hay Chromium, sus PDF, la hoja con notas (`notas.pdf`) y el cuadernillo
de soluciones (`soluciones.pdf`). Además, `estudiantes/`: el curso para
repartir, con los cuadernos sin notas para quien enseña y sin la salida de las
celdas que piden predecir.
"""

import shutil
import sys
from pathlib import Path

import nbformat

from apoyo.navegador import ErrorDePagina, Navegador
from archivos import escribe
from diapositivas import __main__ as diapositivas
from diapositivas import guion
from diapositivas.hoja import hoja_con_notas, soluciones
from diapositivas.pdf import a_pdf
from herramientas.copia import SOBRA
from herramientas.escribe import escribe_cuaderno
from herramientas.imagenes import ImagenFuera
from herramientas.lugares import RAIZ, cuadernos

# Lo que recibe quien estudia: el curso, sin respuestas ni pruebas. Los
# cuadernos van aparte, y solo los del curso.
SE_REPARTE = (
    *("notebooks", "ims", "data", "tests", "README.md", "LICENSE"),
    *("Makefile", "make.bat", "pyproject.toml", "requirements.txt"),
)
SE_QUEDA = shutil.ignore_patterns(
    *SOBRA, "*.ipynb", "dbpedia_csv*", "respuestas", "test_*.py"
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
    for nombre in SE_REPARTE:
        origen, destino = RAIZ / nombre, carpeta / nombre
        if origen.is_dir():
            shutil.copytree(
                origen, destino, dirs_exist_ok=True, ignore=SE_QUEDA
            )
        else:
            shutil.copy2(origen, destino)
    for ruta in rutas:
        cuaderno = de_estudiante(nbformat.read(ruta, as_version=4))
        escribe_cuaderno(cuaderno, carpeta / "notebooks" / ruta.name)


def _deja(ruta, datos):
    escribe(ruta, datos)
    print(f"{ruta}  {len(datos) / 1e6:.1f} MB", flush=True)


def _imprime(carpeta, rutas):
    """Los PDF de las presentaciones, la hoja con notas y el cuadernillo."""
    htmls = [carpeta / f"{ruta.stem}.html" for ruta in rutas]
    with Navegador() as navegador:
        pdfs = list(a_pdf(navegador, *htmls))
        for html, pdf in zip(htmls, pdfs, strict=True):
            _deja(html.with_suffix(".pdf"), pdf)
        _deja(carpeta / "notas.pdf", hoja_con_notas(navegador, rutas, pdfs))
        _deja(carpeta / "soluciones.pdf", soluciones(navegador, rutas))


def main(carpeta=RAIZ / "build" / "clase", *rutas):
    carpeta, rutas = Path(carpeta), sorted(map(Path, rutas))
    rutas = rutas or cuadernos()
    if diapositivas.main(carpeta, *rutas):
        return 1
    para_estudiantes(carpeta / "estudiantes", rutas)
    print(f"{carpeta / 'estudiantes'}  el curso, para repartir")
    try:
        _imprime(carpeta, rutas)
    except FileNotFoundError as error:
        print(f"Sin los PDF: {error}", file=sys.stderr)
    except (ErrorDePagina, ImagenFuera) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
