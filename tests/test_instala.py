"""`helpers/instala.py`: trae lo que falta, y solo lo que falta."""

import importlib.metadata
import os
import subprocess

import pytest

from apoyo.cuadernos import RAIZ
from apoyo.entornos import de_enlaces
from helpers import instala

# Un pip que apunta lo que le piden y «descarga» torchtext sin red.
PIP = """
import os, pathlib, sys
with open(os.environ["APUNTES"], "a") as apuntes:
    print(*sys.argv[1:], file=apuntes)
if "FALLA" in os.environ:
    sys.exit("sin red")
if "--target" in sys.argv:
    a = pathlib.Path(sys.argv[sys.argv.index("--target") + 1])
    (a / "torchtext").mkdir()
    datos = a / "torchtext-0.18.0.dist-info"
    datos.mkdir()
    texto = "Metadata-Version: 2.1\\nName: torchtext\\nVersion: 0.18.0\\n"
    (datos / "METADATA").write_text(texto)
if "uninstall" in sys.argv:
    sitio = pathlib.Path(__file__).parents[1]
    (sitio / "torchtext-0.6.0.dist-info" / "METADATA").unlink()
    (sitio / "torchtext-0.6.0.dist-info").rmdir()
"""


@pytest.fixture
def entorno(tmp_path):
    """Corre `instala.py` en un entorno sin torchtext y con un pip falso."""
    python, sitio = de_enlaces(
        tmp_path / "entorno", sin=["torchtext", "pip", "tqdm"]
    )
    (sitio / "pip").mkdir()
    (sitio / "pip" / "__main__.py").write_text(PIP)
    apuntes = tmp_path / "apuntes.txt"

    def corre(**variables):
        apuntes.write_text("")
        hecho = subprocess.run(
            [python, "helpers/instala.py"],
            cwd=RAIZ / "notebooks",
            env=os.environ
            | {"APUNTES": str(apuntes), "PYTHONUTF8": "1"}
            | variables,
            capture_output=True,
            encoding="utf-8",
        )
        return hecho, apuntes.read_text().splitlines()

    corre.sitio = sitio
    return corre


def test_trae_lo_que_falta_y_deja_el_torch_que_hay(entorno):
    hecho, ordenes = entorno()
    assert hecho.returncode == 0, hecho.stderr
    assert len(ordenes) == 2
    torch = importlib.metadata.version("torch")
    tqdm = importlib.metadata.version("tqdm")
    assert ordenes[0] == f"install --quiet tqdm=={tqdm} torch=={torch}"
    assert ordenes[1].endswith(f"torchtext=={instala.VERSION}")
    assert "tqdm" in hecho.stdout
    assert (entorno.sitio / "torchtext-0.18.0.dist-info").is_dir()


def test_cambia_una_version_vieja(entorno):
    vieja = entorno.sitio / "torchtext-0.6.0.dist-info"
    vieja.mkdir()
    (vieja / "METADATA").write_text("Name: torchtext\nVersion: 0.6.0\n")
    hecho, ordenes = entorno()
    assert hecho.returncode == 0, hecho.stderr
    assert any(orden.startswith("uninstall") for orden in ordenes)
    assert not vieja.exists()
    assert (entorno.sitio / "torchtext-0.18.0.dist-info").is_dir()


def test_si_pip_falla_lo_dice_y_no_deja_nada(entorno):
    hecho, _ = entorno(FALLA="1")
    assert hecho.returncode != 0
    assert "revisa tu conexión" in hecho.stderr
    assert "sin red" in hecho.stderr
    assert "Traceback" not in hecho.stderr
    assert not [e.name for e in entorno.sitio.glob("t[mo][pr]*torchtext*")]


def test_donde_no_falta_nada_no_llama_a_pip(monkeypatch, capsys):
    monkeypatch.setattr(
        instala.subprocess,
        "run",
        lambda *_, **__: pytest.fail("no debía llamar a pip"),
    )
    instala.instala()
    assert capsys.readouterr().out == ""


def test_la_version_es_la_fijada():
    version = importlib.metadata.version("torchtext")
    assert version == instala.VERSION == "0.18.0"


def test_pide_todo_lo_que_usan_los_capitulos(monkeypatch):
    monkeypatch.setattr(instala, "version_instalada", lambda *_: None)
    nombres = {pedido.partition("==")[0] for pedido in instala.faltan()}
    assert {"torch", "numpy", "safetensors", "huggingface_hub"} <= nombres
    assert not {"torchtext", "pytest", "ruff"} & nombres
