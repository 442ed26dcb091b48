"""Semillas y dispositivo: lo que hace que un resultado se repita."""

import random

import numpy as np
import torch

# Así está siempre; pero torch 2.11 (el de Colab), si nadie lo dice, avisa en
# plena celda la primera vez que se crea un tensor disperso.
torch.sparse.check_sparse_tensor_invariants.disable()


def fija_semilla(semilla):
    """Fija la semilla de Python, NumPy y PyTorch (todos los dispositivos).

    Args:
        semilla: entero entre 0 y 2**32 - 1.
    """
    random.seed(semilla)
    np.random.seed(semilla)
    torch.manual_seed(semilla)


def elige_dispositivo():
    """Devuelve el mejor dispositivo que funciona: CUDA, MPS o CPU.

    Que esté no basta: un controlador viejo, una tarjeta que otro ocupa o un
    Mac virtual dicen que está y fallan con el primer tensor. Se prueba.

    Returns:
        torch.device
    """
    for nombre, modulo in (("cuda", torch.cuda), ("mps", torch.backends.mps)):
        if modulo.is_available() and _funciona(nombre):
            return torch.device(nombre)
    return torch.device("cpu")


def _funciona(nombre):
    """Si en ese dispositivo se puede crear un tensor y leerlo."""
    try:
        return torch.ones(1, device=nombre).item() == 1
    except (RuntimeError, NotImplementedError):
        return False
