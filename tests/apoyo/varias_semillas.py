"""Lo que corre cada proceso en `test_distribuido`: varios entrenamientos.

`main` deja en `resultado.json` las exactitudes y lo que le tocó a cada
proceso.
"""

import json
from itertools import islice
from pathlib import Path

from distribuido.entrena import argumentos, entrena, junta
from distribuido.procesos import de_todos, grupo
from helpers import DBpedia
from helpers.texto import numera


def corre(datos, salida, semillas, quien):
    """Exactitud en prueba de cada semilla, una lista (en el proceso 0)."""
    opciones = ["--datos", str(datos), "--cada", "1000"]
    exactitudes = []
    for semilla in semillas:
        carpeta = Path(salida) / Path(datos).name / semilla
        a = argumentos(
            [*opciones, "--salida", str(carpeta), "--semilla", semilla]
        )
        exactitudes.append(entrena(a, *quien))
    return exactitudes


def reparto(datos, proceso, procesos):
    """Vocabulario de cada proceso, y sus ids, inicios y clases."""
    filas = islice(DBpedia(datos, "train"), proceso, None, procesos)
    vocab, propios = numera(filas, junta)
    return de_todos((list(vocab), [tensor.tolist() for tensor in propios]))


def main(datos, salida, semillas):
    with grupo("cpu") as quien:
        _, proceso, procesos = quien
        resultado = {
            "reparto": reparto(datos, proceso, procesos),
            "exactitudes": corre(datos, salida, semillas, quien),
        }
        mini = Path(salida) / "mini" / "42"  # sin más: lo que hace el curso
        entrena(argumentos(["--salida", str(mini)]), *quien)
        if proceso == 0:
            ruta = Path(salida) / "resultado.json"
            ruta.write_text(json.dumps(resultado), encoding="utf-8")
