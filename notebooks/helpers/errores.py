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


@contextmanager
def explica_disco(ruta, clase=DatosInvalidos):
    """Cambia lo que el sistema no deja hacer con un archivo por una frase.

    Args:
        ruta: la que se nombra si el error no trae la suya.
        clase: excepción que lleva la frase.

    Raises:
        clase: en lugar de cualquier `OSError`, según su `errno`.
    """
    try:
        yield
    except OSError as error:
        frase = _POR_ERRNO.get(
            error.errno,
            "El sistema no pudo leer o escribir {}: comprueba el disco, o "
            f"usa otra carpeta ({error.strerror or error}).",
        )
        # Al mover son dos: el segundo es el que se iba a escribir.
        suya = error.filename2 or error.filename or ruta
        raise clase(frase.format(suya)) from error


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
        error: lo que lanzó `requests`, `urllib3` o `httpx`.
        direccion: la que se pidió.

    Returns:
        str: una frase en español.
    """
    serie = list(causas(error))
    clases = {c.__name__ for e in serie for c in type(e).__mro__}
    texto = " ".join(map(str, serie))
    proxy = f"el proxy de {_puestas(_PROXY) or 'tu sistema'}"
    if "SOCKS" in texto:
        return (
            f"Tu conexión usa {proxy}, es SOCKS y falta un paquete: ejecuta "
            '%pip install "requests[socks]" "httpx[socks]" y reinicia el '
            "kernel, o borra esa variable."
        )
    if clases & {"ProxyError", "InvalidProxyURL", "ProxySchemeUnknown"} or (
        "proxy URL" in texto
    ):
        return f"No se puede salir por {proxy}: corrige o borra esa variable."
    if "SSLError" in clases or "TLS CA" in texto:
        ajuste = _puestas(_CERTIFICADOS)
        return (
            f"No se pudo comprobar el certificado de {direccion}: revisa la "
            "fecha de tu equipo"
            + (f" y el archivo que dice {ajuste}" * bool(ajuste))
            + ", o prueba desde otra red."
        )
    if "TooManyRedirects" in clases:
        return f"{direccion} da vueltas sin llegar: usa otra dirección."
    if clases & {"ContentDecodingError", "DecodingError"}:
        return (
            f"Lo que llega de {direccion} está mal comprimido: prueba desde "
            "otra red o sin proxy."
        )
    if clases & {"ValueError", "InvalidURL", "UnsupportedProtocol"}:
        return (
            f"La dirección {direccion} no sirve, o lleva a una que no sirve: "
            "corrígela; empieza por https:// o http://."
            + f" O corrige {proxy}."
            * bool(_puestas(_PROXY))
        )
    if clases & {"ChunkedEncodingError", "ProtocolError"}:
        return f"Se cortó la conexión con {direccion}. Llama otra vez."
    return (
        f"No hay conexión con {direccion}. Comprueba tu red y llama otra vez."
    )
