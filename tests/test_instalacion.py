"""Instalar: se anuncia, da señales de vida y su fallo es una frase."""

import sys
from types import SimpleNamespace

import pytest

from herramientas import instalacion
from herramientas.consola import NoSePuede

# Un entorno recién hecho, sin nada dentro.
PYTHON = "/no/hay/.venv/bin/python"


@pytest.mark.parametrize(
    ("dicho", "que_hacer"),
    [
        ("OSError: [Errno 28] No space left on device", "haz sitio"),
        ("[Errno 13] Permission denied: '/x'", "carpeta tuya"),
        ("SSLError(SSLCertVerificationError(1", "PIP_CERT"),
        ("ProxyError('Cannot connect to proxy.')", "HTTPS_PROXY"),
        ("NewConnectionError: Errno -3", "revisa tu red"),
        (
            "Retrying… NewConnectionError\nNo matching distribution found",
            "revisa tu red",
        ),
        ("ERROR: No matching distribution found for x", "PIP_INDEX_URL"),
        ("otra cosa", "mensaje de arriba"),
    ],
)
def test_cada_causa_dice_que_hacer(dicho, que_hacer):
    assert que_hacer in instalacion.causa(dicho)


def test_sin_disco_no_empieza(tmp_path, monkeypatch):
    poco = SimpleNamespace(disk_usage=lambda _: SimpleNamespace(free=1e9))
    monkeypatch.setattr(instalacion, "shutil", poco)
    with pytest.raises(NoSePuede, match=r"quedan 1\.0 GB y .* 2\.5 GB"):
        instalacion.instala(tmp_path, PYTHON, ["x"])


def test_completar_no_anuncia_lo_que_ya_esta(tmp_path, monkeypatch, capsys):
    sitio = tmp_path / ".venv" / "lib" / "python3.12" / "site-packages"
    (sitio / "torch-2.13.0.dist-info").mkdir(parents=True)
    monkeypatch.setattr(instalacion, "_lanza", lambda *_: None)
    python = tmp_path / ".venv" / "bin" / "python"
    instalacion.instala(tmp_path, python, ["x"])
    dicho = capsys.readouterr().out
    assert "Completo el entorno" in dicho
    assert "MB" not in dicho


@pytest.mark.parametrize(
    ("sin_tarjeta", "otro_indice", "avisa"),
    [(True, False, True), (True, True, False), (False, False, False)],
)
def test_avisa_de_cuda_solo_a_quien_le_llegara_de_mas(
    tmp_path, monkeypatch, capsys, sin_tarjeta, otro_indice, avisa
):
    monkeypatch.setattr(
        instalacion.interprete, "es_linux_sin_tarjeta", lambda: sin_tarjeta
    )
    monkeypatch.setattr(
        instalacion, "_tiene_otro_indice", lambda _: otro_indice
    )
    monkeypatch.setattr(instalacion, "_lanza", lambda *_: None)
    instalacion.instala(tmp_path, PYTHON, ["x"])
    dicho = capsys.readouterr().out
    assert ("PIP_EXTRA_INDEX_URL" in dicho) == avisa
    assert "400 MB" in dicho
    assert "Entorno listo en" in dicho


def test_el_indice_se_mira_tambien_en_la_configuracion(monkeypatch):
    monkeypatch.setenv("PIP_EXTRA_INDEX_URL", "file:///x")
    assert instalacion._tiene_otro_indice(sys.executable)


def test_da_senales_de_vida(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(instalacion, "AVISA_CADA_S", 0.2)
    duerme = [sys.executable, "-c", "import time; time.sleep(0.7)"]
    instalacion._lanza(tmp_path, duerme, 0)
    assert "sigue; van" in capsys.readouterr().out


def test_el_fallo_lleva_lo_que_dijo_y_una_frase(tmp_path):
    falla = [sys.executable, "-c", "raise SystemExit('[Errno 28] lleno')"]
    with pytest.raises(NoSePuede, match=r"lleno[\s\S]*haz sitio"):
        instalacion._lanza(tmp_path, falla, 0)
