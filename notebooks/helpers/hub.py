"""Publicar en el Hub: sus errores, dichos en una frase."""

from contextlib import contextmanager
from textwrap import shorten

from huggingface_hub.errors import (
    BadRequestError,
    HfHubHTTPError,
    HTTPError,
    LocalTokenNotFoundError,
    RepositoryNotFoundError,
)

SIN_TOKEN = "No encuentro un token de Hugging Face: no se sube nada."
RECHAZADO = (
    "El Hub no acepta el token (401): está mal copiado, venció o se borró. "
    "Crea otro."
)
SIN_PERMISO = (
    "El Hub no te deja escribir ahí (403): el token es de solo lectura o el "
    "repositorio es de otra cuenta. Usa un token «write» y tu usuario."
)
NO_EXISTE = (
    "Ese repositorio no existe (404), o tu token no puede verlo: revisa el "
    "nombre o créalo con create_repo."
)
SIN_RED = (
    "No hay conexión con el Hub, o se cortó. Allá no queda nada a medias: "
    "ejecuta otra vez la celda."
)
SIGUE = "El curso sigue con la carpeta local."


def _causas(error):
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def frase(error):
    """Dice en español qué pasó con el Hub.

    Args:
        error: excepción que lanzó `huggingface_hub`.

    Returns:
        str o None: None si el error no es del Hub ni de la red.
    """
    causas = list(_causas(error))
    if isinstance(error, LocalTokenNotFoundError):
        return SIN_TOKEN
    if isinstance(error, ValueError) and any(
        isinstance(causa, BadRequestError) for causa in causas
    ):
        motivo = shorten(str(error).partition("\n")[2], 90, placeholder=" …")
        return f"El Hub no acepta el encabezado de la ficha: {motivo}"
    for causa in causas:
        if isinstance(causa, RepositoryNotFoundError):
            return NO_EXISTE
        if isinstance(causa, HfHubHTTPError):
            estado = causa.response.status_code
            otro = f"El Hub respondió {estado}: inténtalo más tarde."
            return {401: RECHAZADO, 403: SIN_PERMISO}.get(estado, otro)
        if isinstance(causa, (HTTPError, ConnectionError, TimeoutError)):
            return SIN_RED
    return None


@contextmanager
def explica_errores():
    """Cambia un error del Hub por una frase; los demás siguen su camino.

    Nunca muestra el token, ni el mensaje que podría traerlo.
    """
    try:
        yield
    except Exception as error:
        texto = frase(error)
        if texto is None:
            raise
        print(f"{texto} {SIGUE}")
