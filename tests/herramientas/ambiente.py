"""El entorno `.venv`: se hace, se completa y nunca se borra lo ajeno.

Una marca dentro dice que lo hizo el curso y con qué contenido: la versión
de Python, lo que piden las listas y lo que hay instalado. Si algo de eso
cambia, se instala encima. Sin la marca, `.venv` es de otra persona o de
otro programa (VS Code le pone el mismo nombre): se usa si sirve.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from archivos import escribe
from herramientas import interprete
from herramientas.consola import NoSePuede
from herramientas.instalacion import INSTALADOR, causa, instala

MARCA = ".curso-pytorch.json"
LISTA, LISTA_DEL_BANCO = "requirements.txt", "tests/requirements-bench.txt"
RESTRICCIONES = "tests/herramientas/restricciones.txt"
# Un nombre de archivo del paquete de torch para Windows tiene 167 letras.
LARGO_EN_WINDOWS = 67

# Qué pide la lista y cómo está en un entorno que no es nuestro.
COMPARA = """
import importlib.metadata, json, sys
from pip._vendor.packaging.requirements import Requirement
faltan, otras = [], []
for linea in open(sys.argv[1], encoding="utf-8"):
    linea = linea.split("#")[0].strip()
    pide = Requirement(linea) if linea else None
    if pide is None or (pide.marker and not pide.marker.evaluate()):
        continue
    try:
        hay = importlib.metadata.version(pide.name)
    except importlib.metadata.PackageNotFoundError:
        faltan.append(pide.name)
        continue
    if not pide.specifier.contains(hay, prereleases=True):
        otras.append(pide.name + " " + hay)
print(json.dumps([faltan, otras]))
"""


def python_de(venv):
    """El intérprete de un entorno, exista o no."""
    if os.name == "nt":
        return Path(venv, "Scripts", "python.exe")
    return Path(venv, "bin", "python")


def _lee_marca(venv):
    try:
        return json.loads(Path(venv, MARCA).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def es_nuestro(venv):
    """Si ese entorno lo hizo el curso: lleva su marca."""
    return _lee_marca(venv) is not None


def _escribe_marca(venv, contenido):
    escribe(Path(venv, MARCA), json.dumps(contenido))


def _huella(*textos):
    return hashlib.sha256("\0".join(textos).encode("utf-8")).hexdigest()


def contenido(raiz, venv, datos, con_banco):
    """Lo que dice la marca de un entorno al día.

    Args:
        raiz, venv: `Path` del curso y del entorno.
        datos: lo que su intérprete dice de sí.
        con_banco: si también lleva la lista de `make bench`.

    Returns:
        dict
    """
    listas = [LISTA, RESTRICCIONES, INSTALADOR]
    listas += [LISTA_DEL_BANCO] if con_banco else []
    instalado = sorted(
        hallado.name
        for patron in ("lib/python*/site-packages", "Lib/site-packages")
        for sitio in venv.glob(patron)
        for hallado in sitio.glob("*.dist-info")
    )
    return {
        "python": datos["version"],
        "lista": _huella(
            *(Path(raiz, n).read_text(encoding="utf-8") for n in listas)
        ),
        "instalado": _huella(*instalado),
        "banco": con_banco,
    }


def comprueba_el_lugar(raiz):
    """Que en esa carpeta se pueda hacer un entorno.

    Raises:
        NoSePuede: la ruta es demasiado larga o tiene un signo imposible.
    """
    ruta = str(raiz)
    if os.name == "nt" and len(ruta) > LARGO_EN_WINDOWS:
        raise NoSePuede(
            f"La carpeta del curso está en una ruta de {len(ruta)} letras, y "
            f"Windows solo deja sitio para {LARGO_EN_WINDOWS}: muévela a una "
            "más corta, como C:\\curso-pytorch, y repite."
        )
    if os.pathsep in ruta:
        raise NoSePuede(
            f"La ruta del curso, {ruta}, lleva «{os.pathsep}», que Python "
            "usa para separar carpetas: cámbiale el nombre y repite."
        )


def prepara(raiz, pedido=None, con_banco=False):
    """Deja `.venv` con lo que pide el curso; al día, vuelve enseguida.

    Args:
        raiz: `Path` del curso.
        pedido: el intérprete que nombró la persona, o None.
        con_banco: instala además los rivales de `make bench`.

    Returns:
        Path: el intérprete del entorno.

    Raises:
        NoSePuede: con la frase que dice qué hacer. No se borró nada ajeno.
    """
    venv = Path(raiz, ".venv")
    comprueba_el_lugar(raiz)
    if os.path.lexists(str(venv)) and not venv.is_dir():
        raise NoSePuede(
            f"{venv} no es una carpeta: cámbiale el nombre y repite."
        )
    elegido = interprete.elige(pedido) if pedido else None
    marca = _lee_marca(venv)
    datos = interprete.pregunta([str(python_de(venv))])
    motivo = _por_que_no_sirve(datos, elegido)
    if motivo:
        lleno = venv.is_dir() and any(venv.iterdir())
        if lleno and (venv.is_symlink() or marca is None):
            que = (
                "es un enlace" if venv.is_symlink() else "no la hizo el curso"
            )
            raise NoSePuede(
                f"La carpeta .venv {que} y no sirve: {motivo} Para no "
                "borrarte nada, no la toco. Cámbiale el nombre, por ejemplo "
                "a .venv-otro, y repite."
            )
        _crea(venv, elegido or interprete.elige())
        datos = interprete.pregunta([str(python_de(venv))])
        if datos is None:
            raise NoSePuede(
                f"El entorno recién hecho en {venv} no arranca: revisa que "
                "haya sitio y permiso en esa carpeta, y repite."
            )
        marca = {}
    if marca is None:
        _usa_el_ajeno(raiz, venv, con_banco)
        return python_de(venv)
    con_banco = con_banco or bool(marca.get("banco"))
    if marca != contenido(raiz, venv, datos, con_banco):
        if venv.is_symlink() and marca:
            raise NoSePuede(
                "La carpeta .venv es un enlace a la de otro curso y no está "
                "al día: para no cambiarla, no la toco. Ejecuta make en ese "
                "otro curso, o quita el enlace, y repite."
            )
        listas = [LISTA] + ([LISTA_DEL_BANCO] if con_banco else [])
        instala(raiz, python_de(venv), listas, RESTRICCIONES)
        _escribe_marca(venv, contenido(raiz, venv, datos, con_banco))
    return python_de(venv)


def _por_que_no_sirve(datos, elegido):
    """La frase de por qué no sirve el entorno que hay; "" si sirve."""
    if datos is None:
        return "no tiene un Python que arranque."
    mal = interprete.problema(datos)
    if not mal and elegido:
        otro = interprete.pregunta(elegido)
        if datos["version"][:2] != otro["version"][:2]:
            return (
                f"es de Python {interprete.numero(datos)} y pides "
                f"{interprete.numero(otro)}."
            )
    return mal


def _crea(venv, orden):
    """Un entorno nuevo, en lugar del nuestro si lo había."""
    if venv.is_dir() and not venv.is_symlink() and any(venv.iterdir()):
        # Primero se aparta: o se va entero, o se queda como estaba.
        aparte = tempfile.mkdtemp(prefix=".venv-viejo-", dir=str(venv.parent))
        try:
            venv.replace(Path(aparte, "venv"))
        except OSError:
            os.rmdir(aparte)
            raise NoSePuede(
                f"No puedo rehacer {venv}: algún programa la usa. Cierra "
                "JupyterLab y las terminales que la tengan activa, y repite."
            ) from None
        shutil.rmtree(aparte, ignore_errors=True)
    venv.mkdir(exist_ok=True)
    _escribe_marca(venv, {})
    print("Hago el entorno .venv (una sola vez)…", flush=True)
    # El módulo venv no acepta un enlace; a donde lleva, sí.
    hecho = subprocess.run(
        [*orden, "-m", "venv", str(venv.resolve())],
        env=interprete.limpio(os.environ),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    if hecho.returncode:
        dicho = hecho.stdout.decode("utf-8", "replace").strip()
        raise NoSePuede(
            f"{dicho}\n\nPython no pudo hacer el entorno en {venv}: "
            + causa(dicho)
        )


def _usa_el_ajeno(raiz, venv, con_banco):
    """Completa un entorno que no es nuestro, sin cambiar lo que tiene."""
    listas = [LISTA] + ([LISTA_DEL_BANCO] if con_banco else [])
    python, faltan, otras = str(python_de(venv)), [], []
    for lista in listas:
        dicho = subprocess.run(
            [python, "-c", COMPARA, str(Path(raiz, lista))],
            env=interprete.limpio(os.environ),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ).stdout
        if not dicho:
            raise NoSePuede(
                "La carpeta .venv no la hizo el curso y no tiene pip: "
                "cámbiale el nombre, por ejemplo a .venv-otro, y repite."
            )
        nuevas = json.loads(dicho.decode("utf-8"))
        faltan, otras = faltan + nuevas[0], otras + nuevas[1]
    if otras or (faltan and venv.is_symlink()):
        que = f"tiene {otras[0]}" if otras else f"le falta {faltan[0]}"
        raise NoSePuede(
            f"La carpeta .venv no la hizo el curso y {que}: para no "
            "cambiarte nada, no la toco. Cámbiale el nombre, por ejemplo a "
            ".venv-otro, y repite."
        )
    if faltan:
        instala(raiz, python_de(venv), listas)
