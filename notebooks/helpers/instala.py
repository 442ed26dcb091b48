"""Instala lo que al entorno le falte para el curso, sin tocar torch.

Desde `notebooks/`, con el Python del curso: `python helpers/instala.py`. No
importa nada más del curso ni torch: en Colab, cada segundo se espera.
"""

import importlib.metadata
import re
import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

VERSION = "0.18.0"
ORDEN = "python helpers/instala.py"
LISTA = Path(__file__).resolve().parents[2] / "requirements.txt"


def version_instalada(paquete="torchtext"):
    """La versión de un paquete en este entorno, o None si no está.

    Returns:
        str | None
    """
    try:
        return importlib.metadata.version(paquete)
    except importlib.metadata.PackageNotFoundError:
        return None


def faltan():
    """Lo que piden los capítulos (el primer bloque de `LISTA`) y no está.

    Lo que ya hay se queda en su versión: la de Colab también sirve.

    Returns:
        list[str]: como «numpy==2.4.6», sin torchtext, que llega aparte.
    """
    _, _, desde = LISTA.read_text(encoding="utf-8").partition("# El curso\n")
    curso, _, _ = desde.partition("\n#")
    pedidos = re.findall(r"^(([\w-]+)==[\w.]+)", curso, re.MULTILINE)
    return [
        pedido
        for pedido, paquete in pedidos
        if paquete != "torchtext" and not version_instalada(paquete)
    ]


def _pip(*argumentos, que):
    """Una orden de `pip install`.

    Raises:
        RuntimeError: no pudo traer `que`; dice qué hacer y qué dijo pip.
    """
    orden = [sys.executable, "-m", "pip", "install", "--quiet", *argumentos]
    hecho = subprocess.run(
        orden, capture_output=True, encoding="utf-8", errors="replace"
    )
    if hecho.returncode != 0:
        raise RuntimeError(
            f"pip no pudo instalar {que}; revisa tu conexión y vuelve a "
            f"intentarlo. Dijo: {hecho.stderr.strip()}"
        )


def instala_torchtext():
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
        _pip(
            *("--target", aparte, "--no-deps", "--only-binary=:all:"),
            *("--python-version", "3.12", "--platform", "manylinux1_x86_64"),
            f"torchtext=={VERSION}",
            que="torchtext",
        )
        if version_instalada():
            quita = [sys.executable, "-m", "pip", "uninstall", "-q", "-y"]
            subprocess.run([*quita, "torchtext"], check=True)
        for parte in Path(aparte).glob("torchtext*"):
            parte.rename(destino / parte.name)


def instala():
    """Instala lo que falte; si no falta nada, no dice nada.

    Raises:
        RuntimeError: si pip no pudo traer algo; incluye su mensaje.
    """
    lista = faltan()
    if lista:
        print("Instalo", ", ".join(lista), "(puede tardar unos minutos)")
        torch = version_instalada("torch")
        # Que ninguna dependencia cambie el torch que ya hay.
        fijo = [f"torch=={torch}"] if torch else []
        _pip(*lista, *fijo, que=", ".join(lista))
    instala_torchtext()


if __name__ == "__main__":
    try:
        instala()
    except RuntimeError as error:
        sys.exit(str(error))
