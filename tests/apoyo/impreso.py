"""Lo que las pruebas miran de un PDF: texto, enlaces y marcadores."""

import io
import re

import pypdf

from apoyo.cuadernos import fuente, lee


def abre(pdf):
    """Un `PdfReader`, de bytes o de una ruta."""
    return pypdf.PdfReader(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf)


def junto(texto):
    """Sin espacios: un PDF los pone y los quita donde corta una línea."""
    return re.sub(r"\s+", "", texto)


def texto(pagina):
    return junto(pagina.extract_text())


def _con_direccion(leido):
    """Pares (dirección, rectángulo) de los enlaces a la red."""
    for pagina in leido.pages:
        for nota in pagina.get("/Annots") or []:
            nota = nota.get_object()
            if "/URI" in nota.get("/A", {}):
                yield str(nota["/A"]["/URI"]), [*map(float, nota["/Rect"])]


def enlaces(leido):
    """Las direcciones a las que llevan los enlaces."""
    return [direccion for direccion, _ in _con_direccion(leido)]


def cajas(leido, direccion):
    """Dónde está cada enlace a una dirección: x0, y0, x1 e y1, en puntos."""
    return [caja for suya, caja in _con_direccion(leido) if suya == direccion]


def marcadores(leido, desde=None):
    """Pares (título, número de página) de todos los niveles, en orden."""
    for marca in leido.outline if desde is None else desde:
        if isinstance(marca, list):
            yield from marcadores(leido, marca)
        else:
            yield marca.title, leido.get_destination_page_number(marca)


def comprueba_la_charla(leido, ruta, cuantas):
    """Una página de 960 × 540 por diapositiva, y un marcador por sección.

    El texto se puede seleccionar: está en el archivo, con sus tildes.

    Args:
        leido: el `PdfReader`.
        ruta: el cuaderno del que sale.
        cuantas: las diapositivas que tiene su charla.
    """
    assert len(leido.pages) == cuantas
    medidas = {tuple(map(round, p.mediabox[2:])) for p in leido.pages}
    assert medidas == {(960, 540)}
    marcas = dict(marcadores(leido))
    for titulo in secciones(ruta):
        assert junto(titulo) in texto(leido.pages[marcas[titulo]])


def secciones(ruta):
    """Los títulos de las secciones de un cuaderno."""
    textos = "\n".join(
        fuente(c) for c in lee(ruta)["cells"] if c["cell_type"] == "markdown"
    )
    return [
        titulo.replace("`", "")
        for titulo in re.findall(r"^## (\d.*)$", textos, re.MULTILINE)
    ]
