"""Comparar y mostrar valores sin desplegar los que son enormes."""

import reprlib
from math import prod
from textwrap import shorten

import numpy as np
import torch

MUCHOS = 100_000  # números que se llegan a leer de una respuesta
_CORTO = reprlib.Repr()
_CORTO.maxlist = _CORTO.maxtuple = _CORTO.maxset = 12
_CORTO.maxdict, _CORTO.maxstring, _CORTO.maxother = 6, 66, 120


def cuantos(valor):
    """Cuántos números tiene algo, sin construir nada.

    Args:
        valor: tensor, arreglo, rango, número o listas de ellos.
    """
    total = 1
    while isinstance(valor, (list, tuple, range)):
        total *= len(valor)
        if not total or total > MUCHOS:
            return total
        valor = valor[0]
    return total * prod(getattr(valor, "shape", ()))


def forma(tensor):
    """La forma como se escribe en el curso: (3, 4)."""
    return tuple(tensor.shape)


def como_tensor(valor):
    """En `float64` (o complejo) y en la CPU.

    Raises:
        ValueError: tiene demasiados números para una respuesta.
        TypeError, ValueError, RuntimeError, OverflowError: no son números.
    """
    if cuantos(valor) > MUCHOS:
        raise ValueError("demasiados números")
    tensor = torch.as_tensor(valor).detach().cpu()
    if tensor.is_sparse or tensor.layout != torch.strided:
        tensor = tensor.to_dense()
    return tensor.to(torch.cdouble if tensor.is_complex() else torch.double)


_NO_SON_NUMEROS = (TypeError, ValueError, RuntimeError, OverflowError)


def igual(obtenido, esperado, tol=1e-4):
    """Misma forma y mismos números; el tipo y el dispositivo no cuentan.

    A un número suelto le vale también un tensor de un solo número.

    Args:
        obtenido, esperado: tensores, arreglos, listas o números.
        tol: diferencia admitida, absoluta más relativa.

    Returns:
        bool: False también si algo no se puede leer como tensor.
    """
    try:
        a, b = como_tensor(obtenido), como_tensor(esperado)
    except _NO_SON_NUMEROS:  # texto, filas desiguales, sin datos…
        return False
    if b.ndim == 0 and a.numel() == 1:
        a = a.reshape(())
    if a.shape != b.shape or a.is_complex() != b.is_complex():
        return False
    return torch.allclose(a, b, rtol=tol, atol=tol)


def muestra(valor):
    """Un valor en una línea corta; de lo enorme, solo la forma."""
    if isinstance(valor, (torch.Tensor, np.ndarray)):
        if cuantos(valor) > 1000:
            tipo = type(valor).__name__
            return f"algo de tipo {tipo} y forma {forma(valor)}"
        try:
            valor = torch.as_tensor(valor).detach().cpu()
            if valor.is_floating_point():
                valor = valor.double().round(decimals=4)
            valor = valor.tolist()
        except _NO_SON_NUMEROS:
            pass  # no son números: se muestra como lo muestra Python
    elif isinstance(valor, float):
        valor = round(valor, 4)
    return shorten(_CORTO.repr(valor), 70, placeholder=" …")
