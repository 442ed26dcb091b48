"""Escribir sin dejar mitades y sin estorbar a otro programa."""

import os
import tempfile
import time
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from zlib import crc32

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
    # Con el número del proceso: dos a la vez no escriben en el mismo.
    aparte = ruta.with_name(f"{ruta.name}.{os.getpid()}{SUFIJO}")
    try:
        yield aparte
        with aparte.open("rb+") as archivo:
            os.fsync(archivo.fileno())  # al disco, no solo al búfer
        aparte.replace(ruta)
    finally:
        aparte.unlink(missing_ok=True)


def aparta(ruta):
    """Cambia el nombre de un archivo, sin pisar otro: `x` pasa a `x.1`."""
    for n in count(1):
        otra = ruta.with_name(f"{ruta.name}.{n}")
        if not otra.exists():
            return ruta.rename(otra)


def _cierra(archivo):
    """Si pudo poner el cerrojo, que el sistema quita al morir el proceso."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(archivo.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(archivo, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def turno(ruta, espera_s=0.0):
    """Reserva una ruta para este programa, mientras dure el `with`.

    El cerrojo es un archivo vacío en la carpeta temporal del sistema.

    Args:
        ruta: archivo o carpeta, exista o no.
        espera_s: segundos que se espera si la tiene otro.

    Yields:
        bool: si es nuestra.
    """
    quien = getattr(os, "getuid", int)()
    clave = crc32(os.path.realpath(ruta).encode("utf-8", "surrogateescape"))
    nombre = f"curso-pytorch-{quien}-{clave:08x}.cerrojo"
    limite = time.monotonic() + espera_s
    with Path(tempfile.gettempdir(), nombre).open("w") as archivo:
        while not (mia := _cierra(archivo)) and time.monotonic() < limite:
            time.sleep(0.1)
        yield mia
