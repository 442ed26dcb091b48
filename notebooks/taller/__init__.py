"""El taller opcional del capítulo 3: el mismo modelo, más rápido.

El camino del curso no pasa por aquí; el banco, sí.
"""
