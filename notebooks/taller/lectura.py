"""Leer y numerar un archivo entre dos procesos.

Casi todo el tiempo de `numera` es Python puro, que usa un solo núcleo: aquí
otro proceso lee las filas impares mientras este lee las pares. Lo explica el
taller del capítulo 3.
"""

import multiprocessing
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice

import torch

from helpers.dbpedia import lee_csv
from helpers.texto import numera, numera_al_pasar


def _lee_impares(ruta):
    """Lo que hace el otro proceso."""
    conteo, datos = numera_al_pasar(islice(lee_csv(ruta), 1, None, 2))
    # Un token no lleva espacios: todos viajan rápido en un solo texto.
    return " ".join(conteo), [*conteo.values()], [t.numpy() for t in datos]


def numera_entre_dos(ruta):
    """Como `numera`, con las filas de un archivo repartidas en dos procesos.

    Donde no hay `fork` (Windows) o no es de fiar (macOS), usa uno solo.

    Args:
        ruta: CSV de DBpedia.

    Returns:
        (Vocabulario, tuple): como `numera`, con las filas pares antes que
        las impares.

    Raises:
        DatosInvalidos: como `lee_csv` y como `numera`.
        RuntimeError: el otro proceso murió.
    """
    if not sys.platform.startswith("linux"):
        return numera(lee_csv(ruta))
    suyos = ()

    def junta(conteo):
        nonlocal suyos
        tokens, veces, datos = futuro.result()
        suyos = tokens.split(), *map(torch.from_numpy, datos)
        total = dict(conteo)
        for token, cuantas in zip(suyos[0], veces, strict=True):
            total[token] = total.get(token, 0) + cuantas
        return total

    fork = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(1, mp_context=fork) as otro:
            futuro = otro.submit(_lee_impares, ruta)
            pares = islice(lee_csv(ruta), 0, None, 2)
            vocab, (ids, inicios, clases) = numera(pares, junta)
    except BrokenProcessPool:
        raise RuntimeError(
            "El proceso que leía la otra mitad del archivo murió (¿falta "
            "memoria?). Ejecuta otra vez, o lee con uno solo: "
            "numera(lee_csv(ruta))."
        ) from None
    tokens, sus_ids, sus_inicios, sus_clases = suyos
    id_final = torch.tensor([vocab[t] for t in tokens], dtype=torch.int32)
    return vocab, (
        torch.cat([ids, id_final[sus_ids]]),
        torch.cat([inicios, sus_inicios[1:] + len(ids)]),
        torch.cat([clases, sus_clases]),
    )
