"""El PDF de la charla: sus marcadores, su título y su idioma."""

import io

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook
from pypdf import PdfReader, PdfWriter

from apoyo import impreso, navegador
from diapositivas.__main__ import convierte
from diapositivas.pdf import con_marcadores, main


def en_blanco(paginas):
    escrito, salida = PdfWriter(), io.BytesIO()
    for _ in range(paginas):
        escrito.add_blank_page(960, 540)
    escrito.write(salida)
    return salida.getvalue()


def indice(*clases):
    return [
        {"titulo": str(n), "abre": c == "abre", "anexo": c == "anexo"}
        for n, c in enumerate(clases)
    ]


def arbol(leido, marcas):
    """Los marcadores, con lo que cuelga de cada uno en una lista."""
    return [
        arbol(leido, marca)
        if isinstance(marca, list)
        else (marca.title, leido.get_destination_page_number(marca))
        for marca in marcas
    ]


def test_cada_pagina_cuelga_de_la_suya():
    clases = ("abre", "anexo", "", "anexo", "anexo", "", "abre", "")
    datos = con_marcadores(en_blanco(8), "Título", indice(*clases))
    leido = PdfReader(io.BytesIO(datos))
    marca = [(str(n), n) for n in range(8)]
    assert arbol(leido, leido.outline) == [
        marca[0],
        [marca[1], marca[2], [marca[3], marca[4]], marca[5]],
        marca[6],
        [marca[7]],
    ]
    assert leido.metadata.title == "Título"
    assert leido.root_object["/Lang"] == "es"


@pytest.mark.parametrize("paginas", [1, 3])
def test_una_pagina_de_mas_o_de_menos_se_dice(paginas):
    with pytest.raises(ValueError, match=f"T: {paginas} páginas para 2"):
        con_marcadores(en_blanco(paginas), "T", indice("abre", ""))


@pytest.mark.skipif(navegador.busca() is None, reason=navegador.REMEDIO)
def test_la_orden_deja_cada_pdf_al_lado_y_lo_dice(tmp_path, capfd):
    celda = new_markdown_cell("# 9 · Título", id="a")
    celda.metadata.slideshow = {"slide_type": "slide"}
    cuaderno = tmp_path / "09.ipynb"
    nbformat.write(new_notebook(cells=[celda]), cuaderno)
    (html,) = convierte(cuaderno)
    rutas = [tmp_path / f"{letra}.html" for letra in "ba"]
    for ruta in rutas:
        ruta.write_text(html, "utf-8")
    assert main(*map(str, rutas)) == 0
    dicho = capfd.readouterr()
    pdfs = [ruta.with_suffix(".pdf") for ruta in sorted(rutas)]
    dichos = [linea.split("  ")[0] for linea in dicho.out.splitlines()]
    assert dichos == list(map(str, pdfs))
    assert dicho.err == ""
    for pdf in pdfs:
        leido = impreso.abre(pdf)
        assert list(impreso.marcadores(leido)) == [("9 · Título", 0)]
