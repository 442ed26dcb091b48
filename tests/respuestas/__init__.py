"""Respuestas buenas y malas de cada ejercicio, un archivo por cuaderno.

Las usa `test_ejercicios.py`; las que revisan están en `notebooks/ejercicios`.
"""
