"""Comprobar sin dejar rastro: el azar y los modos quedan como estaban."""

import io
import random
import sys
import warnings
from contextlib import contextmanager, redirect_stderr, redirect_stdout

import numpy as np
import torch


def _guarda_azar():
    """Los estados del azar, y la función que los repone."""
    de_python, de_numpy = random.getstate(), np.random.get_state()
    de_cpu = torch.get_rng_state()
    de_cuda = de_mps = None
    if torch.cuda.is_initialized():
        de_cuda = torch.cuda.get_rng_state_all()
    if torch.backends.mps.is_available():
        de_mps = torch.mps.get_rng_state()

    def repone():
        random.setstate(de_python)
        np.random.set_state(de_numpy)
        torch.set_rng_state(de_cpu)
        if de_cuda is not None:
            torch.cuda.set_rng_state_all(de_cuda)
        elif torch.cuda.is_available():
            # Sin estrenar, una GPU espera la última semilla que se fijó.
            torch.cuda.manual_seed_all(torch.initial_seed())
        if de_mps is not None:
            torch.mps.set_rng_state(de_mps)

    return repone


@contextmanager
def sin_rastro(semilla=0):
    """Aísla lo que se ejecuta dentro.

    Al salir, el azar de Python, NumPy y PyTorch, el tipo por omisión y el
    seguimiento de gradientes son los de antes; dentro no se imprime nada ni
    salen avisos, y el azar empieza siempre igual.

    Args:
        semilla: la de Python, NumPy y la CPU mientras dure.
    """
    repone_azar, tipo = _guarda_azar(), torch.get_default_dtype()
    mudo = io.StringIO()
    # Un aviso, aunque calle, se apunta entre los nombres de quien lo causa.
    nombres, apunte = vars(sys.modules["__main__"]), "__warningregistry__"
    habia = apunte in nombres
    try:
        with (
            warnings.catch_warnings(),
            redirect_stdout(mudo),
            redirect_stderr(mudo),
            torch.enable_grad(),
        ):
            warnings.simplefilter("ignore")
            random.seed(semilla)
            np.random.seed(semilla)
            torch.default_generator.manual_seed(semilla)
            yield
    finally:
        torch.set_default_dtype(tipo)
        repone_azar()
        if not habia:
            nombres.pop(apunte, None)
