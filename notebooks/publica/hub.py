"""Publicar en el Hub: sus errores, dichos en una frase, y sin esperar de más.

`huggingface_hub` repite por su cuenta lo que falla. Aquí se le pone un
límite: si en `ESPERA_S` no llega una respuesta buena, se dice y se sigue.
"""

import os
import re
from contextlib import contextmanager
from textwrap import shorten
from time import monotonic

from huggingface_hub import constants
from huggingface_hub.errors import (
    BadRequestError,
    HfHubHTTPError,
    HFValidationError,
    LocalTokenNotFoundError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
)
from huggingface_hub.utils import hf_raise_for_status, set_client_factory
from huggingface_hub.utils._http import default_client_factory

from helpers.errores import causas, frase_de_disco, frase_de_red

ESPERA_S = 25
# La parte de Xet no es de Python: sin esto, repite durante minuto y medio.
os.environ.setdefault("HF_XET_CLIENT_RETRY_MAX_ATTEMPTS", "2")

SIN_TOKEN = (
    "No encuentro un token de Hugging Face: no se sube nada. Si quieres "
    "publicar, déjalo en HF_TOKEN."
)
RECHAZADO = (
    "El Hub no acepta el token (401): está mal copiado, venció o se borró. "
    "Crea otro en huggingface.co/settings/tokens."
)
TOKEN_RARO = (
    "El token tiene caracteres que no son suyos, como comillas, espacios o "
    "un salto de línea: cópialo otra vez, solo, en HF_TOKEN."
)
SIN_PERMISO = (
    "El Hub no te deja escribir ahí (403): el token es de solo lectura o el "
    "repositorio es de otra cuenta. Usa un token «write» y tu usuario."
)
NO_EXISTE = (
    "Ese repositorio no existe (404), o tu token no puede verlo: revisa el "
    "nombre o créalo con create_repo."
)
CAMBIO = (
    "El repositorio cambió mientras subías (412): ejecuta otra vez la celda."
)
PESADO = (
    "El Hub no acepta algo tan grande (413): deja en la carpeta solo los "
    "archivos de tu modelo y ejecuta otra vez la celda."
)
MAL_NOMBRE = (
    "Ese nombre de repositorio no vale: usa letras sin acento, números, "
    "guiones y puntos, como ana/clasificador-dbpedia."
)
SIN_RED = (
    "No hay conexión con el Hub, o se cortó. Allá no queda nada a medias: "
    "ejecuta otra vez la celda."
)
APAGADO = (
    "La variable HF_HUB_OFFLINE prohíbe salir a la red: bórrala y reinicia "
    "el kernel."
)
MALA_DIRECCION = (
    "La variable HF_ENDPOINT dice «{}», y tiene que empezar por https://: "
    "corrígela o bórrala, y reinicia el kernel."
)
SIN_IDENTIDAD = (
    "La variable HF_OIDC_RESOURCE pide la identidad de una integración "
    "continua, y aquí no la hay: bórrala y reinicia el kernel."
)
SIGUE = "El curso sigue con la carpeta local."
# El nombre dice la causa, venga de `httpx` o de `httpx2`; hay clases que la
# versión de Colab aún no tiene.
_DEL_CLIENTE = {
    "LocalProtocolError": TOKEN_RARO,
    "UnsupportedProtocol": MALA_DIRECCION.format(constants.ENDPOINT),
    "InvalidURL": MALA_DIRECCION.format(constants.ENDPOINT),
    "OIDCError": SIN_IDENTIDAD,
}
_POR_ESTADO = {401: RECHAZADO, 403: SIN_PERMISO, 412: CAMBIO, 413: PESADO}


def _por_estado(estado, espera=""):
    if estado == 429:
        cuanto = f"{espera} segundos" if espera.isdecimal() else "un rato"
        return (
            "El Hub recibió demasiadas peticiones tuyas (429): espera "
            f"{cuanto} y ejecuta otra vez la celda."
        )
    if estado >= 500:
        return (
            f"El Hub respondió {estado}: el fallo es suyo. Inténtalo más "
            "tarde; su estado está en status.huggingface.co."
        )
    return _POR_ESTADO.get(
        estado,
        f"El Hub respondió {estado} y no hizo nada: revisa el nombre del "
        "repositorio y la ficha, y ejecuta otra vez la celda.",
    )


def frase(error):
    """Dice en español qué pasó con el Hub.

    Args:
        error: excepción que lanzó `huggingface_hub`.

    Returns:
        str o None: None si el error no es del Hub ni de la red.
    """
    serie = list(causas(error))
    if isinstance(error, LocalTokenNotFoundError):
        return SIN_TOKEN
    if isinstance(error, HFValidationError):
        return MAL_NOMBRE
    if isinstance(error, ValueError) and any(
        isinstance(causa, BadRequestError) for causa in serie
    ):
        motivo = shorten(str(error).partition("\n")[2], 90, placeholder=" …")
        return (
            f"El Hub no acepta el encabezado de la ficha: {motivo}. Corrige "
            "lo que va entre las líneas --- y ejecuta otra vez la celda."
        )
    if isinstance(error, OSError) and error.filename:
        # El token y la caché son los archivos que lee y escribe el cliente.
        for variable in ("HF_TOKEN_PATH", "HF_HOME"):
            ruta = os.path.realpath(getattr(constants, variable))
            if os.path.realpath(error.filename).startswith(ruta):
                que = frase_de_disco(error, ruta)
                return f"{que} Su lugar lo dice la variable {variable}."
        return None
    for causa in serie:
        if isinstance(causa, OfflineModeIsEnabled):
            return APAGADO
        if isinstance(causa, RepositoryNotFoundError):
            return NO_EXISTE
        if isinstance(causa, HfHubHTTPError):
            respuesta = causa.response
            espera = respuesta.headers.get("Retry-After", "")
            return _por_estado(respuesta.status_code, espera)
        if type(causa).__name__ in _DEL_CLIENTE:
            return _DEL_CLIENTE[type(causa).__name__]
        if str(getattr(causa, "object", "")).startswith("Bearer "):
            return TOKEN_RARO  # un carácter que no cabe en la cabecera
        if dicho := re.search(r"status .* error \((\d{3}) ", str(causa)):
            return _por_estado(int(dicho[1]))  # lo dice Xet, en su error
    dicho = frase_de_red(error, "el Hub")
    if dicho and "conexión con" in dicho:
        _, _, proxy = dicho.partition(" O corrige")
        return SIN_RED + (f" O corrige{proxy}" if proxy else "")
    return dicho and dicho.replace(" de el ", " del ")


def _cliente(desde):
    """Un cliente que no espera más de `ESPERA_S` una respuesta buena.

    Args:
        desde: lista con la hora de la primera petición que aún no la tuvo, o
            None. Es de todos los clientes que se abran: `huggingface_hub`
            abre otro tras un corte.
    """

    def al_pedir(peticion):
        desde[0] = desde[0] or monotonic()
        queda = desde[0] + ESPERA_S - monotonic()
        if queda <= 0:
            raise TimeoutError
        cada = ("connect", "read", "write", "pool")
        peticion.extensions["timeout"] = dict.fromkeys(cada, queda)

    def al_responder(respuesta):
        if respuesta.status_code < 400:
            desde[0] = None
            return
        espera = respuesta.headers.get("Retry-After", "0")
        pide = int(espera) if espera.isdecimal() else 0
        if monotonic() + pide > (desde[0] or monotonic()) + ESPERA_S:
            respuesta.read()
            hf_raise_for_status(respuesta)

    cliente = default_client_factory()
    cliente.event_hooks["request"].append(al_pedir)
    cliente.event_hooks["response"].append(al_responder)
    return cliente


@contextmanager
def explica_errores():
    """Cambia un error del Hub por una frase; los demás siguen su camino.

    Nunca muestra el token, ni el mensaje que podría traerlo.
    """
    desde = [None]
    set_client_factory(lambda: _cliente(desde))
    try:
        yield
    except Exception as error:
        texto = frase(error)
        if texto is None:
            raise
        print(f"{texto} {SIGUE}")
    finally:
        set_client_factory(default_client_factory)
