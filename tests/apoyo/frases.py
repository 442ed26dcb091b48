"""Las frases que un archivo de ejercicios puede decir a un estudiante."""

import ast


def _no_se_dicen(arbol):
    """Los nodos que no son pistas: docstrings y claves de diccionario."""
    for nodo in ast.walk(arbol):
        cuerpo = getattr(nodo, "body", None)
        if isinstance(cuerpo, list) and cuerpo:
            primero = cuerpo[0]
            if isinstance(primero, ast.Expr):
                yield primero.value
        if isinstance(nodo, ast.Dict):
            yield from filter(None, nodo.keys)


def frases(ruta):
    """Pares (línea, trozo) de cada texto con dos espacios o más.

    De una f-string salen sus trozos fijos, sin los huecos.
    """
    arbol = ast.parse(ruta.read_text(encoding="utf-8"))
    fuera = {id(nodo) for nodo in _no_se_dicen(arbol)}
    for nodo in ast.walk(arbol):
        es_texto = isinstance(nodo, ast.Constant) and isinstance(
            nodo.value, str
        )
        if es_texto and id(nodo) not in fuera:
            trozo = " ".join(nodo.value.split())
            if trozo.count(" ") >= 2:
                yield nodo.lineno, trozo
