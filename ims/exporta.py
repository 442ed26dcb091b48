"""Copia a ims/ la figura del README: la que el capítulo 3 dejó guardada.

La llaman `make figuras` y `make outputs`, y así nunca se separan.
"""

import base64
import json
from pathlib import Path

AQUI = Path(__file__).resolve().parent
CUADERNO = AQUI.parent / "notebooks" / "03_clasificador_dbpedia.ipynb"
CELDA = "s38-dibuja"
DESTINO = AQUI / "3" / "resultado.png"


def figura():
    """Los bytes del PNG que está en la salida de la celda."""
    cuaderno = json.loads(CUADERNO.read_text(encoding="utf-8"))
    (celda,) = (c for c in cuaderno["cells"] if c["id"] == CELDA)
    (png,) = (
        salida["data"]["image/png"]
        for salida in celda["outputs"]
        if "image/png" in salida.get("data", {})
    )
    return base64.b64decode(png)


if __name__ == "__main__":
    DESTINO.write_bytes(figura())
    print(f"ims/3/{DESTINO.name}")
