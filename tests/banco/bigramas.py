"""Bigramas con hash: parejas de tokens seguidos, como ids de más.

Una pareja no tiene entrada en el vocabulario: su número sale de una cuenta
con los dos ids. Es la idea de fastText (Joulin y otros, 2016), con una
diferencia: las parejas que solo salen una vez no se guardan.
"""

import torch

CUBOS = 2**22
MINIMO = 2


class Bigramas:
    """Agrega a cada artículo los ids de sus parejas frecuentes.

    Args:
        ids: int32 (tokens,), los del entrenamiento.
        inicios: int64 (artículos + 1,), dónde empieza cada artículo.
        vocab_size: tokens del vocabulario; los ids nuevos van detrás.

    Atributos:
        total: cuántos ids distintos hay, entre tokens y parejas.
    """

    def __init__(self, ids, inicios, vocab_size):
        cubo, valida = self._cubos(ids, inicios)
        cuenta = torch.bincount(cubo[valida], minlength=CUBOS)
        frecuentes = (cuenta >= MINIMO).nonzero().squeeze(1)
        self.id_de_cubo = torch.full((CUBOS,), -1, dtype=torch.int32)
        self.total = vocab_size + len(frecuentes)
        self.id_de_cubo[frecuentes] = torch.arange(
            vocab_size, self.total, dtype=torch.int32
        )

    @staticmethod
    def _cubos(ids, inicios):
        """El cubo de cada pareja (i, i + 1), y si es de un solo artículo."""
        largos = ids.long()
        siguiente = largos.roll(-1)
        # Dos primos mezclan los dos ids; el corrimiento usa los bits altos.
        mezcla = (largos * 1_000_003 + siguiente) * 2_654_435_761
        valida = torch.ones(len(ids), dtype=torch.bool)
        valida[inicios[1:][inicios[1:] > 0] - 1] = False
        return (mezcla >> 7) % CUBOS, valida

    def __call__(self, ids, inicios):
        """Pone cada pareja frecuente detrás de su primer token.

        Args:
            ids, inicios: como los del constructor, de cualquier conjunto.

        Returns:
            (Tensor, Tensor): ids e inicios nuevos.
        """
        cubo, valida = self._cubos(ids, inicios)
        pareja = self.id_de_cubo[cubo]
        queda = valida & (pareja >= 0)
        antes = torch.cat([queda.new_zeros(1), queda]).cumsum(0)
        nuevos = ids.new_empty(len(ids) + int(antes[-1]))
        destino = torch.arange(len(ids)) + antes[:-1]
        nuevos[destino] = ids
        nuevos[destino[queda] + 1] = pareja[queda]
        return nuevos, inicios + antes[inicios]
