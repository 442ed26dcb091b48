"""El clasificador: lotes exactos, aprendizaje y reproducibilidad."""

import copy
import math

import pytest
import torch
from torch import nn
from torch.utils.data import DataLoader

from helpers import CLASES, clasificador
from helpers.clasificador import (
    BATCH_TAMANO,
    EMBED_DIM,
    EPOCHS,
    SEMILLA,
    TASA_APRENDIZAJE,
    ArticulosCodificados,
    ModeloClasificacionTexto,
    ajusta,
    crea_optimizadores,
    entrena,
    evalua,
    lee_dbpedia,
    mezcla,
    parte,
    predice,
    receta,
    tal_cual,
)
from helpers.entorno import fija_semilla
from helpers.texto import codifica

CRITERIO = nn.CrossEntropyLoss()


@pytest.fixture(scope="module")
def datos():
    return lee_dbpedia()


@pytest.fixture(scope="module")
def entrenado(datos):
    return ajusta_de_cero(datos)


def ajusta_de_cero(datos, semilla=SEMILLA):
    _, vocab, train, _ = datos
    fija_semilla(semilla)
    modelo = ModeloClasificacionTexto(len(vocab), EMBED_DIM, len(CLASES))
    lotes = parte(train, BATCH_TAMANO, semilla)
    historia = ajusta(modelo, *lotes, CRITERIO, EPOCHS, TASA_APRENDIZAJE)
    return modelo, historia


def test_la_arquitectura_es_la_de_3_4():
    modelo = ModeloClasificacionTexto(50, 8, 14)
    assert [type(c).__name__ for c in modelo.children()] == [
        "EmbeddingBag",
        "BatchNorm1d",
        "Linear",
    ]
    assert modelo.embedding.sparse
    assert modelo.embedding.mode == "mean"
    assert modelo.embedding.weight.abs().max() <= 0.05
    parametros = sum(p.numel() for p in modelo.parameters())
    assert parametros == 50 * 8 + 2 * 8 + 8 * 14 + 14


def test_formas_y_texto_vacio():
    modelo = ModeloClasificacionTexto(50, 8, 14).eval()
    salida = modelo(torch.tensor([1, 2, 3]), torch.tensor([0, 2, 3]))
    assert salida.shape == (3, 14)
    assert salida.dtype == torch.float32
    assert salida.isfinite().all()


def test_un_lote_de_uno_falla_al_entrenar_y_no_al_evaluar():
    modelo = ModeloClasificacionTexto(50, 8, 14)
    uno = torch.tensor([1, 2]), torch.tensor([0])
    with pytest.raises(ValueError, match="more than 1 value per channel"):
        modelo.train()(*uno)
    assert modelo.eval()(*uno).shape == (1, 14)


@pytest.mark.parametrize(
    "indices", [[0], [3, 1, 2], [2, 2], [4, 0, 4, 1], [5]]
)
def test_el_lote_rapido_es_el_lote_a_mano(indices):
    textos = ["a b c", "d", "", "b b", "a", ""]
    pares = [(i % 14 + 1, texto) for i, texto in enumerate(textos)]
    numeros = {"a": 1, "b": 2, "c": 3, "d": 4}
    datos = ArticulosCodificados(
        *codifica(
            pares,
            lambda t: [numeros[p] for p in t.split()],
        )
    )
    clases, ids, offsets = [], [], []
    for i in indices:
        clases.append(pares[i][0] - 1)
        offsets.append(len(ids))
        ids += [numeros[p] for p in pares[i][1].split()]
    label, text, inicio = datos.__getitems__(indices)
    assert label.tolist() == clases
    assert text.tolist() == ids
    assert inicio.tolist() == offsets
    assert {t.dtype for t in (label, text, inicio)} == {torch.int64}


def test_el_dataloader_recorre_todo_una_vez(datos):
    *_, test = datos
    lotes = list(DataLoader(test, 64, collate_fn=tal_cual))
    assert torch.equal(torch.cat([t for _, t, _ in lotes]), test.ids)
    assert sum(len(label) for label, *_ in lotes) == len(test) == 280


def test_la_particion_no_repite_ni_pierde(datos):
    _, _, train, _ = datos
    lotes_train, lotes_valid = parte(train, 64, semilla=1)
    indices = [*lotes_train.dataset.indices, *lotes_valid.dataset.indices]
    assert sorted(indices) == list(range(len(train)))
    assert len(lotes_valid.dataset) == round(0.2 * len(train))
    otra, _ = parte(train, 64, semilla=1)
    assert otra.dataset.indices == lotes_train.dataset.indices
    distinta, _ = parte(train, 64, semilla=2)
    assert distinta.dataset.indices != lotes_train.dataset.indices


@pytest.mark.parametrize(("articulos", "lotes"), [(65, 1), (66, 2), (64, 1)])
def test_no_queda_un_lote_de_uno(articulos, lotes):
    datos = ArticulosCodificados(
        torch.ones(articulos, dtype=torch.int64),
        torch.arange(articulos + 1),
        torch.zeros(articulos, dtype=torch.int64),
    )
    train = mezcla(datos, 64)
    assert len(train) == lotes
    assert min(len(label) for label, *_ in train) > 1


def articulos(cuantos):
    return ArticulosCodificados(
        torch.ones(cuantos, dtype=torch.int64),
        torch.arange(cuantos + 1),
        torch.zeros(cuantos, dtype=torch.int64),
    )


@pytest.mark.parametrize("cuantos", [0, 1, 2])
def test_con_muy_pocos_articulos_parte_lo_dice(cuantos):
    with pytest.raises(ValueError, match="no alcanzan para apartar"):
        parte(articulos(cuantos), 64, 0)


@pytest.mark.parametrize("fraccion", [0.0, 0.8, 1.0])
def test_si_la_fraccion_no_deja_bastantes_parte_lo_dice(fraccion):
    """Uno por lo menos para validar, y dos para entrenar."""
    parte(articulos(5), 64, 0, fraccion_valid=0.6)
    with pytest.raises(ValueError, match=f"una fracción de {fraccion}"):
        parte(articulos(5), 64, 0, fraccion)


@pytest.mark.parametrize("cuantos", [3, 5, 19, 20])
@pytest.mark.parametrize("batch_size", [2, 64])
def test_con_pocos_articulos_entrena_y_mide(cuantos, batch_size):
    train, valid = parte(articulos(cuantos), batch_size, 0)
    modelo = ModeloClasificacionTexto(2, 4, len(CLASES))
    historia = ajusta(modelo, train, valid, CRITERIO, 1, 0.01)
    assert all(math.isfinite(valor) for valor in historia[0])


@pytest.mark.parametrize(
    ("cuantos", "esperado"),
    [(1120, (10, 64)), (10_000, (10, 64)), (10_001, (2, 320))],
)
def test_la_receta_para_pocos_y_para_muchos(cuantos, esperado):
    assert receta(cuantos) == esperado
    assert (EPOCHS, BATCH_TAMANO) == receta(1120)


def test_aprende_el_conjunto_mini(datos, entrenado):
    *_, test = datos
    modelo, historia = entrenado
    lotes = DataLoader(test, 64, collate_fn=tal_cual)
    perdida, exactitud = evalua(modelo, lotes, CRITERIO)
    assert 0.85 <= exactitud <= 0.99
    assert perdida < 0.5
    assert len(historia) == EPOCHS


def test_deja_la_mejor_epoca_y_no_la_ultima(datos, monkeypatch):
    perdidas, estados = iter([3.0, 1.0, 2.0]), []

    def evalua_falsa(modelo, *_):
        estados.append(copy.deepcopy(modelo.state_dict()))
        return next(perdidas), 0.0

    monkeypatch.setattr(clasificador, "evalua", evalua_falsa)
    _, vocab, train, _ = datos
    modelo = ModeloClasificacionTexto(len(vocab), EMBED_DIM, len(CLASES))
    ajusta(modelo, *parte(train, BATCH_TAMANO, 0), CRITERIO, 3, 0.01)
    queda = modelo.state_dict()
    assert all(torch.equal(queda[k], v) for k, v in estados[1].items())
    assert not torch.equal(queda["fc.weight"], estados[2]["fc.weight"])


def test_si_diverge_lo_dicen_las_perdidas_y_no_un_error(datos):
    _, vocab, train, _ = datos
    modelo = ModeloClasificacionTexto(len(vocab), EMBED_DIM, len(CLASES))
    lotes = parte(train, BATCH_TAMANO, 0)
    historia = ajusta(modelo, *lotes, CRITERIO, 2, 1e30)
    assert not math.isfinite(historia[-1][2])


def test_la_misma_semilla_da_el_mismo_modelo(datos, entrenado):
    modelo, historia = entrenado
    otro, otra_historia = ajusta_de_cero(datos)
    assert otra_historia == historia
    for a, b in zip(
        modelo.state_dict().values(), otro.state_dict().values(), strict=True
    ):
        assert torch.equal(a, b)
    _, distinta = ajusta_de_cero(datos, semilla=SEMILLA + 1)
    assert distinta != historia


def test_las_perdidas_son_medias_por_articulo(datos):
    """Con lotes desiguales, la media de medias sería otra."""
    _, vocab, _, test = datos
    modelo = ModeloClasificacionTexto(len(vocab), 8, len(CLASES))
    lotes = DataLoader(test, 270, collate_fn=tal_cual)
    perdida, exactitud = evalua(modelo, lotes, CRITERIO)
    label, text, offsets = test.__getitems__(list(range(len(test))))
    with torch.no_grad():
        salida = modelo(text, offsets)
    assert perdida == pytest.approx(CRITERIO(salida, label).item(), rel=1e-5)
    aciertos = (salida.argmax(dim=1) == label).sum().item()
    assert exactitud == aciertos / len(test)


def test_evaluar_no_cambia_el_modelo(datos, entrenado):
    *_, test = datos
    modelo, _ = entrenado
    antes = {k: v.clone() for k, v in modelo.state_dict().items()}
    evalua(modelo, DataLoader(test, 64, collate_fn=tal_cual), CRITERIO)
    assert not modelo.training
    for nombre, valor in modelo.state_dict().items():
        assert torch.equal(valor, antes[nombre]), nombre


def test_entrena_baja_la_perdida_y_la_tasa(datos):
    _, vocab, train, _ = datos
    fija_semilla(0)
    modelo = ModeloClasificacionTexto(len(vocab), 16, len(CLASES))
    lotes, _ = parte(train, 64, 0)
    optimizadores, planificadores = crea_optimizadores(
        modelo, 0.02, pasos=3 * len(lotes)
    )
    perdidas, exactitudes = zip(
        *(
            entrena(modelo, lotes, CRITERIO, optimizadores, planificadores)
            for _ in range(3)
        ),
        strict=True,
    )
    assert perdidas[2] < perdidas[1] < perdidas[0] < math.log(14) + 0.2
    assert 1 / 14 < exactitudes[0] < exactitudes[1] < exactitudes[2] <= 1
    for optimizador in optimizadores:
        assert optimizador.param_groups[0]["lr"] == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("texto", "clase"),
    [
        (
            "Nithari is a village in the western part of the state of Uttar "
            "Pradesh, India, bordering on New Delhi.",
            "Village",
        ),
        (
            "The axolotl (Ambystoma mexicanum) is a species of salamander in "
            "the family Ambystomatidae, endemic to lakes of Mexico.",
            "Animal",
        ),
    ],
)
def test_predice_los_ejemplos_de_la_guia(datos, entrenado, texto, clase):
    texto_pipeline, *_ = datos
    modelo, _ = entrenado
    modelo.train()  # quien llama pudo dejarlo así
    dicha, probabilidad = predice(texto, modelo, texto_pipeline)
    assert dicha == clase
    assert 0 < probabilidad <= 1


def test_predice_un_texto_vacio(datos, entrenado):
    texto_pipeline, *_ = datos
    clase, probabilidad = predice("", entrenado[0], texto_pipeline)
    assert clase in CLASES
    assert 0 < probabilidad < 1
