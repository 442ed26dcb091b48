"""`make run`: la tabla, y el fallo que nombra cuaderno y sección."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from cuadernos import RAIZ

EJECUTA = RAIZ / "tests" / "herramientas" / "ejecuta.py"
GUARDA = RAIZ / "tests" / "herramientas" / "guarda_salidas.py"


@pytest.fixture
def cuaderno(tmp_path):
    def escribe(nombre, *celdas):
        ruta = tmp_path / f"{nombre}.ipynb"
        nbformat.write(new_notebook(cells=list(celdas)), ruta)
        return ruta

    return escribe


def corre(programa, *argumentos):
    return subprocess.run(
        [sys.executable, programa, *map(str, argumentos)],
        capture_output=True,
        text=True,
        env=os.environ,
    )


def test_deja_cuaderno_html_y_tabla_con_la_exactitud(cuaderno, tmp_path):
    ruta = cuaderno("07_x", new_code_cell("exactitud_prueba = 0.9321"))
    otra = cuaderno("08_y", new_code_cell("print('hola')"))
    hecho = corre(EJECUTA, tmp_path / "build", ruta, otra)
    assert hecho.returncode == 0, hecho.stderr
    filas = [linea.split() for linea in hecho.stdout.splitlines()]
    tabla = {fila[0]: fila for fila in filas if fila and "_" in fila[0]}
    assert tabla["07_x"][1] == "1"
    assert tabla["07_x"][-1] == "93.2%"
    assert tabla["08_y"][-1] == "—"
    for nombre in ("07_x", "08_y"):
        assert (tmp_path / "build" / f"{nombre}.ipynb").exists()
    assert "hola" in (tmp_path / "build" / "08_y.html").read_text()


def test_si_una_celda_falla_nombra_cuaderno_y_seccion(cuaderno, tmp_path):
    malo = cuaderno(
        "05_malo",
        new_markdown_cell("# 5 · Título"),
        new_markdown_cell('<a id="s5-2"></a>\n\n## 5.2 La sección'),
        new_code_cell("1 / 0"),
    )
    despues = cuaderno("06_despues", new_code_cell("print('no llega')"))
    hecho = corre(EJECUTA, tmp_path / "build", malo, despues)
    assert hecho.returncode == 1
    assert "Falló 05_malo.ipynb, sección «5.2 La sección»" in hecho.stderr
    assert "ZeroDivisionError" in hecho.stderr
    assert not (tmp_path / "build" / "06_despues.ipynb").exists()


def test_guarda_salidas_normaliza(cuaderno):
    celda = new_code_cell(
        "print('hola')", metadata={"tags": ["x"], "jupyter": {"a": 1}}
    )
    ruta = cuaderno("09_z", celda)
    hecho = corre(GUARDA, ruta)
    assert hecho.returncode == 0, hecho.stderr
    limpio = nbformat.read(ruta, as_version=4)
    assert limpio.cells[0].metadata == {"tags": ["x"]}
    assert limpio.cells[0].outputs[0].text == "hola\n"
    assert limpio.metadata.language_info == {"name": "python"}


def test_guarda_salidas_no_estropea_un_cuaderno_que_falla(cuaderno):
    ruta = cuaderno("09_z", new_code_cell("print('a')\n1 / 0"))
    antes = ruta.read_bytes()
    assert corre(GUARDA, ruta).returncode != 0
    assert ruta.read_bytes() == antes
