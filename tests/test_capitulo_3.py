"""Lo que el capítulo 3 afirma y podría dejar de ser cierto."""

import re
import runpy
import sys

import pytest
import torch
from torch import nn

from apoyo.cuadernos import RAIZ, fuente, lee
from helpers import CLASES, DBpedia, clasificador, fija_semilla
from helpers.texto import tokeniza

CELDAS = {
    c["id"]: c
    for c in lee(RAIZ / "notebooks" / "03_clasificador_dbpedia.ipynb")["cells"]
}


def salida(celda):
    return "".join(
        "".join(o.get("text", "")) for o in CELDAS[celda]["outputs"]
    )


def cifras(texto):
    return re.findall(r"\d+\.\d", texto)


@pytest.fixture(scope="module")
def datos():
    return clasificador.lee_dbpedia()


@pytest.fixture(scope="module")
def modelo(datos):
    """El de 3.8, con su semilla."""
    _, vocab, train, _ = datos
    semilla = clasificador.SEMILLA
    fija_semilla(semilla)
    modelo = clasificador.ModeloClasificacionTexto(
        len(vocab), clasificador.EMBED_DIM, len(CLASES)
    )
    clasificador.ajusta(
        modelo,
        *clasificador.parte(train, clasificador.BATCH_TAMANO, semilla),
        nn.CrossEntropyLoss(),
        clasificador.EPOCHS,
        clasificador.TASA_APRENDIZAJE,
    )
    return modelo.eval()


@pytest.mark.parametrize(
    ("celda", "texto"),
    [
        ("s38-cinco-final", "s38-cinco-final-lee"),
        ("taller-final-prueba", "taller-final-lee"),
    ],
)
def test_el_texto_dice_la_media_y_el_rango_que_da_el_codigo(celda, texto):
    media, _, menor, mayor = cifras(salida(celda))
    dichas = cifras(fuente(CELDAS[texto]))
    assert {media, menor, mayor} <= set(dichas)


def test_los_ids_de_la_figura_son_los_del_vocabulario(datos, monkeypatch):
    monkeypatch.setattr(sys, "path", [str(RAIZ / "ims"), *sys.path])
    figura = runpy.run_path(str(RAIZ / "ims" / "capitulo_3.py"))
    _, vocab, *_ = datos
    for _, _, tokens, ids in figura["TEXTOS"]:
        assert [vocab[token] for token in tokens] == list(ids)


@torch.inference_mode()
def que_decide(tokens, modelo, vocab):
    """Por token, cuánto baja la clase dicha si se quita; y qué clase es."""
    listas = [
        tokens,
        *(tokens[:i] + tokens[i + 1 :] for i in range(len(tokens))),
    ]
    ids = [torch.tensor([vocab[t] for t in lista]) for lista in listas]
    offsets = torch.tensor([0, *map(len, ids[:-1])]).cumsum(0)
    salidas = modelo(torch.cat(ids), offsets)
    clase = salidas[0].argmax()
    p = salidas.softmax(dim=1)[:, clase]
    return CLASES[clase], dict(
        zip(tokens, (p[0] - p[1:]).tolist(), strict=True)
    )


def test_en_paricutin_decide_village(datos, modelo):
    texto = next(t for _, t in DBpedia(split="test") if "Parícutin" in t)
    clase, quita = que_decide(tokeniza(texto), modelo, datos[1])
    assert clase == "Village"
    assert max(quita, key=quita.get) == "village"
    assert quita["village"] > 3 * quita["state"]


def test_que_decide_del_cuaderno_mide_lo_que_dice(datos, modelo):
    """La función de la celda, contra quitar los tokens uno a uno."""
    _, vocab, *_ = datos
    espacio = {
        "torch": torch,
        "tokenizador": tokeniza,
        "vocab": lambda tokens: [vocab[t] for t in tokens],
        "dispositivo": "cpu",
    }
    exec(fuente(CELDAS["s38-palabra-def"]), espacio)
    texto = "It is a village near a river."
    tokens, puntos = espacio["que_decide"](texto, modelo)
    assert tokens == tokeniza(texto)
    entera = clasificador.predice(texto, modelo, vocab.texto_pipeline)
    clase = CLASES.index(entera[0])
    for i, dicho in enumerate(puntos):
        ids = [vocab[t] for k, t in enumerate(tokens) if k != i]
        with torch.inference_mode():
            salida_ = modelo(torch.tensor(ids), torch.tensor([0]))
        suya = salida_.softmax(dim=1)[0, clase].item()
        assert dicho == pytest.approx(100 * (entera[1] - suya), abs=1e-3)
