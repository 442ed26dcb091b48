"""De texto a números: tokens, vocabulario, ids y lotes.

El camino de un artículo, con la sección que lo explica:

    DBpedia(split) → tokeniza → Vocabulario → codifica → ArticulosCodificados
       (3.1)          (3.2)       (3.2)         (3.3)          (3.3)

Los lotes `(label, text, offsets)` que salen de ahí son los que recibe el
modelo de `helpers.clasificador`.
"""

from array import array
from collections import defaultdict

import numpy as np
import torch
from torch.utils.data import Dataset

from helpers.errores import DatosInvalidos


def tokeniza(texto):
    """Los tokens de `basic_english`, uno a uno los mismos, más rápido.

    Son sus once sustituciones y su corte, en su orden, con `str.replace` en
    lugar de expresiones regulares (torchtext 0.18, `torchtext.data.utils`).

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


def label_pipeline(label):
    """De la etiqueta del archivo, de 1 a 14, a la clase, de 0 a 13."""
    return label - 1


class Vocabulario(dict):
    """{token: id}, por orden de id; lo que no conoce es el 0, `<unk>`.

    `list(vocab)` es la tabla de id a token, la que se guarda con el modelo.
    """

    def __missing__(self, token):
        return 0

    def texto_pipeline(self, texto):
        """De un texto a la lista de sus ids."""
        return [*map(self.__getitem__, tokeniza(texto))]

    @classmethod
    def de_lista(cls, tokens):
        """El vocabulario de una tabla de id a token, como la guardada."""
        return cls(zip(tokens, range(len(tokens)), strict=True))

    @classmethod
    def de_conteo(cls, conteo):
        """El orden de `build_vocab_from_iterator` con `<unk>`: del token más
        frecuente al menos y, a igual frecuencia, por orden alfabético.

        Args:
            conteo: {token: veces}.
        """
        # «<unk>», si está escrito en un texto, es también el 0.
        orden = sorted(token for token in conteo if token != "<unk>")
        orden.sort(key=conteo.__getitem__, reverse=True)
        return cls.de_lista(["<unk>", *orden])


def codifica(pares, texto_pipeline):
    """Convierte artículos a ids una sola vez, todos seguidos.

    Los lee de uno en uno: en memoria quedan los ids, 4 bytes por token, y
    nunca los textos.

    Args:
        pares: iterable de `(label, texto)`, con `label` de 1 a 14.
        texto_pipeline: función de texto a ids, en una lista u otro iterable.

    Returns:
        (Tensor, Tensor, Tensor): `ids`, forma (tokens,), int32; `inicios`,
        forma (artículos + 1,), int64: el texto `i` ocupa
        `ids[inicios[i]:inicios[i + 1]]`; `clases`, forma (artículos,), int64.
    """
    ids, inicios, clases = array("i"), array("q", [0]), array("q")
    for label, texto in pares:
        ids.extend(texto_pipeline(texto))
        inicios.append(len(ids))
        clases.append(label_pipeline(label))
    return (
        torch.from_numpy(np.asarray(ids)),
        torch.from_numpy(np.asarray(inicios)),
        torch.from_numpy(np.asarray(clases)),
    )


def numera_al_pasar(pares):
    """Lee los artículos una vez y da a cada token un número al aparecer.

    Args:
        pares: como en `codifica`.

    Returns:
        (dict, tuple): {token: veces}, por orden de aparición, y lo que
        devuelve `codifica`, donde el id de un token es ese orden.
    """
    numeros = defaultdict()
    numeros.default_factory = numeros.__len__  # token nuevo → el siguiente
    datos = codifica(
        pares, lambda texto: map(numeros.__getitem__, tokeniza(texto))
    )
    veces = datos[0].bincount().tolist()
    return dict(zip(numeros, veces, strict=True)), datos


def numera(pares, junta=None):
    """Lee los artículos una vez y da el vocabulario y los ids.

    Como los ids dependen de la frecuencia, que solo se sabe al final, se
    numera al pasar y después se cambia cada número por su id.

    Args:
        pares: como en `codifica`.
        junta: función del {token: veces} de `pares` al de todos los
            artículos, si otros procesos leen los demás.

    Returns:
        (Vocabulario, tuple): el vocabulario, y lo que devuelve `codifica`.

    Raises:
        DatosInvalidos: no hay artículos, o ninguno tiene tokens.
    """
    conteo, (ids, *resto) = numera_al_pasar(pares)
    total = conteo if junta is None else junta(conteo)
    if not total:
        raise DatosInvalidos("No hay ni un token: revisa los textos.")
    vocab = Vocabulario.de_conteo(total)
    id_final = torch.tensor([vocab[t] for t in conteo], dtype=torch.int32)
    return vocab, (id_final[ids], *resto)


class ArticulosCodificados(Dataset):
    """Artículos ya codificados, que se piden por lotes.

    Args:
        ids, inicios, clases: lo que devuelve `codifica`.
    """

    def __init__(self, ids, inicios, clases):
        self.ids, self.inicios, self.clases = ids, inicios, clases

    def __len__(self):
        return len(self.clases)

    def __getitems__(self, indices):
        """Un lote entero: `(label, text, offsets)`, de una sola vez."""
        indices = torch.tensor(indices)
        desde = self.inicios[indices]
        largos = self.inicios[indices + 1] - desde
        offsets = largos.cumsum(0) - largos
        salto = torch.repeat_interleave(desde - offsets, largos)
        text = self.ids[salto + torch.arange(len(salto))].long()
        return self.clases[indices], text, offsets


def tal_cual(lote):
    """`collate_fn` para un lote que ya llega armado."""
    return lote
