"""El intérprete se comprueba antes de tocar nada."""

import json
import os
import sys
from types import SimpleNamespace

import pytest

from herramientas import interprete
from herramientas.consola import NoSePuede

BUENO = {
    "version": [3, 12, 1],
    "clase": "CPython",
    "bits": 64,
    "sistema": "linux",
    "maquina": "x86_64",
    "libc": "x86_64-pc-linux-gnu",
    "sin_gil": False,
    "venv": True,
}
de_unix = pytest.mark.skipif(
    os.name == "nt", reason="hace de Python un guion de sh"
)


def falso(carpeta, nombre, **cambios):
    """Un programa que contesta como si fuera otro Python."""
    guion = carpeta / nombre
    dicho = json.dumps({**BUENO, **cambios})
    guion.write_text(f"#!/bin/sh\necho '{dicho}'\n")
    guion.chmod(0o755)
    return guion


@pytest.mark.parametrize(
    ("cambios", "dice"),
    [
        ({"version": [3, 8, 18]}, "Python 3.8 no sirve"),
        ({"version": [3, 10, 0]}, "necesita Python 3.11, 3.12 o 3.13"),
        ({"version": [3, 14, 0]}, "Python 3.14 no sirve"),
        ({"version": [4, 0, 0]}, "Python 4.0 no sirve"),
        ({"clase": "PyPy"}, "PyPy"),
        ({"sin_gil": True}, "sin GIL"),
        ({"bits": 32}, "32 bits"),
        ({"sistema": "darwin"}, "Mac con procesador Intel"),
        ({"libc": "x86_64-pc-linux-musl"}, "musl"),
    ],
)
def test_lo_que_no_sirve_se_dice_en_una_frase(cambios, dice):
    frase = interprete.problema({**BUENO, **cambios})
    assert dice in frase
    assert "\n" not in frase


@pytest.mark.parametrize(
    "cambios",
    [
        {},
        {"version": [3, 11, 0]},
        {"version": [3, 13, 15]},
        {"sistema": "win32", "maquina": "AMD64"},
        {"sistema": "darwin", "maquina": "arm64"},
        {"maquina": "aarch64"},
    ],
)
def test_lo_que_sirve(cambios):
    assert interprete.problema({**BUENO, **cambios}) == ""


def test_este_python_contesta():
    datos = interprete.pregunta([sys.executable])
    assert tuple(datos["version"]) == sys.version_info[:3]
    assert set(datos) == set(BUENO)


def test_el_que_no_esta_se_nombra():
    with pytest.raises(NoSePuede, match=r"No encuentro .*python3\.99"):
        interprete.elige("python3.99")


@de_unix
@pytest.mark.parametrize("cuerpo", ["exit 1", "echo no-es-json", "exec true"])
def test_el_que_no_contesta_como_python_tampoco(tmp_path, cuerpo):
    raro = tmp_path / "raro"
    raro.write_text(f"#!/bin/sh\n{cuerpo}\n")
    raro.chmod(0o755)
    with pytest.raises(NoSePuede, match="No encuentro"):
        interprete.elige(str(raro))


@de_unix
def test_sin_el_modulo_venv_dice_como_traerlo(tmp_path):
    python = falso(tmp_path, "python3", venv=False)
    with pytest.raises(NoSePuede, match=r"apt install python3\.12-venv"):
        interprete.elige(str(python))


@de_unix
def test_si_hay_otro_que_sirve_lo_ofrece(tmp_path, monkeypatch):
    viejo = falso(tmp_path, "python3", version=[3, 8, 18])
    falso(tmp_path, "python3.12")
    monkeypatch.setenv("PATH", str(tmp_path) + os.pathsep + "/bin")
    with pytest.raises(NoSePuede, match=r"añade PYTHON=python3\.12$"):
        interprete.elige(str(viejo))


@de_unix
def test_se_puede_nombrar_con_espacios_o_con_argumentos(tmp_path):
    carpeta = tmp_path / "Mis programas"
    carpeta.mkdir()
    python = falso(carpeta, "python3")
    assert interprete.elige(str(python)) == [str(python)]
    lanzador = falso(tmp_path, "py")
    assert interprete.elige(f"{lanzador} -3.12") == [str(lanzador), "-3.12"]


@pytest.mark.parametrize("pedido", ['"', "$(touch P)", "; touch P", "`ls`"])
def test_lo_pedido_no_pasa_por_una_terminal(pedido, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NoSePuede):
        interprete.elige(pedido)
    assert list(tmp_path.iterdir()) == []


def test_lo_que_cambia_que_carga_un_python_no_pasa():
    entorno = {"PATH": "a", "PYTHONHOME": "/x", "PIP_TARGET": "/y"}
    assert interprete.limpio(entorno) == {"PATH": "a"}


def test_sin_tarjeta_solo_cuenta_en_linux(monkeypatch):
    falso_so = SimpleNamespace(system=lambda: "Darwin")
    monkeypatch.setattr(interprete, "platform", falso_so)
    assert not interprete.es_linux_sin_tarjeta()
