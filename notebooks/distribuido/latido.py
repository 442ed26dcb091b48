"""Quien calla se nota: cada proceso late, y cuenta lo que calla cada otro.

A un proceso que muere lo ve torchrun. Uno detenido, o atascado en un disco
que no responde, sigue ahí: sin esto, los demás lo esperarían hasta `ESPERA`.
"""

import os
import sys
from contextlib import contextmanager
from itertools import count
from threading import Event, Thread

CADA = 2  # segundos
CALLADO = 10  # latidos propios sin ver uno nuevo de otro


@contextmanager
def latido(almacen, proceso, procesos, cada=CADA):
    """Mientras dure, si otro calla `CALLADO` latidos, lo dice y acaba.

    Acaba con código 1: torchrun detiene al mudo y, si le quedan reinicios,
    empieza otra vez desde el último *checkpoint*. Se cuentan latidos propios
    y no segundos: si se detiene a todos, al seguir nadie acusa a nadie.

    Args:
        almacen: torch.distributed.Store que ven todos.
        proceso: el número de este, de 0 en adelante.
        procesos: cuántos son.
        cada: segundos de un latido a otro.
    """
    fin, callados = Event(), dict.fromkeys(range(procesos), 0)
    del callados[proceso]
    # Son dos hilos: si se detiene quien guarda el almacén, el que le pregunta
    # se queda esperando, y otro tiene que contar.
    que = (proceso, callados, fin, cada)
    hilos = [
        Thread(target=_late, args=(almacen.clone(), *que), daemon=True),
        Thread(target=_cuenta, args=que, daemon=True),
    ]
    for hilo in hilos:
        hilo.start()
    try:
        yield
    finally:
        fin.set()
        for hilo in hilos:  # vivos, estorban a Python cuando termina
            hilo.join(5)


def _late(almacen, proceso, callados, fin, cada):
    vistos = {}
    for mio in count():
        try:
            almacen.set(f"latido/{proceso}", str(mio))
            for otro in callados:
                clave = f"latido/{otro}"
                suyo = almacen.get(clave) if almacen.check([clave]) else None
                if suyo != vistos.get(otro):
                    vistos[otro], callados[otro] = suyo, 0
        except RuntimeError:  # se fue quien guarda el almacén: no hay nuevas
            return
        if fin.wait(cada):
            return


def _cuenta(proceso, callados, fin, cada):
    while not fin.wait(cada):
        for otro in callados:
            callados[otro] += 1
        mudos = [otro for otro in callados if callados[otro] > CALLADO]
        if not mudos:
            continue
        # Si calla el 0, que guarda el almacén, de los demás no hay noticias.
        if proceso == (1 if mudos[0] == 0 else 0):
            print(
                f"El proceso {mudos[0]} está vivo, pero no responde desde "
                f"hace {CALLADO * cada:.0f} segundos: se detienen todos. Si "
                "torchrun no empieza otra vez, repite la orden: sigue desde "
                "el último checkpoint.",
                file=sys.stderr,
                flush=True,
            )
        os._exit(1)  # los otros hilos esperan al mudo: no acabarían
