"""Las diapositivas: se bastan solas, caben, y las notas se abren."""

import io
import json
import re
import subprocess
import sys
from html.parser import HTMLParser

import nbformat
import pypdf
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from apoyo import navegador
from apoyo.cuadernos import CUADERNOS, RAIZ, fuente, lee
from diapositivas import __main__ as diapositivas
from diapositivas import desbordes, pdf

necesita_chromium = pytest.mark.skipif(
    navegador.busca() is None, reason=navegador.REMEDIO
)
todos = pytest.mark.parametrize("ruta", CUADERNOS, ids=lambda r: r.stem)
PNG = (RAIZ / "ims" / "1" / "memoria.png").read_bytes()


def tipo(celda):
    return celda["metadata"]["slideshow"]["slide_type"]


@pytest.fixture(scope="module")
def mazo(tmp_path_factory):
    """De un cuaderno a su presentación, que se hace una sola vez."""
    carpeta, hechos = tmp_path_factory.mktemp("mazos"), {}

    def dame(ruta):
        if ruta not in hechos:
            hechos[ruta] = carpeta / f"{ruta.stem}.html"
            hechos[ruta].write_text(diapositivas.convierte(ruta), "utf-8")
        return hechos[ruta]

    return dame


@pytest.fixture(scope="module")
def chromium():
    with navegador.Navegador() as abierto:
        yield abierto


@pytest.fixture(scope="module")
def pagina(chromium):
    """De una presentación a su página abierta, que se abre una sola vez."""
    abiertas = {}

    def abre(ruta):
        if ruta not in abiertas:
            abiertas[ruta] = chromium.abre(ruta)
            abiertas[ruta].espera(navegador.LISTA)
        return abiertas[ruta]

    return abre


@pytest.fixture
def cuaderno(tmp_path):
    """Escribe un cuaderno de pares (tipo de diapositiva, celda)."""

    def escribe(*pares):
        celdas = []
        for clase, celda in pares:
            celda.metadata["slideshow"] = {"slide_type": clase}
            celdas.append(celda)
        ruta = tmp_path / "09_prueba.ipynb"
        nbformat.write(new_notebook(cells=celdas), ruta)
        return ruta

    return escribe


class Pedidos(HTMLParser):
    """Todo lo que un HTML pediría al abrirse: imágenes, guiones, estilos."""

    def __init__(self, html):
        super().__init__()
        self.hallados, self.sin_alt = [], 0
        self.feed(html)

    def handle_starttag(self, etiqueta, atributos):
        atributos = dict(atributos)
        if etiqueta in ("img", "script", "iframe", "source", "video"):
            self.hallados += filter(None, [atributos.get("src")])
        if etiqueta == "link":
            self.hallados.append(atributos.get("href"))
        if etiqueta == "img" and len(atributos.get("alt", "")) < 7:
            self.sin_alt += 1


@todos
def test_el_archivo_se_basta_solo(ruta, mazo):
    html = mazo(ruta).read_text("utf-8")
    pedidos = Pedidos(html)
    assert [p for p in pedidos.hallados if not p.startswith("data:")] == []
    estilos = "".join(re.findall(r"<style>.*?</style>", html, re.DOTALL))
    assert "@import" not in estilos
    assert set(re.findall(r"url\((\w+):", estilos)) == {"data"}
    assert "url(" not in re.sub(r"url\(data:", "", estilos)
    assert pedidos.sin_alt == 0


@todos
def test_se_ve_lo_que_toca(ruta, mazo):
    html = mazo(ruta).read_text("utf-8")
    celdas = lee(ruta)["cells"]
    visibles = [c for c in celdas if tipo(c) not in ("skip", "notes")]
    for celda in celdas:
        marca = f'id="cell-id={celda["id"]}"'
        assert (marca in html) == (celda in visibles), celda["id"]
    empiezan = [c for c in visibles if tipo(c) in ("slide", "subslide")]
    assert html.count("<section class=") == len(empiezan)
    # Las notas de una sección están en todas sus diapositivas.
    secciones = [f for f in map(fuente, visibles) if "\n## " in f]
    for celda in celdas:
        if tipo(celda) == "notes":
            minutos = re.search(r"\d+ minutos", fuente(celda))[0]
            assert minutos in html
    assert html.count('<aside class="notes">') > len(secciones)


def test_notas_imagenes_insignia_y_alternativos(cuaderno, tmp_path):
    (tmp_path / "f.png").write_bytes(PNG)
    salida = new_output(
        "display_data", {"image/png": diapositivas.en_base64(PNG)}
    )
    ruta = cuaderno(
        (
            "slide",
            new_markdown_cell(
                "# 9 · Título\n\n"
                "[![Abrir en Colab](https://x.org/b.svg)](https://x.org/9)"
            ),
        ),
        ("skip", new_code_cell("preparación = 1")),
        ("slide", new_markdown_cell("## 9.1 Sección\n\n![Un mapa](f.png)")),
        ("subslide", new_code_cell("dibuja()", outputs=[salida])),
        ("-", new_markdown_cell("La **recta** sube.")),
        ("notes", new_markdown_cell("> Pregunta por la recta.")),
        ("slide", new_markdown_cell("## Resumen\n\n[Índice](../README.md)")),
    )
    html = diapositivas.convierte(ruta)
    assert "preparación = 1" not in html
    assert "x.org/b.svg" not in html
    assert '<a href="https://x.org/9">Abrir en Colab</a>' in html
    assert html.count("data:image/png;base64,iVBOR") == 2
    assert 'alt="Un mapa"' in html
    assert 'alt="La recta sube."' in html
    assert html.count("Pregunta por la recta.") == 2
    assert 'data-seccion="9.1 Sección"' in html
    assert 'class="diapositiva portada"' in html
    assert "README.md" not in html


def test_si_reveal_cambia_sus_textos_se_sabe():
    with pytest.raises(ValueError, match="Jump to slide"):
        diapositivas.traduce("otra versión, con otros textos")


@necesita_chromium
@todos
def test_no_pide_nada_a_nadie(ruta, mazo, pagina):
    abierta = pagina(mazo(ruta))
    propia = mazo(ruta).resolve().as_uri()
    ajenos = {
        pedido
        for pedido in abierta.pedidos
        if not pedido.startswith((propia, "data:"))
    }
    assert ajenos == set()
    assert abierta.errores == []


@necesita_chromium
@todos
def test_ninguna_se_desborda(ruta, mazo, pagina):
    medidas = desbordes.mide(pagina(mazo(ruta)))
    assert {(m["ancho"], m["alto"]) for m in medidas} == {(1280, 720)}
    se_salen = {m["celda"]: m["fuera"] for m in medidas if m["fuera"]}
    assert se_salen == {}, "celda donde empieza y píxeles que se sale"
    # Una letra muy chica también es no caber.
    assert min(m["letra"] for m in medidas) >= 0.8


@necesita_chromium
@todos
def test_ninguna_aparece_vacia(ruta, mazo, pagina):
    vacias = pagina(mazo(ruta)).evalua(
        "Reveal.getSlides().filter((d) => d.querySelector("
        "'.contenido > .fragment:first-child')).map((d) => d.dataset.celda)"
    )
    assert vacias == []


@necesita_chromium
def test_el_medidor_ve_lo_que_se_sale(cuaderno, pagina, tmp_path):
    largo = "\n".join(f"linea_{i} = {i}" for i in range(60))
    ancho = f"{'x' * 140} = 1"
    ruta = cuaderno(
        ("slide", new_markdown_cell("# 9 · Título")),
        ("slide", new_code_cell(largo)),
        ("slide", new_markdown_cell(f"<div style='width:1400px'>{'a'}</div>")),
        ("slide", new_code_cell(ancho)),
    )
    html = tmp_path / "09.html"
    html.write_text(diapositivas.convierte(ruta), "utf-8")
    fuera = [m["fuera"] for m in desbordes.mide(pagina(html))]
    assert fuera[0] == 0
    assert fuera[1] > 100
    assert fuera[2] > 100
    assert fuera[3] == 0  # lo muy ancho se parte en renglones


@necesita_chromium
def test_lo_que_no_cabe_pasa_a_otra_diapositiva(cuaderno, pagina, tmp_path):
    salida = new_output(
        "stream", text="\n".join(f"fila {i}" for i in range(15))
    )
    codigo = "\n".join(f"linea_{i} = {i}" for i in range(15))
    ruta = cuaderno(
        ("slide", new_markdown_cell("# 9 · Título")),
        ("slide", new_markdown_cell("Empieza.")),
        ("-", new_code_cell(codigo, outputs=[salida])),
        ("fragment", new_markdown_cell("Y al final, esto.")),
    )
    html = tmp_path / "09.html"
    html.write_text(diapositivas.convierte(ruta), "utf-8")
    abierta = pagina(html)
    medidas = desbordes.mide(abierta)
    assert len(medidas) == 3
    assert all(m["letra"] >= 0.9 and not m["fuera"] for m in medidas)
    textos = abierta.evalua("Reveal.getSlides().map((d) => d.textContent)")
    assert "linea_14" in textos[1]
    assert "fila 0" not in textos[1]
    assert "fila 14" in textos[2]
    assert "Y al final, esto." in textos[2]


@necesita_chromium
@todos
def test_muestra_formulas_y_graficas(ruta, mazo, pagina):
    abierta = pagina(mazo(ruta))
    visibles = [c for c in lee(ruta)["cells"] if tipo(c) != "skip"]
    graficas = sum(
        "image/png" in salida.get("data", {})
        for celda in visibles
        for salida in celda.get("outputs", [])
    )
    vistas = abierta.evalua(
        "[...document.querySelectorAll('section img')].map("
        "(i) => [i.className, i.naturalWidth, i.alt.length])"
    )
    assert sum(clase == "grafica" for clase, _, _ in vistas) == graficas
    assert all(ancho > 0 and alt > 6 for _, ancho, alt in vistas)
    con_formula = [
        c
        for c in visibles
        if c["cell_type"] == "markdown"
        and re.search(r"\$[^$]+\$", re.sub(r"`[^`]*`", "", fuente(c)))
    ]
    formulas = abierta.evalua(
        "document.querySelectorAll('section mjx-container > svg').length"
    )
    assert formulas >= len([c for c in con_formula if tipo(c) != "notes"])
    assert not abierta.evalua("document.querySelector('[data-mjx-error]')")
    sueltas = abierta.evalua(
        "[...document.querySelectorAll('.jp-RenderedMarkdown')].flatMap("
        "(t) => [...t.querySelectorAll('p, li, td')]).map((t) => t.innerText)"
        ".filter((t) => /\\\\(frac|sum|hat|cdot|text)\\b/.test(t))"
    )
    assert sueltas == []


@necesita_chromium
@todos
def test_portada_secciones_y_numeros_de_pagina(ruta, mazo, pagina):
    abierta = pagina(mazo(ruta))
    titulo = fuente(lee(ruta)["cells"][0]).splitlines()[0].lstrip("# ")
    portada = abierta.evalua("Reveal.getSlides()[0].textContent")
    assert titulo in portada
    assert diapositivas.CURSO in portada
    abierta.evalua("Reveal.slide(0, 0)")
    total = abierta.evalua("Reveal.getTotalSlides()")
    numero = "document.querySelector('.reveal .slide-number').innerText"
    assert re.findall(r"\d+", abierta.evalua(numero)) == ["1", str(total)]
    abierta.evalua("Reveal.next()")
    assert re.findall(r"\d+", abierta.evalua(numero)) == ["2", str(total)]
    for celda in lee(ruta)["cells"]:
        hallado = re.search(r"^## (\d.*)$", fuente(celda), re.MULTILINE)
        if celda["cell_type"] == "markdown" and hallado:
            seccion = hallado[1].replace("`", "")
            assert abierta.evalua(
                "Reveal.getSlides().filter("
                f"(d) => d.dataset.seccion === {json.dumps(seccion)}).length"
            )


@necesita_chromium
def test_las_notas_se_abren_en_otra_ventana(mazo, pagina, chromium):
    """En un mazo: la ventana es la misma en todos."""
    ruta = CUADERNOS[0]
    abierta = pagina(mazo(ruta))
    antes = set(chromium.objetivos())
    abierta.evalua(
        "Reveal.slide(...Object.values(Reveal.getIndices("
        "document.querySelector('section.apertura'))))"
    )
    abierta.evalua("Reveal.getPlugin('notes').open()")
    (nueva,) = set(chromium.objetivos()) - antes
    ventana = navegador.Pagina(chromium, nueva)
    texto = "document.body.innerText"
    ventana.espera(f"{texto}.includes('Para quien enseña')")
    ventana.espera("document.querySelectorAll('iframe').length === 2")
    visible = ventana.evalua(texto)
    for palabra in ("Sigue", "Tiempo", "Notas"):
        assert palabra.lower() in visible.lower()
    assert "Upcoming" not in visible
    marcos = ventana.evalua(
        "[...document.querySelectorAll('iframe')].map((m) => m.src)"
    )
    assert all(m.startswith(mazo(ruta).resolve().as_uri()) for m in marcos)
    ventana.cierra()


@necesita_chromium
@todos
def test_el_pdf_tiene_una_pagina_por_diapositiva(ruta, mazo, pagina, chromium):
    total = pagina(mazo(ruta)).evalua("Reveal.getTotalSlides()")
    paginas = pypdf.PdfReader(
        io.BytesIO(pdf.a_pdf(chromium, mazo(ruta)))
    ).pages
    assert len(paginas) == total
    assert {tuple(map(round, p.mediabox[2:])) for p in paginas} == {(960, 540)}
    # El texto se puede seleccionar: está en el archivo, con sus tildes.
    texto = " ".join(" ".join(p.extract_text() for p in paginas).split())
    for seccion in re.findall(
        r"^## (\d[^\n`]*)$",
        "\n".join(map(fuente, lee(ruta)["cells"])),
        re.MULTILINE,
    ):
        assert seccion in texto


def test_sin_chromium_el_pdf_dice_que_instalar(tmp_path):
    hecho = subprocess.run(
        [sys.executable, "-m", "diapositivas.pdf", tmp_path / "x.html"],
        capture_output=True,
        text=True,
        cwd=RAIZ / "tests",
        env={"PATH": "", "CHROMIUM": "/no/existe", "PYTHONUTF8": "1"},
    )
    assert hecho.returncode == 1
    assert "Instálalo" in hecho.stderr
    assert "Traceback" not in hecho.stderr
