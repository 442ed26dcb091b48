"""El capítulo 4 entero: sin cuenta, con un token malo y con uno bueno.

Las tres veces sin compilador de C++ en el PATH, que también debe bastar.
"""

import os
import re
import subprocess
import sys

import nbformat
import pytest
import torch

from cuadernos import RAIZ
from herramientas.cliente import nuevo_cliente
from hub_local import HubLocal

CAPITULO = RAIZ / "notebooks" / "04_compilar_guardar_subir.ipynb"
BUENO, MALO = "hf_bueno0001", "hf_malo00003"
DEL_HUB = {"s311-quien-soy", "s311-sube-carpeta", "s312-hub-baja"}
REPO = "ana/clasificador-dbpedia"


def salidas(celda):
    """El texto de una celda, por clases de salida, como lo mira nbval."""
    textos = {}
    for salida in celda.outputs:
        if salida.output_type == "stream":
            clase, texto = salida.name, salida.text
        elif salida.output_type == "error":
            clase, texto = "error", f"{salida.ename}: {salida.evalue}"
        else:
            clase, texto = "valor", salida.data["text/plain"]
        textos[clase] = textos.get(clase, "") + texto
    return textos


def por_id(cuaderno):
    return {c.id: salidas(c) for c in cuaderno.cells if c.cell_type == "code"}


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    with HubLocal(tmp_path_factory.mktemp("servidor")) as servidor:
        servidor.usuarios[BUENO] = "ana", "write"
        yield servidor


@pytest.fixture(scope="module")
def ejecuta(hub, tmp_path_factory):
    """Función: ejecuta el cuaderno con un token; devuelve carpeta y salidas.

    Cada vez en una carpeta propia, con una caché vacía y sin PATH.
    """

    def _ejecuta(token=None):
        raiz = tmp_path_factory.mktemp("curso")
        (raiz / "notebooks").mkdir()
        entorno = os.environ | {
            "PATH": "",
            "PYTHONPATH": str(RAIZ / "notebooks"),
            "HF_ENDPOINT": hub.url,
            "HF_HOME": str(raiz / "casa"),
        }
        if token:
            entorno["HF_TOKEN"] = token
        cuaderno = nbformat.read(CAPITULO, as_version=4)
        cliente = nuevo_cliente(cuaderno, raiz / "notebooks" / CAPITULO.name)
        hub.peticiones.clear()
        cliente.execute(env=entorno)
        return raiz, por_id(cuaderno)

    return _ejecuta


@pytest.fixture(scope="module")
def sin_cuenta(ejecuta, hub):
    raiz, textos = ejecuta()
    return raiz, textos, list(hub.peticiones)


@pytest.fixture(scope="module")
def con_token(ejecuta):
    return ejecuta(BUENO)


@pytest.fixture(scope="module")
def guardadas():
    """Las salidas que el cuaderno guarda y nbval compara."""
    cuaderno = nbformat.read(CAPITULO, as_version=4)
    return {
        c.id: salidas(c)
        for c in cuaderno.cells
        if c.cell_type == "code"
        and "nbval-ignore-output" not in c.metadata.get("tags", [])
    }


def test_sin_cuenta_ni_compilador_da_lo_guardado(sin_cuenta, guardadas):
    """Todas las salidas que se comparan; y lo dice en una frase."""
    _, textos, _ = sin_cuenta
    assert {i: textos[i] for i in guardadas} == guardadas
    assert "no se puede generar C++" in textos["s39-motor-elige"]["stdout"]


def test_sin_cuenta_no_pregunta_nada_a_la_red(sin_cuenta):
    *_, peticiones = sin_cuenta
    assert peticiones == []


def test_el_intruso_no_se_ejecuto_y_sabe_hacer_dano(sin_cuenta, monkeypatch):
    """Su carpeta no existe; con weights_only=False, sí aparecería."""
    raiz, textos, _ = sin_cuenta
    carpeta = raiz / "build" / "capitulo_4"
    marca = carpeta / "el-intruso-paso-por-aqui"
    assert not marca.exists()
    assert textos["s312-rechazo-error"]["error"].startswith("UnpicklingError")
    monkeypatch.chdir(raiz / "notebooks")
    torch.load(carpeta / "intruso.pt", weights_only=False)
    assert marca.is_dir()


def test_token_rechazado_una_frase_y_sigue(ejecuta, guardadas, hub):
    _, textos = ejecuta(MALO)
    frase = textos["s311-quien-soy"]["stdout"]
    assert frase.startswith("El Hub no acepta el token (401)")
    assert frase.count("\n") == 1
    assert not any("repos" in p or "models" in p for p in hub.peticiones)
    for celda in set(guardadas) - {"s311-quien-soy"}:
        assert textos[celda] == guardadas[celda], celda


def test_token_bueno_sube_baja_y_predice_igual(con_token, guardadas, hub):
    """Un commit con los cuatro archivos; se baja a una caché vacía."""
    raiz, textos = con_token
    assert "s311-quien-soy" not in [i for i, t in textos.items() if t]
    direccion = f"Publicado en {hub.url}/{REPO}\n"
    assert textos["s311-sube-carpeta"]["stdout"] == direccion
    publicar = raiz / "build" / "capitulo_4" / "clasificador-dbpedia"
    repo = hub.repos[REPO]
    assert [c.titulo for c in repo.historia][1:] == ["Clasificador de DBpedia"]
    archivos = {p.name: p.read_bytes() for p in publicar.iterdir()}
    assert len(archivos) == 4
    for nombre, datos in archivos.items():
        assert hub.blobs[repo.main.archivos[nombre].sha256] == datos
    bajado = raiz / "casa" / "hub" / "models--ana--clasificador-dbpedia"
    assert (bajado / "snapshots" / repo.main.oid).is_dir()
    for celda in set(guardadas) - DEL_HUB:
        assert textos[celda] == guardadas[celda], celda


def test_el_token_no_aparece_en_ninguna_parte(con_token, hub):
    raiz, textos = con_token
    assert BUENO not in str(textos)
    for archivo in (raiz / "build").rglob("*"):
        if archivo.is_file():
            assert BUENO.encode() not in archivo.read_bytes(), archivo
    assert not any(BUENO.encode() in blob for blob in hub.blobs.values())


def test_la_ficha_se_puede_seguir_al_pie_de_la_letra(con_token, hub):
    """El código de «Cómo se usa», con el usuario puesto, funciona."""
    raiz, _ = con_token
    ficha = hub.blobs[hub.repos[REPO].main.archivos["README.md"].sha256]
    programa = re.search(r"```python\n(.*?)```", ficha.decode(), re.DOTALL)[1]
    hecho = subprocess.run(
        [sys.executable, "-c", programa.replace("TU-USUARIO", "ana")],
        cwd=RAIZ / "notebooks",
        env=os.environ
        | {"HF_ENDPOINT": hub.url, "HF_HOME": str(raiz / "otra-casa")},
        capture_output=True,
        text=True,
    )
    assert hecho.returncode == 0, hecho.stderr
    assert "('Village', 0.9" in hecho.stdout
