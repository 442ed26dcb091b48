"""Los ejercicios de 2.4: elegir, medir y ordenar los pasos."""

import re
from itertools import pairwise
from numbers import Real

import torch

from ejercicios.espias import OTROS_DATOS, RectaEspia, pide_que_use
from ejercicios.piezas import (
    compara,
    ejercicio,
    igual,
    llama,
    numero,
    pide,
)


@ejercicio("2.4a")
def mejor_epoca(funcion):
    """Leer dos curvas"""
    for n, fondo in ((7, 3), (12, 7), (9, 4), (12, 5)):
        perd_train = torch.linspace(0.9, 0.1, n).tolist()
        subida = (torch.arange(n) - fondo).abs() * 0.05
        perd_val = (0.4 + subida + 0.03 * torch.rand(n)).tolist()
        perd_val[fondo // 2] += 0.1  # un repunte antes del fondo
        perd_val[fondo + 2] += 0.1  # y otro después
        perd_val[0] = 1.1
        mejor = perd_val.index(min(perd_val))
        sube = [a < b for a, b in pairwise(perd_val)]
        epoca = numero(llama(funcion, perd_train, perd_val))
        pide(
            epoca.is_integer(),
            "eso es una pérdida; se pide el número de su época.",
        )
        pide(
            0 <= epoca < n,
            f"son {n} épocas contadas desde 0: de la 0 a la {n - 1}.",
        )
        compara(
            epoca,
            mejor,
            [
                (
                    n - 1,
                    "en la última la pérdida de entrenamiento es la menor, "
                    "pero la de validación ya subió: memoriza.",
                ),
                (
                    mejor + 1,
                    "parece que cuentas desde 1; la primera época es la 0.",
                ),
                (
                    sube.index(True),
                    "te paras en el primer repunte, y la validación va y "
                    "viene: mira toda la lista.",
                ),
                (
                    n // 2,
                    "siempre dices la del medio: mírala en las listas que "
                    "recibe la función.",
                ),
                (0, "la 0 es la peor de las dos curvas; busca la menor."),
                (
                    3,
                    "siempre dices la misma: mírala en las listas que "
                    "recibe la función.",
                ),
            ],
            "busca dónde es menor la pérdida de validación.",
        )
    return "Después, la de validación sube mientras la otra baja: sobreajuste."


@ejercicio("2.4b")
def examina(funcion):
    """Medir sin aprender"""
    for n in (6, 9):
        modelo, x = RectaEspia(), torch.rand(n, 1)
        y = 2 * x + 1 + 0.2 * torch.randn(n, 1)
        antes = [p.detach().clone() for p in modelo.parameters()]
        obtenido = llama(funcion, modelo, x, y, curas=OTROS_DATOS)
        pide_que_use(modelo, x)
        pide(
            not any(modelo.modos),
            "el modelo seguía en modo de entrenamiento al predecir: falta "
            "`modelo.eval()`, con paréntesis y antes.",
        )
        pide(
            not any(modelo.sigue),
            "se siguieron los gradientes: predice dentro de "
            "`with torch.inference_mode()`.",
        )
        pide(
            all(map(igual, modelo.parameters(), antes)),
            "el modelo cambió: al medir no se mueve ningún parámetro.",
        )
        pide(
            not isinstance(obtenido, str),
            "es un texto, y con un texto no se hacen cuentas: se pide el "
            "número.",
        )
        resta = 0.3 * x + 0.1 - y
        compara(
            obtenido,
            resta.abs().mean(),
            [
                ((resta**2).mean(), "ese es el MSE; se pide el MAE."),
                (
                    resta.abs().sum(),
                    "sumaste los errores; falta promediarlos.",
                ),
                (resta.mean(), "falta el valor absoluto de cada error."),
                (
                    0.3 * x + 0.1,
                    "son las predicciones; falta compararlas con `y`.",
                ),
                (
                    resta.abs().sum() / 6,
                    "siempre divides entre 6: usa cuántos puntos hay.",
                ),
            ],
        )
        pide(
            isinstance(obtenido, Real),
            "el valor es correcto, pero es "
            + ("un tensor" if torch.is_tensor(obtenido) else "un arreglo")
            + ": se pide un número de Python, `.item()`.",
        )
        pide(
            all(p.requires_grad for p in modelo.parameters()),
            "el modelo queda con los parámetros congelados, y no se podría "
            "seguir entrenando: para medir basta `inference_mode()`.",
        )
    return "Modo de evaluación, sin gradientes y un número: medir no cambia."


@ejercicio("2.4c")
def ordena(respuesta):
    """Ordena los cinco pasos"""
    pide(
        isinstance(respuesta, (str, list, tuple)),
        'escribe las cinco letras en orden, como "abcde".',
    )
    letras = re.findall(r"[a-z]", "".join(map(str, respuesta)).lower())
    pide(
        sorted(letras) == list("abcde"),
        "van las cinco letras, de la a a la e, cada una una vez.",
    )
    mover, comparar, limpiar, predecir, derivar = map(letras.index, "abcde")
    pide(
        predecir < comparar,
        "no se puede comparar antes de tener qué: d va antes de b.",
    )
    pide(
        comparar < derivar,
        "no hay pérdida que derivar hasta que se compara: b va antes de e.",
    )
    pide(
        derivar < mover,
        "se mueve con el gradiente de esta vuelta, y ese lo deja `backward`: "
        "e va antes de a.",
    )
    pide(
        not derivar < limpiar < mover,
        "limpiar entre derivar y mover borra el gradiente recién calculado: "
        "el modelo no se movería.",
    )
    return "Predecir, comparar, limpiar, derivar, mover."
