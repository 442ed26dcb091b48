"""Colab, simulado: un cuaderno solo, en una carpeta vacía.

El entorno es el de las pruebas sin torchtext, hecho de enlaces: lo que la
celda de preparación instale o cambie se ve. `google.colab` es un módulo
falso, y el clon viene de esta carpeta en lugar de GitHub. Para probar con
otro Python (el de Colab, por ejemplo), nombra el suyo en CURSO_COLAB_PYTHON.
"""

import os
import re
import shutil
import subprocess
import sysconfig
import venv
from pathlib import Path

import nbformat
import pytest

from apoyo.cuadernos import CUADERNOS, RAIZ, codigo, fuente, lee
from herramientas.cliente import nuevo_cliente

FALSO = (
    "import sys, types; sys.modules['google.colab'] = types.ModuleType('c')"
)
# Lo que puede dejar la preparación en el entorno, y nada más.
PERMITIDO = re.compile(r"torchtext|__pycache__")


def paquetes(carpeta):
    """Lo instalado: nombre → a dónde lleva el enlace."""
    return {e.name: e.is_symlink() and e.readlink() for e in carpeta.iterdir()}


@pytest.fixture(scope="module")
def python(tmp_path_factory):
    """Un Python con lo instalado aquí, menos torchtext, sin copiar nada."""
    if propio := os.environ.get("CURSO_COLAB_PYTHON"):
        return Path(propio)
    carpeta = tmp_path_factory.mktemp("entorno")
    venv.create(carpeta)
    esquema = {"base": str(carpeta), "platbase": str(carpeta)}
    destino = Path(sysconfig.get_path("purelib", "venv", esquema))
    for entrada in Path(sysconfig.get_path("purelib")).iterdir():
        if not entrada.name.startswith("torchtext"):
            (destino / entrada.name).symlink_to(entrada)
    return carpeta / "bin" / "python"


@pytest.fixture(scope="module")
def repositorio(tmp_path_factory):
    """Esta carpeta, como está ahora, hecha repositorio de git."""
    carpeta = tmp_path_factory.mktemp("remoto") / "curso"
    sobra = shutil.ignore_patterns(
        "__pycache__", ".ipynb_checkpoints", "dbpedia_csv*"
    )
    for parte in ("notebooks", "data"):
        shutil.copytree(RAIZ / parte, carpeta / parte, ignore=sobra)
    autor = ("-c", "user.name=prueba", "-c", "user.email=prueba@localhost")
    for orden in (
        ("init", "--quiet", "--initial-branch=main"),
        ("add", "--all"),
        (*autor, "commit", "--quiet", "--no-gpg-sign", "-m", "el curso"),
    ):
        subprocess.run(["git", "-C", carpeta, *orden], check=True)
    return carpeta


@pytest.fixture
def colab(python, repositorio, tmp_path):
    """Las variables de una sesión de Colab."""
    inicio = tmp_path / "ipython" / "profile_default" / "startup"
    inicio.mkdir(parents=True)
    (inicio / "00-colab.py").write_text(FALSO)
    direccion = re.search(
        r"https://github\.com/[\w.-]+/[\w.-]+", preparacion()
    )
    entorno = {
        nombre: valor
        for nombre, valor in os.environ.items()
        if not nombre.startswith(
            ("PYTEST", "GIT_", "PYTHON", "JUPYTER", "HF_", "HUGGING")
        )
    }
    return {
        **entorno,
        "PATH": f"{python.parent}{os.pathsep}{entorno['PATH']}",
        "IPYTHONDIR": str(tmp_path / "ipython"),
        "GIT_CONFIG_COUNT": "2",
        "GIT_CONFIG_KEY_0": f"url.{repositorio.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": direccion[0],
        "GIT_CONFIG_KEY_1": "safe.directory",
        "GIT_CONFIG_VALUE_1": "*",
        # Nadie ha iniciado sesión en Hugging Face.
        "HF_HOME": str(tmp_path / "huggingface"),
        # Sus rutas son otras, así que el 4 compila aquí desde cero; lo que
        # torch prepara para compilar mucho no llega a amortizarse.
        "TORCHINDUCTOR_CPP_CACHE_PRECOMPILE_HEADERS": "0",
    }


def preparacion():
    """La primera celda de código, la misma en los cuatro cuadernos."""
    (unica,) = {fuente(codigo(lee(ruta))[0]) for ruta in CUADERNOS}
    return unica


def test_la_preparacion_es_la_misma_y_esta_callada():
    assert "google.colab" in preparacion()
    for ruta in CUADERNOS:
        primera = codigo(lee(ruta))[0]
        assert primera["outputs"] == []
        assert primera["metadata"]["slideshow"]["slide_type"] == "skip"


def ejecuta(ruta, python, entorno):
    """Las celdas de un cuaderno tras ejecutarlo con otro Python."""
    cuaderno = nbformat.read(ruta, as_version=4)
    cliente = nuevo_cliente(cuaderno, ruta)
    cliente.create_kernel_manager().kernel_spec.argv[0] = str(python)
    cliente.execute(env=entorno)
    return cuaderno.cells


@pytest.mark.parametrize("ruta", CUADERNOS, ids=lambda r: r.stem)
def test_el_cuaderno_solo_corre_entero(ruta, python, colab, tmp_path):
    solo = tmp_path / "content"
    solo.mkdir()
    shutil.copy(ruta, solo)
    sitio = Path(
        subprocess.check_output(
            [
                python,
                "-c",
                "import sysconfig; print(sysconfig.get_path('purelib'))",
            ],
            text=True,
        ).strip()
    )
    antes = paquetes(sitio)
    celdas = ejecuta(solo / ruta.name, python, colab)
    # Se clonó, y nada quedó fuera del clon.
    assert (solo / "curso" / "notebooks" / "helpers").is_dir()
    assert {e.name for e in solo.iterdir()} == {"curso", ruta.name}
    # torch y todo lo demás siguen como estaban; solo llegó torchtext.
    ahora = paquetes(sitio)
    assert {n: ahora.get(n) for n in antes} == antes
    assert all(PERMITIDO.match(n) for n in ahora.keys() - antes.keys())
    assert any(n.startswith("torchtext") for n in ahora)
    primera = next(c for c in celdas if c.cell_type == "code")
    assert primera.outputs == []
    # Las mismas celdas imprimen lo mismo que aquí, o al menos algo.
    for guardada, celda in zip(lee(ruta)["cells"], celdas, strict=True):
        assert bool(guardada.get("outputs")) == bool(celda.get("outputs"))


def test_fuera_de_colab_la_preparacion_no_hace_nada(tmp_path):
    celda = nbformat.v4.new_code_cell(preparacion())
    cuaderno = nbformat.v4.new_notebook(cells=[celda])
    nuevo_cliente(cuaderno, tmp_path / "solo.ipynb").execute()
    assert celda.outputs == []
    assert list(tmp_path.iterdir()) == []
