"""Procesos con torch, solos o en grupo como con torchrun, que arrancan ya.

Importar torch cuesta segundos de procesador, y con torchrun los paga cada
proceso de cada grupo. Aquí los paga uno, del que salen todos los demás
(`forkserver`). Donde no lo hay, en Windows, los paga cada uno. Que torchrun
lanza lo mismo lo prueban las órdenes del capítulo 4.
"""

import multiprocessing
import os
import sys
import tempfile
from functools import cache
from multiprocessing import forkserver
from pathlib import Path
from unittest.mock import patch

from torch.distributed import TCPStore

from apoyo.cuadernos import RAIZ
from apoyo.entornos import RUTAS

ESPERA_S = 300


@cache
def contexto():
    """El `multiprocessing` de las pruebas, con torch ya importado."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    metodo = multiprocessing.get_context("forkserver")
    # Todavía no ha calculado nada: no tiene hilos que se pierdan al salir.
    metodo.set_forkserver_preload(["torch._dynamo", "distribuido.entrena"])
    suyas = {"PYTHONPATH": RUTAS, "OMP_NUM_THREADS": "1"}
    with patch.dict(os.environ, suyas):
        forkserver.ensure_running()
    return metodo


def nuevo(dicho, funcion, *argumentos, variables=None):
    """Un proceso en marcha.

    Args:
        dicho: `Path` del archivo al que va lo que imprima.
        funcion: la de un módulo que se pueda importar.
        variables: las de entorno que tiene de más.

    Returns:
        multiprocessing.Process
    """
    partes = (dicho, variables or {}, funcion, argumentos)
    proceso = contexto().Process(target=_corre, args=partes, daemon=True)
    proceso.start()
    return proceso


def programa(dicho, codigo, *argumentos):
    """Como `python -c codigo argumentos…`, desde `notebooks/`.

    Args y Returns: los de `nuevo`; los argumentos, como texto.
    """
    return nuevo(dicho, _ejecuta, codigo, *map(str, argumentos))


def _ejecuta(codigo, *argumentos):
    os.chdir(RAIZ / "notebooks")
    sys.argv = ["-c", *argumentos]
    exec(codigo, {"__name__": "__main__"})


def _corre(dicho, variables, funcion, argumentos):
    os.environ |= variables
    with dicho.open("wb") as archivo:
        for descriptor in (1, 2):
            os.dup2(archivo.fileno(), descriptor)
    funcion(*argumentos)


def corre(cuantos, funcion, *argumentos):
    """Lo que imprimen tantos procesos de un grupo, que acaban bien.

    Raises:
        AssertionError: alguno acabó mal; con lo que dijeron.
    """
    # El almacén es de quien lanza, como en torchrun: nadie elige un puerto.
    almacen = TCPStore("127.0.0.1", 0, None, True, wait_for_workers=False)
    comunes = {
        "MASTER_ADDR": "127.0.0.1",
        "MASTER_PORT": str(almacen.port),
        "TORCHELASTIC_USE_AGENT_STORE": "True",
        "TORCHELASTIC_RESTART_COUNT": "0",
        "GROUP_WORLD_SIZE": "1",
        "WORLD_SIZE": str(cuantos),
        "LOCAL_WORLD_SIZE": str(cuantos),
    }
    with tempfile.TemporaryDirectory() as carpeta:
        dichos = [Path(carpeta, str(yo)) for yo in range(cuantos)]
        procesos = [
            nuevo(
                dicho,
                funcion,
                *argumentos,
                variables=comunes | {"RANK": str(yo), "LOCAL_RANK": str(yo)},
            )
            for yo, dicho in enumerate(dichos)
        ]
        for proceso in procesos:
            proceso.join(ESPERA_S)
        codigos = [proceso.exitcode for proceso in procesos]
        dicho = "".join(d.read_text("utf-8") for d in dichos)
    for proceso in procesos:
        proceso.kill()
    assert codigos == [0] * cuantos, (codigos, dicho)
    return dicho
