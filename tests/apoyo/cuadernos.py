"""Lo que varias pruebas necesitan saber de los cuadernos."""

import json

from herramientas import lugares

RAIZ = lugares.RAIZ
CUADERNOS = lugares.cuadernos()


def lee(ruta):
    """El JSON tal cual: nbformat arregla en silencio lo que no cumple."""
    return json.loads(ruta.read_text(encoding="utf-8"))


def fuente(celda):
    return "".join(celda["source"])


def codigo(cuaderno):
    return [c for c in cuaderno["cells"] if c["cell_type"] == "code"]


def etiquetas(celda):
    return celda["metadata"].get("tags", [])


def imprime(celda):
    """Si la celda deja una salida que nbval compara (texto, no imagen)."""
    return any(
        s["output_type"] in ("stream", "error")
        or ("text/plain" in s["data"] and "image/png" not in s["data"])
        for s in celda["outputs"]
    )
