"""Escribe la dirección del repositorio: `enlaces.py dueño/nombre [RAÍZ]`.

La cambia en las insignias y la celda de Colab de los cuadernos y en el
README, de una vez. Quien publica el curso lo hace antes de publicarlo.
"""

import re
import sys
from pathlib import Path

from archivos import escribe
from herramientas.lugares import RAIZ, cuadernos

NOMBRE = r"[A-Za-z0-9][\w.-]*/[\w.-]*\w"
CLON = re.compile(
    rf'(?:git clone [^\n"]*|REPO = \\?")https://github\.com/({NOMBRE})'
)


def archivos(raiz):
    """Los que llevan la dirección: el README y los cuadernos."""
    return [raiz / "README.md", *cuadernos(raiz)]


def actual(raiz):
    """El `dueño/nombre` que hay ahora, el de la celda de Colab del 1."""
    primero = archivos(raiz)[1]
    return CLON.search(primero.read_text(encoding="utf-8"))[1]


def cambia(raiz, nuevo):
    """Pone `nuevo` en lugar del repositorio actual.

    Args:
        raiz: `Path` del curso.
        nuevo: `dueño/nombre`.

    Yields:
        (str, int): nombre de cada archivo y cuántas direcciones cambió.
    """
    # Solo tras un «github»: el nombre podría estar también en un texto.
    vieja = re.compile(rf"(github(?:\.com)?/){re.escape(actual(raiz))}(?!\w)")
    for ruta in archivos(raiz):
        texto = ruta.read_text(encoding="utf-8")
        texto, veces = vieja.subn(rf"\g<1>{nuevo}", texto)
        escribe(ruta, texto)
        yield ruta.name, veces


def main(nuevo="", raiz=RAIZ):
    if not re.fullmatch(NOMBRE, nuevo):
        print(
            f"{nuevo!r} no es dueño/nombre. Escribe, por ejemplo: "
            "make enlaces REPO=ana/curso-pytorch",
            file=sys.stderr,
        )
        return 2
    for nombre, veces in cambia(Path(raiz), nuevo):
        print(f"{nombre}: {veces}")
    print(f"Todo lleva ahora a {nuevo}")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
