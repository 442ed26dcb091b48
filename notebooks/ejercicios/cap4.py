"""Los ejercicios del capítulo 4. La receta está en `__init__.py`."""

import json
import os
import sys
from collections import Counter
from contextlib import contextmanager
from functools import wraps
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import torch
from torch import nn

from ejercicios.carpeta import ARCHIVOS, revisa_carpeta
from ejercicios.piezas import (
    Pista,
    compara,
    ejercicio,
    igual,
    llama,
    muestra,
    numero,
    pide,
)
from helpers.clasificador import ModeloClasificacionTexto


@contextmanager
def _carpeta_temporal():
    with TemporaryDirectory(ignore_cleanup_errors=True) as carpeta:
        yield Path(carpeta).resolve()


def _con_freno(funcion, pasos=100_000):
    """La misma función, que se detiene si su bucle no termina."""

    @wraps(funcion)
    def frenada(*args):
        antes, dados = sys.gettrace(), count()

        def paso(*_):
            if next(dados) > pasos:
                raise TimeoutError("el bucle no termina")
            return paso

        sys.settrace(paso)
        try:
            return funcion(*args)
        finally:
            sys.settrace(antes)

    return frenada


@ejercicio("3.9")
def conviene(funcion):
    """Desde cuántas llamadas conviene"""
    pide(callable(funcion), "pasa la función, sin llamarla.")
    antes_del = "si t' ≥ t nunca se recupera: ese caso va antes, con un `if`"
    nunca = {"by zero": antes_del, "no termina": antes_del}
    curas = {"no termina": "n crece en cada vuelta, hasta que C + n·t' < n·t"}
    frenada = _con_freno(funcion)

    def siguiente(x):
        return x // 1 + 1

    # Los números de estos casos son exactos en binario.
    for c, t, nuevo in ((31, 4.0, 1.0), (16, 0.5, 0.25), (1, 8.0, 2.0)):
        caso = f"con C = {c}, t = {t} y t' = {nuevo}"
        salida = llama(frenada, c, t, nuevo, devuelve=False, curas=curas)
        pide(salida is not None, f"{caso} devuelve None: ¿falta `return`?")
        n, exacto = numero(salida), c / (t - nuevo)
        bien = siguiente(exacto)
        empata = (
            f"{caso}, con {exacto:.0f} llamadas se empata: la regla dice n >, "
            "no n ≥."
        )
        pide(n != exacto or not exacto.is_integer(), empata)
        compara(
            n,
            bien,
            {
                f"{caso} sale {exacto:.2f}; no hay llamadas a medias: se pide "
                "un entero.": exacto,
                f"{caso}, con {bien - 1:.0f} llamadas aún se pierde: se "
                "redondea hacia arriba.": bien - 1,
                "falta restar: lo que se ahorra en cada llamada es t - "
                "t'.": siguiente(c / t),
                "falta un paréntesis: C se divide entre toda la "
                "diferencia.": siguiente(c / t - nuevo),
                f"{caso}, {bien:.0f} llamadas ya bastan: se pide el "
                "menor.": bien + 1,
            },
            f"{caso} devuelve {muestra(salida)}"
            + (
                ": el ahorro es t - t', no al revés."
                if n <= 0
                else "; mira si ahí C + n·t' es menor que n·t, y con una "
                "llamada menos ya no."
            ),
        )
    for t, nuevo in ((1.0, 2.0), (2.0, 2.0)):
        salida = llama(frenada, 10, t, nuevo, devuelve=False, curas=nunca)
        pide(
            salida is None,
            f"con t = {t} y t' = {nuevo} nunca conviene: se pide `None` y "
            f"devuelve {muestra(salida)}.",
        )
    return "Antes de compilar, mide C, t y t'; después, cuenta llamadas."


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


def _otros(ruta):
    """Los demás archivos de su carpeta."""
    nombres = sorted(p.name for p in ruta.parent.iterdir() if p != ruta)
    return ", ".join(f"`{nombre}`" for nombre in nombres)


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


@ejercicio("3.10")
def guarda_json(funcion):
    """Un JSON que nunca queda a medias"""
    with _carpeta_temporal() as carpeta:
        ruta = carpeta / "datos" / "estado.json"
        ruta.parent.mkdir()
        _pide_que_guarde(funcion, ruta, carpeta / "el-mismo")
        _pide_que_aguante(funcion, ruta)
    return "O está el anterior, o está el nuevo; nunca medio."


def _pide_que_guarde(funcion, ruta, enlace):
    viejo, nuevo = {"epoca": 1}, {"epoca": 2, "clases": ["río", "año"]}
    ruta.write_text(json.dumps(viejo), encoding="utf-8")
    enlace.hardlink_to(ruta)  # si se escribe sobre él, cambia también aquí
    with _anota_cambios() as cambios:
        llama(funcion, nuevo, ruta, devuelve=False, curas=_DEL_ARCHIVO)
    otros = _otros(ruta)
    pide(
        ruta.exists(),
        "al terminar, `ruta` no existe: ¿el cambio de nombre va al revés?",
    )
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
    pide(
        not calla,
        f"{si_falla}calla: quien llamó creería que guardó. Deja salir el "
        "error.",
    )
    otros = _otros(ruta)
    pide(
        not otros,
        f"{si_falla}queda {otros}. ¿Y si el texto se prepara antes de crear "
        "el archivo?",
    )


@ejercicio("3.11")
def falta_en(funcion):
    """Qué falta en la carpeta"""
    con_datos = b"\x08\xff\x00"  # como los pesos, no es texto
    curas = {
        "codec can't decode": "los pesos no son texto: si está vacío lo dice "
        "su tamaño, `.stat().st_size`",
        "No such file": "un archivo que falta no se puede abrir ni medir: "
        "pregunta antes si existe",
        "unsupported operand": "`carpeta` es un `Path` y cada nombre, un "
        "texto: `carpeta / nombre`",
    }
    casos = (  # lo que hay en la carpeta
        ({"model.safetensors": con_datos}, "con solo `model.safetensors`"),
        (dict.fromkeys((*ARCHIVOS, "notas.txt"), con_datos), "con los cuatro"),
        (
            dict.fromkeys(ARCHIVOS, con_datos) | {"README.md": b""},
            "con `README.md` vacío",
        ),
        ({}, "en una carpeta vacía"),
    )
    for archivos, cuando in casos:
        with _carpeta_temporal() as carpeta:
            for nombre, datos in archivos.items():
                (carpeta / nombre).write_bytes(datos)
            salida = llama(funcion, carpeta, curas=curas)
        _pide_nombres(salida, archivos, cuando)
    return "Cuatro archivos, y ninguno vacío: ya se puede publicar."


def _pide_nombres(salida, archivos, cuando):
    bien = {nombre for nombre in ARCHIVOS if not archivos.get(nombre)}
    pide(
        not isinstance(salida, (bool, int)),
        f"devuelve {salida}; se pide la lista de los nombres que faltan.",
    )
    pide(
        not isinstance(salida, str),
        "devuelve un solo texto, no una lista: ¿un `return` dentro del bucle?",
    )
    try:
        salida = list(salida)
    except TypeError:
        raise Pista("se pide la lista de los nombres que faltan.") from None
    pide(
        all(isinstance(nombre, str) for nombre in salida),
        "en la lista van los nombres, como textos; no rutas ni otra cosa.",
    )
    salieron = set(salida)
    raros = sorted(salieron - set(ARCHIVOS))
    pide(
        not raros,
        f"nombra {muestra(raros)}, y no es de los cuatro: mira la tabla.",
    )
    pide(len(salida) == len(salieron), "hay nombres repetidos.")
    if salieron == bien:
        return
    dice = f"{cuando} devuelve {sorted(salieron)}"
    pide(
        salieron != set(ARCHIVOS) - bien,
        f"{dice}: esos son los que están; se piden los que faltan.",
    )
    pide(
        archivos.get("README.md") != b"",
        f"{dice}: que exista no basta; mira su tamaño, como el de "
        "`pesos.pt` en 3.10.",
    )
    pide(
        not salieron or not salieron < bien,
        f"{dice}, y no son todos: ¿el bucle llega al final, con los cuatro "
        "nombres?",
    )
    raise Pista(
        f"{dice}: ¿miras en la carpeta que recibe, `carpeta / nombre`?"
    )


class _Intruso:
    """Al abrir su pickle pediría crear una carpeta."""

    def __init__(self, marca):
        self.marca = str(marca)

    def __reduce__(self):
        return os.mkdir, (self.marca,)


def _archivos_de_pesos(carpeta, pesos):
    """Tres archivos: uno bueno, uno «de una GPU» y uno con un intruso."""
    bueno, gpu, malo = (
        carpeta / f"{nombre}.pt" for nombre in ("bueno", "gpu", "malo")
    )
    torch.save(pesos, bueno)
    with patch("torch.serialization.location_tag", return_value="cuda:0"):
        torch.save(pesos, gpu)
    torch.save(pesos | {"extra": _Intruso(carpeta / "marca")}, malo)
    return bueno, gpu, malo


_AL_ABRIR = {
    "Weights only load failed": "así avisa el archivo con un intruso: "
    "atrapa ese error con `try` y devuelve `None`",
    "size mismatch": "las medidas del modelo salen de los tensores del "
    "archivo, no del cuaderno",
    "on a CUDA device": "se guardó en una GPU: `map_location`",
    "must be tuple of ints": "cada medida es un número: de la forma, el eje "
    "que toca",
    "'UnpicklingError' is not defined": "ese error vive en el módulo `pickle`",
}


@ejercicio("3.12")
def abre_seguro(funcion):
    """Abrir sin correr riesgos"""
    modelo = ModeloClasificacionTexto(7, 4, 3).eval()
    modelo.bn.running_mean.normal_()
    pesos = dict(modelo.state_dict())
    lote = torch.tensor([1, 2, 3, 6]), torch.tensor([0, 2])
    with _carpeta_temporal() as carpeta:
        bueno, gpu, malo = _archivos_de_pesos(carpeta, pesos)
        try:
            abierto = llama(funcion, malo, devuelve=False, curas=_AL_ABRIR)
        finally:
            pide(
                not (carpeta / "marca").exists(),
                "el archivo con un intruso se ejecutó: el nuestro creó una "
                "carpeta, otro borraría la tuya. Lee con "
                "`weights_only=True`.",
            )
        pide(
            abierto is None,
            "el archivo con un intruso no se abre, y ahí se pide `None`; "
            f"devuelve algo de tipo {type(abierto).__name__}.",
        )
        abierto = llama(funcion, bueno, devuelve=False, curas=_AL_ABRIR)
        _pide_modelo(abierto, modelo, lote)
        abierto = llama(funcion, gpu, devuelve=False, curas=_AL_ABRIR)
        pide(
            abierto is not None
            and all(p.device.type == "cpu" for p in abierto.parameters()),
            "un archivo guardado en una GPU no llega a la CPU: falta "
            "`map_location`.",
        )
    return "Leer, medir, construir, copiar, `eval()`; y a un intruso, no."


def _pide_modelo(abierto, modelo, lote):
    pide(
        abierto is not None,
        "con un archivo bueno, de otras medidas, devuelve None: ¿falta "
        "`return`, o un `except` esconde otro error?",
    )
    pide(
        not isinstance(abierto, dict),
        "son los pesos: falta construir con ellos un modelo.",
    )
    pide(
        not hasattr(abierto, "missing_keys"),
        "`load_state_dict` devuelve un informe; se pide el modelo.",
    )
    pide(
        isinstance(abierto, nn.Module),
        f"es de tipo {type(abierto).__name__} y se pide el modelo"
        + (": faltan unos paréntesis." if callable(abierto) else "."),
    )
    pide(
        [p.shape for p in abierto.state_dict().values()]
        == [p.shape for p in modelo.state_dict().values()],
        "el modelo no tiene las medidas del archivo: salen de sus tensores.",
    )
    pide(
        all(map(igual, abierto.parameters(), modelo.parameters())),
        "los números no son los del archivo: falta `load_state_dict`.",
    )
    pide(
        not any(m.training for m in abierto.modules()),
        "el modelo está en modo de entrenamiento: falta `eval()`.",
    )
    with torch.no_grad():
        compara(
            llama(abierto, *lote),
            modelo(*lote),
            pista="el modelo tiene los pesos del archivo y predice otra "
            "cosa: ¿se copió también lo de BatchNorm?",
        )


@ejercicio("4.1")
def reparte(funcion):
    """Repartir las filas"""
    curas = {
        "by zero": "los procesos se cuentan desde 0: el divisor es `procesos`",
        "interpreted as an integer": "`/` da decimales; la división entera es "
        "`//`",
    }
    for n, procesos in ((10, 4), (12, 4), (5, 4), (7, 3)):
        partes = []
        for proceso in range(procesos):
            salida = llama(funcion, n, proceso, procesos, curas=curas)
            try:
                partes.append([int(i) for i in salida])
            except (TypeError, ValueError):
                raise Pista(
                    "se piden los índices de las filas y devuelve "
                    f"{muestra(salida)}."
                ) from None
        _pide_reparto(partes, n, procesos)
    return "Nadie espera a quien no llega, y ninguna fila se queda fuera."


def _pide_reparto(partes, n, procesos):
    caso = f"con {n} filas y {procesos} procesos "
    cada_uno = -(-n // procesos)
    cuentas = [len(parte) for parte in partes]
    veces = Counter(i for parte in partes for i in parte)
    ajenas = sorted(set(veces) - set(range(n)))
    pide(
        not ajenas,
        f"{caso}salen índices que no existen, {muestra(ajenas)}: tras la "
        f"{n - 1} se vuelve a la 0.",
    )
    pide(
        set(cuentas) != {n} or procesos == 1,
        f"{caso}cada uno se lleva las {n}: no se reparte nada.",
    )
    pide(
        procesos == 1 or partes.count(partes[0]) < procesos,
        f"{caso}todos reciben las mismas filas: la parte depende de "
        "`proceso`.",
    )
    pide(
        len(set(cuentas)) == 1,
        f"{caso}tocan {cuentas}: en cada paso DDP espera a todos, y quien "
        "tiene más se queda esperando. Completa hasta que tengan las mismas.",
    )
    faltan = sorted(set(range(n)) - set(veces))
    pide(
        not faltan,
        f"{caso}nadie toma las filas {muestra(faltan)}.",
    )
    pide(
        cuentas[0] == cada_uno,
        f"{caso}tocan {cuentas[0]} a cada uno y bastan {cada_uno}: se repite "
        "lo justo.",
    )
    repetidas = sorted((veces - Counter(range(n))).elements())
    justas = list(range(cada_uno * procesos - n))
    pide(
        repetidas == justas,
        f"{caso}se repiten {repetidas} y se pedía {justas}: se completa "
        "desde la 0, de una en una.",
    )


@ejercicio("4.2")
def publica(respuesta):
    """Reto: tu carpeta, lista"""
    return revisa_carpeta(respuesta)
