"""Pasa presentaciones a PDF: `pdf.py PRESENTACION.html…`.

Una página por diapositiva, al lado de cada HTML. Necesita Chromium.
"""

import sys
from pathlib import Path

from apoyo.navegador import LISTA, Navegador


def a_pdf(navegador, ruta):
    """El PDF de una presentación, en bytes.

    Args:
        navegador: un `Navegador` en marcha.
        ruta: `Path` del HTML.
    """
    pagina = navegador.abre(f"{ruta.resolve().as_uri()}?print-pdf")
    pagina.espera(LISTA)
    pagina.espera("document.querySelector('.pdf-page')")
    datos = pagina.pdf()
    pagina.cierra()
    return datos


def main(*rutas):
    try:
        with Navegador() as navegador:
            for ruta in map(Path, sorted(rutas)):
                salida = ruta.with_suffix(".pdf")
                salida.write_bytes(a_pdf(navegador, ruta))
                print(f"{salida}  {salida.stat().st_size / 1e6:.1f} MB")
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
