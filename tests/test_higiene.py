"""Higiene de los cuadernos: el JSON guardado, sin ejecutar nada."""

import ast
import re
import statistics

import nbformat
import pytest

from apoyo.cuadernos import (
    CUADERNOS,
    RAIZ,
    codigo,
    etiquetas,
    fuente,
    imprime,
    lee,
)

SLIDES = {"slide", "subslide", "fragment", "skip", "notes", "-"}
# `predice`: la salida se esconde hasta que se pide. `sin-codigo`: en la
# diapositiva, solo la figura. `salida-ya`: la salida llega con el código.
# `lineas:1-3|4`: el código se recorre por partes.
TAGS = re.compile(
    r"nbval-ignore-output|raises-exception|predice|sin-codigo|salida-ya"
    r"|lineas:\d+(-\d+)?(\|\d+(-\d+)?)*"
)
# El 3 deja sin comparar lo que cuelga de cronómetros; el 4 compila y sube.
COMPARADAS = {"01": 0.95, "02": 0.95, "03": 0.90, "04": 0.85}

pytestmark = pytest.mark.parametrize("ruta", CUADERNOS, ids=lambda r: r.stem)


def test_es_un_cuaderno_4_5_valido(ruta):
    cuaderno = lee(ruta)
    assert (cuaderno["nbformat"], cuaderno["nbformat_minor"]) == (4, 5)
    nbformat.validator.validate(cuaderno, relax_add_props=False)
    ids = [celda["id"] for celda in cuaderno["cells"]]
    assert len(set(ids)) == len(ids)


def test_todas_las_celdas_se_ejecutaron_en_orden(ruta):
    cuentas = [c["execution_count"] for c in codigo(lee(ruta))]
    assert cuentas == list(range(1, len(cuentas) + 1)), (
        f"{ruta.name}: guarda las salidas con `make outputs`"
    )


def test_los_metadatos_son_solo_los_del_curso(ruta):
    cuaderno = lee(ruta)
    assert cuaderno["metadata"] == {
        "kernelspec": {
            "display_name": "Python 3",
            "language": "python",
            "name": "python3",
        },
        "language_info": {"name": "python"},
    }
    for celda in cuaderno["cells"]:
        assert set(celda["metadata"]) <= {"slideshow", "tags"}, celda["id"]
        assert celda["metadata"]["slideshow"]["slide_type"] in SLIDES
        for etiqueta in etiquetas(celda):
            assert TAGS.fullmatch(etiqueta), f"{celda['id']}: {etiqueta}"


def test_ninguna_salida_delata_la_maquina(ruta):
    for celda in codigo(lee(ruta)):
        for salida in celda["outputs"]:
            texto = str(
                {
                    k: v
                    for k, v in salida.get("data", {}).items()
                    if not k.startswith("image/")
                }
                or salida
            )
            donde = f"{ruta.name}, celda {celda['id']}"
            assert salida.get("name") != "stderr", f"{donde}: stderr"
            assert not re.search(
                r"/(home|root|tmp|Users|usr|opt|work|content|var)/|[A-Z]:\\\\",
                texto,
            ), f"{donde}: una ruta"
            assert not re.search(r" at 0x[0-9a-f]+", texto), (
                f"{donde}: una dirección de memoria"
            )
            assert not re.search(r"\bhf_[A-Za-z0-9]{8,}", texto), (
                f"{donde}: un token"
            )


def test_se_comparan_casi_todas_las_celdas_que_imprimen(ruta):
    que_imprimen = [c for c in codigo(lee(ruta)) if imprime(c)]
    ignoradas = [
        c for c in que_imprimen if "nbval-ignore-output" in etiquetas(c)
    ]
    comparadas = 1 - len(ignoradas) / len(que_imprimen)
    assert comparadas >= COMPARADAS[ruta.stem[:2]], (
        f"{ruta.name}: solo se compara {comparadas:.0%}"
    )


def test_los_errores_guardados_son_deliberados(ruta):
    for celda in codigo(lee(ruta)):
        falla = any(s["output_type"] == "error" for s in celda["outputs"])
        assert falla == ("raises-exception" in etiquetas(celda)), celda["id"]


def test_las_celdas_son_cortas_y_estrechas(ruta):
    celdas = codigo(lee(ruta))
    largos = [len(fuente(c).splitlines()) for c in celdas]
    assert statistics.median(largos) <= 6
    for celda, largo in zip(celdas, largos, strict=True):
        assert largo <= 22, f"{celda['id']}: {largo} líneas"
        for linea in fuente(celda).splitlines():
            assert len(linea) <= 79, f"{celda['id']}: {linea}"
            assert not linea.rstrip().endswith(";"), f"{celda['id']}: {linea}"


def test_toda_seccion_tiene_nota_para_quien_ensena(ruta):
    secciones, notas = 0, 0
    for celda in lee(ruta)["cells"]:
        texto = fuente(celda)
        if re.search(r"^## \d\.\d+ ", texto, re.MULTILINE):
            assert celda["metadata"]["slideshow"]["slide_type"] == "slide"
            secciones += 1
        notas += celda["metadata"]["slideshow"]["slide_type"] == "notes"
    assert notas >= secciones > 0


def test_la_anatomia_es_la_del_curso(ruta):
    texto = "\n".join(
        fuente(c) for c in lee(ruta)["cells"] if c["cell_type"] == "markdown"
    )
    for parte in (
        "**Antes de empezar**",
        "**Vas a aprender**",
        "## Resumen",
        "## Errores comunes",
        "## Para profundizar",
    ):
        assert parte in texto, f"{ruta.name}: falta {parte}"
    assert texto.count("**En dos líneas.**") >= len(
        re.findall(r"^## \d\.\d+ ", texto, re.MULTILINE)
    )


def test_importa_solo_de_helpers_y_de_requirements(ruta):
    permitidos = {
        "archivos", "ejercicios", "helpers", "distribuido", "publica",
        "taller", "torch", "torchtext", "numpy", "matplotlib", "sklearn",
        "huggingface_hub", "safetensors", "tqdm", "IPython",
    }  # fmt: skip
    import sys

    for celda in codigo(lee(ruta)):
        lineas = [
            linea
            for linea in fuente(celda).splitlines()
            if not linea.lstrip().startswith(("!", "%"))
        ]
        try:
            arbol = ast.parse("\n".join(lineas))
        except SyntaxError:
            arbol = ast.parse("\n".join([*lineas, "    pass"]))
        for nodo in ast.walk(arbol):
            nombres = []
            if isinstance(nodo, ast.Import):
                nombres = [n.name for n in nodo.names]
            elif isinstance(nodo, ast.ImportFrom):
                nombres = [nodo.module]
            for nombre in nombres:
                base = nombre.split(".")[0]
                assert base in permitidos | sys.stdlib_module_names, nombre


def test_no_nombra_registros_ni_rutas(ruta):
    texto = ruta.read_text(encoding="utf-8")
    assert str(RAIZ) not in texto
    assert "pypi.org" not in texto
