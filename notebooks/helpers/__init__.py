"""Lo que comparten los cuatro cuadernos del curso.

Importarlo deja `import torchtext` listo (`puente_torchtext`). Las gráficas se
importan aparte, de `helpers.graficas`: quien no dibuja no espera a matplotlib.
"""

from helpers import puente_torchtext
from helpers.dbpedia import CLASES, DBpedia, descarga_dbpedia
from helpers.ejercicios import comprueba, progreso
from helpers.entorno import elige_dispositivo, fija_semilla
from helpers.errores import DatosInvalidos, DescargaFallida

puente_torchtext.activa()

__all__ = [
    "CLASES",
    "DBpedia",
    "DatosInvalidos",
    "DescargaFallida",
    "comprueba",
    "descarga_dbpedia",
    "elige_dispositivo",
    "fija_semilla",
    "progreso",
]
