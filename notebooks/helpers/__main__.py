"""`python -m helpers`: instala lo que al entorno le falte para el curso."""

from helpers.puente_torchtext import instala

if __name__ == "__main__":
    instala()
