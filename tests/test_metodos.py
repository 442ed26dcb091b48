"""Los métodos del banco son los que dice el README: nadie corre cojo."""

import csv
import sys
from types import SimpleNamespace
from unittest.mock import patch

import torch

from apoyo.cuadernos import RAIZ
from banco import metodos
from helpers import clasificador
from helpers.texto import tokeniza

MINI = RAIZ / "data" / "dbpedia_mini"


def filas(ruta):
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return list(csv.reader(archivo))


def test_fasttext_entrena_con_todo_lo_que_se_le_promete(monkeypatch, tmp_path):
    """Dos hilos, cinco épocas y los textos enteros: la vara no se acorta."""
    recibido = {}

    def train_supervised(ruta, **opciones):
        with open(ruta, encoding="utf-8") as archivo:  # noqa: PTH123
            recibido.update(opciones, lineas=archivo.read().splitlines())

    falso = SimpleNamespace(train_supervised=train_supervised)
    monkeypatch.setitem(sys.modules, "fasttext", falso)
    for nombre, suyas in (
        ("fasttext_palabras", {"wordNgrams": 1}),
        ("fasttext_bigramas", {"wordNgrams": 2}),
        ("fasttext_articulo", {"wordNgrams": 2, "bucket": 10_000_000}),
    ):
        recibido.clear()
        entrena, _ = metodos.METODOS[nombre]("cpu", 7)
        entrena(MINI / "test.csv")
        lineas = recibido.pop("lineas")
        assert len(lineas) == 280
        assert all(linea.startswith("__label__") for linea in lineas)
        assert recibido == suyas | {
            "dim": 10,
            "lr": 0.5,
            "epoch": 5,
            "minCount": 1,
            "thread": 2,
            "seed": 7,
            "verbose": 0,
        }


def test_la_normalizacion_de_fasttext_son_los_mismos_tokens():
    for ruta in ("train.csv", "test.csv"):
        for _, titulo, contenido in filas(MINI / ruta):
            texto = f"{titulo} {contenido}"
            assert metodos._signos_aparte(texto).split() == tokeniza(texto)


def test_fasttext_predice_cada_articulo_con_los_mismos_tokens():
    pedidos = []

    def multiline(textos, cuantas, umbral, modo):
        pedidos.append((cuantas, umbral, modo))
        assert all(texto.endswith("\n") for texto in textos)
        vistas = [texto.split() for texto in textos]
        assert vistas == [
            tokeniza(f"{titulo} {contenido}")
            for _, titulo, contenido in filas(MINI / "test.csv")
        ]
        return [["__label__14"], ["__label__3"]], None

    modelo = SimpleNamespace(f=SimpleNamespace(multilinePredict=multiline))
    with patch.dict(sys.modules, fasttext=SimpleNamespace()):
        _, predice = metodos.METODOS["fasttext_palabras"]("cpu", 7)
    assert predice(modelo, MINI / "test.csv") == [14, 3]
    assert pedidos == [(1, 0.0, "strict")]


def test_la_receta_original_es_la_que_se_dice(monkeypatch):
    """Sin ventaja para nadie: la tabla dice cuánto gana el curso a esta."""
    tasas, normas, lotes, vistos = [], [], [], set()
    sgd, recorta = torch.optim.SGD, torch.nn.utils.clip_grad_norm_
    perdida = torch.nn.functional.cross_entropy

    def espia_sgd(parametros, lr):
        tabla, *_ = parametros = list(parametros)
        vistos.add(("desviación", round(tabla.std().item(), 1)))
        tasas.append(lr)
        return sgd(parametros, lr=lr)

    def espia_recorta(parametros, norma):
        tabla, *_ = parametros = list(parametros)
        vistos.add(("disperso", tabla.grad.is_sparse))
        vistos.add(("medidas", tabla.shape[1]))
        normas.append(norma)
        return recorta(parametros, norma)

    def espia_perdida(logits, clases):
        lotes.append(len(clases))
        return perdida(logits, clases)

    monkeypatch.setattr(torch.optim, "SGD", espia_sgd)
    monkeypatch.setattr(torch.nn.utils, "clip_grad_norm_", espia_recorta)
    monkeypatch.setattr(torch.nn.functional, "cross_entropy", espia_perdida)
    entrena, predice = metodos.METODOS["original"]("cpu", 7)
    vocab, modelo = entrena(MINI / "test.csv")
    assert tasas == [0.2]
    # De 280 artículos, 266; cuatro épocas en lotes de 64.
    assert lotes == [64, 64, 64, 64, 10] * 4
    assert normas == [0.1] * 20
    assert vistos == {
        ("desviación", 1.0),
        ("disperso", False),
        ("medidas", 100),
    }
    assert vocab["no-es-una-palabra"] == 0
    assert modelo.embedding.num_embeddings == len(vocab)
    assert vocab.get_itos()[0] == "<unk>"
    with torch.no_grad():
        modelo.fc.bias[3] = 1e9
    modelo.train()
    assert predice((vocab, modelo), MINI / "test.csv") == [4] * 280
    assert not modelo.training


def test_tfidf_y_la_maquina_de_vectores_son_los_que_se_dicen():
    entrena, _ = metodos.METODOS["tfidf_svc"]("cpu", 7)
    (_, tfidf), (_, svc) = entrena(MINI / "test.csv").steps
    assert tfidf.ngram_range == (1, 2) and tfidf.sublinear_tf
    assert svc.random_state == 7


def test_los_bigramas_son_tres_modelos_que_promedian(monkeypatch):
    redes, tasas, entrena = [], [], clasificador.entrena

    def espia(red, lotes, criterio, optimizadores, *resto):
        redes.append(red)
        tasas.append([o.param_groups[0]["initial_lr"] for o in optimizadores])
        return entrena(red, lotes, criterio, optimizadores, *resto)

    monkeypatch.setattr(clasificador, "receta", lambda articulos: (1, 64))
    monkeypatch.setattr(clasificador, "entrena", espia)
    entrena_todas, predice = metodos.METODOS["taller_bigramas"]("cpu", 7)
    entrenado = entrena_todas(MINI / "test.csv")
    assert len(set(map(id, redes))) == 3
    assert {red.embedding.embedding_dim for red in redes} == {32}
    assert tasas == [[20 * 0.015, 0.015]] * 3
    tablas = [red.fc.weight for red in redes]
    assert not torch.equal(tablas[0], tablas[1])
    # Lo que se dice sale de la suma de lo que dice cada una.
    vistas = []
    for red in redes:
        red.register_forward_hook(
            lambda *x: vistas.append(x[2].softmax(dim=1))
        )
    dichas = predice(entrenado, MINI / "test.csv")
    assert dichas == (sum(vistas).argmax(dim=1) + 1).tolist()
    assert len(vistas) == 3


def test_el_taller_y_el_curso_entrenan_con_la_receta(monkeypatch):
    """Épocas y lote, los de `receta`: el banco no usa otros."""
    pedidas, vueltas, tasas = [], [], []
    receta, entrena = clasificador.receta, clasificador.entrena

    def espia_receta(articulos):
        pedidas.append(articulos)
        return 1, receta(articulos)[1]

    def espia_entrena(modelo, lotes, criterio, optimizadores, *resto):
        vueltas.append((len(lotes.dataset), lotes.batch_size))
        grupos = [o.param_groups[0] for o in optimizadores]
        tasas.append([grupo["initial_lr"] for grupo in grupos])
        return entrena(modelo, lotes, criterio, optimizadores, *resto)

    monkeypatch.setattr(clasificador, "receta", espia_receta)
    monkeypatch.setattr(clasificador, "entrena", espia_entrena)
    for nombre in ("curso", "taller"):
        _, (red,) = metodos.METODOS[nombre]("cpu", 7)[0](MINI / "train.csv")
    assert pedidas == [1120, 1120]
    assert vueltas == [(1120, 64)] * 2
    tasa = clasificador.TASA_APRENDIZAJE
    assert tasas == [[2 * tasa, tasa], [20 * tasa, tasa]]
    # El taller acaba contando: lo que no se ve en la clase, resta.
    assert red.conteo.min() < 0 < red.conteo.max()
