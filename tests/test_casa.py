"""La casa: qué carpeta hay, quién importa a quién y cuánto mide `helpers`."""

import ast
import subprocess
import sys
from graphlib import TopologicalSorter

import pytest

from apoyo.cuadernos import RAIZ, codigo, fuente, lee
from herramientas.ordenes import CUARTOS

# De qué otros cuartos puede importar cada uno.
PUEDE = {
    "archivos": set(),
    "helpers": {"archivos", "puente_torchtext"},
    "puente_torchtext": set(),
    "taller": {"helpers"},
    "publica": {"archivos", "helpers"},
    "distribuido": {"archivos", "helpers"},
    "ejercicios": {"helpers"},
}
ARRIBA = {
    *("README.md", "LICENSE", "Makefile", "make.bat", "requirements.txt"),
    *("pyproject.toml", "notebooks", "data", "ims", "tests"),
}


def test_los_cuartos_son_los_que_hay():
    carpetas = {r.parent.name for r in RAIZ.glob("notebooks/*/__init__.py")}
    assert carpetas == {*CUARTOS}


def archivos(cuarto):
    return sorted((RAIZ / "notebooks" / cuarto).rglob("*.py"))


def modulo(ruta):
    partes = ruta.relative_to(RAIZ / "notebooks").with_suffix("").parts
    return ".".join(p for p in partes if p != "__init__")


def importa(ruta):
    """Los módulos del curso que un archivo importa."""
    arbol = ast.parse(ruta.read_text(encoding="utf-8"))
    for nodo in ast.walk(arbol):
        if isinstance(nodo, ast.Import):
            yield from (n.name for n in nodo.names)
        elif isinstance(nodo, ast.ImportFrom):
            yield from (f"{nodo.module}.{n.name}" for n in nodo.names)


@pytest.mark.parametrize("cuarto", CUARTOS)
def test_cada_cuarto_importa_solo_de_los_suyos(cuarto):
    assert archivos(cuarto)
    for ruta in archivos(cuarto):
        for nombre in importa(ruta):
            base = nombre.split(".")[0]
            assert base not in CUARTOS or base in PUEDE[cuarto] | {cuarto}, (
                f"{ruta.name} importa {nombre}"
            )


def test_no_hay_circulos():
    """Entre módulos; el `__init__` de un paquete cuenta como otro más."""
    todos = {modulo(r): r for c in CUARTOS for r in archivos(c)}
    grafo = {}
    for nombre, ruta in todos.items():
        suyos = set()
        for importado in importa(ruta):
            # «helpers.texto.codifica» es de `helpers.texto`.
            while importado and importado not in todos:
                importado = importado.rpartition(".")[0]
            if importado and importado != nombre:
                suyos.add(importado)
        grafo[nombre] = suyos
    TopologicalSorter(grafo).prepare()  # CycleError, si los hay


def test_helpers_se_lee_de_una_sentada():
    largos = {
        r.name: len(r.read_text(encoding="utf-8").splitlines())
        for r in archivos("helpers")
    }
    assert max(largos.values()) <= 250, largos
    assert sum(largos.values()) <= 1600, largos


def test_importar_helpers_es_ligero():
    """Ni matplotlib ni los ejercicios: quien no dibuja no los espera."""
    hecho = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, helpers\n"
            "print({'matplotlib', 'ejercicios', 'publica'} & {*sys.modules})",
        ],
        cwd=RAIZ / "notebooks",
        capture_output=True,
        encoding="utf-8",
    )
    assert hecho.stdout.strip() == "set()", hecho.stderr


def test_arriba_esta_lo_que_dice_el_readme():
    orden = ["git", "ls-files", "--cached"]
    listados = subprocess.run(
        orden, cwd=RAIZ, capture_output=True, encoding="utf-8"
    )
    if listados.returncode:  # un curso descargado, sin git
        pytest.skip("no es un repositorio de git")
    nombres = {linea.split("/")[0] for linea in listados.stdout.splitlines()}
    assert {n for n in nombres if not n.startswith(".")} == ARRIBA


def test_los_cuadernos_no_definen_lo_que_otro_cuarto_les_pide():
    """Nada de lo que un cuaderno importa del curso falta en su cuarto."""
    for ruta in (RAIZ / "notebooks").glob("0*.ipynb"):
        for celda in codigo(lee(ruta)):
            for linea in fuente(celda).splitlines():
                if linea.startswith("from ") and " import " in linea:
                    base = linea.split()[1].split(".")[0]
                    if base in CUARTOS:
                        camino = linea.split()[1].replace(".", "/")
                        destino = RAIZ / "notebooks" / camino
                        assert (
                            destino.is_dir()
                            or destino.with_suffix(".py").is_file()
                        ), linea


def test_validar_cuadernos_no_carga_lo_que_no_usa():
    """Segundos de cada proceso que lee uno: `herramientas/__init__.py`."""
    import nbformat  # noqa: F401

    assert not sys.modules.get("rfc3987_syntax")
