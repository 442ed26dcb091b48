"""Los ejercicios del capítulo 1.

La receta para agregar uno está en `ejercicios/__init__.py`.
"""

from importlib import import_module

# En el orden del cuaderno, que es el de `progreso()`.
for _parte in ("modelos", "creacion", "errores", "operaciones", "parejas"):
    import_module(f"{__name__}.{_parte}")
