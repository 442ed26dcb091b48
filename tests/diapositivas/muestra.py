"""Las figuras que son fotos: `python -m diapositivas.muestra`.

Lo llama `make figuras`. Abre de verdad un cuaderno en JupyterLab, una
diapositiva y la página del modelo, y les toma una foto: `ims/curso.png`, la
del README, y `ims/4/pagina.png`, la de 3.11. Necesita Chromium.
"""

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageDraw
from torch import nn

from apoyo.navegador import LISTA, Navegador
from apoyo.servidor_lab import AQUI, LIBRE, servidor_lab
from archivos import completo
from diapositivas.__main__ import convierte
from diapositivas.desbordes import MINIMA
from helpers import CLASES, fija_semilla
from helpers import clasificador as c3
from herramientas.lugares import RAIZ, cuadernos
from publica.demo import crea_demo

CURSO = RAIZ / "ims" / "curso.png"
PAGINA = RAIZ / "ims" / "4" / "pagina.png"
# Lo que se escribe en la página, y por dónde se mira: es de 3.9.
TEXTO = (
    "Nithari is a village in the western part of Uttar Pradesh, a state of "
    "India. The village lies in the district of Gautam Buddha Nagar, near "
    "the border with Delhi."
)
VENTANA_DE_PAGINA = (1152, 461)
# La letra más chica de la página, a lo que se lee desde la última fila.
AGRANDA = f"""(() => {{
  const chica = () => Math.min(...[...document.querySelectorAll("main *")]
    .filter((e) => e.getClientRects().length && e.innerText?.trim())
    .map((e) => parseFloat(getComputedStyle(e).fontSize)));
  const raiz = document.documentElement;
  raiz.style.fontSize = `${{Math.ceil(16 * ({MINIMA} + 1) / chica())}}px`;
  document.body.style.maxWidth = "none";
  const texto = document.querySelector("#texto");
  texto.value = {TEXTO!r};
  texto.dispatchEvent(new Event("input"));
  document.querySelector("#veredicto").scrollIntoView();
}})()"""
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
                # Al llegar, las celdas de arriba cobran su alto y la corren.
                for _ in range(3):
                    pagina.evalua(DESPEJA)
                    foto = _foto(pagina)
                return foto


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


def foto_de_la_pagina():
    """La página del modelo, con un texto escrito."""
    _, vocab, datos, _ = c3.lee_dbpedia()
    fija_semilla(c3.SEMILLA)
    modelo = c3.ModeloClasificacionTexto(len(vocab), c3.EMBED_DIM, len(CLASES))
    train, valid = c3.parte(datos, c3.BATCH_TAMANO, c3.SEMILLA)
    criterio = nn.CrossEntropyLoss()
    c3.ajusta(modelo, train, valid, criterio, c3.EPOCHS, c3.TASA_APRENDIZAJE)
    with tempfile.TemporaryDirectory() as carpeta, Navegador() as navegador:
        html = Path(carpeta, "demo.html")
        html.write_text(crea_demo(modelo, list(vocab), CLASES), "utf-8")
        pagina = navegador.abre(html)
        pagina.mide(*VENTANA_DE_PAGINA)
        pagina.espera("document.querySelector('#clases li')")
        pagina.evalua(AGRANDA)
        return _foto(pagina)


def _con_borde(imagen):
    dibujo = ImageDraw.Draw(imagen)
    dibujo.rectangle(
        (0, 0, imagen.width - 1, imagen.height - 1), outline="#9fb3c4", width=2
    )
    return imagen


def junta(cuaderno, charla):
    """El cuaderno arriba a la izquierda y, encima, la diapositiva."""
    lienzo = Image.new("RGB", LIENZO, "#eef5fa")
    lienzo.paste(_con_borde(cuaderno), (20, 20))
    izquierda, arriba, ancho = CHARLA_EN
    alto = round(ancho * charla.height / charla.width)
    chica = charla.resize((ancho, alto), Image.Resampling.LANCZOS)
    lienzo.paste(_con_borde(chica), (izquierda, arriba))
    return lienzo


def _guarda(imagen, ruta):
    with completo(ruta) as aparte:
        imagen.save(aparte, "PNG", optimize=True)
    print(ruta.relative_to(RAIZ).as_posix())


def main():
    try:
        _guarda(foto_de_la_pagina(), PAGINA)
        _guarda(junta(foto_del_cuaderno(), foto_de_la_charla()), CURSO)
    except FileNotFoundError as error:
        print(f"Las fotos se quedan como están. {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
