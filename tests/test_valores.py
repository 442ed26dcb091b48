"""Comparar y mostrar valores, también los enormes, sin desplegarlos."""

import time

import numpy as np
import pytest
import torch

from ejercicios.valores import cuantos, forma, igual, muestra

ENORME = torch.zeros(1).expand(3 * 10**8)
ENORMES = {
    "tensor": ENORME,
    "arreglo": np.broadcast_to(np.zeros(1), (3 * 10**4, 10**5)),
    "rango": range(10**12),
    "lista": [0] * 10**6,
    "listas de listas": [[[0] * 999] * 999] * 999,
    "lista de tensores": [ENORME] * 3,
}


@pytest.mark.parametrize("cual", ENORMES)
def test_lo_enorme_no_se_despliega(cual):
    inicio = time.process_time()
    valor = ENORMES[cual]
    assert not igual(valor, [1.0, 2.0])
    assert not igual(valor, 0.0)
    assert len(muestra(valor)) <= 70
    assert time.process_time() - inicio < 1


def test_cuantos_numeros_tiene():
    assert cuantos(ENORME) == 3 * 10**8
    assert cuantos([[1, 2], [3, 4], [5, 6]]) == 6
    assert cuantos([torch.ones(2, 3)] * 4) == 24
    assert cuantos([]) == 0
    assert cuantos(7) == cuantos("hola") == cuantos({"a": 1}) == 1


@pytest.mark.parametrize(
    ("a", "b", "vale"),
    [
        ([1, 2], torch.tensor([1.0, 2.0]), True),
        (np.array([1, 2]), (1, 2), True),
        (torch.tensor([3.0]), 3, True),
        (torch.tensor([[1.0, 2.0]]), [1, 2], False),
        ([1, 2.01], [1, 2], False),
        ([1e-5, 20_001], [0, 20_000], True),  # lo mismo, al redondear
        (1e-3, 0, False),
        (float("nan"), 1, False),
        ("uno", 1, False),
        (None, 0, False),
        ([[1], [2, 3]], [1, 2], False),
        (torch.tensor(1j), 1, False),
        (torch.empty(2, device="meta"), [0, 0], False),
        (torch.eye(2).to_sparse(), torch.eye(2), True),
        (10**400, 1, False),
    ],
)
def test_igual(a, b, vale):
    assert igual(a, b) is vale


def test_muestra_corto_y_redondeado():
    assert muestra(torch.tensor([1 / 3, 2.0])) == "[0.3333, 2.0]"
    assert muestra(torch.tensor([1, 2])) == "[1, 2]", "sin decimales de más"
    assert muestra(1 / 3) == "0.3333"
    assert muestra("no sé") == "'no sé'"
    assert "forma (300000000,)" in muestra(ENORME)
    assert muestra(np.array(["a"])) == "array(['a'], dtype='<U1')"


def test_la_forma_como_se_escribe_en_el_curso():
    assert forma(torch.ones(3, 4)) == (3, 4)
