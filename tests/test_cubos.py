"""Los cubos: el mismo número para el mismo token, y sin vocabulario."""

from zlib import crc32

import pytest
import torch

from helpers.dbpedia import DATOS, lee_csv
from helpers.texto import codifica, tokeniza
from taller.cubos import CUBOS, LARGO, filas_de, lee_cubos

PARES = list(lee_csv(DATOS / "dbpedia_mini" / "test.csv"))


def test_cada_token_cae_en_su_cubo_y_se_leen_los_primeros():
    cubos, inicios, clases = lee_cubos(PARES)
    for i, (label, texto) in enumerate(PARES):
        suyos = cubos[inicios[i] : inicios[i + 1]].tolist()
        esperados = [crc32(t.encode()) % CUBOS for t in tokeniza(texto)]
        assert suyos == esperados[:LARGO]
        assert clases[i] == label - 1


def test_los_tipos_son_los_de_codifica():
    de_codifica = codifica(PARES, lambda texto: [0])
    for suyo, otro in zip(lee_cubos(PARES), de_codifica, strict=True):
        assert suyo.dtype == otro.dtype


def test_lo_que_sale_tiene_fila_y_lo_demas_va_a_la_cero():
    cubos = torch.tensor([7, 2, 7, 9, 2, 2, CUBOS - 1], dtype=torch.int32)
    fila = filas_de(cubos)
    assert fila[cubos].tolist() == [2, 1, 2, 3, 1, 1, 4]
    assert fila[[0, 1, 8]].tolist() == [0, 0, 0], "lo que nunca salió"
    assert len(fila) == CUBOS


def test_vacios_y_letras_de_cualquier_alfabeto():
    cubos, inicios, _ = lee_cubos([(1, ""), (2, "Ñandú 水 🦜"), (3, "  ")])
    assert inicios.tolist() == [0, 0, 3, 3]
    assert cubos.tolist() == [
        crc32(t.encode()) % CUBOS for t in ("ñandú", "水", "🦜")
    ]


@pytest.mark.parametrize("pares", [[], [(1, ""), (2, " ")]])
def test_sin_un_token_todo_es_la_fila_cero(pares):
    cubos, inicios, _ = lee_cubos(pares)
    assert inicios.tolist() == [0] * (len(pares) + 1)
    assert not filas_de(cubos).any()
