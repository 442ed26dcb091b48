"""DBpedia: 14 clases de artículos, leídas con la firma de torchtext.

Formato de los archivos (Zhang, Zhao y LeCun, 2015, «Character-level
Convolutional Networks for Text Classification»): CSV en UTF-8 con tres
columnas, `label,"title","content"`, y clases numeradas desde 1.
"""

import csv
import os
import re
from itertools import islice
from pathlib import Path

from torch.utils.data import IterableDataset
from tqdm import tqdm  # la de `auto`, al cerrarse, no espera

from helpers.errores import DatosInvalidos, explica_disco

CLASES = (
    "Company",
    "EducationalInstitution",
    "Artist",
    "Athlete",
    "OfficeHolder",
    "MeanOfTransportation",
    "Building",
    "NaturalPlace",
    "Village",
    "Animal",
    "Plant",
    "Album",
    "Film",
    "WrittenWork",
)
"""Nombre de cada clase; la etiqueta `n` de los archivos es `CLASES[n - 1]`."""

DATOS = Path(__file__).resolve().parents[2] / "data"
_ETIQUETAS = {str(n): n for n in range(1, len(CLASES) + 1)}
_SPLITS = ("train", "test")
# Dónde se dice qué carpeta: en Python, en una orden o para todo el curso.
_EN = "en root (--datos, en una orden; o CURSO_DBPEDIA)"
# Lo que tarda en asomar la barra: con el conjunto mini no da tiempo.
ESPERA_S = 5
# Un texto puede ser largo: el límite de `csv` es de 131 072 caracteres.
csv.field_size_limit(2**31 - 1)


# Cómo empieza lo que no es un CSV, y qué hacer con ello.
_FIRMAS = (
    (b"\x1f\x8b", "está comprimido con gzip", "Descomprímelo"),
    (b"PK\x03\x04", "es un zip o un libro de Excel", "Ábrelo y guarda el CSV"),
    (b"BZh", "está comprimido con bzip2", "Descomprímelo"),
    (b"\xfd7zXZ", "está comprimido con xz", "Descomprímelo"),
    (
        b"\xff\xfe",
        "es texto UTF-16 o UTF-32",
        "Guárdalo con codificación UTF-8",
    ),
    (
        b"\xfe\xff",
        "es texto UTF-16 o UTF-32",
        "Guárdalo con codificación UTF-8",
    ),
    (b"%PDF", "es un PDF", "Usa el CSV original"),
    (b"\xd0\xcf\x11\xe0", "es un libro de Excel", "Ábrelo y guarda el CSV"),
    (b"<", "es una página web", "Descárgalo otra vez"),
)
_SEPARADORES = {";": "punto y coma", "\t": "tabulador", "|": "«|»"}


def _comprueba_clase(ruta):
    """Dice qué es `ruta` si no es un archivo de texto."""
    if ruta.is_dir():
        raise DatosInvalidos(
            f"{ruta} es una carpeta, no un archivo: indica {_EN} la que "
            f"tiene dentro el archivo {ruta.name}."
        )
    if not ruta.is_file():
        que = "No es un" if ruta.exists() else "No existe el"
        raise DatosInvalidos(
            f"{que} archivo {ruta.name} en la carpeta {ruta.parent}. "
            f"Indica {_EN} la carpeta que contiene train.csv y test.csv."
        )
    with ruta.open("rb") as archivo:
        principio = archivo.read(4096)
    for firma, que, remedio in _FIRMAS:
        if principio.lstrip(b" \r\n").startswith(firma):
            raise DatosInvalidos(
                f"{ruta.name} no es un CSV: {que}. {remedio}."
            )
    if b"\0" in principio:
        raise DatosInvalidos(
            f"{ruta.name} no es un CSV en UTF-8: tiene bytes nulos. Guárdalo "
            "como texto CSV con codificación UTF-8, o descárgalo otra vez."
        )


def _linea(ruta, numero):
    with ruta.open(encoding="utf-8-sig", errors="replace", newline="") as a:
        return next(islice(a, numero - 1, None), "")


def _error(ruta, numero, que, remedio):
    # Lo primero que se mira de una fila mala es con qué se separa.
    otro = re.match(r"""\s*["']?\w+["']?\s*([;\t|])""", _linea(ruta, numero))
    if otro:
        que = f"las columnas van separadas por {_SEPARADORES[otro[1]]}"
        remedio = "Guárdalo con comas entre las columnas."
    return DatosInvalidos(f"{ruta.name}, línea {numero}: {que}. {remedio}")


def _fila(fila):
    """De las columnas al par `(label, texto)`.

    Raises:
        ValueError: con qué está mal y su remedio.
    """
    if len(fila) != 3:
        columnas = "1 columna" if len(fila) == 1 else f"{len(fila)} columnas"
        raise ValueError(
            f"hay {columnas} y se esperan 3",
            'Escríbela como label,"title","content".',
        )
    etiqueta, titulo, contenido = fila
    if etiqueta not in _ETIQUETAS:
        raise ValueError(
            f"la etiqueta es {etiqueta[:40]!r}",
            "Usa un entero de 1 a 14, como en classes.txt; si es la fila de "
            "los títulos, bórrala.",
        )
    texto = f"{titulo} {contenido}"
    if not texto.isascii():
        try:
            texto.encode()
        except UnicodeEncodeError:  # lo que dejó surrogateescape
            raise ValueError(
                "hay bytes que no son UTF-8",
                "Guarda el archivo con codificación UTF-8.",
            ) from None
    return _ETIQUETAS[etiqueta], texto


def lee_csv(ruta):
    """Recorre un CSV de DBpedia, fila a fila, comprobando cada una.

    Args:
        ruta: archivo `train.csv` o `test.csv`, en UTF-8 (con BOM o sin él).

    Yields:
        (int, str): etiqueta de 1 a 14 y `title + " " + content`.

    Raises:
        DatosInvalidos: el archivo falta, está vacío o no se puede leer, o
            una fila no tiene tres columnas, etiqueta válida y texto en
            UTF-8. El mensaje dice archivo, línea en que empieza la fila y
            remedio.
    """
    ruta, filas = Path(ruta), 0
    with explica_disco(ruta):
        _comprueba_clase(ruta)
        with ruta.open(
            encoding="utf-8-sig", errors="surrogateescape", newline=""
        ) as archivo:
            lector = csv.reader(archivo, strict=True)
            while True:
                empieza = lector.line_num + 1
                try:
                    par = _fila(next(lector))
                except StopIteration:
                    break
                except csv.Error as error:
                    abierta = "end of data" in str(error)
                    raise _error(
                        ruta,
                        empieza,
                        "no es CSV válido: una comilla "
                        + ("no se cierra" if abierta else "está mal puesta"),
                        'Cierra cada comilla y duplica las interiores: "".',
                    ) from None
                except ValueError as error:
                    raise _error(ruta, empieza, *error.args) from None
                filas += 1
                yield par
    if not filas:
        raise DatosInvalidos(
            f"{ruta.name}, línea 1: el archivo está vacío. Cópialo o "
            "descárgalo otra vez."
        )


class ArticulosDBpedia(IterableDataset):
    """Los artículos de un archivo; cada recorrido lo lee de nuevo.

    Si leer va para largo, una barra dice por cuál artículo va.
    """

    def __init__(self, ruta):
        self.ruta = Path(ruta)

    def __iter__(self):
        return iter(
            tqdm(
                lee_csv(self.ruta),
                desc=self.ruta.name,
                unit=" artículos",
                delay=ESPERA_S,
            )
        )


def DBpedia(root=None, split=_SPLITS):  # noqa: N802 (nombre de torchtext)
    """Artículos de DBpedia, con la firma de `torchtext.datasets.DBpedia`.

    Args:
        root: carpeta con `train.csv` y `test.csv`. Por omisión, la que
            nombra la variable de entorno `CURSO_DBPEDIA` o, sin ella,
            `data/dbpedia_mini` del curso.
        split: "train", "test" o una tupla con ellos.

    Returns:
        ArticulosDBpedia, o una tupla si `split` es una tupla: iterables de
        pares `(label, title + " " + content)`, con `label` de 1 a 14.

    Raises:
        DatosInvalidos: el archivo falta, o (al recorrerlo) no es válido.
        ValueError: `split` no es "train" ni "test".
    """
    pedidos = (split,) if isinstance(split, str) else tuple(split)
    for pedido in pedidos:
        if pedido not in _SPLITS:
            raise ValueError(
                f'split no puede ser {pedido!r}: usa "train", "test" o '
                '("train", "test").'
            )
    if root is None:
        root = os.environ.get("CURSO_DBPEDIA") or DATOS / "dbpedia_mini"
    # Donde no hay HOME, el de Path lanza RuntimeError.
    root = Path(os.path.expanduser(root))  # noqa: PTH111
    with explica_disco(root):
        if not root.is_dir():
            que = "No es una" if root.exists() else "No existe la"
            raise DatosInvalidos(
                f"{que} carpeta {root}. Indica {_EN} la que contiene "
                "train.csv y test.csv."
            )
        articulos = [ArticulosDBpedia(root / f"{p}.csv") for p in pedidos]
        for ruta in (a.ruta for a in articulos):
            _comprueba_clase(ruta)
    return articulos[0] if isinstance(split, str) else tuple(articulos)
