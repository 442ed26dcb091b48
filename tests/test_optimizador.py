"""AdagradPorFilas: la fórmula de su docstring, y nada más."""

import copy

import pytest
import torch
from torch import nn

from helpers.optimizador import AdagradPorFilas


def tabla(dispersa=True):
    torch.manual_seed(0)
    return nn.EmbeddingBag(6, 3, sparse=dispersa, mode="sum")


def paso(bolsa, optimizador, ids, pesos):
    optimizador.zero_grad()
    inicio = torch.zeros(1, dtype=torch.int64)
    (bolsa(torch.tensor(ids), inicio) * pesos).sum().backward()
    optimizador.step()


def test_dos_pasos_son_los_de_la_formula():
    bolsa = tabla()
    optimizador = AdagradPorFilas(bolsa.parameters(), lr=0.5, exponente=0.4)
    esperado = bolsa.weight.detach().clone()
    acumulado = torch.full((6,), 1e-10)
    for ids, pesos in (
        ([1, 4], torch.tensor([1.0, -2.0, 0.5])),
        ([4, 5], torch.tensor([3.0, 0.0, 1.0])),
    ):
        paso(bolsa, optimizador, ids, pesos)
        for fila in ids:
            acumulado[fila] += pesos.square().mean()
            esperado[fila] -= 0.5 * pesos / acumulado[fila] ** 0.4
    torch.testing.assert_close(bolsa.weight.detach(), esperado)


def test_un_token_repetido_cuenta_dos_veces():
    bolsa = tabla()
    optimizador = AdagradPorFilas(bolsa.parameters(), lr=1.0)
    antes = bolsa.weight.detach().clone()
    g = torch.tensor([1.0, 2.0, 2.0])
    paso(bolsa, optimizador, [2, 2], g)
    suma = 1e-10 + 2 * g.square().mean()
    torch.testing.assert_close(
        bolsa.weight.detach()[2], antes[2] - 2 * g / suma**0.4
    )


@pytest.mark.parametrize("dispersa", [True, False])
def test_lo_que_no_aparece_no_se_mueve(dispersa):
    bolsa = tabla(dispersa)
    optimizador = AdagradPorFilas(bolsa.parameters(), lr=1.0)
    antes = bolsa.weight.detach().clone()
    paso(bolsa, optimizador, [0, 3], torch.ones(3))
    movidas = (bolsa.weight.detach() != antes).any(dim=1)
    assert movidas.tolist() == [True, False, False, True, False, False]
    assert bolsa.weight.isfinite().all()


def test_denso_y_disperso_dan_lo_mismo():
    """Un gradiente denso (el de NCCL) se trata fila a fila, igual."""
    dos = tabla(True), tabla(False)
    for bolsa in dos:
        optimizador = AdagradPorFilas(bolsa.parameters(), lr=0.3)
        for ids in ([0, 1], [1, 5]):
            paso(bolsa, optimizador, ids, torch.tensor([1.0, 2.0, 3.0]))
    torch.testing.assert_close(*(b.weight.detach() for b in dos))


def test_su_estado_se_guarda_y_se_recupera():
    uno, otro = tabla(), tabla()
    optimizador = AdagradPorFilas(uno.parameters(), lr=0.3)
    paso(uno, optimizador, [1, 2], torch.ones(3))
    otro.load_state_dict(uno.state_dict())
    copia = AdagradPorFilas(otro.parameters(), lr=9.0)
    copia.load_state_dict(copy.deepcopy(optimizador.state_dict()))
    for bolsa, suyo in ((uno, optimizador), (otro, copia)):
        paso(bolsa, suyo, [1, 3], torch.ones(3))
    assert torch.equal(uno.weight, otro.weight)
