"""`make bench`: el clasificador del curso contra fastText y TF-IDF.

Cada método, en su proceso, por turnos y varias veces; la receta original,
una. Deja `build/bench.json`, `build/bench.png` y una tabla en pantalla.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from tqdm.auto import tqdm

from banco.datos import cuenta, parte, remuestrea
from banco.grafica import dibuja
from banco.metodos import METODOS
from helpers import DatosInvalidos

RAIZ = Path(__file__).resolve().parents[2]
MINI = RAIZ / "data" / "dbpedia_mini"
BUILD = RAIZ / "build"
# Con más filas, la original tarda una hora y LinearSVC pide varios GiB.
MUCHAS = 100_000
LENTOS = ("original", "tfidf_svc", "fasttext_articulo")


def argumentos():
    lee = argparse.ArgumentParser(prog="make bench", description=__doc__)
    lee.add_argument("--datos", type=Path, help="train.csv (el mini)")
    lee.add_argument("--prueba", type=Path, help="test.csv; si falta, 80/20")
    lee.add_argument("--filas", type=int, help="remuestrear a este tamaño")
    lee.add_argument("--rondas", type=int, default=5)
    lee.add_argument("--dispositivo", default="cpu")
    lee.add_argument("--metodos", help="separados por comas")
    return lee.parse_args()


def archivos(datos, prueba, filas):
    """Los CSV de entrenamiento y de prueba que piden los argumentos."""
    if datos is None:
        train, test = MINI / "train.csv", prueba or MINI / "test.csv"
    elif prueba is None:
        train, test = parte(datos, BUILD / "banco")
    else:
        train, test = datos, prueba
    if filas:
        train = remuestrea(train, BUILD / "banco", filas)
    return train, test


def mide(nombre, train, test, dispositivo):
    """Una medición, en un proceso nuevo.

    Raises:
        SystemExit: el método falló; muestra su error.
    """
    rutas = os.pathsep.join(str(RAIZ / r) for r in ("notebooks", "tests"))
    orden = [sys.executable, "-m", "banco.mide", nombre, train, test]
    hecho = subprocess.run(
        [*orden, dispositivo],
        env={**os.environ, "PYTHONPATH": rutas, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        text=True,
    )
    if hecho.returncode:
        raise SystemExit(f"{nombre} falló:\n{hecho.stderr}")
    return json.loads(hecho.stdout.splitlines()[-1])


def resume(mediciones):
    """Medianas de cada método, y el menor y el mayor tiempo."""
    resumen = {}
    for nombre, todas in mediciones.items():
        tiempos = [m["entrena_s"] for m in todas]
        resumen[nombre] = {
            clave: median(m[clave] for m in todas) for clave in todas[0]
        } | {
            "entrena_min_s": min(tiempos),
            "entrena_max_s": max(tiempos),
            "rondas": len(todas),
        }
    return resumen


def imprime(resumen, filas):
    """La tabla, con los tiempos también relativos al mejor fastText."""
    rivales = [n for n in resumen if n.startswith("fasttext")]
    mejor = max(rivales, key=lambda n: resumen[n]["exactitud"], default=None)
    print(
        f"\n{'método':<19}{'exactitud':>10}{'entrena (mín–máx)':>25}"
        f"{'predice':>9}{'memoria':>10}{'µs/fila':>9}{'veces':>7}"
    )
    for nombre, r in resumen.items():
        tiempo = (
            f"{r['entrena_s']:.2f} s "
            f"({r['entrena_min_s']:.2f}–{r['entrena_max_s']:.2f})"
        )
        veces = r["entrena_s"] / resumen[mejor or nombre]["entrena_s"]
        print(
            f"{nombre:<19}{r['exactitud']:>10.2%}{tiempo:>25}"
            f"{r['predice_s']:>7.2f} s{r['memoria_mib']:>6.0f} MiB"
            f"{1e6 * r['entrena_s'] / filas:>9.0f}{veces:>7.2f}"
        )
    if mejor:
        print(f"veces: lo que tarda frente a {mejor}, el mejor fastText")


def main():
    a = argumentos()
    try:
        train, test = archivos(a.datos, a.prueba, a.filas)
        filas = cuenta(train)
        print(f"{filas} artículos para entrenar, {cuenta(test)} de prueba")
    except DatosInvalidos as error:
        raise SystemExit(str(error)) from None
    nombres = [n for n in METODOS if filas <= MUCHAS or n not in LENTOS]
    if a.metodos:
        nombres = a.metodos.split(",")
    sobran = [n for n in nombres if n not in METODOS]
    if sobran:
        raise SystemExit(f"No hay {sobran[0]}: usa {', '.join(METODOS)}.")
    if importlib.util.find_spec("fasttext") is None:
        print("fastText no está: se mide sin él (en Python 3.13 no hay)")
        nombres = [n for n in nombres if not n.startswith("fasttext")]
    turnos = [n for _ in range(a.rondas) for n in nombres if n != "original"]
    turnos += ["original"] * ("original" in nombres)
    mediciones = {nombre: [] for nombre in nombres}
    with tqdm(turnos, unit="medición") as barra:
        for nombre in barra:
            barra.set_description(nombre)
            mediciones[nombre].append(mide(nombre, train, test, a.dispositivo))
    resumen = resume(mediciones)
    imprime(resumen, filas)
    BUILD.mkdir(exist_ok=True)
    aparte = BUILD / "bench.json.tmp"
    aparte.write_text(json.dumps(resumen, indent=2), encoding="utf-8")
    aparte.replace(BUILD / "bench.json")
    dibuja(resumen, BUILD / "bench.png")
    print("Guardado en build/bench.json y build/bench.png")


if __name__ == "__main__":
    main()
