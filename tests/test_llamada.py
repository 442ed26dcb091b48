"""Llamar a lo del estudiante: qué falló, en qué línea y qué imprimió."""

import numpy as np
import pytest
import torch
from torch import nn

from ejercicios import comprueba
from ejercicios.llamada import crea, llama
from ejercicios.registro import Pista


def cambia_lista(x):
    x.append(1)
    return x


def cambia_orden(x):
    x.sort()
    return x


def cambia_de_dentro(x):
    x[0][0] = 9
    return x


def cambia_dict(x):
    x["b"] = 2
    return x


def cambia_conjunto(x):
    x.add(9)
    return x


def cambia_numeros(x):
    x += 1
    return x


def pide_gradiente(x):
    x.requires_grad_()
    return x


MUTACIONES = {
    "la lista": (cambia_lista, [3, 2]),
    "lista": (cambia_orden, [3, 2]),
    "que recibe": (cambia_de_dentro, [[1], [2]]),
    "el diccionario": (cambia_dict, {"a": 1}),
    "el conjunto": (cambia_conjunto, {1}),
    "un tensor": (cambia_numeros, torch.ones(2)),
    "tensor": (cambia_numeros, np.ones(2)),
    "cambia un tensor": (pide_gradiente, torch.ones(2)),
    "`x - y` crea": (cambia_numeros, torch.tensor([float("nan"), 1.0])),
}


@pytest.mark.parametrize("que", MUTACIONES)
def test_cambiar_lo_que_se_recibe_se_dice(que):
    funcion, valor = MUTACIONES[que]
    with pytest.raises(Pista, match="cambia") as falta:
        llama(funcion, valor)
    assert que in str(falta.value)


def test_lo_que_no_cambia_pasa():
    valores = (
        [1, [2.5, "a"]],
        {"a": torch.ones(2)},
        np.array([1.0, np.nan]),
        torch.tensor([float("nan")]),
        torch.ones(2, device="meta"),
        nn.Linear(1, 1),
    )
    for valor in valores:
        assert llama(lambda x: x, valor) is valor
        assert llama(lambda x: x, x=valor) is valor


def test_mover_parametros_no_es_cambiar_la_lista():
    parametros = [nn.Parameter(torch.ones(2))]

    def mueve(lista):
        with torch.no_grad():
            lista[0] -= 1

    assert llama(mueve, parametros, devuelve=False) is None
    assert parametros[0].tolist() == [0, 0]


def en_una_celda(codigo):
    """Los nombres que define un código, como si fuera una celda."""
    import linecache

    linecache.cache["<celda>"] = (
        len(codigo),
        None,
        codigo.splitlines(True),
        "<celda>",
    )
    nombres = {"__name__": "__main__", "torch": torch}
    exec(compile(codigo, "<celda>", "exec"), nombres)
    return nombres


def test_sale_la_linea_suya_y_lo_que_imprimio(capsys):
    celda = en_una_celda(
        "def ayuda(x):\n"
        "    return x.reshape(7)\n\n"
        "def distancias(a, b):\n"
        "    print('voy por', a.shape)\n"
        "    c = ayuda(a)\n"
        "    return c\n"
    )
    comprueba("1.6c", celda["distancias"])
    salida = capsys.readouterr().out
    assert "En tu línea 2: return x.reshape(7)" in salida
    assert "Tu código imprimió:\n    voy por torch.Size([4, 2])\n" in salida


def test_lo_impreso_sale_tambien_si_el_valor_no_es_ese(capsys):
    celda = en_una_celda(
        "def distancias(a, b):\n"
        "    for i in range(9):\n"
        "        print('vuelta', i)\n"
        "    return torch.zeros(len(a), len(b))\n"
    )
    comprueba("1.6c", celda["distancias"])
    salida = capsys.readouterr().out
    assert "En tu línea" not in salida
    assert "    vuelta 4\n    …\n" in salida and "vuelta 5" not in salida


def test_si_no_imprimio_nada_no_se_habla_de_ello(capsys):
    comprueba("1.6c", lambda a, b: torch.zeros(len(a), len(b)))
    salida = capsys.readouterr().out
    assert "todavía no" in salida and "imprimió" not in salida


def test_si_es_correcto_no_se_repite_lo_impreso(capsys):
    def distancias(a, b):
        print("hola")
        return torch.cdist(a, b)

    comprueba("1.6c", distancias)
    assert "hola" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("clase", "trozo"),
    [
        (nn.Linear(1, 1), "pasa la clase"),
        (int, "no hereda"),
        (type("M", (nn.Module,), {"__init__": lambda self: None}), "super()"),
    ],
)
def test_crear_un_modelo(clase, trozo):
    with pytest.raises(Pista) as falta:
        crea(clase)
    assert trozo in str(falta.value)


def test_llamar_a_lo_que_no_es_funcion_o_no_devuelve():
    with pytest.raises(Pista, match="sin llamarla"):
        llama(3)
    with pytest.raises(Pista, match="falta `return`"):
        llama(lambda: None)
    assert llama(lambda: None, devuelve=False) is None
