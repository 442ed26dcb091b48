"""`make bench`: el clasificador del curso contra fastText y TF-IDF.

Cinco vueltas. En cada una, otro reparto al azar (80 % para entrenar, 20 % de
prueba) y otra semilla; cada método, una vez, en su proceso y por turnos.
Deja `build/bench.json`, `build/bench.png` y dos tablas en pantalla.
"""

import argparse
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

from tqdm.auto import tqdm

from archivos import escribe
from banco.datos import cuenta, parte, remuestrea
from banco.grafica import dibuja
from banco.metodos import METODOS
from banco.tablas import imprime, resume
from helpers import DatosInvalidos
from helpers.entorno import elige_dispositivo

RAIZ = Path(__file__).resolve().parents[2]
MINI = RAIZ / "data" / "dbpedia_mini"
BUILD = RAIZ / "build"
# Con más filas, la original tarda una hora y LinearSVC pide varios GiB.
MUCHAS = 100_000
LENTOS = ("original", "tfidf_svc", "fasttext_articulo")
SEMILLA = 42


class Opciones(argparse.ArgumentParser):
    """Habla español, y con los nombres que se escriben en la orden."""

    def error(self, message):
        cual, _, que = message.removeprefix("argument ").partition(": ")
        if not cual.startswith("-"):  # un nombre que no existe: viene después
            cual, que = que, ""
        if not que.startswith("tiene que ser"):  # lo dice argparse, en inglés
            que = "revisa su nombre y su valor"
        sys.exit(
            f"La orden no se entiende en {cual.lstrip('-').upper()}: {que}."
        )


def entero(desde):
    def lee(texto):
        if not texto.isdecimal() or int(texto) < desde:
            raise argparse.ArgumentTypeError(
                f"tiene que ser un entero desde {desde}"
            )
        return int(texto)

    return lee


def donde(texto):
    if texto == "cpu" or texto == elige_dispositivo().type == "cuda":
        return texto
    raise argparse.ArgumentTypeError(
        "tiene que ser cpu, o cuda donde haya una GPU que funcione"
    )


def argumentos(lista=None):
    lee = Opciones(prog="make bench", description=__doc__)
    lee.add_argument("--datos", type=Path, help="CSV (el mini, si falta)")
    lee.add_argument("--prueba", type=Path, help="test.csv; si falta, 80/20")
    lee.add_argument("--filas", type=entero(1), help="remuestrear a tantas")
    lee.add_argument("--rondas", type=entero(1), default=5, help="vueltas")
    lee.add_argument(
        "--semilla", type=entero(0), default=SEMILLA, help="primera"
    )
    lee.add_argument("--dispositivo", type=donde, default="cpu")
    lee.add_argument("--metodos", help="separados por comas")
    return lee.parse_args(lista)


def archivos(a, semilla, carpeta=BUILD / "banco"):
    """Los CSV de entrenamiento y de prueba de una vuelta.

    Args:
        a: lo que devuelve `argumentos`.
        semilla: la de la vuelta.
        carpeta: dónde dejar los que se creen.

    Raises:
        DatosInvalidos: un archivo no vale.
    """
    train, test = a.datos or MINI / "train.csv", a.prueba
    if test is None:
        train, test = parte(train, carpeta, semilla)
    if a.filas:
        train = remuestrea(train, carpeta, a.filas, semilla)
    return train, test


def elige(filas, pedidos, hay_fasttext):
    """Los métodos que se miden, en orden.

    Args:
        filas: artículos para entrenar; con muchos, los lentos no entran.
        pedidos: nombres separados por comas, o `None`; estos entran siempre.
        hay_fasttext: si está instalado.

    Raises:
        SystemExit: un nombre pedido no existe.
    """
    nombres = [n for n in METODOS if filas <= MUCHAS or n not in LENTOS]
    if pedidos:
        nombres = pedidos.split(",")
    sobran = [n for n in nombres if n not in METODOS]
    if sobran:
        raise SystemExit(f"No hay {sobran[0]}: usa {', '.join(METODOS)}.")
    return [n for n in nombres if hay_fasttext or not n.startswith("fastt")]


def mide(nombre, train, test, dispositivo, semilla):
    """Una medición, en un proceso nuevo.

    Raises:
        SystemExit: el método falló; muestra su error.
    """
    rutas = os.pathsep.join(str(RAIZ / r) for r in ("notebooks", "tests"))
    orden = [sys.executable, "-m", "banco.mide", nombre, train, test]
    hecho = subprocess.run(
        [*orden, dispositivo, str(semilla)],
        env={**os.environ, "PYTHONPATH": rutas, "PYTHONWARNINGS": "ignore"},
        capture_output=True,
        encoding="utf-8",
    )
    if hecho.returncode:
        raise SystemExit(f"{nombre} falló:\n{hecho.stderr}")
    return json.loads(hecho.stdout.splitlines()[-1])


def main():
    a = argumentos()
    hay_fasttext = importlib.util.find_spec("fasttext") is not None
    if not hay_fasttext:
        print("fastText no está: se mide sin él (en Python 3.13 no hay)")
    elige(0, a.metodos, hay_fasttext)  # un nombre que no existe, ya
    mediciones = {}
    with tqdm(total=a.rondas, unit="vuelta") as barra:
        for semilla in range(a.semilla, a.semilla + a.rondas):
            try:
                train, test = archivos(a, semilla)
                filas, de_prueba = cuenta(train), cuenta(test)
            except DatosInvalidos as error:
                raise SystemExit(str(error)) from None
            for nombre in elige(filas, a.metodos, hay_fasttext):
                barra.set_postfix_str(nombre)
                medido = mide(nombre, train, test, a.dispositivo, semilla)
                mediciones.setdefault(nombre, []).append(medido)
            barra.update()
    print(f"{filas} artículos para entrenar, {de_prueba} de prueba")
    resumen = resume(mediciones)
    imprime(resumen, filas)
    BUILD.mkdir(exist_ok=True)
    escribe(BUILD / "bench.json", json.dumps(resumen, indent=2))
    dibuja(resumen, BUILD / "bench.png")
    print("Guardado en build/bench.json y build/bench.png")


if __name__ == "__main__":
    main()
