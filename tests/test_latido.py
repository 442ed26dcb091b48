"""A quien calla se le nota, y a quien trabaja no se le acusa."""

import multiprocessing
import os
import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from torch.distributed import TCPStore

from apoyo import en_grupo
from distribuido.latido import CADA, CALLADO, latido

pytestmark = pytest.mark.skipif(
    not hasattr(signal, "SIGSTOP"), reason="aquí no se detiene un proceso"
)


def late(yo, puerto, segundos, dice):
    """Uno de los tres. Como en el programa, el 0 guarda el almacén."""
    almacen = TCPStore(
        "127.0.0.1", puerto, None, yo == 0, wait_for_workers=False
    )
    dice.send(almacen.port)
    almacen.add("listos", 1)
    while almacen.add("listos", 0) < 3:
        time.sleep(0.05)
    with latido(almacen, yo, 3, cada=0.15):
        dice.send("late")
        time.sleep(segundos)
        almacen.add("acabaron", 1)
        while almacen.add("acabaron", 0) < 3:
            time.sleep(0.05)
    quedan = [h for h in threading.enumerate() if h.name.startswith("Thread")]
    almacen.add("salieron", 1)
    while yo == 0 and almacen.add("salieron", 0) < 3:
        time.sleep(0.05)
    print(len(quedan), flush=True)


@dataclass
class Uno:
    proceso: multiprocessing.Process
    oye: Connection  # lo que envía mientras corre
    archivo: Path

    def recibe(self):
        assert self.oye.poll(en_grupo.ESPERA_S), self.archivo.read_text(
            "utf-8"
        )
        return self.oye.recv()

    def envia(self, orden):
        os.kill(self.proceso.pid, orden)

    def acaba(self):
        """Su código y lo que imprimió."""
        self.proceso.join(30)
        return self.proceso.exitcode, self.archivo.read_text("utf-8")


@pytest.fixture
def tres(tmp_path):
    """Lanza tres procesos que se hablan durante tantos segundos."""
    vivos = []

    def lanza(segundos):
        puerto = 0
        for yo in range(3):
            oye, dice = en_grupo.contexto().Pipe(duplex=False)
            archivo = tmp_path / f"{yo}.txt"
            proceso = en_grupo.nuevo(archivo, late, yo, puerto, segundos, dice)
            vivos.append(Uno(proceso, oye, archivo))
            puerto = vivos[-1].recibe()
        assert {uno.recibe() for uno in vivos} == {"late"}
        return vivos

    yield lanza
    for uno in vivos:
        uno.proceso.kill()
        uno.proceso.join()


@pytest.mark.parametrize("mudo", [0, 2])
def test_el_que_calla_se_nota_y_se_dice_una_vez(tres, mudo):
    procesos = tres(segundos=60)
    empieza = time.monotonic()
    procesos[mudo].envia(signal.SIGSTOP)
    otros = [uno for uno in procesos if uno is not procesos[mudo]]
    codigos, dichos = zip(*(uno.acaba() for uno in otros), strict=True)
    dicho = "".join(dichos)
    assert time.monotonic() - empieza < 15
    assert codigos == (1, 1)
    assert dicho.count(f"El proceso {mudo} está vivo, pero no responde") == 1
    assert "repite la orden" in dicho
    assert "Traceback" not in dicho


def test_si_se_detiene_a_todos_al_seguir_nadie_acusa_a_nadie(tres):
    procesos = tres(segundos=4.5)
    for uno in procesos:
        uno.envia(signal.SIGSTOP)
    time.sleep(2.2)  # más de diez latidos; y luego, otros diez
    for uno in procesos:
        uno.envia(signal.SIGCONT)
    for uno in procesos:
        # No se queja ni deja hilos: al terminar Python podrían tirarlo.
        assert uno.acaba() == (0, "0\n")


def test_se_nota_antes_de_medio_minuto():
    assert 10 <= CADA * CALLADO < 30
