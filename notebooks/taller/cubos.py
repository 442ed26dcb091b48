"""Números para los tokens sin un vocabulario: el truco del *hash*.

Una cuenta con las letras da a cada token un número, siempre el mismo, sin
buscarlo en ninguna parte: el cubo en que cae. Dos tokens pueden caer en el
mismo; con un millón de cubos pasa poco. Es lo que hacen Vowpal Wabbit y
fastText (Weinberger y otros, 2009). La cuenta es la de Karp y Rabin (1987),
que vale para todos los trozos de un texto a la vez: NumPy la hace de golpe.
Lo explica el taller del capítulo 3.
"""

from array import array
from itertools import islice

import numpy as np
import torch

from helpers.texto import label_pipeline

CUBOS, FINALES = 2**20, 2**16
LARGO = 400  # bytes que se leen de cada artículo
BLOQUE = 256  # artículos que se cortan a la vez
BASE = 0x9E3779B97F4A7C15  # impar: así se puede dividir entre ella
SIGNOS = b".,()!?'"
HUECOS = b' \t\n\r\v\f";:'
# Los huecos valen cero; los signos van sueltos, y los huecos también.
LIMPIA = bytes(0 if b in HUECOS else b for b in range(256))
SUELTO = np.array([b == 0 or b in SIGNOS for b in LIMPIA])


def potencias(base):
    """1, base, base², … módulo 2⁶⁴, para cada byte de un bloque.

    Returns:
        np.ndarray: uint64, con una más que los bytes de un bloque.
    """
    todas = np.full(BLOQUE * (LARGO + 1) + 1, base, dtype=np.uint64)
    todas[0] = 1
    return todas.cumprod()


LUGAR, VUELTA = potencias(BASE), potencias(pow(BASE, -1, 2**64))


def corta(textos):
    """Los tokens de `tokeniza`, sin crear ninguno: dónde empiezan y acaban.

    No corta por los espacios que no son ASCII, no quita `<br />`, y unas
    comillas en medio de una palabra la parten.

    Args:
        textos: hasta BLOQUE artículos; de cada uno, LARGO bytes.

    Returns:
        tuple: `letras`, los bytes de todos, uint8, con los huecos en cero;
        `desde` y `hasta`, (tokens,): `letras[desde[i]:hasta[i]]` es el i; y
        cuántos tokens van al acabar cada texto, (textos,).
    """
    trozos = [t[:LARGO].lower().encode()[:LARGO] for t in textos]
    bytes_ = b"\0".join(trozos).translate(LIMPIA)
    letras = np.frombuffer(bytes_, dtype=np.uint8)
    suelto = SUELTO[letras]
    corte = np.ones(len(letras) + 1, dtype=bool)
    corte[1:-1] = suelto[1:] | suelto[:-1]
    desde = np.flatnonzero(corte[:-1] & (letras > 0))
    hasta = np.flatnonzero(corte[1:] & (letras > 0)) + 1
    fines = np.cumsum([len(trozo) + 1 for trozo in trozos])
    return letras, desde, hasta, np.searchsorted(desde, fines)


def resume(letras, desde, hasta, cuantos):
    """El cubo de cada trozo: sus letras, como cifras en base BASE.

    Args:
        letras, desde, hasta: como los de `corta`.
        cuantos: cubos que hay, una potencia de 2.

    Returns:
        np.ndarray: int32 (trozos,), de 0 a cuantos - 1.
    """
    suma = np.zeros(len(letras) + 1, dtype=np.uint64)
    np.cumsum(letras * LUGAR[1 : len(suma)], out=suma[1:])
    numero = (suma[hasta] - suma[desde]) * VUELTA[desde]
    # Los bits altos son los que dependen de todas las letras.
    return (numero // np.uint64(2**64 // cuantos)).astype(np.int32)


def lee_cubos(pares):
    """Como `codifica`, con cubos en lugar de ids.

    Args:
        pares: iterable de `(label, texto)`, con `label` de 1 a 14.

    Returns:
        (Tensor, Tensor, Tensor, Tensor): por token, su cubo, de 0 a CUBOS
        - 1, y el de sus cuatro últimas letras, de 0 a FINALES - 1, forma
        (tokens,), int32; `inicios` y `clases`, como en `codifica`.
    """
    cubos, finales = array("i"), array("i")
    inicios, clases = array("q", [0]), array("q")
    pares = iter(pares)
    while bloque := [*islice(pares, BLOQUE)]:
        letras, desde, hasta, van = corta([texto for _, texto in bloque])
        inicios.extend((len(cubos) + van).tolist())
        clases.extend(label_pipeline(label) for label, _ in bloque)
        cubos.frombytes(resume(letras, desde, hasta, CUBOS).tobytes())
        desde = np.maximum(desde, hasta - 4)
        finales.frombytes(resume(letras, desde, hasta, FINALES).tobytes())
    todos = cubos, finales, inicios, clases
    return tuple(torch.from_numpy(np.asarray(t)) for t in todos)


def filas_de(cubos, finales):
    """La fila de cada cubo que sale al menos dos veces, desde 1.

    Detrás van las filas de los finales de los tokens que salieron una vez:
    las comparten. Lo demás es la 0.

    Args:
        cubos, finales: los del entrenamiento, de `lee_cubos`.

    Returns:
        Tensor: forma (CUBOS + FINALES,), int32.
    """
    comun = cubos.bincount(minlength=CUBOS) > 1
    raros = ~comun.index_select(0, cubos)
    final = finales[raros].bincount(minlength=FINALES) > 0
    salen = torch.cat([comun, final])
    return torch.where(salen, salen.cumsum(dim=0), 0).int()


def ids_de(fila, cubos, finales):
    """La fila de cada token: la suya o, si no la tiene, la de su final.

    Args:
        fila: de `filas_de`.
        cubos, finales: de cualquier conjunto, de `lee_cubos`.

    Returns:
        Tensor: forma (tokens,), int32.
    """
    ids = fila.index_select(0, cubos)
    raros = ids == 0
    ids[raros] = fila.index_select(0, CUBOS + finales[raros])
    return ids
