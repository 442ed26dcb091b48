"""Un kernel para ejecutar cuadernos, igual para `run` y para `outputs`.

Es el de este mismo Python, diga lo que diga `JUPYTER_PATH`, y solo ve las
variables de `variables.py`. Lo que puede salir mal y no es un error del
cuaderno (no se puede leer, el kernel muere, una celda no acaba) llega como
una frase, en `NoSePuede`.
"""

import os
import re
import tempfile
from contextlib import contextmanager

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError
from nbclient.util import run_sync

from herramientas import puertos
from herramientas.consola import NoSePuede
from herramientas.variables import para_cuadernos

ESPERA_S = 600
ARRANQUE_S = 300  # una máquina ocupada tarda; 60 s se quedaron cortos


class Cliente(NotebookClient):
    """El de nbclient, con el kernel y las variables del curso."""

    def create_kernel_manager(self):
        gestor = super().create_kernel_manager()
        # Sin carpetas donde buscar, `python3` es el que ejecuta esto.
        gestor.kernel_spec_manager = KernelSpecManager(kernel_dirs=[])
        return gestor

    async def async_start_new_kernel(self, **opciones):
        if "env" not in opciones:
            self.casa = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
            opciones["env"] = para_cuadernos(os.environ, self.casa.name)
        await NotebookClient.async_start_new_kernel(self, **opciones)

    start_new_kernel = run_sync(async_start_new_kernel)


def nuevo_cliente(cuaderno, ruta):
    """Cliente que ejecuta `cuaderno` en la carpeta de `ruta`.

    Args:
        cuaderno: el de `nbformat.read`; se llena con las salidas.
        ruta: `Path` del cuaderno.

    Returns:
        NotebookClient
    """
    puertos.activa()
    return Cliente(
        cuaderno,
        kernel_name="python3",
        timeout=ESPERA_S,
        startup_timeout=ARRANQUE_S,
        resources={"metadata": {"path": str(ruta.parent)}},
        # Sin horas de ejecución ni salidas partidas: no se repetirían.
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        # Despedirse del kernel con calma cuesta un segundo por cuaderno.
        shutdown_kernel="immediate",
    )


def lee(ruta):
    """El cuaderno de `ruta`.

    Raises:
        NoSePuede: no está, no es JSON o no es un cuaderno.
    """
    try:
        cuaderno = nbformat.read(ruta, as_version=4)
        nbformat.validate(cuaderno)
        return cuaderno
    except OSError as error:
        raise NoSePuede(
            f"No puedo leer {ruta} ({error.strerror}): recupéralo con «git "
            f"restore notebooks/{ruta.name}» y repite."
        ) from None
    except Exception as error:  # nbformat lanza los de cada formato
        lugar = re.search(r"line (\d+)", f"{error} {error.__cause__}")
        linea = f", línea {lugar[1]}" if lugar else ""
        raise NoSePuede(
            f"{ruta.name} no se puede leer como cuaderno{linea}: suele ser "
            "un archivo a medias, o un conflicto de git sin resolver. "
            "Guarda aparte lo tuyo y recupera el del curso con «git restore "
            f"notebooks/{ruta.name}»."
        ) from None


def seccion(celdas, hasta):
    """Último título (`#` o `##`) en `celdas[:hasta]`, sin las almohadillas."""
    titulos = (
        linea.lstrip("# ")
        for celda in reversed(celdas[:hasta])
        if celda.cell_type == "markdown"
        for linea in celda.source.splitlines()
        if linea.startswith(("# ", "## "))
    )
    return next(titulos, "inicio")


@contextmanager
def con_frases(cliente, ruta):
    """Lo que corta la ejecución sin ser del cuaderno, en una frase.

    Quien ejecuta anota en `cliente.indice` por qué celda va.
    """
    cliente.indice = 0
    try:
        yield
    except CellTimeoutError:
        raise NoSePuede(
            f"{_donde(cliente, ruta)}: una celda lleva más de "
            f"{ESPERA_S // 60} minutos. Cierra otros programas y repite."
        ) from None
    except RuntimeError as error:
        if "ernel" not in str(error):  # el kernel murió, o no arrancó
            raise
        raise NoSePuede(
            f"{_donde(cliente, ruta)}: el kernel murió a mitad de camino. "
            "Casi siempre es la memoria: el curso necesita 2 GB libres. "
            "¿Cuánta tiene esta máquina, o este contenedor? Cierra otros "
            "programas o dale más, y repite."
        ) from None


def _donde(cliente, ruta):
    lugar = seccion(cliente.nb.cells, cliente.indice)
    return f"{ruta.name}, sección «{lugar}»"
