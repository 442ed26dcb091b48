"""Un curso de solo lectura se copia, y la copia es de quien la usa."""

import shutil

import pytest

from herramientas import copia
from herramientas.ambiente import MARCA as MARCA_DEL_ENTORNO
from herramientas.consola import NoSePuede


@pytest.fixture
def curso(tmp_path, monkeypatch):
    """Un curso pequeño que no se puede escribir, y una casa vacía."""
    raiz = tmp_path / "compartido" / "curso"
    for nombre in ("README.md", "notebooks/01.ipynb", "tests/a/b.py"):
        ruta = raiz / nombre
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_text(nombre)
    for sobra in (".git/config", ".venv/x", "build/y", "tests/__pycache__/z"):
        ruta = raiz / sobra
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_text("no se copia")
    casa = tmp_path / "casa"
    casa.mkdir()
    monkeypatch.setenv("HOME", str(casa))
    monkeypatch.setenv("USERPROFILE", str(casa))
    monkeypatch.setattr(
        copia, "se_puede_escribir", lambda carpeta: carpeta != raiz
    )
    return raiz


def contenido(carpeta):
    return {
        ruta.relative_to(carpeta).as_posix(): ruta.read_text()
        for ruta in carpeta.rglob("*")
        if ruta.is_file() and ruta.name != copia.MARCA
    }


DEL_CURSO = {
    nombre: nombre
    for nombre in ("README.md", "notebooks/01.ipynb", "tests/a/b.py")
}


def test_donde_se_puede_escribir_se_trabaja_ahi(tmp_path):
    assert copia.se_puede_escribir(tmp_path)
    assert copia.carpeta_de_trabajo(tmp_path) == tmp_path
    assert list(tmp_path.iterdir()) == []
    assert not copia.se_puede_escribir(tmp_path / "no-hay")


def test_se_copia_el_curso_y_se_dice(curso, capsys):
    lugar = copia.carpeta_de_trabajo(curso)
    assert contenido(lugar) == DEL_CURSO
    dicho = capsys.readouterr().out
    assert "es de solo lectura" in dicho
    assert str(lugar) in dicho


def test_se_pone_al_dia_sin_tocar_lo_propio(curso):
    lugar = copia.carpeta_de_trabajo(curso)
    for nombre in ("mis_cuadernos/01.ipynb", "build/modelo.pt", "nota.txt"):
        (lugar / nombre).parent.mkdir(exist_ok=True)
        (lugar / nombre).write_text("mío")
    (curso / "README.md").write_text("nuevo")
    shutil.rmtree(curso / "tests" / "a")
    assert copia.carpeta_de_trabajo(curso) == lugar
    assert contenido(lugar) == {
        "README.md": "nuevo",
        "notebooks/01.ipynb": "notebooks/01.ipynb",
        "mis_cuadernos/01.ipynb": "mío",
        "build/modelo.pt": "mío",
        "nota.txt": "mío",
    }


def test_una_carpeta_que_no_es_copia_no_se_toca(curso, tmp_path):
    suya = tmp_path / "casa" / "curso-pytorch-copia"
    suya.mkdir()
    (suya / "README.md").write_text("mío")
    with pytest.raises(NoSePuede, match="cámbiale el nombre"):
        copia.carpeta_de_trabajo(curso)
    assert contenido(suya) == {"README.md": "mío"}


def test_sin_donde_copiar_dice_que_hacer(curso, tmp_path):
    (tmp_path / "casa" / "curso-pytorch-copia").write_text("un archivo")
    with pytest.raises(NoSePuede, match="cópialo tú a una carpeta tuya"):
        copia.carpeta_de_trabajo(curso)


@pytest.mark.parametrize("arranca", [True, False])
def test_el_entorno_ya_hecho_se_usa_si_arranca(curso, monkeypatch, arranca):
    (curso / ".venv" / MARCA_DEL_ENTORNO).write_text("{}")
    monkeypatch.setattr(copia.interprete, "pregunta", lambda _: arranca)
    lugar = copia.carpeta_de_trabajo(curso)
    assert (lugar / ".venv").is_symlink() == arranca
    assert copia.carpeta_de_trabajo(curso) == lugar
