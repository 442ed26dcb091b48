"""Los modelos del taller: lo primero pesa más, y lo contado también cuenta.

Un artículo de enciclopedia empieza por decir qué es («… is a village in…»).
La media de 3.4 no sabe dónde está cada palabra; estos, sí. Los explica el
capítulo 3, que escribe estas mismas clases.
"""

from functools import partial

import torch
from torch import nn

from helpers.clasificador import ModeloClasificacionTexto

suma = partial(nn.functional.embedding_bag, mode="sum")


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
        """El peso de cada token, (tokens,), y de qué texto es, (tokens,).

        Los pesos de un texto suman 1.
        """
        orden = torch.arange(len(text), device=text.device)
        largos = offsets.diff(append=offsets.new_tensor([len(text)]))
        suyo = torch.repeat_interleave(largos)
        pesos = torch.exp((offsets[suyo] - orden) / self.alcance)
        total = pesos.new_zeros(len(offsets)).index_add_(0, suyo, pesos)
        return pesos / total[suyo], suyo

    def forward(self, text, offsets):
        pesos, _ = self.pesos(text, offsets)
        media = self.embedding(text, offsets, pesos)
        return self.fc(torch.relu(self.bn(media)))


class SumaPonderada(torch.autograd.Function):
    """Una `EmbeddingBag` que suma con pesos, y su derivada, a mano.

    Si el texto i suma las filas de sus tokens, la fila r recibe la suma de
    los gradientes de los textos donde sale: la derivada de una bolsa es otra
    bolsa. Así el gradiente de la tabla llega con cada fila una sola vez.

    `apply(tabla, text, offsets, pesos, suyo)` devuelve (textos, columnas);
    `pesos` y `suyo` son los de `ModeloConPosicion.pesos`. Solo la tabla
    recibe gradiente, disperso, con las filas en orden y sin repetir.
    """

    @staticmethod
    def forward(ctx, tabla, text, offsets, pesos, suyo):
        ctx.save_for_backward(text, pesos, suyo)
        ctx.forma = tabla.shape
        return suma(text, tabla, offsets, per_sample_weights=pesos)

    @staticmethod
    def backward(ctx, g):
        text, pesos, suyo = ctx.saved_tensors
        ordenados, lugar = text.sort()
        filas, veces = ordenados.unique_consecutive(return_counts=True)
        inicios = veces.cumsum(dim=0) - veces
        suyas = suma(suyo[lugar], g, inicios, per_sample_weights=pesos[lugar])
        grad = torch.sparse_coo_tensor(
            filas[None], suyas, ctx.forma, check_invariants=False
        )
        return grad, None, None, None, None


class ModeloRapido(ModeloConPosicion):
    """`ModeloConPosicion` con la derivada de `SumaPonderada`: lo mismo, antes.

    Args:
        vocab_size, embed_dim, num_class, alcance: como en
            `ModeloConPosicion`.
    """

    def logits(self, text, offsets, pesos, suyo):
        """Los de la red, con los `pesos` ya calculados."""
        media = SumaPonderada.apply(
            self.embedding.weight, text, offsets, pesos, suyo
        )
        return self.fc(torch.relu(self.bn(media)))

    def forward(self, text, offsets):
        return self.logits(text, offsets, *self.pesos(text, offsets))


class ModeloQueCuenta(ModeloRapido):
    """`ModeloRapido`, y una tabla que no se entrena: se cuenta.

    Por cada palabra y cada pareja de palabras seguidas, `conteo` dice cuánto
    más sale en una clase que en las demás (logaritmo, menos su media): es un
    *Naive Bayes*. Sumado a los logits, recuerda lo raro; la red generaliza.
    Juntar las dos partes en un modelo es la idea de *Wide & Deep* (Cheng y
    otros, 2016). Mientras se entrena responde solo la red; después se llena
    la tabla con `cuenta`.

    Args:
        vocab_size, embed_dim, num_class, alcance: como en
            `ModeloConPosicion`.
    """

    PAREJAS = 2**18  # filas que se reparten las parejas

    def __init__(self, vocab_size, embed_dim, num_class, alcance=40):
        super().__init__(vocab_size, embed_dim, num_class, alcance)
        tabla = torch.zeros(vocab_size + self.PAREJAS, num_class)
        self.register_buffer("conteo", tabla)

    def filas(self, text, offsets):
        """Las filas de `conteo`: las de las palabras, y las de las parejas."""
        siguiente = text.roll(-1)
        siguiente[offsets - 1] = 0  # no hay pareja entre dos textos
        parejas = (text * 1_000_003 + siguiente) % self.PAREJAS
        return text, parejas + len(self.embedding.weight)

    def forward(self, text, offsets):
        pesos, suyo = self.pesos(text, offsets)
        logits = self.logits(text, offsets, pesos, suyo)
        if self.training:
            return logits
        for f in self.filas(text, offsets):
            logits += suma(f, self.conteo, offsets, per_sample_weights=pesos)
        return logits


@torch.no_grad()
def cuenta(modelo, dataloader):
    """Llena el `conteo` de un `ModeloQueCuenta`.

    Args:
        modelo: ya entrenado, o por entrenar: da lo mismo.
        dataloader: da `(label, text, offsets)`, los del entrenamiento.
    """
    # 0.003: lo que nunca salió tampoco es imposible.
    veces = torch.full_like(modelo.conteo, 0.003)
    for lote in dataloader:
        label, text, offsets = (t.to(veces.device) for t in lote)
        pesos, suyo = modelo.pesos(text, offsets)
        for filas in modelo.filas(text, offsets):
            lugar = filas * veces.shape[1] + label[suyo]
            veces.view(-1).index_add_(0, lugar, pesos)
    logs = veces.div_(veces.sum(dim=0)).log_()
    modelo.conteo = logs.sub_(logs.mean(dim=1, keepdim=True))
