"""Las gráficas salen en el cuaderno y dicen lo que les dan."""

import os
import subprocess
import sys

import matplotlib
import nbformat
import pytest
import torch

from apoyo import sin_torch
from apoyo.cuadernos import RAIZ
from herramientas.cliente import nuevo_cliente

matplotlib.use("Agg")

import matplotlib.pyplot as plt

from helpers.graficas import (
    plot_canales,
    plot_descenso,
    plot_paneles,
    plot_perdidas,
    plot_tasas,
)

NOTEBOOKS = RAIZ / "notebooks"
DIBUJA = """\
from helpers.graficas import aplica_estilo, plot_perdidas
{}
aplica_estilo()
plot_perdidas([0, 1], [2, 1], [3, 2])
import matplotlib
print(matplotlib.get_backend())"""


def en_un_kernel(codigo, **variables):
    """Las salidas de una celda en un kernel con esas variables."""
    codigo = sin_torch.paquete("helpers") + codigo
    celda = nbformat.v4.new_code_cell(codigo)
    cuaderno = nbformat.v4.new_notebook(cells=[celda])
    cliente = nuevo_cliente(cuaderno, NOTEBOOKS / "prueba.ipynb")
    cliente.execute(env={**os.environ, **variables})
    return celda.outputs


def imagenes(salidas):
    return sum("image/png" in s.get("data", {}) for s in salidas)


@pytest.mark.parametrize("backend", ["Agg", "TkAgg"])
def test_mplbackend_no_deja_el_cuaderno_sin_figuras(backend):
    assert imagenes(en_un_kernel(DIBUJA.format(""), MPLBACKEND=backend)) == 1


def test_sin_mplbackend_sale_una_figura_y_no_dos():
    variables = {k: v for k, v in os.environ.items() if k != "MPLBACKEND"}
    salidas = en_un_kernel(DIBUJA.format(""), **variables)
    assert imagenes(salidas) == 1


def test_lo_que_se_elige_a_mano_se_respeta():
    elige = "import matplotlib; matplotlib.use('svg')"
    salidas = en_un_kernel(DIBUJA.format(elige), MPLBACKEND="Agg")
    assert imagenes(salidas) == 0
    assert salidas[-1]["text"].strip().lower() == "svg"


def test_fuera_de_un_cuaderno_no_se_toca():
    """Un programa con Agg sigue con Agg, y no se carga IPython."""
    programa = (
        DIBUJA.format("") + "; import sys; print('IPython' in sys.modules)"
    )
    hecho = subprocess.run(
        [sys.executable, "-c", programa],
        cwd=NOTEBOOKS,
        env={**os.environ, "MPLBACKEND": "Agg"},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert hecho.stdout.lower().split() == ["agg", "false"]


@pytest.fixture
def ejes():
    """Los ejes de la figura que se acaba de dibujar."""
    plt.close("all")
    yield lambda: plt.gcf().axes
    plt.close("all")


def leyenda(eje):
    return [t.get_text() for t in eje.get_legend().get_texts()]


def test_el_descenso_lleva_sus_caminos_en_orden(ejes):
    v, s = torch.linspace(0.2, 1, 9), torch.linspace(0, 0.5, 6)
    caminos = {
        "uno": [(0.3, 0.1), (0.5, 0.3)],
        "dos": [(0.3, 0.1), (0.6, 0.2)],
        "tres": [(0.3, 0.1), (0.7, 0.1)],
    }
    plot_descenso(v, s, torch.rand(6, 9), caminos, (0.8, 0.2))
    mapa, barra = ejes()
    assert (mapa.get_xlabel(), mapa.get_ylabel()) == ("volumen", "sesgo")
    assert barra.get_ylabel() == "Pérdida (MAE)"
    assert leyenda(mapa) == ["uno", "dos", "tres", "inicio", "verdadero"]
    trazos = {linea.get_linestyle() for linea in mapa.lines[:6:2]}
    assert len(trazos) == 3, "en grises no se distinguen"


def test_de_cerca_no_se_anuncia_el_inicio_que_no_se_ve(ejes):
    v, s = torch.linspace(0.5, 1, 9), torch.linspace(0, 0.5, 6)
    caminos = {"uno": [(0.3, 0.1), (0.7, 0.3)]}
    plot_descenso(v, s, torch.rand(6, 9), caminos, (0.8, 0.2))
    assert leyenda(ejes()[0]) == ["uno", "verdadero"]
    assert ejes()[0].get_xlim() == pytest.approx((0.5, 1))


def test_con_un_solo_punto_no_hay_camino(ejes):
    v, s = torch.linspace(0.2, 1, 9), torch.linspace(0, 0.5, 6)
    plot_descenso(v, s, torch.rand(6, 9), {"": [(0.3, 0.1)]}, (0.8, 0.2))
    assert leyenda(ejes()[0]) == ["inicio", "verdadero"]


def test_cada_zona_tiene_su_marca_y_lo_que_explota_no_se_pierde(ejes):
    puntos = [
        (0.01, 0.3, "lenta"),
        (0.1, 0.001, "bien"),
        (0.5, 0.2, "tiembla"),
        (1, float("nan"), "explota"),
    ]
    plot_tasas({"MAE": puntos, "MSE": puntos[:2]})
    primero, segundo = ejes()
    assert primero.get_xlabel() == segundo.get_xlabel() == "Tasa"
    assert primero.get_ylabel() == "Distancia a la meta"
    assert primero.get_title() == "MAE" and segundo.get_title() == "MSE"
    donde = {c.get_label(): c.get_offsets() for c in primero.collections}
    assert [tuple(d) for d in donde["bien"].tolist()] == [(0.1, 0.001)]
    (explota,) = donde["explota"].tolist()
    assert explota[0] == 1 and explota[1] > 1
    marcas = {str(c.get_paths()[0].vertices) for c in primero.collections}
    assert len(marcas) == 4, "el color no puede ser la única diferencia"
    # Un exponente es más chico que el resto de la letra.
    for lado in (primero.xaxis, primero.yaxis):
        numeros = [t.get_text() for t in lado.get_ticklabels()]
        assert "0.1" in numeros and not any("^" in n for n in numeros)


def test_las_perdidas_van_contra_su_epoca(ejes):
    plot_perdidas([5, 10], [2.0, 1.0], [3.0, 2.5], nombre="validación")
    (eje,) = ejes()
    assert (eje.get_xlabel(), eje.get_ylabel()) == ("Época", "Pérdida")
    assert leyenda(eje) == ["entrenamiento", "validación"]
    assert eje.lines[0].get_xdata().tolist() == [5, 10]
    assert eje.lines[1].get_ydata().tolist() == [3.0, 2.5]


def test_los_paneles_comparten_leyenda_y_no_trazo(ejes):
    curvas = {"a": [1, 2], "b": [2, 1]}
    plot_paneles({"uno": curvas, "dos": curvas}, [0, 1], eje_x="Error")
    assert [e.get_title() for e in ejes()] == ["uno", "dos"]
    assert leyenda(ejes()[0]) == ["a", "b"]
    assert len({linea.get_linestyle() for linea in ejes()[0].lines}) == 2
    assert {e.get_xlabel() for e in ejes()} == {"Error"}


def test_cada_canal_y_la_imagen(ejes):
    imagen = torch.zeros(3, 2, 4)
    imagen[1] = 1
    plot_canales(imagen)
    vistos = [e.images[0].get_array() for e in ejes()]
    assert len(vistos) == 4
    assert vistos[1].min() == 1 and vistos[0].max() == 0
    assert vistos[3].shape == (2, 4, 3)
