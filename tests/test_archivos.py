"""Escribir aparte y renombrar: ni mitades, ni lo de otro pisado."""

import ast
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import archivos
from apoyo.cuadernos import RAIZ
from archivos import SUFIJO, aparta, completo, escribe, quita_restos


def nombres(carpeta):
    return sorted(r.name for r in carpeta.iterdir())


def test_lo_escrito_aparece_entero_y_solo_al_final(tmp_path):
    ruta = tmp_path / "x.json"
    ruta.write_text("antes")
    with completo(ruta) as aparte:
        aparte.write_text("a medias")
        assert ruta.read_text() == "antes"
        assert aparte.parent == ruta.parent
        assert aparte.name.endswith(SUFIJO)
        aparte.write_text("después")
    assert ruta.read_text() == "después"
    assert nombres(tmp_path) == ["x.json"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, OSError])
def test_si_algo_falla_queda_lo_de_antes(tmp_path, error):
    ruta = tmp_path / "x.json"
    ruta.write_text("antes")
    with pytest.raises(error), completo(ruta) as aparte:
        aparte.write_text("a medias")
        raise error
    assert ruta.read_text() == "antes"
    assert nombres(tmp_path) == ["x.json"]


def test_si_el_disco_se_llena_al_asegurarlo_no_queda_nada(
    tmp_path, monkeypatch
):
    def lleno(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", lleno)
    with pytest.raises(OSError, match="space"):
        with completo(tmp_path / "x") as aparte:
            aparte.write_text("algo")
    assert nombres(tmp_path) == []


def test_cambia_el_nombre_y_no_copia(tmp_path, monkeypatch):
    """El archivo que queda es el mismo que se escribió, y ya en el disco."""
    asegurados = []
    monkeypatch.setattr(
        os, "fsync", lambda fd: asegurados.append(os.fstat(fd).st_ino)
    )
    with completo(tmp_path / "x") as aparte:
        aparte.write_text("algo")
        suyo = aparte.stat().st_ino
    assert (tmp_path / "x").stat().st_ino == suyo
    assert asegurados == [suyo]


def test_dos_programas_no_escriben_en_el_mismo(tmp_path, monkeypatch):
    vistos = []
    for numero in (1, 2):
        monkeypatch.setattr(os, "getpid", lambda numero=numero: numero)
        with completo(tmp_path / "x") as aparte:
            aparte.write_text("algo")
            vistos.append(aparte.name)
    assert len(set(vistos)) == 2


MUERE = """
import os, sys
from pathlib import Path
from archivos import completo
with completo(Path(sys.argv[1])) as aparte:
    aparte.write_text("a medias")
    os._exit(1)
"""


def test_lo_que_deja_un_proceso_muerto_se_quita_despues(tmp_path):
    ruta = tmp_path / "x.json"
    subprocess.run(
        [sys.executable, "-c", MUERE, str(ruta)],
        cwd=RAIZ / "notebooks",
        check=False,
    )
    (resto,) = tmp_path.iterdir()
    with completo(ruta) as aparte:  # reciente: puede ser de otro, vivo
        aparte.write_text("mío")
    assert nombres(tmp_path) == sorted(["x.json", resto.name])
    os.utime(resto, (0, 0))
    (tmp_path / "x.json.txt").write_text("de otro")
    with completo(ruta) as aparte:
        aparte.write_text("mío")
    assert nombres(tmp_path) == ["x.json", "x.json.txt"]


def test_los_restos_de_otro_archivo_no_se_tocan(tmp_path):
    for nombre in ("x[1].pt.7.parcial", "x1.pt.7.parcial", "y.7.parcial"):
        (tmp_path / nombre).write_text("")
    quita_restos(tmp_path / "x[1].pt", quietos_s=0)
    assert nombres(tmp_path) == ["x1.pt.7.parcial", "y.7.parcial"]


def test_si_otro_proceso_quita_antes_un_resto_se_sigue(tmp_path, monkeypatch):
    (tmp_path / "x.7.parcial").write_text("")
    lista = Path.glob

    def y_desaparecen(carpeta, patron):
        for resto in list(lista(carpeta, patron)):
            resto.unlink()
            yield resto

    monkeypatch.setattr(Path, "glob", y_desaparecen)
    with completo(tmp_path / "x") as aparte:
        aparte.write_text("mío")
    assert nombres(tmp_path) == ["x"]


def test_al_escribir_se_quita_lo_que_dejo_un_muerto(tmp_path):
    for nombre in ("x.7.parcial", "x.8.parcial"):
        (tmp_path / nombre).write_text("a medias")
    os.utime(tmp_path / "x.7.parcial", (0, 0))
    with completo(tmp_path / "x") as aparte:
        aparte.write_text("mío")
    assert nombres(tmp_path) == ["x", "x.8.parcial"]


def test_apartar_no_pisa_nada(tmp_path):
    for texto in ("uno", "dos", "tres"):
        (tmp_path / "x").write_text(texto)
        aparta(tmp_path / "x")
    leidos = [(tmp_path / f"x.{n}").read_text() for n in (1, 2, 3)]
    assert leidos == ["uno", "dos", "tres"]
    assert nombres(tmp_path) == ["x.1", "x.2", "x.3"]


def test_quien_lee_nunca_ve_mitades(tmp_path):
    ruta, alto, vistos = tmp_path / "x", threading.Event(), set()
    ruta.write_text("0" * 50_000)

    def lee():
        while not alto.is_set():
            vistos.add(len(ruta.read_text()))

    lector = threading.Thread(target=lee)
    lector.start()
    for n in range(30):
        with completo(ruta) as aparte:
            aparte.write_text(str(n % 10) * 50_000)
    alto.set()
    lector.join()
    assert vistos == {50_000}


def test_el_sufijo_esta_en_gitignore():
    reglas = (RAIZ / ".gitignore").read_text("utf-8").splitlines()
    assert f"*{archivos.SUFIJO}" in reglas
    assert "data/*.tgz" in reglas


def test_un_texto_son_los_mismos_bytes_en_todas_partes(tmp_path):
    escribe(tmp_path / "x", "año\nñu\n")
    assert (tmp_path / "x").read_bytes() == b"a\xc3\xb1o\n\xc3\xb1u\n"
    escribe(tmp_path / "x", b"\x00\r\n")
    assert (tmp_path / "x").read_bytes() == b"\x00\r\n"
    assert nombres(tmp_path) == ["x"]


def test_no_carga_torch():
    """Las órdenes lo usan antes de que haya entorno."""
    dice = "import sys, archivos; print({'torch', 'helpers'} & {*sys.modules})"
    hecho = subprocess.run(
        [sys.executable, "-c", dice],
        cwd=RAIZ / "notebooks",
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"},
        capture_output=True,
        encoding="utf-8",
    )
    assert hecho.stdout.strip() == "set()", hecho.stderr


def test_nadie_mas_renombra_lo_que_escribe():
    """Una sola manera de escribir: lo demás la llama."""
    renombran = set()
    for carpeta in ("notebooks", "tests", "ims"):
        for ruta in (RAIZ / carpeta).rglob("*.py"):
            if ruta.name.startswith("test_") or "respuestas" in ruta.parts:
                continue
            for nodo in ast.walk(ast.parse(ruta.read_text("utf-8"))):
                if (
                    isinstance(nodo, ast.Call)
                    and isinstance(nodo.func, ast.Attribute)
                    and nodo.func.attr == "replace"
                    and len(nodo.args) == 1
                    and not nodo.keywords
                    and not isinstance(nodo.args[0], ast.Starred)
                ):
                    renombran.add(ruta.relative_to(RAIZ).as_posix())
    assert renombran == {
        "notebooks/archivos/__init__.py",
        "notebooks/helpers/descarga.py",  # mueve lo ya escrito y revisado
        "tests/herramientas/ambiente.py",  # aparta un entorno entero
    }
