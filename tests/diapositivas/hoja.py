"""Lo que se imprime: la hoja con notas y el cuadernillo de soluciones."""

import io
import tempfile
from pathlib import Path

import nbformat
from nbformat.v4 import new_notebook
from pypdf import PdfReader, PdfWriter, Transformation

from archivos import escribe
from diapositivas import guion, recursos
from diapositivas.celdas import Exportador, sin_marcas

PLANTILLAS = Path(__file__).resolve().parent
# La hoja es A4; arriba, la diapositiva; debajo, sus notas. En puntos.
HOJA = (595, 842)
MARGEN = 48


def _imprime(navegador, html):
    """El PDF de un HTML, con sus fórmulas compuestas."""
    with tempfile.TemporaryDirectory() as carpeta:
        ruta = Path(carpeta) / "hoja.html"
        ruta.write_text(html, encoding="utf-8")
        pagina = navegador.abre(ruta)
        pagina.espera("window.MathJax && MathJax.startup.promise")
        pagina.evalua("MathJax.startup.promise")
        datos = pagina.pdf()
        pagina.cierra()
    return datos


def _compone(plantilla, celdas, titulo, **mas):
    """Un HTML que se basta solo, con una plantilla de esta carpeta."""
    cuaderno = new_notebook(cells=celdas)
    raiz = PLANTILLAS.parents[1]
    exportador = Exportador(
        PLANTILLAS / plantilla, raiz / "notebooks", plantilla
    )
    html, _ = exportador.from_notebook_node(
        cuaderno, {"titulo": titulo, **mas}
    )
    estilos = (
        recursos.letras(recursos.signos(html)),
        recursos.colores(),
        recursos.lee(PLANTILLAS / "papel" / "papel.css"),
    )
    html = html.replace(
        "<!--estilos-->", f"<style>{''.join(estilos)}</style>", 1
    )
    return html.replace(
        "<!--formulas-->", f"<script>{recursos.mathjax()}</script>", 1
    )


def hoja_con_notas(navegador, rutas, pdfs):
    """El PDF con una diapositiva de la charla y sus notas por página.

    Args:
        navegador: un `Navegador` en marcha.
        rutas: los cuadernos.
        pdfs: {HTML: PDF} de sus presentaciones, en el mismo orden.

    Returns:
        bytes
    """
    elegidas, paginas = [], []
    for ruta, pdf in zip(rutas, pdfs.values(), strict=True):
        laminas = [
            lamina
            for pila in guion.reparte(nbformat.read(ruta, as_version=4))
            for lamina in pila
        ]
        hojas = PdfReader(pdf).pages
        for lamina, hoja in zip(laminas, hojas, strict=True):
            if lamina.principal or lamina.clase == "ejercicio":
                elegidas.append(lamina)
                paginas.append(hoja)
    html = _compone(
        "papel",
        [],
        "Notas de la charla",
        laminas=[
            {
                "titulo": sin_marcas(x.titulo),
                "seccion": sin_marcas(x.seccion),
                "notas": "\n\n".join(x.notas),
            }
            for x in elegidas
        ],
    )
    fondo = PdfReader(io.BytesIO(_imprime(navegador, html)))
    escrito = PdfWriter(clone_from=fondo)
    ancho = HOJA[0] - 2 * MARGEN
    for numero, (hoja, lamina) in enumerate(
        zip(paginas, elegidas, strict=True)
    ):
        escala = ancho / float(hoja.mediabox.width)
        alto = escala * float(hoja.mediabox.height)
        mueve = Transformation().scale(escala)
        escrito.pages[numero].merge_transformed_page(
            hoja, mueve.translate(MARGEN, HOJA[1] - MARGEN - alto)
        )
        if lamina.clase in ("portada", "apertura"):
            escrito.add_outline_item(
                sin_marcas(lamina.titulo), page_number=numero
            )
    escrito.add_metadata({"/Title": "Notas de la charla"})
    salida = io.BytesIO()
    escrito.write(salida)
    return salida.getvalue()


def soluciones(navegador, carpeta, celdas):
    """El PDF con los enunciados y las soluciones de todos los ejercicios.

    Args:
        navegador: un `Navegador` en marcha.
        carpeta: dónde dejar también la página (`soluciones.html`).
        celdas: las del enunciado, el código y la solución, en orden.

    Returns:
        bytes
    """
    for celda in celdas:
        celda.metadata = nbformat.from_dict({})
        plegado = guion.PLEGADO.search(celda.source)
        if plegado:
            celda.source = f"**Solución.**\n\n{plegado[2].strip()}"
    html = _compone("papel", celdas, "Cuadernillo de soluciones")
    escribe(carpeta / "soluciones.html", html)
    datos = PdfReader(io.BytesIO(_imprime(navegador, html)))
    escrito = PdfWriter(clone_from=datos)
    escrito.add_metadata({"/Title": "Cuadernillo de soluciones"})
    salida = io.BytesIO()
    escrito.write(salida)
    return salida.getvalue()
