"""Semillas y dispositivo: lo que hace que un resultado se repita."""

import random

import numpy as np
import torch


def fija_semilla(semilla):
    """Fija la semilla de Python, NumPy y PyTorch (todos los dispositivos).

    Args:
        semilla: entero entre 0 y 2**32 - 1.
    """
    random.seed(semilla)
    np.random.seed(semilla)
    torch.manual_seed(semilla)


def elige_dispositivo():
    """Devuelve el mejor dispositivo: CUDA, si no MPS, si no CPU.

    Returns:
        torch.device
    """
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    return torch.device("cpu")
