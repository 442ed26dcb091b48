"""Qué ejercicios hay: su número, quién los revisa y con qué límites."""

import re
from importlib import import_module
from importlib.util import find_spec

EJERCICIOS = {}  # número → función que revisa; el orden es el del curso
SEGUNDOS = 15
MIB = 1024


class Pista(Exception):
    """Lo que le falta a una respuesta, dicho en una frase."""


def ejercicio(numero, segundos=SEGUNDOS, mib=MIB):
    """Apunta la función que revisa el ejercicio `numero`.

    Esa función recibe lo que el estudiante entregó, lanza `Pista` si le falta
    algo y, si no, devuelve la frase que cierra. La primera línea de su
    docstring es el título (hasta 32 letras).

    Args:
        numero: como "3.4b"; en una clínica de errores, "2.c1".
        segundos: lo más que puede durar la revisión.
        mib: la memoria que puede pedir de más; None, sin tope (hace falta
            si la revisión lanza otros procesos).
    """

    def apunta(revisa):
        EJERCICIOS[numero] = revisa
        revisa.segundos, revisa.mib = segundos, mib
        return revisa

    return apunta


def titulo(numero):
    """La primera línea del docstring de quien revisa el ejercicio."""
    return (EJERCICIOS[numero].__doc__ or "").partition("\n")[0]


def cuaderno_de(numero):
    """El cuaderno (1 a 4) de un ejercicio, o None si el número no lo es.

    >>> cuaderno_de("1.3a"), cuaderno_de("3.8"), cuaderno_de("3.10b")
    (1, 3, 4)
    >>> cuaderno_de("2.c1"), cuaderno_de("4.r3")
    (2, 4)
    """
    suelto = re.fullmatch(r"(\d+)\.[cr]\d+", numero)
    if suelto is not None:
        return int(suelto[1])
    partes = re.fullmatch(r"(\d+)(?:\.(\d+))?[a-z]?", numero)
    if partes is None:
        return None
    mayor, menor = int(partes[1]), int(partes[2] or 0)
    return 4 if (mayor, menor) >= (3, 9) else mayor


def carga(nombre):
    """El módulo `ejercicios.<nombre>`, o None si no lo hay."""
    modulo = f"ejercicios.{nombre}"
    return import_module(modulo) if find_spec(modulo) else None


def del_cuaderno(cuaderno):
    """Los números de los ejercicios de un cuaderno, en orden.

    Args:
        cuaderno: de 1 a 4; con otro, o sin ejercicios, no hay ninguno.

    Returns:
        list[str]
    """
    carga(f"cap{cuaderno}")
    return [n for n in EJERCICIOS if cuaderno_de(n) == cuaderno]
