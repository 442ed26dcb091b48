"""El programa de 4.1, que torchrun lanza en varios procesos.

Aquí no se define el modelo: es el de `helpers/`.
"""
