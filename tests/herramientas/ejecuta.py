"""Ejecuta cuadernos de principio a fin: `ejecuta.py CARPETA CUADERNO…`.

Deja en CARPETA cada cuaderno ejecutado, de donde sale el sitio, e imprime una
tabla. Se detiene en la primera celda que falla y dice de qué cuaderno y
sección es.
"""

import sys
import time
from pathlib import Path

from nbclient.exceptions import CellExecutionError
from nbformat.v4 import new_code_cell
from tqdm import tqdm

from herramientas.cliente import con_frases, lee, nuevo_cliente, seccion
from herramientas.consola import NoSePuede, con_sustitutos
from herramientas.escribe import escribe_cuaderno


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
    """Ejecuta un cuaderno y lo guarda, ejecutado, en `carpeta`.

    Returns:
        dict: `celdas` de código, `segundos` y `exactitud`.

    Raises:
        NoSePuede: el cuaderno no se lee, el kernel muere o no acaba.
        CellExecutionError: una celda falló; lleva `donde` en un atributo.
    """
    cuaderno = lee(ruta)
    cliente = nuevo_cliente(cuaderno, ruta)
    celdas = cuaderno.cells
    inicio = time.perf_counter()
    with con_frases(cliente, ruta), cliente.setup_kernel():
        for cliente.indice, celda in enumerate(
            tqdm(celdas, desc=ruta.stem, unit="celda", file=sys.stdout)
        ):
            try:
                cliente.execute_cell(celda, cliente.indice)
            except CellExecutionError as error:
                error.donde = seccion(celdas, cliente.indice)
                raise
        nota = exactitud(cliente)
    segundos = time.perf_counter() - inicio
    escribe_cuaderno(cuaderno, carpeta / ruta.name)
    codigo = sum(celda.cell_type == "code" for celda in celdas)
    return {"celdas": codigo, "segundos": segundos, "exactitud": nota}


def main(carpeta, *rutas):
    con_sustitutos()
    carpeta = Path(carpeta)
    tabla = []
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
        for ruta in map(Path, rutas):
            tabla.append((ruta.stem, ejecuta(ruta, carpeta)))
    except CellExecutionError as error:
        print(
            f"\nFalló {ruta.name}, sección «{error.donde}»:\n{error}",
            file=sys.stderr,
        )
        return 1
    except NoSePuede as frase:
        print(f"\n{frase}", file=sys.stderr)
        return 1
    except OSError as error:
        print(
            f"\nNo pude escribir en {error.filename or carpeta} "
            f"({error.strerror}): revisa el sitio y los permisos.",
            file=sys.stderr,
        )
        return 1
    print(f"\n{'cuaderno':<28}{'celdas':>7}{'segundos':>10}{'exactitud':>11}")
    for nombre, hecho in tabla:
        print(
            f"{nombre:<28}{hecho['celdas']:>7}{hecho['segundos']:>10.1f}"
            f"{hecho['exactitud'] or '—':>11}"
        )
    print(f"\nCuadernos ejecutados en {carpeta}/")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
