"""Mide diapositivas: `python -m diapositivas.desbordes PRESENTACION.html…`.

Dice cuáles se salen de su marco o tienen letra chica, con todos los
fragmentos a la vista. Necesita Chromium.
"""

import sys
from pathlib import Path

from apoyo.navegador import LISTA, Navegador

MINIMA = 20  # px, a 1280 × 720
# Por cada diapositiva: los píxeles que su contenido se sale del marco, la
# letra más chica, y a qué escala se ve cada figura. Las fórmulas se miden por
# su base: sus índices son más chicos por oficio. Todas se componen a la vez, y
# no una por una.
MIDE = """
const AIRE = 4; // px: lo que asoma el rabo de una letra o un acento
document.body.classList.add("midiendo");
const medidas = Reveal.getSlides().map((diapositiva) => {
  const contenido = diapositiva.querySelector(".contenido");
  const marco = contenido.getBoundingClientRect();
  const salidas = [...contenido.querySelectorAll("*")]
    .filter((e) => !e.closest("mjx-container *"))
    .flatMap((e) => {
      const caja = e.getBoundingClientRect();
      if (!caja.width || !caja.height) return [];
      return [
        caja.bottom - marco.bottom,
        caja.right - marco.right,
        marco.top - caja.top,
        marco.left - caja.left,
        e.tagName === "PRE" ? e.scrollWidth - e.clientWidth : 0,
      ];
    });
  const cabeza = diapositiva.querySelector(".cabeza");
  salidas.push(cabeza.getBoundingClientRect().bottom - marco.top);
  const letras = [...diapositiva.querySelectorAll("*")]
    .filter((e) => !e.closest(".notes, mjx-container *"))
    .filter((e) => [...e.childNodes].some(
      (n) => n.nodeType === 3 && n.textContent.trim()))
    .filter((e) => e.getClientRects().length)
    .map((e) => parseFloat(getComputedStyle(e).fontSize));
  const texto = [...contenido.querySelectorAll(".celda")]
    .map((celda) => {
      const copia = celda.cloneNode(true);
      copia.querySelectorAll("pre, mjx-assistive-mml, .resultado, .prediccion")
        .forEach((e) => e.remove());
      return copia.innerText;
    }).join(" ");
  return {
    celda: diapositiva.dataset.celda,
    titulo: cabeza.innerText.trim(),
    principal: !diapositiva.matches(".anexo"),
    fuera: Math.max(0, Math.round(Math.max(0, ...salidas)) - AIRE),
    letra: Math.min(...letras),
    palabras: texto.split(/\\s+/).filter((p) => /[\\p{L}\\d]/u.test(p)).length,
    figuras: [...contenido.querySelectorAll("img")].map((i) => ({
      celda: i.closest(".celda").dataset.celda,
      escala: Math.min(
        i.clientWidth / i.naturalWidth, i.clientHeight / i.naturalHeight),
    })),
    ancho: diapositiva.clientWidth,
    alto: diapositiva.clientHeight,
  };
});
document.body.classList.remove("midiendo");
return medidas;
"""


def mide(pagina):
    """Las medidas de todas las diapositivas de una página abierta.

    Returns:
        list[dict]: `celda` con que empieza, `titulo`, si es `principal`,
        píxeles `fuera`, `letra` más chica en px, `palabras` sin contar
        código ni salidas, `figuras` (con su `escala`), `ancho` y `alto`.
    """
    pagina.espera(LISTA)
    return pagina.evalua(f"(() => {{{MIDE}}})()")


def main(*rutas):
    malas = 0
    with Navegador() as navegador:
        for ruta in map(Path, sorted(rutas)):
            pagina = navegador.abre(ruta)
            medidas = mide(pagina)
            pagina.cierra()
            for medida in medidas:
                quejas = []
                if medida["fuera"]:
                    quejas.append(f"se sale {medida['fuera']} px")
                if medida["letra"] < MINIMA:
                    quejas.append(f"letra de {medida['letra']:.0f} px")
                if quejas:
                    malas += 1
                    print(
                        f"{ruta.stem}  {medida['celda']}: {' y '.join(quejas)}"
                    )
            principales = sum(medida["principal"] for medida in medidas)
            print(
                f"{ruta.stem}: {principales} diapositivas y "
                f"{len(medidas) - principales} en el anexo"
            )
    return min(malas, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
