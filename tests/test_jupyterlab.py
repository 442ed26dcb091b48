"""JupyterLab, abierto con la orden del curso y recorrido en Chromium.

Un servidor con los argumentos de `make lab`, en una copia del curso; cada
capítulo se abre, se mira entero y se ejecuta como con «Run All Cells».
"""

import json
import posixpath
import re

import pytest

from apoyo import navegador
from apoyo.cuadernos import CUADERNOS, etiquetas, fuente, lee
from apoyo.servidor_lab import AQUI, LIBRE, servidor_lab

pytestmark = pytest.mark.skipif(
    navegador.busca() is None, reason=navegador.REMEDIO
)
# La insignia de Colab es de la red: sin ella queda su texto.
DE_FUERA = "https://colab.research.google.com/"

# Lleva cada celda a la vista y espera, a lo sumo 30 s, a que muestre lo que
# lleva. Devuelve las que no: [número, qué falta].
MIRA = """(async (pedidas) => {
  const cuaderno = jupyterapp.shell.currentWidget.content;
  const faltas = [];
  for (const [i, que] of pedidas) {
    const nodo = cuaderno.widgets[i].node;
    const ve = {
      figura: () => [...nodo.querySelectorAll("img")].some(
        (f) => f.naturalWidth > 0 && f.alt && !f.src.startsWith("https:")),
      formula: () => nodo.querySelector("mjx-container, .MathJax"),
      solucion: () => nodo.querySelector("details:not([open]) > summary"),
    }[que];
    const hasta = Date.now() + 120000;  // con la máquina ocupada, más de 30 s
    // Lo de arriba, al pintarse, empuja la celda fuera de la vista: se vuelve.
    for (let n = 0; n === 0 || (!ve() && Date.now() < hasta); n++) {
      if (n % 100 === 0) await cuaderno.scrollToItem(i, "start");
      await new Promise((r) => setTimeout(r, 10));
    }
    if (!ve()) faltas.push([i, que]);
  }
  return JSON.stringify(faltas);
})"""


@pytest.fixture(scope="module")
def servidor(tmp_path_factory):
    """La dirección de un JupyterLab en marcha, y su token."""
    raiz = tmp_path_factory.mktemp("Mis cursos de Muñoz") / "curso"
    with servidor_lab(raiz) as en_marcha:
        yield en_marcha


@pytest.fixture(scope="module")
def pagina(servidor):
    """JupyterLab como se abre: sin decirle qué capítulo mostrar."""
    direccion, token = servidor
    with navegador.Navegador(local=True) as chromium:
        abierta = chromium.abre(f"{direccion}/?token={token}")
        abierta.espera(LIBRE)
        yield abierta


@pytest.fixture(scope="module", params=CUADERNOS, ids=lambda r: r.stem)
def ruta(request, pagina):
    """Un capítulo, abierto en `mis_cuadernos` y listo; después se cierra.

    El primero se ve como JupyterLab lo muestra. En los demás solo se pone en
    la página lo que está a la vista: en uno entero, cada celda que llega le
    cuesta componerlas todas.
    """
    suya = request.param
    pagina.evalua(
        "jupyterapp.commands.execute('docmanager:open', "
        f"{{path: 'mis_cuadernos/{suya.name}'}}).then(w => w.context.ready)"
        ".then(() => 0)"
    )
    pagina.espera(f"{AQUI}.context.path.endsWith('{suya.name}')")
    if suya != CUADERNOS[0]:
        pagina.evalua(
            f"{AQUI}.content.notebookConfig = "
            f"{{...{AQUI}.content.notebookConfig, windowingMode: 'full'}}, 0"
        )
    pagina.espera(LIBRE)
    yield suya
    pagina.evalua(
        f"{AQUI}.sessionContext.shutdown().then(() => {AQUI}.dispose())"
    )


def celdas(pagina, que):
    """Una lista: el valor de `que` (JavaScript) en cada celda, `c`."""
    return json.loads(
        pagina.evalua(
            f"JSON.stringify({AQUI}.content.widgets.map(c => {que}))"
        )
    )


def lo_malo(pagina):
    """Lo que faltó o falló, salvo la insignia, que es de la red."""
    todo = [
        *pagina.rechazos,
        *pagina.perdidos,
        *pagina.consola,
        *(e.get("text") for e in pagina.errores),
    ]
    return [str(malo) for malo in todo if DE_FUERA not in str(malo)]


def test_abre_en_el_primer_capitulo(pagina):
    assert pagina.evalua(f"{AQUI}.context.path") == (
        f"mis_cuadernos/{CUADERNOS[0].name}"
    )


def test_se_ven_las_figuras_las_formulas_y_las_soluciones(pagina, ruta):
    pedidas = {"figura": [], "formula": [], "solucion": []}
    for i, celda in enumerate(lee(ruta)["cells"]):
        texto = re.sub("`[^`]*`", "", fuente(celda))
        if celda["cell_type"] == "code":
            continue
        if "](../ims/" in texto:
            pedidas["figura"].append(i)
        elif "<details>" in texto:
            pedidas["solucion"].append(i)
        elif re.search(r"\$[^$\n]+\$", texto):
            pedidas["formula"].append(i)
    # Todas las figuras; de lo demás, que es igual en todas, unas cuantas.
    muestra = [[i, "figura"] for i in pedidas.pop("figura")]
    for que, indices in pedidas.items():
        muestra += [[i, que] for i in indices[:4]]
    assert {que for _, que in muestra} == {"figura", "formula", "solucion"}
    faltas = json.loads(pagina.evalua(f"{MIRA}({json.dumps(muestra)})"))
    assert faltas == []
    # Las que no se visitaron también se componen, cuando hay un rato.
    pagina.espera(f"{AQUI}.content.widgets.every((c) => !c.isPlaceholder())")
    assert lo_malo(pagina) == []


def test_los_enlaces_llevan_a_algo(pagina):
    """Los de un capítulo a otro y al README los sirve el mismo servidor."""
    for ruta in CUADERNOS:
        texto = "".join(fuente(c) for c in lee(ruta)["cells"])
        for destino in set(re.findall(r"\]\(([\w./]+\.(?:ipynb|md))", texto)):
            camino = posixpath.normpath(f"mis_cuadernos/{destino}")
            assert not camino.startswith(".."), destino
            estado = pagina.evalua(
                f"fetch('/api/contents/{camino}?content=0')"
                ".then(r => r.status)"
            )
            assert estado == 200, destino


@pytest.mark.parametrize(
    "ruta", CUADERNOS[:2], ids=lambda r: r.stem, indirect=True
)
def test_run_all_cells_llega_al_final(pagina, ruta):
    """Los capítulos 3 y 4, más largos, los recorre entero nbval."""
    pagina.evalua(
        "jupyterapp.commands.execute('notebook:run-all-cells').then(() => 0)"
    )
    pagina.espera(
        f"{AQUI}.content.widgets.every(c => c.model.type !== 'code' "
        f"|| c.model.executionCount) && {LIBRE}"
    )
    cuentas = [
        n
        for n in celdas(
            pagina, "c.model.type === 'code' ? c.model.executionCount : -1"
        )
        if n != -1
    ]
    assert cuentas == list(range(1, len(cuentas) + 1))
    con_error = celdas(
        pagina,
        "c.model.type === 'code' && c.model.outputs.toJSON()"
        ".some(s => s.output_type === 'error') ? c.model.id : null",
    )
    deliberadas = {
        c["id"]
        for c in lee(ruta)["cells"]
        if "raises-exception" in etiquetas(c)
    }
    assert set(filter(None, con_error)) == deliberadas
    con_imagen = celdas(
        pagina,
        "c.model.type === 'code' && c.model.outputs.toJSON()"
        ".some(s => s.data && s.data['image/png']) ? c.model.id : null",
    )
    dibujan = {
        c["id"]
        for c in lee(ruta)["cells"]
        if any("image/png" in s.get("data", {}) for s in c.get("outputs", []))
    }
    assert set(filter(None, con_imagen)) == dibujan
    assert lo_malo(pagina) == []


@pytest.mark.parametrize(
    "ruta", CUADERNOS[:1], ids=lambda r: r.stem, indirect=True
)
def test_una_respuesta_escrita_con_el_teclado_da_correcto(pagina, ruta):
    """El primer ejercicio, de principio a fin, como lo hace una persona."""
    ids = [c["id"] for c in lee(ruta)["cells"]]
    i = ids.index("s11-ej-prueba")
    for comando in ("run-all-above", "run-cell"):
        pagina.evalua(f"{AQUI}.content.activeCellIndex = {i}")
        pagina.evalua(
            f"jupyterapp.commands.execute('notebook:{comando}').then(() => 0)"
        )
    assert "pendiente" in salida(pagina, i)
    linea = fuente(lee(ruta)["cells"][i]).splitlines()[0]
    assert linea.endswith("...")
    # El cursor, al final de la primera línea: tras los tres puntos.
    pagina.evalua(
        f"{AQUI}.content.activeCellIndex = {i}; {AQUI}.content.mode = 'edit';"
        f"{AQUI}.content.activeCell.editor.setCursorPosition("
        f"{{line: 0, column: {len(linea)}}})"
    )
    for _ in range(3):
        pagina.tecla("Backspace")
    for signo in "return notas.mean(0)":
        pagina.tecla(signo)
    pagina.evalua(
        "jupyterapp.commands.execute('notebook:run-cell').then(() => 0)"
    )
    assert "Ejercicio 1.1: correcto" in salida(pagina, i)


def salida(pagina, i):
    return pagina.evalua(
        f"{AQUI}.content.widgets[{i}].outputArea.node.innerText"
    )
