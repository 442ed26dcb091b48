"""A quien calla se le nota, y a quien trabaja no se le acusa."""

import os
import signal
import subprocess
import sys
import time

import pytest

from apoyo.entornos import RUTAS
from distribuido.latido import CADA, CALLADO

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGSTOP"), reason="aquí no se detiene un proceso"
)

# Como en el programa del curso, el proceso 0 guarda el almacén.
UNO = """
import sys, threading, time
from torch.distributed import TCPStore
from distribuido.latido import latido

yo, puerto, segundos = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
almacen = TCPStore("127.0.0.1", puerto, None, yo == 0, wait_for_workers=False)
print(almacen.port, flush=True)
almacen.add("listos", 1)
while almacen.add("listos", 0) < 3:
    time.sleep(0.05)
with latido(almacen, yo, 3, cada=0.3):
    print("late", flush=True)
    time.sleep(segundos)
    almacen.add("acabaron", 1)
    while almacen.add("acabaron", 0) < 3:
        time.sleep(0.05)
quedan = [h for h in threading.enumerate() if h.name.startswith("Thread")]
almacen.add("salieron", 1)
while yo == 0 and almacen.add("salieron", 0) < 3:
    time.sleep(0.05)
print(len(quedan), flush=True)
"""


@pytest.fixture
def tres():
    """Lanza tres procesos que se hablan durante tantos segundos."""
    vivos = []

    def lanza(segundos):
        puerto = 0
        for yo in range(3):
            orden = [sys.executable, "-c", UNO, yo, puerto, segundos]
            uno = subprocess.Popen(
                [str(parte) for parte in orden],
                env=os.environ | {"PYTHONPATH": RUTAS, "OMP_NUM_THREADS": "1"},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
            )
            vivos.append(uno)
            puerto = int(uno.stdout.readline())
        assert {uno.stdout.readline() for uno in vivos} == {"late\n"}
        return vivos

    yield lanza
    for uno in vivos:
        uno.kill()
        uno.communicate()


@pytest.mark.parametrize("mudo", [0, 2])
def test_el_que_calla_se_nota_y_se_dice_una_vez(tres, mudo):
    procesos = tres(segundos=60)
    empieza = time.monotonic()
    procesos[mudo].send_signal(signal.SIGSTOP)
    otros = [uno for uno in procesos if uno is not procesos[mudo]]
    dicho = "".join(uno.communicate(timeout=30)[1] for uno in otros)
    assert time.monotonic() - empieza < 15
    assert [uno.returncode for uno in otros] == [1, 1]
    assert dicho.count(f"El proceso {mudo} está vivo, pero no responde") == 1
    assert "repite la orden" in dicho
    assert "Traceback" not in dicho


def test_si_se_detiene_a_todos_al_seguir_nadie_acusa_a_nadie(tres):
    procesos = tres(segundos=6)
    for orden in (signal.SIGSTOP, signal.SIGCONT):
        for uno in procesos:
            uno.send_signal(orden)
        time.sleep(4)
    for uno in procesos:
        dicho, queja = uno.communicate(timeout=30)
        assert (uno.returncode, queja) == (0, "")
        # No deja hilos: al terminar Python podrían tirar el proceso.
        assert dicho == "0\n"


def test_se_nota_antes_de_medio_minuto():
    assert 10 <= CADA * CALLADO < 30
