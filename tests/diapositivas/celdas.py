"""De una celda a su HTML, sin nada que pida la red u otro archivo.

Lo comparten la charla y el sitio: las dos son plantillas de nbconvert y se
distinguen en cómo reparten las celdas.
"""

import ast
import re
from pathlib import Path

from bs4 import BeautifulSoup
from jinja2 import pass_context
from nbconvert import HTMLExporter, TemplateExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import InvalidNotebook
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from traitlets.config import Config

from herramientas.imagenes import ImagenFuera, incrustada

# La insignia de Colab es una imagen de la red: queda su enlace.
INSIGNIA = re.compile(r"\[!\[[^\]]*\]\(https?:[^)]*\)\]")
CAPITULO = re.compile(r"\]\((\d\d_\w+)\.ipynb")
README = re.compile(r"\[([^\]]*)\]\((?:\.\./)?README\.md[^)]*\)")
# Donde está `celdas.html.j2`, que las dos plantillas amplían.
COMUN = Path(__file__).resolve().parent / "plantilla"
# Lo que dentro de un HTML pediría algo al abrirse.
CON_ARCHIVO = ("src", "srcset", "poster", "data")
# Sin nada de esto no hay qué cambiar: analizar el HTML es lo que más tarda.
POR_CAMBIAR = re.compile(
    rf"\b({'|'.join(CON_ARCHIVO)})\s*=|<t(able|h)\b", re.IGNORECASE
)


def sin_marcas(markdown):
    """El texto de un Markdown en una línea, para títulos y alternativas."""
    texto = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    texto = re.sub(r"[*`$]|^[#>]+ |<[^>]+>", "", texto, flags=re.MULTILINE)
    return " ".join(texto.split())


def enlaces(markdown, readme=r"\1"):
    """Un Markdown con sus enlaces vueltos hacia las páginas.

    Args:
        markdown: el texto de una celda.
        readme: por qué se cambia un enlace al README; `\\1` es su texto.
    """
    markdown = INSIGNIA.sub("[Abrir en Colab]", markdown)
    markdown = CAPITULO.sub(r"](\1.html", markdown)
    return README.sub(readme, markdown)


def todo_dentro(html, carpeta, donde, adjuntos=None):
    """El HTML de una celda con sus imágenes dentro y sus tablas en regla.

    Raises:
        ImagenFuera: una imagen es de la red o no está.
    """
    if not POR_CAMBIAR.search(html):
        return html
    sopa = BeautifulSoup(html, "html.parser")
    for elemento in sopa.find_all(True):
        for atributo in CON_ARCHIVO:
            fuente = elemento.get(atributo)
            if fuente is None or elemento.name == "a":
                continue
            elemento[atributo] = incrustada(fuente, carpeta, donde, adjuntos)
    for titulo in sopa.find_all("th"):
        if not titulo.get_text(strip=True):
            titulo.name = "td"  # un encabezado vacío no encabeza nada
        elif titulo.find_parent("thead"):
            titulo["scope"] = "col"
    for tabla in sopa.find_all("table"):
        tabla.wrap(sopa.new_tag("div", attrs={"class": "tabla"}))
    return str(sopa)


def _lo_que_dibuja(codigo):
    """Lo que dicen los textos de una gráfica, según su código."""
    nombres = {
        "xlabel": "eje horizontal",
        "set_xlabel": "eje horizontal",
        "ylabel": "eje vertical",
        "set_ylabel": "eje vertical",
        "label": "curva",
        "title": "título",
        "set_title": "título",
    }
    try:
        arbol = ast.parse(codigo)
    except SyntaxError:  # con órdenes de IPython no se puede leer
        return ""
    dichos = []
    for nodo in ast.walk(arbol):
        if not isinstance(nodo, ast.Call):
            continue
        funcion = getattr(nodo.func, "attr", getattr(nodo.func, "id", ""))
        pares = [(funcion, a) for a in nodo.args[:1]]
        pares += [(k.arg, k.value) for k in nodo.keywords]
        for nombre, valor in pares:
            if nombre in nombres and isinstance(valor, ast.Constant):
                texto = sin_marcas(str(valor.value).replace("\n", " "))
                dichos.append((nombres[nombre], texto))
    partes = []
    for clase in dict.fromkeys(nombres.values()):
        textos = dict.fromkeys(t for c, t in dichos if c == clase)
        if textos:
            plural = "s" if len(textos) > 1 and clase == "curva" else ""
            partes.append(f"{clase}{plural}: {', '.join(textos)}")
    return "; ".join(partes)


def alternativa(titulo, codigo):
    """El texto alternativo de una gráfica.

    Dice qué gráfica es y qué hay en sus ejes; lo que se ve en ella lo cuenta
    el párrafo que sigue, y aquí no se repite.

    Args:
        titulo: el de su diapositiva o apartado.
        codigo: el de su celda, de donde salen los nombres de los ejes.
    """
    detalle = _lo_que_dibuja(codigo)
    return f"Gráfica: {titulo.rstrip('.:')}" + (
        f" ({detalle})." if detalle else "."
    )


class Exportador(HTMLExporter):
    """El de nbconvert, con la plantilla y los filtros del curso."""

    def __init__(self, plantilla, carpeta, cuaderno):
        """
        Args:
            plantilla: `Path` de la carpeta de la plantilla.
            carpeta: `Path` desde donde se leen las imágenes.
            cuaderno: nombre, para los mensajes de error.
        """
        super().__init__(
            # Los de fábrica no cambian nada aquí, y cada uno copia y
            # valida el cuaderno entero.
            config=Config(Exporter={"default_preprocessors": []}),
            template_name=plantilla.name,
            extra_template_basedirs=[str(plantilla.parent)],
            extra_template_paths=[str(COMUN)],
            exclude_anchor_links=True,
        )

        def dentro(html, celda):
            donde = f"{cuaderno}, celda {celda['id']}"
            adjuntos = celda.get("attachments", {})
            return todo_dentro(html, carpeta, donde, adjuntos)

        def en_lineas(codigo, prefijo):
            """El código con cada línea en su <span>, para ir por pasos."""
            resalta = Highlight2HTML(
                pygments_lexer="python",
                extra_formatter_options={"linespans": prefijo},
            )
            return resalta(codigo)

        self.cuaderno = cuaderno
        self.register_filter("dentro", dentro)
        self.register_filter("en_lineas", en_lineas)
        self.register_filter("sin_marcas", sin_marcas)

    def from_notebook_node(self, nb, resources=None, **mas):
        """El de nbconvert, sin analizar al final el HTML entero.

        Ahí solo marcaría sus propias celdas y las imágenes sin alternativa:
        aquí ninguna lo es, y analizarlo es la mitad del tiempo.
        """
        de = nb.metadata.get("language_info", {})
        lengua = de.get("pygments_lexer", de.get("name"))
        resources = self._init_resources(resources)
        resalta = Highlight2HTML(pygments_lexer=lengua, parent=self)
        elige = WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata,
            parent=self,
            resources=resources,
        )
        self.register_filter("highlight_code", resalta)
        self.register_filter("filter_data_type", elige)
        return TemplateExporter.from_notebook_node(self, nb, resources, **mas)

    @pass_context
    def markdown2html(self, context, source):
        """El de nbconvert; un adjunto que falta se dice en una frase."""
        try:
            return super().markdown2html(context, source)
        except InvalidNotebook as error:
            celda = context.get("cell", {}).get("id")
            raise ImagenFuera(
                f"{self.cuaderno}, celda {celda}: una imagen adjunta no está "
                "en la celda. Vuelve a pegarla, o guárdala en ims/ y enlázala "
                "desde ahí."
            ) from error
