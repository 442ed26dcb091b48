"""Comprobar sin dejar rastro: el azar y los modos quedan como estaban.

Lo que una respuesta cambia fuera de sí misma se nota, se deshace y se dice.
"""

import gc
import io
import os
import random
import sys
import threading
import warnings
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path

import numpy as np
import torch

from ejercicios.limite import interrumpe

LETRAS = 600  # de lo que imprime una respuesta, las que se guardan


class Recorte(io.TextIOBase):
    """Guarda solo el principio de lo que se imprime."""

    def __init__(self):
        self.texto = ""

    def write(self, texto):
        falta = LETRAS - len(self.texto)
        if falta > 0:
            self.texto += texto[:falta]
        return len(texto)

    def writable(self):
        return True


_abiertos = []
DICHO = Recorte()  # lo que imprimió la última llamada al estudiante


def _figuras():
    plt = sys.modules.get("matplotlib.pyplot")
    return [] if plt is None else plt.get_fignums()


def _cierra_figuras(antes):
    for figura in set(_figuras()) - set(antes):
        sys.modules["matplotlib.pyplot"].close(figura)


def _estilo():
    matplotlib = sys.modules.get("matplotlib")
    rc = getattr(matplotlib, "rcParams", None)
    return {} if rc is None else dict(dict.items(rc))


def _pon_estilo(antes):
    # Sin pasar por la validación, que puede elegir un dibujante.
    dict.update(sys.modules["matplotlib"].rcParams, antes)


def _carpeta():
    try:
        return Path.cwd()
    except OSError:  # alguien la borró
        return None


def _pon_dispositivo(antes):
    torch.set_default_device(None if antes.type == "cpu" else antes)


def _pon_inferencia(antes):
    modo = torch.inference_mode(antes)
    modo.__enter__()
    _abiertos.append(modo)  # si desapareciera, se desharía


def _pon_entorno(antes):
    os.environ.clear()
    os.environ.update(antes)


# Nombre para el estudiante, cómo se lee y cómo se repone.
_RASGOS = (
    (
        "los gradientes encendidos o apagados (`set_grad_enabled`)",
        torch.is_grad_enabled,
        torch.set_grad_enabled,
    ),
    (
        "el modo de inferencia (`inference_mode`)",
        torch.is_inference_mode_enabled,
        _pon_inferencia,
    ),
    (
        "el tipo por omisión (`set_default_dtype`)",
        torch.get_default_dtype,
        torch.set_default_dtype,
    ),
    (
        "el dispositivo por omisión (`set_default_device`)",
        torch.get_default_device,
        _pon_dispositivo,
    ),
    (
        "los algoritmos deterministas",
        torch.are_deterministic_algorithms_enabled,
        torch.use_deterministic_algorithms,
    ),
    (
        "el número de hilos (`set_num_threads`)",
        torch.get_num_threads,
        torch.set_num_threads,
    ),
    (
        "la precisión de `@` (`set_float32_matmul_precision`)",
        torch.get_float32_matmul_precision,
        torch.set_float32_matmul_precision,
    ),
    (
        "la busca de anomalías (`set_detect_anomaly`)",
        torch.is_anomaly_enabled,
        torch.autograd.set_detect_anomaly,
    ),
    (
        "la limpieza de memoria (`gc`)",
        gc.isenabled,
        lambda antes: gc.enable() if antes else gc.disable(),
    ),
    ("la carpeta de trabajo (`chdir`)", _carpeta, os.chdir),
    ("una figura abierta", _figuras, _cierra_figuras),
    ("el estilo de las figuras (`rcParams`)", _estilo, _pon_estilo),
    (
        "el tope de llamadas (`setrecursionlimit`)",
        sys.getrecursionlimit,
        sys.setrecursionlimit,
    ),
    (
        "cómo avisa NumPy (`seterr`)",
        np.geterr,
        lambda antes: np.seterr(**antes),
    ),
    (
        "cómo se imprimen los arreglos (`set_printoptions`)",
        np.get_printoptions,
        lambda antes: np.set_printoptions(**antes),
    ),
    (
        "cómo se imprimen los tensores (`set_printoptions`)",
        lambda: dict(vars(torch._tensor_str.PRINT_OPTS)),
        lambda antes: vars(torch._tensor_str.PRINT_OPTS).update(antes),
    ),
)


def foto():
    """Los modos del kernel, para `repone`."""
    return [lee() for _, lee, _ in _RASGOS]


def repone(antes):
    """Deja los modos como en la foto.

    Returns:
        list[str]: los nombres de los que habían cambiado.
    """
    cambios = []
    for (nombre, lee, pon), valor in zip(_RASGOS, antes, strict=True):
        if lee() != valor:
            pon(valor)
            cambios.append(nombre)
    return cambios


def _guarda_azar():
    """Los estados del azar, y la función que los repone."""
    de_python, de_numpy = random.getstate(), np.random.get_state()
    de_cpu = torch.get_rng_state()
    de_cuda = de_mps = None
    if torch.cuda.is_initialized():
        de_cuda = torch.cuda.get_rng_state_all()
    if torch.backends.mps.is_available():
        de_mps = torch.mps.get_rng_state()

    def repone_azar():
        random.setstate(de_python)
        np.random.set_state(de_numpy)
        torch.set_rng_state(de_cpu)
        if de_cuda is not None:
            torch.cuda.set_rng_state_all(de_cuda)
        elif torch.cuda.is_available():
            # Sin estrenar, una GPU espera la última semilla que se fijó.
            torch.cuda.manual_seed_all(torch.initial_seed())
        if de_mps is not None:
            torch.mps.set_rng_state(de_mps)

    return repone_azar


def _de_dynamo(nombre):
    """Si es un apunte de `torch.compile`, que lo borra él cuando ya sobra.

    Si no lo encontrara, lo diría después, en cualquier otra celda.
    """
    return nombre.startswith("__") and not nombre.endswith("__")


def _repone_nombres(nombres, antes):
    """Deja los nombres del cuaderno como estaban; dice cuáles cambiaron."""
    falta = object()
    cambios = [
        nombre
        for nombre in {*nombres, *antes}
        if nombres.get(nombre, falta) is not antes.get(nombre, falta)
        and not _de_dynamo(nombre)
    ]
    for nombre in cambios:
        if nombre in antes:
            nombres[nombre] = antes[nombre]
        else:
            del nombres[nombre]
    return [
        f"el nombre `{nombre}` del cuaderno (`global`)"
        for nombre in sorted(cambios)
        if not nombre.startswith("_")
    ]


def _para_hilos(antes):
    """Detiene los hilos que la respuesta dejó en marcha; si los había."""
    suyos = [
        hilo
        for hilo in set(threading.enumerate()) - antes
        if getattr(getattr(hilo, "_target", None), "__module__", None)
        == "__main__"
    ]
    for hilo in suyos:
        hilo.join(0.1)
    vivos = [hilo for hilo in suyos if hilo.is_alive()]
    for hilo in vivos:
        interrumpe(hilo.ident, SystemExit)  # el que no deja traza
    return ["un hilo en marcha (`threading`)"] if vivos else []


@contextmanager
def sin_rastro(semilla=0):
    """Aísla lo que se ejecuta dentro.

    Al salir, el azar de Python, NumPy y PyTorch, los modos y el entorno son
    los de antes; dentro, lo que se imprime va a `DICHO`, no salen avisos y
    el azar empieza siempre igual.

    Args:
        semilla: la de Python, NumPy y la CPU mientras dure.

    Yields:
        list[str]: vacía; al salir, los modos que hubo que reponer.
    """
    repone_azar, modos, cambios = _guarda_azar(), foto(), []
    hilos, entorno = set(threading.enumerate()), dict(os.environ)
    DICHO.texto = ""
    # Hasta un aviso que calla se apunta entre los nombres de quien lo causa.
    nombres = vars(sys.modules["__main__"])
    nombres_de_antes = dict(nombres)
    try:
        with (
            warnings.catch_warnings(),
            redirect_stdout(DICHO),
            redirect_stderr(DICHO),
            torch.enable_grad(),
        ):
            warnings.simplefilter("ignore")
            random.seed(semilla)
            np.random.seed(semilla)
            torch.default_generator.manual_seed(semilla)
            dentro = foto()
            try:
                yield cambios
            finally:
                cambios += repone(dentro)
    finally:
        repone(modos)
        repone_azar()
        cambios += _para_hilos(hilos)
        if dict(os.environ) != entorno:
            _pon_entorno(entorno)
        cambios += _repone_nombres(nombres, nombres_de_antes)
