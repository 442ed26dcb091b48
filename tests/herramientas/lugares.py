"""Dónde está cada cosa del curso, y cuáles son sus cuatro capítulos.

Los capítulos se nombran: en `notebooks/` puede haber además copias o
cuadernos de quien estudia, y ninguna orden los ejecuta ni los toca.
"""

from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
CAPITULOS = (
    "01_tensores",
    "02_regresion_lineal",
    "03_clasificador_dbpedia",
    "04_compilar_guardar_subir",
)


def cuadernos(raiz=RAIZ):
    """Las rutas de los cuatro cuadernos, en orden."""
    return [Path(raiz, "notebooks", nombre + ".ipynb") for nombre in CAPITULOS]
