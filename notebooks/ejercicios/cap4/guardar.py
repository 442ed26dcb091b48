"""3.10: un JSON que nunca queda a medias."""

import json
import os
import random
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from ejercicios.piezas import ejercicio, llama, muestra, pide

# Vecinos con los nombres que salen al improvisar uno «aparte».
_VECINOS = (
    "estado",
    "estado.tmp",
    "pesos.tmp",
    "notas.tmp",
    "aparte",
    "aparte.json",
    "aparte.tmp",
    "temp",
    "temp.json",
    "temporal",
    "temporal.json",
    "tmp",
    "tmp.json",
)
_DEL_ARCHIVO = {
    "must be str, not": "JSON es texto: abre en modo de texto, o escríbelo "
    "con `write_text`",
    "bytes-like object": 'JSON es texto: abre con "w", no con "wb"',
    "not supported between": "`ruta` es un `Path`",
    "unsupported operand": "`ruta` es un `Path`: para otro nombre, "
    "`ruta.with_name(…)`",
    "can only concatenate": "el nombre, como texto, es `ruta.name`",
    "No such file": "¿`replace` va desde el de aparte, `aparte.replace(ruta)`"
    "?",
}


@contextmanager
def carpeta_temporal():
    """Una carpeta vacía, que al final se borra."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        yield Path(carpeta).resolve()


@contextmanager
def _anota_cambios():
    """Anota cada cambio de nombre: el archivo, lo escrito y si queda viejo."""
    cambios = []

    def espia(cambia):
        def anota(origen, destino, **mas):
            origen, destino = Path(origen).resolve(), Path(destino)
            cambios.append((origen, _lee(origen), destino.exists()))
            return cambia(origen, destino, **mas)

        return anota

    with (
        patch.object(os, "replace", espia(os.replace)),
        patch.object(os, "rename", espia(os.rename)),
    ):
        yield cambios


def _lee(ruta):
    """Lo que hay en un JSON, o `...` si no lo es."""
    try:
        return json.loads(ruta.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ...


def _sobran(ruta):
    """Los nombres de su carpeta que no son suyos ni de los vecinos."""
    nombres = {p.name for p in ruta.parent.iterdir()} - {ruta.name, *_VECINOS}
    return ", ".join(f"`{nombre}`" for nombre in sorted(nombres))


def _pide_vecinos(ruta, antes=""):
    for nombre in _VECINOS:
        vecino = ruta.with_name(nombre)
        pide(
            vecino.is_file() and vecino.read_text() == nombre,
            f"{antes}`{ruta.name}` tiene un vecino, `{nombre}`, que no es "
            "tuyo, y tu función lo usa de archivo aparte y lo pierde: que el "
            "nombre salga del entero, `ruta.name`, más algo.",
        )


@ejercicio("3.10")
def guarda_json(funcion):
    """Un JSON que nunca queda a medias"""
    aparte = {}  # nombre de `ruta` → nombres que se usaron aparte
    with carpeta_temporal() as carpeta:
        sitio = carpeta / "datos"
        sitio.mkdir()
        for nombre in _VECINOS:
            (sitio / nombre).write_text(nombre)
        for nombre in ("estado.json", "pesos.json", "notas.v2.json"):
            ruta = sitio / nombre
            enlace = carpeta / f"el-mismo-{nombre}"
            cambios = _pide_que_guarde(funcion, ruta, enlace)
            aparte[nombre] = {origen.name for origen, *_ in cambios}
            _pide_que_aguante(funcion, ruta)
            ruta.unlink()
    usados = set.intersection(*aparte.values())
    pide(
        not usados,
        f"escribe siempre en `{min(usados, default='')}`, sea cual sea "
        "`ruta`: dos que guarden a la vez se pisarían. Que el nombre salga "
        "de `ruta.name`.",
    )
    return "O está el anterior, o está el nuevo; nunca medio."


def _objeto():
    return {
        "epoca": random.randint(2, 99),
        "clases": random.sample(["río", "año", "Σ", "niño", "«»"], 3),
        "perdida": [round(random.random(), 3), None, True],
    }


def _pide_que_guarde(funcion, ruta, enlace):
    viejo, nuevo = {"epoca": 1}, _objeto()
    ruta.write_text(json.dumps(viejo), encoding="utf-8")
    enlace.hardlink_to(ruta)  # si se escribe sobre él, cambia también aquí
    with _anota_cambios() as cambios:
        llama(funcion, nuevo, ruta, devuelve=False, curas=_DEL_ARCHIVO)
    otros = _sobran(ruta)
    pide(
        ruta.exists(),
        "al terminar, `ruta` no existe: ¿el cambio de nombre va al revés?",
    )
    _pide_vecinos(ruta)
    hay = _lee(ruta)
    pide(
        hay != viejo,
        f"se escribió {otros} y `ruta` quedó como estaba: falta cambiarle el "
        "nombre."
        if otros
        else "al terminar, `ruta` sigue como estaba.",
    )
    pide(
        hay is not ...,
        "en `ruta` queda un archivo de `torch.save`: JSON es texto, y se "
        "escribe como texto."
        if ruta.read_bytes().startswith(b"PK")
        else "lo que queda en `ruta` no es JSON: el texto lo da `json.dumps`.",
    )
    pide(
        hay == nuevo,
        f"se guardó {muestra(nuevo)} y al leer sale {muestra(hay)}.",
    )
    pide(
        _lee(enlace) == viejo,
        "copiar escribe sobre el archivo anterior, y un corte a la mitad lo "
        "arruinaría: no copies, cambia el nombre."
        if otros
        else "escribe sobre el archivo anterior: un corte a la mitad lo "
        "arruinaría. Escribe aparte y cambia el nombre.",
    )
    pide(not otros, f"al terminar sobra {otros}.")
    for origen, escrito, queda_el_viejo in cambios:
        pide(
            escrito == nuevo,
            "al cambiar el nombre, el archivo aún no estaba escrito entero: "
            "ciérralo antes, fuera del `with`.",
        )
        pide(
            ruta.parent in origen.parents,
            "lo de aparte va en la misma carpeta que `ruta`: entre dos discos "
            "no se cambia el nombre, se copia.",
        )
        pide(
            queda_el_viejo,
            "borra el archivo anterior antes de poner el nuevo: un corte ahí "
            "deja sin ninguno. `replace` no pide borrar nada.",
        )
    return cambios


def _pide_que_aguante(funcion, ruta):
    """Lo mismo, con un objeto que falla a la mitad."""
    antes, si_falla = _lee(ruta), "con un objeto que JSON no sabe escribir, "
    try:
        funcion({"epoca": 3, "resto": object()}, ruta)
    except (Exception, SystemExit):
        calla = False
    else:
        calla = True
    pide(_lee(ruta) == antes, f"{si_falla}se pierde el archivo anterior.")
    _pide_vecinos(ruta, si_falla)
    pide(
        not calla,
        f"{si_falla}calla: quien llamó creería que guardó. Deja salir el "
        "error.",
    )
    otros = _sobran(ruta)
    pide(
        not otros,
        f"{si_falla}queda {otros}. ¿Y si el texto se prepara antes de crear "
        "el archivo?",
    )
