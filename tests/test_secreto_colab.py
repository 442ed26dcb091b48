"""El secreto `HF_TOKEN` de Colab, con unos secretos de mentira.

La celda que pregunta quién eres se ejecuta tal cual, en un proceso que para
huggingface_hub es Colab. Comprueba lo que el capítulo 4 promete: que sin
secreto sigue con una frase, que agregarlo después no basta, y que reiniciar
la sesión sí.
"""

import json
import os
import subprocess
import sys

import pytest

from apoyo import sin_torch
from apoyo.cuadernos import RAIZ, codigo, fuente, lee
from apoyo.hub_local import HubLocal

CAPITULO = RAIZ / "notebooks" / "04_compilar_guardar_subir.ipynb"
PREGUNTA = next(
    fuente(c) for c in codigo(lee(CAPITULO)) if c["id"] == "s311-quien-soy"
)
TEXTO = "".join(
    fuente(c) for c in lee(CAPITULO)["cells"] if c["id"].startswith("s311-")
)
BUENO = "hf_bueno0001"

COLAB = f"""{sin_torch.paquete("helpers")}
import builtins, json

secretos = {{}}
userdata = types.ModuleType("google.colab.userdata")
errors = types.ModuleType("google.colab.errors")
errors.Error = type("Error", (Exception,), {{}})
for nombre in ("SecretNotFoundError", "NotebookAccessError"):
    setattr(userdata, nombre, type(nombre, (errors.Error,), {{}}))

def get(nombre):
    if nombre not in secretos:
        raise userdata.SecretNotFoundError(nombre)
    valor, permitido = secretos[nombre]
    if not permitido:
        raise userdata.NotebookAccessError(nombre)
    return valor

userdata.get = get
colab = types.ModuleType("google.colab")
colab.userdata, colab.errors = userdata, errors
sys.modules["google"] = types.ModuleType("google")
sys.modules["google"].colab = colab
for modulo in (colab, userdata, errors):
    sys.modules[modulo.__name__] = modulo
builtins.get_ipython = lambda: "<google.colab._shell.Shell object>"

nombres = {{}}
for paso in json.loads(sys.argv[1]):
    secretos.clear()
    secretos.update(paso)
    exec({PREGUNTA!r}, nombres)
    print("usuario:", nombres["usuario"])
"""


@pytest.fixture
def sesion(tmp_path):
    """Una sesión de Colab: de los secretos en cada paso a lo que se ve."""
    with HubLocal(tmp_path / "servidor") as hub:
        hub.usuarios[BUENO] = "ana", "write"

        def empieza(*pasos):
            entorno = os.environ | {
                "HF_ENDPOINT": hub.url,
                "HF_HOME": str(tmp_path / "casa"),
            }
            hecho = subprocess.run(
                [sys.executable, "-c", COLAB, json.dumps(pasos)],
                cwd=RAIZ / "notebooks",
                env=entorno,
                capture_output=True,
                encoding="utf-8",
            )
            assert hecho.returncode == 0, hecho.stderr
            assert BUENO not in hecho.stdout + hecho.stderr
            return hecho.stdout.splitlines()

        yield empieza


def test_con_secreto_y_permiso_entra(sesion):
    assert sesion({"HF_TOKEN": (BUENO, True)}) == ["usuario: ana"]


@pytest.mark.parametrize("antes", [{}, {"HF_TOKEN": (BUENO, False)}])
def test_agregarlo_despues_no_basta_y_reiniciar_si(sesion, antes):
    """Lo que dice el texto: el «no» se recuerda toda la sesión."""
    frase, nadie, otra_vez, sigue_nadie = sesion(
        antes, {"HF_TOKEN": (BUENO, True)}
    )
    assert frase.startswith("No encuentro un token de Hugging Face")
    assert otra_vez == frase
    assert nadie == sigue_nadie == "usuario: None"
    assert sesion({"HF_TOKEN": (BUENO, True)}) == ["usuario: ana"]


def test_el_texto_dice_las_dos_cosas():
    assert "interruptor" in TEXTO
    assert "reinicia la sesión" in TEXTO
