"""DBpedia: 14 clases de artículos, leídas con la firma de torchtext.

Formato de los archivos (Zhang, Zhao y LeCun, 2015, «Character-level
Convolutional Networks for Text Classification»): CSV en UTF-8 con tres
columnas, `label,"title","content"`, y clases numeradas desde 1.
"""

import csv
import errno
import os
import shutil
import tarfile
import tempfile
from pathlib import Path

from torch.utils.data import IterableDataset
from tqdm import tqdm  # la de `auto`, al cerrarse, no espera

from helpers.descarga import descarga
from helpers.errores import DatosInvalidos, DescargaFallida

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

URL = "https://s3.amazonaws.com/fast-ai-nlp/dbpedia_csv.tgz"
MD5 = "239c7837b9e79db34486f3de6a00e38e"
DATOS = Path(__file__).resolve().parents[2] / "data"
_ETIQUETAS = {str(n): n for n in range(1, len(CLASES) + 1)}
_SPLITS = ("train", "test")
# Lo que tarda en asomar la barra: con el conjunto mini no da tiempo.
ESPERA_S = 5


def _error(ruta, linea, que, remedio):
    return DatosInvalidos(f"{ruta.name}, línea {linea}: {que}. {remedio}")


def _linea_que_no_es_utf8(ruta):
    with ruta.open("rb") as archivo:
        for numero, linea in enumerate(archivo, start=1):
            try:
                linea.decode("utf-8")
            except UnicodeDecodeError:
                return numero


def lee_csv(ruta):
    """Recorre un CSV de DBpedia, fila a fila, comprobando cada una.

    Args:
        ruta: archivo `train.csv` o `test.csv`.

    Yields:
        (int, str): etiqueta de 1 a 14 y `title + " " + content`.

    Raises:
        DatosInvalidos: el archivo falta o está vacío, o una fila no tiene
            tres columnas, etiqueta válida y texto en UTF-8. El mensaje dice
            archivo, línea y remedio.
    """
    ruta = Path(ruta)
    if not ruta.is_file():
        raise DatosInvalidos(
            f"No existe el archivo {ruta.name} en la carpeta {ruta.parent}. "
            "Indica en root (o en CURSO_DBPEDIA) la carpeta que contiene "
            "train.csv y test.csv."
        )
    filas = 0
    with ruta.open(encoding="utf-8", newline="") as archivo:
        lector = csv.reader(archivo, strict=True)
        try:
            for fila in lector:
                filas += 1
                if len(fila) != 3:
                    raise _error(
                        ruta,
                        lector.line_num,
                        f"hay {len(fila)} columnas y se esperan 3",
                        'Escríbela como label,"title","content".',
                    )
                etiqueta, titulo, contenido = fila
                if etiqueta not in _ETIQUETAS:
                    raise _error(
                        ruta,
                        lector.line_num,
                        f"la etiqueta es {etiqueta!r}",
                        "Usa un entero de 1 a 14, como en classes.txt.",
                    )
                yield _ETIQUETAS[etiqueta], f"{titulo} {contenido}"
        except UnicodeDecodeError:
            raise _error(
                ruta,
                _linea_que_no_es_utf8(ruta),
                "hay bytes que no son UTF-8",
                "Guarda el archivo con codificación UTF-8.",
            ) from None
        except csv.Error as error:
            raise _error(
                ruta,
                lector.line_num,
                f"no es CSV válido ({error})",
                'Cierra cada comilla y duplica las interiores: "".',
            ) from None
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
    root = Path(root).expanduser()
    if not root.is_dir():
        raise DatosInvalidos(
            f"No existe la carpeta {root}. Indica en root (o en "
            "CURSO_DBPEDIA) la que contiene train.csv y test.csv."
        )
    articulos = tuple(ArticulosDBpedia(root / f"{p}.csv") for p in pedidos)
    for ruta in (a.ruta for a in articulos):
        if not ruta.is_file():
            next(lee_csv(ruta))  # lanza el error que dice qué hacer
    return articulos[0] if isinstance(split, str) else articulos


_MIEMBROS = ("train.csv", "test.csv", "classes.txt", "readme.txt")


def _extrae(archivo, carpeta):
    """Saca de `archivo` los cuatro miembros esperados y ninguno más."""
    with tarfile.open(archivo, "r:gz") as tgz:
        nombres = {miembro.name: miembro for miembro in tgz}
        for nombre, miembro in nombres.items():
            bueno = nombre in {f"dbpedia_csv/{m}" for m in _MIEMBROS}
            if not (bueno and miembro.isfile()) and not (
                nombre.rstrip("/") == "dbpedia_csv" and miembro.isdir()
            ):
                raise DescargaFallida(
                    f"{archivo.name} trae {nombre!r}, que no es de DBpedia: "
                    "no se extrajo nada. Bórralo y descárgalo de su "
                    "dirección original."
                )
        for nombre in _MIEMBROS:
            if f"dbpedia_csv/{nombre}" not in nombres:
                raise DescargaFallida(
                    f"A {archivo.name} le falta {nombre}: no se extrajo "
                    "nada. Bórralo y descárgalo otra vez."
                )
            origen = tgz.extractfile(nombres[f"dbpedia_csv/{nombre}"])
            with origen, (carpeta / nombre).open("wb") as copia:
                shutil.copyfileobj(origen, copia)


def descarga_dbpedia(carpeta=None, url=URL, md5=MD5):
    """Descarga el conjunto completo: 560 000 artículos y 70 000 de prueba.

    Son 68 341 743 bytes comprimidos. Si se corta, la siguiente llamada
    sigue donde quedó; si ya está, no descarga nada.

    Args:
        carpeta: dónde dejarlo; por omisión `data/dbpedia_csv` del curso.
        url, md5: de dónde viene y la suma que lo identifica.

    Returns:
        Path: la carpeta, lista para `DBpedia(root=...)`.

    Raises:
        DescargaFallida: sin red, respuesta de error, transferencia cortada,
            archivo distinto del esperado o disco lleno. No queda ninguna
            carpeta a medias.
    """
    carpeta = Path(carpeta or DATOS / "dbpedia_csv").expanduser()
    if all((carpeta / nombre).is_file() for nombre in _MIEMBROS):
        return carpeta
    comprimido = descarga(url, carpeta.with_name(carpeta.name + ".tgz"), md5)
    try:
        with tempfile.TemporaryDirectory(dir=carpeta.parent) as aparte:
            extraida = Path(aparte) / "dbpedia_csv"
            extraida.mkdir()
            _extrae(comprimido, extraida)
            if carpeta.is_dir():
                carpeta.rename(Path(aparte) / "anterior")
            extraida.rename(carpeta)
    except (tarfile.TarError, EOFError) as error:
        raise DescargaFallida(
            f"{comprimido.name} no se puede abrir ({error}). Bórralo y "
            "descárgalo otra vez."
        ) from error
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        raise DescargaFallida(
            f"El disco de {carpeta.parent} está lleno: libera unos 250 MB y "
            "llama otra vez."
        ) from error
    comprimido.unlink()
    return carpeta
