"""Lo que el capítulo 3 enseña y lo que `helpers` ofrece es lo mismo."""

import ast

import pytest

from apoyo.cuadernos import RAIZ, codigo, fuente, lee

CUADERNO = RAIZ / "notebooks" / "03_clasificador_dbpedia.ipynb"
HELPERS = [
    *(
        RAIZ / "notebooks" / "helpers" / f"{nombre}.py"
        for nombre in ("clasificador", "optimizador", "texto")
    ),
    *(
        RAIZ / "notebooks" / "taller" / f"{nombre}.py"
        for nombre in ("optimizador", "modelo", "cubos")
    ),
]
COMPARTIDAS = (
    "ModeloClasificacionTexto",
    "ModeloConPosicion",
    "AdagradPorFilas",
    "suma",
    "SumaPonderada",
    "ModeloRapido",
    "ModeloQueCuenta",
    "cuenta",
    "LARGO",
    "BLOQUE",
    "BASE",
    "SIGNOS",
    "HUECOS",
    "LIMPIA",
    "SUELTO",
    "potencias",
    "corta",
    "resume",
    "lee_cubos",
    "filas_de",
    "ids_de",
    "label_pipeline",
    "mezcla",
    "codifica",
    "tokeniza",
    "ArticulosCodificados",
    "tal_cual",
    "entrena",
    "evalua",
    "predice",
    "parte",
    "crea_optimizadores",
    "ajusta",
    "SEMILLA",
    "EMBED_DIM",
    "EPOCHS",
    "TASA_APRENDIZAJE",
    "BATCH_TAMANO",
)


def _es_docstring(nodo):
    return (
        isinstance(nodo, ast.Expr)
        and isinstance(nodo.value, ast.Constant)
        and isinstance(nodo.value.value, str)
    )


def definiciones(fuentes):
    """Nombre → AST de cada definición de primer nivel, sin docstrings."""
    encontradas = {}
    for texto in fuentes:
        for nodo in ast.parse(texto).body:
            if isinstance(nodo, ast.FunctionDef | ast.ClassDef):
                for hijo in ast.walk(nodo):
                    cuerpo = getattr(hijo, "body", None)
                    if isinstance(cuerpo, list) and _es_docstring(cuerpo[0]):
                        del cuerpo[0]
                encontradas[nodo.name] = ast.dump(nodo)
            elif isinstance(nodo, ast.Assign):
                for destino in nodo.targets:
                    if isinstance(destino, ast.Name):
                        encontradas[destino.id] = ast.dump(nodo.value)
    return encontradas


def celdas_sin_magias():
    return [
        fuente(c)
        for c in codigo(lee(CUADERNO))
        if "\n%" not in fuente(c)
        and not fuente(c).startswith("%")
        and "\n    !" not in fuente(c)
    ]


@pytest.mark.parametrize("nombre", COMPARTIDAS)
def test_cuaderno_y_helpers_dicen_lo_mismo(nombre):
    en_cuaderno = definiciones(celdas_sin_magias())
    en_helpers = definiciones([h.read_text("utf-8") for h in HELPERS])
    assert en_cuaderno[nombre] == en_helpers[nombre]


def test_no_hay_mas_definiciones_compartidas():
    """Una definición nueva en los dos sitios tiene que entrar en la lista."""
    en_cuaderno = definiciones(celdas_sin_magias())
    en_helpers = definiciones([h.read_text("utf-8") for h in HELPERS])
    comunes = set(en_cuaderno) & set(en_helpers)
    assert comunes == set(COMPARTIDAS)
