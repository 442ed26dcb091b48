"""axe-core: qué faltas de WCAG 2.1 A y AA tiene una página abierta.

axe-core se instala con npm, al probar y en una carpeta que se borra.
"""

import functools
import json
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

AXE = "axe-core@4.10.3"
NORMAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
# Lo único que depende de si el sistema está claro u oscuro.
DE_COLOR = ["color-contrast", "link-in-text-block"]
RESUME = """
const resume = (hecho) => hecho.violations.map((v) =>
  [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200),
   v.nodes[0].failureSummary.slice(0, 300)]);
const opciones = { runOnly: CUALES, resultTypes: ["violations"],
                   preload: false };
"""
# Una de cada tres de la charla y de cada doce del anexo, con todo a la vista:
# cada una le cuesta a axe un quinto de segundo. Las demás se apartan mientras,
# porque axe recorre el documento entero cada vez.
RECORRE = """
(async () => {
  const quieto = document.createElement("style");
  quieto.textContent = "* { transition: none !important; }";
  document.head.append(quieto);
  const todas = document.querySelector(".slides");
  const pilas = [...todas.children];
  const faltas = [];
  for (const [n, lamina] of Reveal.getSlides().entries()) {
    if (n % (lamina.matches(".anexo") ? 12 : 3)) continue;
    const { h, v } = Reveal.getIndices(lamina);
    Reveal.slide(h, v, 999);
    const pila = lamina.parentElement;
    const hermanas = [...pila.children];
    todas.replaceChildren(pila);
    pila.replaceChildren(lamina);
    const halladas = resume(await axe.run(document, opciones));
    pila.replaceChildren(...hermanas);
    todas.replaceChildren(...pilas);
    faltas.push(...halladas.map((f) => [lamina.dataset.celda, ...f]));
  }
  quieto.remove();
  return faltas;
})()
"""

necesita_npm = pytest.mark.skipif(
    shutil.which("npm") is None,
    reason="axe-core se instala con npm, y no hay Node",
)


@functools.cache
def codigo():
    """El JavaScript de axe-core; sin red, la prueba se omite y lo dice."""
    with tempfile.TemporaryDirectory() as carpeta:
        hecho = subprocess.run(
            [shutil.which("npm"), "install", "--no-save", "--no-audit", AXE],
            cwd=carpeta,
            capture_output=True,
            encoding="utf-8",
            timeout=300,
        )
        if hecho.returncode:
            pytest.skip(f"npm no pudo traer axe-core: {hecho.stderr[-200:]}")
        archivo = Path(carpeta, "node_modules", "axe-core", "axe.min.js")
        return archivo.read_text("utf-8")


def _revisa(pagina, cuales, orden):
    if not pagina.evalua("Boolean(window.axe)"):
        pagina.evalua(f"{codigo()}; 0")
    resume = RESUME.replace("CUALES", json.dumps(cuales))
    return pagina.evalua(f"(async () => {{{resume} return {orden} }})()")


def faltas(pagina, reglas=None):
    """Las faltas de lo que se ve, como [regla, cuántas, ejemplo, por qué].

    Args:
        pagina: una `Pagina` abierta.
        reglas: nombres de reglas de axe; si no, las de WCAG 2.1 A y AA.
    """
    cuales = {
        "type": "rule" if reglas else "tag",
        "values": reglas or NORMAS,
    }
    return _revisa(pagina, cuales, "axe.run(document, opciones).then(resume)")


def faltas_de_la_charla(pagina):
    """Las de una muestra de las diapositivas; dicen primero su celda."""
    return _revisa(pagina, {"type": "tag", "values": NORMAS}, RECORRE.strip())
