"""Semillas que se repiten y un dispositivo que de verdad funciona."""

import random

import numpy as np
import pytest
import torch

from helpers import elige_dispositivo, entorno, fija_semilla


def test_la_semilla_repite_los_tres_azares():
    def azar():
        return random.random(), np.random.rand(), torch.rand(1).item()

    fija_semilla(42)
    primero = azar()
    assert azar() != primero
    fija_semilla(42)
    assert azar() == primero


class Falso:
    """Lo que mira `elige_dispositivo`, con otras tarjetas."""

    device = torch.device

    def __init__(self, hay, funcionan):
        self.funcionan = funcionan
        self.cuda = self._modulo("cuda" in hay)
        self.backends = type("B", (), {"mps": self._modulo("mps" in hay)})

    @staticmethod
    def _modulo(esta):
        return type("M", (), {"is_available": staticmethod(lambda: esta)})

    def ones(self, largo, device):
        if device not in self.funcionan:
            raise RuntimeError(f"{device} backend out of memory")
        return torch.ones(largo)


@pytest.mark.parametrize(
    ("hay", "funcionan", "elige"),
    [
        ([], [], "cpu"),
        (["cuda"], ["cuda"], "cuda"),
        (["mps"], ["mps"], "mps"),
        (["cuda", "mps"], ["cuda", "mps"], "cuda"),
        # Dicen que están y fallan al pedirles memoria.
        (["mps"], [], "cpu"),
        (["cuda"], [], "cpu"),
        (["cuda", "mps"], ["mps"], "mps"),
    ],
)
def test_elige_el_mejor_que_funciona(monkeypatch, hay, funcionan, elige):
    monkeypatch.setattr(entorno, "torch", Falso(hay, funcionan))
    assert elige_dispositivo().type == elige
