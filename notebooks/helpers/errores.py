"""Los errores propios del curso: dicen qué pasó, dónde y qué hacer."""

import errno
import os
from contextlib import contextmanager


class DatosInvalidos(ValueError):
    """Un archivo de datos falta o no tiene el formato de DBpedia."""


class DescargaFallida(DatosInvalidos):
    """Una descarga no llegó, llegó a medias o no es la esperada."""


class CheckpointAjeno(DatosInvalidos):
    """Un checkpoint es de otro entrenamiento: no se puede seguir con él."""


_LLENO = "El disco de {} está lleno: libera espacio y repite."
_SIN_PERMISO = (
    "El sistema no da permiso para usar {}: ciérralo si otro programa lo "
    "tiene abierto, cambia sus permisos o elige otra carpeta."
)
_POR_ERRNO = {
    errno.ENOSPC: _LLENO,
    getattr(errno, "EDQUOT", errno.ENOSPC): _LLENO,
    errno.EACCES: _SIN_PERMISO,
    errno.EPERM: _SIN_PERMISO,
    errno.EROFS: "{} está en un disco de solo lectura: elige otra carpeta.",
    errno.EFBIG: "El archivo {} es demasiado grande para ese disco o para el "
    "límite de tu cuenta (ulimit -f): elige otra carpeta.",
    errno.EISDIR: "{} es una carpeta y tenía que ser un archivo: cámbiale el "
    "nombre o elige otra ruta.",
    errno.ENOTDIR: "{} pasa por un archivo como si fuera una carpeta: revisa "
    "la ruta.",
    errno.EEXIST: "{} ya existe y es un archivo: cámbiale el nombre o elige "
    "otra ruta.",
    errno.ENOENT: "No existe {}: revisa la ruta.",
    errno.ENAMETOOLONG: "El nombre {} es demasiado largo: elige uno corto.",
    errno.ELOOP: "{} es un enlace que da vueltas: bórralo o elige otra ruta.",
    errno.EMFILE: "Hay demasiados archivos abiertos y no se pudo abrir {}: "
    "sube el límite (ulimit -n 1024) o reinicia el kernel.",
}


def frase_de_disco(error, ruta):
    """Dice qué no dejó hacer el sistema, según su `errno`.

    Args:
        error: OSError.
        ruta: la que se nombra si el error no trae la suya.
    """
    frase = _POR_ERRNO.get(
        error.errno,
        "El sistema no pudo leer o escribir {}: comprueba el disco, o usa "
        f"otra carpeta ({error.strerror or error}).",
    )
    # Al mover son dos: el segundo es el que se iba a escribir.
    return frase.format(error.filename2 or error.filename or ruta)


@contextmanager
def explica_disco(ruta, clase=DatosInvalidos):
    """Cambia un `OSError` por `clase`, con su frase."""
    try:
        yield
    except OSError as error:
        raise clase(frase_de_disco(error, ruta)) from error


def causas(error):
    """La excepción y, hacia atrás, las que la provocaron."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


_PROXY = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
_CERTIFICADOS = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE")


def _puestas(nombres):
    """Las variables de entorno de esta lista que tienen valor."""
    todas = [n for nombre in nombres for n in (nombre, nombre.lower())]
    return " o ".join(n for n in todas if os.environ.get(n))


def frase_de_red(error, direccion):
    """Dice qué pasó con la red, según la causa, y qué se puede cambiar.

    Args:
        error: lo que lanzó `requests`, `urllib3`, `httpx` o lo que usan.
        direccion: la que se pidió.

    Returns:
        str o None: una frase en español; None si no es de la red.
    """
    serie = list(causas(error))
    # El nombre dice la causa: las bibliotecas no comparten clases.
    clases = {c.__name__ for e in serie for c in type(e).__mro__}
    texto = " ".join(map(str, serie))
    proxy = f"el proxy de {_puestas(_PROXY) or 'tu sistema'}"
    o_proxy = f" O corrige {proxy}." if _puestas(_PROXY) else ""
    if "SOCKS" in texto:
        return (
            f"Tu conexión usa {proxy}, es SOCKS y falta un paquete: ejecuta "
            '%pip install "requests[socks]" "httpx[socks]" y reinicia el '
            "kernel, o borra esa variable."
        )
    if "proxy URL" in texto or clases & {"ProxyError", "ProxySchemeUnknown"}:
        return f"No se puede salir por {proxy}: corrige o borra esa variable."
    # `ssl` no dice qué archivo de certificados no encontró.
    sin_nombre = type(error) is FileNotFoundError and not error.filename
    if "SSLError" in clases or "TLS CA" in texto or sin_nombre:
        archivo = _puestas(_CERTIFICADOS)
        return (
            f"No se pudo comprobar el certificado de {direccion}: revisa la "
            "fecha de tu equipo"
            + (f" y el archivo que dice {archivo}" if archivo else "")
            + ", o prueba desde otra red."
        )
    if not clases & {"HTTPError", "RequestException", "ConnectionError"}:
        if "TimeoutError" not in clases:
            return None
    if "TooManyRedirects" in clases:
        return f"{direccion} da vueltas sin llegar: usa otra dirección."
    if clases & {"ValueError", "InvalidURL", "UnsupportedProtocol"}:
        return (
            f"La dirección {direccion} no sirve, o lleva a una que no sirve: "
            f"corrígela; empieza por https:// o http://.{o_proxy}"
        )
    que = "Se cortó la" if "ProtocolError" in clases else "No hay"
    return (
        f"{que} conexión con {direccion}. Comprueba tu red y llama otra "
        f"vez.{o_proxy}"
    )
