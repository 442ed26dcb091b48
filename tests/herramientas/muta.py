"""Cambia el código en un punto y mira si alguna prueba se entera.

    PYTHONPATH=notebooks:tests python -m herramientas.muta \\
        notebooks/helpers/texto.py [--cuantos 12] [--semilla 1]

Cada cambio (`<` por `<=`, una instrucción menos…) es un *mutante*. El que pasa
las pruebas vive: o da lo mismo, o ahí hay un hueco. Se muta una copia.
"""

import argparse
import ast
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from herramientas.copia import SOBRA
from herramientas.lugares import RAIZ

OTRO = {"Eq": "NotEq", "Is": "IsNot", "In": "NotIn", "Lt": "LtE", "Gt": "GtE"}
OTRO |= {"Add": "Sub", "And": "Or", "BitOr": "BitAnd"}
OTRO |= {nuevo: viejo for viejo, nuevo in OTRO.items()}
OTRO |= {"Mult": "Add", "Div": "Mult", "FloorDiv": "Add", "Mod": "Add"}
SE_QUITAN = ast.Expr, ast.Raise, ast.AugAssign, ast.Continue, ast.Break


def _otro(op):
    return getattr(ast, OTRO.get(type(op).__name__, ""), lambda: None)()


def _cambios(nodo):
    """Los de un nodo: (qué se hace, a qué, campo, valor nuevo)."""
    if nuevo := _otro(getattr(nodo, "op", None)):
        yield "otro operador", nodo, "op", nuevo
    if isinstance(nodo, ast.Compare) and (nuevo := _otro(nodo.ops[0])):
        yield "otra comparación", nodo, "ops", [nuevo, *nodo.ops[1:]]
    if isinstance(nodo, ast.If | ast.IfExp):
        yield "siempre", nodo.test, "test", ast.Constant(True)
        yield "nunca", nodo.test, "test", ast.Constant(False)
    if isinstance(nodo, ast.Return) and nodo.value:
        yield "devuelve None", nodo, "value", ast.Constant(None)
    if isinstance(nodo, ast.Call):
        for k in nodo.keywords:
            quedan = [otra for otra in nodo.keywords if otra is not k]
            yield f"sin {k.arg}", nodo, "keywords", quedan
    if isinstance(valor := getattr(nodo, "value", None), int | float):
        nuevo = not valor if isinstance(valor, bool) else valor + 1
        yield f"{nuevo}, y no", nodo, "value", nuevo
    cuerpo = nodo.body if isinstance(getattr(nodo, "body", 0), list) else []
    for i, parte in enumerate(cuerpo):
        es_texto = isinstance(getattr(parte, "value", 0), ast.Constant)
        if isinstance(parte, SE_QUITAN) and not es_texto:
            quedan = [*cuerpo[:i], ast.Pass(), *cuerpo[i + 1 :]]
            yield "quita", parte, "body", quedan


def mutantes(fuente):
    """Da (línea, qué cambia, código nuevo) de cada mutante."""
    arbol = ast.parse(fuente)
    for nodo in list(ast.walk(arbol)):
        for que, parte, campo, nuevo in list(_cambios(nodo)):
            dicho = f"{que}: {ast.unparse(parte).splitlines()[0][:60]}"
            viejo = getattr(nodo, campo)
            setattr(nodo, campo, nuevo)
            yield getattr(parte, "lineno", 0), dicho, ast.unparse(arbol)
            setattr(nodo, campo, viejo)


def pasan(copia, pruebas, limite_s):
    """Si las pruebas pasan en la copia antes de `limite_s` segundos."""
    fijas = "-xq -o addopts= -p no:cacheprovider -p apoyo.sin_cuenta".split()
    # Sin `.pyc`: el de un mutante podría valer para el siguiente.
    unos = ("PYTHONDONTWRITEBYTECODE", "PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    entorno = os.environ | dict.fromkeys(unos, "1") | {"PYTHONPATH": ""}
    try:
        orden = [sys.executable, "-m", "pytest", *fijas, *pruebas]
        opciones = {"capture_output": True, "timeout": limite_s}
        hecho = subprocess.run(orden, cwd=copia, env=entorno, **opciones)
        return hecho.returncode == 0
    except subprocess.TimeoutExpired:
        return False


def mide(modulo, pruebas, cuantos, azar):
    """Da (línea, qué cambia, si vive) de `cuantos` mutantes al azar."""
    with tempfile.TemporaryDirectory() as temporal:
        copia = Path(temporal, "curso")
        shutil.copytree(RAIZ, copia, ignore=shutil.ignore_patterns(*SOBRA))
        ruta, inicio = copia / modulo, time.monotonic()
        todos = list(mutantes(ruta.read_text(encoding="utf-8")))
        if not pasan(copia, pruebas, 1800):
            sys.exit(f"{modulo}: sus pruebas fallan sin cambiar nada.")
        limite_s = 10 + 4 * (time.monotonic() - inicio)
        azar.shuffle(todos)
        for linea, dicho, nuevo in todos[:cuantos]:
            ruta.write_text(nuevo, encoding="utf-8")
            yield linea, dicho, pasan(copia, pruebas, limite_s)


def main(lista=None):
    p = argparse.ArgumentParser(prog="herramientas.muta")
    p.add_argument("modulo")
    p.add_argument("pruebas", nargs="*")
    p.add_argument("--cuantos", type=int, default=12)
    p.add_argument("--semilla", type=int, default=0)
    a = p.parse_args(lista)
    pruebas = a.pruebas or [f"tests/test_{Path(a.modulo).stem}.py"]
    # Hay código que detiene a su padre: mutado, podría ser este.
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    azar = random.Random(a.semilla)
    for linea, dicho, vive in mide(a.modulo, pruebas, a.cuantos, azar):
        print(f"{'VIVE ' if vive else 'muere'} {linea} {dicho}", flush=True)


if __name__ == "__main__":
    main()
