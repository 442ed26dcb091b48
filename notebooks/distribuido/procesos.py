"""El grupo de procesos: quién es cada uno y cómo se hablan.

torchrun le dice a cada proceso su número (*rank*), de 0 en adelante, y
cuántos son (*world size*). Lo usa `distribuido.entrena`.
"""

import os
import signal
from contextlib import contextmanager
from itertools import count

import torch
from torch import distributed


def intento():
    """Cuántas veces ha reiniciado torchrun, en texto."""
    return os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")


@contextmanager
def grupo(dispositivo):
    """Une este proceso al grupo, y al salir lo deja.

    Args:
        dispositivo: "cpu" (se hablan con gloo) o "cuda" (con NCCL).

    Yields:
        (torch.device, int, int): dónde trabaja, su número y cuántos son;
        sin torchrun, uno solo.
    """
    torch.set_num_threads(1)  # el trabajo se reparte en procesos, no en hilos
    donde, opciones = torch.device("cpu"), {"backend": "gloo"}
    if dispositivo == "cuda":
        donde = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))
        torch.cuda.set_device(donde)
        opciones = {"backend": "nccl", "device_id": donde}
    almacen, yo, procesos = distributed.HashStore(), 0, 1
    if "RANK" in os.environ:
        almacen, yo, procesos = next(distributed.rendezvous("env://"))
        if os.environ["GROUP_WORLD_SIZE"] == "1":
            # torchrun no vacía su almacén al reiniciar: sin esto se podría
            # llamar a un proceso muerto (pytorch/pytorch, issue 135712).
            almacen = distributed.PrefixStore(intento(), almacen)
    distributed.init_process_group(
        **opciones, store=almacen, rank=yo, world_size=procesos
    )
    try:
        yield donde, yo, procesos
    finally:
        distributed.destroy_process_group()


def de_todos(objeto):
    """Lo que trae cada proceso, en una lista que reciben todos."""
    lista = [None] * distributed.get_world_size()
    distributed.all_gather_object(lista, objeto)
    return lista


def muere_en(paso, optimizador):
    """Para practicar: mata este proceso cuando va a dar el paso `paso`."""
    dados = count(1)

    def vigila(*_):
        if next(dados) == paso:  # Windows no tiene SIGKILL
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    optimizador.register_step_pre_hook(vigila)
