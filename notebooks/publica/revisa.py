"""Lo que se va a publicar, revisado antes de escribir nada."""

import math
import re

_NOMBRE = r"\w[\w.-]*"


def exige(cumple, frase):
    """Lanza `ValueError` con la frase, si no se cumple."""
    if not cumple:
        raise ValueError(frase)


def numero(nombre, valor, *, hasta=math.inf):
    """`valor` como float, si es un número de 0 a `hasta`.

    Raises:
        ValueError: no lo es; dice qué se esperaba.
    """
    try:
        como_float = float(valor)
    except (TypeError, ValueError, RuntimeError):  # un tensor, si no es de uno
        como_float = math.nan
    limites = "va de 0 a 1, como 0.94" if hasta == 1 else "es un número"
    exige(
        math.isfinite(como_float)
        and 0 <= como_float <= hasta
        and not isinstance(valor, str),
        f"`{nombre}` {limites}, y llegó {valor!r:.40}: pasa el que mediste.",
    )
    return como_float


def textos(nombre, valores):
    """`valores` como lista, si son textos, y al menos uno.

    Raises:
        ValueError: no lo son; dice qué se esperaba.
    """
    try:
        lista = [] if isinstance(valores, str | bytes) else list(valores)
    except Exception:  # lo que llegue puede fallar como quiera
        lista = []
    exige(
        lista and all(isinstance(v, str) for v in lista),
        f"`{nombre}` es una lista de textos, y le llegó {valores!r:.40}: "
        "pasa los de tu modelo.",
    )
    return lista


def repositorio(valor):
    """Exige un nombre de repositorio del Hub, con su dueño."""
    exige(
        isinstance(valor, str)
        and re.fullmatch(f"{_NOMBRE}/{_NOMBRE}", valor, re.ASCII),
        f"`repo_id` es {valor!r:.40}, y tiene que ser usuario/nombre, como "
        '"ana/clasificador-dbpedia".',
    )


def direccion(nombre, valor):
    """Exige una dirección web que se pueda pegar en un texto."""
    exige(
        isinstance(valor, str)
        and re.fullmatch(r"https?://[^\s<>()\"']+", valor),
        f"`{nombre}` es {valor!r:.40}, y tiene que ser una dirección que "
        "empiece por https:// y no lleve espacios.",
    )
