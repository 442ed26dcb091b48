"""Lo que se imprime: la hoja con notas y el cuadernillo de soluciones."""

import io
import re
import tempfile
from itertools import chain
from pathlib import Path

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    TextStringObject,
)

from diapositivas import guion, recursos
from diapositivas.celdas import Exportador, sin_marcas
from ejercicios.registro import cuaderno_de
from ejercicios.repaso import PREGUNTAS, del_repaso

PLANTILLAS = Path(__file__).resolve().parent
CUADERNOS = PLANTILLAS.parents[1] / "notebooks"
# La hoja es A4; arriba, la diapositiva; debajo, sus notas. En puntos.
HOJA = (595, 842)
MARGEN = 48
ENUNCIADO = re.compile(r"\A\*\*((?:Ejercicio|Pregunta) [^*]+?)\.\*\*\s*")
PREGUNTA = re.compile(r"\A\*\*Pregunta (\S+)\.\*\*")
REPETIDO = re.compile(r"\A(.{8,}?)\1+\Z")


def _imprime(navegador, html):
    """El PDF de un HTML, con sus fórmulas y un marcador por encabezado."""
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "hoja.html"
        ruta.write_text(html, encoding="utf-8")
        pagina = navegador.abre(ruta)
        pagina.espera("window.MathJax && MathJax.startup.promise")
        pagina.evalua("MathJax.startup.promise")
        datos = pagina.pdf(marcadores=True)
        pagina.cierra()
    return datos


def _compone(celdas, titulo, **mas):
    """El HTML de lo que se imprime; se basta solo."""
    exportador = Exportador(PLANTILLAS / "papel", CUADERNOS, titulo)
    html, _ = exportador.from_notebook_node(
        new_notebook(cells=celdas), {"titulo": titulo, **mas}
    )
    estilos = (
        recursos.letras(recursos.signos(html)),
        recursos.colores(),
        recursos.lee(PLANTILLAS / "papel" / "papel.css"),
    )
    dentro = {
        "<!--estilos-->": f"<style>{''.join(estilos)}</style>",
        "<!--formulas-->": f"<script>{recursos.mathjax()}</script>",
        "<!--guiones-->": "<script>"
        f"{recursos.lee(PLANTILLAS / 'plantilla' / 'enlaces.js')}"
        "sueltaEnlaces()</script>",
    }
    for hueco, contenido in dentro.items():
        html = html.replace(hueco, contenido, 1)
    return html


def _marcas(nodo):
    """Los marcadores de un PDF que se escribe, desde uno."""
    while nodo is not None:
        nodo = nodo.get_object()
        yield nodo
        yield from _marcas(nodo.get("/First"))
        nodo = nodo.get("/Next")


def _guarda(escrito, titulo):
    # Chromium repite el título del encabezado que baja a otra página.
    for marca in _marcas(escrito.root_object["/Outlines"].get("/First")):
        una_vez = REPETIDO.sub(r"\1", marca["/Title"])
        marca[NameObject("/Title")] = TextStringObject(una_vez)
    escrito.add_metadata({"/Title": titulo})
    salida = io.BytesIO()
    escrito.write(salida)
    return salida.getvalue()


def _planos(marcas):
    """Los marcadores de un PDF, en orden y sin niveles."""
    for marca in marcas:
        if isinstance(marca, list):
            yield from _planos(marca)
        else:
            yield marca


def _pega(escrito, numero, hoja):
    """Pone una diapositiva, reducida y con sus enlaces, en una página.

    Va entera, como una figura: fundir las dos páginas obligaría a leer cada
    orden de dibujo, y son millones.
    """
    pagina = escrito.pages[numero]
    escala = (HOJA[0] - 2 * MARGEN) / float(hoja.mediabox.width)
    sube = HOJA[1] - MARGEN - escala * float(hoja.mediabox.height)
    figura = DecodedStreamObject()
    figura.set_data(hoja.get_contents().get_data())
    figura = figura.flate_encode()
    figura[NameObject("/Type")] = NameObject("/XObject")
    figura[NameObject("/Subtype")] = NameObject("/Form")
    figura[NameObject("/BBox")] = hoja.mediabox
    figura[NameObject("/Resources")] = hoja["/Resources"].clone(escrito)
    orden = DecodedStreamObject()
    orden.set_data(
        f"q {escala} 0 0 {escala} {MARGEN} {sube} cm /Lamina Do Q\n".encode()
    )
    figuras = pagina["/Resources"].setdefault(
        NameObject("/XObject"), DictionaryObject()
    )
    figuras[NameObject("/Lamina")] = escrito._add_object(figura)
    pagina[NameObject("/Contents")] = ArrayObject(
        [escrito._add_object(orden), pagina.raw_get("/Contents")]
    )
    for nota in hoja.get("/Annots") or []:
        nota = nota.get_object()
        destino = nota.get("/A", {}).get("/URI")
        if destino:
            x0, y0, x1, y1 = (escala * float(n) for n in nota["/Rect"])
            caja = (x0 + MARGEN, y0 + sube, x1 + MARGEN, y1 + sube)
            escrito.add_annotation(numero, Link(rect=caja, url=str(destino)))


def hoja_con_notas(navegador, rutas, pdfs):
    """El PDF con una diapositiva de la charla y sus notas por página.

    Si unas notas no caben en su página, siguen en otra.

    Args:
        navegador: un `Navegador` en marcha.
        rutas: los cuadernos.
        pdfs: los bytes de los PDF de sus presentaciones, en el mismo orden.

    Returns:
        bytes
    """
    elegidas, hojas = [], []
    for ruta, pdf in zip(rutas, pdfs, strict=True):
        pilas = guion.reparte(nbformat.read(ruta, as_version=4))
        paginas = PdfReader(io.BytesIO(pdf)).pages
        for lamina, pagina in zip(chain(*pilas), paginas, strict=True):
            if lamina.principal or lamina.clase == "ejercicio":
                elegidas.append(lamina)
                hojas.append(pagina)
    nivel = {"portada": 1, "apertura": 2, "cierre": 2}
    titulo = "Notas de la charla"
    html = _compone(
        [],
        titulo,
        laminas=[
            {
                "nivel": nivel.get(x.clase, 3),
                "titulo": sin_marcas(x.titulo),
                "seccion": sin_marcas(x.seccion),
                "notas": "\n\n".join(x.notas),
            }
            for x in elegidas
        ],
    )
    fondo = PdfReader(io.BytesIO(_imprime(navegador, html)))
    numeros = [
        fondo.get_destination_page_number(marca)
        for marca in _planos(fondo.outline)
    ]
    escrito = PdfWriter(clone_from=fondo)
    for numero, hoja in zip(numeros, hojas, strict=True):
        _pega(escrito, numero, hoja)
    return _guarda(escrito, titulo)


def _respuesta(numero):
    """La de una pregunta de repaso, en Markdown."""
    del_repaso(cuaderno_de(numero))  # las carga
    pregunta = PREGUNTAS[numero]
    return f"**Respuesta: {pregunta.buena}).** {pregunta.razon}"


def _de_soluciones(cuaderno):
    """De un cuaderno, cada enunciado con su código y su solución."""
    titulo = guion.titula(cuaderno.cells[0].source)[1]
    celdas = [new_markdown_cell(f"## {titulo}")]
    dentro = False
    for celda in cuaderno.cells:
        texto = celda.source.strip()
        plegado = guion.PLEGADO.match(texto)
        enunciado = ENUNCIADO.match(texto)
        if enunciado:
            dentro = "Pregunta" not in enunciado[1]
            texto = f"### {enunciado[1]}\n\n{texto[enunciado.end() :]}"
            pregunta = PREGUNTA.match(celda.source)
            if pregunta:
                texto += f"\n\n{_respuesta(pregunta[1])}"
            celdas.append(new_markdown_cell(texto))
        elif dentro and plegado and plegado[1] == "Solución":
            dentro = False
            texto = f"**Solución.**\n\n{plegado[2].strip()}"
            celdas.append(new_markdown_cell(texto))
        elif dentro:
            celda.outputs = []
            celda.metadata = nbformat.from_dict({})
            celdas.append(celda)
    return celdas


def soluciones(navegador, rutas):
    """El PDF con los enunciados y las soluciones de todos los ejercicios.

    Lleva también las preguntas de repaso, con su respuesta.

    Args:
        navegador: un `Navegador` en marcha.
        rutas: los cuadernos.

    Returns:
        bytes
    """
    celdas = []
    for ruta in rutas:
        celdas += _de_soluciones(nbformat.read(ruta, as_version=4))
    titulo = "Cuadernillo de soluciones"
    impreso = _imprime(navegador, _compone(celdas, titulo))
    datos = PdfReader(io.BytesIO(impreso))
    return _guarda(PdfWriter(clone_from=datos), titulo)
