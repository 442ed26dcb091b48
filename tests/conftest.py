"""Las pruebas corren sin cuenta de Hugging Face, la haya o no aquí.

Con un token a mano, el capítulo 4 publicaría de verdad un modelo, y sus
salidas serían otras. También ponen a dormir, y no a dar vueltas, los hilos
de torch que esperan: así dos cuadernos a la vez no se estorban.
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


def pytest_configure(config):
    for nombre in CUENTA:
        os.environ.pop(nombre, None)
    config.casa_del_hub = tempfile.TemporaryDirectory()
    os.environ["HF_HOME"] = config.casa_del_hub.name
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")


def pytest_unconfigure(config):
    config.casa_del_hub.cleanup()
