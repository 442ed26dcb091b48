"""El grupo de procesos: quién es cada uno y cómo se hablan.

torchrun le dice a cada proceso su número (*rank*), de 0 en adelante, y
cuántos son (*world size*). Lo usa `distribuido.entrena`.
"""

import os
import signal
import sys
import time
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from itertools import count

import torch

# Antes de formar el grupo: sus funciones lo toman como valor por defecto al
# importarse, cosa que DDP haría después. Retenido, `destroy_process_group` no
# lo cierra, y sus hilos siguen vivos mientras Python termina: con la máquina
# ocupada, un proceso que ya acabó puede caer ahí, y torchrun los reinicia a
# todos.
import torch.distributed.nn.functional
from torch import distributed

from distribuido.latido import latido
from helpers.errores import DatosInvalidos

# Para lo que `latido` no ve: que alguien responda y nunca llegue.
ESPERA = timedelta(minutes=10)
OTRO_MURIO = (
    "Otro proceso del grupo murió o dejó de responder. Si torchrun no empieza "
    "otra vez, repite la orden: sigue desde el último checkpoint."
)


class DeTodos(DatosInvalidos):
    """La falla de un proceso, que ya conocen los demás."""


class _Falla(str):
    """Lo que envía un proceso en lugar de su parte cuando no puede seguir."""


def intento():
    """Cuántas veces ha reiniciado torchrun, en texto."""
    return os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")


@contextmanager
def grupo(tipo):
    """Une este proceso al grupo, y al salir lo deja.

    Args:
        tipo: "cpu" (se hablan con gloo) o "cuda" (con NCCL).

    Yields:
        (torch.device, int, int): dónde trabaja, su número y cuántos son;
        sin torchrun, uno solo.

    Raises:
        SystemExit: murió otro; torchrun empieza otra vez si le quedan
            reinicios.
        DatosInvalidos: no hay una GPU para cada uno, o no se encuentran.
    """
    torch.set_num_threads(1)  # el trabajo se reparte en procesos, no en hilos
    dispositivo, opciones = torch.device("cpu"), {"backend": "gloo"}
    if tipo == "cuda":
        aqui, hay = int(os.environ.get("LOCAL_RANK", 0)), _cuantas_gpu()
        if int(os.environ.get("LOCAL_WORLD_SIZE", 1)) > hay:
            raise DatosInvalidos(
                f"Hay {hay} GPU con CUDA, y hace falta una por proceso: lanza "
                "menos procesos o usa --dispositivo cpu."
            )
        dispositivo = torch.device("cuda", aqui)
        torch.cuda.set_device(dispositivo)
        opciones = {"backend": "nccl", "device_id": dispositivo}
    almacen, proceso, procesos = distributed.HashStore(), 0, 1
    try:
        if "RANK" in os.environ:
            almacen, proceso, procesos = next(
                distributed.rendezvous("env://", timeout=ESPERA)
            )
            if os.environ.get("GROUP_WORLD_SIZE") == "1":
                # torchrun no vacía su almacén al reiniciar: sin esto se podría
                # llamar a un proceso muerto (pytorch/pytorch, issue 135712).
                almacen = distributed.PrefixStore(intento(), almacen)
        distributed.init_process_group(
            **opciones,
            store=almacen,
            rank=proceso,
            world_size=procesos,
            timeout=ESPERA,
        )
    except (RuntimeError, ValueError) as error:
        raise DatosInvalidos(
            "Los procesos no se encuentran. Si el puerto "
            f"{os.environ.get('MASTER_PORT', 'que usan')} está ocupado, elige "
            "otro con --master-port; en una sola máquina, agrega "
            "--local-addr=127.0.0.1."
        ) from error
    try:
        solo = procesos == 1
        with nullcontext() if solo else latido(almacen, proceso, procesos):
            yield dispositivo, proceso, procesos
    except RuntimeError as error:
        # NCCL tiene su clase de error; gloo dice su nombre en el mensaje.
        de_nccl = isinstance(error, distributed.DistError)
        if not (de_nccl or "gloo" in str(error)):
            raise
        if proceso == 0:
            print(OTRO_MURIO, file=sys.stderr, flush=True)
        sys.exit(1)
    finally:
        distributed.destroy_process_group()


def _cuantas_gpu():
    return torch.cuda.device_count() if torch.cuda.is_available() else 0


def de_todos(objeto):
    """Lo que trae cada proceso, en una lista que reciben todos.

    Raises:
        DeTodos: alguno no pudo seguir, y envió su falla.
    """
    lista = [None] * distributed.get_world_size()
    distributed.all_gather_object(lista, objeto)
    for suyo in lista:
        if isinstance(suyo, _Falla):
            raise DeTodos(suyo)
    return lista


@contextmanager
def juntos():
    """Si uno falla ahí dentro, los demás lo saben y paran con él.

    Vale donde lo próximo que harán los demás sea `de_todos`.

    Raises:
        DeTodos: con la frase del que falló, en todos.
    """
    try:
        yield
    except DeTodos:
        raise
    except DatosInvalidos as error:
        de_todos(_Falla(error))


def para(frase):
    """Dice la frase una vez, entre todos, y acaba con código 1.

    Lo que se dice con una frase no se cura repitiendo: también se detiene
    torchrun, que si no empezaría otra vez. Al detenerse escribe su traza, y
    eso desde aquí no se puede evitar: se avisa. `distribuido.lanza` la calla.
    """
    con_torchrun = "TORCHELASTIC_RUN_ID" in os.environ and os.name != "nt"
    if os.environ.get("RANK", "0") == "0":
        if con_torchrun and "CURSO_LANZA" not in os.environ:
            frase = f"{frase} (Lo que sigue es de torchrun: solo se detiene.)"
        print(frase, file=sys.stderr, flush=True)
    if con_torchrun:
        if os.environ["LOCAL_RANK"] == "0":
            os.kill(os.getppid(), signal.SIGTERM)
        time.sleep(20)  # torchrun detiene a cada uno antes
    sys.exit(1)


def muere_en(paso, optimizador):
    """Para practicar: mata este proceso cuando va a dar el paso `paso`."""
    dados = count(1)

    def vigila(*_):
        if next(dados) == paso:  # Windows no tiene SIGKILL
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    optimizador.register_step_pre_hook(vigila)
