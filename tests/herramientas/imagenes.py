"""Imágenes dentro del texto: para que un HTML se baste solo."""

import base64
import re


def en_base64(datos):
    return base64.b64encode(datos).decode("ascii")


def incrusta(markdown, carpeta):
    """Cambia `![alt](ruta.png)` por la imagen misma.

    Args:
        markdown: el texto de una celda.
        carpeta: `Path` desde donde se leen las rutas relativas.

    Returns:
        str
    """

    def cambia(hallado):
        png = en_base64((carpeta / hallado[2]).read_bytes())
        return f"{hallado[1]}(data:image/png;base64,{png})"

    return re.sub(r"(!\[[^\]]*\])\(([^:)]+\.png)\)", cambia, markdown)
