"""`make run`: la tabla, y el fallo que nombra cuaderno y sección."""

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from herramientas import ejecuta, guarda_salidas


@pytest.fixture
def cuaderno(tmp_path):
    def escribe(nombre, *celdas):
        ruta = tmp_path / f"{nombre}.ipynb"
        nbformat.write(new_notebook(cells=list(celdas)), ruta)
        return ruta

    return escribe


def test_deja_cuaderno_html_y_tabla_con_la_exactitud(
    cuaderno, tmp_path, capsys
):
    ruta = cuaderno("07_x", new_code_cell("exactitud_prueba = 0.9321"))
    otra = cuaderno("08_y", new_code_cell("print('hola')"))
    assert ejecuta.main(tmp_path / "build", ruta, otra) == 0
    salida = capsys.readouterr().out
    filas = [linea.split() for linea in salida.splitlines()]
    tabla = {fila[0]: fila for fila in filas if fila and "_" in fila[0]}
    assert tabla["07_x"][1] == "1"
    assert tabla["07_x"][-1] == "93.2%"
    assert tabla["08_y"][-1] == "—"
    for nombre in ("07_x", "08_y"):
        assert (tmp_path / "build" / f"{nombre}.ipynb").exists()
    assert "hola" in (tmp_path / "build" / "08_y.html").read_text()


def test_si_una_celda_falla_nombra_cuaderno_y_seccion(
    cuaderno, tmp_path, capsys
):
    malo = cuaderno(
        "05_malo",
        new_markdown_cell("# 5 · Título"),
        new_markdown_cell('<a id="s5-2"></a>\n\n## 5.2 La sección'),
        new_code_cell("1 / 0"),
    )
    despues = cuaderno("06_despues", new_code_cell("print('no llega')"))
    assert ejecuta.main(tmp_path / "build", malo, despues) == 1
    dicho = capsys.readouterr().err
    assert "Falló 05_malo.ipynb, sección «5.2 La sección»" in dicho
    assert "ZeroDivisionError" in dicho
    assert not (tmp_path / "build" / "06_despues.ipynb").exists()


def test_guarda_salidas_normaliza(cuaderno):
    celda = new_code_cell(
        "print('hola')", metadata={"tags": ["x"], "jupyter": {"a": 1}}
    )
    ruta = cuaderno("09_z", celda)
    guarda_salidas.main(ruta)
    limpio = nbformat.read(ruta, as_version=4)
    assert limpio.cells[0].metadata == {"tags": ["x"]}
    assert limpio.cells[0].outputs[0].text == "hola\n"
    assert limpio.metadata.language_info == {"name": "python"}


def test_guarda_salidas_no_estropea_un_cuaderno_que_falla(cuaderno, capsys):
    ruta = cuaderno("09_z", new_code_cell("print('a')\n1 / 0"))
    antes = ruta.read_bytes()
    assert guarda_salidas.main(ruta) == 1
    assert "Falló 09_z.ipynb, sección «inicio»" in capsys.readouterr().err
    assert ruta.read_bytes() == antes
