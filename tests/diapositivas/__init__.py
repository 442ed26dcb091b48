"""La charla: de los cuadernos a presentaciones, y de ellas a PDF.

Aquí no se ejecuta nada: se proyectan las salidas guardadas.
"""

import herramientas  # noqa: F401 - antes que nbformat: así carga antes
