"""Vuelve a ejecutar los cuadernos y guarda sus salidas, normalizados.

Uso: `guarda_salidas.py CUADERNO…`. Los metadatos quedan como exige
`tests/test_higiene.py`: los mismos en toda máquina.
"""

import sys
from pathlib import Path

import nbformat
from nbclient.exceptions import CellExecutionError

from herramientas.cliente import con_frases, lee, nuevo_cliente, seccion
from herramientas.consola import NoSePuede, con_sustitutos
from herramientas.escribe import escribe_cuaderno

METADATOS = {
    "kernelspec": {
        "display_name": "Python 3",
        "language": "python",
        "name": "python3",
    },
    "language_info": {"name": "python"},
}
DE_CELDA = ("slideshow", "tags")


def normaliza(cuaderno):
    """Deja solo los metadatos del curso; cambia el cuaderno que recibe."""
    cuaderno.metadata = nbformat.from_dict(METADATOS)
    for celda in cuaderno.cells:
        celda.metadata = nbformat.from_dict(
            {k: celda.metadata[k] for k in DE_CELDA if k in celda.metadata}
        )


def guarda(ruta):
    """Ejecuta un cuaderno y lo escribe encima, con sus salidas.

    Raises:
        NoSePuede: con el cuaderno y la sección; el archivo queda como estaba.
    """
    cuaderno = lee(ruta)
    cliente = nuevo_cliente(cuaderno, ruta)
    with con_frases(cliente, ruta), cliente.setup_kernel():
        for cliente.indice, celda in enumerate(cuaderno.cells):
            try:
                cliente.execute_cell(celda, cliente.indice)
            except CellExecutionError as error:
                lugar = seccion(cuaderno.cells, cliente.indice)
                raise NoSePuede(
                    f"Falló {ruta.name}, sección «{lugar}»; se queda como "
                    f"estaba.\n{error}"
                ) from None
    normaliza(cuaderno)
    escribe_cuaderno(cuaderno, ruta)


def main(*rutas):
    con_sustitutos()
    for ruta in map(Path, rutas):
        try:
            guarda(ruta)
        except NoSePuede as frase:
            print(frase, file=sys.stderr)
            return 1
        print(f"{ruta.name}: salidas guardadas")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
