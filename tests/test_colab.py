"""La celda de preparación, desde cada sitio donde un cuaderno se abre.

En `notebooks/`, en la raíz del repositorio, en una carpeta hermana y solo,
en una carpeta vacía (Colab, Kaggle, una descarga). El entorno es el de las
pruebas sin torchtext, hecho de enlaces: lo que la celda instale o cambie se
ve. El clon viene de esta carpeta en lugar de GitHub. Para probar con otro
Python (el de Colab, por ejemplo), nombra el suyo en CURSO_COLAB_PYTHON.
"""

import os
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pytest

from apoyo.cuadernos import CUADERNOS, RAIZ, codigo, fuente, lee
from apoyo.entornos import de_enlaces
from herramientas.cliente import nuevo_cliente

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
    return de_enlaces(carpeta, sin=["torchtext"])[0]


@pytest.fixture(scope="module")
def repositorio(tmp_path_factory):
    """Esta carpeta, como está ahora, hecha repositorio de git."""
    carpeta = tmp_path_factory.mktemp("remoto") / "curso"
    sobra = shutil.ignore_patterns(
        "__pycache__", ".ipynb_checkpoints", "dbpedia_csv*"
    )
    for parte in ("notebooks", "data"):
        shutil.copytree(RAIZ / parte, carpeta / parte, ignore=sobra)
    shutil.copy(RAIZ / "requirements.txt", carpeta)
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
    """Las variables de una sesión ajena, donde GitHub es `repositorio`."""
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
    }


def preparacion():
    """La primera celda de código, la misma en los cuatro cuadernos."""
    (unica,) = {fuente(codigo(lee(ruta))[0]) for ruta in CUADERNOS}
    return unica


def test_la_preparacion_es_la_misma_y_esta_callada():
    assert "helpers" in preparacion()
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


def paquetes_de(python):
    orden = "import sysconfig; print(sysconfig.get_path('purelib'))"
    sitio = subprocess.check_output([python, "-c", orden], encoding="utf-8")
    return paquetes(Path(sitio.strip()))


def solo_la_preparacion(carpeta, *celdas):
    """Un cuaderno con la celda de preparación y otras, en `carpeta`."""
    cuaderno = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(c) for c in (preparacion(), *celdas)]
    )
    nbformat.write(cuaderno, carpeta / "suelto.ipynb")
    return carpeta / "suelto.ipynb"


def test_un_cuaderno_solo_corre_entero(python, colab, tmp_path):
    """El 1: lo que cada uno trae de más lo prueba su preparación."""
    ruta = CUADERNOS[0]
    solo = tmp_path / "content"
    solo.mkdir()
    shutil.copy(ruta, solo)
    antes = paquetes_de(python)
    celdas = ejecuta(solo / ruta.name, python, colab)
    # Se clonó, y nada quedó fuera del clon.
    assert (solo / "curso" / "notebooks" / "helpers").is_dir()
    assert {e.name for e in solo.iterdir()} == {"curso", ruta.name}
    # torch y todo lo demás siguen como estaban; solo llegó torchtext.
    ahora = paquetes_de(python)
    assert {n: ahora.get(n) for n in antes} == antes
    assert all(PERMITIDO.match(n) for n in ahora.keys() - antes.keys())
    assert any(n.startswith("torchtext") for n in ahora)
    primera = next(c for c in celdas if c.cell_type == "code")
    assert primera.outputs == []
    # Las mismas celdas imprimen lo mismo que aquí, o al menos algo.
    for guardada, celda in zip(lee(ruta)["cells"], celdas, strict=True):
        assert bool(guardada.get("outputs")) == bool(celda.get("outputs"))


@pytest.mark.parametrize("ruta", CUADERNOS[1:], ids=lambda r: r.stem)
def test_los_otros_solos_llegan_a_sus_importaciones(
    ruta, python, colab, tmp_path
):
    cuaderno = nbformat.read(ruta, as_version=4)
    codigos = [c for c in cuaderno.cells if c.cell_type == "code"]
    # El último, otra vez, como quien vuelve a abrir su sesión: el clon se
    # aprovecha. La celda que lo hace es la misma en todos.
    for cuantas in (2, 1) if ruta == CUADERNOS[-1] else (2,):
        cuaderno.cells = codigos[:cuantas]
        nbformat.write(cuaderno, tmp_path / ruta.name)
        celdas = ejecuta(tmp_path / ruta.name, python, colab)
        assert [c.outputs for c in celdas] == [[]] * cuantas
    assert (tmp_path / "curso" / "notebooks" / "helpers").is_dir()


@pytest.mark.parametrize("carpeta", ["", "notebooks", "mis_cuadernos"])
def test_dentro_del_curso_no_trae_nada(carpeta, repositorio, tmp_path):
    raiz = tmp_path / "Mis cursos de Muñoz"
    shutil.copytree(repositorio, raiz)
    (raiz / "mis_cuadernos").mkdir()
    ruta = solo_la_preparacion(
        raiz / carpeta,
        # Dónde está, sin importarlo: con él vendría torch.
        "import os\nfrom importlib.util import find_spec\n"
        "print(os.path.relpath(find_spec('helpers').origin))\n"
        "print(os.path.isdir('../data/dbpedia_mini'))",
    )
    antes = set(raiz.iterdir())
    entorno = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    cuaderno = nbformat.read(ruta, as_version=4)
    nuevo_cliente(cuaderno, ruta).execute(env=entorno)
    primera, segunda = cuaderno.cells
    assert primera.outputs == []
    donde = Path("helpers", "__init__.py")
    assert segunda.outputs[0].text.split() == [str(donde), "True"]
    assert set(raiz.iterdir()) == antes


@pytest.mark.parametrize("estorbo", ["sin red", "otra carpeta curso"])
def test_si_no_puede_traerlo_dice_una_frase(estorbo, colab, tmp_path):
    if estorbo == "sin red":
        colab["GIT_CONFIG_KEY_0"] = "url.file:///no/existe.insteadOf"
    else:
        (tmp_path / "curso").mkdir()
        (tmp_path / "curso" / "mio.txt").write_text("mío")
    ruta = solo_la_preparacion(tmp_path)
    cuaderno = nbformat.read(ruta, as_version=4)
    cliente = nuevo_cliente(cuaderno, ruta)
    cliente.allow_errors = True
    cliente.execute(env=colab)
    dicho = "".join(s.get("text", "") for s in cuaderno.cells[0].outputs)
    assert dicho.count("\n") <= 1, dicho
    assert "Revisa la conexión" in dicho
    if estorbo != "sin red":
        assert (tmp_path / "curso" / "mio.txt").read_text() == "mío"
