"""Dibuja las figuras del curso en ims/1 … ims/4: `make figuras`.

Cada capítulo tiene su archivo `capitulo_N.py` con un diccionario FIGURAS:
nombre del PNG → función que devuelve la figura de matplotlib.
"""

import importlib
import sys
from pathlib import Path

import matplotlib

AQUI = Path(__file__).resolve().parent
sys.path[:0] = [str(AQUI), str(AQUI.parent / "notebooks")]
matplotlib.use("Agg")


def main():
    import matplotlib.pyplot as plt

    from helpers.graficas import aplica_estilo

    aplica_estilo()
    for archivo in sorted(AQUI.glob("capitulo_*.py")):
        capitulo = importlib.import_module(archivo.stem)
        carpeta = AQUI / archivo.stem.removeprefix("capitulo_")
        carpeta.mkdir(exist_ok=True)
        for nombre, dibuja in capitulo.FIGURAS.items():
            figura = dibuja()
            # Sin fecha ni versión: redibujar sin cambios no cambia el PNG.
            figura.savefig(
                carpeta / nombre, dpi=150, metadata={"Software": None}
            )
            plt.close(figura)
            print(f"ims/{carpeta.name}/{nombre}")


if __name__ == "__main__":
    main()
