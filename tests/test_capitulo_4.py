"""El capítulo 4 sin compilador de C++, y con las tres cuentas del Hub.

Se ejecuta hasta 3.12 sin cuenta y sin nada en el PATH, que debe bastar;
después, en el mismo núcleo y desde que pregunta quién eres, con un token
malo y con uno bueno. Entero, con compilador y sin cuenta, lo corre nbval.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import nbformat
import pytest
import torch
from huggingface_hub import HfApi, snapshot_download
from nbformat.v4 import new_code_cell

from apoyo.cuadernos import RAIZ, fuente, lee
from apoyo.hub_local import HubLocal
from helpers import CLASES
from helpers import clasificador as c3
from herramientas.cliente import nuevo_cliente
from publica.ficha import DE_AQUI, ficha

CAPITULO = RAIZ / "notebooks" / "04_compilar_guardar_subir.ipynb"
BUENO, MALO = "hf_bueno0001", "hf_malo00003"
DEL_HUB = {
    "s311-quien-soy",
    "s311-sube-carpeta",
    "s311-espacio-sube",
    "s312-hub-baja",  # con cuenta, baja con barras
}
ARCHIVOS = {
    "README.md",
    "modelo.py",
    "vocabulario.json",
    "config.json",
    "model.safetensors",
}
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
    """Una copia del curso para escribir, con una caché del Hub vacía."""
    carpeta = tmp_path_factory.mktemp("curso")
    sin = shutil.ignore_patterns("*.ipynb", "__pycache__", ".ipynb_*")
    for parte in ("notebooks", "data"):
        shutil.copytree(RAIZ / parte, carpeta / parte, ignore=sin)
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
    marca = raiz / "notebooks" / "el-intruso-paso-por-aqui"
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


def publicada(raiz):
    return raiz / "build" / "capitulo_4" / "clasificador-dbpedia"


def lo_que_hay(hub, repo_id):
    archivos = hub.repos[repo_id].main.archivos
    return {ruta: hub.blobs[a.sha256] for ruta, a in archivos.items()}


def test_token_bueno_sube_baja_y_predice_igual(vueltas, raiz, hub):
    """Un commit con los cinco archivos; se baja a una caché vacía."""
    textos = vueltas[BUENO].textos
    assert not textos[PREGUNTA]
    direccion = f"Publicado en {hub.url}/{REPO}\n"
    assert textos["s311-sube-carpeta"]["stdout"] == direccion
    repo = hub.repos[REPO]
    assert [c.titulo for c in repo.historia][1:] == ["Clasificador de DBpedia"]
    subidos = lo_que_hay(hub, REPO)
    assert subidos.keys() - {".gitattributes"} == ARCHIVOS
    for nombre in ARCHIVOS:
        assert subidos[nombre] == (publicada(raiz) / nombre).read_bytes()
    bajado = raiz / "casa" / "hub" / "models--ana--clasificador-dbpedia"
    assert (bajado / "snapshots" / repo.main.oid).is_dir()
    guardadas, ahora = comparables(vueltas[BUENO])
    for celda in guardadas.keys() - DEL_HUB:
        assert ahora[celda] == guardadas[celda], celda


def test_la_pagina_va_a_un_espacio_y_los_dos_se_enlazan(vueltas, raiz, hub):
    dicho = vueltas[BUENO].textos["s311-espacio-sube"]["stdout"]
    pagina, modelo = f"{hub.url}/spaces/{REPO}", f"{hub.url}/{REPO}"
    assert dicho == f"La página está en {pagina}\n"
    espacio = lo_que_hay(hub, f"spaces/{REPO}")
    demo = raiz / "build" / "capitulo_4" / "demo.html"
    assert espacio["index.html"] == demo.read_bytes()
    assert modelo in espacio["index.html"].decode()
    assert modelo in espacio["README.md"].decode()
    assert "sdk: static" in espacio["README.md"].decode()
    assert pagina in lo_que_hay(hub, REPO)["README.md"].decode()


def test_el_token_no_aparece_en_ninguna_parte(vueltas, raiz, hub):
    assert BUENO not in str(vueltas[BUENO].textos)
    for archivo in (raiz / "build").rglob("*"):
        if archivo.is_file():
            assert BUENO.encode() not in archivo.read_bytes(), archivo
    assert not any(BUENO.encode() in blob for blob in hub.blobs.values())


SIN_TRITON = """
import importlib.abc, sys

class Portero(importlib.abc.MetaPathFinder):
    def find_spec(self, nombre, *_):
        if nombre.split(".")[0] == "triton":
            raise ModuleNotFoundError(nombre)

sys.meta_path.insert(0, Portero())
import torch
torch.version.cuda = "12.6"
if sys.argv[1:]:
    import helpers.compilador
torch.compile(lambda x: x + 1, backend="eager")(torch.ones(2))
"""


@pytest.mark.parametrize("con_el_curso", [True, False])
def test_un_torch_de_cuda_sin_triton_no_avisa(con_el_curso):
    """Su aviso ensuciaría la primera celda que compila; sin la cura, sale."""
    hecho = subprocess.run(
        [sys.executable, "-c", SIN_TRITON, *["x"][: int(con_el_curso)]],
        cwd=RAIZ / "notebooks",
        capture_output=True,
        encoding="utf-8",
    )
    assert hecho.returncode == 0, hecho.stderr
    assert ("triton not found" in hecho.stderr) != con_el_curso


LIMPIO = """
import importlib.abc, json, sys

class Portero(importlib.abc.MetaPathFinder):
    def find_spec(self, nombre, *_):
        if nombre.split(".")[0] in {"helpers", "ejercicios", "distribuido",
                                    "torchtext", "sklearn", "matplotlib"}:
            raise ModuleNotFoundError(nombre)

sys.meta_path.insert(0, Portero())
"""
AJENOS = (
    "A small village in the mountains of Peru.",
    "The axolotl is a salamander; it's found near Mexico City (Mexico)!",
    "ΟΔΟΣ İstanbul 🎬 zzzz",
    "",
)


def ejecuta_la_ficha(carpeta, casa, hub):
    """Sus líneas, tal cual, donde solo están torch y el Hub; y las probas."""
    ficha = (carpeta / "README.md").read_text(encoding="utf-8")
    programa = re.search(r"```python\n(.*?)```", ficha, re.DOTALL)[1]
    assert len(programa.splitlines()) <= 5
    pide = f"print(json.dumps([predice(t) for t in {AJENOS!r}]))"
    hecho = subprocess.run(
        [sys.executable, "-I", "-c", f"{LIMPIO}{programa}{pide}"],
        cwd=carpeta,
        env=os.environ | {"HF_ENDPOINT": hub.url, "HF_HOME": str(casa)},
        capture_output=True,
        encoding="utf-8",
    )
    assert hecho.returncode == 0, hecho.stderr
    *_, suya, todas = hecho.stdout.splitlines()
    assert suya.startswith("{'Village': 0.9"), suya
    return json.loads(todas)


def segun_el_curso(carpeta):
    """Lo mismo, con las definiciones de `helpers`."""
    from safetensors.torch import load_file

    texto_pipeline, vocab, _, _ = c3.lee_dbpedia()
    modelo = c3.ModeloClasificacionTexto(len(vocab), c3.EMBED_DIM, len(CLASES))
    modelo.load_state_dict(load_file(carpeta / "model.safetensors"))
    modelo.eval()
    for texto in AJENOS:
        ids = torch.tensor(texto_pipeline(texto), dtype=torch.int64)
        with torch.inference_mode():
            probas = modelo(ids, torch.tensor([0])).softmax(dim=1)[0]
        yield dict(zip(CLASES, probas.tolist(), strict=True))


@pytest.mark.parametrize("de_donde", ["de la carpeta", "del Hub"])
def test_un_desconocido_la_abre_con_lo_que_dice_la_ficha(
    vueltas, raiz, hub, tmp_path, de_donde
):
    """Sin el curso a la vista, y las mismas probabilidades."""
    carpeta = publicada(raiz)
    if de_donde == "de la carpeta":  # como queda para quien no tiene cuenta
        carpeta = shutil.copytree(carpeta, tmp_path / "suya")
        ficha = (carpeta / "README.md").read_text(encoding="utf-8")
        (carpeta / "README.md").write_text(
            re.sub(
                r"(?<=```python\n).*?(?=\n```)",
                DE_AQUI.replace("\\", r"\\"),
                ficha,
                flags=re.DOTALL,
            ),
            encoding="utf-8",
        )
    probas = ejecuta_la_ficha(carpeta, tmp_path / "casa", hub)
    for suyas, nuestras in zip(probas, segun_el_curso(carpeta), strict=True):
        assert suyas == pytest.approx(nuestras, abs=1e-6)
        assert list(suyas.values()) == sorted(suyas.values(), reverse=True)


def test_modelo_py_no_depende_del_curso(vueltas, raiz):
    programa = (publicada(raiz) / "modelo.py").read_text(encoding="utf-8")
    importados = re.findall(r"^(?:import|from) (\w+)", programa, re.MULTILINE)
    assert set(importados) == {"json", "pathlib", "torch", "huggingface_hub"}
    assert 30 <= len(programa.splitlines()) <= 50
    compile(programa, "modelo.py", "exec")


def test_sin_cuenta_la_ficha_vale_desde_su_carpeta(vueltas):
    """Lo que la ficha local dice es lo que la prueba de arriba ejecuta."""
    celda = vueltas[None].textos["s311-ficha-secciones"]["valor"]
    assert "'## Cómo se usa'" in celda
    assert DE_AQUI in ficha(0.9, [[1] * 14] * 4, 1, CLASES, "mit")


DESPUES = re.search(
    r"```python\n(.*?)```",
    next(
        fuente(c) for c in lee(CAPITULO)["cells"] if c["id"] == "s311-despues"
    ),
    re.DOTALL,
)[1]


def test_lo_que_dice_de_actualizar_y_borrar_funciona(vueltas, raiz, tmp_path):
    """El código del texto, contra otro Hub: sube, baja una versión, borra."""
    with HubLocal(tmp_path / "servidor") as otro:
        otro.usuarios[BUENO] = "ana", "write"
        api = HfApi(endpoint=otro.url, token=BUENO)
        api.create_repo(REPO)
        api.create_repo(REPO, repo_type="space", space_sdk="static")
        nombres = {
            "api": api,
            "repo_id": REPO,
            "PUBLICAR": publicada(raiz),
            "ARCHIVOS": sorted(ARCHIVOS),
            "snapshot_download": partial(
                snapshot_download,
                endpoint=otro.url,
                cache_dir=tmp_path / "cache",
            ),
        }
        exec(DESPUES, nombres)
        assert not otro.repos
        bajado = Path(nombres["carpeta"])
        assert bajado.name == nombres["version"]
        assert ARCHIVOS <= {p.name for p in bajado.iterdir()}
