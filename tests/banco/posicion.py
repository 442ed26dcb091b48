"""El modelo del curso, con una idea de más: lo primero pesa más.

Un artículo de enciclopedia empieza por decir qué es («… is a village in…»).
La media de 3.4 no sabe dónde está cada palabra; esta, sí.
"""

import torch

from helpers.clasificador import ModeloClasificacionTexto


class ModeloConPosicion(ModeloClasificacionTexto):
    """La media de cada texto, ponderada: la posición p pesa exp(-p/alcance).

    Args:
        vocab_size, embed_dim, num_class: como en el modelo del curso.
        alcance: tokens en que el peso baja a 1/e.

    `forward(text, offsets)` recibe y devuelve lo mismo que el del curso.
    """

    def __init__(self, vocab_size, embed_dim, num_class, alcance=40):
        super().__init__(vocab_size, embed_dim, num_class)
        # Con pesos, EmbeddingBag solo suma: de la media se ocupan ellos.
        self.embedding.mode = "sum"
        self.alcance = alcance

    def pesos(self, text, offsets):
        """El peso de cada token, (tokens,): los de un texto suman 1."""
        orden = torch.arange(len(text), device=text.device)
        suyo = torch.searchsorted(offsets, orden, right=True) - 1
        pesos = torch.exp((offsets[suyo] - orden) / self.alcance)
        total = pesos.new_zeros(len(offsets)).index_add_(0, suyo, pesos)
        return pesos / total[suyo]

    def forward(self, text, offsets):
        media = self.embedding(text, offsets, self.pesos(text, offsets))
        return self.fc(torch.relu(self.bn(media)))
