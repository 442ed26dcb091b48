"""Lo que una letra incrustada sabe escribir."""

import base64
import io
import re

from fontTools.ttLib import TTFont


def signos_de(texto):
    """Los signos de cada letra WOFF de un CSS o un HTML, en orden.

    Las primeras cinco son las de los textos; las demás, de las fórmulas.
    """
    return [
        set(map(chr, TTFont(io.BytesIO(base64.b64decode(d))).getBestCmap()))
        for d in re.findall(r"font/woff;base64,([^)\"]+)\)", texto)
    ]
