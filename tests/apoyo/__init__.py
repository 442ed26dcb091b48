"""Lo que comparten las pruebas: cuadernos, navegador y un Hub de mentira.

Aquí no hay pruebas ni nada que el curso necesite para correr.
"""
