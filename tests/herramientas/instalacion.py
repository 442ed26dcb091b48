"""Traer los paquetes: qué va a llegar, cuánto tardó y por qué no pudo."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from herramientas import interprete
from herramientas.consola import NoSePuede

INSTALADOR = "notebooks/helpers/instala.py"
# Medido en Linux, sin CUDA: lo que se descarga y lo que ocupa después.
DESCARGA, OCUPA_GB = "unos 400 MB", 2.5
AVISA_CADA_S = 30


def _anuncia(raiz, python):
    """Dice qué va a llegar, antes de que llegue."""
    if _tiene_torch(python):
        print("Completo el entorno con lo que falte…", flush=True)
        return
    libres = shutil.disk_usage(str(raiz)).free / 1e9
    if libres < OCUPA_GB:
        raise NoSePuede(
            f"En el disco quedan {libres:.1f} GB y el entorno necesita "
            f"{OCUPA_GB} GB: haz sitio y repite."
        )
    con_cuda = ""
    if sys.platform == "linux":
        con_cuda = ". Si PyTorch llega con CUDA, varios GB de cada cosa"
    print(
        f"Descargo e instalo los paquetes del curso: {DESCARGA}, y en disco "
        f"menos de {OCUPA_GB} GB{con_cuda}…",
        flush=True,
    )
    if interprete.es_linux_sin_tarjeta() and not _tiene_otro_indice(python):
        print(
            "Aviso: no veo tarjeta de NVIDIA, y en Linux pip trae PyTorch "
            "con CUDA si nadie le dice otra cosa. Para evitarlo, interrumpe "
            "con Ctrl+C y repite con la variable PIP_EXTRA_INDEX_URL puesta "
            "en el índice para CPU que da la página «Get started» de PyTorch "
            "(elige Linux, Pip y CPU: es la dirección que sigue a "
            "--index-url).",
            flush=True,
        )


def _tiene_torch(python):
    """Si lo que más pesa ya está."""
    venv = Path(python).parent.parent
    return any(
        hallado
        for sitio in ("lib/python*/site-packages", "Lib/site-packages")
        for hallado in venv.glob(sitio + "/torch-*.dist-info")
    )


def _tiene_otro_indice(python):
    """Si pip ya busca en algún sitio más, por variable o por archivo."""
    dicho = subprocess.run(
        [str(python), "-m", "pip", "config", "list"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ).stdout
    return b"index-url" in dicho or b"find-links" in dicho


def instala(raiz, python, listas, restricciones=None):
    """Instala las listas encima de lo que haya.

    Args:
        raiz: `Path` del curso.
        python: el intérprete del entorno.
        listas: nombres de archivo, desde `raiz`.
        restricciones: nombre de archivo con la versión de todo lo demás.

    Raises:
        NoSePuede: con lo que dijo pip y una frase.
    """
    _anuncia(raiz, python)
    inicio = time.monotonic()
    pip = [str(python), "-m", "pip", "install", "--quiet"]
    for lista in listas:
        pip += ["-r", lista]
    pip += ["-c", restricciones] if restricciones else []
    for orden in (pip, [str(python), INSTALADOR]):
        _lanza(raiz, orden, inicio)
    print(f"Entorno listo en {time.monotonic() - inicio:.0f} s.", flush=True)


def _lanza(raiz, orden, inicio):
    """Una orden larga: da señales de vida, y su fallo en una frase."""
    entorno = {
        **interprete.limpio(os.environ),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_USER": "0",
        "PYTHONUTF8": "1",
    }
    with tempfile.TemporaryFile() as dicho:
        hijo = subprocess.Popen(
            orden, cwd=str(raiz), env=entorno, stdout=dicho, stderr=dicho
        )
        try:
            while True:
                try:
                    hijo.wait(AVISA_CADA_S)
                    break
                except subprocess.TimeoutExpired:
                    van = time.monotonic() - inicio
                    print(f"  … sigue; van {van:.0f} s", flush=True)
        finally:
            hijo.kill()  # si se interrumpe; si acabó, no hace nada
            hijo.wait()
        dicho.seek(0)
        texto = dicho.read().decode("utf-8", "replace").strip()
    if hijo.returncode:
        raise NoSePuede(
            f"{texto[-1500:]}\n\nNo se pudo instalar: {causa(texto)} Lo ya "
            "instalado queda: repetir sigue desde ahí."
        )


def causa(dicho):
    """De lo que dijo pip o venv, qué pasó y qué hacer."""
    for senas, frase in (
        (
            ("No space left", "Errno 28", "WinError 112", "Errno 122"),
            "el disco está lleno (o la carpeta temporal): haz sitio.",
        ),
        (
            ("Permission denied", "Errno 13", "Read-only", "WinError 5"),
            "no hay permiso para escribir: usa una carpeta tuya, y cierra "
            "los programas que tengan abierto .venv.",
        ),
        (
            ("SSL", "CERTIFICATE", "certificate"),
            "la conexión no es de confianza: si tu red usa un certificado "
            "propio, nómbralo en la variable PIP_CERT.",
        ),
        (
            ("ProxyError", "proxy"),
            "el proxy no responde: revisa la variable HTTPS_PROXY.",
        ),
        (
            ("Retrying", "NewConnection", "NameResolution", "timed out"),
            "no hay conexión: revisa tu red y repite.",
        ),
        (
            ("No matching distribution", "Could not find a version"),
            "el índice de paquetes no tiene esa versión para tu sistema: "
            "revisa PIP_INDEX_URL y PIP_EXTRA_INDEX_URL si las usas.",
        ),
    ):
        if any(sena in dicho for sena in senas):
            return frase
    return "lee el mensaje de arriba y repite." if dicho else "repite."
