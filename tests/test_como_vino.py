"""Con tus respuestas guardadas, se prueba el curso y no se toca lo tuyo."""

import json
import subprocess
from pathlib import Path

import pytest

from apoyo.cuadernos import RAIZ
from herramientas import como_vino, ordenes
from herramientas.consola import NoSePuede
from herramientas.lugares import CAPITULOS

GIT = ("git", "-c", "user.name=yo", "-c", "user.email=yo@localhost")


def escribe(ruta, cuaderno):
    ruta.write_text(json.dumps(cuaderno), encoding="utf-8", newline="\r\n")


@pytest.fixture
def curso(tmp_path):
    """Un curso con los cuatro capítulos de verdad, en su git."""
    raiz = tmp_path / "mi año"
    (raiz / "notebooks").mkdir(parents=True)
    for nombre in CAPITULOS:
        ruta = f"notebooks/{nombre}.ipynb"
        (raiz / ruta).write_bytes((RAIZ / ruta).read_bytes())
    for orden in (
        ("init", "--quiet"),
        ("add", "--all"),
        ("commit", "--quiet", "--no-gpg-sign", "-m", "el curso"),
    ):
        subprocess.run([*GIT, "-C", raiz, *orden], check=True)
    return raiz


def responde(cuaderno):
    for celda in cuaderno["cells"]:
        if "comprueba(" in "".join(celda["source"][-1:]):
            celda["source"] = ["x = 1\n", "\n", celda["source"][-1]]
            return


def ejecuta_una(cuaderno):
    codigo = [c for c in cuaderno["cells"] if c["cell_type"] == "code"]
    codigo[3]["execution_count"] = 41


def agrega_una(cuaderno):
    nueva = {"cell_type": "code", "execution_count": None, "source": ["1"]}
    cuaderno["cells"].insert(9, nueva | {"outputs": [], "metadata": {}})


def test_make_test_trabaja_en_el_clon(curso, monkeypatch):
    ruta = curso / "notebooks" / f"{CAPITULOS[0]}.ipynb"
    cuaderno = json.loads(ruta.read_bytes())
    responde(cuaderno)
    escribe(ruta, cuaderno)
    hechas = []

    def lanza(orden, cwd, env):
        ahi = json.loads((Path(cwd) / "notebooks" / ruta.name).read_bytes())
        hechas.append((orden[2], ahi == cuaderno, env["PYTHONPATH"]))
        return 0

    ambiente = ordenes.ambiente
    monkeypatch.setattr(ambiente, "prepara", lambda *_: Path("/e/bin/python"))
    monkeypatch.setattr(ordenes.subprocess, "call", lanza)
    assert ordenes.test(ordenes.Curso(curso, {})) == 0
    assert [que for que, _, _ in hechas] == ["ruff", "ruff", "pytest"]
    assert not any(el_tuyo for _, el_tuyo, _ in hechas)
    assert all("build" in rutas for _, _, rutas in hechas)


def guarda_con_jupyter(cuaderno):
    cuaderno["metadata"]["language_info"]["version"] = "3.13.1"


def pliega_una(cuaderno):
    cuaderno["cells"][5]["metadata"]["jupyter"] = {"source_hidden": True}


def borra_las_salidas(cuaderno):
    for celda in cuaderno["cells"]:
        if celda["cell_type"] == "code":
            celda |= {"outputs": [], "execution_count": None}


TOCA = (
    *(responde, ejecuta_una, agrega_una),
    *(guarda_con_jupyter, pliega_una, borra_las_salidas),
)


@pytest.mark.parametrize("hace", TOCA)
@pytest.mark.parametrize("capitulo", CAPITULOS[::3])
def test_lo_tuyo_no_se_prueba_ni_se_toca(curso, capsys, capitulo, hace):
    (curso / "build").mkdir()
    (curso / "build" / "mio.html").touch()  # lo de antes sigue ahí
    ruta = curso / "notebooks" / f"{capitulo}.ipynb"
    antes = ruta.read_bytes()
    cuaderno = json.loads(antes)
    hace(cuaderno)
    escribe(ruta, cuaderno)
    mio = ruta.read_bytes()
    with como_vino.carpeta_de_pruebas(curso) as raiz:
        assert raiz != curso
        assert (raiz / "notebooks" / ruta.name).read_bytes() == antes
        assert (raiz / ".git").is_dir()  # hay pruebas que le preguntan a git
    quedan = [otro.name for otro in (curso / "build").iterdir()]
    assert quedan == ["mio.html"]
    assert ruta.read_bytes() == mio
    dicho = capsys.readouterr().out
    assert f"En {capitulo}.ipynb hay algo tuyo" in dicho
    assert len(dicho.splitlines()) == 1


def edita_el_texto(cuaderno):
    for celda in cuaderno["cells"]:
        if celda["cell_type"] == "markdown":
            celda["source"] = ["Lo que se está escribiendo."]


@pytest.mark.parametrize("hace", [lambda _: None, edita_el_texto])
def test_quien_escribe_el_curso_prueba_lo_suyo(curso, capsys, hace):
    ruta = curso / "notebooks" / f"{CAPITULOS[1]}.ipynb"
    cuaderno = json.loads(ruta.read_bytes())
    hace(cuaderno)
    escribe(ruta, cuaderno)
    with como_vino.carpeta_de_pruebas(curso) as raiz:
        assert raiz == curso
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("roto", ["", "{", "[]", '{"cells": [1]}'])
def test_lo_que_no_se_puede_leer_lo_dicen_las_pruebas(curso, roto):
    (curso / "notebooks" / f"{CAPITULOS[0]}.ipynb").write_text(roto)
    assert como_vino.con_lo_tuyo(curso) == []


def sin_git(curso):
    (curso / ".git").rename(curso / "otra cosa")


def guardado_en_git(curso):
    orden = ("commit", "--quiet", "--no-gpg-sign", "-am", "resuelto")
    subprocess.run([*GIT, "-C", curso, *orden], check=True)


@pytest.mark.parametrize("pasa", [sin_git, guardado_en_git])
def test_si_git_no_lo_tiene_como_vino_una_frase(curso, pasa):
    ruta = curso / "notebooks" / f"{CAPITULOS[0]}.ipynb"
    cuaderno = json.loads(ruta.read_bytes())
    responde(cuaderno)
    escribe(ruta, cuaderno)
    pasa(curso)
    with (
        pytest.raises(NoSePuede, match=r"pon tu cuaderno en mis_cuadernos/"),
        como_vino.carpeta_de_pruebas(curso),
    ):
        pytest.fail("no hay dónde probar")
    assert list((curso / "build").iterdir()) == []


def test_sin_el_programa_git_tambien_se_dice(curso, monkeypatch, tmp_path):
    ruta = curso / "notebooks" / f"{CAPITULOS[0]}.ipynb"
    cuaderno = json.loads(ruta.read_bytes())
    responde(cuaderno)
    escribe(ruta, cuaderno)
    monkeypatch.setenv("PATH", str(tmp_path))
    with (
        pytest.raises(NoSePuede, match="descárgalo otra vez"),
        como_vino.carpeta_de_pruebas(curso),
    ):
        pytest.fail("no hay dónde probar")
