"""Lo que hay detrás de las órdenes del curso.

La charla, el sitio y el banco tienen cuarto propio.
"""

import sys

# `jsonschema`, con la que nbformat valida, intenta importarlo: son segundos
# armando una gramática de direcciones, y en un cuaderno no se valida ninguna.
sys.modules.setdefault("rfc3987_syntax", None)
