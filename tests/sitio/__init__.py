"""El sitio sin red: una página por cuaderno y un índice, en una carpeta.

Comparte con la charla las letras, las fórmulas, los colores y cómo se dibuja
una celda.
"""

import herramientas  # noqa: F401 - antes que nbformat: así carga antes
