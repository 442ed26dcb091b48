"""Los cubos: el mismo número para el mismo token, y sin vocabulario."""

import pytest
import torch

from helpers.dbpedia import DATOS, lee_csv
from helpers.texto import codifica, tokeniza
from taller import cubos as modulo
from taller.cubos import (
    BASE,
    BLOQUE,
    CUBOS,
    FINALES,
    LARGO,
    corta,
    filas_de,
    ids_de,
    lee_cubos,
    resume,
)

PARES = list(lee_csv(DATOS / "dbpedia_mini" / "test.csv"))


def a_mano(token, cuantos):
    """El cubo de un token, con enteros de Python."""
    numero = sum(b * BASE ** (i + 1) for i, b in enumerate(token.encode()))
    return numero % 2**64 * cuantos // 2**64


def empieza(texto):
    """Lo que se lee de un texto; de una letra a medias, lo que no es letra."""
    return texto.lower().encode()[:LARGO].decode(errors="ignore")


def test_cada_token_cae_en_su_cubo_y_se_lee_el_principio():
    """Más de un bloque, y el último a medias."""
    assert BLOQUE < len(PARES) < 2 * BLOQUE
    cubos, finales, inicios, clases = lee_cubos(PARES)
    for i, (label, texto) in enumerate(PARES):
        suyos = slice(inicios[i], inicios[i + 1])
        tokens = tokeniza(empieza(texto))
        assert cubos[suyos].tolist() == [a_mano(t, CUBOS) for t in tokens]
        assert clases[i] == label - 1
        if texto.isascii():
            assert finales[suyos].tolist() == [
                a_mano(t[-4:], FINALES) for t in tokens
            ]
    assert any(len(texto.encode()) > LARGO for _, texto in PARES)


def test_los_tipos_son_los_de_codifica():
    cubos, finales, *resto = lee_cubos(PARES)
    ids, *otros = codifica(PARES, lambda texto: [0])
    assert cubos.dtype == finales.dtype == ids.dtype
    assert [t.dtype for t in resto] == [t.dtype for t in otros]


def test_los_cubos_reparten_como_el_azar():
    """De n tokens en m cubos chocan unos n²/2m; más, y el *hash* es malo."""
    tokens = [f"{a}{b}" for a in range(200) for b in "abcdefghijklmnopqrst"]
    tokens += [f"{b}{a}" for a in range(999) for b in "xyz"]
    pares = [(1, token) for token in tokens]
    salen = lee_cubos(pares)[0].unique()
    chocan = len(tokens) - len(salen)
    assert chocan < 3 * len(tokens) ** 2 / (2 * CUBOS)


@pytest.mark.parametrize(
    "texto",
    [
        "Roma (2018) is Cuarón's film.",
        "a,b;c:d!e?f",
        "((.'')) x",
        "\ta\nb\r\n c\v",
        '"Help!" is a song',
        "x",
        ".",
        "",
        " ; ",
    ],
)
def test_corta_como_tokeniza(texto):
    letras, desde, hasta, van = corta([texto, texto])
    tokens = [
        bytes(letras[a:b]).decode() for a, b in zip(desde, hasta, strict=True)
    ]
    assert tokens == 2 * tokeniza(texto)
    assert van.tolist() == [len(tokens) // 2, len(tokens)]


def test_el_lugar_del_token_no_cambia_su_cubo():
    """También en el último byte que cabe en un bloque lleno."""
    lleno = " " * (LARGO - 5) + "river"
    letras, desde, hasta, _ = corta([lleno] * BLOQUE)
    assert len(letras) == BLOQUE * (LARGO + 1) - 1
    cubos = resume(letras, desde, hasta, CUBOS).tolist()
    assert cubos == [a_mano("river", CUBOS)] * BLOQUE


def test_letras_de_cualquier_alfabeto_y_una_a_medias():
    cubos, _, inicios, _ = lee_cubos(
        [(1, ""), (2, "Ñandú 水 🦜"), (3, "  "), (4, "水" * LARGO)]
    )
    assert inicios.tolist() == [0, 0, 3, 3, 4]
    assert cubos[:3].tolist() == [
        a_mano(t, CUBOS) for t in ("ñandú", "水", "🦜")
    ]


def test_lo_que_sale_dos_veces_tiene_fila_y_lo_raro_la_de_su_final():
    #                      dos  dos  tres            una  una  una
    cubos = torch.tensor([7, 7, 2, 2, 9, 9, 9, CUBOS - 1, 5, 6]).int()
    finales = torch.tensor([4, 4, 4, 4, 8, 8, 8, 3, 3, FINALES - 1]).int()
    fila = filas_de(cubos, finales)
    assert len(fila) == CUBOS + FINALES
    ids = ids_de(fila, cubos, finales)
    assert ids.dtype == torch.int32
    assert ids.tolist() == [2, 2, 1, 1, 3, 3, 3, 4, 4, 5]
    # Nuevos: uno con el final de un raro; otro, con el de uno común.
    nuevos = torch.tensor([0, 1]).int()
    assert ids_de(fila, nuevos, torch.tensor([3, 4]).int()).tolist() == [4, 0]


@pytest.mark.parametrize("pares", [[], [(1, ""), (2, " ")]])
def test_sin_un_token_todo_es_la_fila_cero(pares):
    cubos, finales, inicios, _ = lee_cubos(pares)
    assert inicios.tolist() == [0] * (len(pares) + 1)
    assert not filas_de(cubos, finales).any()


def test_vuelta_deshace_lugar():
    producto = modulo.LUGAR * modulo.VUELTA
    assert (producto == 1).all()
    assert len(producto) > BLOQUE * (LARGO + 1)
