"""La carpeta de un cuaderno: de uno solo, y sin borrar nada."""

import os
import subprocess
import sys
import tempfile

import pytest

from apoyo.cuadernos import RAIZ
from publica import carpeta as modulo
from publica.carpeta import carpeta_propia

PIDE = (
    "import sys; from publica.carpeta import carpeta_propia;"
    "print(carpeta_propia(sys.argv[1]).name, flush=True); sys.stdin.read()"
)


@pytest.fixture(autouse=True)
def sin_memoria(monkeypatch):
    """Como un núcleo recién abierto."""
    monkeypatch.setattr(modulo, "_TOMADAS", {})


def otro_nucleo(ruta):
    proceso = subprocess.Popen(
        [sys.executable, "-c", PIDE, str(ruta)],
        cwd=RAIZ / "notebooks",
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    return proceso, proceso.stdout.readline().strip()


def test_lo_que_habia_se_queda_y_la_misma_celda_da_la_misma(tmp_path):
    ruta = tmp_path / "build" / "capitulo"
    ruta.mkdir(parents=True)
    (ruta / "README.md").write_text("mío")
    assert carpeta_propia(ruta) == ruta
    assert carpeta_propia(ruta) == ruta
    assert (ruta / "README.md").read_text() == "mío"


def test_las_carpetas_de_arriba_pueden_no_existir(tmp_path):
    ruta = tmp_path / "build" / "capitulo"
    assert carpeta_propia(ruta) == ruta
    assert ruta.is_dir()


def test_dos_a_la_vez_no_se_pisan_y_un_muerto_la_suelta(tmp_path):
    ruta = tmp_path / "capitulo"
    vivo, suya = otro_nucleo(ruta)
    assert suya == "capitulo"
    assert carpeta_propia(ruta).name == "capitulo-2"
    vivo.kill()
    vivo.communicate()
    modulo._TOMADAS.clear()
    tercero, suya = otro_nucleo(ruta)
    assert suya == "capitulo"
    tercero.communicate("")


@pytest.mark.parametrize("mala", [None, "", ".", "/", 7, b"x", "a\0b"])
def test_lo_que_no_es_una_carpeta_se_dice(tmp_path, monkeypatch, mala):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueError, match="el nombre de una carpeta"):
        carpeta_propia(mala)
    assert not list(tmp_path.iterdir())


def test_un_nombre_demasiado_largo_acaba_en_una_temporal(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert carpeta_propia(tmp_path / ("x" * 300)).is_dir()
    assert "No puedo escribir" in capsys.readouterr().out


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="Windows: sin dueños")
def test_la_de_otra_persona_no_se_toca(tmp_path, monkeypatch):
    ruta = tmp_path / "capitulo"
    ruta.mkdir()
    yo = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: yo + 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    carpeta_propia(ruta)
    assert not list(ruta.iterdir())


def test_donde_no_se_puede_escribir_una_temporal_y_una_frase(
    tmp_path, monkeypatch, capsys
):
    (tmp_path / "build").write_text("no es una carpeta")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dada = carpeta_propia(tmp_path / "build" / "capitulo")
    assert dada.is_dir() and dada.parent == tmp_path
    assert dada.name.startswith("capitulo-"), "se sabe de quién es"
    frase = capsys.readouterr().out
    assert "No puedo escribir" in frase and str(dada) in frase
    assert frase.count("\n") == 1
