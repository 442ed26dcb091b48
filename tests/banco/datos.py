"""Los archivos del banco: partir uno en dos, o remuestrearlo a otro tamaño."""

import csv
import random

from archivos import completo
from helpers.dbpedia import lee_csv


def _filas(ruta):
    for _ in lee_csv(ruta):  # si una fila no es válida, lo dice
        pass
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return list(csv.reader(archivo))


def _escribe(ruta, filas):
    ruta.parent.mkdir(parents=True, exist_ok=True)
    with (
        completo(ruta) as aparte,
        aparte.open("w", encoding="utf-8", newline="") as archivo,
    ):
        csv.writer(archivo).writerows(filas)
    return ruta


def parte(ruta, carpeta, semilla):
    """80 % para entrenar y 20 % de prueba, al azar con semilla.

    Args:
        ruta: CSV de DBpedia.
        carpeta: dónde dejar `train.csv` y `test.csv`.

    Returns:
        (Path, Path)
    """
    filas = _filas(ruta)
    random.Random(semilla).shuffle(filas)
    corte = len(filas) * 8 // 10
    return (
        _escribe(carpeta / "train.csv", filas[:corte]),
        _escribe(carpeta / "test.csv", filas[corte:]),
    )


def remuestrea(ruta, carpeta, cuantas, semilla):
    """Un CSV de `cuantas` filas, tomadas al azar con repetición."""
    filas = random.Random(semilla).choices(_filas(ruta), k=cuantas)
    return _escribe(carpeta / f"train_{cuantas}.csv", filas)


def cuenta(ruta):
    return sum(1 for _ in lee_csv(ruta))
