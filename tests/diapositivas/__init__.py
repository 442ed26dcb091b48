"""La charla: de los cuadernos a presentaciones, y de ellas a PDF.

Aquí no se ejecuta nada: se proyectan las salidas guardadas.
"""
