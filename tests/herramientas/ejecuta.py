"""Ejecuta cuadernos de principio a fin: `ejecuta.py CARPETA CUADERNO…`.

Deja en CARPETA cada cuaderno ejecutado y su HTML, e imprime una tabla. Se
detiene en la primera celda que falla y dice de qué cuaderno y sección es.
"""

import sys
import time
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from nbformat.v4 import new_code_cell
from tqdm import tqdm

from herramientas.cliente import nuevo_cliente
from herramientas.imagenes import incrusta


def seccion(celdas, hasta):
    """Último título (`#` o `##`) en `celdas[:hasta]`, sin las almohadillas."""
    titulos = (
        linea.lstrip("# ")
        for celda in reversed(celdas[:hasta])
        if celda.cell_type == "markdown"
        for linea in celda.source.splitlines()
        if linea.startswith(("# ", "## "))
    )
    return next(titulos, "inicio")


def exactitud(cliente):
    """La del cuaderno, en porcentaje y con un decimal; "" si no tiene."""
    celda = new_code_cell(
        "if 'exactitud_prueba' in globals():\n"
        "    print(f'{exactitud_prueba:.1%}')"
    )
    celdas = cliente.nb.cells
    celdas.append(celda)
    cliente.execute_cell(celda, len(celdas) - 1, store_history=False)
    celdas.pop()
    return "".join(salida.text.strip() for salida in celda.outputs)


def ejecuta(ruta, carpeta):
    """Ejecuta un cuaderno y guarda en `carpeta` el cuaderno y su HTML.

    Returns:
        dict: `celdas` de código, `segundos` y `exactitud`.

    Raises:
        CellExecutionError: una celda falló; lleva `donde` en un atributo.
    """
    cuaderno = nbformat.read(ruta, as_version=4)
    cliente = nuevo_cliente(cuaderno, ruta)
    celdas = cuaderno.cells
    inicio = time.perf_counter()
    with cliente.setup_kernel():
        for indice, celda in enumerate(
            tqdm(celdas, desc=ruta.stem, unit="celda", file=sys.stdout)
        ):
            try:
                cliente.execute_cell(celda, indice)
            except CellExecutionError as error:
                error.donde = seccion(celdas, indice)
                raise
        nota = exactitud(cliente)
    segundos = time.perf_counter() - inicio
    nbformat.write(cuaderno, carpeta / ruta.name)
    for celda in celdas:
        if celda.cell_type == "markdown":
            celda.source = incrusta(celda.source, ruta.parent)
    html, _ = HTMLExporter().from_notebook_node(cuaderno)
    (carpeta / f"{ruta.stem}.html").write_text(html, encoding="utf-8")
    codigo = sum(celda.cell_type == "code" for celda in celdas)
    return {"celdas": codigo, "segundos": segundos, "exactitud": nota}


def main(carpeta, *rutas):
    carpeta = Path(carpeta)
    carpeta.mkdir(parents=True, exist_ok=True)
    tabla = []
    for ruta in map(Path, sorted(rutas)):
        try:
            tabla.append((ruta.stem, ejecuta(ruta, carpeta)))
        except CellExecutionError as error:
            print(
                f"\nFalló {ruta.name}, sección «{error.donde}»:\n{error}",
                file=sys.stderr,
            )
            return 1
    print(f"\n{'cuaderno':<28}{'celdas':>7}{'segundos':>10}{'exactitud':>11}")
    for nombre, hecho in tabla:
        print(
            f"{nombre:<28}{hecho['celdas']:>7}{hecho['segundos']:>10.1f}"
            f"{hecho['exactitud'] or '—':>11}"
        )
    print(f"\nCuadernos ejecutados y HTML en {carpeta}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
