"""Lo que escriben las herramientas llega entero, o queda lo de antes."""

import os
import shutil

import nbformat
import pytest

from apoyo.cuadernos import RAIZ
from herramientas import ambiente, copia, enlaces, lab, restricciones
from herramientas.consola import NoSePuede
from herramientas.escribe import escribe_cuaderno


def foto(carpeta):
    return {r: r.read_bytes() for r in carpeta.rglob("*") if r.is_file()}


@pytest.fixture
def curso(tmp_path):
    """El README y los cuadernos, que es lo que las herramientas cambian."""
    for ruta in enlaces.archivos(RAIZ):
        destino = tmp_path / "curso" / ruta.relative_to(RAIZ)
        destino.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ruta, destino)
    return tmp_path / "curso"


def test_un_cuaderno_acaba_en_un_salto_y_se_lee_igual(tmp_path):
    cuaderno = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell("ñ", id="a")]
    )
    ruta = tmp_path / "x.ipynb"
    for _ in range(2):
        escribe_cuaderno(cuaderno, ruta)
        escrito = ruta.read_bytes()
        assert "ñ".encode() in escrito and b"\r" not in escrito
        assert escrito.endswith(b"}\n")
        assert nbformat.read(ruta, as_version=4) == cuaderno


def escribe_uno(curso):
    (ruta,) = (curso / "notebooks").glob("01_*.ipynb")
    escribe_cuaderno(nbformat.v4.new_notebook(), ruta)


ESCRIBEN = {
    "un cuaderno": escribe_uno,
    "enlaces": lambda curso: list(enlaces.cambia(curso, "ana/otro")),
    "lab": lab.reparte,
    "copia": lambda curso: copia._pone_al_dia(curso, curso.parent / "mía"),
    "ambiente": lambda curso: ambiente._escribe_marca(curso, {"a": 1}),
    "restricciones": lambda _: restricciones.main(),
}


@pytest.mark.parametrize("quien", ESCRIBEN)
def test_con_el_disco_lleno_no_cambia_ni_sobra_nada(curso, monkeypatch, quien):
    def lleno(_):
        raise OSError(28, "No space left on device")

    for nombre in (ambiente.MARCA, restricciones.RESTRICCIONES):
        (curso / nombre).parent.mkdir(parents=True, exist_ok=True)
        (curso / nombre).write_text("lo de antes")
    monkeypatch.setattr(restricciones, "RAIZ", curso)
    monkeypatch.setattr(restricciones, "resuelve", lambda uv: ["torch==4"])
    monkeypatch.setattr(shutil, "which", lambda _: "uv")
    antes = foto(curso.parent)
    with monkeypatch.context() as sin_sitio:
        sin_sitio.setattr(os, "fsync", lleno)
        with pytest.raises((OSError, NoSePuede), match=r"space|No puedo"):
            ESCRIBEN[quien](curso)
    assert foto(curso.parent) == antes
    ESCRIBEN[quien](curso)
    assert foto(curso.parent) != antes
