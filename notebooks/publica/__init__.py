"""Publicar: la carpeta, su ficha, la página y lo que el Hub contesta.

Lo usa el capítulo 4. El modelo no se define aquí: es el de `helpers/`.
"""
