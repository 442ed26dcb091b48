"""Imágenes dentro del texto: para que un HTML se baste solo."""

import base64
import mimetypes
import re
import urllib.parse


class ImagenFuera(ValueError):
    """Una imagen no se puede llevar dentro; dice cuál y qué hacer."""


def en_base64(datos):
    return base64.b64encode(datos).decode("ascii")


def _en_datos(tipo, datos):
    return f"data:{tipo};base64,{en_base64(datos)}"


def _de_adjunto(nombre, adjuntos, donde):
    for tipo, datos in adjuntos.get(nombre, {}).items():
        return f"data:{tipo};base64,{''.join(datos.split())}"
    raise ImagenFuera(
        f"{donde}: la imagen adjunta {nombre!r} no está en la celda. Vuelve "
        "a pegarla, o guárdala en ims/ y enlázala desde ahí."
    )


def _de_archivo(fuente, carpeta, donde):
    ruta = carpeta / urllib.parse.unquote(fuente.split("#")[0].split("?")[0])
    tipo, _ = mimetypes.guess_type(ruta.name)
    if not ruta.is_file():
        raise ImagenFuera(
            f"{donde}: no encuentro la imagen {fuente!r}. Corrige la ruta, o "
            "guarda ahí el archivo (`make figuras` redibuja las de ims/)."
        )
    if not (tipo or "").startswith("image/"):
        raise ImagenFuera(
            f"{donde}: {fuente!r} no es una imagen que un navegador muestre. "
            "Guárdala como PNG, JPEG, SVG o WebP."
        )
    return _en_datos(tipo, ruta.read_bytes())


def incrustada(fuente, carpeta, donde, adjuntos=None):
    """La imagen de `fuente` como dirección `data:`.

    Args:
        fuente: lo que dice `src`: ruta relativa a `carpeta`,
            `attachment:nombre` o, ya hecha, `data:…`.
        carpeta: `Path` desde donde se leen las rutas relativas.
        donde: cuaderno y celda, para el mensaje de error.
        adjuntos: los `attachments` de la celda.

    Raises:
        ImagenFuera: es de la red, no está o no es una imagen.
    """
    if fuente.startswith("data:"):
        return fuente
    if fuente.startswith("attachment:"):
        nombre = urllib.parse.unquote(fuente.removeprefix("attachment:"))
        return _de_adjunto(nombre, adjuntos or {}, donde)
    if re.match(r"(\w[\w+.-]+:|//)", fuente):
        raise ImagenFuera(
            f"{donde}: la imagen {fuente!r} no está en el curso y sin red no "
            "se vería. Guárdala en ims/ y enlázala desde ahí."
        )
    return _de_archivo(fuente, carpeta, donde)
