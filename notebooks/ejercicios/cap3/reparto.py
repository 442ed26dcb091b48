"""3.7: repartir entre entrenamiento y validación, clase por clase."""

import random
from collections import Counter
from itertools import pairwise

import torch

from ejercicios.piezas import Pista, ejercicio, llama, muestra, pide

_CURAS = {
    "'bool' object": "`clases` es una lista, y comparada con un número da un "
    "solo `bool`: recórrela, o pásala a tensor",
    "Sum of input lengths": "las partes de `random_split` deben sumar todo",
    "slice indices": "el corte es un número entero: `round` o `int`",
    "unhashable": "agrupa los lugares por el número de su clase",
    "Population must be a sequence": "`random.sample` pide una lista, no un "
    "conjunto",
}


@ejercicio("3.7")
def reparte(funcion):
    """Repartir por clases"""
    # Con estas cuentas la fracción es exacta en cada clase.
    casos = (
        ({4: 40, 0: 20, 9: 60}, 0.25),
        ({4: 40, 0: 20, 9: 60}, 0.1),
        ({1: 80, 13: 20, 2: 30, 7: 50}, 0.1),
        ({5: 100, 3: 12}, 0.5),
    )
    for cuantos, fraccion in casos:
        clases = [c for c, n in cuantos.items() for _ in range(n)]
        random.shuffle(clases)
        salida = llama(funcion, list(clases), fraccion, curas=_CURAS)
        train, valid = _pide_indices(salida, clases)
        _pide_parejo(train, valid, clases, fraccion)
        _pide_azar(valid, clases)
    return "Cada clase pesa en la validación lo que pesa en los datos."


def _pide_indices(partes, clases):
    pide(
        isinstance(partes, (tuple, list)) and len(partes) == 2,
        "se devuelven dos listas de índices, entrenamiento y validación.",
    )
    pide(
        not any(hasattr(p, "dataset") for p in partes),
        "son trozos de `random_split`; se piden índices, y además por clase.",
    )
    pide(
        not any(isinstance(p, (set, frozenset, dict)) for p in partes),
        f"devuelve algo de tipo {type(partes[0]).__name__}, que no tiene "
        "orden: de ahí no se puede pedir «el tercero». Pásalo a lista.",
    )
    sin_listas = (
        "hay listas dentro de las listas, y se piden índices sueltos: "
        "¿`append` en vez de `+=`, o `nonzero()` sin `flatten()`?"
    )
    try:
        train, valid = (torch.as_tensor(p).tolist() for p in partes)
        todos = sorted(train + valid)
    except (TypeError, ValueError, RuntimeError):
        raise Pista(f"salió {muestra(partes)}: {sin_listas}") from None
    pide(not any(isinstance(i, list) for i in todos), sin_listas)
    pide(
        todos != sorted(clases),
        "devuelve las clases; se piden sus índices, los lugares que ocupan "
        "en la lista.",
    )
    pide(
        all(isinstance(i, int) and 0 <= i < len(clases) for i in todos),
        "hay algo que no es un lugar de la lista: los índices van de 0 a "
        "len(clases) - 1.",
    )
    pide(
        not set(train) & set(valid) or len(set(valid)) < len(valid),
        "hay índices en las dos partes: cada uno va a una sola.",
    )
    pide(
        len(todos) == len(set(todos)),
        "hay índices repetidos. ¿Son lugares de la lista entera, o puestos "
        "dentro de cada clase?",
    )
    return train, valid


def _pide_parejo(train, valid, clases, fraccion):
    cuantos, n = Counter(clases), len(clases)
    con = f"con fraccion = {fraccion} "
    hay = len(train) + len(valid)
    pide(
        hay == n,
        f"{con}se pierden {n - hay} de {n} artículos: lo que no va a "
        "validación va a entrenamiento, en todas las clases.",
    )
    pedidos = {c: round(k * fraccion) for c, k in cuantos.items()}
    van = Counter(clases[i] for i in valid)
    al_reves = {c: k - van[c] for c, k in cuantos.items()}
    pide(
        al_reves != pedidos or van == pedidos,
        "las partes están al revés: primero entrenamiento y después "
        "validación, que es la pequeña.",
    )
    pide(
        not valid or len({van[c] for c in cuantos}) > 1,
        "van a validación los mismos de cada clase; se pide la misma "
        "fracción: las grandes aportan más.",
    )
    pide(
        len(valid) == sum(pedidos.values()),
        f"{con}van a validación {len(valid)} de {n}, y deben ser "
        f"{sum(pedidos.values())}.",
    )
    mal = next((c for c in cuantos if van[c] != pedidos[c]), None)
    pide(
        mal is None,
        f"{con}el total es correcto, pero no clase a clase: una de "
        f"{cuantos[mal]} artículos aporta {van[mal]} y debe aportar "
        f"{pedidos.get(mal)}. Reparte cada clase por su lado.",
    )


def _pide_azar(valid, clases):
    """Lo elegido con regla (un extremo, un bloque, uno de cada cuatro)."""
    reglas = []
    for clase in set(clases):
        lugares = [i for i, otra in enumerate(clases) if otra == clase]
        puestos = [p for p, i in enumerate(lugares) if i in set(valid)]
        saltos = {b - a for a, b in pairwise(puestos)}
        if len(puestos) > 3:
            reglas.append(saltos.pop() if len(saltos) == 1 else 0)
    pide(
        not reglas or not all(r == 1 for r in reglas),
        "la validación se lleva un bloque seguido de cada clase, y se pide "
        "al azar: mezcla antes de cortar.",
    )
    pide(
        not reglas or not all(reglas),
        "la validación toma uno de cada tantos de cada clase, y se pide al "
        "azar: mezcla antes de cortar.",
    )
