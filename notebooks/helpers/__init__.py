"""Lo que comparten los cuatro cuadernos del curso.

Importarlo deja `import torchtext` listo (`puente_torchtext`).
"""

from helpers import puente_torchtext
from helpers.dbpedia import CLASES, DBpedia, descarga_dbpedia
from helpers.ejercicios import comprueba, progreso
from helpers.entorno import elige_dispositivo, fija_semilla
from helpers.errores import DatosInvalidos, DescargaFallida
from helpers.graficas import aplica_estilo, plot_perdidas

puente_torchtext.activa()

__all__ = [
    "CLASES",
    "DBpedia",
    "DatosInvalidos",
    "DescargaFallida",
    "aplica_estilo",
    "comprueba",
    "descarga_dbpedia",
    "elige_dispositivo",
    "fija_semilla",
    "plot_perdidas",
    "progreso",
]
