"""La bolsa de quien enseña: completa, en papel legible, y lista para dar."""

import os
import re
import subprocess
import sys

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from apoyo import impreso, navegador
from apoyo.cuadernos import CUADERNOS, RAIZ, etiquetas, fuente, lee
from diapositivas import clase, guion

necesita_chromium = pytest.mark.skipif(
    navegador.busca() is None, reason=navegador.REMEDIO
)
todos = pytest.mark.parametrize("ruta", CUADERNOS, ids=lambda r: r.stem)
# La bolsa se mira entera en un capítulo; los PDF de los demás, en
# `test_diapositivas`.
RUTA = CUADERNOS[0]


@pytest.fixture(scope="module")
def bolsa(tmp_path_factory):
    carpeta = tmp_path_factory.mktemp("Mi clase de Muñoz") / "clase"
    assert clase.main(carpeta, RUTA) == 0
    return carpeta


@pytest.fixture(scope="module")
def laminas():
    pilas = guion.reparte(nbformat.read(RUTA, as_version=4))
    return [lamina for pila in pilas for lamina in pila]


@pytest.fixture(scope="module")
def chica(tmp_path_factory):
    """La bolsa de un cuaderno con lo que más cuesta llevar al papel."""
    carpeta = tmp_path_factory.mktemp("chica")
    largas = "Una nota larga, de las que cuentan. " * 120
    celdas = [
        ("slide", "# 9 · Título"),
        (
            "slide",
            "## 9.1 Sección\n\nDe [otro](01_tensores.ipynb), de "
            "[aquí](#d-c), de [nadie](#no-esta) y de "
            "[lejos](https://pytorch.org/).",
        ),
        (
            "notes",
            "<details><summary>Para quien enseña</summary>\n\n"
            "Sale $q = z_3 + 7$. Mira [otro](01_tensores.ipynb), el "
            f"[README](../README.md) y [esto](https://pytorch.org/docs).\n\n"
            f"{largas}\n\n</details>",
        ),
        ("slide", "**La otra.** Con su texto."),
        ("notes", "> **Para quien enseña.** Zampoña."),
        ("subslide", "**Ejercicio 1.1 · 3 min.** Ve a [otro](x.ipynb)."),
        ("subslide", "<details><summary>Solución</summary>\n\nÑ.\n</details>"),
    ]
    cuaderno = new_notebook(cells=[])
    for letra, (tipo, texto) in zip("pabcdef", celdas, strict=True):
        celda = new_markdown_cell(texto, id=letra)
        celda.metadata["slideshow"] = {"slide_type": tipo}
        cuaderno.cells.append(celda)
    ruta = carpeta / "09_prueba.ipynb"
    nbformat.write(cuaderno, ruta)
    assert clase.main(carpeta / "clase", ruta) == 0
    return carpeta / "clase"


@necesita_chromium
def test_trae_todo_y_nada_a_medias(bolsa):
    assert {r.name for r in bolsa.iterdir()} == {
        f"{RUTA.stem}.html",
        f"{RUTA.stem}.pdf",
        "notas.pdf",
        "soluciones.pdf",
        "estudiantes",
    }
    assert not list(bolsa.rglob("*.parcial"))


@necesita_chromium
def test_el_pdf_tiene_una_pagina_por_diapositiva(bolsa, laminas):
    leido = impreso.abre(bolsa / f"{RUTA.stem}.pdf")
    impreso.comprueba_la_charla(leido, RUTA, len(laminas))
    assert len(list(impreso.marcadores(leido))) == len(laminas)


@necesita_chromium
def test_la_hoja_lleva_cada_diapositiva_con_sus_notas(bolsa, laminas):
    leido = impreso.abre(bolsa / "notas.pdf")
    elegidas = [x for x in laminas if x.principal or x.clase == "ejercicio"]
    marcas = list(impreso.marcadores(leido))
    assert len(marcas) == len(elegidas) <= len(leido.pages)
    vistas = list(map(impreso.texto, leido.pages))
    for (titulo, numero), lamina in zip(marcas, elegidas, strict=True):
        assert titulo == guion.sin_marcas(lamina.titulo)
        visto = vistas[numero]
        if "$" not in lamina.titulo:
            # El de la diapositiva y el de la hoja.
            assert visto.count(impreso.junto(titulo)) >= 2, titulo
        assert "Paraestadiapositiva:" in visto or not lamina.segundos
    texto = "".join(vistas)
    for celda in lee(RUTA)["cells"]:
        if celda["metadata"]["slideshow"]["slide_type"] == "notes":
            primera = re.split(r"[`*$(\[.]", guion.nota(fuente(celda)))[0]
            assert impreso.junto(primera) in texto, celda["id"]


@necesita_chromium
def test_el_cuadernillo_trae_cada_solucion_y_cada_respuesta(bolsa):
    leido = impreso.abre(bolsa / "soluciones.pdf")
    texto = "".join(map(impreso.texto, leido.pages))
    marcas = [titulo for titulo, _ in impreso.marcadores(leido)]
    preguntas = 0
    for celda in lee(RUTA)["cells"]:
        escrito = fuente(celda)
        enunciado = re.match(r"\*\*((Ejercicio|Pregunta) .+?)\.\*\*", escrito)
        if enunciado:
            assert enunciado[1] in marcas
            preguntas += enunciado[2] == "Pregunta"
        plegado = guion.PLEGADO.search(escrito)
        if plegado and plegado[1] == "Solución":
            for bloque in re.findall(r"```python\n(.*?)```", escrito, re.S):
                assert impreso.junto(bloque) in texto, celda["id"]
    assert texto.count("Respuesta:") == preguntas > 5
    assert "Paraquienenseña" not in texto


@necesita_chromium
@pytest.mark.parametrize("nombre", ["notas", "soluciones", RUTA.stem])
def test_en_papel_los_enlaces_llevan_a_la_red(bolsa, nombre):
    hallados = impreso.enlaces(impreso.abre(bolsa / f"{nombre}.pdf"))
    assert [e for e in hallados if not e.startswith("https://")] == []
    if nombre != "soluciones":
        assert hallados


@necesita_chromium
def test_un_enlace_a_otro_archivo_no_llega_al_papel(chica):
    fuera = "https://pytorch.org/"
    presentado = impreso.abre(chica / "09_prueba.pdf")
    assert impreso.enlaces(presentado) == [fuera]
    # La hoja conserva los de la diapositiva y los de la nota.
    notas = impreso.abre(chica / "notas.pdf")
    assert sorted(impreso.enlaces(notas)) == [fuera, f"{fuera}docs"]
    # El de la diapositiva, sobre ella: a lo ancho de una A4, y arriba.
    (origen,), (puesto,) = (
        impreso.cajas(leido, fuera) for leido in (presentado, notas)
    )
    escala = (595 - 2 * 48) / 960
    sube = 842 - 48 - escala * 540
    mueve = (48, sube, 48, sube)
    assert puesto == pytest.approx(
        [escala * de + m for de, m in zip(origen, mueve, strict=True)], abs=1
    )
    assert impreso.enlaces(impreso.abre(chica / "soluciones.pdf")) == []


@necesita_chromium
def test_una_nota_larga_sigue_y_no_mueve_a_las_demas(chica):
    leido = impreso.abre(chica / "notas.pdf")
    marcas = dict(impreso.marcadores(leido))
    assert marcas["La otra"] > marcas["9.1 Sección"] + 1
    pagina = impreso.texto(leido.pages[marcas["La otra"]])
    assert "Consutexto." in pagina and "Zampoña." in pagina


@necesita_chromium
def test_en_la_hoja_una_formula_se_copia(chica):
    leido = impreso.abre(chica / "notas.pdf")
    pagina = dict(impreso.marcadores(leido))["9.1 Sección"]
    assert "q=z3+7" in impreso.texto(leido.pages[pagina])


def test_sin_chromium_queda_lo_demas(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("CHROMIUM", "/no/existe")
    ruta = tmp_path / "09_x.ipynb"
    celda = new_markdown_cell("# 9 · Título")
    celda.metadata["slideshow"] = {"slide_type": "slide"}
    nbformat.write(new_notebook(cells=[celda]), ruta)
    assert clase.main(tmp_path / "clase", ruta) == 0
    dicho = capsys.readouterr().err
    assert dicho.startswith("Sin los PDF: ") and "Instálalo" in dicho
    hay = {r.name for r in (tmp_path / "clase").iterdir()}
    assert hay == {"09_x.html", "estudiantes"}


@todos
def test_el_de_estudiantes_no_trae_notas_ni_predicciones(ruta):
    original = {c["id"]: c for c in lee(ruta)["cells"]}
    dado = clase.de_estudiante(nbformat.read(ruta, as_version=4))
    assert "Para quien enseña" not in nbformat.writes(dado)
    quedan = [c["id"] for c in dado.cells]
    assert quedan == [
        c
        for c, celda in original.items()
        if celda["metadata"]["slideshow"]["slide_type"] != "notes"
    ]
    pedidas = 0
    for celda in dado.cells:
        guardada = original[celda.id]
        if "predice" in etiquetas(guardada):
            assert guardada["outputs"] and celda.outputs == []
            pedidas += 1
        elif celda.cell_type == "code":
            assert len(celda.outputs) == len(guardada["outputs"])
    assert pedidas


def test_se_reparte_el_curso_sin_respuestas_ni_lo_de_nadie(
    tmp_path, monkeypatch
):
    raiz, celda = tmp_path / "curso", new_code_cell("1 + 1")
    celda.metadata.update(tags=["predice"])
    celda.outputs = [new_output("stream", text="2\n")]
    for nombre in (
        *("notebooks/helpers/a.py", "notebooks/nuevo/b.py", "ims/1/a.png"),
        *("notebooks/helpers/__pycache__/a.pyc", "notebooks/mio.ipynb"),
        *("notebooks/.ipynb_checkpoints/01_x.ipynb", "data/mini/train.csv"),
        *("data/dbpedia_csv.tgz", "data/dbpedia_csv/train.csv"),
        *("tests/herramientas/tareas.py", "tests/respuestas/cap1.py"),
        *("tests/test_x.py", "README.md", "LICENSE", "Makefile", "make.bat"),
        *("pyproject.toml", "requirements.txt", "notas_mias.txt"),
    ):
        (raiz / nombre).parent.mkdir(parents=True, exist_ok=True)
        (raiz / nombre).write_text("x")
    ruta = raiz / "notebooks" / "01_x.ipynb"
    nbformat.write(new_notebook(cells=[celda]), ruta)
    monkeypatch.setattr(clase, "RAIZ", raiz)
    clase.para_estudiantes(tmp_path / "dado", [ruta])
    clase.para_estudiantes(tmp_path / "dado", [ruta])  # y otra vez
    archivos = {
        r.relative_to(tmp_path / "dado").as_posix()
        for r in (tmp_path / "dado").rglob("*")
        if r.is_file()
    }
    assert archivos == {
        *("notebooks/helpers/a.py", "notebooks/nuevo/b.py", "ims/1/a.png"),
        *("notebooks/01_x.ipynb", "data/mini/train.csv"),
        *("tests/herramientas/tareas.py", "README.md", "LICENSE", "Makefile"),
        *("make.bat", "pyproject.toml", "requirements.txt"),
    }
    assert nbformat.read(ruta, 4).cells[0].outputs  # el del curso, intacto


@necesita_chromium
def test_el_cuaderno_de_estudiantes_corre_de_principio_a_fin(bolsa, tmp_path):
    """Como `make run` en la carpeta que se reparte, y sin nada de fuera."""
    curso = bolsa / "estudiantes"
    rutas = os.pathsep.join(str(curso / c) for c in ("notebooks", "tests"))
    cuaderno = curso / "notebooks" / RUTA.name
    hecho = subprocess.run(
        [
            *(sys.executable, "-m", "herramientas.ejecuta"),
            *(str(tmp_path), str(cuaderno)),
        ],
        cwd=curso,
        env={**os.environ, "PYTHONPATH": rutas},
        capture_output=True,
        encoding="utf-8",
    )
    assert hecho.returncode == 0, hecho.stderr
    for celda in lee(tmp_path / RUTA.name)["cells"]:
        fallo = any(
            s["output_type"] == "error" for s in celda.get("outputs", [])
        )
        assert fallo == ("raises-exception" in etiquetas(celda)), celda["id"]


def test_lo_que_se_reparte_basta_a_los_cuatro(tmp_path):
    """Cada módulo del curso va con ellos, y lo que el README enlaza."""
    clase.para_estudiantes(tmp_path, CUADERNOS)
    hay = {r.relative_to(tmp_path) for r in tmp_path.rglob("*")}
    for ruta in (RAIZ / "notebooks").rglob("*.py"):
        if ".ipynb_checkpoints" not in ruta.parts:
            assert ruta.relative_to(RAIZ) in hay, ruta
    for ruta in (RAIZ / "README.md", *CUADERNOS):
        textos = (
            "\n".join(fuente(c) for c in lee(ruta)["cells"])
            if ruta.suffix == ".ipynb"
            else ruta.read_text("utf-8")
        )
        for destino in re.findall(r"\]\(((?:\.\./)?[\w/]+\.\w+)\b", textos):
            llega = (ruta.parent / destino).resolve().relative_to(RAIZ)
            assert (tmp_path / llega).exists(), f"{ruta.name}: {destino}"
