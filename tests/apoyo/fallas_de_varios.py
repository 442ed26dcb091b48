"""Lo que corre cada proceso en `test_distribuido`: fallas de uno solo.

Todas, con un solo grupo. `main` deja en `dicho-RANK.json` lo que supo cada
proceso de cada falla.
"""

import json
import os
import time

import pytest

from distribuido import entrena as modulo
from distribuido.procesos import DeTodos, de_todos, grupo, juntos

NOMBRES = ("train.csv", "test.csv")
FILA = '{},"Acme","Acme is number {}."\n'
BUENAS = [FILA.format(i % 14 + 1, i) for i in range(64)]
FALLAS = {
    "nada": (BUENAS, BUENAS),
    "tres filas": (BUENAS[:3], BUENAS),
    "una sola fila": (BUENAS[:1], BUENAS),
    "una fila mala": ([*BUENAS[:-1], "99,a,b\n"], BUENAS),
    "prueba mala": (BUENAS, ["99,a,b\n"]),
    "impares vacías": (
        [f if i % 2 == 0 else '1,"",""\n' for i, f in enumerate(BUENAS)],
        BUENAS,
    ),
    "todas vacías": (['1,"",""\n'] * 64, BUENAS),
    "disco lleno": (BUENAS, BUENAS),
}


def lleno(ruta, *_):
    raise OSError(28, "No space left on device", str(ruta))


TERMINA = modulo.termina


def tarda(*partes):
    """El proceso 0 aún escribe cuando los demás ya acabaron."""
    time.sleep(0.5)
    return TERMINA(*partes)


def corre(carpeta, falla, quien):
    """La frase de una falla en este proceso; None si entrenó."""
    salida = carpeta / "salida" / falla
    orden = ["--datos", str(carpeta / falla), "--salida", str(salida)]
    orden += ["--cada", "4"]  # se guarda también a mitad de camino
    with pytest.MonkeyPatch.context() as m:
        if falla == "disco lleno":
            m.setattr(os, "fsync", lleno)
        m.setattr(modulo, "termina", tarda)
        try:
            with juntos():
                modulo.entrena(modulo.argumentos(orden), *quien)
        except DeTodos as error:
            return str(error)
    modelo = salida / "modelo.safetensors"
    return None if modelo.is_file() else "no esperó al proceso 0"


def main(carpeta):
    with grupo("cpu") as quien:
        _, proceso, _ = quien
        if proceso == 0:
            for falla, partes in FALLAS.items():
                (carpeta / falla).mkdir()
                for nombre, filas in zip(
                    ("train", "test"), partes, strict=True
                ):
                    ruta = carpeta / falla / f"{nombre}.csv"
                    ruta.write_text("".join(filas), "utf-8")
        de_todos(None)
        dicho = {falla: corre(carpeta, falla, quien) for falla in FALLAS}
        (carpeta / f"dicho-{proceso}.json").write_text(json.dumps(dicho))
