"""Dos procesos nunca dan el mismo puerto a sus kernels."""

import os
import subprocess
import sys

import pytest
from jupyter_client.connect import LocalPortCache

from apoyo.cuadernos import RAIZ
from herramientas import puertos

REPARTE = """
import sys
from jupyter_client.connect import LocalPortCache
from herramientas import puertos
puertos.activa()
cache = LocalPortCache.instance()
print(*(cache.find_available_port("127.0.0.1") for _ in range(60)))
sys.stdout.flush()
sys.stdin.read()
"""


def test_las_pruebas_usan_puertos_propios():
    """También nbval, que arranca sus kernels en este proceso."""
    assert isinstance(LocalPortCache.instance(), puertos.PuertosPropios)


def test_cuatro_procesos_a_la_vez_no_coinciden():
    entorno = {**os.environ, "PYTHONPATH": str(RAIZ / "tests")}
    procesos = [
        subprocess.Popen(
            [sys.executable, "-c", REPARTE],
            env=entorno,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(4)
    ]
    # Ninguno acaba hasta que todos han repartido.
    dados = [set(map(int, p.stdout.readline().split())) for p in procesos]
    for proceso in procesos:
        proceso.communicate("")
    assert [len(d) for d in dados] == [60] * 4
    assert len(set().union(*dados)) == 240
    assert all(puertos.DESDE < p < puertos.HASTA for d in dados for p in d)


@pytest.fixture
def cache():
    nueva = puertos.PuertosPropios()
    yield nueva
    nueva.guarda.close()


def test_un_bloque_tomado_no_se_da_a_otro(cache, monkeypatch):
    primero = cache.guarda.getsockname()[1]
    # Otro proceso que solo pudiera elegir ese bloque no encuentra ninguno.
    monkeypatch.setattr(puertos, "DESDE", primero)
    monkeypatch.setattr(puertos, "HASTA", primero + 1)
    with pytest.raises(OSError, match="ningún bloque"):
        puertos.PuertosPropios()


def test_lo_ocupado_se_salta_y_lo_devuelto_vuelve(cache):
    primero = cache.libres[0]
    otro = puertos._toma(primero)
    assert cache.find_available_port("127.0.0.1") == cache.libres[1]
    otro.close()
    assert cache.find_available_port("127.0.0.1") == primero
    cache.return_port(primero)
    assert cache.find_available_port("127.0.0.1") == primero


def test_tras_un_fork_el_hijo_tiene_otro_bloque(cache, monkeypatch):
    antes = cache.libres
    padre = cache.guarda
    monkeypatch.setattr(puertos.os, "getpid", lambda: -1)
    puerto = cache.find_available_port("127.0.0.1")
    padre.close()
    assert puerto not in antes
