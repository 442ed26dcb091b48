"""Los modelos del taller: lo que pesan, su derivada y lo que cuentan."""

import math

import pytest
import torch
from torch import nn

from helpers.clasificador import ModeloClasificacionTexto
from taller.modelo import (
    ModeloConPosicion,
    ModeloQueCuenta,
    ModeloRapido,
    cuenta,
)

# Tres textos; el de en medio, vacío.
TEXT, OFFSETS = torch.tensor([5, 6, 7, 5, 8]), torch.tensor([0, 3, 3])


def test_los_pesos_de_cada_texto_bajan_y_suman_uno():
    modelo = ModeloConPosicion(9, 4, 3, alcance=2.0)
    con_e = torch.tensor([1, math.exp(-0.5), math.exp(-1)])
    esperado = [*(con_e / con_e.sum()), *(con_e[:2] / con_e[:2].sum())]
    pesos, suyo = modelo.pesos(TEXT, OFFSETS)
    torch.testing.assert_close(pesos, torch.stack(esperado))
    assert suyo.tolist() == [0, 0, 0, 2, 2]


def test_con_alcance_sin_fin_la_media_es_la_del_curso():
    torch.manual_seed(0)
    modelo = ModeloConPosicion(9, 4, 3, alcance=math.inf).eval()
    curso = ModeloClasificacionTexto(9, 4, 3).eval()
    curso.load_state_dict(modelo.state_dict())
    offsets = torch.tensor([0, 3, 4])
    torch.testing.assert_close(modelo(TEXT, offsets), curso(TEXT, offsets))


def al_azar(semilla, textos=40, filas=30):
    azar = torch.Generator().manual_seed(semilla)
    largos = torch.randint(0, 9, (textos,), generator=azar)
    offsets = largos.cumsum(0) - largos
    text = torch.randint(0, filas, (int(largos.sum()),), generator=azar)
    return torch.randint(0, 3, (textos,), generator=azar), text, offsets


@pytest.mark.parametrize("semilla", range(5))
def test_la_derivada_a_mano_es_la_de_torch(semilla):
    """Con filas repetidas y textos vacíos, también al principio y al final."""
    label, text, offsets = al_azar(semilla)
    torch.manual_seed(semilla)
    uno, otro = ModeloConPosicion(30, 4, 3), ModeloRapido(30, 4, 3)
    otro.load_state_dict(uno.state_dict())
    for modelo in (uno, otro):
        nn.functional.cross_entropy(modelo(text, offsets), label).backward()
    for (nombre, p), q in zip(
        uno.named_parameters(), otro.parameters(), strict=True
    ):
        suyo = q.grad.to_dense() if nombre == "embedding.weight" else q.grad
        torch.testing.assert_close(suyo, p.grad.to_dense(), msg=nombre)
    filas = otro.embedding.weight.grad._indices()[0]
    assert filas.tolist() == sorted(set(text.tolist()))


def test_cuenta_es_el_naive_bayes_hecho_a_mano(monkeypatch):
    monkeypatch.setattr(ModeloQueCuenta, "PAREJAS", 7)
    modelo = ModeloQueCuenta(30, 4, 3, alcance=2.0)
    lotes = [al_azar(1), al_azar(2, textos=3)]
    cuenta(modelo, lotes)
    veces = torch.full((37, 3), 0.003, dtype=torch.float64)
    for label, text, offsets in lotes:
        textos = text.tensor_split(offsets[1:])
        for clase, ids in zip(label.tolist(), map(list, textos), strict=True):
            w = [math.exp(-j / 2) for j in range(len(ids))]
            for j, uno in enumerate(map(int, ids)):
                otro = int(ids[j + 1]) if j + 1 < len(ids) else 0
                veces[uno, clase] += w[j] / sum(w)
                pareja = 30 + (uno * 1_000_003 + otro) % 7
                veces[pareja, clase] += w[j] / sum(w)
    logs = (veces / veces.sum(0)).log()
    esperado = logs - logs.mean(1, keepdim=True)
    torch.testing.assert_close(
        modelo.conteo.double(), esperado, atol=1e-4, rtol=1e-4
    )


def test_lo_contado_solo_responde_al_evaluar_y_se_suma_a_la_red():
    torch.manual_seed(0)
    modelo = ModeloQueCuenta(30, 4, 3)
    label, text, offsets = al_azar(3)
    cuenta(modelo, [(label, text, offsets)])
    modelo.eval()
    con = modelo(text, offsets)
    modelo.conteo.zero_()
    torch.testing.assert_close(
        modelo(text, offsets), ModeloRapido.forward(modelo, text, offsets)
    )
    assert not torch.allclose(con, modelo(text, offsets))
    # Sin entrenar, lo contado ya acierta lo que vio.
    no_vacios = offsets.diff(append=torch.tensor([len(text)])) > 2
    aciertos = (con.argmax(dim=1) == label)[no_vacios].float().mean()
    assert aciertos > 0.8


def test_lo_contado_viaja_con_los_pesos():
    modelo = ModeloQueCuenta(30, 4, 3)
    cuenta(modelo, [al_azar(4)])
    copia = ModeloQueCuenta(30, 4, 3)
    copia.load_state_dict(modelo.state_dict())
    assert torch.equal(copia.conteo, modelo.conteo)
