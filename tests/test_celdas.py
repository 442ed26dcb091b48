"""De una celda a su HTML: enlaces, textos alternativos, tablas e imágenes."""

import runpy
import sys

import nbformat
import pytest
from bs4 import BeautifulSoup
from nbformat.v4 import new_markdown_cell, new_notebook

from diapositivas import celdas
from herramientas.imagenes import ImagenFuera


def test_sin_marcas_queda_el_texto_en_una_linea():
    texto = "## **El** `sesgo` de\n[aquí](x.ipynb), *$q$* <b>y</b> fin"
    assert celdas.sin_marcas(texto) == "El sesgo de aquí, q y fin"


def test_los_enlaces_llevan_a_las_paginas():
    texto = (
        "[![Abrir](https://x.org/b.svg)](https://x.org/9) "
        "[2.1](02_regresion_lineal.ipynb#s2-1) y [guía](../README.md#a)."
    )
    assert celdas.enlaces(texto) == (
        "[Abrir en Colab](https://x.org/9) "
        "[2.1](02_regresion_lineal.html#s2-1) y guía."
    )
    assert celdas.enlaces("[guía](README.md)", r"[\1](index.html)") == (
        "[guía](index.html)"
    )


@pytest.mark.parametrize(
    ("codigo", "detalle"),
    [
        ("dibuja()", "."),
        ('plt.xlabel("Época")', " (eje horizontal: Época)."),
        ('eje.set_ylabel("$z$ y\\notra")', " (eje vertical: z y otra)."),
        ('plot(x, label="sin")', " (curva: sin)."),
        (
            'plot(x, label="b")\nplot(y, label="a")\nplot(z, label="b")',
            " (curvas: b, a).",
        ),
        (
            'plt.title("T")\nplt.ylabel("V")\nplt.xlabel("H")',
            " (eje horizontal: H; eje vertical: V; título: T).",
        ),
        ("plt.xlabel(nombre)", "."),
        ("%matplotlib inline\nplt.xlabel('H')", "."),
    ],
)
def test_la_alternativa_dice_que_grafica_es_y_sus_ejes(codigo, detalle):
    assert celdas.alternativa("La recta:", codigo) == (
        f"Gráfica: La recta{detalle}"
    )


def test_una_tabla_dice_que_encabeza_cada_titulo(tmp_path):
    html = (
        "<table><thead><tr><th> </th><th>a</th></tr></thead>"
        "<tbody><tr><th>fila</th><td>1</td></tr></tbody></table>"
    )
    sopa = BeautifulSoup(celdas.todo_dentro(html, tmp_path, ""), "html.parser")
    assert sopa.table.parent["class"] == ["tabla"]
    assert [th.get_text() for th in sopa.find_all("th")] == ["a", "fila"]
    # El de una fila no es de columna.
    assert [th.get("scope") for th in sopa.find_all("th")] == ["col", None]
    assert len(sopa.find_all("td")) == 2


def test_lo_que_no_pide_nada_se_queda_como_esta(tmp_path):
    html = "<P CLASS=x>El src de <a href='x.png'>aquí</a></P>"
    assert celdas.todo_dentro(html, tmp_path, "") == html
    # Y un enlace no es una imagen, diga lo que diga.
    con_src = '<a src="no-esta.png">a</a>'
    assert celdas.todo_dentro(con_src, tmp_path, "") == con_src


@pytest.mark.parametrize("atributo", celdas.CON_ARCHIVO)
def test_todo_lo_que_pide_un_archivo_lo_lleva_o_se_dice(tmp_path, atributo):
    (tmp_path / "a.svg").write_text("<svg/>")
    hecho = celdas.todo_dentro(f'<x {atributo}="a.svg">', tmp_path, "")
    assert f'{atributo}="data:image/svg+xml;base64,' in hecho
    with pytest.raises(ImagenFuera, match=r"capítulo 9.*no-esta"):
        celdas.todo_dentro(
            f'<x {atributo.upper()}="no-esta.png">', tmp_path, "capítulo 9"
        )


@pytest.mark.filterwarnings("ignore::RuntimeWarning:runpy")
@pytest.mark.parametrize(
    "orden", ["sitio", "diapositivas", "diapositivas.clase"]
)
def test_la_orden_a_la_que_le_falta_una_imagen_acaba_mal_y_lo_dice(
    orden, tmp_path, monkeypatch, capsys
):
    celda = new_markdown_cell("# 9 · T\n\n![x](https://x.org/a.png)")
    celda.metadata.slideshow = {"slide_type": "slide"}
    ruta = tmp_path / "09_x.ipynb"
    nbformat.write(new_notebook(cells=[celda]), ruta)
    monkeypatch.setattr(sys, "argv", [orden, str(tmp_path / "a"), str(ruta)])
    with pytest.raises(SystemExit) as salio:
        runpy.run_module(orden, run_name="__main__")
    assert salio.value.code == 1
    assert "https://x.org/a.png" in capsys.readouterr().err
    assert not list(tmp_path.rglob("*.html"))
