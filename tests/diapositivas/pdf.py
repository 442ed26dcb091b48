"""Pasa presentaciones a PDF: `python -m diapositivas.pdf PRESENTACION.html…`.

Una página por diapositiva, al lado de cada HTML, con marcadores: secciones,
diapositivas y anexo. Necesita Chromium.
"""

import io
import logging
import sys
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from apoyo.navegador import LISTA, Navegador
from archivos import escribe

# Chromium cuenta mal los objetos de sus PDF; pypdf los lee igual, y avisa.
logging.getLogger("pypdf").setLevel(logging.ERROR)
INDICE = """
[...document.querySelectorAll("section.diapositiva")].map((d) => ({
  titulo: d.querySelector(".cabeza :is(h1, h2, h3)").textContent.trim(),
  abre: d.matches(".portada, .apertura, .cierre"),
  anexo: d.matches(".anexo"),
}))
"""


def a_pdf(navegador, *rutas):
    """Los PDF de unas presentaciones, uno tras otro.

    Todas se abren a la vez, y Chromium imprime cada una mientras aquí se
    ponen los marcadores de la anterior.

    Args:
        navegador: un `Navegador` en marcha.
        rutas: `Path` de cada HTML.

    Yields:
        bytes, en el orden de `rutas`
    """
    paginas = [
        navegador.abre(f"{ruta.resolve().as_uri()}?print-pdf")
        for ruta in rutas
    ]
    pedidos = []
    for pagina in paginas:
        pagina.espera(LISTA)
        pagina.espera("document.querySelector('.pdf-page')")
        titulo, indice = pagina.evalua(f"[document.title, {INDICE}]")
        pedidos.append((pagina.pide_pdf(), titulo, indice))
    for pagina, (pdf, titulo, indice) in zip(paginas, pedidos, strict=True):
        datos = pdf()
        pagina.cierra()
        yield con_marcadores(datos, titulo, indice)


def con_marcadores(datos, titulo, indice):
    """Agrega a un PDF su título, su idioma y un marcador por página.

    Args:
        datos: los bytes del PDF.
        titulo: el del documento.
        indice: por página, `titulo`, si `abre` sección y si es `anexo`.

    Returns:
        bytes

    Raises:
        ValueError: no hay una página por diapositiva.
    """
    escrito = PdfWriter(clone_from=PdfReader(io.BytesIO(datos)))
    if len(escrito.pages) != len(indice):
        raise ValueError(
            f"{titulo}: {len(escrito.pages)} páginas para {len(indice)} "
            "diapositivas; alguna no cabe en la suya."
        )
    seccion = principal = None
    for numero, entrada in enumerate(indice):
        de = principal if entrada["anexo"] else seccion
        if entrada["abre"]:
            de = None
        marca = escrito.add_outline_item(
            title=entrada["titulo"], page_number=numero, parent=de
        )
        if entrada["abre"]:
            seccion = principal = marca
        elif not entrada["anexo"]:
            principal = marca
    escrito.add_metadata({"/Title": titulo})
    escrito.root_object[NameObject("/Lang")] = TextStringObject("es")
    salida = io.BytesIO()
    escrito.write(salida)
    return salida.getvalue()


def main(*rutas):
    try:
        with Navegador() as navegador:
            rutas = list(map(Path, sorted(rutas)))
            pdfs = a_pdf(navegador, *rutas)
            for ruta, pdf in zip(rutas, pdfs, strict=True):
                salida = ruta.with_suffix(".pdf")
                escribe(salida, pdf)
                print(f"{salida}  {salida.stat().st_size / 1e6:.1f} MB")
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
