"""Las pruebas corren sin cuenta de Hugging Face, la haya o no aquí.

Con un token a mano, el capítulo 4 publicaría de verdad un modelo, y sus
salidas serían otras: solo pasan las variables de `herramientas.variables`.
Cada proceso da a sus kernels puertos que ningún otro tiene. También ponen a
dormir, y no a dar vueltas, los hilos de torch que esperan: así dos cuadernos
a la vez no se estorban. Y empiezan por los archivos que más tardan: así los
dos procesos acaban a la vez.
"""

import os
import tempfile

from herramientas import puertos
from herramientas.variables import con_casa, para_cuadernos

# De más a menos segundos; los demás, después. Cambiar el orden no cambia lo
# que se prueba, solo cuánto espera un proceso al otro.
LARGOS = (
    "test_jupyterlab.py",
    "test_colab.py",
    "test_ejercicios.py",
    "test_diapositivas.py",
    "test_distribuido.py",
    "04_compilar_guardar_subir.ipynb",
    "03_clasificador_dbpedia.ipynb",
    "test_capitulo_4.py",
    "test_guardado.py",
    "test_banco.py",
    "test_puente_torchtext.py",
    "02_regresion_lineal.ipynb",
    "test_hub.py",
)


def pytest_configure(config):
    config.casa = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
    entorno = para_cuadernos(con_casa(dict(os.environ)), config.casa.name)
    entorno.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.clear()
    os.environ.update(entorno)
    puertos.activa()


def pytest_collection_modifyitems(items):
    puesto = {nombre: i for i, nombre in enumerate(LARGOS)}
    items.sort(key=lambda prueba: puesto.get(prueba.path.name, len(puesto)))


def pytest_unconfigure(config):
    config.casa.cleanup()
