"""Las fotos del curso: están donde se usan, pesan poco y se rehacen."""

import re

import pytest
from PIL import Image

from apoyo.cuadernos import CUADERNOS, RAIZ, fuente, lee
from diapositivas import muestra


@pytest.mark.parametrize("ruta", [muestra.CURSO, muestra.PAGINA])
def test_la_foto_esta_y_pesa_poco(ruta):
    with Image.open(ruta) as foto:
        assert foto.format == "PNG" and min(foto.size) > 400
    assert ruta.stat().st_size < 300_000


def test_el_readme_la_muestra_y_la_cuenta():
    readme = (RAIZ / "README.md").read_text("utf-8")
    (alternativa,) = re.findall(r"!\[(.+?)\]\(ims/curso\.png\)", readme)
    assert "JupyterLab" in alternativa and "diapositiva" in alternativa
    # Antes de la primera orden: se ve qué es antes de instalar nada.
    assert readme.index("ims/curso.png") < readme.index("## Empezar")


def test_el_capitulo_4_muestra_su_pagina():
    textos = [fuente(celda) for celda in lee(CUADERNOS[3])["cells"]]
    (texto,) = (t for t in textos if "](../ims/4/pagina.png)" in t)
    assert len(re.search(r"!\[(.+?)\]", texto)[1]) > 60


def test_las_celdas_que_se_fotografian_existen():
    for ruta, celda in (
        (muestra.CUADERNO, muestra.CELDA),
        (muestra.CUADERNO_DE_CHARLA, muestra.LAMINA),
    ):
        assert celda in [c["id"] for c in lee(ruta)["cells"]]


def test_se_juntan_a_su_tamano():
    cuaderno = Image.new("RGB", muestra.VENTANA, "white")
    hecho = muestra.junta(cuaderno, Image.new("RGB", (1280, 720), "black"))
    assert hecho.size == muestra.LIENZO
    assert hecho.getpixel((100, 100)) == (255, 255, 255)
    izquierda, arriba, _ = muestra.CHARLA_EN
    assert hecho.getpixel((izquierda + 50, arriba + 50)) == (0, 0, 0)


def test_sin_chromium_lo_dice_y_no_toca_nada(monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", "/no/existe")
    monkeypatch.setattr(muestra, "foto_de_la_pagina", muestra.Navegador)
    antes = muestra.CURSO.stat().st_mtime_ns
    assert muestra.main() == 0
    assert "Instálalo" in capsys.readouterr().err
    assert muestra.CURSO.stat().st_mtime_ns == antes
