"""El plan de clase: los minutos alcanzan y el README suma bien."""

import re

import pytest

from apoyo.cuadernos import CUADERNOS, RAIZ, fuente, lee
from diapositivas import plan

PLANES = plan.planes(CUADERNOS)
README = RAIZ / "README.md"


@pytest.mark.parametrize("n", range(4))
def test_cada_diapositiva_tiene_al_menos_un_minuto(n):
    for seccion in PLANES[n]:
        por_lamina = 60 * seccion.explica / seccion.laminas
        assert por_lamina >= 60, seccion


@pytest.mark.parametrize("n", range(4))
def test_todas_las_secciones_estan_en_el_plan(n):
    secciones = re.findall(
        r"^## (\d\.\d+) ",
        "\n".join(map(fuente, lee(CUADERNOS[n])["cells"])),
        re.MULTILINE,
    )
    titulos = [s.titulo.split()[0] for s in PLANES[n]]
    assert set(secciones) <= set(titulos)
    # Y los ejercicios del cuaderno, todos contados.
    minutos = re.findall(
        r"^\*\*Ejercicio \S+ · (\d+) min",
        "\n".join(map(fuente, lee(CUADERNOS[n])["cells"])),
        re.MULTILINE,
    )
    assert sum(s.ejercicios for s in PLANES[n]) == sum(map(int, minutos))


def test_nada_mas_dice_minutos_de_clase():
    for ruta in CUADERNOS:
        for celda in lee(ruta)["cells"]:
            if celda["metadata"]["slideshow"]["slide_type"] == "notes":
                assert not re.search(
                    r"Para quien enseña · \d+ min", fuente(celda)
                ), celda["id"]


def test_el_readme_dice_las_horas_de_verdad(tmp_path):
    copia = tmp_path / "README.md"
    copia.write_text(README.read_text("utf-8"), "utf-8")
    plan.escribe(copia, PLANES)
    assert copia.read_text("utf-8") == README.read_text("utf-8"), (
        "ponlo al día con `python -m diapositivas.plan README.md`"
    )


def test_las_rutas_caben_en_lo_que_dicen():
    assert sum(plan.medio_dia(PLANES)) <= 4 * 60
    nombres = {s.titulo.split()[0] for c in PLANES for s in c}
    assert set(plan.MEDIO_DIA) <= nombres
    for _, cuales in plan.DOS_DIAS:
        total = sum(
            s.explica + s.ejercicios for n in cuales for s in PLANES[n]
        )
        assert total <= 8 * 60


def test_si_el_plan_cambia_el_readme_se_nota(tmp_path):
    copia = tmp_path / "README.md"
    copia.write_text(f"a\n{plan.ABRE}\nviejo\n{plan.CIERRA}\nb\n", "utf-8")
    plan.escribe(copia, PLANES)
    dicho = copia.read_text("utf-8")
    assert "viejo" not in dicho
    assert dicho.startswith("a\n") and dicho.endswith("\nb\n")
    copia.write_text("sin marcas", "utf-8")
    with pytest.raises(ValueError, match="marcas"):
        plan.escribe(copia, PLANES)


def test_las_horas_se_dicen_en_horas():
    assert [plan.horas(m) for m in (0, 45, 60, 95)] == [
        "0 min",
        "45 min",
        "1 h",
        "1 h 35 min",
    ]
