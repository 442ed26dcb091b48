"""El motor de `torch.compile`: se prueba compilando, no mirando si está."""

import importlib
import os
import shutil
import subprocess
import sys
import time
import warnings

import pytest
import torch

from apoyo.cuadernos import RAIZ
from helpers import compilador

PREGUNTA = "from helpers.compilador import elige_motor; print(elige_motor())"
HAY = shutil.which(os.environ.get("CXX") or "g++")
con_compilador = pytest.mark.skipif(
    not HAY or sys.platform != "linux", reason="sin g++ no hay qué probar"
)


def pregunta(tmp_path, **entorno):
    """Lo que responde un proceso nuevo; y no dice nada más."""
    hecho = subprocess.run(
        [sys.executable, "-c", PREGUNTA],
        cwd=RAIZ / "notebooks",
        env=os.environ
        | {"TORCHINDUCTOR_CACHE_DIR": str(tmp_path / "cache"), "CXX": "g++"}
        | entorno,
        capture_output=True,
        encoding="utf-8",
        timeout=280,
    )
    assert (hecho.returncode, hecho.stderr) == (0, "")
    return hecho.stdout.strip()


SIN_CPP20 = """#!/bin/sh
for a in "$@"; do case "$a" in -std=c++2*|-std=c++17)
    echo "unrecognized command line option $a" >&2; exit 1;; esac; done
exec {} "$@"
"""


SABE_COMPILAR = (
    " " not in torch.__file__
)  # con un espacio en su ruta, no compila


@pytest.fixture(scope="module")
def ayer(tmp_path_factory):
    """Una caché, y el motor con que se llenó: se compiló ayer."""
    carpeta = tmp_path_factory.mktemp("ayer")
    return carpeta, pregunta(carpeta) if SABE_COMPILAR else "eager"


@con_compilador
@pytest.mark.skipif(
    not SABE_COMPILAR, reason="torch está en una ruta con un espacio"
)
def test_donde_se_puede_es_inductor(ayer):
    assert ayer[1] == "inductor"


@con_compilador
@pytest.mark.parametrize(
    "falso",
    ["#!/bin/sh\nexit 0\n", SIN_CPP20.format(HAY)],
    ids=["no hace nada", "sin C++20"],
)
def test_un_compilador_que_no_compila(ayer, tmp_path, falso):
    """Y la caché no engaña: ayer sí se compiló, y hoy ya no."""
    ruta = tmp_path / "g++"
    ruta.write_text(falso)
    ruta.chmod(0o755)
    assert pregunta(ayer[0], CXX=str(ruta)) == "eager"


def test_sin_compilador_no_se_intenta(monkeypatch):
    """En un Mac sin las herramientas, intentarlo abre una ventana."""
    monkeypatch.setattr(compilador, "_hay_compilador", lambda: False)
    monkeypatch.setattr(compilador.torch, "compile", lambda f: f)
    assert compilador.elige_motor() == "eager"


def test_cualquier_fallo_al_compilar_es_eager(monkeypatch):
    """Una carpeta sin permiso, con noexec, con un espacio…"""

    def compila(f):
        def llama(x):
            raise OSError("failed to map segment from shared object")

        return llama

    monkeypatch.setattr(compilador, "_hay_compilador", lambda: True)
    monkeypatch.setattr(compilador.torch, "compile", compila)
    assert compilador.elige_motor() == "eager"
    # Un compilador que da otro número tampoco sirve.
    monkeypatch.setattr(compilador.torch, "compile", lambda f: lambda x: x)
    assert compilador.elige_motor() == "eager"
    monkeypatch.setattr(compilador.torch, "compile", lambda f: f)
    assert compilador.elige_motor() == "inductor"


@pytest.mark.parametrize(
    ("sistema", "cxx", "herramientas", "hay"),
    [
        ("win32", "/x/g++", 0, False),
        ("linux", "/usr/bin/g++", 1, True),
        ("linux", None, 0, False),
        ("darwin", "/usr/bin/clang++", 2, False),
        ("darwin", "/usr/bin/clang++", 0, True),
        ("darwin", "/opt/homebrew/bin/clang++", 2, True),
        ("darwin", None, 0, False),
    ],
)
def test_si_hay_compilador_que_probar(
    monkeypatch, sistema, cxx, herramientas, hay
):
    """En macOS el de Apple puede ser un aviso de que falta."""

    def run(orden, **_):
        assert orden == ["xcode-select", "-p"]
        return subprocess.CompletedProcess(orden, herramientas)

    monkeypatch.setattr(compilador.sys, "platform", sistema)
    buscados = []

    def which(nombre):
        buscados.append(nombre)
        return cxx

    monkeypatch.setattr(compilador.shutil, "which", which)
    monkeypatch.setattr(compilador.subprocess, "run", run)
    for variable in ("", "/mi/compilador"):
        monkeypatch.setenv("CXX", variable)
        assert compilador._hay_compilador() is hay
    # El de torch: el de la variable o, sin ella, el del sistema.
    if sistema != "win32":
        propio = "clang++" if sistema == "darwin" else "g++"
        assert buscados == [propio, "/mi/compilador"]


def test_importarlo_no_calla_los_avisos_de_otros():
    with warnings.catch_warnings(record=True) as vistos:
        warnings.simplefilter("always")
        importlib.reload(compilador)
        warnings.warn("Guards may run slower on 3.13.0", stacklevel=1)
        warnings.warn("el de otro", stacklevel=1)
    assert [str(aviso.message) for aviso in vistos] == ["el de otro"]


def test_cada_vez_se_compila_algo_nuevo(monkeypatch):
    vistos = []
    monkeypatch.setattr(
        compilador.torch, "compile", lambda f: vistos.append(f) or f
    )
    compilador._compila()
    time.sleep(0.001)
    compilador._compila()
    unicos = [f.__closure__[0].cell_contents for f in vistos]
    assert unicos[0] != unicos[1]
