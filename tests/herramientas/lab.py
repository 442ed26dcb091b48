"""`make lab`: los capítulos para quien estudia, y JupyterLab abierto.

Se estudia en `mis_cuadernos/`, que git no mira: así `git pull` nunca choca
con una respuesta. Está al lado de `notebooks/`, y por eso `../ims`,
`../build` y `../README.md` llevan a lo mismo desde las dos carpetas.
"""

import hashlib
import json
import os
from pathlib import Path

from archivos import escribe
from herramientas.consola import NoSePuede
from herramientas.lugares import CAPITULOS, cuadernos

CARPETA = "mis_cuadernos"
VERSION = "version_del_curso"


def reparte(raiz):
    """Copia en `mis_cuadernos/` los capítulos que falten.

    Si un capítulo cambió desde que se copió, la versión nueva llega al
    lado, `01_tensores-v2.ipynb`; lo que ya está ahí no se toca nunca.

    Args:
        raiz: `Path` del curso.

    Returns:
        list: los `Path` de lo que se copió.

    Raises:
        NoSePuede: no se puede escribir, o un capítulo no se puede leer.
    """
    carpeta = Path(raiz, CARPETA)
    try:
        carpeta.mkdir(exist_ok=True)
        return [
            nueva
            for original in cuadernos(raiz)
            for nueva in _copia_si_falta(original, carpeta)
        ]
    except FileExistsError:
        raise NoSePuede(
            f"{carpeta} no es una carpeta: cámbiale el nombre y repite."
        ) from None
    except OSError as error:
        raise NoSePuede(
            f"No puedo escribir en {carpeta} ({error.strerror}): copia el "
            "curso a una carpeta tuya y repite allí."
        ) from None


def _copia_si_falta(original, carpeta):
    try:
        cuaderno = json.loads(original.read_text(encoding="utf-8"))
        version = _version(cuaderno)
    except (ValueError, KeyError, TypeError):
        raise NoSePuede(
            f"{original.name} no se puede leer como cuaderno: recupera el "
            f"del curso con «git restore notebooks/{original.name}» y repite."
        ) from None
    nombres = _nombres(original.stem)
    ocupados = [n for n in os.listdir(str(carpeta)) if n.endswith(".ipynb")]
    suyas = [n for n in ocupados if n.startswith(original.stem)]
    tiene = {_version_copiada(Path(carpeta, nombre)) for nombre in suyas}
    if original.name in ocupados and version in tiene:
        return
    cuaderno["metadata"][VERSION] = version
    for celda in cuaderno["cells"]:
        # Lo que la celda pide predecir no se ve hasta que se pida.
        if "predice" in celda["metadata"].get("tags", []):
            celda["metadata"]["jupyter"] = {"outputs_hidden": True}
    nueva = Path(carpeta, next(n for n in nombres if n not in ocupados))
    escribe(nueva, json.dumps(cuaderno, indent=1, ensure_ascii=False) + "\n")
    yield nueva


def _nombres(capitulo):
    """`01_x.ipynb`, `01_x-v2.ipynb`, `01_x-v3.ipynb`…"""
    yield capitulo + ".ipynb"
    numero = 2
    while True:
        yield f"{capitulo}-v{numero}.ipynb"
        numero += 1


def _version(cuaderno):
    """Huella de lo que se lee y se ejecuta; las salidas no cuentan."""
    celdas = [[c["id"], "".join(c["source"])] for c in cuaderno["cells"]]
    texto = json.dumps(celdas).encode("utf-8")
    return hashlib.sha256(texto).hexdigest()[:16]


def _version_copiada(ruta):
    """La del curso de la que salió esa copia; None si no se sabe."""
    try:
        cuaderno = json.loads(ruta.read_text(encoding="utf-8"))
        return cuaderno["metadata"].get(VERSION)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def orden_lab(raiz, python, *argumentos):
    """La orden que abre JupyterLab en el capítulo 1.

    La raíz del servidor es la del curso: las figuras (`../ims`), el README
    y los enlaces entre capítulos se piden a ese mismo servidor.

    Args:
        raiz: `Path` del curso.
        python: el intérprete del entorno.
        argumentos: más, para JupyterLab: `--no-browser`, `--port=8899`…

    Returns:
        list
    """
    orden = [
        *(str(python), "-m", "jupyterlab"),
        f"--ServerApp.root_dir={raiz}",
        f"--ServerApp.preferred_dir={Path(raiz, CARPETA)}",
        f"--LabApp.default_url=/lab/tree/{CARPETA}/{CAPITULOS[0]}.ipynb",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        orden.append("--allow-root")
    return [*orden, *argumentos]


def entorno_lab(entorno, python):
    """Las variables de JupyterLab: las de la persona, su cuenta incluida.

    Con dos salvedades: el kernel `python3` es el de este entorno antes que
    otro que esté en `JUPYTER_PATH`, y un `MPLBACKEND` ajeno no deja sin
    gráficas a los cuadernos.
    """
    propio = Path(python).parent.parent / "share" / "jupyter"
    rutas = [str(propio), entorno.get("JUPYTER_PATH", "")]
    nuevo = {n: v for n, v in entorno.items() if n != "MPLBACKEND"}
    nuevo["JUPYTER_PATH"] = os.pathsep.join(r for r in rutas if r)
    return nuevo
