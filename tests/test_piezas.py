"""Las piezas con que se revisa: pendientes, bucles, números y gradientes."""

import numpy as np
import pytest
import torch
from torch import nn

from ejercicios.piezas import (
    Pista,
    compara,
    compara_gradiente,
    numero,
    pendiente,
    pide_tensor,
    usa_bucle,
)


class Plantilla(nn.Module):
    def __init__(self, entradas): ...

    def forward(self, x): ...


class ConPass(nn.Module):
    pass


class PorEscribir(nn.Module):
    def forward(self, x):
        raise NotImplementedError("falta forward")


class AMedias(nn.Module):
    def __init__(self):
        super().__init__()

    def forward(self, x): ...


def puntos(a, b): ...


def con_pass(a):
    pass


def solo_docstring(a, b):
    """Aún no."""
    ...


def por_escribir(a):
    raise NotImplementedError


def por_escribir_con_frase(a):
    """Con docstring."""
    raise NotImplementedError("falta")


def devuelve_puntos(a):
    return ...


def imprime(a):
    print(a)


def se_queja(a):
    if a:
        raise NotImplementedError
    return a


SIN_TOCAR = (
    ...,
    NotImplemented,
    (1, ...),
    Plantilla,
    ConPass,
    PorEscribir,
    puntos,
    con_pass,
    solo_docstring,
    por_escribir,
    por_escribir_con_frase,
)
EMPEZADAS = (
    AMedias,
    devuelve_puntos,
    imprime,
    se_queja,
    None,
    0,
    [],
    "",
    (1,),
)


@pytest.mark.parametrize("respuesta", SIN_TOCAR)
def test_pendiente_es_la_plantilla_sin_tocar(respuesta):
    assert pendiente(respuesta)


@pytest.mark.parametrize("respuesta", EMPEZADAS)
def test_lo_empezado_ya_no_esta_pendiente(respuesta):
    assert not pendiente(respuesta)


def test_un_bucle_se_reconoce_este_donde_este():
    def con_while(a):
        while len(a) > 3:
            a = a[1:]
        return a

    def con_lista(a):
        return torch.stack([p * 2 for p in a])

    def dentro(a):
        def largos(p):
            return [len(q) for q in p]

        return largos(a)

    def sin_bucle(a):
        return a.sum() if a.ndim else a

    assert all(map(usa_bucle, (con_while, con_lista, dentro)))
    assert not any(map(usa_bucle, (sin_bucle, torch.cdist, nn.Linear)))


@pytest.mark.parametrize("valor", [3, 3.0, torch.tensor([3]), np.array([3])])
def test_un_numero_suelto_es_un_numero(valor):
    assert numero(valor) == 3.0


@pytest.mark.parametrize(
    "valor", ["3", None, [3], torch.ones(2), np.ones(2), 10**400, print]
)
def test_lo_que_no_es_un_numero_se_dice(valor):
    with pytest.raises(Pista, match="se pide un número"):
        numero(valor)


def test_compara_da_la_pista_del_error_que_coincide():
    compara([1, 2], [1, 2], [([2, 1], "al revés")])
    with pytest.raises(Pista, match="al revés"):
        compara([2, 1], [1, 2], [([9, 9], "nueves"), ([2, 1], "al revés")])
    with pytest.raises(Pista, match="la general"):
        compara([5, 5], [1, 2], [([2, 1], "al revés")], "la general")
    with pytest.raises(Pista, match="salió"):
        compara([5, 5], [1, 2])
    with pytest.raises(Pista, match="la forma es"):
        compara(torch.ones(3), torch.ones(2))


SIN_GRADIENTE = {
    "de otro lado": lambda p: (p.detach() ** 2).sum().requires_grad_(),
    "un número": lambda p: torch.tensor((p**2).sum().item()).requires_grad_(),
    "sin él": lambda p: (p.detach() ** 2).sum(),
    "otro": lambda p: (p**2).sum().detach() + p.sum(),
    "de Python": lambda p: (p**2).sum().item(),
}


@pytest.mark.parametrize("como", SIN_GRADIENTE)
def test_el_gradiente_se_compara_con_el_de_autograd(como):
    p = torch.randn(4, requires_grad=True)
    with pytest.raises(Pista, match="se perdió"):
        compara_gradiente(
            SIN_GRADIENTE[como](p), (p**2).sum(), p, pista="se perdió"
        )


def test_el_mismo_gradiente_por_otro_camino_vale():
    p = torch.randn(4, requires_grad=True)
    compara_gradiente(p @ p, (p**2).sum(), p, pista="se perdió")


def test_comparar_el_gradiente_no_gasta_el_grafo():
    p = torch.randn(4, requires_grad=True)
    suyo, bueno = p @ p, (p**2).sum()
    for _ in range(2):
        compara_gradiente(suyo, bueno, p, pista="se perdió")
    suyo.backward()


def test_pide_tensor_nombra_la_forma_tipica():
    pide_tensor(torch.ones(2, 3), (2, 3))
    with pytest.raises(Pista, match="transpuesta"):
        pide_tensor(torch.ones(3, 2), (2, 3), {(3, 2): "transpuesta"})
    with pytest.raises(Pista, match="aquí la forma es"):
        pide_tensor(torch.ones(4), (2, 3), {}, "aquí ")
    with pytest.raises(Pista, match="meta"):
        pide_tensor(torch.ones(2, device="meta"))
    with pytest.raises(Pista, match="list"):
        pide_tensor([1])
