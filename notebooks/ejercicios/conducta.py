"""Mirar cómo trabaja una respuesta, además de lo que devuelve.

Sirven para lo que un enunciado prohíbe («sin crearlo», «sin usarla») y para
lo que exige («una sola vez»): se mira la conducta, nunca el texto del código.
"""

from contextlib import contextmanager
from unittest.mock import patch

from torch import nn
from torch.optim.optimizer import register_optimizer_step_pre_hook
from torch.overrides import TorchFunctionMode


class _Anota(TorchFunctionMode):
    """Apunta el nombre de cada operación de PyTorch que se pide."""

    def __init__(self):
        super().__init__()
        self.nombres = []

    def __torch_function__(self, funcion, tipos, args=(), kwargs=None):
        self.nombres.append(getattr(funcion, "__name__", ""))
        return funcion(*args, **(kwargs or {}))


@contextmanager
def operaciones():
    """Los nombres de las operaciones pedidas dentro, en orden.

    Da igual la puerta: `nn.EmbeddingBag`, `nn.functional.embedding_bag` y
    `torch.ops` acaban en el mismo nombre.
    """
    with _Anota() as anota:
        yield anota.nombres


def da_vueltas(funcion, pocos, muchos):
    """Si hace más operaciones con más datos: ahí dentro hay un bucle.

    Lo delata también con `map`, con recursión o en otra función.

    Args:
        funcion: la del estudiante, ya comprobada.
        pocos, muchos: los argumentos de cada llamada.
    """
    cuentas = []
    for datos in (pocos, muchos):
        with operaciones() as pedidas:
            funcion(*datos)
        cuentas.append(len(pedidas))
    return cuentas[0] < cuentas[1]


@contextmanager
def optimizadores():
    """Los nombres de los optimizadores de PyTorch que dan pasos dentro."""
    vistos = []

    def anota(optimizador, *_):
        vistos.append(type(optimizador).__name__)

    espia = register_optimizer_step_pre_hook(anota)
    try:
        yield vistos
    finally:
        espia.remove()


@contextmanager
def modulos_creados():
    """Los módulos (`nn.Module`) que se crean dentro."""
    creados, de_verdad = [], nn.Module.__init__

    def anota(modulo, *args, **kwargs):
        creados.append(type(modulo).__name__)
        de_verdad(modulo, *args, **kwargs)

    with patch.object(nn.Module, "__init__", anota):
        yield creados
