"""La figura del README: un cuaderno en JupyterLab y una diapositiva.

`python -m diapositivas.muestra` (lo llama `make figuras`) los abre de verdad,
les toma una foto y las junta en `ims/curso.png`. Necesita Chromium.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw

from apoyo.navegador import LISTA, Navegador
from apoyo.servidor_lab import AQUI, LIBRE, servidor_lab
from diapositivas.__main__ import convierte
from herramientas.lugares import RAIZ, cuadernos

DESTINO = RAIZ / "ims" / "curso.png"
CUADERNO, CELDA = cuadernos()[1], "s23-camino-pre"
CUADERNO_DE_CHARLA, LAMINA = cuadernos()[2], "s38-barras"
# En px: la ventana de cada uno, y el lienzo en que se juntan.
VENTANA = (940, 640)
LIENZO = (1280, 860)
CHARLA_EN = (560, 430, 700)  # izquierda, arriba y ancho de la diapositiva
# Sin barras a los lados ni avisos: el cuaderno, como se lee.
DESPEJA = f"""(async () => {{
  const {{ commands, shell }} = jupyterapp;
  await commands.execute("apputils:dismiss-all-notifications")
    .catch(() => 0);
  shell.collapseLeft();
  shell.collapseRight();
  const cuaderno = {AQUI}.content;
  const n = cuaderno.widgets.findIndex((c) => c.model.id === "{CELDA}");
  cuaderno.activeCellIndex = n;
  await cuaderno.scrollToItem(n, "start");
}})()"""


def _foto(pagina):
    pagina.evalua("new Promise((r) => setTimeout(r, 1500))")
    return Image.open(io.BytesIO(pagina.foto())).convert("RGB")


def foto_del_cuaderno():
    """JupyterLab como lo abre `make lab`, por la celda `CELDA`."""
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta, "curso")
        with servidor_lab(raiz) as (direccion, token):
            with Navegador(local=True) as navegador:
                pagina = navegador.abre(
                    f"{direccion}/lab/tree/mis_cuadernos/{CUADERNO.name}"
                    f"?token={token}"
                )
                pagina.mide(*VENTANA)
                pagina.espera(LIBRE)
                pagina.evalua(DESPEJA)
                return _foto(pagina)


def foto_de_la_charla():
    """La diapositiva que empieza en `LAMINA`, con todo a la vista."""
    with tempfile.TemporaryDirectory() as carpeta, Navegador() as navegador:
        html = Path(carpeta, "charla.html")
        html.write_text(*convierte(CUADERNO_DE_CHARLA), "utf-8")
        pagina = navegador.abre(html)
        pagina.espera(LISTA)
        pagina.evalua(
            "{ const { h, v } = Reveal.getIndices(document.querySelector("
            f"\"[data-celda='{LAMINA}']\")); Reveal.slide(h, v, 99); }}"
        )
        return _foto(pagina)


def _con_borde(imagen):
    dibujo = ImageDraw.Draw(imagen)
    dibujo.rectangle(
        (0, 0, imagen.width - 1, imagen.height - 1), outline="#9fb3c4", width=2
    )
    return imagen


def junta(cuaderno, charla):
    """El cuaderno arriba a la izquierda y, encima, la diapositiva.

    Returns:
        bytes de un PNG de 256 colores
    """
    lienzo = Image.new("RGB", LIENZO, "#eef5fa")
    lienzo.paste(_con_borde(cuaderno), (20, 20))
    izquierda, arriba, ancho = CHARLA_EN
    alto = round(ancho * charla.height / charla.width)
    chica = charla.resize((ancho, alto), Image.Resampling.LANCZOS)
    lienzo.paste(_con_borde(chica), (izquierda, arriba))
    salida = io.BytesIO()
    lienzo.quantize(256).save(salida, "PNG", optimize=True)
    return salida.getvalue()


def main():
    try:
        datos = junta(foto_del_cuaderno(), foto_de_la_charla())
    except FileNotFoundError as error:
        print(f"{DESTINO.name} se queda como está. {error}", file=sys.stderr)
        return 0
    aparte = DESTINO.with_suffix(".parcial")
    aparte.write_bytes(datos)
    aparte.replace(DESTINO)
    print(f"ims/{DESTINO.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
