"""Dónde escribe un cuaderno sin pisar a nadie."""

import os
import tempfile
from pathlib import Path

from filelock import FileLock

from publica import revisa

_TOMADAS = {}  # carpeta pedida → la que se dio, y su cerrojo


def carpeta_propia(ruta):
    """Da una carpeta que ningún otro programa usa mientras este viva.

    Es `ruta`; si la tiene otro cuaderno o es de otra persona, `ruta-2`,
    `ruta-3`…; y si ahí no se puede escribir, una temporal, y lo dice. Lo que
    ya hubiera dentro se queda como estaba.

    Args:
        ruta: la carpeta que se quiere, exista o no.

    Returns:
        Path: existe, y al pedirla otra vez es la misma.

    Raises:
        ValueError: `ruta` no es el nombre de una carpeta.
    """
    revisa.exige(
        isinstance(ruta, str | Path)
        and Path(ruta).name
        and "\0" not in str(ruta),
        f"`ruta` es {ruta!r:.40}, y tiene que ser el nombre de una carpeta, "
        'como "../build/mia".',
    )
    ruta = Path(ruta)
    clave = ruta.absolute()
    if clave in _TOMADAS and _TOMADAS[clave][0].is_dir():
        return _TOMADAS[clave][0]
    for n in range(1, 10):
        carpeta = ruta if n == 1 else ruta.with_name(f"{ruta.name}-{n}")
        if cerrojo := _toma(carpeta):
            break
    else:
        carpeta = Path(tempfile.mkdtemp(prefix=f"{ruta.name:.40}-"))
        cerrojo = _toma(carpeta)
        print(
            f"No puedo escribir en {ruta.as_posix()}: esta vez todo queda en "
            f"{carpeta}, una carpeta temporal. Copia de ahí lo que quieras "
            "conservar."
        )
    _TOMADAS[clave] = carpeta, cerrojo
    return carpeta


def _toma(carpeta):
    """Su cerrojo, que el sistema suelta al morir el proceso; o None."""
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
        if hasattr(os, "getuid") and carpeta.stat().st_uid != os.getuid():
            return None
        cerrojo = FileLock(carpeta / ".en-uso")
        cerrojo.acquire(blocking=False)
    except OSError:  # `Timeout` de FileLock también lo es
        return None
    return cerrojo
