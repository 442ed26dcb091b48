"""4.1: repartir las filas y promediar los gradientes."""

import copy
import random
from collections import Counter
from itertools import pairwise
from operator import index

import torch
from torch import nn

from ejercicios.piezas import Pista, ejercicio, igual, llama, muestra, pide


@ejercicio("4.1a")
def reparte(funcion):
    """Repartir las filas"""
    curas = {
        "by zero": "los procesos se cuentan desde 0: el divisor es `procesos`",
        "interpreted as an integer": "`/` da decimales; la división entera es "
        "`//`",
        "out of range": "puede haber más procesos que filas: se da la vuelta "
        "las veces que haga falta, con `%`",
        "num_samples": "puede haber más procesos que filas",
    }
    # También más procesos que filas: alguna se repite varias veces.
    casos = [(10, 4), (12, 4), (5, 4), (3, 5), (2, 7), (1, 3), (6, 1)]
    casos += [(random.randint(20, 90), random.randint(2, 9))]
    for n, procesos in casos:
        partes = []
        for proceso in range(procesos):
            salida = llama(funcion, n, proceso, procesos, curas=curas)
            try:
                partes.append([index(i) for i in salida])
            except (TypeError, ValueError):
                raise Pista(
                    "se piden los índices de las filas, enteros, y devuelve "
                    f"{muestra(salida)}."
                ) from None
        _pide_reparto(partes, n, procesos)
    return "Nadie espera a quien no llega, y ninguna fila se queda fuera."


def _pide_reparto(partes, n, procesos):
    caso = f"con {n} filas y {procesos} procesos "
    cada_uno = -(-n // procesos)
    cuentas = [len(parte) for parte in partes]
    veces = Counter(i for parte in partes for i in parte)
    ajenas = sorted(set(veces) - set(range(n)))
    pide(
        not ajenas,
        f"{caso}salen índices que no existen, {muestra(ajenas)}: tras la "
        f"{n - 1} se vuelve a la 0.",
    )
    pide(
        set(cuentas) != {n} or procesos == 1 or n == 1,
        f"{caso}cada uno se lleva las {n}: no se reparte nada.",
    )
    pide(
        procesos == 1 or n == 1 or partes.count(partes[0]) < procesos,
        f"{caso}todos reciben las mismas filas: la parte depende de "
        "`proceso`.",
    )
    pide(
        len(set(cuentas)) == 1,
        f"{caso}tocan {muestra(cuentas)}: en cada paso DDP espera a todos, y "
        "quien tiene más se queda esperando. Completa hasta que tengan las "
        "mismas.",
    )
    faltan = sorted(set(range(n)) - set(veces))
    pide(
        not faltan,
        f"{caso}nadie toma las filas {muestra(faltan)}.",
    )
    pide(
        cuentas[0] == cada_uno,
        f"{caso}tocan {cuentas[0]} a cada uno y bastan {cada_uno}: se repite "
        "lo justo.",
    )
    justas = Counter(i % n for i in range(cada_uno * procesos))
    pide(
        veces == justas,
        f"{caso}se repiten {_repetidas(veces)} y se pedía "
        f"{_repetidas(justas)}: se completa desde la 0, de una en una.",
    )


def _repetidas(veces):
    """Las filas que salen de más, cada una tantas veces como sobra."""
    return muestra(
        sorted((veces - Counter(dict.fromkeys(veces, 1))).elements())
    )


def _red(*tamanos):
    capas = []
    for entra, sale in pairwise(tamanos):
        capas += [nn.Linear(entra, sale), nn.Tanh()]
    return nn.Sequential(*capas[:-1])


@ejercicio("4.1b")
def promedia(funcion):
    """Promediar los gradientes"""
    curas = {
        "leaf Variable": "no muevas los parámetros: lo que se promedia son "
        "sus gradientes, `p.grad`",
        "has no attribute 'grad'": "el gradiente está en cada parámetro: "
        "`modelo.parameters()`",
        "NoneType": "un parámetro que no se usó tiene `grad` igual a None en "
        "todas las copias: déjalo así",
        "not an iterator": "`parameters()` se recorre; `zip(*…)` los junta "
        "de copia en copia",
        "is not subscriptable": "`parameters()` se recorre con `for` o con "
        "`zip`; no lleva corchetes",
        "stack expects each tensor": "junta el mismo parámetro de cada "
        "copia, no los de una copia",
    }
    for procesos, tamanos in ((2, (4, 3)), (3, (5, 6, 2)), (4, (3, 3))):
        original = _red(*tamanos)
        # Uno que no se usa, y que por eso no tiene gradiente.
        original.register_parameter("suelto", nn.Parameter(torch.ones(2)))
        copias = [copy.deepcopy(original) for _ in range(procesos)]
        x = torch.randn(6 * procesos, tamanos[0])
        y = torch.randn(6 * procesos, tamanos[-1])
        nn.functional.mse_loss(original(x), y).backward()
        for i, copia in enumerate(copias):
            perdida = nn.functional.mse_loss(
                copia(x[i::procesos]), y[i::procesos]
            )
            perdida.backward()
        suyos = [[p.grad for p in c.parameters()] for c in copias]
        suyos = [[g if g is None else g.clone() for g in c] for c in suyos]
        llama(funcion, copias, devuelve=False, curas=curas)
        _pide_promedio(copias, original, suyos)
    return "Por eso dos mitades dan el paso del lote entero."


def _pide_promedio(copias, original, suyos):
    cuantas = len(copias)
    listas = [list(c.parameters()) for c in copias]
    buenos = list(original.parameters())
    pide(
        all(
            igual(p, bueno)
            for lista in listas
            for p, bueno in zip(lista, buenos, strict=True)
        ),
        "cambiaron los parámetros: se promedian los gradientes, y el paso lo "
        "da después el optimizador.",
    )
    for j, bueno in enumerate(buenos):
        grads = [lista[j].grad for lista in listas]
        if bueno.grad is None:
            pide(
                all(g is None for g in grads),
                "un parámetro que no se usó quedó con gradiente; con ceros "
                "tampoco es lo mismo: AdamW lo encogería. Déjalo en None.",
            )
            continue
        pide(
            all(g is not None for g in grads),
            "alguna copia se quedó sin gradiente: ponle el promedio a todas.",
        )
        antes = [c[j] for c in suyos]
        pide(
            not all(map(igual, grads, antes)),
            "los gradientes quedaron como estaban: se promedian ellos, no los "
            "parámetros, y se dejan en cada copia, con `p.grad = …` o "
            "`p.grad.copy_(…)`.",
        )
        for g in grads:
            pide(
                not igual(g, sum(antes)),
                f"es la suma de los {cuantas}: falta dividir entre las "
                "copias.",
            )
        bien = [igual(g, bueno.grad) for g in grads]
        pide(
            all(bien) or not any(bien),
            f"solo {sum(bien)} de {cuantas} copias tienen el promedio: si "
            "cambias una mientras calculas, las demás promedian otra cosa. "
            "Primero el promedio, después se reparte.",
        )
        pide(
            all(bien),
            f"para una copia sale {muestra(grads[0].flatten()[:3])} y el "
            f"promedio es {muestra(bueno.grad.flatten()[:3])}.",
        )
        pide(
            not any(g.is_inference() for g in grads),
            "los gradientes nacen en `inference_mode`, y fuera de él no se "
            "podrían recortar ni poner a cero: para no anotar basta "
            "`no_grad`.",
        )
        pide(
            len({g.data_ptr() for g in grads}) == cuantas,
            "todas las copias comparten el mismo tensor: lo que una cambie "
            "(un recorte, `zero_`) les cambia a las demás. A cada una, el "
            "suyo: `clone()` o `copy_`.",
        )
