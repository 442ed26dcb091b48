"""Las treinta líneas de 4.1: el archivo que sale de sus tres celdas.

Se ejecuta con uno y con dos procesos, con varias semillas de una vez, y se
mide aquí: dos aciertan lo mismo que uno, dentro de lo que cambia la semilla.
"""

import statistics
from unittest.mock import patch

import pytest
import torch
from torch import distributed, nn
from torch.utils.data import DataLoader

from apoyo import en_grupo
from apoyo.cuadernos import RAIZ, codigo, fuente, lee
from helpers import CLASES
from helpers import clasificador as c3

CAPITULO = RAIZ / "notebooks" / "04_compilar_guardar_subir.ipynb"
CELDAS = {c["id"]: fuente(c) for c in codigo(lee(CAPITULO))}
PARTES = ("s41-treinta-lotes", "s41-treinta-aprende", "s41-treinta-todo")
PROGRAMA = "\n\n\n".join(CELDAS[parte] for parte in PARTES)
SEMILLAS = (42, 1, 2)


def con_uno(carpeta):
    """El mismo programa, en un grupo de un solo proceso: este."""

    def grupo(backend):
        almacen = distributed.HashStore()
        forma(backend, store=almacen, rank=0, world_size=1)

    nombres, forma = {}, distributed.init_process_group
    exec(PROGRAMA, nombres)
    with patch.object(distributed, "init_process_group", grupo):
        for semilla in SEMILLAS:
            nombres["principal"](carpeta / f"1-{semilla}.pt", semilla)


def con_dos(carpeta):
    """El mismo programa, en cada uno de dos procesos."""
    nombres = {}
    exec(PROGRAMA, nombres)
    distributed.init_process_group("gloo")  # una vez: rehacerlo es otra cosa
    with (
        patch.object(distributed, "init_process_group"),
        patch.object(distributed, "destroy_process_group"),
    ):
        for semilla in SEMILLAS:
            nombres["principal"](carpeta / f"2-{semilla}.pt", semilla)
    distributed.destroy_process_group()


@pytest.fixture(scope="module")
def exactitudes(tmp_path_factory):
    """De cuántos procesos a la exactitud en prueba de cada semilla."""
    carpeta = tmp_path_factory.mktemp("reparte")
    _, vocab, _, test = c3.lee_dbpedia()
    lector = DataLoader(test, 256, collate_fn=c3.tal_cual)
    modelo = c3.ModeloClasificacionTexto(len(vocab), c3.EMBED_DIM, len(CLASES))
    dicho = en_grupo.corre(2, con_dos, carpeta)
    assert dicho == "procesos: 2\n" * len(SEMILLAS)
    con_uno(carpeta)
    medidas = {}
    for procesos in (1, 2):
        for semilla in SEMILLAS:
            pesos = torch.load(carpeta / f"{procesos}-{semilla}.pt")
            modelo.load_state_dict(pesos)
            _, exactitud = c3.evalua(modelo, lector, nn.CrossEntropyLoss())
            medidas.setdefault(procesos, []).append(exactitud)
    return medidas


def test_dos_procesos_aciertan_lo_que_uno(exactitudes):
    """La diferencia de medias, dentro de tres errores típicos."""
    uno, dos = exactitudes[1], exactitudes[2]
    assert min(*uno, *dos) > 0.9, exactitudes
    variacion = statistics.variance(uno) + statistics.variance(dos)
    error_tipico = (variacion / len(SEMILLAS)) ** 0.5
    diferencia = abs(statistics.mean(uno) - statistics.mean(dos))
    assert diferencia <= max(3 * error_tipico, 1.5 / 280), exactitudes


def test_dos_procesos_no_son_el_mismo_modelo_que_uno(exactitudes):
    """Si lo fueran, el reparto no habría repartido nada."""
    assert exactitudes[1] != exactitudes[2]


def test_son_unas_treinta_lineas_completas():
    lineas = [linea for linea in PROGRAMA.splitlines() if linea.strip()]
    assert 28 <= len(lineas) <= 45
    for pieza in (
        # Sin ella quedarían hilos al terminar: test_distribuido lo prueba.
        "import torch.distributed.nn.functional",
        "init_process_group",
        "DistributedSampler",
        "DistributedDataParallel",
        "get_rank() == 0",
        "torch.save",
    ):
        assert pieza in PROGRAMA
