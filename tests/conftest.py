"""Las pruebas corren sin cuenta de Hugging Face, la haya o no aquí.

Con un token a mano, el capítulo 4 publicaría de verdad un modelo, y sus
salidas serían otras. También ponen a dormir, y no a dar vueltas, los hilos
de torch que esperan: así dos cuadernos a la vez no se estorban. Y empiezan
por los archivos que más tardan: así los dos procesos acaban a la vez.
"""

import os
import tempfile

CUENTA = (
    "HF_TOKEN",
    "HUGGING_FACE_HUB_TOKEN",
    "HF_TOKEN_PATH",
    "HF_OIDC_RESOURCE",
    "HF_ENDPOINT",
)

# De más a menos segundos; los demás, después. Cambiar el orden no cambia lo
# que se prueba, solo cuánto espera un proceso al otro.
LARGOS = (
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
    for nombre in CUENTA:
        os.environ.pop(nombre, None)
    config.casa_del_hub = tempfile.TemporaryDirectory()
    os.environ["HF_HOME"] = config.casa_del_hub.name
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ["CURSO_PROGRESO"] = ""  # el del estudiante ni se lee ni se toca


def pytest_collection_modifyitems(items):
    puesto = {nombre: i for i, nombre in enumerate(LARGOS)}
    items.sort(key=lambda prueba: puesto.get(prueba.path.name, len(puesto)))


def pytest_unconfigure(config):
    config.casa_del_hub.cleanup()
