"""La orden que mide presentaciones, para quien escribe las suyas."""

from contextlib import nullcontext

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from apoyo import navegador
from diapositivas import desbordes
from diapositivas.__main__ import convierte

CHICA = "<span style='font-size:15px'>chica</span>"
ANCHA = "<div style='width:1400px'>ancha</div>"


@pytest.mark.skipif(navegador.busca() is None, reason=navegador.REMEDIO)
def test_dice_las_que_se_salen_y_las_de_letra_chica(
    tmp_path, capsys, monkeypatch
):
    rutas = []
    for nombre, textos in (
        ("09_mal", ["**Bien.** Cabe.", f"**Mal.** {CHICA} {ANCHA}"]),
        ("08_bien", ["**Bien.** Cabe."]),
    ):
        celdas = [new_markdown_cell("# 9 · Título")]
        celdas += map(new_markdown_cell, textos)
        for i, (celda, tipo) in enumerate(
            zip(celdas, ("slide", "slide", "subslide"), strict=False)
        ):
            celda.id = f"la-{i}"
            celda.metadata["slideshow"] = {"slide_type": tipo}
        ruta = tmp_path / f"{nombre}.ipynb"
        nbformat.write(new_notebook(cells=celdas), ruta)
        rutas.append(ruta.with_suffix(".html"))
        rutas[-1].write_text(*convierte(ruta), "utf-8")
    with navegador.Navegador() as uno:
        monkeypatch.setattr(desbordes, "Navegador", lambda: nullcontext(uno))
        assert desbordes.main(*map(str, rutas)) == 1
        assert desbordes.main(str(rutas[1])) == 0
    bien, queja, mal, otra_vez = capsys.readouterr().out.splitlines()
    assert bien == "08_bien: 2 diapositivas y 0 en el anexo"
    assert queja.startswith("09_mal  la-2: se sale ")
    assert queja.endswith(" px y letra de 15 px")
    assert mal == "09_mal: 2 diapositivas y 1 en el anexo"
    assert otra_vez == bien
