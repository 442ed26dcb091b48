"""Que ninguna respuesta deje colgado el kernel ni llene la memoria.

En Linux y macOS, y en el hilo principal, el tiempo lo cuenta una alarma del
sistema, que interrumpe también `sleep` y cualquier espera. En Windows, o
fuera del hilo principal, lo cuenta otro hilo, que interrumpe el código de
Python en cuanto vuelve a él. Lo que dura dentro de una sola llamada a código
compilado no se puede cortar en ningún sistema: de eso protege el tope de
memoria, que solo pone Linux.
"""

import ctypes
import dis
import signal
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

CADA = 0.2  # segundos entre avisos, por si alguien atrapa el primero
# Lo que puede durar un `import`: cortado a medias, la biblioteca queda rota
# para todo el kernel. Cargar `torch._dynamo` pide segundos, o decenas.
IMPORTA_S = 120


class SinTiempo(BaseException):
    """Se acabó el tiempo; no es `Exception`, que el estudiante atrapa."""


class _Cuenta:
    """Una cuenta atrás: mientras siga, puede avisar."""

    sigue, avisos = True, 0

    def __init__(self):
        self.inicio, self.de_antes = time.monotonic(), sys.exc_info()[1]

    def espera(self, marco):
        """Si hay que dar otro plazo: cortar un `import` lo estropea.

        Lo que tarda en cargarse una biblioteca no es culpa de la respuesta.
        """
        while marco is not None:
            if "importlib._bootstrap" in marco.f_code.co_filename:
                return time.monotonic() < self.inicio + IMPORTA_S
            marco = marco.f_back
        return False


_cuenta = _Cuenta()  # la de ahora


def basta():
    """Que no avise más: ya se atrapó el aviso donde debía."""
    _cuenta.sigue = False


def _atrapa(marco):
    """Si la línea en que está `marco` va dentro de un `try`."""
    leer = getattr(dis, "_parse_exception_table", None)
    return leer is not None and any(
        tramo.start <= marco.f_lasti < tramo.end
        for tramo in leer(marco.f_code)
    )


def _es_nuestro(marco):
    return marco.f_globals.get("__name__", "").startswith("ejercicios")


def _corta_fuera_de_try(marco, evento, _):
    """Traza que espera a una línea donde la excepción no se atrapa."""
    if not _cuenta.sigue or _es_nuestro(marco):
        return None
    # Tampoco al salir de un `except`: Python seguiría creyéndose dentro.
    dentro = sys.exc_info()[1] is not _cuenta.de_antes
    if evento == "line" and not dentro and not _atrapa(marco):
        raise SinTiempo
    return _corta_fuera_de_try


def _traza_desde(marco):
    """Vigila las líneas del estudiante, por si atrapa la excepción."""
    sys.settrace(_corta_fuera_de_try)
    while marco is not None and not _es_nuestro(marco):
        marco.f_trace = _corta_fuera_de_try
        marco = marco.f_back


@contextmanager
def _alarma(segundos):
    """El límite, con la alarma del sistema."""
    traza, cuenta = sys.gettrace(), _cuenta

    def avisa(_, marco):
        if not cuenta.sigue:
            return
        if cuenta.espera(marco):
            signal.setitimer(signal.ITIMER_REAL, segundos, CADA)
            return
        cuenta.avisos += 1
        if cuenta.avisos > 1:
            _traza_desde(marco)
        raise SinTiempo

    anterior = signal.signal(signal.SIGALRM, avisa)
    signal.setitimer(signal.ITIMER_REAL, segundos, CADA)
    try:
        yield
    finally:
        cuenta.sigue = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, anterior)
        sys.settrace(traza)


def interrumpe(hilo, tipo=SinTiempo):
    """Lanza una excepción en un hilo, en cuanto vuelva a ejecutar Python.

    Args:
        hilo: su `ident`.
        tipo: la excepción; None retira la que aún no se lanzó.
    """
    ctypes.pythonapi.PyThreadState_SetAsyncExc(
        ctypes.c_ulong(hilo), None if tipo is None else ctypes.py_object(tipo)
    )


@contextmanager
def _vigilante(segundos):
    """El límite, con otro hilo que interrumpe a este."""
    este, cuenta, candado = threading.get_ident(), _cuenta, threading.Lock()
    acabo = threading.Event()

    def vigila():
        plazo = segundos
        while not acabo.wait(plazo):
            plazo = CADA
            with candado:
                if cuenta.espera(sys._current_frames().get(este)):
                    plazo = segundos
                elif cuenta.sigue:
                    interrumpe(este)

    threading.Thread(target=vigila, daemon=True).start()
    try:
        yield
    finally:
        with candado:
            cuenta.sigue = False
            interrumpe(este, None)
        acabo.set()


def limite_de_tiempo(segundos):
    """Contexto que lanza `SinTiempo` si dura más de `segundos`."""
    global _cuenta
    _cuenta = _Cuenta()
    principal = threading.current_thread() is threading.main_thread()
    if principal and hasattr(signal, "setitimer"):
        return _alarma(segundos)
    return _vigilante(segundos)


@contextmanager
def limite_de_memoria(mib):
    """Contexto en que pedir más de `mib` MiB lanza un error de memoria.

    Solo en Linux; con una GPU en uso, o con `mib` None, no pone tope.
    """
    torch = sys.modules.get("torch")
    con_gpu = torch is not None and torch.cuda.is_initialized()
    if mib is None or con_gpu or not sys.platform.startswith("linux"):
        yield
        return
    import resource  # no existe en Windows

    blando, duro = resource.getrlimit(resource.RLIMIT_AS)
    paginas = int(Path("/proc/self/statm").read_text().split()[0])
    tope = paginas * resource.getpagesize() + mib * 2**20
    for otro in (blando, duro):
        if otro != resource.RLIM_INFINITY:
            tope = min(tope, otro)
    resource.setrlimit(resource.RLIMIT_AS, (tope, duro))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (blando, duro))
