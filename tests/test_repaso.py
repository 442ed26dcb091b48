"""Las preguntas de repaso: las del cuaderno son las que se corrigen."""

import re
from itertools import pairwise

import pytest

from apoyo.cuadernos import CUADERNOS, fuente, lee
from ejercicios import avance, contesta
from ejercicios.repaso import PREGUNTAS, del_repaso

CAPITULOS = [int(ruta.name[1]) for ruta in CUADERNOS]
por_capitulo = pytest.mark.parametrize("n", CAPITULOS)
PREGUNTA = r"\*\*Pregunta (\d\.r\d+)\.\*\* (.+?)\n\n((?:- [a-e]\) .+\n?)+)"


@pytest.fixture(autouse=True)
def kernel_nuevo(monkeypatch):
    monkeypatch.setattr(avance, "_visto", {})


def escritas(n):
    """{número: (enunciado, opciones, celda que la contesta)}"""
    celdas = lee(next(r for r in CUADERNOS if r.name[1] == str(n)))["cells"]
    halladas = {}
    for celda, otra in pairwise(celdas):
        partes = re.fullmatch(PREGUNTA, fuente(celda), re.DOTALL)
        if partes and celda["cell_type"] == "markdown":
            opciones = re.findall(r"^- ([a-e])\) (.+)$", partes[3], re.M)
            halladas[partes[1]] = (partes[2], dict(opciones), otra)
    return halladas


def dice(numero, letra, capsys):
    capsys.readouterr()
    assert contesta(numero, letra) is None
    return capsys.readouterr().out


@por_capitulo
def test_ocho_por_lo_menos_y_dos_de_cada_capitulo_anterior(n):
    numeros = del_repaso(n)
    assert len(numeros) >= 8
    repasan = [PREGUNTAS[numero].de for numero in numeros]
    assert set(repasan) <= set(range(1, n + 1))
    for anterior in range(1, n):
        assert repasan.count(anterior) >= 2, anterior


@por_capitulo
def test_las_del_cuaderno_son_las_que_se_corrigen(n):
    halladas = escritas(n)
    assert list(halladas) == del_repaso(n)
    for numero, (_, opciones, celda) in halladas.items():
        suya = PREGUNTAS[numero]
        assert sorted([suya.buena, *suya.fallos]) == sorted(opciones), numero
        assert len(set(opciones.values())) == len(opciones) >= 3, numero
        assert fuente(celda) == f'contesta("{numero}", ...)'
        assert "".join(celda["outputs"][0]["text"]) == (
            f"Pregunta {numero}: pendiente.\n"
        )


@por_capitulo
def test_la_buena_no_esta_siempre_en_el_mismo_sitio(n):
    letras = [PREGUNTAS[numero].buena for numero in del_repaso(n)]
    assert len(set(letras)) >= 3
    assert max(map(letras.count, letras)) <= len(letras) // 2


@por_capitulo
def test_cada_opcion_recibe_su_razon(n, capsys):
    for numero in del_repaso(n):
        suya = PREGUNTAS[numero]
        salida = dice(numero, suya.buena, capsys)
        assert salida == f"Pregunta {numero}: correcto. {suya.razon}\n"
        for letra, razon in suya.fallos.items():
            salida = dice(numero, letra, capsys)
            assert salida == f"Pregunta {numero}: todavía no. {razon}\n"
        assert len({suya.razon, *suya.fallos.values()}) > len(suya.fallos)


def test_sin_contestar_esta_pendiente(capsys):
    assert dice("1.r2", ..., capsys) == "Pregunta 1.r2: pendiente.\n"


@pytest.mark.parametrize("letra", ["B", " b) ", "(b)"])
def test_la_letra_se_lee_con_buena_voluntad(letra, capsys):
    assert "correcto" in dice("1.r2", letra, capsys)


@pytest.mark.parametrize("letra", ["z", "", None, 2, ["b"], "ab"])
def test_lo_que_no_es_una_letra_se_dice(letra, capsys):
    salida = dice("1.r2", letra, capsys)
    assert "Se contesta con una letra" in salida and '"a", "b"' in salida


@pytest.mark.parametrize("numero", ["1.r99", "7.r1", "hola", "", None])
def test_una_pregunta_que_no_existe_se_dice(numero, capsys):
    salida = dice(numero, "a", capsys)
    assert salida.startswith(f"No hay una pregunta «{numero}»")
    if numero == "1.r99":
        suyas = del_repaso(1)
        assert f"van de {suyas[0]} a {suyas[-1]}." in salida
    assert salida.count("\n") == 1
