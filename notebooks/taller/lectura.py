"""Leer y numerar un archivo entre dos procesos.

Casi todo el tiempo de `numera` es Python puro, que usa un solo núcleo: aquí
otro proceso lee las filas impares mientras este lee las pares. Lo explica el
taller del capítulo 3.
"""

import multiprocessing
import sys
import time
from itertools import islice
from threading import Timer

import torch

from helpers.dbpedia import lee_csv
from helpers.texto import numera, numera_al_pasar

MARGEN_S = 20


def _lee_impares(ruta):
    """Lo que hace el otro proceso."""
    conteo, datos = numera_al_pasar(islice(lee_csv(ruta), 1, None, 2))
    # Un token no lleva espacios: todos viajan rápido en un solo texto.
    return " ".join(conteo), [*conteo.values()], [t.numpy() for t in datos]


def _envia(tubo, ruta):
    """Envía lo leído; si algo falla, el error."""
    try:
        tubo.send(_lee_impares(ruta))
    except Exception as error:
        tubo.send(error)


def _recibe(tubo, otro, espera_s):
    """Lo que envía el otro proceso; si tarda más, se le da por perdido."""
    reloj = Timer(espera_s, otro.kill)
    reloj.start()
    try:
        recibido = tubo.recv()
    except (EOFError, OSError):
        raise RuntimeError(
            "El proceso que leía la otra mitad del archivo murió o dejó de "
            "responder (¿falta memoria?). Ejecuta otra vez, o lee con uno "
            "solo: numera(lee_csv(ruta))."
        ) from None
    finally:
        reloj.cancel()
    if isinstance(recibido, Exception):
        raise recibido
    return recibido


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
        RuntimeError: el otro proceso murió o se quedó mudo.
    """
    if not sys.platform.startswith("linux"):
        return numera(lee_csv(ruta))
    suyos = ()

    def junta(conteo):
        nonlocal suyos
        # Trabaja lo mismo que este: no puede tardar mucho más.
        limite = MARGEN_S + 3 * (time.monotonic() - inicio)
        tokens, veces, datos = _recibe(aqui, otro, limite)
        suyos = tokens.split(), *map(torch.from_numpy, datos)
        total = dict(conteo)
        for token, cuantas in zip(suyos[0], veces, strict=True):
            total[token] = total.get(token, 0) + cuantas
        return total

    fork = multiprocessing.get_context("fork")
    aqui, alla = fork.Pipe(duplex=False)
    otro = fork.Process(target=_envia, args=(alla, ruta), daemon=True)
    inicio = time.monotonic()
    otro.start()
    alla.close()  # que solo lo tenga él: si muere, se nota
    try:
        pares = islice(lee_csv(ruta), 0, None, 2)
        vocab, (ids, inicios, clases) = numera(pares, junta)
    finally:
        otro.kill()  # también si está detenido; si acabó, no hace nada
        otro.join()
        aqui.close()
    tokens, sus_ids, sus_inicios, sus_clases = suyos
    id_final = torch.tensor([vocab[t] for t in tokens], dtype=torch.int32)
    return vocab, (
        torch.cat([ids, id_final[sus_ids]]),
        torch.cat([inicios, sus_inicios[1:] + len(ids)]),
        torch.cat([clases, sus_clases]),
    )
