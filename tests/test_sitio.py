"""El sitio sin red: páginas con título, menú, fórmulas, figuras y plegados."""

import functools
import re
from html.parser import HTMLParser

import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from apoyo import axe, navegador
from apoyo.cuadernos import CUADERNOS, etiquetas, fuente, lee
from apoyo.letras import signos_de
from diapositivas import plan
from sitio import __main__ as sitio

necesita_chromium = pytest.mark.skipif(
    navegador.busca() is None, reason=navegador.REMEDIO
)
PAGINAS = [f"{ruta.stem}.html" for ruta in CUADERNOS]
cada_pagina = pytest.mark.parametrize("nombre", PAGINAS)
PUNTO = "iVBORw0KGgo="
LISTA = "document.readyState === 'complete'"


class Pagina(HTMLParser):
    """Lo que una página enlaza, pide y nombra."""

    def __init__(self, html):
        super().__init__()
        self.enlaces, self.pide, self.ids = [], [], set()
        self.imagenes, self.abiertos, self.lengua = [], 0, None
        self.feed(html)

    def handle_starttag(self, etiqueta, atributos):
        atributos = dict(atributos)
        self.ids.add(atributos.get("id"))
        if etiqueta == "html":
            self.lengua = atributos.get("lang")
        if etiqueta == "a" and "href" in atributos:
            self.enlaces.append(atributos["href"])
        if etiqueta in ("img", "script", "iframe", "source", "video"):
            self.pide.append(atributos.get("src", ""))
        if etiqueta == "link":
            self.pide.append(atributos["href"])
        if etiqueta == "img":
            self.imagenes.append(atributos.get("alt", ""))
        if etiqueta == "details":
            self.abiertos += "open" in atributos


@pytest.fixture(scope="module")
def carpeta(tmp_path_factory):
    destino = tmp_path_factory.mktemp("sitio")
    sitio.construye(destino, list(reversed(CUADERNOS)))
    return destino


@pytest.fixture(scope="module")
def leida(carpeta):
    """De un nombre a su `Pagina`; cada una se lee una vez."""
    return functools.cache(
        lambda nombre: Pagina((carpeta / nombre).read_text("utf-8"))
    )


@pytest.fixture(scope="module")
def chromium():
    with navegador.Navegador() as abierto:
        yield abierto


@pytest.fixture(scope="module")
def abre(carpeta, chromium):
    """La página, ya compuesta, a un tamaño; cada una se abre una vez."""
    abiertas = {}

    def una(nombre, ancho=1280, alto=900, medio="", **rasgos):
        if nombre not in abiertas:
            pagina = chromium.abre(carpeta / nombre)
            pagina.espera(f"{LISTA} && window.MathJax?.startup?.promise")
            pagina.evalua("MathJax.startup.promise")
            abiertas[nombre] = pagina
        pagina = abiertas[nombre]
        pagina.mide(ancho, alto)
        pagina.imita(medio, **rasgos)
        return pagina

    return una


@pytest.mark.parametrize("nombre", ["index.html", *PAGINAS])
def test_cada_pagina_se_basta_y_enlaza_bien(carpeta, leida, nombre):
    html = (carpeta / nombre).read_text("utf-8")
    pagina = leida(nombre)
    assert pagina.lengua == "es"
    titulo = re.search(r"<title>(.*?)</title>", html)[1]
    assert len(titulo) > 10 and "Notebook" not in titulo
    for pedido in pagina.pide:
        assert pedido.startswith("data:") or (carpeta / pedido).is_file()
    assert "Para quien enseña" not in html
    assert not [e for e in pagina.enlaces if ".ipynb" in e and "://" not in e]
    for enlace in pagina.enlaces:
        if "://" in enlace:
            continue
        archivo, _, ancla = enlace.partition("#")
        destino = leida(archivo or nombre)
        assert not ancla or ancla in destino.ids, enlace


@cada_pagina
def test_titulos_menu_anterior_y_siguiente(carpeta, nombre):
    html = (carpeta / nombre).read_text("utf-8")
    cuaderno = lee(CUADERNOS[PAGINAS.index(nombre)])
    titulo = fuente(cuaderno["cells"][0]).splitlines()[0].lstrip("# ")
    assert f"<title>{titulo} · " in html
    menu = re.search(r'<nav[^>]*class="menu".*?</nav>', html, re.DOTALL)[0]
    for celda in cuaderno["cells"]:
        hallado = re.search(r'<a id="(.+?)"></a>\s*## (.+)', fuente(celda))
        if celda["cell_type"] == "markdown" and hallado:
            assert f'href="#{hallado[1]}"' in menu
    n = PAGINAS.index(nombre)
    antes = PAGINAS[n - 1] if n else "index.html"
    despues = PAGINAS[n + 1] if n < 3 else "index.html"
    pie = re.search(r'<nav[^>]*class="pasos".*?</nav>', html, re.DOTALL)[0]
    assert re.findall(r'href="(.*?)"', pie) == [antes, despues]


@cada_pagina
def test_graficas_con_alternativa_y_lo_plegado_plegado(carpeta, leida, nombre):
    html = (carpeta / nombre).read_text("utf-8")
    pagina = leida(nombre)
    cuaderno = lee(CUADERNOS[PAGINAS.index(nombre)])
    assert all(len(alt) > 10 for alt in pagina.imagenes)
    parrafos = [fuente(c) for c in cuaderno["cells"]]
    for alt in pagina.imagenes:
        if alt.startswith("Gráfica: "):
            assert alt not in parrafos  # no repite lo que se lee al lado
    assert pagina.abiertos == 1  # el menú, y nada más
    soluciones = sum(
        fuente(c).startswith("<details><summary>Solución")
        for c in cuaderno["cells"]
    )
    assert html.count("<summary>Solución") == soluciones > 3
    predicen = sum("predice" in etiquetas(c) for c in cuaderno["cells"])
    assert html.count('<details class="prediccion">') == predicen


@necesita_chromium
@cada_pagina
def test_se_lee_sin_red(abre, carpeta, nombre):
    pagina = abre(nombre)
    propia = carpeta.as_uri()
    ajenos = [p for p in pagina.pedidos if not p.startswith((propia, "data:"))]
    assert ajenos == []
    assert pagina.errores == []
    assert pagina.consola == []
    compuestas = pagina.evalua(
        "document.querySelectorAll('mjx-container mjx-math').length"
    )
    assert compuestas > 3
    sueltas = pagina.evalua(
        "[...document.querySelectorAll('main :is(p, li, td)')]"
        ".map((t) => t.innerText)"
        r".filter((t) => /\\(frac|sum|hat|cdot|text)\b/.test(t))"
    )
    assert sueltas == []
    rotas = pagina.evalua(
        "[...document.images].filter((i) => !i.naturalWidth).length"
    )
    assert rotas == 0
    # Cada código se copia, y el botón copia lo que se ve.
    botones = pagina.evalua("document.querySelectorAll('.copia').length")
    codigos = pagina.evalua(
        "document.querySelectorAll('.celda.code .highlight').length"
    )
    assert botones == codigos > 30


@necesita_chromium
def test_el_menu_sigue_a_la_vista_y_dice_donde_se_esta(abre):
    pagina = abre(PAGINAS[0])
    pagina.evalua("document.querySelector('#s1-4').scrollIntoView()")
    pagina.espera(
        "document.querySelector('.menu [aria-current]')?.hash === '#s1-4'", 5
    )
    caja = pagina.evalua(
        "document.querySelector('.menu [aria-current]')"
        ".getBoundingClientRect().toJSON()"
    )
    assert 0 < caja["top"] < 900


@necesita_chromium
@cada_pagina
def test_cabe_en_un_telefono(abre, nombre):
    pagina = abre(nombre, 390, 844)
    assert pagina.evalua("document.documentElement.scrollWidth") <= 390
    pagina.espera("!document.querySelector('.menu details').open", 5)


@necesita_chromium
def test_claro_u_oscuro_segun_el_sistema(abre):
    def luz(pagina):
        rgb = pagina.evalua("getComputedStyle(document.body).backgroundColor")
        return sum(map(int, re.findall(r"\d+", rgb)[:3]))

    assert luz(abre(PAGINAS[1], prefers_color_scheme="light")) > 600
    assert luz(abre(PAGINAS[1], prefers_color_scheme="dark")) < 150


@necesita_chromium
def test_en_papel_todo_esta_abierto_y_despues_como_estaba(abre):
    """Los dos avisos que un navegador da al imprimir."""
    cuantos = abre(PAGINAS[0]).evalua("""(() => {
      const todos = [...document.querySelectorAll("main details")];
      todos.forEach((d, i) => (d.open = i === 0));
      const abiertos = () => todos.filter((d) => d.open).length;
      dispatchEvent(new Event("beforeprint"));
      const impresos = abiertos();
      dispatchEvent(new Event("afterprint"));
      return [todos.length, impresos, abiertos()];
    })()""")
    assert cuantos[0] == cuantos[1] > 10
    assert cuantos[2] == 1


@necesita_chromium
def test_en_papel_no_hay_menu(abre):
    vistos = abre(PAGINAS[0], medio="print").evalua(
        "['.menu', '.barra', '.copia', '.pasos'].filter((c) => "
        "document.querySelector(c).checkVisibility())"
    )
    assert vistos == []


@necesita_chromium
@axe.necesita_npm
@pytest.mark.parametrize("nombre", ["index.html", *PAGINAS])
def test_axe_no_halla_faltas(abre, nombre):
    """Claro, con todas las reglas; oscuro, con las que miran el color."""
    pagina = abre(nombre, prefers_color_scheme="light")
    pagina.evalua(
        "document.querySelectorAll('main details')"
        ".forEach((d) => (d.open = true))"
    )
    assert axe.faltas(pagina) == []
    pagina = abre(nombre, prefers_color_scheme="dark")
    assert axe.faltas(pagina, axe.DE_COLOR) == []


@necesita_chromium
@axe.necesita_npm
def test_axe_ve_una_falta(chromium, tmp_path):
    """La prueba misma: con una falta puesta a propósito, falla."""
    html = tmp_path / "mala.html"
    html.write_text(
        '<html><body><main><img src="data:,"><p style="color:#bbb">Gris'
        "</p></main></body></html>",
        "utf-8",
    )
    pagina = chromium.abre(html)
    vistas = {falta[0] for falta in axe.faltas(pagina)}
    assert {"image-alt", "html-has-lang", "color-contrast"} <= vistas
    assert [f[0] for f in axe.faltas(pagina, axe.DE_COLOR)] == [
        "color-contrast"
    ]
    pagina.cierra()


@necesita_chromium
@axe.necesita_npm
def test_axe_no_aparta_lo_que_es_distinto(chromium, tmp_path):
    """Se mide una muestra de los textos iguales: los que se ven iguales."""
    gris = '<i style="color:#bbb">{}</i>'
    # A una letra grande le basta este contraste, y a una chica no.
    medio = '<i style="color:#888;font-size:{}px">{}</i>'
    buenos = "<i>bueno</i>" * 20
    html = tmp_path / "mala.html"
    html.write_text(
        f"<html><body>{buenos}<p hidden>{gris.format('ido') * 20}</p>"
        f"<p>{buenos}{gris.format('a') * 20}{buenos}{gris.format('mal')}</p>"
        f"<p>{medio.format(24, 'grande') * 20}{medio.format(23, 'chica')}</p>"
        f'<p style="background:#555">{buenos}</p></body></html>',
        "utf-8",
    )
    pagina = chromium.abre(html)
    ((regla, cuantas, ejemplo, *_),) = axe.faltas(pagina, ["color-contrast"])
    assert (regla, cuantas) == ("color-contrast", 7)
    assert "mal" in ejemplo
    assert "data-repetido" not in pagina.evalua("document.body.innerHTML")
    pagina.cierra()


def test_el_indice_dice_cuanto_dura_cada_capitulo(carpeta):
    html = (carpeta / "index.html").read_text("utf-8")
    dichos = re.findall(r'class="minutos">(\d+) min[^<]* (\d+) de', html)
    esperados = [
        (sum(s.explica for s in capitulo), sum(s.ejercicios for s in capitulo))
        for capitulo in plan.planes(CUADERNOS)
    ]
    assert [tuple(map(int, dicho)) for dicho in dichos] == esperados


def test_las_letras_traen_los_signos_de_las_paginas(carpeta):
    """Sin el suyo, un signo se vería con otra letra."""
    estilo = (carpeta / "recursos" / "sitio.css").read_text("utf-8")
    de_cada_una = signos_de(estilo)
    assert len(de_cada_una) == 5
    assert all(set("áéíóúñ¿«»·") <= signos for signos in de_cada_una)


def test_con_un_cuaderno_propio_y_una_imagen_de_la_red(tmp_path, capsys):
    salida = new_output("stream", text="secreto\n")
    grafica = new_output("display_data", {"image/png": PUNTO})
    celdas = [
        new_markdown_cell("# 9 · Título\n\nUna promesa."),
        new_code_cell("1", outputs=[salida], metadata={"tags": ["predice"]}),
        new_markdown_cell("**Una curva.** Baja."),
        new_code_cell("2", outputs=[grafica]),
        new_markdown_cell("Sigue bajando."),
        new_code_cell("3", outputs=[grafica]),
        new_markdown_cell(
            "> Pregunta.", metadata={"slideshow": {"slide_type": "notes"}}
        ),
    ]
    ruta = tmp_path / "09_x.ipynb"
    nbformat.write(new_notebook(cells=celdas), ruta)
    for _ in range(2):  # la segunda, sobre lo que dejó la primera
        assert sitio.main(tmp_path / "a", ruta) == 0
        assert f"empieza en {tmp_path / 'a' / 'index.html'}" in (
            capsys.readouterr().out
        )
    html = (tmp_path / "a" / "09_x.html").read_text("utf-8")
    plegado = re.search(
        r'<details class="prediccion">.*?</details>', html, re.S
    )
    assert "secreto" in plegado[0]
    assert "Pregunta." not in html
    # Cada gráfica lleva el último título que se leyó antes de ella.
    assert html.count('alt="Gráfica: Una curva."') == 2
    assert "Una promesa." in (tmp_path / "a" / "index.html").read_text("utf-8")
    celdas.append(new_markdown_cell("![x](https://x.org/a.png)", id="mala"))
    nbformat.write(new_notebook(cells=celdas), ruta)
    assert sitio.main(tmp_path / "b", ruta) == 1
    dicho = capsys.readouterr().err
    assert "09_x.ipynb, celda mala" in dicho
    assert not (tmp_path / "b").exists()
