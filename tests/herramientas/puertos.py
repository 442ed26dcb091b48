"""Puertos para los kernels que dos procesos no pueden recibir a la vez.

jupyter_client pide al sistema un puerto libre, anota el número, lo suelta, y
el kernel lo toma después: entre tanto el sistema puede dar el mismo a otro
proceso, y un kernel muere al nacer («Address already in use»). Aquí cada
proceso reserva un bloque de números y reparte solo los suyos. El bloque es
de quien tiene tomado su primer puerto; están por debajo de los que el
sistema da por su cuenta (desde 32768 en Linux, 49152 en los demás).
"""

import os
import random
import socket

from jupyter_client.connect import LocalPortCache

DESDE, HASTA, BLOQUE = 20_000, 32_000, 200


def _toma(puerto, ip="127.0.0.1"):
    """Un socket con ese puerto, o None si lo tiene otro."""
    tomado = socket.socket()
    if os.name != "nt":  # allí querría decir otra cosa: quitárselo a otro
        tomado.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        tomado.bind((ip, puerto))
        tomado.listen()
    except OSError:
        tomado.close()
        return None
    return tomado


class PuertosPropios(LocalPortCache):
    """Reparte los puertos de un bloque que es solo de este proceso."""

    def __init__(self, **opciones):
        super().__init__(**opciones)
        self.reserva()

    def reserva(self):
        """Toma un bloque libre, al azar para que dos no prueben el mismo.

        Raises:
            OSError: no queda ninguno.
        """
        self.de_quien = os.getpid()
        bloques = list(range(DESDE, HASTA, BLOQUE))
        random.Random(os.urandom(8)).shuffle(bloques)
        for primero in bloques:
            self.guarda = _toma(primero)
            if self.guarda is not None:
                self.libres = list(range(primero + 1, primero + BLOQUE))
                return
        raise OSError("No queda ningún bloque de puertos libre para kernels.")

    def find_available_port(self, ip):
        if self.de_quien != os.getpid():  # un hijo, tras un fork
            self.reserva()
        for puerto in self.libres:
            if puerto in self.currently_used_ports:
                continue
            libre = _toma(puerto, ip)
            if libre is not None:
                libre.close()
                self.currently_used_ports.add(puerto)
                return puerto
        return super().find_available_port(ip)


def activa():
    """Hace que los kernels de este proceso usen puertos propios."""
    if not isinstance(LocalPortCache.instance(), PuertosPropios):
        LocalPortCache.clear_instance()
        PuertosPropios.instance()
