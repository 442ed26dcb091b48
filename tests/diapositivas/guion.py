"""El guion de la charla: qué celdas van en cada diapositiva, y cuánto duran.

Lo dicen los metadatos `slideshow` y las etiquetas de las celdas:

- `slide` empieza una diapositiva de la charla; `subslide`, una del anexo,
  que cuelga (↓) de la anterior; `-` y `fragment` siguen en la misma; `notes`
  son notas de la anterior; `skip` no se proyecta.
- Lo primero de la diapositiva es su título: `## Así` o `**Así.** Y sigue.`
- `minutos`, junto a `slide`, son los de explicación de la sección que ahí
  empieza; los de un ejercicio los dice su enunciado.
- Una salida espera su turno, y con ella lo que la comenta. `salida-ya`: llega
  con la diapositiva. `predice`: en su lugar se pide una predicción.
- `sin-codigo` proyecta solo la salida; `lineas:1-3|5` ilumina el código por
  partes.
"""

import functools
import re
import runpy
from dataclasses import dataclass, field

from nbformat.v4 import new_markdown_cell

from diapositivas.celdas import alternativa, enlaces, sin_marcas
from herramientas.lugares import RAIZ

TITULAR = re.compile(r"\A\s*#{1,4} +(.+)$", re.MULTILINE)
EN_NEGRITA = re.compile(r"\A(?:> *)?\*\*(.+?)\*\*(?!\*) *", re.DOTALL)
ANCLA = re.compile(r"\A\s*<a id=\"([\w-]+)\"></a>\s*")
EJERCICIO = re.compile(r"\*\*Ejercicio (\S+) · (\d+) min")
PREGUNTA = re.compile(r"Pregunta \d+\.r\d+$")
PLEGADO = re.compile(
    r"<details[^>]*>\s*<summary>(.*?)</summary>(.*?)</details>", re.DOTALL
)
SIGUE = " (sigue)"
PARA_QUIEN_ENSENA = re.compile(r"\A\s*>? ?\**Para quien enseña[^\w]*")


@dataclass
class Lamina:
    """Una diapositiva: sus celdas, su título y su tiempo."""

    id: str
    seccion: str
    titulo: str = ""
    ancla: str = ""
    clase: str = ""
    principal: bool = True
    celdas: list = field(default_factory=list)
    notas: list = field(default_factory=list)
    ejercicio: str = ""
    minutos_ejercicio: int = 0
    minutos: int = 0  # de la sección, en la que la empieza
    segundos: int = 0
    baja: str = ""  # qué hay debajo

    @property
    def dibuja(self):
        """Lo que la plantilla necesita al abrirla."""
        fondo = {"portada": "#0b3a5b", "apertura": "#eef5fa"}
        return vars(self) | {"fondo": fondo.get(self.clase, "")}


def tipo(celda):
    return celda.metadata.get("slideshow", {}).get("slide_type", "-")


def etiquetas(celda):
    return celda.metadata.get("tags", [])


def titula(texto):
    """(ancla, título, resto) del Markdown con que empieza una diapositiva."""
    ancla = ANCLA.match(texto)
    texto = texto[ancla.end() :] if ancla else texto
    hallado = TITULAR.match(texto) or EN_NEGRITA.match(texto)
    if not hallado:
        return (ancla[1] if ancla else ""), "", texto
    cita = "> " if texto.startswith(">") else ""
    titulo, resto = hallado[1].strip(), texto[hallado.end() :]
    if resto[:1].strip(" \n.:,;") and titulo[-1] not in ".:?!…»":
        resto = f"{titulo} {resto}"  # el título abre una frase: se repite
    elif resto.startswith((",", ";", ":")):
        resto = titulo + resto
    resto = resto.strip()
    if cita and resto:
        resto = cita + resto.lstrip("> \n")
    return (ancla[1] if ancla else ""), titulo.rstrip(".:"), resto


def _despliega(texto):
    """Lo plegado, en fragmentos: se abre con la misma tecla que avanza."""

    def abre(hallado):
        resumen = hallado[1].strip()
        pregunta = "" if resumen == "Solución" else f"**{resumen}**\n\n"
        return (
            f'{pregunta}<div class="fragment">\n\n{hallado[2].strip()}'
            "\n\n</div>"
        )

    return PLEGADO.sub(abre, texto)


def nota(texto):
    """Una nota para quien enseña, sin su envoltorio."""
    plegada = PLEGADO.search(texto)
    texto = plegada[2] if plegada else texto
    texto = re.sub(r"^> ?", "", texto.strip(), flags=re.MULTILINE)
    return PARA_QUIEN_ENSENA.sub("", texto).strip()


def _clase(lamina, texto, primera):
    if primera:
        return "portada"
    if texto.startswith("**Contenido"):
        return "contenidos"
    if texto.startswith("**En dos líneas"):
        return "resumen"
    if lamina.ejercicio:
        return "ejercicio"
    if re.search(r"^## \d", texto, re.MULTILINE):
        return "apertura"
    return "cierre" if re.search(r"^## ", texto, re.MULTILINE) else ""


def _empieza(celda, anterior):
    """La diapositiva que una celda abre."""
    texto = celda.source if celda.cell_type == "markdown" else ""
    seccion = anterior.seccion if anterior else ""
    lamina = Lamina(celda.id, seccion, principal=tipo(celda) != "subslide")
    hallado = EJERCICIO.search(texto)
    if hallado:
        lamina.ejercicio, lamina.minutos_ejercicio = (
            hallado[1],
            int(hallado[2]),
        )
    lamina.clase = _clase(lamina, texto, anterior is None)
    lamina.minutos = celda.metadata.get("slideshow", {}).get("minutos", 0)
    lamina.ancla, lamina.titulo, resto = titula(texto)
    if lamina.clase in ("portada", "apertura", "cierre"):
        lamina.seccion = sin_marcas(lamina.titulo)
    if PLEGADO.match(texto.strip()):
        lamina.clase = "solucion"
        resumen = PLEGADO.match(texto.strip())[1]
        de = f" {anterior.ejercicio}" if anterior else ""
        lamina.titulo = f"{resumen}{de}".strip()
        lamina.ejercicio = anterior.ejercicio if anterior else ""
    if not lamina.titulo and anterior and not lamina.principal:
        # Sigue a la anterior, y lo dice.
        lamina.titulo = anterior.titulo.removesuffix(SIGUE) + SIGUE
    if celda.cell_type == "markdown":
        celda.source = resto
    return lamina


def _tiempos(pilas):
    """Reparte los minutos de cada sección entre sus diapositivas."""
    secciones = []
    for pila in pilas:
        if pila[0].minutos or not secciones:
            secciones.append([])
        secciones[-1].append(pila[0])
    for laminas in secciones:
        total, cuantas = 60 * laminas[0].minutos, len(laminas)
        for i, lamina in enumerate(laminas):
            hasta, desde = total * (i + 1) // cuantas, total * i // cuantas
            lamina.segundos = hasta - desde
    for pila in pilas:
        for lamina in pila:
            if lamina.clase == "ejercicio":
                lamina.segundos = 60 * lamina.minutos_ejercicio


def _cuanto(segundos):
    minutos, resto = divmod(segundos, 60)
    return (f"{minutos} min" if minutos else "") + (
        f" {resto} s" if resto else ""
    )


def _anuncia(pila):
    """Qué hay debajo de la diapositiva principal, para quien la proyecta."""
    ejercicios = [x for x in pila[1:] if x.clase == "ejercicio"]
    otras = [x for x in pila[1:] if x.clase not in ("ejercicio", "solucion")]
    partes = []
    if ejercicios:
        minutos = sum(x.minutos_ejercicio for x in ejercicios)
        ese = "s" if len(ejercicios) > 1 else ""
        partes.append(f"{len(ejercicios)} ejercicio{ese}, {minutos} min")
    if otras:
        partes.append(f"{len(otras)} más" if partes else "más detalle")
    return "↓ " + " y ".join(partes) if partes else ""


def _lleva(lamina, celda):
    """Deja una celda lista para la plantilla: qué se ve y cuándo."""
    esperan = any(c.metadata.espera for c in lamina.celdas)
    celda.metadata.update(
        fragmento=bool(lamina.celdas)
        and (esperan or tipo(celda) == "fragment"),
        espera=False,
        predice="predice" in etiquetas(celda),
        sin_codigo="sin-codigo" in etiquetas(celda),
        lineas=next(
            (
                t.removeprefix("lineas:")
                for t in etiquetas(celda)
                if t.startswith("lineas:")
            ),
            "",
        ),
    )
    if celda.cell_type == "markdown":
        if lamina.clase == "solucion" and PLEGADO.search(celda.source):
            celda.source = PLEGADO.search(celda.source)[2].strip()
        celda.source = _despliega(enlaces(celda.source))
    elif lamina.clase == "ejercicio" or PREGUNTA.match(lamina.titulo):
        celda.outputs = []  # «pendiente» no dice nada a quien mira
    elif celda.outputs:
        ya = "salida-ya" in etiquetas(celda) and not celda.metadata.predice
        celda.metadata.espera = not ya
        celda.metadata.alt = alternativa(
            sin_marcas(lamina.titulo or lamina.seccion), celda.source
        )
    lamina.celdas.append(celda)


@functools.cache
def _pistas():
    """{número: pistas} de todos los ejercicios.

    Son datos: leerlos como tales evita importar `ejercicios`, y con él torch.
    """
    hechas = {}
    for ruta in sorted((RAIZ / "notebooks/ejercicios").glob("pistas?.py")):
        hechas |= runpy.run_path(str(ruta))["PISTAS"]
    return hechas


def _da_pista(lamina):
    """Bajo el enunciado, la primera pista del ejercicio: llega si se pide."""
    for pista in _pistas().get(lamina.ejercicio, ())[:1]:
        celda = new_markdown_cell(
            f'<div class="pista">\n\n**Pista.** {pista}\n\n</div>',
            id=f"{lamina.id}-pista",
        )
        celda.metadata.update(fragmento=True, espera=False)
        lamina.celdas.append(celda)


def reparte(cuaderno):
    """Las diapositivas de un cuaderno, en pilas: una principal y su anexo.

    Args:
        cuaderno: el de `nbformat.read`; sus celdas se cambian.

    Returns:
        list[list[Lamina]]
    """
    pilas, ultima = [], None
    for celda in cuaderno.cells:
        clase = tipo(celda)
        if clase == "skip":
            continue
        if clase == "notes":
            if ultima:
                ultima.notas.append(nota(celda.source))
            continue
        if ultima is None or clase in ("slide", "subslide"):
            ultima = _empieza(celda, ultima)
            if ultima.principal or not pilas:
                pilas.append([])
            pilas[-1].append(ultima)
        _lleva(ultima, celda)
    for lamina in (x for pila in pilas for x in pila):
        if lamina.clase == "ejercicio":
            _da_pista(lamina)
    _tiempos(pilas)
    corren = 0
    for pila in pilas:
        pila[0].baja = _anuncia(pila)
        for lamina in pila:
            corren += lamina.segundos
            if lamina.segundos:
                lamina.notas.append(
                    f"*Para esta diapositiva: {_cuanto(lamina.segundos)}; al "
                    f"pasarla, minuto {round(corren / 60)} del capítulo.*"
                )
    return pilas


@dataclass
class Seccion:
    """Lo que dura una sección, en minutos, y lo que proyecta."""

    titulo: str
    explica: int
    ejercicios: int = 0
    primero: int = 0  # los minutos del primer ejercicio
    laminas: int = 0  # las principales, entre las que se reparte `explica`


def plan(cuaderno):
    """El plan de clase de un cuaderno, sección por sección.

    Args:
        cuaderno: el de `nbformat.read`; sus celdas se cambian.

    Returns:
        list[Seccion]: una por cada celda `slide` con `minutos`.
    """
    secciones = []
    for pila in reparte(cuaderno):
        if pila[0].minutos:
            titulo = sin_marcas(pila[0].titulo)
            secciones.append(Seccion(titulo, pila[0].minutos))
        if secciones:
            ultima = secciones[-1]
            ultima.laminas += 1
            for lamina in pila:
                ultima.ejercicios += lamina.minutos_ejercicio
                ultima.primero = ultima.primero or lamina.minutos_ejercicio
    return secciones


def sin_titulo(pilas):
    """Las celdas que empiezan una diapositiva y no la titulan."""
    return [x.id for pila in pilas for x in pila if not x.titulo]
