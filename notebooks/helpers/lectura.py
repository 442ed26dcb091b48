"""Leer y numerar un archivo entre dos procesos.

Casi todo el tiempo de `numera` es Python puro, que usa un solo núcleo: aquí
otro proceso lee las filas impares mientras este lee las pares.
"""

import multiprocessing
import sys
from itertools import islice

import torch

from helpers.dbpedia import lee_csv
from helpers.texto import numera, numera_al_pasar, renumera


def _lee_impares(ruta, label_pipeline, tubo):
    """Lo que hace el otro proceso: numera sus filas y las envía."""
    filas = islice(lee_csv(ruta), 1, None, 2)
    try:
        conteo, datos = numera_al_pasar(filas, label_pipeline)
    except ValueError as error:
        tubo.send(error)
        return
    # Un token no lleva espacios: todos viajan deprisa en un solo texto.
    veces = list(conteo.values())
    tubo.send((" ".join(conteo), veces, [t.numpy() for t in datos]))


def numera_entre_dos(ruta, label_pipeline):
    """Como `numera`, con las filas de un archivo repartidas en dos procesos.

    Donde no hay `fork` (Windows) o no es de fiar (macOS), usa uno solo.

    Args:
        ruta: CSV de DBpedia.
        label_pipeline: como en `codifica`.

    Returns:
        (dict, tuple): como `numera`, con las filas pares antes que las
        impares.

    Raises:
        DatosInvalidos: como `lee_csv`.
    """
    if not sys.platform.startswith("linux"):
        return numera(lee_csv(ruta), label_pipeline)
    contexto = multiprocessing.get_context("fork")
    tubo, suyo = contexto.Pipe(duplex=False)
    otro = contexto.Process(
        target=_lee_impares, args=(ruta, label_pipeline, suyo), daemon=True
    )
    otro.start()
    tokens, datos = [], ()

    def junta(conteo):
        nonlocal tokens, datos
        recibido = tubo.recv()
        if isinstance(recibido, ValueError):
            raise recibido
        texto, veces, datos = recibido
        tokens = texto.split(" ")
        total = dict(conteo)
        for token, cuantas in zip(tokens, veces, strict=True):
            total[token] = total.get(token, 0) + cuantas
        return total

    pares = islice(lee_csv(ruta), 0, None, 2)
    indice, (ids, inicios, clases) = numera(pares, label_pipeline, junta)
    otro.join()
    sus_ids, sus_inicios, sus_clases = map(torch.from_numpy, datos)
    return indice, (
        torch.cat([ids, renumera(sus_ids, tokens, indice)]),
        torch.cat([inicios, sus_inicios[1:] + len(ids)]),
        torch.cat([clases, sus_clases]),
    )
