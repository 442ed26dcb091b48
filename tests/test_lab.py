"""`make lab`: los capítulos de quien estudia, y la orden que los abre."""

import json
import os
import shutil
from types import SimpleNamespace

import pytest

from apoyo.cuadernos import RAIZ, lee
from herramientas import lab
from herramientas.consola import NoSePuede
from herramientas.lugares import CAPITULOS, cuadernos


@pytest.fixture
def curso(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for ruta in cuadernos():
        shutil.copy(ruta, tmp_path / "notebooks")
    return tmp_path


def mios(curso):
    return sorted(r.name for r in (curso / lab.CARPETA).iterdir())


def cambia(ruta, texto="# otra línea\n"):
    """Cambia el código de un capítulo, como haría `git pull`."""
    cuaderno = lee(ruta)
    cuaderno["cells"][-1]["source"] = [texto]
    ruta.write_text(json.dumps(cuaderno), encoding="utf-8")


def test_la_primera_vez_copia_los_cuatro_y_luego_ninguno(curso):
    assert [r.stem for r in lab.reparte(curso)] == list(CAPITULOS)
    assert lab.reparte(curso) == []
    for original in cuadernos(curso):
        copia = lee(curso / lab.CARPETA / original.name)
        propio = lee(original)
        assert copia["metadata"].pop(lab.VERSION)
        for celda in copia["cells"]:
            celda["metadata"].pop("jupyter", None)
        assert copia == propio


def test_lo_que_se_predice_llega_tapado(curso):
    ruta = cuadernos(curso)[0]
    cuaderno = lee(ruta)
    celdas = [c for c in cuaderno["cells"] if c["cell_type"] == "code"]
    celdas[2]["metadata"]["tags"] = ["predice"]
    ruta.write_text(json.dumps(cuaderno), encoding="utf-8")
    lab.reparte(curso)
    copia = lee(curso / lab.CARPETA / ruta.name)
    (celda,) = [c for c in copia["cells"] if c["id"] == celdas[2]["id"]]
    assert celda["metadata"]["jupyter"] == {"outputs_hidden": True}


def test_una_version_nueva_llega_al_lado(curso):
    lab.reparte(curso)
    mio = curso / lab.CARPETA / "01_tensores.ipynb"
    resuelto = mio.read_text(encoding="utf-8").replace("torch", "mi_torch", 1)
    mio.write_text(resuelto, encoding="utf-8")
    cambia(curso / "notebooks" / "01_tensores.ipynb")
    assert [r.name for r in lab.reparte(curso)] == ["01_tensores-v2.ipynb"]
    assert lab.reparte(curso) == []
    cambia(curso / "notebooks" / "01_tensores.ipynb", "# y otra\n")
    assert [r.name for r in lab.reparte(curso)] == ["01_tensores-v3.ipynb"]
    assert mio.read_text(encoding="utf-8") == resuelto


def test_nuevas_salidas_no_son_una_version_nueva(curso):
    lab.reparte(curso)
    ruta = curso / "notebooks" / "02_regresion_lineal.ipynb"
    cuaderno = lee(ruta)
    for celda in cuaderno["cells"]:
        if celda["cell_type"] == "code":
            celda["outputs"] = []
    ruta.write_text(json.dumps(cuaderno), encoding="utf-8")
    assert lab.reparte(curso) == []


def test_lo_que_se_borra_vuelve_y_lo_roto_se_respeta(curso):
    lab.reparte(curso)
    carpeta = curso / lab.CARPETA
    (carpeta / "01_tensores.ipynb").rename(carpeta / "01_tensores-Copy1.ipynb")
    (carpeta / "Untitled.ipynb").write_text("{}")
    roto = carpeta / "02_regresion_lineal.ipynb"
    roto.write_text("<<<<<<< HEAD")
    nuevos = [r.name for r in lab.reparte(curso)]
    assert nuevos == ["01_tensores.ipynb", "02_regresion_lineal-v2.ipynb"]
    assert roto.read_text() == "<<<<<<< HEAD"
    assert "Untitled.ipynb" in mios(curso)


def test_las_copias_de_notebooks_no_se_reparten(curso):
    original = curso / "notebooks" / "01_tensores.ipynb"
    shutil.copy(original, original.with_name("01_tensores-Copy1.ipynb"))
    original.with_name("Untitled.ipynb").write_text("{}")
    lab.reparte(curso)
    assert mios(curso) == [f"{nombre}.ipynb" for nombre in CAPITULOS]


@pytest.mark.parametrize("texto", ["", "<<<<<<< HEAD\n{}", "[]", '{"a": 1}'])
def test_un_capitulo_roto_se_dice(curso, texto):
    (curso / "notebooks" / "03_clasificador_dbpedia.ipynb").write_text(texto)
    with pytest.raises(NoSePuede, match="git restore notebooks/03_"):
        lab.reparte(curso)


def test_si_mis_cuadernos_no_es_una_carpeta_lo_dice(curso):
    (curso / lab.CARPETA).write_text("mío")
    with pytest.raises(NoSePuede, match="no es una carpeta"):
        lab.reparte(curso)
    assert (curso / lab.CARPETA).read_text() == "mío"


def test_si_no_se_puede_escribir_lo_dice(curso, monkeypatch):
    def lleno(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(lab.Path, "write_bytes", lleno)
    with pytest.raises(NoSePuede, match="No space left"):
        lab.reparte(curso)


def test_el_servidor_ve_las_figuras_y_abre_el_capitulo_1():
    orden = lab.orden_lab(RAIZ, "/x/bin/python", "--no-browser")
    assert orden[:3] == ["/x/bin/python", "-m", "jupyterlab"]
    assert f"--ServerApp.root_dir={RAIZ}" in orden
    abre = "--LabApp.default_url=/lab/tree/mis_cuadernos/01_tensores.ipynb"
    assert abre in orden
    assert orden[-1] == "--no-browser"


@pytest.mark.parametrize(("quien", "pide"), [(0, True), (1000, False)])
def test_root_se_dice_con_su_argumento(monkeypatch, quien, pide):
    falso = SimpleNamespace(geteuid=lambda: quien)
    monkeypatch.setattr(lab, "os", falso)
    assert ("--allow-root" in lab.orden_lab("/c", "/p")) == pide


def test_en_windows_no_hay_root(monkeypatch):
    monkeypatch.setattr(lab, "os", SimpleNamespace(name="nt"))
    assert "--allow-root" not in lab.orden_lab("/c", "/p")


def test_el_kernel_propio_va_antes_y_el_token_se_queda():
    entorno = {
        "JUPYTER_PATH": "/otro",
        "MPLBACKEND": "Agg",
        "HF_TOKEN": "hf_mio",
    }
    nuevo = lab.entorno_lab(entorno, "/c/.venv/bin/python")
    assert nuevo["JUPYTER_PATH"].split(os.pathsep) == [
        os.path.join("/c/.venv", "share", "jupyter"),  # noqa: PTH118
        "/otro",
    ]
    assert "MPLBACKEND" not in nuevo
    assert nuevo["HF_TOKEN"] == "hf_mio"
