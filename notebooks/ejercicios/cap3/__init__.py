"""Los ejercicios del capítulo 3.

La receta para añadir uno está en `ejercicios/__init__.py`.
"""

from importlib import import_module

# En el orden del cuaderno, que es el de `progreso()`.
for _parte in (
    "texto",
    "lotes",
    "modelo",
    "perdida",
    "evaluacion",
    "reparto",
    "reto",
):
    import_module(f"{__name__}.{_parte}")
