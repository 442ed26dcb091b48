"""Un curso que no se puede escribir se copia, y se trabaja en la copia.

Pasa en un JupyterHub, donde el mismo curso es de todos y de solo lectura.
La copia se pone al día en cada orden; lo que su dueño haga en ella (su
`mis_cuadernos/`, su `build/`) no se toca.
"""

import json
import os
import tempfile
from pathlib import Path

from archivos import escribe
from herramientas import interprete
from herramientas.ambiente import es_nuestro, python_de
from herramientas.consola import NoSePuede

MARCA = ".copia-del-curso.json"
# Lo que se genera o es de una persona no se copia.
SOBRA = {
    *(".git", ".venv", "build", "mis_cuadernos", "__pycache__"),
    *(".ipynb_checkpoints", ".pytest_cache", ".ruff_cache", "dbpedia_csv"),
}


def se_puede_escribir(carpeta):
    """Si se pueden crear archivos ahí: se prueba, porque permisos no bastan.

    Un disco montado de solo lectura no se nota en los permisos.
    """
    try:
        with tempfile.TemporaryFile(dir=str(carpeta)):
            return True
    except OSError:
        return False


def carpeta_de_trabajo(raiz):
    """La del curso si se puede escribir; si no, su copia, al día.

    Args:
        raiz: `Path` del curso.

    Returns:
        Path

    Raises:
        NoSePuede: tampoco hay dónde poner la copia.
    """
    if se_puede_escribir(raiz):
        return raiz
    destino = Path(os.path.expanduser("~"), "curso-pytorch-copia")
    try:
        destino.mkdir(exist_ok=True)
        antes = _copiado(destino)
        if antes is None and any(destino.iterdir()):
            raise NoSePuede(
                f"{raiz} es de solo lectura, y {destino} ya existe y no es "
                "una copia del curso: cámbiale el nombre y repite."
            )
        ahora = _pone_al_dia(raiz, destino)
        for nombre in set(antes or ()) - set(ahora):
            Path(destino, nombre).unlink()
        _enlaza_el_entorno(Path(raiz, ".venv"), Path(destino, ".venv"))
    except OSError as error:
        raise NoSePuede(
            f"{raiz} es de solo lectura y no pude copiar el curso a "
            f"{destino} ({error.strerror}): cópialo tú a una carpeta tuya "
            "y repite allí."
        ) from None
    print(f"{raiz} es de solo lectura: trabajo en tu copia, {destino}")
    return destino


def _enlaza_el_entorno(hecho, propio):
    """Si el entorno del curso ya está y arranca, sirve también aquí."""
    if os.path.lexists(str(propio)) or not es_nuestro(hecho):
        return
    if interprete.pregunta([str(python_de(hecho))]):
        propio.symlink_to(hecho)


def _copiado(destino):
    try:
        return json.loads(Path(destino, MARCA).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _pone_al_dia(raiz, destino):
    """Copia lo que cambió; devuelve los nombres de todo lo del curso."""
    nombres = []
    for carpeta, carpetas, archivos in os.walk(str(raiz)):
        carpetas[:] = [c for c in carpetas if c not in SOBRA]
        for archivo in archivos:
            ruta = Path(carpeta, archivo)
            nombre = ruta.relative_to(raiz)
            nueva = Path(destino, nombre)
            nombres.append(nombre.as_posix())
            if _iguales(ruta, nueva):
                continue
            nueva.parent.mkdir(parents=True, exist_ok=True)
            escribe(nueva, ruta.read_bytes())
    escribe(Path(destino, MARCA), json.dumps(nombres))
    return nombres


def _iguales(una, otra):
    try:
        return una.read_bytes() == otra.read_bytes()
    except FileNotFoundError:
        return False
