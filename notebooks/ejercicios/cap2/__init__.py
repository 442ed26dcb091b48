"""Los ejercicios del capítulo 2.

La receta para agregar uno está en `ejercicios/__init__.py`.
"""

from importlib import import_module

# En el orden del cuaderno, que es el de `progreso()`.
for _parte in ("datos", "modelo", "perdida", "curvas", "bucle", "clinica"):
    import_module(f"{__name__}.{_parte}")
