"""Escribir un cuaderno con los mismos bytes en todas partes."""

import nbformat

from archivos import escribe


def escribe_cuaderno(cuaderno, ruta):
    """Escribe entero un cuaderno de nbformat, o deja el que había."""
    texto = nbformat.writes(cuaderno)
    escribe(ruta, texto if texto.endswith("\n") else texto + "\n")
