"""Escribir un cuaderno con los mismos bytes en todas partes."""

import nbformat

from archivos import escribe


def escribe_cuaderno(cuaderno, ruta):
    """Escribe entero un cuaderno de nbformat, o deja el que había."""
    escribe(ruta, nbformat.writes(cuaderno).rstrip() + "\n")
