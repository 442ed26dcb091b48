"""¿Sirve este Python para el curso? Se pregunta antes de tocar nada."""

import json
import os
import platform
import shlex
import shutil
import subprocess
import sys

from herramientas.consola import NoSePuede

SIRVEN = ((3, 11), (3, 12), (3, 13))
# La contesta cualquier Python, también uno que no sirve.
PREGUNTA = """
import json, platform, struct, sys, sysconfig
def hay(modulo):
    try:
        __import__(modulo)
    except Exception:
        return False
    return True
print(json.dumps({
    "version": list(sys.version_info[:3]),
    "clase": platform.python_implementation(),
    "bits": 8 * struct.calcsize("P"),
    "sistema": sys.platform,
    "maquina": platform.machine(),
    "libc": str(sysconfig.get_config_var("HOST_GNU_TYPE")),
    "sin_gil": bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
    "venv": hay("venv") and hay("ensurepip"),
}))
"""
ESPERA_S = 60


def limpio(entorno):
    """`entorno` sin lo que cambia qué carga o dónde instala un Python.

    Ni lo que make deja a los make que lance, como el de una terminal de
    JupyterLab.
    """
    quita = {"PYTHONHOME", "PYTHONPATH", "PIP_TARGET", "PIP_PREFIX"}
    quita |= {"MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"}
    return {n: v for n, v in entorno.items() if n not in quita}


def pregunta(orden):
    """Lo que dice de sí el intérprete.

    Args:
        orden: lista de textos, `["python3.12"]` o `["py", "-3.12"]`.

    Returns:
        dict con las claves de PREGUNTA, o None si no contesta.
    """
    try:
        dicho = subprocess.run(
            [*orden, "-E", "-s", "-c", PREGUNTA],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            timeout=ESPERA_S,
        ).stdout
        return json.loads(dicho.decode("utf-8").splitlines()[-1])
    except (OSError, subprocess.TimeoutExpired, ValueError, IndexError):
        return None


def numero(datos):
    """`3.12`, la versión corta."""
    return "{}.{}".format(*datos["version"])


def problema(datos):
    """Por qué ese intérprete no sirve, en una frase; "" si sirve.

    Los paquetes que no existen (Mac con Intel, 32 bits, Alpine, PyPy, sin
    GIL) son los de torch 2.13 en el índice de paquetes.
    """
    if tuple(datos["version"][:2]) not in SIRVEN:
        return (
            f"Python {numero(datos)} no sirve: el curso necesita "
            f"Python 3.11, 3.12 o 3.13. {_que_hacer()}"
        )
    if datos["clase"] != "CPython" or datos["sin_gil"]:
        cual = "sin GIL" if datos["sin_gil"] else datos["clase"]
        return (
            f"PyTorch no tiene paquete para este Python ({cual}): instala el "
            "Python 3.11, 3.12 o 3.13 de siempre y nómbralo, por ejemplo "
            "«make run PYTHON=python3.12»."
        )
    if datos["bits"] < 64:
        return (
            "PyTorch no tiene paquete para un Python de 32 bits: instala el "
            "de 64 bits y repite."
        )
    if datos["sistema"] == "darwin" and datos["maquina"] == "x86_64":
        return (
            "PyTorch 2.13 no tiene paquete para Mac con procesador Intel: "
            "estudia en Colab, con la insignia de cada capítulo. (Si tu Mac "
            "es Apple Silicon, este Python es para Intel: instala el de "
            "arm64 y repite.)"
        )
    if "musl" in datos["libc"]:
        return (
            "PyTorch no tiene paquete para este Linux (musl, como Alpine): "
            "usa un contenedor de Debian o Ubuntu, por ejemplo."
        )
    return ""


def _que_hacer():
    for version in reversed(SIRVEN):
        corto = "{}.{}".format(*version)
        for nombre, orden in (
            ("python" + corto, ["python" + corto]),
            (f'"py -{corto}"', ["py", "-" + corto]),
        ):
            datos = shutil.which(orden[0]) and pregunta(orden)
            if datos and not problema(datos):
                return f"Aquí hay otro: repite y añade PYTHON={nombre}"
    return "Instala Python 3.13 y repite."


def elige(pedido=None):
    """El intérprete con que se hará el entorno, ya comprobado.

    Args:
        pedido: un nombre, una ruta, o con argumentos, `py -3.12`. Sin él,
            el que ejecuta esto.

    Returns:
        list: la orden que lo lanza.

    Raises:
        NoSePuede: no está, no sirve, o no sabe hacer entornos.
    """
    orden = _palabras(pedido) if pedido else [sys.executable]
    datos = pregunta(orden) if orden else None
    if datos is None:
        raise NoSePuede(
            f"No encuentro un Python que se llame «{pedido}»: revisa el "
            "nombre, o repite sin PYTHON= para usar el de siempre."
        )
    mal = problema(datos)
    if mal:
        raise NoSePuede(mal)
    if not datos["venv"]:
        raise NoSePuede(
            f"A este Python {numero(datos)} le falta el módulo venv, que "
            "hace los entornos. En Debian y Ubuntu: sudo apt install "
            f"python{numero(datos)}-venv. Instálalo y repite."
        )
    return orden


def _palabras(pedido):
    """`pedido` como orden: entero si existe, y si no por palabras."""
    if shutil.which(pedido):
        return [pedido]
    try:
        palabras = shlex.split(pedido, posix=os.name != "nt")
    except ValueError:
        return []
    return palabras if palabras and shutil.which(palabras[0]) else []


def es_linux_sin_tarjeta():
    """Si es un Linux donde no se ve tarjeta de NVIDIA."""
    return platform.system() == "Linux" and not (
        os.path.exists("/dev/nvidiactl") or shutil.which("nvidia-smi")
    )
