"""¿Puede `torch.compile` generar código en esta máquina?"""

import logging
import os
import shutil
import sys
import sysconfig
import warnings
from pathlib import Path

# Solo en Python 3.13.0, y no cambia ningún resultado.
warnings.filterwarnings("ignore", message="Guards may run slower")
# Un torch para CUDA, sin GPU, avisa de que no compilará para ella.
logging.getLogger("torch.utils.cpp_extension").setLevel(logging.ERROR)
# Y sin Triton, que no contará sus operaciones; aquí nadie las cuenta.
logging.getLogger("torch.utils.flop_counter").setLevel(logging.ERROR)


def elige_motor():
    """Dice con qué motor (`backend`) usar `torch.compile`.

    El motor normal, "inductor", escribe C++ y necesita un compilador y las
    cabeceras de Python. Donde faltan, y en Windows, queda "eager": captura
    el grafo igual y lo ejecuta sin generar código.

    Returns:
        str: "inductor" o "eager".
    """
    if sys.platform == "win32":
        return "eager"
    propio = "clang++" if sys.platform == "darwin" else "g++"
    hay_compilador = shutil.which(os.environ.get("CXX") or propio)
    cabecera = Path(sysconfig.get_path("include"), "Python.h")
    return "inductor" if hay_compilador and cabecera.is_file() else "eager"
