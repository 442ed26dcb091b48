"""De texto a ids: lo mismo que torchtext, hasta el último token."""

import random

import pytest
import torch

from helpers import DatosInvalidos, DBpedia
from helpers.texto import (
    Vocabulario,
    codifica,
    label_pipeline,
    numera,
    tokeniza,
)

# isort: split
from torchtext.data.utils import get_tokenizer  # tras el puente de helpers
from torchtext.vocab import build_vocab_from_iterator

basic_english = get_tokenizer("basic_english")
RAROS = [
    "",
    " \t\n ",
    'Dice: "¡Hola!" (¿y tú?); fin.',
    "L'été; l'hiver... d''accord",
    "uno<br />dos<br/>tres<BR />cuatro <br  />",
    "ΟΔΟΣ. ΟΔΟΣ İstanbul ẞ ﬁ Ǆ",
    "a\u00a0b\u2003c\u200bd\u0085e\u2028f\x1cg\x00h",
    'com"illa" <b"r />',
    "1,5.2:3;4!5?6(7)8'9",
    "\ud800",
]


@pytest.mark.parametrize("texto", RAROS, ids=range(len(RAROS)))
def test_tokeniza_lo_raro_como_basic_english(texto):
    assert tokeniza(texto) == basic_english(texto)


def test_tokeniza_al_azar_como_basic_english():
    azar = random.Random(0)
    piezas = [*"aBñ.,;:!?()'\"< /\n\tİΣσ0", "<br />", "br", " . ", "\u2009"]
    for _ in range(2000):
        texto = "".join(azar.choices(piezas, k=azar.randrange(40)))
        assert tokeniza(texto) == basic_english(texto), repr(texto)


def test_numera_da_el_vocabulario_y_los_ids_de_torchtext():
    train = DBpedia(split="train")
    indice, (ids, inicios, clases) = numera(train)
    listas = [basic_english(texto) for _, texto in train]
    vocab = build_vocab_from_iterator(listas, specials=["<unk>"])
    assert list(indice) == vocab.get_itos()
    assert indice == vocab.get_stoi()
    assert ids.tolist() == [i for lista in listas for i in vocab(lista)]
    largos = torch.tensor([len(lista) for lista in listas])
    assert torch.equal(inicios.diff(), largos)
    assert clases.tolist() == [label - 1 for label, _ in train]
    assert (ids.dtype, clases.dtype) == (torch.int32, torch.int64)


def test_numera_deja_el_cero_para_lo_desconocido():
    vocab, (ids, inicios, _) = numera([(1, "a b b"), (2, "c, b")])
    assert list(vocab.items()) == [
        ("<unk>", 0),
        ("b", 1),
        (",", 2),
        ("a", 3),
        ("c", 4),
    ]
    assert ids.tolist() == [3, 1, 1, 4, 2, 1]
    assert inicios.tolist() == [0, 3, 6]
    assert vocab.texto_pipeline("B zz") == [1, 0]
    assert "zz" not in vocab, "preguntar no agrega"
    assert Vocabulario.de_lista(list(vocab)) == vocab
    assert type(Vocabulario.de_lista(list(vocab))) is Vocabulario


def test_la_etiqueta_1_es_la_clase_0():
    assert [label_pipeline(label) for label in (1, 14)] == [0, 13]
    assert codifica([(14, "a")], lambda _: [3])[2].tolist() == [13]


def test_sin_articulos_codifica_da_tensores_vacios():
    ids, inicios, clases = codifica([], tokeniza)
    assert (len(ids), inicios.tolist(), len(clases)) == (0, [0], 0)
    assert (ids.dtype, clases.dtype) == (torch.int32, torch.int64)


def test_numera_junta_lo_que_otros_procesos_cuentan():
    pares = list(DBpedia(split="train"))[:60]
    enteros, _ = numera(pares)
    partes = [pares[0::2], pares[1::2]]
    conteos = []
    for parte in partes:
        numera(parte, junta=lambda c: conteos.append(c) or c)

    def suma(_):
        return {
            token: sum(conteo.get(token, 0) for conteo in conteos)
            for token in {**conteos[0], **conteos[1]}
        }

    for parte in partes:
        indice, (suyos, *_) = numera(parte, junta=suma)
        assert indice == enteros
        assert suyos.tolist() == [
            i for _, texto in parte for i in enteros.texto_pipeline(texto)
        ]


def test_unk_escrito_en_un_texto_es_el_desconocido():
    """Como en torchtext: los especiales no se repiten."""
    textos = ["a <unk> a", "<unk> b <unk>"]
    indice, (ids, *_) = numera([(1, t) for t in textos])
    vocab = build_vocab_from_iterator(
        map(basic_english, textos), specials=["<unk>"]
    )
    assert list(indice) == vocab.get_itos()
    assert ids.tolist() == [1, 0, 1, 0, 2, 0]


@pytest.mark.parametrize("pares", [[], [(1, " ")]])
def test_sin_tokens_lo_dice(pares):
    with pytest.raises(DatosInvalidos, match="No hay ni un token"):
        numera(pares)


def test_una_parte_sin_tokens_sirve_si_otra_los_tiene():
    vocab, (ids, inicios, _) = numera([(1, " ")], lambda _: {"b": 2, "a": 2})
    assert list(vocab) == ["<unk>", "a", "b"]
    assert (len(ids), inicios.tolist()) == (0, [0, 0])


def test_codifica_no_guarda_los_textos():
    """Los pide de uno en uno: sirve un generador que no cabe en memoria."""
    vivos = []

    def pares():
        for i in range(3):
            vivos.append(i)
            yield 1, "a b"
            vivos.append(f"pedido {i}")

    ids, *_ = codifica(pares(), lambda t: [7] * len(t.split()))
    assert ids.tolist() == [7] * 6
    assert vivos == [0, "pedido 0", 1, "pedido 1", 2, "pedido 2"]
