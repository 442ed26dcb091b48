"""Un JupyterLab en marcha, con la orden de `make lab`, en una copia del curso.

with servidor_lab(carpeta) as (direccion, token):
    pagina = navegador.abre(f"{direccion}/?token={token}")
"""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager

from apoyo.cuadernos import RAIZ
from herramientas import lab

# JavaScript: lo que está abierto, y si su kernel ya espera órdenes.
AQUI = "jupyterapp.shell.currentWidget"
LIBRE = (
    "window.jupyterapp?.shell?.currentWidget?.sessionContext?.session"
    "?.kernel?.status === 'idle'"
)


def _puerto_libre():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def _contesta(puerto):
    with socket.socket() as s:
        return s.connect_ex(("127.0.0.1", puerto)) == 0


def _copia_del_curso(raiz):
    sobra = shutil.ignore_patterns("__pycache__", "dbpedia_csv*")
    # Sin mirar si hay que compilar JupyterLab: arrancaría Node solo para eso.
    ajustes = raiz / "configuracion" / "labconfig" / "page_config.json"
    ajustes.parent.mkdir(parents=True)
    ajustes.write_text('{"buildCheck": false}')
    for parte in ("notebooks", "data", "ims", "tests"):
        shutil.copytree(RAIZ / parte, raiz / parte, ignore=sobra)
    shutil.copy(RAIZ / "README.md", raiz)
    lab.reparte(raiz)


@contextmanager
def servidor_lab(raiz):
    """Lo pone en marcha y, al salir, lo detiene.

    Args:
        raiz: `Path` donde hacer la copia del curso.

    Yields:
        (dirección, token)
    """
    _copia_del_curso(raiz)
    token, puerto = secrets.token_hex(8), _puerto_libre()
    entorno = {
        **lab.entorno_lab(os.environ, sys.executable),
        "PYTHONPATH": str(raiz / "notebooks"),
        "JUPYTER_CONFIG_DIR": str(raiz / "configuracion"),
        "OMP_NUM_THREADS": "1",
    }
    proceso = subprocess.Popen(
        lab.orden_lab(
            raiz,
            sys.executable,
            "--no-browser",
            f"--ServerApp.port={puerto}",
            "--ServerApp.port_retries=0",
            f"--IdentityProvider.token={token}",
            # Deja a la vista la aplicación, para saber cuándo acabó.
            "--LabApp.expose_app_in_browser=True",
        ),
        cwd=raiz,
        env=entorno,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        hasta = time.monotonic() + 300
        while not _contesta(puerto):
            assert proceso.poll() is None, "JupyterLab no arrancó"
            assert time.monotonic() < hasta, "JupyterLab no contesta"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{puerto}", token
    finally:
        proceso.terminate()
        proceso.wait(30)
