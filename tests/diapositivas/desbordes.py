"""Mide cada diapositiva en el navegador: `desbordes.py PRESENTACION.html…`.

Dice cuáles se salen de su marco, con todos los fragmentos a la vista y las
respuestas desplegadas. Necesita Chromium.
"""

import sys
from pathlib import Path

from apoyo.navegador import LISTA, Navegador

# Por cada diapositiva, los píxeles que su contenido se sale del marco; 0 si
# cabe. El MathML invisible que MathJax pone para los lectores no cuenta.
MIDE = """
Reveal.getSlides().map((diapositiva) => {
  const { h, v } = Reveal.getIndices(diapositiva);
  Reveal.slide(h, v, 999);
  diapositiva.querySelectorAll("details").forEach((d) => (d.open = true));
  const contenido = diapositiva.querySelector(".contenido");
  const marco = contenido.getBoundingClientRect();
  const salidas = [...contenido.querySelectorAll("*")]
    .filter((e) => !e.closest("mjx-assistive-mml"))
    .flatMap((e) => {
      const caja = e.getBoundingClientRect();
      if (!caja.width || !caja.height) return [];
      return [
        caja.bottom - marco.bottom,
        caja.right - marco.right,
        marco.top - caja.top,
        marco.left - caja.left - 40, // la barra del título, a propósito
        e.tagName === "PRE" ? e.scrollWidth - e.clientWidth : 0,
      ];
    });
  return {
    celda: diapositiva.dataset.celda,
    letra: Number(diapositiva.dataset.letra),
    fuera: Math.max(0, Math.round(Math.max(...salidas)) - 1),
    ancho: diapositiva.clientWidth,
    alto: diapositiva.clientHeight,
  };
})
"""


def mide(pagina):
    """Las medidas de todas las diapositivas de una página abierta.

    Returns:
        list[dict]: `celda` con que empieza, `letra` (cuánto se agrandó o
        achicó; 0 si no cupo), píxeles `fuera`, `ancho` y `alto`.
    """
    pagina.espera(LISTA)
    return pagina.evalua(MIDE)


def main(*rutas):
    malas = 0
    with Navegador() as navegador:
        for ruta in map(Path, sorted(rutas)):
            pagina = navegador.abre(ruta)
            medidas = mide(pagina)
            pagina.cierra()
            for medida in medidas:
                if medida["fuera"]:
                    malas += 1
                    print(
                        f"{ruta.stem}  {medida['celda']}  {medida['fuera']} px"
                    )
            chicas = sum(medida["letra"] < 1 for medida in medidas)
            print(
                f"{ruta.stem}: {len(medidas)} diapositivas, {chicas} con la "
                "letra achicada"
            )
    return min(malas, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
