"""Un modelo y un optimizador que anotan lo que se hace con ellos."""

import torch
from torch import nn

from ejercicios.piezas import igual, pide


class Diario(list):
    """Una lista que sigue siendo la misma en las copias del modelo."""

    def __deepcopy__(self, _):
        return self


class RectaEspia(nn.Module):
    """Una recta, (n, 1) → (n, 1), que anota cómo la llaman.

    Args:
        volumen, sesgo: los parámetros iniciales.
    """

    def __init__(self, volumen=0.3, sesgo=0.1):
        super().__init__()
        self.volumen = nn.Parameter(torch.tensor([volumen]))
        self.sesgo = nn.Parameter(torch.tensor([sesgo]))
        self.eventos, self.entradas = Diario(), Diario()
        self.modos, self.sigue = Diario(), Diario()

    def zero_grad(self, set_to_none=True):
        self.eventos.append("limpiar")
        super().zero_grad(set_to_none)

    def forward(self, x):
        self.eventos.append("predecir")
        self.entradas.append(x)
        self.modos.append(self.training)
        self.sigue.append(torch.is_grad_enabled())
        return self.volumen * x + self.sesgo


class SGDEspia(torch.optim.SGD):
    """Un SGD que anota sus pasos y el gradiente del sesgo en cada uno."""

    def __init__(self, modelo, lr):
        super().__init__(modelo.parameters(), lr=lr)
        self.modelo, self.gradientes = modelo, []

    def zero_grad(self, set_to_none=True):
        self.modelo.eventos.append("limpiar")
        super().zero_grad(set_to_none)

    def step(self, closure=None):
        perdida = None
        if closure is not None:  # así se usa también LBFGS
            with torch.enable_grad():
                perdida = closure()
        grad = self.modelo.sesgo.grad
        self.gradientes.append(0.0 if grad is None else grad.item())
        super().step()
        return perdida


def perdida_espia(modelo):
    """Un MAE que anota en el modelo cuándo se compara y cuándo se deriva.

    Se puede llamar como `nn.L1Loss`, con sus nombres o con los del curso. Si
    lo que sale del modelo llega en segundo lugar, anota también "al revés".
    """

    def fn(y_predc=None, y=None, *, input=None, target=None):
        y_predc = input if y_predc is None else y_predc
        y = target if y is None else y
        if y_predc is None or y is None:
            raise TypeError("fn() missing 1 required positional argument")
        modelo.eventos.append("comparar")
        if getattr(y, "requires_grad", False) and not y_predc.requires_grad:
            modelo.eventos.append("al revés")
        perdida = nn.functional.l1_loss(y_predc, y)
        if perdida.requires_grad:
            perdida.register_hook(lambda _: modelo.eventos.append("derivar"))
        return perdida

    fn.__qualname__ = "fn"  # así la nombran los mensajes de error
    return fn


OTROS_DATOS = {
    "must match": "los puntos son otros: usa la `y` y la `X` que recibe la "
    "función, no las del cuaderno"
}


def pide_que_use(modelo, x):
    """Pide que se haya llamado a `modelo` con todos los puntos de `x`."""
    pide(
        modelo.entradas,
        "no usa el `modelo` que recibe: ¿llamas a uno del cuaderno?",
    )
    vistos = torch.cat([x.detach().reshape(-1, 1) for x in modelo.entradas])
    pide(
        igual(vistos.unique(), x.unique()),
        "no usa la `X` que recibe, entera: ¿pones datos del cuaderno?",
    )
