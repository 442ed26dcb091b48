"""Seguir desde un *checkpoint*, después de mirar si lo es.

Puede estar a medias, ser de otro entrenamiento o haberlo escrito cualquiera:
se abre sin ejecutar nada, y o encaja del todo o se dice por qué no.
"""

import io

import torch

from helpers.errores import CheckpointAjeno


class _NoEncaja(Exception):
    """Se abre, pero no se puede seguir con él."""


def _numeros(estado):
    """Los tensores y números que hay dentro, a cualquier profundidad."""
    if isinstance(estado, dict):
        estado = [*estado.values()]
    if isinstance(estado, list | tuple):
        for parte in estado:
            yield from _numeros(parte)
    elif isinstance(estado, torch.Tensor | float):
        yield estado


def _pone(guardado, piezas, pasos):
    """Deja cada pieza como se guardó.

    Returns:
        int: el paso.

    Raises:
        Exception: la que sea, si algo no encaja.
    """
    paso = guardado["paso"]
    if type(paso) is not int or not 0 <= paso <= pasos:
        raise _NoEncaja(f"su paso es {paso!r:.20} y hay {pasos}")
    for numero in _numeros({k: guardado[k] for k in piezas}):
        if not torch.as_tensor(numero).isfinite().all():
            raise _NoEncaja("trae números que no son finitos")
    for nombre, lista in piezas.items():
        for pieza, estado in zip(lista, guardado[nombre], strict=True):
            pieza.load_state_dict(estado)
    for optimizador in piezas["optimizadores"]:
        for p, estado in optimizador.state.items():
            for t in estado.values():
                if torch.is_tensor(t) and t.dim() and t.shape != p.shape:
                    raise _NoEncaja("sus optimizadores son de otro modelo")
    for planificador in piezas["planificadores"]:
        if planificador.last_epoch != paso:
            raise _NoEncaja("su planificador va por otro paso")
    return paso


def reanuda(ruta, huella, piezas, pasos, dispositivo):
    """Deja un entrenamiento como estaba al guardar `ruta`.

    Args:
        ruta: el *checkpoint*.
        huella: lo que tiene que coincidir para poder seguir con él.
        piezas: nombre → objetos con `load_state_dict`.
        pasos: cuántos tiene el entrenamiento entero.
        dispositivo: torch.device de las piezas.

    Returns:
        int: el paso en que iba.

    Raises:
        CheckpointAjeno: no es un checkpoint, o es de otro entrenamiento.
        OSError: no se puede leer.
    """
    remedio = "Bórralo, o elige otra carpeta con --salida."
    contenido = io.BytesIO(ruta.read_bytes())
    try:
        guardado = torch.load(
            contenido, weights_only=True, map_location=dispositivo
        )
        suya = dict(guardado)["huella"]
        cambia = [k for k in huella if suya[k] != huella[k]]
        paso = None if cambia else _pone(guardado, piezas, pasos)
    except Exception as error:  # un archivo roto falla de mil maneras
        motivo = f": {error}" if isinstance(error, _NoEncaja) else ""
        if "GLOBAL" in str(error):
            motivo = ": pide ejecutar código al abrirse"
        raise CheckpointAjeno(
            f"{ruta} está roto o no es un checkpoint de este programa"
            f"{motivo}. {remedio}"
        ) from error
    if cambia:
        raise CheckpointAjeno(
            f"{ruta.name} es de otro entrenamiento: cambia «{cambia[0]}». "
            f"{remedio}"
        )
    return paso
