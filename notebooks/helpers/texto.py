"""De texto a números, deprisa: tokens, vocabulario e ids en una pasada.

Lo explica la sección 3.3, que escribe estas mismas definiciones.
"""

from array import array
from collections import OrderedDict, defaultdict

import torch


def tokeniza(texto):
    """Los tokens de `basic_english`, uno a uno los mismos, más deprisa.

    Son sus doce sustituciones, en su orden, con `str.replace` en lugar de
    expresiones regulares (torchtext 0.18, `torchtext.data.utils`).

    Args:
        texto: un artículo.

    Returns:
        list[str]
    """
    return (
        texto.lower()
        .replace("'", " ' ")
        .replace('"', "")
        .replace(".", " . ")
        .replace("<br />", " ")
        .replace(",", " , ")
        .replace("(", " ( ")
        .replace(")", " ) ")
        .replace("!", " ! ")
        .replace("?", " ? ")
        .replace(";", " ")
        .replace(":", " ")
        .split()
    )


def codifica(pares, texto_pipeline, label_pipeline):
    """Convierte artículos a ids una sola vez, todos seguidos.

    Los lee de uno en uno: en memoria quedan los ids, 4 bytes por token, y
    nunca los textos.

    Args:
        pares: iterable de `(label, texto)`.
        texto_pipeline: función de texto a ids, en una lista u otro iterable.
        label_pipeline: función de etiqueta a clase, desde 0.

    Returns:
        (Tensor, Tensor, Tensor): `ids`, forma (tokens,), int32; `inicios`,
        forma (artículos + 1,), int64: el texto `i` ocupa
        `ids[inicios[i]:inicios[i + 1]]`; `clases`, forma (artículos,), int64.

    Raises:
        ValueError: no hay artículos, o ninguno tiene tokens.
    """
    ids, inicios, clases = array("i"), array("q", [0]), array("q")
    for label, texto in pares:
        ids.extend(texto_pipeline(texto))
        inicios.append(len(ids))
        clases.append(label_pipeline(label))
    if not ids:
        raise ValueError("No hay ni un token: revisa los textos.")
    return (
        torch.asarray(ids, dtype=torch.int32),
        torch.asarray(inicios, dtype=torch.int64),
        torch.asarray(clases, dtype=torch.int64),
    )


def numera_al_pasar(pares, label_pipeline):
    """Lee los artículos una vez y da a cada token un número al aparecer.

    Args:
        pares, label_pipeline: como en `codifica`.

    Returns:
        (dict, tuple): {token: veces}, por orden de aparición, y lo que
        devuelve `codifica`, donde el id de un token es ese orden.
    """
    numeros = defaultdict()
    numeros.default_factory = numeros.__len__  # token nuevo → el siguiente

    def texto_pipeline(texto):
        return map(numeros.__getitem__, tokeniza(texto))

    datos = codifica(pares, texto_pipeline, label_pipeline)
    veces = datos[0].bincount().tolist()
    return dict(zip(numeros, veces, strict=True)), datos


def renumera(ids, tokens, indice):
    """Cambia los números de aparición por los ids de `indice`.

    Args:
        ids: int32 (tokens,), posiciones en `tokens`.
        tokens: por orden de aparición.
        indice: {token: id}.

    Returns:
        Tensor: int32, de la forma de `ids`.
    """
    tabla = torch.tensor([*map(indice.get, tokens)], dtype=torch.int32)
    return tabla[ids]


def numera(pares, label_pipeline, junta=None):
    """Lee los artículos una vez y da los ids y el vocabulario.

    El vocabulario es el de `build_vocab_from_iterator` con `<unk>`: del
    token más frecuente al menos y, a igual frecuencia, por orden alfabético.
    Como ese orden solo se sabe al final, se numera al pasar y se renumera.

    Args:
        pares, label_pipeline: como en `codifica`.
        junta: función de {token: veces} en `pares` al de todos los
            artículos, si otros procesos leen los demás.

    Returns:
        (dict, tuple): {token: id}, por orden de id y con `<unk>` en el 0, y
        lo que devuelve `codifica`.
    """
    conteo, (ids, *resto) = numera_al_pasar(pares, label_pipeline)
    total = conteo if junta is None else junta(conteo)
    # «<unk>», si está escrito en un texto, es también el 0.
    orden = sorted(token for token in total if token != "<unk>")
    orden.sort(key=total.__getitem__, reverse=True)
    indice = {token: i for i, token in enumerate(["<unk>", *orden])}
    return indice, (renumera(ids, conteo, indice), *resto)


def crea_vocab(tokens):
    """El `Vocab` de torchtext de unos tokens, con su índice 0 para lo
    desconocido.

    Args:
        tokens: iterable de `str`, por orden de id, como el que da `numera`.

    Returns:
        torchtext.vocab.Vocab
    """
    # Aquí y no arriba: los capítulos 1 y 2 no necesitan torchtext.
    from torchtext.vocab import vocab

    creado = vocab(OrderedDict.fromkeys(tokens, 1))
    creado.set_default_index(0)
    return creado
