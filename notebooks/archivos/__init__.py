"""Escribir sin dejar mitades ni pisar lo que había.

Todo lo que el curso escribe pasa por aquí. No importa torch ni nada más del
curso: también lo usan las órdenes, que arrancan con cualquier Python desde
3.8.
"""

import os
import time
from contextlib import contextmanager, suppress
from glob import escape
from itertools import count
from pathlib import Path

SUFIJO = ".parcial"
"""En qué acaba el nombre de todo lo que aún no está completo."""


@contextmanager
def completo(ruta):
    """Da un nombre provisional; al salir, lo escrito ahí ya es `ruta`.

    Si algo falla, `ruta` queda como estaba y lo escrito se borra.

    Args:
        ruta: archivo que se escribe o se sustituye; su carpeta existe.

    Yields:
        Path: en la misma carpeta, donde cambiar el nombre es un solo paso.
    """
    ruta = Path(ruta)
    quita_restos(ruta)
    # Con el número del proceso: dos a la vez no escriben en el mismo.
    aparte = ruta.with_name(f"{ruta.name}.{os.getpid()}{SUFIJO}")
    try:
        yield aparte
        with aparte.open("rb+") as archivo:
            os.fsync(archivo.fileno())  # al disco, no solo al búfer
        aparte.replace(ruta)
    finally:
        aparte.unlink(missing_ok=True)


def escribe(ruta, contenido):
    """Escribe un archivo entero, o lo deja como estaba.

    Args:
        ruta: archivo que se escribe o se sustituye; su carpeta existe.
        contenido: bytes, o un texto, que queda en UTF-8 y con `\\n`: los
            mismos bytes en todos los sistemas.
    """
    if isinstance(contenido, str):
        contenido = contenido.encode("utf-8")
    with completo(ruta) as aparte:
        aparte.write_bytes(contenido)


def quita_restos(ruta, quietos_s=600):
    """Borra lo que dejó al escribir `ruta` un proceso que murió.

    Args:
        ruta: el archivo que se escribía.
        quietos_s: segundos sin cambios para darlo por muerto.
    """
    for resto in ruta.parent.glob(f"{escape(ruta.name)}.*{SUFIJO}"):
        with suppress(FileNotFoundError):  # otro proceso lo quitó antes
            if time.time() - resto.stat().st_mtime >= quietos_s:
                resto.unlink()


def aparta(ruta):
    """Cambia el nombre de un archivo, sin pisar otro: `x` pasa a `x.1`."""
    for n in count(1):
        otra = ruta.with_name(f"{ruta.name}.{n}")
        if not otra.exists():
            return ruta.rename(otra)
