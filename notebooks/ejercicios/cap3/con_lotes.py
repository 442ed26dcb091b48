"""Un modelo y unos lotes de prueba, para 3.5b y 3.6."""

import weakref

import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks
from torch.utils.data import DataLoader

POR_LOTE = {
    "not enough values to unpack": "cada lote es `label, text, offsets`",
    "too many values to unpack": "cada lote es `label, text, offsets`",
    "forward() missing": "el modelo recibe `text` y `offsets`",
    "forward() takes": "el modelo recibe `text` y `offsets`",
    "out of bounds": "usa el `dataloader` que recibe la función, no uno del "
    "cuaderno",
    "not subscriptable": "un `DataLoader` se recorre con `for`; no lleva "
    "corchetes",
}


class _Testigo:
    """Vive mientras viva el grafo de un lote."""

    def __init__(self, tensor):
        self.tensor = tensor


class Puntua(nn.Module):
    """Da a cada texto los logits de su primer id, y anota cómo se le llama.

    Args:
        logits: forma (textos, clases).
    """

    def __init__(self, logits):
        super().__init__()
        self.logits = nn.Parameter(logits)
        self.modos, self.sigue, self.textos = [], [], 0
        self._testigos, self.grafos_vivos = [], 0

    def _recuerda(self, tensor):
        testigo = _Testigo(tensor)
        self._testigos[-1].append(weakref.ref(testigo))
        return testigo

    def forward(self, text, offsets):
        self.modos.append(self.training)
        self.sigue.append(torch.is_grad_enabled())
        self.textos += len(offsets)
        # El del lote anterior puede seguir con nombre; los de antes, no.
        vivos = [any(t() for t in suyos) for suyos in self._testigos[:-1]]
        self.grafos_vivos = max(self.grafos_vivos, sum(vivos))
        self._testigos.append([])
        with saved_tensors_hooks(self._recuerda, lambda t: t.tensor):
            return self.logits.to(text.device)[text[offsets]] * 1.0


def cargador(clases, por_lote):
    """Un `DataLoader` de lotes `(label, text, offsets)`.

    Cada texto lleva de 1 a 3 ids, y el primero dice cuál es.
    """

    def reune(indices):
        text, offsets = [], []
        for i in indices:
            offsets.append(len(text))
            text += [i] + [0] * (i % 3)
        return clases[indices], torch.tensor(text), torch.tensor(offsets)

    return DataLoader(range(len(clases)), por_lote, collate_fn=reune)
