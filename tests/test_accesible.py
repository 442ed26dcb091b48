"""axe-core no halla faltas de WCAG 2.1 A y AA: ni en el sitio ni en la charla.

axe-core se instala con npm, al probar y en una carpeta que se borra.
"""

import shutil
import subprocess

import pytest

from apoyo import navegador
from apoyo.cuadernos import CUADERNOS
from diapositivas.__main__ import convierte
from sitio.__main__ import construye

AXE = "axe-core@4.10.3"
REGLAS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RESUME = """
const resume = (hecho) => hecho.violations.map((v) =>
  [v.id, v.nodes.length, v.nodes[0].html.slice(0, 200),
   v.nodes[0].failureSummary.slice(0, 300)]);
const opciones = { runOnly: { type: "tag", values: REGLAS },
                   resultTypes: ["violations"] };
"""
# Una de cada tres de la charla y de cada doce del anexo, con todo a la vista:
# repasarlas todas lleva minutos.
RECORRE = """
(async () => {
  const quieto = document.createElement("style");
  quieto.textContent = "* { transition: none !important; }";
  document.head.append(quieto);
  const faltas = [];
  for (const [n, lamina] of Reveal.getSlides().entries()) {
    if (n % (lamina.matches(".anexo") ? 12 : 3)) continue;
    const { h, v } = Reveal.getIndices(lamina);
    Reveal.slide(h, v, 999);
    const halladas = resume(await axe.run(lamina, opciones));
    faltas.push(...halladas.map((f) => [lamina.dataset.celda, ...f]));
  }
  Reveal.slide(0, 0);
  faltas.push(...resume(await axe.run(document, opciones)));
  return faltas;
})()
"""

pytestmark = [
    pytest.mark.skipif(navegador.busca() is None, reason=navegador.REMEDIO),
    pytest.mark.skipif(
        shutil.which("npm") is None,
        reason="axe-core se instala con npm, y no hay Node",
    ),
]


@pytest.fixture(scope="module")
def axe(tmp_path_factory):
    """El código de axe-core."""
    carpeta = tmp_path_factory.mktemp("axe")
    hecho = subprocess.run(
        [shutil.which("npm"), "install", "--no-save", "--no-audit", AXE],
        cwd=carpeta,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    if hecho.returncode:
        pytest.skip(f"npm no pudo traer axe-core: {hecho.stderr[-200:]}")
    archivo = carpeta / "node_modules" / "axe-core" / "axe.min.js"
    return archivo.read_text("utf-8")


@pytest.fixture(scope="module")
def chromium():
    with navegador.Navegador() as abierto:
        yield abierto


@pytest.fixture(scope="module")
def carpeta(tmp_path_factory):
    destino = tmp_path_factory.mktemp("sitio")
    construye(destino, CUADERNOS)
    return destino


def revisa(pagina, axe, codigo):
    pagina.evalua(axe)
    return pagina.evalua(RESUME.replace("REGLAS", str(REGLAS)) + codigo)


@pytest.mark.parametrize("luz", ["light", "dark"])
@pytest.mark.parametrize(
    "nombre", ["index.html", *(f"{r.stem}.html" for r in CUADERNOS)]
)
def test_el_sitio(axe, chromium, carpeta, nombre, luz):
    pagina = chromium.abre(carpeta / nombre)
    pagina.imita(prefers_color_scheme=luz)
    pagina.espera("window.MathJax?.startup?.promise")
    pagina.evalua("MathJax.startup.promise")
    pagina.evalua(
        "document.querySelectorAll('details').forEach((d) => (d.open = true))"
    )
    faltas = revisa(pagina, axe, "axe.run(document, opciones).then(resume)")
    pagina.cierra()
    assert faltas == []


@pytest.mark.parametrize("ruta", CUADERNOS, ids=lambda r: r.stem)
def test_la_charla(axe, chromium, ruta, tmp_path):
    html = tmp_path / f"{ruta.stem}.html"
    html.write_text(convierte(ruta), "utf-8")
    pagina = chromium.abre(html)
    pagina.espera(navegador.LISTA)
    faltas = revisa(pagina, axe, RECORRE)
    pagina.cierra()
    assert faltas == []


def test_una_falta_se_ve(axe, chromium, tmp_path):
    """La prueba misma: con una falta puesta a propósito, falla."""
    html = tmp_path / "mala.html"
    html.write_text(
        '<html><body><main><img src="data:,"><p style="color:#bbb">Gris'
        "</p></main></body></html>",
        "utf-8",
    )
    pagina = chromium.abre(html)
    faltas = revisa(pagina, axe, "axe.run(document, opciones).then(resume)")
    pagina.cierra()
    vistas = {falta[0] for falta in faltas}
    assert {"image-alt", "html-has-lang", "color-contrast"} <= vistas
