"""Ejecuta cuadernos de principio a fin: `ejecuta.py CARPETA CUADERNO…`.

Deja en CARPETA cada cuaderno ejecutado y su HTML, e imprime una tabla. Se
detiene en la primera celda que falla y dice de qué cuaderno y sección es.
"""

import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbconvert import HTMLExporter
from tqdm import tqdm

ESPERA_S = 600


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


def valor(cliente, expresion):
    """Evalúa `expresion` en el núcleo; None si allí no existe."""
    pedido = cliente.kc.execute(
        "", user_expressions={"valor": expresion}, reply=True
    )
    resultado = pedido["content"]["user_expressions"]["valor"]
    if resultado["status"] == "ok":
        return resultado["data"]["text/plain"]


def ejecuta(ruta, carpeta):
    """Ejecuta un cuaderno y guarda en `carpeta` el cuaderno y su HTML.

    Returns:
        dict: `celdas` de código, `segundos` y `exactitud` (o None).

    Raises:
        CellExecutionError: una celda falló; lleva `donde` en un atributo.
    """
    cuaderno = nbformat.read(ruta, as_version=4)
    cliente = NotebookClient(
        cuaderno,
        timeout=ESPERA_S,
        resources={"metadata": {"path": str(ruta.parent)}},
        record_timing=False,
    )
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
        exactitud = valor(cliente, "round(100 * exactitud_prueba, 1)")
    segundos = time.perf_counter() - inicio
    nbformat.write(cuaderno, carpeta / ruta.name)
    html, _ = HTMLExporter().from_notebook_node(cuaderno)
    (carpeta / f"{ruta.stem}.html").write_text(html, encoding="utf-8")
    codigo = sum(celda.cell_type == "code" for celda in celdas)
    return {"celdas": codigo, "segundos": segundos, "exactitud": exactitud}


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
        exactitud = f"{hecho['exactitud']} %" if hecho["exactitud"] else "—"
        print(
            f"{nombre:<28}{hecho['celdas']:>7}{hecho['segundos']:>10.1f}"
            f"{exactitud:>11}"
        )
    print(f"\nCuadernos ejecutados y HTML en {carpeta}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
