"""Programas de prueba que usan un módulo del curso sin esperar a torch.

El `__init__` de `helpers` y el de `ejercicios` lo importan: segundos de
procesador en cada proceso. Lo que importa aquí son sus módulos.
"""

from apoyo.cuadernos import RAIZ


def paquete(nombre):
    """El código que pone, en su lugar, uno con esos módulos y nada más."""
    return (
        "import sys, types\n"
        f"sys.modules[{nombre!r}] = paquete = types.ModuleType({nombre!r})\n"
        f"paquete.__path__ = [{str(RAIZ / 'notebooks' / nombre)!r}]\n"
    )
