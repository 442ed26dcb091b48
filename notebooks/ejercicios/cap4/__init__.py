"""Los ejercicios del capítulo 4, de 3.9 en adelante.

La receta para añadir uno está en `ejercicios/__init__.py`.
"""

from importlib import import_module

# En el orden del cuaderno, que es el de `progreso()`.
for _parte in ("compilar", "guardar", "publicar", "abrir", "repartir", "reto"):
    import_module(f"{__name__}.{_parte}")
