"""Números para los tokens sin un vocabulario: el truco del *hash*.

`crc32` da a cada token un número, siempre el mismo, sin buscarlo en ninguna
parte; su resto, entre CUBOS, dice en qué cubo cae. Dos tokens pueden caer en
el mismo: con un millón de cubos pasa poco. Es lo que hacen Vowpal Wabbit y
fastText (Weinberger y otros, 2009). Lo explica el taller del capítulo 3.
"""

from array import array
from zlib import crc32

import numpy as np
import torch

from helpers.texto import label_pipeline, tokeniza

CUBOS = 2**20
LARGO = 60  # tokens que se leen de cada artículo


def lee_cubos(pares):
    """Como `codifica`, con el cubo de cada token en lugar de su id.

    Args:
        pares: iterable de `(label, texto)`, con `label` de 1 a 14.

    Returns:
        (Tensor, Tensor, Tensor): `cubos`, forma (tokens,), int32, de 0 a
        CUBOS - 1; `inicios` y `clases`, como en `codifica`.
    """
    numeros, inicios, clases = array("I"), array("q", [0]), array("q")
    for label, texto in pares:
        tokens = tokeniza(texto)[:LARGO]
        numeros.extend(map(crc32, map(str.encode, tokens)))
        inicios.append(len(numeros))
        clases.append(label_pipeline(label))
    cubos = (np.asarray(numeros) % CUBOS).astype(np.int32)
    return (
        torch.from_numpy(cubos),
        torch.from_numpy(np.asarray(inicios)),
        torch.from_numpy(np.asarray(clases)),
    )


def filas_de(cubos):
    """A cada cubo que sale, su fila de la tabla, desde 1; a los demás, la 0.

    Args:
        cubos: los del entrenamiento, de `lee_cubos`.

    Returns:
        Tensor: forma (CUBOS,), int32; `filas_de(cubos)[cubos]` son los ids.
    """
    salen = cubos.bincount(minlength=CUBOS) > 0
    return torch.where(salen, salen.cumsum(dim=0), 0).int()
