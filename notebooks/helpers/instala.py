"""Instala lo que al entorno le falte para el curso: torchtext 0.18.0.

Desde `notebooks/`, con el Python del curso: `python helpers/instala.py`. No
importa nada más del curso ni torch: en Colab, cada segundo se espera.
"""

import importlib.metadata
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

VERSION = "0.18.0"
ORDEN = "python helpers/instala.py"


def version_instalada():
    """La versión de torchtext de este entorno, o None si no está.

    Returns:
        str | None
    """
    try:
        return importlib.metadata.version("torchtext")
    except importlib.metadata.PackageNotFoundError:
        return None


def instala():
    """Instala torchtext 0.18.0 si falta, sin tocar torch.

    Trae el paquete de Python 3.12 también en Python 3.13: de él se usa solo
    la capa de Python. Se instala aparte y se mueve al final, así un corte
    no deja nada a medias.

    Raises:
        RuntimeError: si pip no pudo traerlo; incluye su mensaje.
    """
    if version_instalada() == VERSION:
        return
    destino = Path(sysconfig.get_path("purelib"))
    with tempfile.TemporaryDirectory(dir=destino) as aparte:
        pip = [sys.executable, "-m", "pip", "install", "--quiet"]
        orden = [
            *pip,
            *("--target", aparte, "--no-deps", "--only-binary=:all:"),
            *("--python-version", "3.12", "--platform", "manylinux1_x86_64"),
            f"torchtext=={VERSION}",
        ]
        hecho = subprocess.run(orden, capture_output=True, text=True)
        if hecho.returncode != 0:
            raise RuntimeError(
                "pip no pudo instalar torchtext; revisa tu conexión y "
                f"vuelve a intentarlo. Dijo: {hecho.stderr.strip()}"
            )
        if version_instalada():
            quita = [sys.executable, "-m", "pip", "uninstall", "-q", "-y"]
            subprocess.run([*quita, "torchtext"], check=True)
        for parte in Path(aparte).glob("torchtext*"):
            parte.rename(destino / parte.name)


if __name__ == "__main__":
    try:
        instala()
    except RuntimeError as error:
        sys.exit(str(error))
