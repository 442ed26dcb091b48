"""Las pruebas corren sin cuenta de Hugging Face, la haya o no aquí.

Con un token a mano, el capítulo 4 publicaría de verdad un modelo, y sus
salidas serían otras: solo pasan las variables de `herramientas.variables`.
`pyproject.toml` carga esto siempre, también con `pytest` a secas sobre un
cuaderno. Cada proceso da a sus kernels puertos que ningún otro tiene, y los
hilos de torch que esperan duermen en vez de dar vueltas: así dos cuadernos a
la vez no se estorban.
"""

import os
import tempfile

from herramientas import puertos
from herramientas.variables import con_casa, para_cuadernos


def pytest_configure(config):
    config.casa = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    entorno = para_cuadernos(con_casa(dict(os.environ)), config.casa.name)
    entorno.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.clear()
    os.environ.update(entorno)
    puertos.activa()


def pytest_unconfigure(config):
    config.casa.cleanup()
