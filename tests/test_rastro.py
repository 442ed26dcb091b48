"""Lo que una respuesta cambia fuera de sí se nota, se deshace y se dice."""

import gc
import os
import random
import sys
import threading
import time
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch

from ejercicios import comprueba, rastro
from ejercicios.rastro import DICHO, LETRAS, sin_rastro


def estilo():
    plt.rcParams["font.size"] = 77


def figura():
    plt.figure()


def inferencia():
    rastro.suspendida = torch.inference_mode()
    rastro.suspendida.__enter__()


def suspendida():
    def genera():
        with torch.no_grad():
            yield 1

    rastro.suspendida = genera()
    next(rastro.suspendida)


CAMBIOS = {
    "matmul_precision": lambda: torch.set_float32_matmul_precision("medium"),
    "anomalías": lambda: torch.autograd.set_detect_anomaly(True),
    "(`gc`)": gc.disable,
    "set_grad_enabled": lambda: torch.set_grad_enabled(False),
    "encendidos o apagados": suspendida,
    "inference_mode": inferencia,
    "set_default_dtype": lambda: torch.set_default_dtype(torch.float64),
    "set_default_device": lambda: torch.set_default_device("meta"),
    "deterministas": lambda: torch.use_deterministic_algorithms(True),
    "set_num_threads": lambda: torch.set_num_threads(3),
    "chdir": lambda: os.chdir("/"),
    "figura": figura,
    "rcParams": estilo,
    "setrecursionlimit": lambda: sys.setrecursionlimit(4321),
    "seterr": lambda: np.seterr(all="raise"),
    "los arreglos": lambda: np.set_printoptions(precision=1),
    "los tensores": lambda: torch.set_printoptions(precision=1),
}


@pytest.mark.parametrize("nombre", CAMBIOS)
def test_cada_modo_se_nota_y_se_repone(nombre):
    antes = rastro.foto()
    with sin_rastro() as cambios:
        CAMBIOS[nombre]()
    assert rastro.foto() == antes
    assert any(nombre in cambio for cambio in cambios), cambios
    rastro.suspendida = None


def test_hay_una_prueba_por_rasgo():
    assert len(CAMBIOS) >= len(rastro._RASGOS)
    for nombre, _, _ in rastro._RASGOS:
        assert any(trozo in nombre for trozo in CAMBIOS), nombre


@pytest.mark.parametrize("nombre", CAMBIOS)
def test_una_respuesta_que_lo_deja_cambiado_no_pasa(nombre, capsys):
    def distancias(a, b):
        tabla = (a[:, None] - b).norm(dim=2)
        CAMBIOS[nombre]()
        return tabla

    antes = rastro.foto()
    comprueba("1.6c", distancias)
    assert rastro.foto() == antes
    salida = capsys.readouterr().out
    assert "deja cambiado" in salida and nombre in salida
    rastro.suspendida = None


def test_el_azar_el_entorno_y_los_avisos_vuelven():
    def azar():
        return (
            random.getstate(),
            str(np.random.get_state()),
            torch.get_rng_state().tolist(),
        )

    antes, filtros, entorno = azar(), list(warnings.filters), dict(os.environ)
    with sin_rastro() as cambios:
        torch.manual_seed(3), np.random.seed(3), random.seed(3)
        warnings.simplefilter("error")
        os.environ["OTRA"] = "1"
    assert (azar(), warnings.filters, dict(os.environ)) == (
        antes,
        filtros,
        entorno,
    )
    assert not cambios  # fijar una semilla no es una falta


def test_lo_que_estaba_apagado_vuelve_a_estarlo():
    gc.disable()
    try:
        with sin_rastro() as cambios:
            gc.enable()
        assert not gc.isenabled()
    finally:
        gc.enable()
    assert any("`gc`" in cambio for cambio in cambios)


def test_una_gpu_sin_estrenar_recupera_su_semilla(monkeypatch):
    semillas = []
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "manual_seed_all", semillas.append)
    torch.manual_seed(123)
    semillas.clear()
    with sin_rastro():
        pass
    assert semillas == [123]


def test_el_azar_de_dentro_empieza_siempre_igual():
    sorteos = []
    for semilla in (1, 2):
        torch.manual_seed(semilla)
        with sin_rastro():
            sorteos.append(torch.rand(3).tolist())
    assert sorteos[0] == sorteos[1]


def test_un_hilo_que_sigue_se_dice_y_se_detiene(capsys):
    parado = threading.Event()

    def corre():
        try:
            while True:
                time.sleep(0.01)
        except SystemExit:  # sin él, pytest avisaría
            parado.set()

    corre.__module__ = "__main__"  # como el de una celda

    def distancias(a, b):
        threading.Thread(target=corre, daemon=True).start()
        return torch.cdist(a, b)

    comprueba("1.6c", distancias)
    assert "threading" in capsys.readouterr().out
    assert parado.wait(5)


def test_lo_impreso_se_recorta():
    with sin_rastro():
        for _ in range(10**4):
            print("hola" * 10)
    assert len(DICHO.texto) == LETRAS


def test_nada_se_imprime_fuera(capsys):
    with sin_rastro():
        print("hola")
        print("adiós", file=sys.stderr)
        warnings.warn("aviso", stacklevel=1)
    assert capsys.readouterr() == ("", "")


def test_un_nombre_del_cuaderno_que_cambia_se_dice_y_vuelve(
    capsys, monkeypatch
):
    principal = vars(sys.modules["__main__"])
    monkeypatch.setitem(principal, "notas", 5)

    def distancias(a, b):
        principal["notas"] = principal["otra"] = 7  # como con `global`
        return torch.cdist(a, b)

    comprueba("1.6c", distancias)
    salida = capsys.readouterr().out
    assert "el nombre `notas`" in salida and "`otra`" in salida
    assert principal["notas"] == 5 and "otra" not in principal


def test_los_apuntes_de_torch_compile_los_borra_torch(monkeypatch):
    """Sin ellos, PyTorch se quejaría después, en una celda cualquiera."""
    principal = vars(sys.modules["__main__"])
    apuntes = ("__builtins_dict___7", "__warningregistry__")
    for nombre in apuntes:
        monkeypatch.setitem(principal, nombre, 1)
        del principal[nombre]
    with sin_rastro():
        principal |= dict.fromkeys(apuntes, 1)
    assert [nombre in principal for nombre in apuntes] == [True, False]
