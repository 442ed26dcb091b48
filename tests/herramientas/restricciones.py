"""Escribe `restricciones.txt`: la versión de todo lo que se instala.

`requirements.txt` es la lista corta que se lee; lo que esos paquetes traen
consigo cambia con los años. Esta orden lo resuelve y lo anota, para Python
3.11 a 3.13 en Linux, macOS y Windows de una vez. Necesita uv:

    pip install uv
    PYTHONPATH=tests python -m herramientas.restricciones
"""

import re
import shutil
import subprocess
import sys

from archivos import escribe
from herramientas.ambiente import LISTA, LISTA_DEL_BANCO, RESTRICCIONES
from herramientas.lugares import RAIZ

# Los elige cada paquete de torch, y son otros en cada versión de CUDA.
DE_CUDA = re.compile(r"(nvidia|cuda|triton)\b")
ENCABEZADO = """\
# La versión de todo lo que se instala, para que dentro de años sea lo mismo.
# No se edita: la escribe `python -m herramientas.restricciones`. Lo que se
# lee y se cambia es requirements.txt. Sin paquetes de CUDA: los elige torch.
"""


def resuelve(uv):
    """Las líneas `paquete==versión ; donde`, sin las de CUDA."""
    hecho = subprocess.run(
        [
            *(uv, "pip", "compile", LISTA, LISTA_DEL_BANCO, "--universal"),
            *("--python-version", "3.11", "--no-annotate", "--no-header"),
            "--quiet",
        ],
        cwd=RAIZ,
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return [
        linea
        for linea in hecho.stdout.splitlines()
        if linea and not linea.startswith("#") and not DE_CUDA.match(linea)
    ]


def main():
    uv = shutil.which("uv")
    if uv is None:
        print("Falta uv: instálalo con «pip install uv».", file=sys.stderr)
        return 1
    lineas = resuelve(uv)
    escribe(RAIZ / RESTRICCIONES, ENCABEZADO + "\n".join(lineas) + "\n")
    print(f"{RESTRICCIONES}: {len(lineas)} paquetes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
