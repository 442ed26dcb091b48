"""4.2: el reto de la carpeta propia, lista para publicar."""

from ejercicios.carpeta import revisa_carpeta
from ejercicios.piezas import ejercicio


@ejercicio("4.2", segundos=15)
def publica(carpeta):
    """Reto: tu carpeta, lista"""
    return revisa_carpeta(carpeta)
