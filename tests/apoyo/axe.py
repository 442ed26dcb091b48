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
# Medir el contraste es lo que más cuesta, y el código resaltado tiene miles de
# textos iguales: se ven, y tienen el mismo estilo ellos y lo que los contiene.
# De cada clase se miden los cinco primeros. Los de una letra son otra clase,
# porque axe no los da por falta; del tamaño, solo cuenta si a la letra grande
# le basta menos contraste.
APARTA = """
const DE_ESTILO = ["color", "backgroundColor", "backgroundImage", "opacity",
  "fontWeight", "textShadow", "position", "filter"];
const estilos = new Map([[null, ""]]);
const estilo = (e) => {
  if (!estilos.has(e)) {
    const suyo = getComputedStyle(e);
    estilos.set(e, [estilo(e.parentElement), e.tagName,
      ...DE_ESTILO.map((que) => suyo[que])].join());
  }
  return estilos.get(e);
};
const veces = {};
for (const e of document.body.querySelectorAll("*")) {
  const texto = [...e.childNodes].filter((n) => n.nodeType === 3)
    .map((n) => n.data).join("").trim();
  const seVe = { opacityProperty: true, visibilityProperty: true };
  if (!texto || !e.checkVisibility(seVe)) continue;
  const { fontSize, fontWeight } = getComputedStyle(e);
  const grande = parseFloat(fontSize) >= (fontWeight < 700 ? 24 : 18.66);
  const clase = `${texto.length > 1} ${grande} ${estilo(e)}`;
  veces[clase] = (veces[clase] ?? 0) + 1;
  e.toggleAttribute("data-repetido", veces[clase] > 5);
}
axe.configure({ rules: [
  { id: "color-contrast", selector: ":not([data-repetido])" }] });
"""
REVISA = """
const hecho = await axe.run(document, { runOnly: CUALES, preload: false,
  resultTypes: ["violations"], elementRef: true });
for (const e of document.querySelectorAll("[data-repetido]"))
  e.removeAttribute("data-repetido");
return hecho.violations.map(({ id, nodes }) => [
  id, nodes.length, nodes[0].html.slice(0, 200),
  nodes[0].failureSummary.slice(0, 300),
  nodes[0].element?.closest("[data-celda]")?.dataset.celda]);
"""
# Todas las diapositivas una debajo de otra, con sus fragmentos. El fondo que
# reveal pone detrás pasa a la diapositiva: así axe sabe sobre qué se lee. El
# número se queda al pie de la portada, y por eso se va a ella.
EXTIENDE = """
Reveal.slide(0, 0);
const hoja = document.createElement("style");
hoja.id = "extendida";
hoja.textContent = `
  * { transition: none !important; will-change: auto !important; }
  html, body, .reveal, .slides { overflow: visible !important; }
  .slides { position: relative !important; transform: none !important; }
  .slides section { display: block !important; opacity: 1 !important;
    position: relative !important; visibility: visible !important; }
  .slides > section { height: auto !important; }
  .fragment { opacity: 1 !important; visibility: inherit !important; }
  .apagada { opacity: 1 !important; }
  .backgrounds, .prediccion::before { display: none !important; }`;
document.head.append(hoja);
window.extendidas = [...document.querySelectorAll(".slides section")]
  .map((una) => [una, una.ariaHidden]);
for (const [una] of extendidas) {
  una.ariaHidden = null;
  una.style.backgroundColor = una.dataset.backgroundColor ?? "";
}
"""
RECOGE = """
document.querySelector("#extendida").remove();
for (const [una, oculta] of extendidas) {
  una.ariaHidden = oculta;
  una.style.backgroundColor = "";
}
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


def faltas(pagina, reglas=None):
    """Las faltas de lo que se ve: [regla, cuántas, ejemplo, por qué, celda].

    Args:
        pagina: una `Pagina` abierta.
        reglas: nombres de reglas de axe; si no, las de WCAG 2.1 A y AA.
    """
    if not pagina.evalua("Boolean(window.axe)"):
        pagina.evalua(f"{codigo()}; 0")
    cuales = {
        "type": "rule" if reglas else "tag",
        "values": reglas or NORMAS,
    }
    revisa = REVISA.replace("CUALES", json.dumps(cuales))
    return pagina.evalua(f"(async () => {{{APARTA}{revisa}}})()")


def faltas_de_la_charla(pagina):
    """Las de todas las diapositivas de una presentación abierta."""
    pagina.evalua(f"(() => {{{EXTIENDE}}})()")
    halladas = faltas(pagina)
    pagina.evalua(f"(() => {{{RECOGE}}})()")
    return halladas
