"""Ningún cuaderno publica sin que se le pida, tenga la cuenta donde esté.

Cada manera que `huggingface_hub` tiene de encontrar un token se pone de
verdad, y el kernel de `run` y de `outputs` ejecuta un cuaderno que publicaría
en un Hub de esta máquina, que cuenta las peticiones. Para saber que la manera
funciona, el mismo cuaderno se ejecuta también sin apartar nada.
"""

import os
import re
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from apoyo.cuadernos import RAIZ
from apoyo.entornos import al_dia
from apoyo.hub_local import HubLocal
from herramientas import ordenes, variables
from herramientas.cliente import nuevo_cliente

TOKEN = "hf_deQuienEstudia"
# Lo que hace el capítulo 4: si hay cuenta, publica.
PUBLICA = """\
from huggingface_hub import HfApi, get_token

token = get_token()
print("con cuenta" if token else "sin cuenta")
if token:
    api = HfApi(endpoint="HUB")
    api.create_repo("ana/modelo", exist_ok=True)"""
COLAB = f"""\
import sys, types
colab = types.ModuleType("google.colab")
colab.userdata = types.SimpleNamespace(
    get=lambda nombre: "{TOKEN}",
    NotebookAccessError=ValueError,
    SecretNotFoundError=KeyError,
)
colab.errors = types.ModuleType("google.colab.errors")
colab.errors.Error = OSError
sys.modules["google"] = types.ModuleType("google")
sys.modules["google"].colab = colab
sys.modules["google.colab"] = colab
sys.modules["google.colab.errors"] = colab.errors
type(get_ipython()).__str__ = lambda yo: "google.colab"
"""


def _archivo(ruta, texto=TOKEN):
    ruta.parent.mkdir(parents=True, exist_ok=True)
    ruta.write_text(texto)
    return str(ruta)


def _con_hf_home(casa):
    _archivo(casa / "hf" / "token")
    stored = f"[mia]\nhf_token = {TOKEN}\n"
    _archivo(casa / "hf" / "stored_tokens", stored)
    return {"HF_HOME": str(casa / "hf")}


def _con_xdg(casa):
    _archivo(casa / "cache" / "huggingface" / "token")
    return {"XDG_CACHE_HOME": str(casa / "cache")}


def _con_home(casa):
    _archivo(casa / ".cache" / "huggingface" / "token")
    return {"HOME": str(casa), "USERPROFILE": str(casa)}


def _en_integracion_continua(casa):
    """La identidad que GitHub Actions da a un trabajo que la pide."""
    return {
        "HF_OIDC_RESOURCE": "ana/modelo",
        "HF_ENDPOINT": "{hub}",
        "GITHUB_ACTIONS": "true",
        "ACTIONS_ID_TOKEN_REQUEST_URL": "{hub}/identidad",
        "ACTIONS_ID_TOKEN_REQUEST_TOKEN": "de-github",
    }


def _con_identidad_dada(casa):
    return {
        "HF_OIDC_RESOURCE": "ana/modelo",
        "HF_ENDPOINT": "{hub}",
        "HF_OIDC_ID_TOKEN": "firmado",
    }


def _con_lista_guardada(casa):
    """`hf auth switch`: el token activo y la lista, en otros archivos."""
    return {
        "HF_TOKEN_PATH": _archivo(casa / "aparte" / "token"),
        "HF_STORED_TOKENS_PATH": _archivo(
            casa / "aparte" / "stored_tokens", f"[mia]\nhf_token = {TOKEN}\n"
        ),
    }


def _en_colab(casa):
    inicio = casa / "ipython" / "profile_default" / "startup"
    _archivo(inicio / "00-colab.py", COLAB)
    return {"IPYTHONDIR": str(casa / "ipython")}


MANERAS = {
    "HF_TOKEN": lambda _: {"HF_TOKEN": TOKEN},
    "HUGGING_FACE_HUB_TOKEN": lambda _: {"HUGGING_FACE_HUB_TOKEN": TOKEN},
    "HF_TOKEN_PATH": lambda casa: {
        "HF_TOKEN_PATH": _archivo(casa / "aparte" / "mi-token")
    },
    "HF_HOME": _con_hf_home,
    "la lista de cuentas": _con_lista_guardada,
    "la identidad de GitHub": _en_integracion_continua,
    "una identidad dada": _con_identidad_dada,
    "XDG_CACHE_HOME": _con_xdg,
    "HOME": _con_home,
    "el secreto de Colab": _en_colab,
}


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    with HubLocal(tmp_path_factory.mktemp("hub")) as servidor:
        servidor.usuarios[TOKEN] = ("ana", "write")
        servidor.de_identidad = TOKEN
        yield servidor


def ejecuta(hub, carpeta, **opciones):
    """Lo que imprimió el cuaderno que publica, y qué recibió el Hub."""
    celda = new_code_cell(PUBLICA.replace("HUB", hub.url))
    hub.peticiones.clear()
    cuaderno = new_notebook(cells=[celda])
    nuevo_cliente(cuaderno, carpeta / "publica.ipynb").execute(**opciones)
    dicho = "".join(s.get("text", "") for s in celda.outputs)
    return dicho, list(hub.peticiones)


@pytest.mark.parametrize("manera", MANERAS)
def test_ninguna_manera_llega_al_hub(manera, hub, tmp_path, monkeypatch):
    # Las pruebas ya apartan la suya: aquí se parte de cero.
    for nombre in ("HF_HOME", "IPYTHONDIR"):
        monkeypatch.delenv(nombre, raising=False)
    for nombre, valor in MANERAS[manera](tmp_path / "casa").items():
        monkeypatch.setenv(nombre, valor.replace("{hub}", hub.url))
    assert ejecuta(hub, tmp_path) == ("sin cuenta\n", [])
    dicho, peticiones = ejecuta(hub, tmp_path, env=dict(os.environ))
    assert "con cuenta" in dicho
    assert peticiones[-1] == "POST /api/repos/create"


@pytest.fixture(scope="module")
def curso(hub, tmp_path_factory):
    """Un curso de un solo cuaderno, el que publica si hay cuenta.

    Las órdenes, lo que ejecuta y lo que compara son los de verdad; `.venv`
    enlaza al entorno de las pruebas, y no se arma ningún sitio.
    """
    raiz = tmp_path_factory.mktemp("curso")
    for nombre in (
        *("Makefile", "pyproject.toml", "requirements.txt"),
        *("tests/herramientas", "tests/conftest.py", "notebooks/archivos"),
        "notebooks/helpers/instala.py",
        *("tests/apoyo/sin_cuenta.py", "tests/apoyo/saneado.cfg"),
    ):
        destino = raiz / nombre
        destino.parent.mkdir(parents=True, exist_ok=True)
        copia = shutil.copytree if (RAIZ / nombre).is_dir() else shutil.copy
        copia(RAIZ / nombre, destino)
    for nombre in (
        *("tests/sitio/__main__.py", "ims/exporta.py"),
        *(f"notebooks/{c}/__init__.py" for c in ordenes.CUARTOS),
    ):
        (raiz / nombre).parent.mkdir(exist_ok=True)
        (raiz / nombre).touch()
    lugares = raiz / "tests" / "herramientas" / "lugares.py"
    uno = re.sub(
        r"CAPITULOS = \(.*?\n\)",
        'CAPITULOS = ("04_compilar_guardar_subir",)',
        lugares.read_text(encoding="utf-8"),
        flags=re.DOTALL,
    )
    lugares.write_text(uno, encoding="utf-8")
    celda = new_code_cell(
        PUBLICA.replace("HUB", hub.url),
        execution_count=1,
        outputs=[new_output("stream", text="sin cuenta\n")],
    )
    cuaderno = raiz / "notebooks" / "04_compilar_guardar_subir.ipynb"
    nbformat.write(new_notebook(cells=[celda]), cuaderno)
    al_dia(raiz)
    return raiz


@pytest.mark.skipif(
    sys.prefix == sys.base_prefix or not shutil.which("make"),
    reason="hace falta make, y un entorno al que enlazar `.venv`",
)
@pytest.mark.parametrize("orden", ["run", "outputs", "test"])
def test_ninguna_orden_llega_al_hub(orden, hub, curso, tmp_path):
    """Con todas las maneras a la vez, y el token también como valor."""
    entorno = dict(os.environ)
    for manera in MANERAS.values():
        entorno |= manera(tmp_path / "casa")
    entorno = {n: v.replace("{hub}", hub.url) for n, v in entorno.items()}
    hub.peticiones.clear()
    hecho = subprocess.run(
        ["make", orden, f"HF_TOKEN={TOKEN}"],
        cwd=curso,
        env=entorno,
        capture_output=True,
        encoding="utf-8",
    )
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    assert hub.peticiones == []
    (hoja,) = (curso / "notebooks").glob("*.ipynb")
    if orden == "run":
        hoja = curso / "build" / hoja.name
    if orden == "test":
        assert "1 passed" in hecho.stdout
    else:
        assert "sin cuenta" in hoja.read_text(encoding="utf-8")


def test_las_pruebas_corren_sin_cuenta():
    from huggingface_hub import get_token

    assert get_token() is None
    assert os.environ.keys() >= {"HF_HOME", "MPLBACKEND"}
    for nombre in ("HF_TOKEN", "HF_OIDC_RESOURCE", "HF_ENDPOINT"):
        assert nombre not in os.environ


@pytest.mark.parametrize(
    "nombre",
    [
        *("HF_TOKEN", "HF_OIDC_RESOURCE", "HF_OIDC_ID_TOKEN", "HF_ENDPOINT"),
        *("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
        *("JUPYTER_PATH", "MPLBACKEND", "PYTHONSTARTUP", "PYTHONHOME"),
        *("IPYTHONDIR", "NETRC", "MAKEFLAGS", "GH_TOKEN", "ALGO_NUEVO"),
    ],
)
def test_lo_que_no_esta_en_la_lista_no_pasa(nombre):
    assert variables.permitidas({nombre: "x", "PATH": "y"}) == {"PATH": "y"}


@pytest.mark.parametrize(
    "nombre",
    [
        *("PATH", "Path", "HOME", "SystemRoot", "TEMP", "LC_ALL", "LANG"),
        *("https_proxy", "NO_PROXY", "SSL_CERT_FILE", "OMP_NUM_THREADS"),
        *("CUDA_VISIBLE_DEVICES", "CURSO_DBPEDIA", "CXX", "VIRTUAL_ENV"),
    ],
)
def test_lo_que_hace_falta_si(nombre):
    assert variables.permitidas({nombre: "x"}) == {nombre: "x"}


def test_lo_que_cambia_un_resultado_en_silencio_queda_fijo(tmp_path):
    entorno = variables.para_cuadernos({"MPLBACKEND": "Agg"}, tmp_path)
    assert entorno["MPLBACKEND"] == variables.BACKEND
    for nombre in ("HF_HOME", "IPYTHONDIR", "MATPLOTLIBRC"):
        assert entorno[nombre].startswith(str(tmp_path))


@pytest.mark.skipif(os.name == "nt", reason="Windows siempre tiene carpeta")
def test_sin_carpeta_personal_se_usa_otra(tmp_path, monkeypatch):
    monkeypatch.setattr(variables.tempfile, "gettempdir", lambda: tmp_path)
    for casa in ("/no/existe", str(tmp_path / "tampoco")):
        otra = variables.con_casa({"HOME": casa})["HOME"]
        assert os.access(otra, os.W_OK)
    assert variables.con_casa({"HOME": str(tmp_path)}) == {
        "HOME": str(tmp_path)
    }


def test_un_usuario_sin_nombre_recibe_uno(tmp_path, monkeypatch):
    def sin_nombre():
        raise KeyError("uid 12345")

    monkeypatch.setattr(variables.getpass, "getuser", sin_nombre)
    entorno = variables.con_casa({"HOME": str(tmp_path)})
    assert entorno["USER"] == entorno["LOGNAME"] == "estudiante"
