"""Se prueba el curso como vino: lo que hiciste en sus cuadernos queda aparte.

Quien estudia en `notebooks/` y no en sus copias guarda ahí sus respuestas y
lo que salió: compararlo con lo guardado por el curso no prueba nada.
"""

import contextlib
import json
import subprocess
import tempfile
from pathlib import Path

from herramientas.consola import NoSePuede
from herramientas.lugares import cuadernos


def con_lo_tuyo(raiz):
    """Los capítulos que no están como los deja `make outputs`.

    Es decir: con respuestas, con celdas ejecutadas a mano, o guardados por
    un editor, que anota cosas suyas.

    Returns:
        list[Path]
    """
    return [ruta for ruta in cuadernos(raiz) if _con_lo_tuyo(ruta)]


def _con_lo_tuyo(ruta):
    try:
        cuaderno = json.loads(ruta.read_text(encoding="utf-8"))
        celdas = cuaderno["cells"]
        anotado = {clave for c in celdas for clave in c["metadata"]}
        lenguaje = set(cuaderno["metadata"]["language_info"])
        codigo = [c for c in celdas if c["cell_type"] == "code"]
        cuentas = [c["execution_count"] for c in codigo]
        fuentes = ["".join(c["source"]) for c in codigo]
    except (OSError, ValueError, KeyError, TypeError):
        return False  # no se puede leer: lo dirán las pruebas
    # Un ejercicio sin responder lleva puntos suspensivos.
    pedidos = [f for f in fuentes if "\ncomprueba(" in "\n" + f]
    return (
        bool(anotado - {"slideshow", "tags"})
        or lenguaje != {"name"}
        or cuentas != list(range(1, len(codigo) + 1))
        or any("..." not in pedido for pedido in pedidos)
    )


@contextlib.contextmanager
def carpeta_de_pruebas(raiz):
    """Dónde correr las pruebas: `raiz` o, si hay algo tuyo, un clon limpio.

    El clon está en `build/` y se quita al acabar.

    Args:
        raiz: `Path` del curso.

    Yields:
        Path

    Raises:
        NoSePuede: hay algo tuyo, y aquí git no da los capítulos como vinieron.
    """
    tuyos = con_lo_tuyo(raiz)
    if not tuyos:
        yield raiz
        return
    nombres = ", ".join(ruta.name for ruta in tuyos)
    print(
        f"En {nombres} hay algo tuyo (respuestas, celdas que ejecutaste o lo "
        "que anotó tu editor), y las pruebas comparan los capítulos como "
        "vinieron: pruebo lo que hay en git, y lo tuyo no se toca. Si "
        "cambiaste el curso, guárdalo con `make outputs` y repite.",
        flush=True,
    )
    build = Path(raiz, "build")
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=str(build)) as temporal:
        clon = Path(temporal, "curso")
        if not _clona(raiz, clon) or con_lo_tuyo(clon):
            raise NoSePuede(
                f"Aquí git no tiene {nombres} como vino: pon tu cuaderno en "
                "mis_cuadernos/, recupera el del curso (descárgalo otra vez) "
                "y repite."
            )
        yield clon


def _clona(raiz, clon):
    orden = ["git", "clone", "--quiet", str(raiz), str(clon)]
    try:
        return subprocess.run(orden, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:  # no hay git
        return False
