"""`make run`: la tabla, y el fallo que nombra cuaderno y sección."""

import os
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from apoyo.entornos import RUTAS
from herramientas import cliente, ejecuta, guarda_salidas
from herramientas.consola import NoSePuede


@pytest.fixture
def cuaderno(tmp_path):
    def escribe(nombre, *celdas):
        ruta = tmp_path / f"{nombre}.ipynb"
        nbformat.write(new_notebook(cells=list(celdas)), ruta)
        return ruta

    return escribe


def test_deja_cuaderno_y_tabla_con_la_exactitud(cuaderno, tmp_path, capsys):
    ruta = cuaderno("07_x", new_code_cell("exactitud_prueba = 0.9321"))
    otra = cuaderno("08_y", new_code_cell("print('hola')"))
    assert ejecuta.main(tmp_path / "build", ruta, otra) == 0
    salida = capsys.readouterr().out
    filas = [linea.split() for linea in salida.splitlines()]
    tabla = {fila[0]: fila for fila in filas if fila and "_" in fila[0]}
    assert tabla["07_x"][1] == "1"
    assert tabla["07_x"][-1] == "93.2%"
    assert tabla["08_y"][-1] == "—"
    for cual, texto in ((ruta, []), (otra, ["hola\n"])):
        hecho = nbformat.read(tmp_path / "build" / cual.name, as_version=4)
        assert hecho.cells[0].metadata == {}, "sin horas"
        assert [s.text for s in hecho.cells[0].outputs] == texto


def test_un_error_que_no_es_del_kernel_no_se_disfraza(tmp_path):
    ruta = tmp_path / "07_x.ipynb"
    ejecutor = cliente.nuevo_cliente(new_notebook(), ruta)
    with pytest.raises(RuntimeError, match="otra cosa"):
        with cliente.con_frases(ejecutor, ruta):
            raise RuntimeError("otra cosa")
    with pytest.raises(NoSePuede, match="el kernel murió"):
        with cliente.con_frases(ejecutor, ruta):
            raise RuntimeError("Kernel died before replying")


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


ROTOS = [
    "",
    '{"cells": [',
    "<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> main\n",
    "[]",
    '{"cells": 3, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}',
    "\udcff",
]


@pytest.mark.parametrize("texto", ROTOS)
@pytest.mark.parametrize("herramienta", [ejecuta, guarda_salidas])
def test_lo_que_no_es_un_cuaderno_se_dice(
    herramienta, texto, tmp_path, capsys
):
    ruta = tmp_path / "02_roto.ipynb"
    ruta.write_bytes(texto.encode("utf-8", "surrogateescape"))
    antes = ruta.read_bytes()
    carpeta = [tmp_path / "build"] * (herramienta is ejecuta)
    assert herramienta.main(*carpeta, ruta) == 1
    dicho = capsys.readouterr().err
    assert "02_roto.ipynb no se puede leer como cuaderno" in dicho
    assert "git restore notebooks/02_roto.ipynb" in dicho
    assert "Traceback" not in dicho
    assert ruta.read_bytes() == antes


@pytest.mark.parametrize("herramienta", [ejecuta, guarda_salidas])
def test_lo_que_no_esta_se_dice(herramienta, tmp_path, capsys):
    carpeta = [tmp_path / "build"] * (herramienta is ejecuta)
    assert herramienta.main(*carpeta, tmp_path / "03_no.ipynb") == 1
    assert "No puedo leer" in capsys.readouterr().err


@pytest.mark.parametrize("herramienta", [ejecuta, guarda_salidas])
def test_un_kernel_que_muere_se_dice(herramienta, cuaderno, tmp_path, capsys):
    ruta = cuaderno(
        "04_grande",
        new_markdown_cell("## 4.1 Cuando una máquina no basta"),
        # Así acaba un proceso que se queda sin memoria.
        new_code_cell("import os\nos._exit(137)"),
    )
    antes = ruta.read_bytes()
    carpeta = [tmp_path / "build"] * (herramienta is ejecuta)
    assert herramienta.main(*carpeta, ruta) == 1
    dicho = capsys.readouterr().err
    assert (
        "04_grande.ipynb, sección «4.1 Cuando una máquina no basta»" in dicho
    )
    assert "memoria" in dicho
    assert "2 GB" in dicho
    assert "Traceback" not in dicho
    assert ruta.read_bytes() == antes


def test_una_celda_que_no_acaba_se_dice(
    cuaderno, tmp_path, capsys, monkeypatch
):
    monkeypatch.setattr(cliente, "ESPERA_S", 1)
    ruta = cuaderno("05_lento", new_code_cell("import time; time.sleep(99)"))
    assert ejecuta.main(tmp_path / "build", ruta) == 1
    assert "una celda lleva más de" in capsys.readouterr().err


def test_un_kernel_ajeno_llamado_python3_no_se_usa(
    cuaderno, tmp_path, monkeypatch
):
    """Ni uno de `JUPYTER_PATH` ni el que pida el cuaderno."""
    ajeno = tmp_path / "jupyter" / "kernels" / "python3"
    ajeno.mkdir(parents=True)
    (ajeno / "kernel.json").write_text(
        '{"argv": ["/no/existe"], "display_name": "x", "language": "python"}'
    )
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    celda = new_code_cell("import sys\nprint(sys.executable)")
    ruta = cuaderno("06_mio", celda)
    nb = nbformat.read(ruta, as_version=4)
    nb.metadata.kernelspec = {"name": "otro", "display_name": "otro"}
    nbformat.write(nb, ruta)
    assert ejecuta.main(tmp_path / "build", ruta) == 0
    hecho = nbformat.read(tmp_path / "build" / ruta.name, as_version=4)
    assert hecho.cells[0].outputs[0].text.strip() == sys.executable


def test_una_grafica_sale_con_cualquier_mplbackend(
    cuaderno, tmp_path, monkeypatch
):
    monkeypatch.setenv("MPLBACKEND", "Agg")
    celda = new_code_cell(
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()"
    )
    ruta = cuaderno("07_grafica", celda)
    assert ejecuta.main(tmp_path / "build", ruta) == 0
    hecho = nbformat.read(tmp_path / "build" / ruta.name, as_version=4)
    assert any(
        "image/png" in s.get("data", {}) for s in hecho.cells[0].outputs
    )


def test_una_terminal_ascii_no_pierde_el_trabajo(cuaderno, tmp_path):
    ruta = cuaderno("08_letras", new_code_cell("print('año — ñ')"))
    hecho = subprocess.run(
        [sys.executable, "-m", "herramientas.ejecuta", tmp_path / "b", ruta],
        env={
            **os.environ,
            "PYTHONPATH": RUTAS,
            "PYTHONUTF8": "0",
            "PYTHONIOENCODING": "ascii",
        },
        capture_output=True,
    )
    assert hecho.returncode == 0, hecho.stderr
    assert b"08_letras" in hecho.stdout.splitlines()[-3]
    texto = (tmp_path / "b" / ruta.name).read_text(encoding="utf-8")
    assert "año — ñ" in texto


@pytest.mark.parametrize("que", ["archivo", "sin permiso"])
def test_si_build_no_se_puede_escribir_se_dice(
    que, cuaderno, tmp_path, capsys, monkeypatch
):
    build = tmp_path / "build"
    if que == "archivo":
        build.write_text("mío")
    else:

        def prohibido(*_, **__):
            raise PermissionError(13, "Permission denied", str(build))

        monkeypatch.setattr(ejecuta, "escribe_cuaderno", prohibido)
    ruta = cuaderno("09_x", new_code_cell("1"))
    assert ejecuta.main(build, ruta) == 1
    assert "No pude escribir en" in capsys.readouterr().err
