"""Lo que se mira de una respuesta además de su resultado."""

import pytest
import torch
from torch import nn

from ejercicios.conducta import da_vueltas, operaciones, optimizadores


def con_map(a):
    return torch.stack(list(map(torch.sum, a)))


def por_dentro(a):
    return a if len(a) < 2 else por_dentro(a[1:])


def de_una_vez(a):
    return (a[:, None] - a).norm(dim=1)


@pytest.mark.parametrize(
    ("funcion", "hay"),
    [(con_map, True), (por_dentro, True), (de_una_vez, False)],
)
def test_un_bucle_se_delata_aunque_no_se_vea(funcion, hay):
    pocos, muchos = ((torch.rand(n),) for n in (3, 9))
    assert da_vueltas(funcion, pocos, muchos) is hay


def test_una_operacion_se_ve_por_cualquier_puerta():
    y = torch.ones(2)
    for puerta in (nn.MSELoss(), nn.functional.mse_loss):
        with operaciones() as pedidas:
            puerta(y, y)
        assert "mse_loss" in pedidas


def test_se_sabe_quien_dio_el_paso():
    p = nn.Parameter(torch.ones(1))
    p.grad = torch.ones(1)
    with optimizadores() as vistos:
        p.data -= p.grad
    assert vistos == []
    with optimizadores() as vistos:
        torch.optim.AdamW([p]).step()
    assert vistos == ["AdamW"]
    torch.optim.SGD([p]).step()
    assert vistos == ["AdamW"]
