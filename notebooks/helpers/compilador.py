"""¿Puede `torch.compile` generar código en esta máquina?"""

import logging
import os
import shutil
import subprocess
import sys
import time
import warnings

import torch

# Solo en Python 3.13.0, y no cambia ningún resultado.
warnings.filterwarnings("ignore", message="Guards may run slower")
# Un torch para CUDA, sin GPU, avisa de que no compilará para ella.
logging.getLogger("torch.utils.cpp_extension").setLevel(logging.ERROR)
# Y sin Triton, que no contará sus operaciones; aquí nadie las cuenta.
logging.getLogger("torch.utils.flop_counter").setLevel(logging.ERROR)


def elige_motor():
    """Dice con qué motor (`backend`) usar `torch.compile`.

    El motor normal, "inductor", escribe C++ y lo compila. Que haya un
    compilador no basta: puede no saber C++20, o no poder escribir o ejecutar
    donde torch trabaja. Por eso aquí se compila una vez algo mínimo. Si no
    sale, y en Windows, queda "eager": captura el grafo igual y lo ejecuta
    sin generar código.

    Returns:
        str: "inductor" o "eager".
    """
    return "inductor" if _hay_compilador() and _compila() else "eager"


def _hay_compilador():
    if sys.platform == "win32":
        return False
    propio = "clang++" if sys.platform == "darwin" else "g++"
    ruta = shutil.which(os.environ.get("CXX") or propio)
    if sys.platform == "darwin" and ruta == "/usr/bin/clang++":
        # Sin las herramientas de Apple, llamarlo abre una ventana.
        orden = ["xcode-select", "-p"]
        return subprocess.run(orden, capture_output=True).returncode == 0
    return ruta is not None


def _compila():
    """Si torch compila, carga y ejecuta una función, donde siempre lo hace."""
    # Un número que no se repite: la caché del disco no puede responder.
    unico = time.time_ns() % 10**9 / 10**9
    x = torch.arange(64.0)
    try:
        y = torch.compile(lambda t: (t * unico).relu() + 1)(x)
    except Exception:  # el compilador es de otros: falla como quiera
        return False
    return torch.allclose(y, x * unico + 1)
