"""Lo que hay detrás de las órdenes del curso.

La charla, el sitio y el banco tienen cuarto propio.
"""
