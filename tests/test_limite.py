"""Ningún código deja colgado el kernel ni llena la memoria."""

import itertools
import signal
import sys
import threading
import time

import pytest
import torch

from ejercicios import limite
from ejercicios.limite import (
    SinTiempo,
    limite_de_memoria,
    limite_de_tiempo,
)

EN_LINUX = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="el tope es de Linux"
)


@pytest.fixture(autouse=True)
def avisos_seguidos(monkeypatch):
    monkeypatch.setattr(limite, "CADA", 0.05)


def no_para():
    while True:
        pass


def lo_atrapa_todo():
    while True:
        try:
            no_para()
        except BaseException:
            pass


def lo_atrapa_dos_veces():
    while True:
        try:
            try:
                no_para()
            except BaseException:
                pass
            len("")  # fuera del primer `except`, y dentro del otro `try`
        except BaseException:
            pass


def lo_atrapa_con_finally():
    with torch.no_grad():
        while True:
            try:
                list(range(100))
            except BaseException:
                continue
            finally:
                len("")


def espera():
    threading.Event().wait()


def duerme():
    time.sleep(1000)


def mide(funcion):
    inicio = time.monotonic()
    # Cortar dentro de un `no_grad` puede dejarlo puesto: se repone aquí, como
    # lo repone `ejercicios.rastro` tras cada respuesta.
    with torch.set_grad_enabled(True):
        with pytest.raises(SinTiempo), limite_de_tiempo(0.1):
            funcion()
    return time.monotonic() - inicio


@pytest.mark.parametrize(
    "funcion",
    [
        no_para,
        lo_atrapa_todo,
        lo_atrapa_dos_veces,
        lo_atrapa_con_finally,
        espera,
        duerme,
    ],
)
def test_la_alarma_corta(funcion):
    assert mide(funcion) < 5
    # Si no, cada error que venga dirá que pasó mientras se atendía este.
    assert sys.exc_info() == (None, None, None)
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert sys.gettrace() is None or "Sin" not in repr(sys.gettrace())


def test_fuera_del_hilo_principal_corta_otro_hilo():
    """Así se hace también en Windows, que no tiene alarmas."""
    pasado = {}

    def corre():
        try:
            with limite_de_tiempo(0.1):
                no_para()
        except SinTiempo:
            pasado["cortó"] = True
        time.sleep(0.2)  # y no vuelve a interrumpir
        pasado["siguió"] = True

    hilo = threading.Thread(target=corre)
    hilo.start()
    hilo.join(10)
    assert pasado == {"cortó": True, "siguió": True}


def test_sin_alarmas_tambien_corta_en_el_principal(monkeypatch):
    monkeypatch.delattr(signal, "setitimer")
    assert mide(no_para) < 5


@pytest.mark.parametrize("en_hilo", [False, True])
def test_lo_que_acaba_a_tiempo_no_se_toca(en_hilo, monkeypatch):
    if en_hilo:
        monkeypatch.delattr(signal, "setitimer")
    with limite_de_tiempo(0.1):
        total = sum(range(10))
    time.sleep(0.3)  # ya pasó el plazo
    assert total == 45


def test_la_alarma_de_otro_se_repone():
    def suya(*_):
        pass

    antes = signal.signal(signal.SIGALRM, suya)
    try:
        with limite_de_tiempo(5):
            pass
        assert signal.getsignal(signal.SIGALRM) is suya
    finally:
        signal.signal(signal.SIGALRM, antes)


def test_basta_apaga_los_avisos():
    with limite_de_tiempo(0.1):
        try:
            no_para()
        except SinTiempo:
            limite.basta()
        time.sleep(0.2)


@EN_LINUX
def test_la_memoria_tiene_tope():
    import resource

    antes = resource.getrlimit(resource.RLIMIT_AS)
    with limite_de_memoria(256):
        with pytest.raises(RuntimeError, match="allocate memory"):
            torch.ones(10**9)
        with pytest.raises(MemoryError):
            list(itertools.repeat(0, 10**9))
        # Y hasta el tope, se puede.
        assert torch.ones(40 * 2**20).sum() == 40 * 2**20  # 160 MiB
    assert resource.getrlimit(resource.RLIMIT_AS) == antes


@EN_LINUX
def test_si_ya_hay_un_tope_menor_se_queda_ese():
    import resource

    antes = resource.getrlimit(resource.RLIMIT_AS)
    menor = 2**44  # 16 TiB: menor que el nuestro, y nadie lo alcanza
    resource.setrlimit(resource.RLIMIT_AS, (menor, antes[1]))
    try:
        with limite_de_memoria(2**26):
            assert resource.getrlimit(resource.RLIMIT_AS) == (menor, antes[1])
    finally:
        resource.setrlimit(resource.RLIMIT_AS, antes)


@EN_LINUX
def test_sin_tope_si_se_pide():
    import resource

    antes = resource.getrlimit(resource.RLIMIT_AS)
    with limite_de_memoria(None):
        assert resource.getrlimit(resource.RLIMIT_AS) == antes


LENTO = """
import time
for _ in range(3):
    time.sleep(0.1)
acabo = True
"""


@pytest.mark.parametrize("con_hilo", [False, True])
def test_un_import_lento_no_se_corta_a_medias(con_hilo, tmp_path, monkeypatch):
    if con_hilo:
        monkeypatch.delattr(signal, "setitimer")
    nombre = f"modulo_lento_{con_hilo}"
    (tmp_path / f"{nombre}.py").write_text(LENTO)
    monkeypatch.syspath_prepend(tmp_path)
    with limite_de_tiempo(0.02):  # muchas prórrogas, y no seis
        modulo = __import__(nombre)
    assert modulo.acabo


def test_un_import_que_no_acaba_se_corta(tmp_path, monkeypatch):
    (tmp_path / "modulo_eterno.py").write_text("while True:\n    pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(limite, "IMPORTA_S", 0.3)
    with pytest.raises(SinTiempo), limite_de_tiempo(0.1):
        __import__("modulo_eterno")
