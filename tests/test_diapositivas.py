"""Las diapositivas: se bastan solas, caben, se leen y esperan su turno."""

import importlib
import io
import re
import subprocess
import sys
from html.parser import HTMLParser

import matplotlib
import nbformat
import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)
from PIL import Image, ImageChops

from apoyo import axe, impreso, navegador
from apoyo.cuadernos import CUADERNOS, RAIZ, fuente, lee
from apoyo.letras import signos_de
from diapositivas import __main__ as diapositivas
from diapositivas import desbordes, guion, pdf
from diapositivas.muestra import PAGINA
from helpers.graficas import aplica_estilo
from herramientas.imagenes import ImagenFuera, en_base64

matplotlib.use("Agg")

import matplotlib.pyplot as plt
from matplotlib.text import Text

necesita_chromium = pytest.mark.skipif(
    navegador.busca() is None, reason=navegador.REMEDIO
)
todos = pytest.mark.parametrize("ruta", CUADERNOS, ids=lambda r: r.stem)
PNG = (RAIZ / "ims" / "1" / "memoria.png").read_bytes()
# Las palabras que se leen de un golpe; las que pasan llegan por partes: un
# resumen punto por punto, una tabla fila por fila.
PALABRAS = 70
POR_PARTES = {"resumen", "s41-vale"}
# Las que botan para decir por dónde seguir: en cada presentación abierta, el
# navegador las pinta sin descanso.
QUIETAS_LAS_FLECHAS = """
Reveal.getConfig().controlsTutorial = false;
document.querySelectorAll(".controls .highlight")
  .forEach((flecha) => flecha.classList.remove("highlight"));
"""


def tipo(celda):
    return celda["metadata"]["slideshow"]["slide_type"]


@pytest.fixture(scope="module")
def mazo(tmp_path_factory):
    """De un cuaderno a su presentación; todas se hacen a la vez."""
    carpeta, hechos = tmp_path_factory.mktemp("mazos"), {}
    htmls = diapositivas.convierte(*CUADERNOS)
    for ruta, html in zip(CUADERNOS, htmls, strict=True):
        hechos[ruta] = carpeta / f"{ruta.stem}.html"
        hechos[ruta].write_text(html, "utf-8")
    return hechos.__getitem__


@pytest.fixture(scope="module")
def chromium():
    with navegador.Navegador() as abierto:
        yield abierto


@pytest.fixture
def hecho(cuaderno, tmp_path):
    """De celdas sueltas al HTML de su presentación, en un archivo."""

    def escribe(*ternas):
        html = tmp_path / "09.html"
        (texto,) = diapositivas.convierte(cuaderno(*ternas))
        html.write_text(texto, "utf-8")
        return html

    return escribe


@pytest.fixture(scope="module")
def pagina(chromium):
    """De una presentación a su página abierta, que se abre una sola vez."""
    abiertas = {}

    def abre(ruta):
        if ruta not in abiertas:
            abiertas[ruta] = chromium.abre(ruta)
            abiertas[ruta].espera(navegador.LISTA)
            abiertas[ruta].evalua(QUIETAS_LAS_FLECHAS)
        return abiertas[ruta]

    return abre


@pytest.fixture(scope="module")
def medidas(mazo, pagina):
    """De un cuaderno a las medidas de sus diapositivas, una sola vez."""
    hechas = {}

    def dame(ruta):
        if ruta not in hechas:
            hechas[ruta] = desbordes.mide(pagina(mazo(ruta)))
        return hechas[ruta]

    return dame


@pytest.fixture
def cuaderno(tmp_path):
    """Escribe un cuaderno de (tipo de diapositiva, celda, etiqueta…)."""

    def escribe(*ternas):
        celdas = []
        for clase, celda, *tags in ternas:
            celda.metadata["slideshow"] = {"slide_type": clase}
            celda.metadata["tags"] = tags
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


PORTADA = ("slide", new_markdown_cell("# 9 · Título"))


def dice(texto):
    return new_output("stream", text=f"{texto}\n")


def quieta(pagina):
    """Espera a que se pinte y acabe de moverse: un tiempo fijo no basta."""
    pagina.evalua(
        "document.fonts.ready.then(() => new Promise(requestAnimationFrame))"
    )
    pagina.espera(
        "document.getAnimations().every((a) => a.playState !== 'running')"
    )


def foto(pagina, h, v=0, fragmento=-1):
    """Lo que se ve en una diapositiva, con los fragmentos hasta uno."""
    pagina.evalua(f"Reveal.slide({h}, {v}, {fragmento})")
    quieta(pagina)
    vista = Image.open(io.BytesIO(pagina.foto())).convert("RGB")
    return vista.crop((0, 0, 1280, 700))  # debajo, la barra de avance


def visible(pagina, texto):
    """Si un texto se ve en la diapositiva de ahora."""
    return pagina.evalua(
        "[...Reveal.getCurrentSlide().querySelectorAll('*')].some((e) => "
        f"e.children.length === 0 && e.textContent.includes({texto!r}) && "
        "e.checkVisibility({visibilityProperty: true, opacityProperty: true}))"
    )


@todos
def test_se_ve_lo_que_toca(ruta, mazo):
    html = mazo(ruta).read_text("utf-8")
    celdas = lee(ruta)["cells"]
    for celda in celdas:
        marca = f'data-celda="{celda["id"]}"'
        esperada = tipo(celda) not in ("skip", "notes")
        assert (marca in html) == esperada, celda["id"]
    assert "<details" not in html


@todos
def test_de_35_a_45_y_todas_con_titulo_propio(ruta):
    pilas = guion.reparte(nbformat.read(ruta, as_version=4))
    assert 35 <= len(pilas) <= 45
    assert guion.sin_titulo(pilas) == []
    principales = [pila[0].titulo for pila in pilas]
    assert len(set(principales)) > len(principales) - len(
        [t for t in principales if t == "En dos líneas"]
    )
    for titulo in principales:
        assert len(guion.sin_marcas(titulo)) <= 70, titulo
        assert guion.SIGUE not in titulo


@todos
def test_cada_seccion_tiene_sus_minutos_y_cada_una_sus_notas(ruta):
    pilas = guion.reparte(nbformat.read(ruta, as_version=4))
    for pila in pilas:
        if pila[0].clase in ("apertura", "cierre"):
            assert pila[0].minutos, pila[0].id
        assert pila[0].segundos >= 60, pila[0].id
    # Las de una sección no se repiten: cada nota se dice una vez.
    notas = [n for pila in pilas for x in pila for n in x.notas[:-1]]
    assert len(set(notas)) == len(notas)


def test_notas_imagenes_insignia_y_alternativos(cuaderno, tmp_path):
    (tmp_path / "f.png").write_bytes(PNG)
    salida = new_output("display_data", {"image/png": en_base64(PNG)})
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
        ("subslide", new_markdown_cell("**La recta.** Mírala.")),
        ("-", new_code_cell('plt.xlabel("Época")', outputs=[salida])),
        ("-", new_markdown_cell("La **recta** sube.")),
        (
            "notes",
            new_markdown_cell(
                "<details><summary>Para quien enseña</summary>\n\n"
                "Pregunta por la recta.\n\n</details>"
            ),
        ),
        ("slide", new_markdown_cell("## Resumen\n\n[Índice](../README.md)")),
    )
    (html,) = diapositivas.convierte(ruta)
    assert "preparación = 1" not in html
    assert "x.org/b.svg" not in html
    assert '<a href="https://x.org/9">Abrir en Colab</a>' in html
    assert html.count("data:image/png;base64,iVBOR") == 2
    assert 'alt="Un mapa"' in html
    assert 'alt="Gráfica: La recta (eje horizontal: Época)."' in html
    assert html.count("Pregunta por la recta.") == 1
    assert "Para quien enseña" not in html
    assert 'class="diapositiva portada"' in html
    # El título y las teclas son los de la portada.
    assert "<title>9 · Título" in html
    assert html.index("pone en marcha la cuenta") < html.index("9.1 Sección")
    assert "¶" not in html  # el enlace a sí mismo que pone nbconvert
    assert "README.md" not in html


def test_toda_imagen_va_dentro(cuaderno, tmp_path):
    (tmp_path / "con espacio.png").write_bytes(PNG)
    adjunta = new_markdown_cell("![Adjunta](attachment:x.png)")
    adjunta.attachments = {"x.png": {"image/png": en_base64(PNG)}}
    ruta = cuaderno(
        PORTADA,
        ("slide", new_markdown_cell("**A.** ![Uno](con%20espacio.png)")),
        ("-", new_markdown_cell('<img src="con espacio.png" alt="Dos">')),
        ("-", new_markdown_cell("![Tres][t]\n\n[t]: con%20espacio.png")),
        ("-", adjunta),
    )
    (html,) = diapositivas.convierte(ruta)
    assert html.count('src="data:image/png;base64,iVBOR') == 4
    assert [p for p in Pedidos(html).hallados if p[:5] != "data:"] == []


@pytest.mark.parametrize(
    ("markdown", "dice"),
    [
        ("![x](https://x.org/a.png)", "https://x.org/a.png"),
        ('<img src="//x.org/a.png">', "sin red no se vería"),
        ('<video src="http://x.org/a.mp4"></video>', "sin red no se vería"),
        ("![x](no-esta.png)", "no encuentro la imagen"),
        ("![x](attachment:otra.png)", "no está en la celda"),
        ("![x](notas.txt)", "no es una imagen"),
    ],
)
def test_lo_que_no_va_dentro_se_dice(cuaderno, capsys, markdown, dice):
    celda = new_markdown_cell(f"**A.** {markdown}", id="la-celda")
    ruta = cuaderno(PORTADA, ("slide", celda))
    ruta.with_name("notas.txt").write_text("hola")
    with pytest.raises(ImagenFuera, match=re.escape(dice)):
        diapositivas.convierte(ruta)
    assert diapositivas.main(ruta.parent / "slides", ruta) == 1
    avisado = capsys.readouterr().err
    assert "09_prueba.ipynb" in avisado
    assert "la-celda" in avisado
    assert not list((ruta.parent / "slides").iterdir())


def test_dice_lo_que_hizo_y_lo_rehace(cuaderno, tmp_path, capsys):
    ruta = cuaderno(
        PORTADA,
        ("slide", new_markdown_cell("**A.** Así: «ñandú».")),
        ("subslide", new_markdown_cell("**B.** Así.")),
        ("slide", new_markdown_cell("Sin título.", id="la-suelta")),
    )
    for _ in range(2):  # la segunda, sobre lo que dejó la primera
        assert diapositivas.main(tmp_path / "a" / "b", ruta) == 0
        dicho = capsys.readouterr().out
        assert "3 diapositivas y 1 en el anexo" in dicho
        assert "la celda la-suelta empieza una diapositiva sin" in dicho
    html = (tmp_path / "a" / "b" / "09_prueba.html").read_text("utf-8")
    de_los_textos = signos_de(html)[:5]
    assert len(de_los_textos) == 5
    assert all(set("íñú«»") <= signos for signos in de_los_textos)


def test_si_reveal_cambia_sus_textos_se_sabe():
    with pytest.raises(ValueError, match="Jump to slide"):
        diapositivas.traduce("otra versión, con otros textos")


@necesita_chromium
def test_la_salida_espera_y_lo_que_la_comenta_tambien(hecho, pagina):
    abierta = pagina(
        hecho(
            PORTADA,
            ("slide", new_markdown_cell("**Suma.** ¿Cuánto es?")),
            ("-", new_code_cell("2 + 2", outputs=[dice("cuatro")]), "predice"),
            ("-", new_markdown_cell("Salió cuatro, claro.")),
            ("slide", new_markdown_cell("**Ya.** Mira.")),
            ("-", new_code_cell("1", outputs=[dice("uno")]), "salida-ya"),
            ("-", new_markdown_cell("Salió uno.")),
        )
    )
    abierta.evalua("Reveal.slide(1, 0, -1)")
    assert visible(abierta, "¿Cuánto es?")
    assert not visible(abierta, "cuatro")
    assert not visible(abierta, "Salió")
    abierta.evalua("Reveal.right()")
    quieta(abierta)
    assert visible(abierta, "cuatro")
    assert not visible(abierta, "Salió")
    abierta.evalua("Reveal.right()")
    quieta(abierta)
    assert visible(abierta, "Salió cuatro")
    abierta.evalua("Reveal.slide(2, 0, -1)")
    assert visible(abierta, "uno")
    assert visible(abierta, "Salió uno")


@necesita_chromium
def test_la_foto_de_una_prediccion_no_tiene_la_respuesta(hecho, pagina):
    """La misma foto con otra respuesta: antes de la tecla, nada cambia."""
    antes, despues = [], []
    for respuesta in ("cuatro", "cuarenta y cuatro"):
        html = hecho(
            PORTADA,
            ("slide", new_markdown_cell("**Suma.** ¿Cuánto es?")),
            (
                "-",
                new_code_cell("2 + 2", outputs=[dice(respuesta)]),
                "predice",
            ),
            ("-", new_markdown_cell(f"Salió {respuesta}.")),
        )
        abierta = pagina(html.rename(html.with_stem(respuesta)))
        antes.append(foto(abierta, 1))
        despues.append(foto(abierta, 1, 0, 99))
    assert ImageChops.difference(*antes).getbbox() is None
    assert ImageChops.difference(*despues).getbbox() is not None


@necesita_chromium
def test_codigo_por_pasos_tabla_por_filas_y_codigo_oculto(hecho, pagina):
    codigo = "uno = 1\ndos = 2\ntres = 3"
    tabla = "| a | b |\n|---|---|\n| fila1 | 1 |\n| fila2 | 2 |"
    abierta = pagina(
        hecho(
            PORTADA,
            ("slide", new_markdown_cell("**Pasos.** Mira.")),
            ("-", new_code_cell(codigo), "lineas:1|2-3"),
            ("slide", new_markdown_cell(f"**Tabla.** Así.\n\n{tabla}")),
            ("slide", new_markdown_cell("**Figura.** Así.")),
            (
                "-",
                new_code_cell("dibuja()", outputs=[dice("hola")]),
                "sin-codigo",
            ),
        )
    )
    apagadas = (
        "[...Reveal.getCurrentSlide().querySelectorAll('pre > span[id]')]"
        ".map((s) => s.classList.contains('apagada'))"
    )
    abierta.evalua("Reveal.slide(1, 0, -1)")
    assert abierta.evalua(apagadas) == [False, True, True]
    abierta.evalua("Reveal.right()")
    assert abierta.evalua(apagadas) == [True, False, False]
    abierta.evalua("Reveal.slide(2, 0, -1)")
    assert visible(abierta, "fila1")
    assert not visible(abierta, "fila2")
    abierta.evalua("Reveal.slide(3, 0, 99)")
    assert not visible(abierta, "dibuja")


@necesita_chromium
def test_un_ejercicio_cuelga_con_su_cuenta_y_su_solucion(hecho, pagina):
    abierta = pagina(
        hecho(
            PORTADA,
            ("slide", new_markdown_cell("**En dos líneas.** Eso.")),
            (
                "subslide",
                new_markdown_cell("**Ejercicio 9.1 · 3 min.** Suma."),
            ),
            (
                "-",
                new_code_cell("respuesta = ...", outputs=[dice("pendiente")]),
            ),
            (
                "subslide",
                new_markdown_cell(
                    "<details><summary>Solución</summary>\n\n"
                    "Es cuatro.\n\n</details>"
                ),
            ),
            ("slide", new_markdown_cell("**Otra.** Y ya.")),
        )
    )
    abierta.evalua("Reveal.slide(1, 0)")
    assert visible(abierta, "↓ 1 ejercicio, 3 min")
    # La tecla del mando pasa de largo; ↓ baja.
    abierta.tecla("PageDown")
    assert abierta.evalua("Reveal.getIndices().h") == 2
    abierta.evalua("Reveal.slide(1, 0)")
    abierta.tecla("ArrowDown")
    assert visible(abierta, "respuesta")
    assert not visible(abierta, "pendiente")
    boton = "Reveal.getCurrentSlide().querySelector('.cuenta')"
    assert abierta.evalua(f"{boton}.textContent") == "3:00"
    abierta.tecla("t")
    abierta.espera(f"{boton}.textContent === '2:59'", 5)
    abierta.tecla("ArrowDown")
    assert visible(abierta, "Solución 9.1")
    assert visible(abierta, "Es cuatro.")


@necesita_chromium
@todos
def test_antes_de_la_tecla_no_se_ve_ninguna_prediccion(ruta, mazo, pagina):
    abierta = pagina(mazo(ruta))
    hay = sum(
        "predice" in celda["metadata"].get("tags", [])
        and tipo(celda) != "skip"
        for celda in lee(ruta)["cells"]
    )
    vistas = abierta.evalua("""
      [...document.querySelectorAll(".prediccion")].map((p) => {
        const { h, v } = Reveal.getIndices(p.closest("section"));
        Reveal.slide(h, v, -1);
        const salida = p.querySelector(".salida");
        return salida.matches(".fragment:not(.visible)");
      })
    """)
    assert vistas == [True] * hay
    assert hay


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
    assert abierta.consola == []


@necesita_chromium
@todos
def test_cada_enlace_llega_a_su_diapositiva(ruta, mazo, pagina):
    sueltos = pagina(mazo(ruta)).evalua("""
      [...document.querySelectorAll("section a[href^='#']")]
        .map((a) => a.getAttribute("href"))
        .filter((h) => !document.getElementById(h.slice(1)))
    """)
    assert sueltos == []


@necesita_chromium
@axe.necesita_npm
@todos
def test_axe_no_halla_faltas(ruta, mazo, pagina):
    assert axe.faltas_de_la_charla(pagina(mazo(ruta))) == []


@necesita_chromium
@axe.necesita_npm
def test_axe_ve_una_falta_donde_este(hecho, chromium):
    """En el anexo, en lo que espera su turno, y sobre el fondo de reveal."""
    gris = "<span style='color:#{}'>gris</span>"
    html = hecho(
        ("slide", new_markdown_cell(f"# 9 · {gris.format('456')}")),
        ("slide", new_markdown_cell("**A.** Así.")),
        ("-", new_code_cell("1", outputs=[dice("uno")])),
        ("-", new_markdown_cell(f"Salió {gris.format('bbb')}.")),
        ("subslide", new_markdown_cell(f"**B.** {gris.format('bbb')}")),
        ("subslide", new_markdown_cell("**C.** <button></button>")),
    )
    abierta = chromium.abre(html)
    abierta.espera(navegador.LISTA)
    como_estan = (
        "Reveal.getSlides().map((s) => "
        "[s.hidden, s.ariaHidden, s.style.cssText])"
    )
    antes = abierta.evalua(como_estan)
    halladas = {f[0]: f[1] for f in axe.faltas_de_la_charla(abierta)}
    assert halladas == {"color-contrast": 3, "button-name": 1}
    assert abierta.evalua(como_estan) == antes
    abierta.cierra()


@necesita_chromium
@todos
def test_caben_y_se_leen_desde_la_ultima_fila(ruta, medidas):
    suyas = medidas(ruta)
    assert {(m["ancho"], m["alto"]) for m in suyas} == {(1280, 720)}
    se_salen = {m["celda"]: m["fuera"] for m in suyas if m["fuera"]}
    assert se_salen == {}, "celda donde empieza y píxeles que se sale"
    chicas = {m["celda"]: m["letra"] for m in suyas if m["letra"] < 20}
    assert chicas == {}
    llenas = {
        m["celda"]: m["palabras"]
        for m in suyas
        if m["principal"]
        and m["palabras"] > PALABRAS
        and m["celda"] not in POR_PARTES
    }
    assert llenas == {}


@necesita_chromium
@todos
def test_ninguna_salida_llega_en_blanco(ruta, mazo, pagina):
    """Lo impreso, la gráfica y el valor de la última línea."""
    vacias = pagina(mazo(ruta)).evalua("""
      [...document.querySelectorAll(".salida")]
        .filter((s) => !s.textContent.trim() && !s.querySelector("img"))
        .map((s) => s.closest(".celda").dataset.celda)
    """)
    assert vacias == []


@pytest.fixture
def puntos(monkeypatch):
    """De una celda con imagen a su letra más chica, en px de la imagen.

    En una gráfica es la de `aplica_estilo`: su celda no la cambia. Una figura
    se dibuja otra vez y se miran sus textos.
    """
    monkeypatch.syspath_prepend(RAIZ / "ims")

    def mide(codigo):
        dibujada = re.search(r"ims/(\d)/([\w-]+\.png)", codigo)
        with matplotlib.rc_context():
            aplica_estilo()
            if not dibujada:
                assert not re.search("font_?size|labelsize", codigo)
                return plt.rcParams["font.size"] * 100 / 72
            if dibujada[2] == PAGINA.name:  # una foto, con esa letra
                return desbordes.MINIMA + 1
            capitulo = importlib.import_module(f"capitulo_{dibujada[1]}")
            figura = capitulo.FIGURAS[dibujada[2]]()
            figura.canvas.draw()
            letras = [
                texto.get_fontsize()
                for texto in figura.findobj(Text)
                if texto.get_visible() and texto.get_text().strip()
            ]
            plt.close(figura)
        return min(letras) * 150 / 72

    return mide


@necesita_chromium
@todos
def test_la_letra_de_las_figuras_tambien_se_lee(ruta, medidas, puntos):
    codigos = {celda["id"]: fuente(celda) for celda in lee(ruta)["cells"]}
    figuras = [
        figura for medida in medidas(ruta) for figura in medida["figuras"]
    ]
    assert figuras
    letras = {
        f["celda"]: round(f["escala"] * puntos(codigos[f["celda"]]), 1)
        for f in figuras
    }
    assert {c: px for c, px in letras.items() if px < desbordes.MINIMA} == {}


@necesita_chromium
def test_el_medidor_ve_lo_que_se_sale_y_lo_chico(hecho, pagina):
    largo = "\n".join(f"linea_{i} = {i}" for i in range(60))
    chica = "<span style='font-size:15px'>chica</span>"
    medidas = desbordes.mide(
        pagina(
            hecho(
                PORTADA,
                ("slide", new_markdown_cell("**A.** Largo.")),
                ("-", new_code_cell(largo)),
                (
                    "slide",
                    new_markdown_cell("<div style='width:1400px'>a</div>"),
                ),
                ("slide", new_code_cell(f"{'x' * 140} = 1")),
                ("slide", new_markdown_cell(f"**B.** {chica}")),
            )
        )
    )
    fuera = [m["fuera"] for m in medidas]
    assert fuera[0] == fuera[4] == 0
    assert min(fuera[1:4]) > 100
    assert [m["letra"] for m in medidas][3:] == [20, 15]


@necesita_chromium
@todos
def test_muestra_formulas_y_graficas(ruta, mazo, pagina):
    abierta = pagina(mazo(ruta))
    visibles = [
        c for c in lee(ruta)["cells"] if tipo(c) not in ("skip", "notes")
    ]
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
        "document.querySelectorAll('section mjx-container > mjx-math').length"
    )
    assert formulas >= len(con_formula)
    assert not abierta.evalua("document.querySelector('[data-mjx-error]')")
    sueltas = abierta.evalua(
        "[...document.querySelectorAll('.contenido :is(p, li, td)')]"
        ".map((t) => t.innerText)"
        ".filter((t) => /\\\\(frac|sum|hat|cdot|text)\\b/.test(t))"
    )
    assert sueltas == []


@necesita_chromium
@todos
def test_portada_secciones_y_numeros(ruta, mazo, pagina):
    abierta = pagina(mazo(ruta))
    titulo = fuente(lee(ruta)["cells"][0]).splitlines()[0].lstrip("# ")
    portada = abierta.evalua("Reveal.getSlides()[0].textContent")
    assert titulo in portada
    assert diapositivas.CURSO in portada
    total = abierta.evalua("Reveal.getHorizontalSlides().length")
    numero = "document.querySelector('.reveal .slide-number').innerText"
    for n in (1, 2):
        abierta.evalua(f"Reveal.slide({n - 1}, 0)")
        visto = re.findall(r"\d+", abierta.evalua(numero))
        assert visto == [str(n), str(total)]
    titulos = abierta.evalua(
        "[...document.querySelectorAll('.cabeza :is(h1, h2, h3)')]"
        ".map((t) => t.textContent.trim())"
    )
    for celda in lee(ruta)["cells"]:
        hallado = re.search(r"^## (\d.*)$", fuente(celda), re.MULTILINE)
        if celda["cell_type"] == "markdown" and hallado:
            assert hallado[1].replace("`", "") in titulos


@necesita_chromium
def test_busca_y_va_al_contenido(mazo, pagina):
    abierta = pagina(mazo(CUADERNOS[0]))
    abierta.evalua("Reveal.slide(4, 0)")
    abierta.tecla("m")
    assert abierta.evalua("Reveal.getCurrentSlide().matches('.contenidos')")
    abierta.evalua("Reveal.getPlugin('search').open()")
    assert abierta.evalua(
        "document.querySelector('.searchinput').placeholder"
    ) == ("Buscar…")
    abierta.evalua("Reveal.getPlugin('search').close()")


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
    ventana.espera(f"{texto}.includes('Para esta diapositiva')")
    ventana.espera("document.querySelectorAll('iframe').length === 2")
    # El reloj que marca el paso está puesto.
    ventana.espera("document.querySelector('.pacing').innerText.trim()")
    visto = ventana.evalua(texto)
    for palabra in ("Sigue", "Tiempo", "Notas"):
        assert palabra.lower() in visto.lower()
    assert "Upcoming" not in visto
    marcos = ventana.evalua(
        "[...document.querySelectorAll('iframe')].map((m) => m.src)"
    )
    assert all(m.startswith(mazo(ruta).resolve().as_uri()) for m in marcos)
    ventana.cierra()


@pytest.fixture(scope="module")
def pdfs(mazo, chromium):
    """Los PDF de las presentaciones, menos la que imprime `test_clase`."""
    rutas = CUADERNOS[1:]
    hechos = pdf.a_pdf(chromium, *map(mazo, rutas))
    return {r: impreso.abre(p) for r, p in zip(rutas, hechos, strict=True)}


@necesita_chromium
@pytest.mark.parametrize("ruta", CUADERNOS[1:], ids=lambda r: r.stem)
def test_el_pdf_tiene_paginas_marcadores_y_enlaces(ruta, pdfs):
    leido = pdfs[ruta]
    pilas = guion.reparte(nbformat.read(ruta, as_version=4))
    impreso.comprueba_la_charla(leido, ruta, sum(map(len, pilas)))
    enlaces = impreso.enlaces(leido)
    assert enlaces
    assert [e for e in enlaces if not e.startswith("https://")] == []


@necesita_chromium
def test_en_el_pdf_una_formula_se_copia(hecho, chromium):
    html = hecho(PORTADA, ("slide", new_markdown_cell("**A.** $q = z_3 + 7$")))
    (datos,) = pdf.a_pdf(chromium, html)
    assert "q=z3+7" in impreso.texto(impreso.abre(datos).pages[1])


def test_sin_chromium_el_pdf_dice_que_instalar(tmp_path):
    hecho = subprocess.run(
        [sys.executable, "-m", "diapositivas.pdf", tmp_path / "x.html"],
        capture_output=True,
        encoding="utf-8",
        cwd=RAIZ / "tests",
        env={
            "PATH": "",
            "CHROMIUM": "/no/existe",
            "PYTHONUTF8": "1",
            "PYTHONPATH": str(RAIZ / "notebooks"),
        },
    )
    assert hecho.returncode == 1
    assert "Instálalo" in hecho.stderr
    assert "Traceback" not in hecho.stderr
