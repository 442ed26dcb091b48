"""Los ejercicios de 2.1: generar y separar datos."""

import torch

from ejercicios.piezas import (
    Pista,
    compara,
    ejercicio,
    forma,
    igual,
    llama,
    pide,
    pide_tensor,
)


def _pide_tupla(valor, cuantos, cuales):
    pide(
        isinstance(valor, (tuple, list)) and len(valor) == cuantos,
        f"la función debe devolver {cuales}.",
    )


def _pide_columnas(x, y, n):
    """X e y, de forma (n, 1)."""
    for nombre, t in (("X", x), ("y", y)):
        pistas = {
            (n,): f"`{nombre}` tiene forma ({n},): falta el eje de las "
            "características. `unsqueeze(dim=1)` lo pone en el tensor que "
            "devuelve.",
            (1, n): f"`{nombre}` tiene forma (1, {n}), una fila: el eje nuevo "
            "va después, `dim=1`.",
            (n + 1, 1): f"con n = {n} salen {n + 1} puntos: `arange` cuenta "
            "pasos; `linspace`, puntos.",
        }
        if torch.is_tensor(t) and forma(t) in ((1,), (1, 1)):
            raise Pista(
                "sale un solo punto: el tercer argumento de `arange` es el "
                "paso; para decir cuántos puntos está `linspace`."
            )
        pide_tensor(t, (n, 1), pistas, f"con n = {n}, en `{nombre}` ")


@ejercicio("2.1a")
def recta(funcion):
    """Datos de otra recta"""
    for volumen, sesgo, n in ((-1.5, 4.0, 50), (2.0, -1.0, 7)):
        pareja = llama(funcion, volumen, sesgo, n)
        _pide_tupla(pareja, 2, "dos tensores, `X` e `y`")
        x, y = pareja
        _pide_columnas(x, y, n)
        bien = torch.linspace(0, 10, n).unsqueeze(dim=1)
        indice = torch.arange(n).unsqueeze(dim=1)
        pide(not igual(y, bien), "se devuelve primero `X` y después `y`.")
        compara(
            x,
            bien,
            [
                (bien / 10, "`X` va de 0 a 1 y se pide de 0 a 10."),
                (
                    indice * 10 / n,
                    "`X` no llega a 10: `arange` no incluye el final.",
                ),
                (
                    indice,
                    f"`X` va de 0 a {n - 1}; repártela de 0 a 10.",
                ),
            ],
            "los valores de `X` no están repartidos por igual entre 0 y 10, "
            "con los dos incluidos.",
        )
        compara(
            y,
            volumen * x + sesgo,
            [
                (sesgo * x + volumen, "intercambiaste `volumen` y `sesgo`."),
                (volumen * x, "falta sumar el sesgo."),
                (volumen * (x + sesgo), "sobra un paréntesis en la recta."),
                (
                    0.8 * x + 0.2,
                    "usaste el 0.8 y el 0.2 del cuaderno, no los parámetros "
                    "que recibe la función.",
                ),
            ],
            "`y` no es `volumen * X + sesgo`.",
        )
    return "Muestras en las filas, características en las columnas."


def _tramos(lugares):
    """En cuántos tramos seguidos caen unos lugares ordenados."""
    saltos = lugares.diff()
    return int((saltos != 1).sum()) + 1, len(set(saltos.tolist())) == 1


def _pide_mezcla(x, x_test):
    """La prueba debe salir de todo el rango, sin orden."""
    n, aparte = len(x), len(x_test)
    lugares = torch.tensor([int((x == v).nonzero()[0, 0]) for v in x_test])
    tramos, parejos = _tramos(lugares.sort().values)
    pide(
        not (parejos and tramos > 1),
        "la prueba toma una fila de cada tantas: eso es un orden, no una "
        "mezcla.",
    )
    extremo = set(lugares.tolist()) in (
        set(range(aparte)),
        set(range(n - aparte, n)),
    )
    pide(
        not extremo,
        "la prueba es un extremo de los datos: hay que mezclar antes de "
        "cortar, no después.",
    )
    pide(
        tramos > aparte // 4,
        "la prueba es un trozo seguido de los datos: hay que mezclar todas "
        "las filas antes de cortar.",
    )


@ejercicio("2.1b")
def separa(funcion):
    """Separar y mezclar"""
    for n in (40, 100):
        x = torch.arange(n).unsqueeze(dim=1) * 0.5 + 3
        aparte = n // 4
        partes = llama(funcion, x, 100 - 2 * x)
        parejas = "dos parejas, `(X_train, y_train)` y `(X_test, y_test)`"
        _pide_tupla(partes, 2, parejas)
        for pareja in partes:
            _pide_tupla(pareja, 2, parejas)
        (x_train, y_train), (x_test, y_test) = partes
        for t in (x_train, y_train, x_test, y_test):
            pide_tensor(t)
        largos = tuple(map(len, (x_train, y_train, x_test, y_test)))
        buenos = (n - aparte, n - aparte, aparte, aparte)
        pistas = {
            (n - aparte, aparte, n - aparte, aparte): "en cada pareja hay dos "
            "largos distintos: `train_test_split` devuelve X_train, X_test, "
            "y_train, y_test, en ese orden.",
            buenos[::-1]: "la parte grande es la de entrenamiento: 75 % para "
            "entrenar y 25 % para la prueba.",
            (28, 28, 12, 12): "separaste el 30 % y se pide el 25 %.",
            (32, 32, 8, 8): "separaste el 20 % y se pide el 25 %.",
            (90, 90, 10, 10): "siempre apartas 10 puntos: el 25 % depende de "
            "cuántos hay.",
        }
        general = f"de {n} puntos salen {largos} y se pide {buenos}."
        pide(largos == buenos, pistas.get(largos, general))
        pide(
            igual(y_train, 100 - 2 * x_train)
            and igual(y_test, 100 - 2 * x_test),
            "cada `x` perdió su `y`: separa X e y en la misma llamada, o con "
            "los mismos índices.",
        )
        pide(
            igual(torch.cat([x_train, x_test]).sort(dim=0).values, x),
            "hay puntos repetidos, o puntos que se perdieron: cada uno va a "
            "un solo conjunto.",
        )
        _pide_mezcla(x, x_test)
    return "Mezclados, sin repetir, y cada x con su y."
