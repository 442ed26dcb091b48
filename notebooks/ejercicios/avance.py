"""El progreso, que se queda de un kernel a otro.

Es un archivo de texto junto al curso, `.progreso.txt`, con una línea por
cada mejora: `1.3a correcto`. Solo se le agrega: dos kernels a la vez no se
pisan, y una línea que no se entiende se deja como está y no estorba.

La variable `CURSO_PROGRESO` da la ruta de otro archivo; vacía, no se lee ni
se escribe ninguno.
"""

import os
import re
from pathlib import Path

PENDIENTE, CASI, CORRECTO = "pendiente", "todavía no", "correcto"
ESTADOS = (PENDIENTE, CASI, CORRECTO)  # de peor a mejor
_AQUI = Path(__file__).resolve().parents[2] / ".progreso.txt"
_LINEA = re.compile(rf"(\d+\.\w+) ({CASI}|{CORRECTO})")
_TOPE = 2**20  # bytes: un archivo mayor no es el nuestro

_visto = {}  # lo comprobado en este kernel


def _casa():
    return Path.home() / ".curso_pytorch" / "progreso.txt"


def _rutas():
    """Dónde puede estar: junto al curso y, si no se puede, en la casa."""
    otra = os.environ.get("CURSO_PROGRESO")
    if otra is not None:
        return [Path(otra)] if otra else []
    try:
        return [_AQUI, _casa()]
    except RuntimeError:  # quien lo usa no tiene carpeta propia
        return [_AQUI]


def _es_de_otro(ruta):
    """En un curso compartido, el progreso es de quien lo empezó."""
    return hasattr(os, "getuid") and ruta.stat().st_uid != os.getuid()


def _lee(ruta):
    """(estados, líneas que no se entienden) de un archivo."""
    estados, raras = {}, 0
    try:
        if _es_de_otro(ruta) or ruta.stat().st_size > _TOPE:
            return {}, int(not _es_de_otro(ruta))
        texto = ruta.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return {}, 0
    except OSError:
        return {}, 1
    for linea in filter(None, map(str.strip, texto.splitlines())):
        partes = _LINEA.fullmatch(linea)
        if partes is None:
            raras += 1
        else:
            sube(estados, *partes.groups())
    return estados, raras


def sube(estados, numero, estado):
    """Anota el estado si es mejor que el que había; dice si lo era."""
    mejor = ESTADOS.index(estado)
    if mejor <= ESTADOS.index(estados.get(numero, PENDIENTE)):
        return False
    estados[numero] = estado
    return True


def _agrega(ruta, linea):
    """Una línea más, entera aunque la anterior quedara a medias."""
    ruta.parent.mkdir(parents=True, exist_ok=True)
    if ruta.exists() and _es_de_otro(ruta):
        raise PermissionError(ruta)
    with ruta.open("ab+") as archivo:
        if archivo.tell():
            archivo.seek(-1, os.SEEK_END)
            if archivo.read(1) != b"\n":
                linea = "\n" + linea
        archivo.write(f"{linea}\n".encode())


def anota(numero, estado):
    """Guarda un estado, si es mejor que el guardado."""
    _visto.setdefault(numero, PENDIENTE)
    sube(_visto, numero, estado)
    guardado, _ = lo_guardado()
    if estado == PENDIENTE or not sube(guardado, numero, estado):
        return
    for ruta in _rutas():
        try:
            _agrega(ruta, f"{numero} {estado}")
            return
        except OSError:
            continue


def lo_guardado():
    """(estados, avisos) de todos los archivos que hay.

    Returns:
        tuple: {número: estado} y una frase por cada cosa que decir.
    """
    juntos, avisos = {}, []
    for ruta in _rutas():
        estados, raras = _lee(ruta)
        for numero, estado in estados.items():
            sube(juntos, numero, estado)
        if raras:
            avisos.append(
                f"Parte de {ruta.name} no se entiende; lo demás vale. Si no "
                "lo escribiste tú, bórralo y empezará uno nuevo."
            )
    return juntos, avisos


def _no_se_guarda(guardado):
    """Si algo de este kernel no llegó a ningún archivo."""
    return any(
        ESTADOS.index(estado) > ESTADOS.index(guardado.get(n, PENDIENTE))
        for n, estado in _visto.items()
    )


def de_este_kernel():
    """Los números comprobados aquí, en orden."""
    return list(_visto)


def estados():
    """(estado de cada ejercicio, avisos): lo guardado y lo de este kernel."""
    juntos, avisos = lo_guardado()
    if _rutas() and _no_se_guarda(juntos):
        avisos.append(
            "No se puede escribir junto al curso ni en tu carpeta personal: "
            "el progreso durará lo que este kernel."
        )
    for numero, estado in _visto.items():
        sube(juntos, numero, estado)
    return juntos, avisos
