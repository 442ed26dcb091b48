"""Guardar y reanudar, con las funciones que el capítulo 4 enseña."""

import time

import pytest
import torch

from apoyo import en_grupo
from apoyo.cuadernos import RAIZ, codigo, fuente, lee

CAPITULO = RAIZ / "notebooks" / "04_compilar_guardar_subir.ipynb"
CELDAS = {c["id"]: fuente(c) for c in codigo(lee(CAPITULO))}
IMPORTA = "import os, sys, time\nfrom pathlib import Path\n"
GUARDA = IMPORTA + "import torch\n" + CELDAS["s310-guarda"]
ENTRENA = "\n\n".join(
    [IMPORTA]
    + [
        CELDAS[celda]
        for celda in (
            "importa",
            "punto-datos",
            "s310-guarda",
            "s310-prepara-def",
            "s310-avanza-def",
            "s310-checkpoint-def",
            "s310-reanuda-def",
        )
    ]
)


@pytest.fixture
def guarda():
    nombres = {}
    exec(GUARDA, nombres)
    return nombres["guarda"]


@pytest.fixture
def lanza(tmp_path_factory):
    """De un programa y sus argumentos a su proceso y lo que va diciendo."""

    def lanza(programa, *argumentos):
        dicho = tmp_path_factory.mktemp("proceso") / "dicho.txt"
        return en_grupo.programa(dicho, programa, *argumentos), dicho

    return lanza


def test_guarda_y_no_deja_rastro(guarda, tmp_path):
    ruta = tmp_path / "x.pt"
    for epoca in (1, 2):
        guarda({"epoca": epoca}, ruta)
        assert torch.load(ruta) == {"epoca": epoca}
        assert [p.name for p in tmp_path.iterdir()] == ["x.pt"]


class Falla:
    def __reduce__(self):
        raise RuntimeError("se fue la luz")


def test_si_guardar_falla_queda_el_anterior(guarda, tmp_path):
    """Y el siguiente guardado funciona, aunque quedara el temporal."""
    ruta = tmp_path / "x.pt"
    guarda({"epoca": 1}, ruta)
    with pytest.raises(RuntimeError, match="se fue la luz"):
        guarda({"epoca": 2, "w": torch.ones(9), "z": Falla()}, ruta)
    assert torch.load(ruta) == {"epoca": 1}
    guarda({"epoca": 3}, ruta)
    assert torch.load(ruta) == {"epoca": 3}
    assert [p.name for p in tmp_path.iterdir()] == ["x.pt"]


MUERE = (
    GUARDA
    + """
def muere(*_):
    os._exit(9)

class AlEscribir:
    def __reduce__(self):
        muere()

ruta = Path(sys.argv[1])
guarda({"epoca": 1}, ruta)
if sys.argv[2] == "al escribir":
    guarda({"w": torch.ones(10_000), "z": AlEscribir()}, ruta)
os.fsync = muere
guarda({"epoca": 2}, ruta)
"""
)


@pytest.mark.parametrize("cuando", ["al escribir", "antes de renombrar"])
def test_matar_el_proceso_deja_el_anterior_legible(lanza, tmp_path, cuando):
    ruta = tmp_path / "x.pt"
    muerto, dicho = lanza(MUERE, ruta, cuando)
    muerto.join(en_grupo.ESPERA_S)
    assert muerto.exitcode == 9, dicho.read_text("utf-8")
    assert torch.load(ruta) == {"epoca": 1}


SIN_PARAR = (
    GUARDA
    + """
ruta, epoca = Path(sys.argv[1]), 0
while True:
    epoca += 1
    guarda({"epoca": epoca, "w": torch.full((500_000,), epoca)}, ruta)
    print(epoca, flush=True)
"""
)


def test_matarlo_en_cualquier_momento(lanza, tmp_path):
    """Guarda sin parar y muere cuando toque: lo que hay está entero."""
    ruta = tmp_path / "x.pt"
    for espera_s in (0.003, 0.011):
        vivo, dicho = lanza(SIN_PARAR, ruta)
        while not (dicho.exists() and dicho.read_bytes()):
            assert vivo.is_alive()
            time.sleep(0.001)
        time.sleep(espera_s)
        vivo.kill()
        vivo.join()
        guardado = torch.load(ruta)
        assert (guardado["w"] == guardado["epoca"]).all()


PRIMERA_MITAD = (
    ENTRENA
    + """
e = prepara()
avanza(e, 2)
guarda(checkpoint(e), Path(sys.argv[1]))
os._exit(9)
"""
)


def test_reanudar_en_otro_proceso_es_exacto_bit_a_bit(
    lanza, tmp_path, monkeypatch
):
    """Dos épocas allá, dos aquí: los parámetros de cuatro seguidas."""
    monkeypatch.chdir(RAIZ / "notebooks")
    hilos = torch.get_num_threads()
    ruta = tmp_path / "checkpoint.pt"
    otro, dicho = lanza(PRIMERA_MITAD, ruta)
    c = {}
    exec(ENTRENA, c)
    seguido = c["prepara"]()
    c["avanza"](seguido, 4)
    otro.join(en_grupo.ESPERA_S)
    assert otro.exitcode == 9, dicho.read_text("utf-8")

    nuevo = c["prepara"]()
    guardado = torch.load(ruta, weights_only=True)
    c["reanuda"](nuevo, guardado)
    c["avanza"](nuevo, 2)
    assert (nuevo.epoca, nuevo.perdida) == (4, seguido.perdida)
    assert guardado["vocab"] == list(c["vocab"])
    iguales = {
        nombre: torch.equal(tensor, seguido.modelo.state_dict()[nombre])
        for nombre, tensor in nuevo.modelo.state_dict().items()
    }
    assert all(iguales.values()), iguales

    # Sin el azar de los lotes no es exacto: la prueba mide algo.
    otro_azar = c["prepara"]()
    guardado["azar_lotes"] = c["prepara"]().train.generator.get_state()
    c["reanuda"](otro_azar, guardado)
    c["avanza"](otro_azar, 2)
    assert otro_azar.perdida != seguido.perdida
    torch.set_num_threads(hilos)


def test_el_checkpoint_dice_todo_lo_que_el_texto_promete():
    pide = CELDAS["s310-checkpoint-def"]
    for clave in (
        "modelo",
        "optimizadores",
        "planificadores",
        "epoca",
        "perdida",
        "azar",
        "azar_lotes",
        "vocab",
    ):
        assert f'"{clave}": ' in pide
