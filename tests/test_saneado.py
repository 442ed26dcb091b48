"""Lo que nbval no distingue al comparar: poco, y con motivo."""

import re

import pytest
from nbval.plugin import get_sanitize_patterns

from apoyo.cuadernos import RAIZ, codigo, lee

ARCHIVO = RAIZ / "tests" / "apoyo" / "saneado.cfg"
FORMAS = "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x3)"


def sanea(texto):
    reglas = get_sanitize_patterns(ARCHIVO.read_text(encoding="utf-8"))
    for regla, cambio in dict(reglas).items():
        texto = re.sub(regla, cambio, texto)
    return texto


@pytest.mark.parametrize("delante", ["", "mm: ", "addmm: "])
def test_el_error_de_formas_es_el_mismo_en_toda_version(delante):
    assert sanea(delante + FORMAS) == FORMAS


@pytest.mark.parametrize(
    "texto",
    [
        "mat1 and mat2 must have the same dtype, but got Double and Float",
        "mm: otra cosa",
        "cmm: mat1 and mat2 shapes",
        "0.2966",
    ],
)
def test_lo_demas_no_se_toca(texto):
    assert sanea(texto) == texto


def test_ese_error_esta_en_un_cuaderno():
    """Si la lección deja de tenerlo, la regla sobra."""
    mensajes = [
        salida["evalue"]
        for celda in codigo(lee(RAIZ / "notebooks" / "01_tensores.ipynb"))
        for salida in celda["outputs"]
        if salida["output_type"] == "error"
    ]
    assert any("mat1 and mat2 shapes" in m for m in mensajes)


def test_pytest_usa_el_archivo(pytestconfig):
    usado = pytestconfig.getoption("nbval_sanitize_with")
    assert (pytestconfig.rootpath / usado).samefile(ARCHIVO)
