"""Los números de los ejercicios y a qué cuaderno van."""

import pytest

from ejercicios.registro import (
    EJERCICIOS,
    carga,
    cuaderno_de,
    del_cuaderno,
    titulo,
)

CASOS = {
    "1.3a": 1,
    "2.c1": 2,
    "2.r10": 2,
    "3.8": 3,
    "3.9": 4,
    "3.10b": 4,
    "4.1": 4,
    "4": 4,
    "4.r3": 4,
    "3.9.1": None,
    "hola": None,
    "": None,
}


@pytest.mark.parametrize("numero", CASOS)
def test_de_3_9_en_adelante_son_del_cuaderno_4(numero):
    assert cuaderno_de(numero) == CASOS[numero]


def test_los_de_un_cuaderno_van_en_orden_y_tienen_titulo():
    for n in (1, 2, 3, 4):
        numeros = del_cuaderno(n)
        assert numeros and len(numeros) == len(set(numeros))
        assert all(0 < len(titulo(m)) <= 32 for m in numeros)
        assert all(EJERCICIOS[m].segundos > 0 for m in numeros)
    assert del_cuaderno(7) == [] == del_cuaderno(None)


def test_un_modulo_que_no_existe_no_se_carga():
    assert carga("cap99") is None
    assert carga("cap1").__name__ == "ejercicios.cap1"
