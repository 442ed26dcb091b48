"""Vuelve a ejecutar los cuadernos y guarda sus salidas, normalizados.

Uso: `guarda_salidas.py CUADERNO…`. Los metadatos quedan como exige
`tests/test_higiene.py`: los mismos en toda máquina.
"""

import sys
from pathlib import Path

import nbformat

from herramientas.cliente import nuevo_cliente

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


def main(*rutas):
    for ruta in map(Path, rutas):
        cuaderno = nbformat.read(ruta, as_version=4)
        nuevo_cliente(cuaderno, ruta).execute()
        normaliza(cuaderno)
        nuevo = ruta.with_suffix(".nuevo")
        nbformat.write(cuaderno, nuevo)
        nuevo.replace(ruta)
        print(f"{ruta.name}: salidas guardadas")


if __name__ == "__main__":
    main(*sys.argv[1:])
