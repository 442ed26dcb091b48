"""Hablar con quien está en la terminal, sea cual sea su terminal."""

import sys


class NoSePuede(Exception):
    """Una frase: qué pasó y qué hacer. Se muestra sin traza."""


def con_sustitutos():
    """Lo que la terminal no sepa escribir sale como «?», y no la detiene.

    Una terminal ASCII (`LC_ALL=C`) o de Windows (cp1252, cp850) no tiene
    todas las letras ni rayas de una tabla.
    """
    for salida in (sys.stdout, sys.stderr):
        if hasattr(salida, "reconfigure"):
            salida.reconfigure(errors="replace")
