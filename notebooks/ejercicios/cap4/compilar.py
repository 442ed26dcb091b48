"""3.9: cuándo conviene compilar y cuántas veces se compila."""

import random
from fractions import Fraction
from itertools import count
from math import floor
from types import FunctionType
from unittest.mock import patch

import torch
from torch import nn

from ejercicios.cap3.lotes import lote_al_azar
from ejercicios.limite import limite_de_tiempo
from ejercicios.piezas import (
    compara,
    ejercicio,
    igual,
    llama,
    muestra,
    numero,
    pide,
)


def _casos():
    """Ternas (C, t, t'), exactas en binario, y lo que cuestan de más.

    El cociente C/(t − t') cae antes de la mitad, después, en un entero (ahí
    se empata), y por debajo de 1.
    """
    for resto in (0.75, 0.25, 0, 0.5):
        ahorro = random.choice((0.25, 0.5, 1, 2))
        cociente = random.randint(3, 60) + resto
        compilado = random.choice((0.25, 0.75, 1.5))
        yield cociente * ahorro, compilado + ahorro, compilado
    yield 0.5, 8.0, 2.0


@ejercicio("3.9a", segundos=4)
def conviene(funcion):
    """Desde cuántas llamadas conviene"""
    antes_del = "si t' ≥ t nunca se recupera: ese caso va antes, con un `if`"
    for c, t, nuevo in _casos():
        caso = f"con C = {c}, t = {t} y t' = {nuevo}"
        salida = llama(funcion, c, t, nuevo, devuelve=False)
        pide(salida is not None, f"{caso} devuelve None: ¿falta `return`?")
        exacto = Fraction(c) / (Fraction(t) - Fraction(nuevo))
        bien = floor(exacto) + 1
        n = numero(salida)
        pide(
            n != exacto or exacto.denominator > 1,
            f"{caso}, con {exacto} llamadas se empata: la regla dice n >, no "
            "n ≥.",
        )
        compara(
            n,
            bien,
            [
                (
                    float(exacto),
                    f"{caso} sale {float(exacto):.2f}; no hay llamadas a "
                    "medias: se pide un entero.",
                ),
                (
                    bien - 1,
                    f"{caso}, con {bien - 1} llamadas aún se pierde: se "
                    "redondea hacia arriba.",
                ),
                (
                    floor(c / t) + 1,
                    "falta restar: lo que se ahorra en cada llamada es t - "
                    "t'.",
                ),
                (
                    floor(c / t - nuevo) + 1,
                    "falta un paréntesis: C se divide entre toda la "
                    "diferencia.",
                ),
                (
                    bien + 1,
                    f"{caso} ya se gana con n = {bien}: se pide el menor.",
                ),
            ],
            f"{caso} devuelve {muestra(salida)}"
            + (
                ": el ahorro es t - t', no al revés."
                if n <= 0
                else "; mira si ahí C + n·t' es menor que n·t, y con una "
                "llamada menos ya no."
            ),
        )
    for t, nuevo in ((1.0, 2.0), (2.0, 2.0), (0.5, 4.0)):
        salida = llama(
            funcion, 10, t, nuevo, devuelve=False, curas={"by zero": antes_del}
        )
        pide(
            salida is None,
            f"con t = {t} y t' = {nuevo} nunca conviene: se pide `None` y "
            f"devuelve {muestra(salida)}.",
        )
    return "Antes de compilar, mide C, t y t'; después, cuenta llamadas."


COMPILANDO = 12  # segundos: cinco lotes tardan mucho menos
_linea = count(1_000_000)  # por donde PyTorch recuerda un código


def _modelo_de_prueba():
    """Un clasificador pequeño que `torch.compile` no ha visto.

    Lo compilado se guarda por código: uno nuevo no comparte nada con lo que
    compiló el cuaderno.
    """

    class Prueba(nn.Module):
        def __init__(self):
            super().__init__()
            self.embedding = nn.EmbeddingBag(50, 6)
            self.bn = nn.BatchNorm1d(6)
            self.fc = nn.Linear(6, 5)

        def forward(self, text, offsets):
            return self.fc(torch.relu(self.bn(self.embedding(text, offsets))))

    codigo = Prueba.forward.__code__
    nuevo = codigo.replace(co_firstlineno=next(_linea))
    Prueba.forward = FunctionType(nuevo, globals())
    return Prueba().eval()


@ejercicio("3.9b", segundos=90, mib=2048)
def acelera(funcion):
    """Corregir: compilar una vez"""
    from torch._dynamo import config  # tarda en cargar

    # Sin esto, un largo que cambió en otro intento ya nace libre.
    with (
        limite_de_tiempo(COMPILANDO),
        config.patch(automatic_dynamic_shapes=False),
    ):
        _compila_una_vez(funcion)
    return "Una compilación para todos los lotes: así se amortiza."


_YA_LLAMADA = {
    "'Prueba' object has no attribute 'dim'": "¿pusiste en `respuesta` lo que "
    "devuelve `acelera`? Va `acelera`, sin paréntesis"
}


def _compila_una_vez(funcion):
    modelo, compilaciones, usos = _modelo_de_prueba(), [], []
    compile_de_verdad, pedidos = torch.compile, []

    def motor(grafo, entradas):
        def corre(*datos):
            usos.append(len(datos))
            return grafo.forward(*datos)

        compilaciones.append(len(entradas))
        return corre

    def compile_vigilado(*args, **kwargs):
        pedidos.append(kwargs.get("backend"))
        return compile_de_verdad(*args, **kwargs)

    lotes = [
        lote_al_azar(largos, 50)[:2]
        for largos in ([3, 4], [9, 5, 6], [2, 2, 8, 7], [4, 7, 1, 5, 6])
    ]
    # Antes: con `modelo.compile` el modelo cambia.
    esperados = [modelo(text, offsets) for text, offsets in lotes]
    with patch.object(torch, "compile", compile_vigilado):
        clasifica = llama(funcion, modelo, motor, curas=_YA_LLAMADA)
        pide(
            callable(clasifica),
            f"devuelve algo de tipo {type(clasifica).__name__} y se pide la "
            "función que clasifica un lote.",
        )
        antes = len(pedidos)
        for vuelta, lote in enumerate(lotes, 1):
            _pide_clases(llama(clasifica, *lote), esperados[vuelta - 1])
            pide(
                len(pedidos) == antes or (antes == 0 and len(pedidos) == 1),
                f"al lote {vuelta} ya se llamó {len(pedidos)} veces a "
                "`torch.compile`: se llama una vez, fuera de la función que "
                "se repite.",
            )
    pide(
        compilaciones,
        "clasifica bien y no compiló nada"
        + (
            ": `torch.compile` devuelve otro modelo, y es ese el que se usa, "
            "con el `motor` que recibe."
            if pedidos
            else ": falta `torch.compile`, con el `motor` que recibe."
        ),
    )
    pide(
        len(compilaciones) == 1,
        f"con {len(lotes)} lotes de distinto largo compiló "
        f"{len(compilaciones)} veces: di desde el principio que el largo "
        "cambia, con `dynamic=True`.",
    )
    pide(
        len(usos) >= len(lotes),
        f"de {len(lotes)} lotes, {len(lotes) - len(usos)} no pasaron por lo "
        "compilado: úsalo con todos.",
    )


def _pide_clases(salida, logits):
    pide(
        torch.is_tensor(salida),
        f"el clasificador devuelve algo de tipo {type(salida).__name__} y se "
        "piden las clases, en un tensor.",
    )
    pide(
        not igual(salida, logits),
        "devuelve los logits; se pide la clase de cada texto, su `argmax`.",
    )
    compara(
        salida,
        logits.argmax(dim=1),
        [
            (
                logits.argmax(dim=0),
                "hay una fila por texto: `argmax` con `dim=1`.",
            ),
            (
                logits.argmax(),
                "sale una sola clase para todo el lote: `dim=1`.",
            ),
        ],
        f"sale {muestra(salida)} y el modelo, sin compilar, dice "
        f"{muestra(logits.argmax(dim=1))}.",
    )
