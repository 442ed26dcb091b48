"""Varios procesos: llegan adonde uno, y si uno muere se sigue.

Los 1400 artículos mini se reparten en 840 y 560: con 280 de prueba, medio
punto sería artículo y medio.
"""

import csv
import json
import os
import random
import re
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from statistics import mean

import pytest
import torch
from safetensors.torch import load_file

from apoyo import varias_semillas
from apoyo.cuadernos import RAIZ, fuente, lee
from distribuido import entrena as entrena_distribuido
from distribuido.entrena import argumentos, entrena, lotes
from distribuido.procesos import grupo
from helpers import DatosInvalidos, DBpedia
from helpers.clasificador import ModeloClasificacionTexto
from helpers.dbpedia import DATOS
from helpers.errores import CheckpointAjeno
from helpers.texto import numera

SEMILLAS = ["42", "52", "62", "72"]
MUERE = 120  # el último checkpoint es del paso 100


def torchrun(*orden):
    """La orden del curso, con dos procesos."""
    python = [sys.executable, "-m", "torch.distributed.run", "--standalone"]
    varios = ["--nproc-per-node=2", "--max-restarts=3"]
    return subprocess.run(
        [*python, *varios, *map(str, orden)],
        cwd=RAIZ / "notebooks",
        env=os.environ
        | {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(RAIZ / "notebooks")},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )


@pytest.fixture(scope="module")
def datos(tmp_path_factory):
    """Carpetas con 840 artículos para entrenar, o la mitad, y 560 más."""
    filas = []
    for nombre in ("train.csv", "test.csv"):
        ruta = DATOS / "dbpedia_mini" / nombre
        with ruta.open(encoding="utf-8", newline="") as archivo:
            filas += csv.reader(archivo)
    random.Random(1).shuffle(filas)
    raiz = tmp_path_factory.mktemp("datos")
    for carpeta, train in (("todo", filas[:840]), ("mitad", filas[:840:2])):
        (raiz / carpeta).mkdir()
        for nombre, suyas in (("train", train), ("test", filas[840:])):
            ruta = raiz / carpeta / f"{nombre}.csv"
            with ruta.open("w", encoding="utf-8", newline="") as archivo:
                csv.writer(archivo).writerows(suyas)
    return raiz


@pytest.fixture(scope="module")
def dos(datos, tmp_path_factory):
    """Carpeta donde dos procesos entrenaron con cada semilla."""
    salida = tmp_path_factory.mktemp("dos")
    programa = varias_semillas.__file__
    hecho = torchrun(programa, datos / "todo", salida, *SEMILLAS)
    assert hecho.returncode == 0, hecho.stderr
    return salida


@pytest.fixture(scope="module")
def quien():
    """El grupo de un solo proceso: este."""
    hilos = torch.get_num_threads()
    with grupo("cpu") as este:
        yield este
    torch.set_num_threads(hilos)


def resultado(carpeta):
    return json.loads((carpeta / "resultado.json").read_text("utf-8"))


def test_dos_procesos_aciertan_como_uno(dos, datos, quien, tmp_path):
    """A medio punto, en la media de cuatro semillas: 2240 respuestas."""
    de_dos = mean(resultado(dos)["exactitudes"])
    de_uno = mean(
        varias_semillas.corre(datos / "todo", tmp_path, SEMILLAS, quien)
    )
    assert abs(de_dos - de_uno) <= 0.005, (de_uno, de_dos)
    assert de_uno > 0.92
    # La comparación distingue: con la mitad de los artículos no se llega.
    sin_el_otro = mean(
        varias_semillas.corre(datos / "mitad", tmp_path, SEMILLAS[:2], quien)
    )
    assert sin_el_otro < de_uno - 0.01


def test_cada_fila_es_de_un_proceso_y_el_vocabulario_de_todos(dos, datos):
    filas = DBpedia(datos / "todo", "train")
    indice, (ids, inicios, clases) = numera(filas)
    textos = torch.tensor_split(ids, inicios[1:-1])
    reparto = resultado(dos)["reparto"]
    assert len(reparto) == 2
    for yo, (suyos, (sus_ids, _, sus_clases)) in enumerate(reparto):
        assert suyos == list(indice)
        assert sus_ids == torch.cat(textos[yo::2]).tolist()
        assert sus_clases == clases[yo::2].tolist()


@pytest.mark.parametrize(("filas", "lote"), [(64, 8), (7, 3), (9, 4), (8, 3)])
def test_todos_dan_los_mismos_pasos_y_recorren_lo_suyo(filas, lote):
    """El segundo tiene una fila menos: repite una."""
    uno = list(lotes(filas, filas, lote, 2, azar=5))
    otro = list(lotes(filas - 1, filas, lote, 2, azar=6))
    assert list(map(len, uno)) == list(map(len, otro))
    assert min(map(len, uno)) > 1
    por_epoca = len(uno) // 2
    assert uno[:por_epoca] != uno[por_epoca:]
    for trozo, n in ((uno[:por_epoca], filas), (otro[por_epoca:], filas - 1)):
        vistas = Counter(i for indices in trozo for i in indices)
        assert set(vistas) <= set(range(n))
        if filas % lote != 1:  # con 1 queda un lote de uno, que se deja
            assert len(vistas) == n
        assert sum(vistas.values()) - len(vistas) <= filas - n


@pytest.fixture(scope="module")
def muerto(tmp_path_factory):
    """Lo que dijo torchrun, y dónde, cuando el proceso 1 muere a mitad.

    Es la orden que enseña el cuaderno, con los artículos del curso.
    """
    salida = tmp_path_factory.mktemp("muerto")
    orden = ["-m", "distribuido.entrena", "--salida", salida]
    return torchrun(*orden, "--mata", MUERE), salida


def test_si_matan_a_uno_se_sigue_desde_el_ultimo_checkpoint(muerto):
    hecho, salida = muerto
    assert hecho.returncode == 0, hecho.stderr
    # torchrun vio morir al proceso 1, y de SIGKILL.
    assert re.search(r"exitcode: -9\) local_rank: 1", hecho.stderr)
    tramos = re.findall(r"pasos: del (\d+) al (\d+)", hecho.stdout)
    assert tramos == [("0", "180"), ("100", "180")]
    dados = MUERE - 1
    assert 0 < dados - 100 <= argumentos([]).cada  # los que se repiten
    assert not list(salida.glob("*.tmp"))


def test_el_cuaderno_cuenta_lo_que_pasa(muerto):
    hecho, _ = muerto
    cuaderno = lee(RAIZ / "notebooks" / "04_compilar_guardar_subir.ipynb")
    textos = {c["id"]: fuente(c) for c in cuaderno["cells"]}
    assert f"--mata {MUERE}" in textos["s41-muere"]
    assert hecho.stdout in textos["s41-muere"]


def test_el_modelo_final_es_el_de_quien_no_murio_bit_a_bit(muerto, dos):
    _, salida = muerto
    suyo = load_file(salida / "modelo.safetensors")
    seguido = load_file(dos / "mini" / "42" / "modelo.safetensors")
    assert suyo.keys() == seguido.keys()
    assert all(torch.equal(suyo[k], seguido[k]) for k in suyo)
    otro = load_file(dos / "todo" / "42" / "modelo.safetensors")
    assert not torch.equal(suyo["fc.weight"], otro["fc.weight"])
    tokens = json.loads((salida / "vocabulario.json").read_text("utf-8"))
    embed_dim, clases = suyo["fc.weight"].T.shape
    modelo = ModeloClasificacionTexto(len(tokens), embed_dim, clases)
    modelo.load_state_dict(suyo)


def test_el_checkpoint_se_abre_sin_ejecutar_nada(muerto):
    _, salida = muerto
    guardado = torch.load(salida / "checkpoint.pt", weights_only=True)
    assert (guardado["paso"], guardado["epoca"]) == (180, 10)
    assert guardado["huella"]["procesos"] == 2
    assert len(guardado["optimizadores"]) == 2


def opciones(carpeta, datos, **mas):
    mas = {"datos": datos, "salida": carpeta, "epocas": 1} | mas
    return [str(x) for k, v in mas.items() for x in (f"--{k}", v)]


def test_un_checkpoint_ajeno_se_rechaza_y_dice_que_hacer(
    dos, datos, quien, tmp_path, monkeypatch
):
    deja = opciones(tmp_path, datos / "mitad")
    entrena(argumentos(deja), *quien)
    antes = (tmp_path / "checkpoint.pt").read_bytes()
    for cambio, nombre in (
        ({"datos": datos / "todo"}, "datos"),
        ({"epocas": 2}, "épocas"),
        ({"lote": 32}, "lote"),
        ({"semilla": 1}, "semilla"),
    ):
        otra = opciones(tmp_path, **{"datos": datos / "mitad"} | cambio)
        with pytest.raises(CheckpointAjeno, match=f"cambia «{nombre}»"):
            entrena(argumentos(otra), *quien)
    assert (tmp_path / "checkpoint.pt").read_bytes() == antes
    ajena = opciones(dos / "todo" / "42", datos / "todo", epocas=10)
    with pytest.raises(CheckpointAjeno, match="cambia «procesos»"):
        entrena(argumentos(ajena), *quien)


def test_lo_que_no_alcanza_se_dice(datos, quien, tmp_path):
    pocos = opciones(tmp_path, datos / "mitad", lote=1)
    with pytest.raises(DatosInvalidos, match="420 artículos en lotes de 1"):
        entrena(argumentos(pocos), *quien)
    with pytest.raises(SystemExit):
        argumentos(["--cada", "0"])


def test_desde_la_terminal_el_error_es_una_frase(
    datos, quien, tmp_path, monkeypatch, capsys
):
    @contextmanager
    def este(_):
        yield quien  # el proceso de las pruebas ya está en un grupo

    monkeypatch.setattr(entrena_distribuido, "grupo", este)
    orden = ["x", *opciones(tmp_path, datos / "mitad", lote=1)]
    monkeypatch.setattr(sys, "argv", orden)
    with pytest.raises(SystemExit) as salida:
        entrena_distribuido.main()
    assert salida.value.code == 1
    dicho = capsys.readouterr().err
    assert "usa menos, o un --lote mayor" in dicho
    assert len(dicho.splitlines()) == 1
