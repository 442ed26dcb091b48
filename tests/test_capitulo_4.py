"""El capítulo 4 sin compilador de C++, y con las tres cuentas del Hub.

Se ejecuta hasta 3.12 sin cuenta y sin nada en el PATH, que debe bastar;
después, en el mismo núcleo y desde que pregunta quién eres, con un token
malo y con uno bueno. Entero, con compilador y sin cuenta, lo corre nbval.
"""

import os
import re
import subprocess
import sys
from dataclasses import dataclass

import nbformat
import pytest
import torch
from nbformat.v4 import new_code_cell

from apoyo.cuadernos import RAIZ
from apoyo.hub_local import HubLocal
from herramientas.cliente import nuevo_cliente

CAPITULO = RAIZ / "notebooks" / "04_compilar_guardar_subir.ipynb"
BUENO, MALO = "hf_bueno0001", "hf_malo00003"
DEL_HUB = {"s311-quien-soy", "s311-sube-carpeta", "s312-hub-baja"}
PREGUNTA, ACABA = "s311-quien-soy", "s41-cuenta-prueba"
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


@dataclass
class Vuelta:
    textos: dict  # id → salidas
    peticiones: list  # lo que el Hub recibió


@pytest.fixture(scope="module")
def hub(tmp_path_factory):
    with HubLocal(tmp_path_factory.mktemp("servidor")) as servidor:
        servidor.usuarios[BUENO] = "ana", "write"
        yield servidor


@pytest.fixture(scope="module")
def raiz(tmp_path_factory):
    """Carpeta propia, con una caché del Hub vacía."""
    carpeta = tmp_path_factory.mktemp("curso")
    (carpeta / "notebooks").mkdir()
    return carpeta


@pytest.fixture(scope="module")
def vueltas(hub, raiz):
    """De cada token (None, sin cuenta) a lo que pasó con él."""
    cuaderno = nbformat.read(CAPITULO, as_version=4)
    ids = [celda.id for celda in cuaderno.cells]
    cliente = nuevo_cliente(cuaderno, raiz / "notebooks" / CAPITULO.name)

    def ejecuta(desde):
        hub.peticiones.clear()
        celdas = cuaderno.cells[desde : ids.index(ACABA)]
        for i, celda in enumerate(celdas, desde):
            cliente.execute_cell(celda, i)
        textos = {c.id: salidas(c) for c in celdas if c.cell_type == "code"}
        return Vuelta(textos, list(hub.peticiones))

    def entra(token):
        orden = new_code_cell(f"os.environ['HF_TOKEN'] = {token!r}")
        cuaderno.cells.append(orden)
        cliente.execute_cell(orden, len(ids))
        cuaderno.cells.pop()

    entorno = os.environ | {
        "PATH": "",
        "PYTHONPATH": str(RAIZ / "notebooks"),
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(raiz / "casa"),
    }
    hechas = {}
    with cliente.setup_kernel(env=entorno):
        hechas[None] = ejecuta(desde=0)
        for token in (MALO, BUENO):
            entra(token)
            hechas[token] = ejecuta(desde=ids.index(PREGUNTA))
    return hechas


def comparables(vuelta):
    """Dos veces id → salidas: las que nbval compara, guardadas y de ahora."""
    guardadas = {
        c.id: salidas(c)
        for c in nbformat.read(CAPITULO, as_version=4).cells
        if c.id in vuelta.textos
        and "nbval-ignore-output" not in c.metadata.get("tags", [])
    }
    return guardadas, {i: vuelta.textos[i] for i in guardadas}


def test_sin_cuenta_ni_compilador_da_lo_guardado(vueltas):
    """Todas las salidas que se comparan; y lo dice en una frase."""
    guardadas, ahora = comparables(vueltas[None])
    assert ahora == guardadas
    dicho = vueltas[None].textos["s39-motor-elige"]["stdout"]
    assert "no se puede generar C++" in dicho


def test_sin_cuenta_no_pregunta_nada_a_la_red(vueltas):
    assert vueltas[None].peticiones == []


def test_el_intruso_no_se_ejecuto_y_sabe_hacer_dano(
    vueltas, raiz, monkeypatch
):
    """Su carpeta no existe; con weights_only=False, sí aparecería."""
    carpeta = raiz / "build" / "capitulo_4"
    marca = carpeta / "el-intruso-paso-por-aqui"
    assert not marca.exists()
    for vuelta in vueltas.values():
        error = vuelta.textos["s312-rechazo-error"]["error"]
        assert error.startswith("UnpicklingError")
    monkeypatch.chdir(raiz / "notebooks")
    torch.load(carpeta / "intruso.pt", weights_only=False)
    assert marca.is_dir()


def test_token_rechazado_una_frase_y_sigue(vueltas):
    guardadas, ahora = comparables(vueltas[MALO])
    frase = ahora.pop(PREGUNTA)["stdout"]
    assert frase.startswith("El Hub no acepta el token (401)")
    assert frase.count("\n") == 1
    peticiones = vueltas[MALO].peticiones
    assert not any("repos" in p or "models" in p for p in peticiones)
    del guardadas[PREGUNTA]
    assert ahora == guardadas


def test_token_bueno_sube_baja_y_predice_igual(vueltas, raiz, hub):
    """Un commit con los cuatro archivos; se baja a una caché vacía."""
    textos = vueltas[BUENO].textos
    assert not textos[PREGUNTA]
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
    guardadas, ahora = comparables(vueltas[BUENO])
    for celda in guardadas.keys() - DEL_HUB:
        assert ahora[celda] == guardadas[celda], celda


def test_el_token_no_aparece_en_ninguna_parte(vueltas, raiz, hub):
    assert BUENO not in str(vueltas[BUENO].textos)
    for archivo in (raiz / "build").rglob("*"):
        if archivo.is_file():
            assert BUENO.encode() not in archivo.read_bytes(), archivo
    assert not any(BUENO.encode() in blob for blob in hub.blobs.values())


def test_la_ficha_se_puede_seguir_al_pie_de_la_letra(vueltas, raiz, hub):
    """El código de «Cómo se usa», con el usuario puesto, funciona."""
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
