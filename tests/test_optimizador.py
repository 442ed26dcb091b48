"""AdagradPorFilas: la fórmula de su docstring, y nada más."""

import copy

import pytest
import torch
from torch import nn

from helpers.clasificador import ModeloClasificacionTexto
from helpers.optimizador import crea_optimizadores
from taller.optimizador import AdagradPorFilas


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


def test_un_token_repetido_suma_antes_de_elevar_al_cuadrado():
    """La G de la fórmula es la de la fila, no la de cada aparición."""
    bolsa = tabla()
    optimizador = AdagradPorFilas(bolsa.parameters(), lr=1.0)
    antes = bolsa.weight.detach().clone()
    g = torch.tensor([1.0, 2.0, 2.0])
    paso(bolsa, optimizador, [2, 4, 2], g)
    for fila, suyo in ((2, 2 * g), (4, g)):
        acumulado = 1e-10 + suyo.square().mean()
        torch.testing.assert_close(
            bolsa.weight.detach()[fila], antes[fila] - suyo / acumulado**0.4
        )


@pytest.mark.parametrize("junta", [True, False])
def test_juntar_o_no_las_filas_da_el_mismo_paso(junta):
    """Un gradiente con filas repetidas, y el mismo con ellas sumadas."""
    ids = torch.tensor([[3, 0, 3, 3, 5]])
    valores = torch.randn(5, 3, generator=torch.Generator().manual_seed(1))
    grad = torch.sparse_coo_tensor(ids, valores, (6, 3), check_invariants=True)
    p = nn.Parameter(torch.zeros(6, 3))
    p.grad = grad.coalesce() if junta else grad
    AdagradPorFilas([p], lr=1.0).step()
    suma = torch.zeros(6, 3).index_add_(0, ids[0], valores)
    acumulado = 1e-10 + suma.square().mean(dim=1, keepdim=True)
    torch.testing.assert_close(p.detach(), -suma / acumulado**0.4)


def test_no_toca_el_gradiente_y_admite_que_falte():
    bolsa, sola = tabla(), nn.Parameter(torch.ones(2, 3))
    optimizador = AdagradPorFilas([*bolsa.parameters(), sola], lr=1.0)
    paso(bolsa, optimizador, [2, 2, 1], torch.ones(3))
    esperado = torch.zeros(6, 3)
    esperado[1], esperado[2] = 1, 2
    assert torch.equal(bolsa.weight.grad.to_dense(), esperado)
    assert torch.equal(sola.detach(), torch.ones(2, 3))


def test_crea_optimizadores_reparte_todo_y_baja_en_linea_recta():
    modelo = ModeloClasificacionTexto(9, 4, 3)
    optimizadores, planificadores = crea_optimizadores(modelo, 0.01, pasos=4)
    suyos = [
        p for o in optimizadores for g in o.param_groups for p in g["params"]
    ]
    assert {id(p) for p in suyos} == {id(p) for p in modelo.parameters()}
    assert len(suyos) == len(list(modelo.parameters()))
    assert [type(o).__name__ for o in optimizadores] == ["SparseAdam", "AdamW"]
    tasas = []
    for _ in range(5):
        tasas.append([o.param_groups[0]["lr"] for o in optimizadores])
        for pieza in (*optimizadores, *planificadores):
            pieza.step()
    esperadas = [(0.02 * f, 0.01 * f) for f in (1, 0.75, 0.5, 0.25, 0)]
    torch.testing.assert_close(torch.tensor(tasas), torch.tensor(esperadas))


def test_sin_gradiente_lo_denso_se_encoge_y_la_tabla_no():
    """El decaimiento de AdamW: por paso, la tasa; SparseAdam no tiene."""
    modelo = ModeloClasificacionTexto(9, 4, 3)
    antes = copy.deepcopy(modelo.state_dict())
    optimizadores, _ = crea_optimizadores(modelo, 0.01, pasos=4)
    for p in modelo.parameters():
        p.grad = torch.zeros_like(p)
    modelo.embedding.weight.grad = torch.zeros(9, 4).to_sparse(1)
    for optimizador in optimizadores:
        optimizador.step()
    torch.testing.assert_close(
        modelo.fc.weight.detach(), antes["fc.weight"] * (1 - 0.01)
    )
    tabla = modelo.embedding.weight.detach()
    assert torch.equal(tabla, antes["embedding.weight"])


def test_crea_optimizadores_acepta_otro_para_la_tabla():
    modelo = ModeloClasificacionTexto(9, 4, 3)
    otro = AdagradPorFilas(modelo.embedding.parameters(), lr=0.2)
    optimizadores, _ = crea_optimizadores(modelo, 0.01, 4, tabla=otro)
    assert optimizadores[0] is otro


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
