"""Llamar a lo que escribió el estudiante y decir dónde tropezó."""

import inspect
import linecache
from collections.abc import Mapping
from textwrap import shorten

import numpy as np
import torch
from torch import nn

from ejercicios import rastro
from ejercicios.curas import explica
from ejercicios.limite import SinTiempo, basta
from ejercicios.registro import Pista

_NOMBRES = {"list": "la lista", "dict": "el diccionario", "set": "el conjunto"}
TARDA = "no acaba a tiempo: ¿hay un bucle sin final o una espera?"


def pide(condicion, pista):
    """Sigue si se cumple; si no, la pista."""
    if not condicion:
        raise Pista(pista)


def _sitio(error, modulo):
    """El último marco del estudiante en un error, y su línea.

    Args:
        error: la excepción, con su traza.
        modulo: el nombre del módulo del estudiante; `__main__` en un kernel.

    Returns:
        tuple: (marco, número de línea), o (None, None).
    """
    marco = linea = None
    traza = error.__traceback__
    while traza is not None:
        if traza.tb_frame.f_globals.get("__name__") == modulo:
            marco, linea = traza.tb_frame, traza.tb_lineno
        traza = traza.tb_next
    return marco, linea


def _donde(marco, linea):
    """La línea del estudiante, como renglón que sigue a la pista."""
    if marco is None:
        return ""
    texto = linecache.getline(marco.f_code.co_filename, linea).strip()
    if not texto:
        return f"\n  En tu línea {linea}."
    return f"\n  En tu línea {linea}: {shorten(texto, 66, placeholder=' …')}"


def _copia(valor):
    """Copia de lo que no debe cambiar; None si no se vigila."""
    if isinstance(valor, torch.Tensor):
        if valor.is_meta:
            return None
        return valor.detach().clone(), valor.requires_grad
    if isinstance(valor, np.ndarray):
        return valor.copy()
    if type(valor) in (list, tuple):
        # Los parámetros de un modelo sí se mueven.
        return [
            None if isinstance(v, nn.Parameter) else _copia(v) for v in valor
        ]
    if type(valor) is dict:
        return {clave: _copia(v) for clave, v in valor.items()}
    if type(valor) in (set, frozenset):
        return set(valor)
    return valor if isinstance(valor, (int, float, str)) else None


def _cambio(valor, copia):
    """Si un argumento ya no es como su copia."""
    if copia is None:
        return False
    if isinstance(valor, torch.Tensor):
        datos, pedia = copia
        return (
            valor.shape != datos.shape
            or valor.dtype != datos.dtype
            or valor.requires_grad != pedia
            or not torch.allclose(valor, datos, 0, 0, equal_nan=True)
        )
    if isinstance(valor, np.ndarray):
        con_nan = valor.dtype.kind in "fc"
        return not np.array_equal(valor, copia, equal_nan=con_nan)
    if isinstance(valor, (list, tuple)):
        return len(valor) != len(copia) or any(map(_cambio, valor, copia))
    if isinstance(valor, Mapping):
        return list(valor) != list(copia) or any(
            _cambio(v, copia[clave]) for clave, v in valor.items()
        )
    return valor != copia


def _pide_que_no_cambien(nombre, argumentos, copias):
    for arg, copia in zip(argumentos, copias, strict=True):
        if not _cambio(arg, copia):
            continue
        if isinstance(arg, (torch.Tensor, np.ndarray)):
            raise Pista(
                f"`{nombre}` cambia un tensor que recibe: `x -= y` escribe en "
                "`x`; `x - y` crea otro."
            )
        tipo = type(arg).__name__
        raise Pista(
            f"`{nombre}` cambia {_NOMBRES.get(tipo, 'lo')} que recibe: "
            f"trabaja con una copia, `{tipo}(x)`."
        )


def llama(funcion, *args, devuelve=True, curas=None, **nombrados):
    """Llama a lo que escribió el estudiante.

    Args:
        funcion: función, clase o modelo suyo.
        args, nombrados: los tensores, arreglos, listas, diccionarios y
            conjuntos que estén aquí no deben cambiar.
        devuelve: si se espera un resultado.
        curas: las de este ejercicio, como en `explica`.

    Raises:
        Pista: no es una función, lanzó una excepción, no acabó, cambió lo
            que recibe o un modo del kernel, o le falta el `return`.
    """
    nombre = getattr(funcion, "__name__", type(funcion).__name__)
    pide(
        callable(funcion),
        f"es de tipo {nombre}: pasa la función o la clase, sin llamarla.",
    )
    modulo = getattr(funcion, "__module__", "__main__")
    argumentos = [*args, *nombrados.values()]
    copias, antes = list(map(_copia, argumentos)), rastro.foto()
    rastro.DICHO.texto = ""
    try:
        resultado = funcion(*args, **nombrados)
    except KeyboardInterrupt:
        raise
    except SinTiempo as corte:
        basta()
        donde = _donde(*_sitio(corte, modulo))
        raise Pista(f"`{nombre}` {TARDA}{donde}") from None
    except BaseException as error:  # también `SystemExit`
        marco, linea = _sitio(error, modulo)
        texto = explica(error, curas, marco)
        raise Pista(
            f"`{nombre}` lanzó {texto}{_donde(marco, linea)}"
        ) from None
    finally:
        cambios = rastro.repone(antes)
    pide(
        not cambios,
        f"`{nombre}` deja cambiado algo que no es suyo: "
        f"{', '.join(cambios)}. Ya está como antes; quítalo de la función.",
    )
    _pide_que_no_cambien(nombre, argumentos, copias)
    pide(
        not devuelve or resultado is not None,
        f"`{nombre}` no devuelve nada: falta `return`.",
    )
    return resultado


def crea(clase, *args):
    """Un modelo nuevo de la clase del estudiante.

    Raises:
        Pista: no es una clase, no hereda de `nn.Module` o falló `__init__`.
    """
    pide(
        inspect.isclass(clase),
        f"es de tipo {type(clase).__name__}: pasa la clase, sin paréntesis.",
    )
    pide(issubclass(clase, nn.Module), "la clase no hereda de `nn.Module`.")
    modelo = llama(clase, *args)
    pide(
        "_parameters" in vars(modelo),
        "falta `super().__init__()` al empezar `__init__`.",
    )
    return modelo
