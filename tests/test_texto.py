"""De texto a ids: lo mismo que torchtext, hasta el último token."""

import random

import pytest
import torch

from helpers import DatosInvalidos, DBpedia
from helpers.dbpedia import DATOS, lee_csv
from helpers.lectura import numera_entre_dos
from helpers.texto import codifica, crea_vocab, numera, tokeniza

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


def resta_uno(label):
    return label - 1


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
    indice, (ids, inicios, clases) = numera(train, resta_uno)
    listas = [basic_english(texto) for _, texto in train]
    vocab = build_vocab_from_iterator(listas, specials=["<unk>"])
    assert list(indice) == vocab.get_itos()
    assert indice == vocab.get_stoi()
    assert ids.tolist() == [i for lista in listas for i in vocab(lista)]
    largos = torch.tensor([len(lista) for lista in listas])
    assert torch.equal(inicios.diff(), largos)
    assert clases.tolist() == [label - 1 for label, _ in train]
    assert (ids.dtype, clases.dtype) == (torch.int32, torch.int64)


def test_numera_y_crea_vocab_dejan_el_cero_para_lo_desconocido():
    indice, (ids, inicios, _) = numera([(1, "a b b"), (2, "c, b")], resta_uno)
    assert list(indice.items()) == [
        ("<unk>", 0),
        ("b", 1),
        (",", 2),
        ("a", 3),
        ("c", 4),
    ]
    assert ids.tolist() == [3, 1, 1, 4, 2, 1]
    assert inicios.tolist() == [0, 3, 6]
    vocab = crea_vocab(indice)
    assert vocab(tokeniza("B zz")) == [1, 0]


def test_numera_junta_lo_que_otros_procesos_cuentan():
    pares = list(DBpedia(split="train"))[:60]
    enteros, _ = numera(pares, resta_uno)
    partes = [pares[0::2], pares[1::2]]
    conteos = []
    for parte in partes:
        numera(parte, resta_uno, junta=lambda c: conteos.append(c) or c)

    def suma(_):
        return {
            token: sum(conteo.get(token, 0) for conteo in conteos)
            for token in {**conteos[0], **conteos[1]}
        }

    for parte in partes:
        indice, (suyos, *_) = numera(parte, resta_uno, junta=suma)
        assert indice == enteros
        esperado = crea_vocab(enteros)
        assert suyos.tolist() == [
            i for _, texto in parte for i in esperado(tokeniza(texto))
        ]


def test_unk_escrito_en_un_texto_es_el_desconocido():
    """Como en torchtext: los especiales no se repiten."""
    textos = ["a <unk> a", "<unk> b <unk>"]
    indice, (ids, *_) = numera([(1, t) for t in textos], resta_uno)
    vocab = build_vocab_from_iterator(
        map(basic_english, textos), specials=["<unk>"]
    )
    assert list(indice) == vocab.get_itos()
    assert ids.tolist() == [1, 0, 1, 0, 2, 0]


@pytest.mark.parametrize("pares", [[], [(1, " ")]])
def test_sin_tokens_lo_dice(pares):
    with pytest.raises(ValueError, match="No hay ni un token"):
        numera(pares, resta_uno)


def test_codifica_no_guarda_los_textos():
    """Los pide de uno en uno: sirve un generador que no cabe en memoria."""
    vivos = []

    def pares():
        for i in range(3):
            vivos.append(i)
            yield 1, "a b"
            vivos.append(f"pedido {i}")

    ids, *_ = codifica(pares(), lambda t: [7] * len(t.split()), resta_uno)
    assert ids.tolist() == [7] * 6
    assert vivos == [0, "pedido 0", 1, "pedido 1", 2, "pedido 2"]


def test_entre_dos_da_lo_mismo_que_uno():
    """Las filas pares primero; el vocabulario y cada fila, los mismos."""
    ruta = DATOS / "dbpedia_mini" / "test.csv"
    indice, (ids, inicios, clases) = numera(lee_csv(ruta), resta_uno)
    suyo, (sus_ids, sus_inicios, sus_clases) = numera_entre_dos(
        ruta, resta_uno
    )
    assert list(suyo.items()) == list(indice.items())
    textos = torch.tensor_split(ids, inicios[1:-1])
    assert torch.equal(sus_ids, torch.cat(textos[0::2] + textos[1::2]))
    largos = inicios.diff()
    assert torch.equal(
        sus_inicios.diff(), torch.cat([largos[0::2], largos[1::2]])
    )
    assert torch.equal(sus_clases, torch.cat([clases[0::2], clases[1::2]]))


@pytest.mark.parametrize("linea", [2, 3])
def test_entre_dos_una_fila_mala_se_dice(tmp_path, linea):
    filas = ['1,"a","b"\n'] * 4
    filas[linea - 1] = '15,"a","b"\n'
    ruta = tmp_path / "train.csv"
    ruta.write_text("".join(filas), encoding="utf-8")
    with pytest.raises(DatosInvalidos, match=f"línea {linea}"):
        numera_entre_dos(ruta, resta_uno)
