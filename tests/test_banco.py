"""El banco: mide lo que dice, y lo que agrega (bigramas) es lo que dice."""

import csv
import itertools
import json
import sys
from types import SimpleNamespace

import pytest
import torch
from PIL import Image

from apoyo.cuadernos import RAIZ
from banco import __main__ as programa
from banco import metodos
from banco import mide as banco_mide
from banco.__main__ import LENTOS, MUCHAS, archivos, argumentos, elige, mide
from banco.bigramas import Bigramas
from banco.datos import cuenta, parte, remuestrea
from banco.mide import main as midelo
from banco.mide import memoria_mib
from banco.tablas import imprime, resume, ventajas
from helpers import DatosInvalidos

MINI = RAIZ / "data" / "dbpedia_mini"


def filas(ruta):
    with ruta.open(encoding="utf-8", newline="") as archivo:
        return list(csv.reader(archivo))


def test_parte_no_pierde_ni_repite(tmp_path):
    train, test = parte(MINI / "test.csv", tmp_path, 42)
    assert (cuenta(train), cuenta(test)) == (224, 56)
    todas = sorted(filas(train) + filas(test))
    assert todas == sorted(filas(MINI / "test.csv"))
    antes = train.read_bytes()
    parte(MINI / "test.csv", tmp_path, 42)
    assert train.read_bytes() == antes, "la semilla lo repite"
    parte(MINI / "test.csv", tmp_path, 43)
    assert train.read_bytes() != antes, "otra semilla, otro reparto"


def test_remuestrea_al_tamano_pedido_con_filas_de_verdad(tmp_path):
    ruta = remuestrea(MINI / "test.csv", tmp_path, 1000, 42)
    originales = set(map(tuple, filas(MINI / "test.csv")))
    nuevas = list(map(tuple, filas(ruta)))
    assert len(nuevas) == 1000
    assert set(nuevas) <= originales
    assert len(set(nuevas)) > 250


def test_un_archivo_que_no_vale_se_dice(tmp_path):
    ruta = tmp_path / "malo.csv"
    ruta.write_text('1,"a","b"\n15,"a","b"\n', encoding="utf-8")
    with pytest.raises(DatosInvalidos, match="línea 2"):
        archivos(argumentos(["--datos", str(ruta)]), 42, tmp_path)


def test_cada_vuelta_usa_lo_que_se_pide(tmp_path):
    """Sin `--prueba`, otro 80/20 por semilla; con ella, esos archivos."""
    sin = argumentos(["--datos", str(MINI / "test.csv")])
    train, test = archivos(sin, 7, tmp_path)
    assert (cuenta(train), cuenta(test)) == (224, 56)
    primero = train.read_bytes()
    archivos(sin, 8, tmp_path)
    assert train.read_bytes() != primero
    con = argumentos(["--prueba", str(MINI / "test.csv"), "--filas", "300"])
    train, test = archivos(con, 7, tmp_path)
    assert (cuenta(train), test) == (300, MINI / "test.csv")


@pytest.mark.parametrize("mal", ["0", "-1", "x", ""])
@pytest.mark.parametrize("opcion", ["rondas", "filas"])
def test_cuantas_vueltas_o_filas_es_un_entero_desde_1(opcion, mal, capsys):
    dice = f"{opcion.upper()}: tiene que ser un entero desde 1"
    with pytest.raises(SystemExit, match=dice):
        argumentos([f"--{opcion}={mal}"])
    assert capsys.readouterr().err == ""  # ni el resumen, en inglés
    assert vars(argumentos([f"--{opcion}=1"]))[opcion] == 1


@pytest.mark.parametrize(
    ("orden", "cual"),
    [("--vueltas=3", "VUELTAS=3"), ("--rondas", "RONDAS"), ("cosa", "COSA")],
)
def test_lo_que_no_se_entiende_se_dice_en_espanol(orden, cual, capsys):
    dice = f"no se entiende en {cual}: revisa su nombre y su valor"
    with pytest.raises(SystemExit, match=dice):
        argumentos([orden])
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("pide", ["cuda", "gpu", "meta", ""])
def test_una_gpu_que_no_hay_se_dice_antes_de_medir(pide, monkeypatch):
    monkeypatch.setattr(
        programa, "elige_dispositivo", lambda: torch.device("cpu")
    )
    dice = "DISPOSITIVO: tiene que ser cpu, o cuda donde haya una GPU"
    with pytest.raises(SystemExit, match=dice):
        argumentos([f"--dispositivo={pide}"])


def test_la_gpu_que_funciona_se_usa(monkeypatch):
    monkeypatch.setattr(
        programa, "elige_dispositivo", lambda: torch.device("cuda")
    )
    assert argumentos(["--dispositivo=cuda"]).dispositivo == "cuda"
    assert argumentos(["--dispositivo=cpu"]).dispositivo == "cpu"


def test_con_muchas_filas_los_lentos_no_entran():
    assert elige(MUCHAS, None, True) == list(metodos.METODOS)
    muchas = elige(MUCHAS + 1, None, True)
    assert set(metodos.METODOS) - set(muchas) == set(LENTOS)
    assert {"taller", "fasttext_palabras"} <= set(muchas)
    assert elige(MUCHAS + 1, "original,curso", True) == ["original", "curso"]


def test_sin_fasttext_se_mide_lo_demas():
    quedan = elige(10, None, False)
    assert "taller" in quedan and "tfidf_svc" in quedan
    assert not [n for n in quedan if "fasttext" in n]


def test_un_metodo_que_no_existe_se_dice():
    with pytest.raises(SystemExit, match="No hay magia: usa curso"):
        elige(10, "curso,magia", True)


def test_lo_que_no_existe_se_dice_antes_de_leer_nada(monkeypatch):
    monkeypatch.setattr(sys, "argv", ["banco", "--metodos=curso,magia"])
    monkeypatch.setattr(
        programa, "archivos", lambda *_: pytest.fail("ya leía")
    )
    with pytest.raises(SystemExit, match="No hay magia"):
        programa.main()


def test_un_archivo_que_no_vale_es_una_frase_y_no_deja_nada(
    monkeypatch, tmp_path
):
    monkeypatch.setattr(programa, "mide", lambda *_: pytest.fail("ya medía"))
    monkeypatch.setattr(programa, "BUILD", tmp_path / "build")
    for orden in (
        [f"--datos={tmp_path / 'no.csv'}"],
        [f"--datos={MINI / 'train.csv'}", f"--prueba={tmp_path / 'no.csv'}"],
    ):
        monkeypatch.setattr(sys, "argv", ["banco", *orden])
        with pytest.raises(SystemExit, match=r"No existe .*no\.csv"):
            programa.main()
    assert not (tmp_path / "build").exists()


def test_la_orden_mide_por_turnos_y_guarda_lo_medido(
    monkeypatch, tmp_path, capsys
):
    medidos, curso = [], [medicion(0.95, 2.0), medicion(0.97, 1.0)]

    def de_mentira(nombre, train, test, dispositivo, semilla):
        medidos.append((nombre, train.name, test.name, dispositivo, semilla))
        return medicion(0.96, 3.0) if nombre == "taller" else curso.pop(0)

    monkeypatch.setattr(programa, "mide", de_mentira)
    monkeypatch.setattr(programa.importlib.util, "find_spec", lambda _: None)
    monkeypatch.setattr(programa, "BUILD", tmp_path / "build")
    datos = [f"--datos={MINI / 'train.csv'}", f"--prueba={MINI / 'test.csv'}"]
    pedido = ["--rondas=2", "--semilla=7", "--metodos=curso,taller"]
    monkeypatch.setattr(sys, "argv", ["banco", *datos, *pedido])
    for _ in range(2):  # la segunda, sobre lo que dejó la primera
        curso[:] = [medicion(0.95, 2.0), medicion(0.97, 1.0)]
        programa.main()
    con = "train.csv", "test.csv", "cpu"
    assert medidos[:4] == [
        (nombre, *con, semilla)
        for semilla in (7, 8)
        for nombre in ("curso", "taller")
    ]
    dicho = capsys.readouterr().out
    assert dicho.startswith("fastText no está")
    entrena, prueba = cuenta(MINI / "train.csv"), cuenta(MINI / "test.csv")
    assert f"{entrena} artículos para entrenar, {prueba} de prueba" in dicho
    assert "96.00%" in dicho.split("curso")[1]
    guardado = json.loads((tmp_path / "build/bench.json").read_text("utf-8"))
    assert guardado["curso"]["exactitudes"] == [0.95, 0.97]
    assert guardado["curso"]["vueltas"] == 2
    with Image.open(tmp_path / "build" / "bench.png") as figura:
        assert figura.width > 700


def test_los_bigramas_son_las_parejas_frecuentes_de_cada_articulo():
    # «1 2» sale en dos artículos; «2 1», entre dos artículos: no cuenta.
    ids = torch.tensor([1, 2, 3, 1, 2, 2, 1], dtype=torch.int32)
    inicios = torch.tensor([0, 3, 5, 7])
    bigramas = Bigramas(ids, inicios, vocab_size=4)
    assert bigramas.total == 5
    nuevos, desde = bigramas(ids, inicios)
    assert nuevos.tolist() == [1, 4, 2, 3, 1, 4, 2, 2, 1]
    assert desde.tolist() == [0, 4, 7, 9]
    otros, desde = bigramas(
        torch.tensor([3, 1, 2, 1], dtype=torch.int32),
        torch.tensor([0, 0, 3, 4]),
    )
    assert otros.tolist() == [3, 1, 4, 2, 1]
    assert desde.tolist() == [0, 0, 4, 5]


def test_las_parejas_frecuentes_son_las_que_se_cuentan_a_mano():
    azar = torch.Generator().manual_seed(0)
    largos = torch.randint(0, 9, (200,), generator=azar)
    inicios = torch.cat([torch.zeros(1, dtype=torch.int64), largos.cumsum(0)])
    ids = torch.randint(1, 12, (int(inicios[-1]),), generator=azar).int()
    bigramas = Bigramas(ids, inicios, vocab_size=12)
    nuevos, desde = bigramas(ids, inicios)
    cuenta_a_mano = {}
    textos = [ids[a:b].tolist() for a, b in itertools.pairwise(inicios)]
    for texto in textos:
        for par in itertools.pairwise(texto):
            cuenta_a_mano[par] = cuenta_a_mano.get(par, 0) + 1
    frecuentes = {p for p, n in cuenta_a_mano.items() if n >= 2}
    assert bigramas.total == 12 + len(frecuentes)
    for i, texto in enumerate(textos):
        suyos = nuevos[desde[i] : desde[i + 1]]
        assert suyos[suyos < 12].tolist() == texto
        parejas = itertools.pairwise(texto)
        assert (suyos >= 12).sum() == sum(p in frecuentes for p in parejas)


def medicion(exactitud, segundos):
    return {
        "exactitud": exactitud,
        "entrena_s": segundos,
        "predice_s": 0.1,
        "memoria_mib": 300.0,
    }


class Reloj:
    """El del banco, que solo avanza cuando se le dice."""

    def __init__(self, monkeypatch):
        self.ahora = 0.0
        monkeypatch.setattr(banco_mide, "perf_counter", lambda: self.ahora)

    def pasan(self, segundos):
        self.ahora += segundos


def test_el_reloj_cuenta_leer_y_entrenar_y_nada_mas(monkeypatch, capsys):
    """Importar, no; ni predecir dentro de entrenar, ni al revés."""
    reloj = Reloj(monkeypatch)

    def lento(dispositivo, semilla):
        assert (dispositivo, semilla) == ("cpu", 7)
        reloj.pasan(0.4)  # importar

        def entrena(train):
            assert train == "train.csv"
            reloj.pasan(0.2)
            return "modelo"

        def predice(modelo, test):
            assert modelo == "modelo"
            reloj.pasan(0.1)
            return [1] * 140 + [2] * 140

        return entrena, predice

    monkeypatch.setitem(metodos.METODOS, "lento", lento)
    midelo("lento", "train.csv", MINI / "test.csv", "cpu", "7")
    medido = json.loads(capsys.readouterr().out)
    assert medido["entrena_s"] == pytest.approx(0.2)
    assert medido["predice_s"] == pytest.approx(0.1)
    clases = [int(fila[0]) for fila in filas(MINI / "test.csv")]
    suyas = sum(c == 1 + (i >= 140) for i, c in enumerate(clases))
    assert medido["exactitud"] == suyas / 280


def test_en_la_gpu_el_reloj_espera_a_que_acabe_y_no_cuenta_arrancarla(
    monkeypatch, capsys
):
    """La memoria que torch pidió en ella se suma a la del proceso."""
    pasos, reloj = [], Reloj(monkeypatch)
    gpu = SimpleNamespace(
        synchronize=lambda: (pasos.append("espera"), reloj.pasan(0.2)),
        max_memory_allocated=lambda: 5000 * 2**20,
    )
    monkeypatch.setattr(
        banco_mide, "arranca_gpu", lambda: pasos.append("arranca") or gpu
    )

    def falso(dispositivo, semilla):
        pasos.append("importa")
        return (
            lambda train: pasos.append("entrena"),
            lambda modelo, test: pasos.append("predice") or [1] * 280,
        )

    monkeypatch.setitem(metodos.METODOS, "falso", falso)
    midelo("falso", "train.csv", MINI / "test.csv", "cuda", "7")
    assert pasos == ["importa", "arranca", "entrena", "espera", "predice"]
    medido = json.loads(capsys.readouterr().out)
    assert medido["entrena_s"] == pytest.approx(0.2)
    assert medido["memoria_mib"] > 5000


def test_la_memoria_se_mide_tambien_en_windows(monkeypatch):
    import psutil

    falso = SimpleNamespace(
        memory_info=lambda: SimpleNamespace(peak_wset=3 * 2**20)
    )
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(psutil, "Process", lambda: falso)
    monkeypatch.setitem(sys.modules, "resource", None)
    assert memoria_mib() == 3


def revisa(medido, al_menos=0.93):
    assert set(medido) == set(medicion(0, 0))
    assert medido["exactitud"] > al_menos
    assert 0 < medido["predice_s"] < medido["entrena_s"] + 1
    assert medido["memoria_mib"] > 50


def test_el_taller_se_mide_en_su_proceso_y_aprende():
    medido = mide("taller", MINI / "train.csv", MINI / "test.csv", "cpu", 42)
    revisa(medido)
    # Aquí sí es la suya; en las demás pruebas, la del proceso que prueba.
    assert medido["memoria_mib"] < 2048


def test_si_un_metodo_falla_se_dice_por_que(tmp_path):
    with pytest.raises(SystemExit, match=r"(?s)curso falló.*No existe"):
        mide("curso", tmp_path / "no.csv", MINI / "test.csv", "cpu", 42)


@pytest.mark.parametrize("nombre", ["curso", "taller_bigramas", "tfidf_svc"])
def test_los_demas_metodos_tambien_aprenden(nombre, capsys):
    midelo(nombre, MINI / "train.csv", MINI / "test.csv", "cpu", "42")
    revisa(json.loads(capsys.readouterr().out))


def test_la_receta_original_aprende_pero_poco(capsys):
    midelo("original", MINI / "train.csv", MINI / "test.csv", "cpu", "42")
    medido = json.loads(capsys.readouterr().out)
    revisa(medido, al_menos=1 / 14)  # más que al azar, y poco más
    assert medido["exactitud"] < 0.6


def test_la_tabla_dice_cada_reparto_y_compara_con_el_que_menos_tarda(capsys):
    resumen = resume(
        {
            "taller": [
                medicion(e, s)
                for e, s in ((0.98, 0.5), (0.96, 9.0), (0.97, 0.4))
            ],
            "fasttext_palabras": [
                medicion(e, 2.0) for e in (0.96, 0.95, 0.90)
            ],
            "fasttext_bigramas": [
                medicion(e, 4.0) for e in (0.95, 0.955, 0.96)
            ],
        }
    )
    assert resumen["taller"]["entrena_s"] == 0.5, "la mediana"
    assert resumen["taller"]["exactitud"] == pytest.approx(0.97), "la media"
    assert ventajas(resumen, "taller") == pytest.approx([2, 0.5, 1])
    imprime(resumen, filas=1000)
    primera, segunda = capsys.readouterr().out.split("medianas")
    assert "98.00%     96.00%     97.00%   97.00%" in primera
    assert "96.00% a 98.00%" in primera
    assert "+2.00      +0.50      +1.00" in primera
    assert "0.50 s (0.40–9.00)   0.25" in segunda
    # 0.5 s entre mil filas son 500 µs por fila.
    assert "0.10 s   300 MiB      500" in segunda
    assert "4.00 s (4.00–4.00)   2.00" in segunda
    encabezado = primera.split("\n")[1]
    assert (
        encabezado.split()
        == (
            "exactitud reparto 1 reparto 2 reparto 3 media de menor a mayor"
        ).split()
    )


def test_sin_fasttext_la_tabla_tambien_sale(capsys):
    mediciones = {n: [medicion(0.97, 1.0)] for n in ("curso", "taller")}
    imprime(resume(mediciones), filas=10)
    dicho = capsys.readouterr().out
    assert "ventaja" not in dicho
    assert "1.00 s (1.00–1.00)   1.00" in dicho  # el que menos, de todos
