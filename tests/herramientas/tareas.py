# -*- coding: utf-8 -*-
"""Las órdenes del curso: `python tests/herramientas/tareas.py run`.

Es lo que hay detrás de `make` en Linux y macOS y de `make.bat` en Windows.
Solo usa la biblioteca estándar y arranca con cualquier Python desde 3.8,
para poder decir cuál hace falta; con uno anterior, también lo dice.
"""

import os
import sys

if sys.version_info < (3, 8):
    sys.exit(
        "Este Python es demasiado viejo: el curso necesita Python 3.11, 3.12 "
        "o 3.13. Instala Python 3.13 y repite."
    )

if not __package__:  # llamado por su ruta: su paquete está una más arriba
    pruebas = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    cuadernos = os.path.join(os.path.dirname(pruebas), "notebooks")
    sys.path[:1] = [pruebas, cuadernos]

from herramientas.consola import NoSePuede, con_sustitutos
from herramientas.copia import carpeta_de_trabajo
from herramientas.lugares import RAIZ
from herramientas.ordenes import ORDENES, VALORES, Curso

# Estas no escriben en el curso, o solo tienen sentido en el original.
EN_EL_ORIGINAL = ("enlaces", "clean", "help")


def separa(argumentos, entorno):
    """De lo escrito, las órdenes, los valores y lo demás.

    Args:
        argumentos: lista de textos, `["bench", "DATOS=a.csv"]`.
        entorno: dict de donde salen los valores que no se escribieron; ahí
            los deja `make`.

    Returns:
        tuple: lista de órdenes, dict de valores, lista de opciones.
    """
    valores = {n: entorno[n] for n in VALORES if entorno.get(n)}
    ordenes, opciones = [], []
    for argumento in argumentos:
        nombre, igual, valor = argumento.partition("=")
        if igual and nombre in VALORES:
            valores[nombre] = valor
        elif opciones or argumento.startswith("-"):
            opciones.append(argumento)
        else:
            ordenes.append(argumento)
    return ordenes, valores, opciones


def dice(frase, codigo):
    """Escribe la frase donde van los errores; devuelve `codigo`."""
    sys.stderr.write(frase + "\n")
    return codigo


def main(argumentos, raiz=RAIZ, entorno=os.environ):
    """Hace las órdenes, una tras otra. Devuelve cómo terminó."""
    con_sustitutos()
    ordenes, valores, opciones = separa(argumentos, entorno)
    if opciones in (["-h"], ["--help"]):
        ordenes, opciones = ["help"], []
    for orden in ordenes or ["help"]:
        if orden not in ORDENES:
            return dice(
                "No hay una orden «{}». Están: {}.".format(
                    orden, ", ".join(ORDENES)
                ),
                codigo=2,
            )
    try:
        for orden in ordenes or ["help"]:
            lugar = raiz
            if orden not in EN_EL_ORIGINAL:
                lugar = carpeta_de_trabajo(raiz)
            codigo = ORDENES[orden](Curso(lugar, valores, opciones))
            if codigo:
                # Un proceso que muere por una señal da un número negativo.
                return codigo if codigo > 0 else 128 - codigo
    except NoSePuede as frase:
        return dice(str(frase), codigo=1)
    except KeyboardInterrupt:
        return dice("\nInterrumpido.", codigo=130)
    except OSError as error:
        return dice(
            "No pude escribir o leer {}: {}. Revisa el sitio en el disco y "
            "los permisos, y repite.".format(
                error.filename or "un archivo", error.strerror or error
            ),
            codigo=1,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
