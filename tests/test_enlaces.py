"""Enlaces, insignias y textos alternativos del README y los cuadernos.

`problemas` los revisa; las pruebas rompen una copia, una cosa cada vez, y
comprueban que se da cuenta.
"""

import os
import re
import runpy
import shutil
import subprocess
import sys

import pytest

from apoyo.cuadernos import RAIZ, fuente, lee
from apoyo.entornos import RUTAS
from herramientas import enlaces
from herramientas.lugares import cuadernos

INSIGNIA = re.compile(
    r"\[!\[Abrir[^\]]*\]\([^)]*colab-badge\.svg\)\]"
    r"\(https://colab\.research\.google\.com/github/"
    rf"({enlaces.NOMBRE})/blob/main/(notebooks/[^)]+)\)"
)
DIRECCION = re.compile(rf"(?:github\.com/|/github/)({enlaces.NOMBRE})")


def sin_codigo(texto):
    """El Markdown sin lo que va entre acentos graves."""
    texto = re.sub(r"^```.*?^```", "", texto, flags=re.MULTILINE | re.DOTALL)
    return re.sub(r"`[^`\n]*`", "código", texto)


def ancla_de_titulo(titulo):
    """El ancla que GitHub pone a un título."""
    return re.sub(r"[^\w\- ]", "", titulo.lower()).replace(" ", "-")


class Documento:
    """El README o un cuaderno: su texto, sus anclas y sus enlaces."""

    def __init__(self, ruta):
        self.ruta = ruta
        if ruta.suffix == ".ipynb":
            celdas = lee(ruta)["cells"]
            textos = [fuente(c) for c in celdas if c["cell_type"] != "code"]
        else:
            textos = [ruta.read_text(encoding="utf-8")]
        self.texto = "\n\n".join(textos)
        self.final = textos[-1]
        limpio = sin_codigo(self.texto)
        self.anclas = re.findall(r'<a id="([^"]+)"></a>', self.texto)
        titulos = re.findall(r"^#+ (.+)$", self.texto, re.MULTILINE)
        self.de_titulos = {ancla_de_titulo(titulo) for titulo in titulos}
        self.imagenes = re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", limpio)
        self.imagenes += [
            (
                (re.search(r'alt="([^"]*)"', img) or ["", ""])[1],
                re.search(r'src="([^"]*)"', img)[1],
            )
            for img in re.findall(r"<img [^>]*>", limpio)
        ]
        self.enlaces = re.findall(r"\]\(([^)\s]+)\)", limpio)
        self.enlaces += re.findall(r'(?:href|src)="([^"]+)"', limpio)


def problemas(raiz):
    """Lo que está mal en los enlaces del curso; una frase por cosa."""
    readme = Documento(raiz / "README.md")
    rutas = cuadernos(raiz)
    documentos = {d.ruta: d for d in map(Documento, rutas)}
    malos = []
    for documento in (readme, *documentos.values()):
        malos += _enlaces_rotos(documento, documentos | {readme.ruta: readme})
        malos += _sin_alternativo(documento)
    malos += _insignias(raiz, readme, documentos)
    malos += _vecinos(documentos)
    malos += _indice(readme, documentos)
    return malos


def _enlaces_rotos(documento, documentos):
    nombre = documento.ruta.name
    for repetida in documento.anclas:
        if documento.anclas.count(repetida) > 1:
            yield f"{nombre}: el ancla {repetida} está repetida"
    for enlace in documento.enlaces:
        if re.match(r"https?:|mailto:|data:|attachment:", enlace):
            continue
        destino, _, ancla = enlace.partition("#")
        ruta = documento.ruta
        if destino:
            ruta = (documento.ruta.parent / destino).resolve()
        if not ruta.exists():
            yield f"{nombre}: {enlace} no existe"
        elif ancla and ruta in documentos:
            otro = documentos[ruta]
            if ancla not in otro.anclas and ancla not in otro.de_titulos:
                yield f"{nombre}: {enlace} no lleva a nada"


def _sin_alternativo(documento):
    for alternativo, imagen in documento.imagenes:
        # La insignia dice «Abrir en Colab»; una figura, lo que muestra.
        largo = 10 if "colab-badge" in imagen else 25
        if len(alternativo) < largo:
            yield f"{documento.ruta.name}: {imagen} no tiene alternativo"


def _insignias(raiz, readme, documentos):
    for ruta, documento in documentos.items():
        propia = [f"notebooks/{ruta.name}"]
        if [destino for _, destino in INSIGNIA.findall(documento.texto)] != (
            propia
        ):
            yield f"{ruta.name}: su insignia no abre este cuaderno"
    en_readme = [destino for _, destino in INSIGNIA.findall(readme.texto)]
    if en_readme != [f"notebooks/{ruta.name}" for ruta in documentos]:
        yield "README.md: las insignias no son las de los cuatro cuadernos"
    suya = enlaces.actual(raiz)
    for ruta in enlaces.archivos(raiz):
        texto = ruta.read_text(encoding="utf-8")
        # Las demás direcciones de GitHub son de proyectos ajenos.
        del_curso = INSIGNIA.findall(texto)
        direcciones = {direccion for direccion, _ in del_curso}
        direcciones |= set(enlaces.CLON.findall(texto))
        if direcciones != {suya}:
            yield f"{ruta.name}: la dirección del curso no es la misma"


def _vecinos(documentos):
    rutas = list(documentos)
    for i, ruta in enumerate(rutas):
        final = documentos[ruta].final
        quiere = [rutas[k].name for k in (i - 1, i + 1) if 0 <= k < len(rutas)]
        tiene = re.findall(r"\]\((\d\d_\w+\.ipynb)\)", final)
        if tiene != quiere:
            yield f"{ruta.name}: anterior y siguiente son {tiene}"
        if "](../README.md)" not in final:
            yield f"{ruta.name}: no vuelve al README"


def _indice(readme, documentos):
    """El índice del README: cada sección, en orden, con su enlace."""
    quiere = []
    for ruta, documento in documentos.items():
        secciones = re.findall(
            r'<a id="(s\d[^"]*)"></a>\s+##? (\d[^\n]*)', documento.texto
        )
        quiere += [
            (titulo.casefold(), f"notebooks/{ruta.name}#{ancla}")
            for ancla, titulo in secciones
        ]
        propio = re.findall(r"\[(\d[^\]]*)\]\(#(s\d[^)]*)\)", documento.texto)
        if [(a, t) for t, a in propio] != secciones:
            yield f"{ruta.name}: su contenido no es el de sus secciones"
    tiene = [
        (titulo.casefold(), enlace)
        for titulo, enlace in re.findall(
            r"\[(\d[^\]]*)\]\((notebooks/[^)#]*#[^)]+)\)", readme.texto
        )
    ]
    if tiene != quiere:
        distintos = set(tiene) ^ set(quiere)
        yield f"README.md: el índice no es el del curso: {distintos}"


def test_ningun_enlace_esta_roto():
    assert problemas(RAIZ) == []


def test_la_figura_del_readme_es_la_del_capitulo_3():
    programa = RAIZ / "ims" / "exporta.py"
    exporta = runpy.run_path(str(programa), run_name="exporta")
    assert exporta["DESTINO"].read_bytes() == exporta["figura"](), (
        "cópiala otra vez con `make figuras`"
    )


@pytest.fixture
def copia(tmp_path):
    """Lo que revisa `problemas`, en otra carpeta."""
    for patron in ("README.md", "notebooks/*.ipynb", "ims/*/*.png"):
        for ruta in RAIZ.glob(patron):
            destino = tmp_path / ruta.relative_to(RAIZ)
            destino.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ruta, destino)
    for enlace in Documento(RAIZ / "README.md").enlaces:
        ruta = RAIZ / enlace.partition("#")[0]
        destino = tmp_path / enlace.partition("#")[0]
        if not enlace.startswith("http") and not destino.exists():
            destino.parent.mkdir(parents=True, exist_ok=True)
            destino.mkdir() if ruta.is_dir() else shutil.copy(ruta, destino)
    return tmp_path


UNO, DOS = "notebooks/01_tensores.ipynb", "notebooks/02_regresion_lineal.ipynb"


@pytest.mark.parametrize(
    ("archivo", "patron", "cambio", "se_queja"),
    [
        ("README.md", r"lineal\.ipynb#s2-1\)", r"lineal.ipynb#s2-9)", "s2-9"),
        ("README.md", r"\]\(data/", "](datos/", "datos/"),
        ("README.md", r"\[1\.3 Hola", "[1.3 Adiós", "índice"),
        ("README.md", r"blob/main/notebooks/01_\w+", "blob/main/x", "insign"),
        ("README.md", r"(git clone .*github\.com/)[\w-]+", r"\1otro", "misma"),
        (UNO, r"\]\(#s1-4\)", "](#s1-44)", "s1-44"),
        (UNO, r"blob/main/notebooks/01_tensores", "blob/main/no", "insignia"),
        (UNO, r"main/notebooks/01_tensores", "main/" + DOS[:-6], "insignia"),
        (UNO, r"!\[[^\]]+\]\(\.\./ims", "![](../ims", "alternativo"),
        (UNO, r"\(\.\./ims/1/mapa\.png", "(../ims/1/mapas.png", "no existe"),
        (UNO, r'<a id=\\"s1-2\\">', r'<a id=\\"s1-3\\">', "repetida"),
        (UNO, r"(·[^\n]*→\]\()02_regresion_lineal", r"\g<1>no", "no existe"),
        (DOS, r"(← [^\]]*\]\()01_tensores", r"\g<1>03_no", "no existe"),
        (DOS, r"\.\./README\.md", "../README.txt", "no existe"),
        (DOS, r"(REPO = .*github\.com/)[\w-]+", r"\1otro", "misma"),
    ],
)
def test_lo_roto_se_nota(copia, archivo, patron, cambio, se_queja):
    assert problemas(copia) == []
    ruta = copia / archivo
    texto = ruta.read_text(encoding="utf-8")
    roto, veces = re.subn(patron, cambio, texto, count=1)
    assert veces, f"{archivo} ya no contiene {patron}"
    ruta.write_text(roto, encoding="utf-8")
    assert any(se_queja in malo for malo in problemas(copia)), problemas(copia)


def cambia_enlaces(*argumentos):
    return subprocess.run(
        [sys.executable, "-m", "herramientas.enlaces", *map(str, argumentos)],
        env={**os.environ, "PYTHONPATH": RUTAS},
        capture_output=True,
        encoding="utf-8",
    )


def test_make_enlaces_escribe_la_direccion_en_todas_partes(copia):
    # Escribe con "\n"; los que hubiera antes pueden ser de Windows.
    antes = {r: r.read_text("utf-8") for r in enlaces.archivos(copia)}
    vieja = enlaces.actual(copia)
    hecho = cambia_enlaces("ana-perez/mi.curso_2", copia)
    assert hecho.returncode == 0, hecho.stderr
    assert len(hecho.stdout.splitlines()) == 6
    for ruta in antes:
        texto = ruta.read_text(encoding="utf-8")
        assert f"github.com/{vieja}" not in texto
        assert f"/github/{vieja}" not in texto
    assert problemas(copia) == []
    # Y de vuelta: no tocó nada más.
    assert cambia_enlaces(vieja, copia).returncode == 0
    assert {r: r.read_text("utf-8") for r in antes} == antes


@pytest.mark.parametrize("malo", ["", "solo-nombre", "a/b/c", "a b/c", "-a/b"])
def test_make_enlaces_sin_repositorio_dice_como(copia, malo):
    antes = (copia / "README.md").read_bytes()
    hecho = cambia_enlaces(malo, copia)
    assert hecho.returncode == 2
    assert "make enlaces REPO=" in hecho.stderr
    assert (copia / "README.md").read_bytes() == antes
