"""Lo que recorre un texto, de los datos a su clase, y lo que lo rodea.

Aquí no hay ejercicios (`ejercicios/`), programas (`distribuido/`), taller
(`taller/`) ni lo que se publica (`publica/`).
Importarlo deja `import torchtext` listo (`puente_torchtext`). Las gráficas se
importan aparte, de `helpers.graficas`: quien no dibuja no espera a matplotlib.
"""

import puente_torchtext
from helpers import instala
from helpers.dbpedia import CLASES, DBpedia
from helpers.descarga import descarga_dbpedia
from helpers.entorno import elige_dispositivo, fija_semilla
from helpers.errores import DatosInvalidos, DescargaFallida

puente_torchtext.activa(
    instala.VERSION, instala.version_instalada(), instala.ORDEN
)

__all__ = [
    "CLASES",
    "DBpedia",
    "DatosInvalidos",
    "DescargaFallida",
    "descarga_dbpedia",
    "elige_dispositivo",
    "fija_semilla",
]
