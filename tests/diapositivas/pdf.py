"""Pasa presentaciones a PDF: `python -m diapositivas.pdf PRESENTACION.html…`.

Una página por diapositiva, al lado de cada HTML, con marcadores: secciones,
diapositivas y anexo. Necesita Chromium.
"""

import io
import sys
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, TextStringObject

from apoyo.navegador import LISTA, Navegador
from archivos import escribe

INDICE = """
[...document.querySelectorAll("section.diapositiva")].map((d) => ({
  titulo: d.querySelector(".cabeza :is(h1, h2, h3)").textContent.trim(),
  abre: d.matches(".portada, .apertura, .cierre"),
  anexo: d.matches(".anexo"),
}))
"""


def a_pdf(navegador, ruta):
    """El PDF de una presentación, en bytes.

    Args:
        navegador: un `Navegador` en marcha.
        ruta: `Path` del HTML.
    """
    pagina = navegador.abre(f"{ruta.resolve().as_uri()}?print-pdf")
    pagina.espera(LISTA)
    pagina.espera("document.querySelector('.pdf-page')")
    indice = pagina.evalua(INDICE)
    titulo = pagina.evalua("document.title")
    datos = pagina.pdf()
    pagina.cierra()
    return con_marcadores(datos, titulo, indice)


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
            entrada["titulo"], page_number=numero, parent=de
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
            for ruta in map(Path, sorted(rutas)):
                salida = ruta.with_suffix(".pdf")
                escribe(salida, a_pdf(navegador, ruta))
                print(f"{salida}  {salida.stat().st_size / 1e6:.1f} MB")
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
