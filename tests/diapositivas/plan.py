"""El plan de clase, en horas: `python -m diapositivas.plan [README.md]`.

Los minutos se dicen una sola vez, en los cuadernos (`guion.py` explica dónde);
de ahí salen las tablas. Sin argumentos las imprime; con el README, las escribe
entre sus dos marcas.
"""

import re
import sys
from pathlib import Path

import nbformat

import archivos
from diapositivas import guion

RAIZ = Path(__file__).resolve().parents[2]
ABRE = "<!-- plan: python -m diapositivas.plan README.md -->"
CIERRA = "<!-- fin del plan -->"
# Lo imprescindible para llegar a un clasificador, con un ejercicio cada una.
MEDIO_DIA = "1.4 2.1 2.2 2.3 2.4 3.1 3.2 3.4 3.5 3.8".split()
DOS_DIAS = (("primer día", (0, 1)), ("segundo día", (2, 3)))


def planes(rutas=None):
    """Las secciones de cada cuaderno, en orden.

    Returns:
        list[list[guion.Seccion]]
    """
    rutas = rutas or sorted((RAIZ / "notebooks").glob("*.ipynb"))
    return [guion.plan(nbformat.read(r, as_version=4)) for r in rutas]


def horas(minutos):
    """`95` → «1 h 35 min»."""
    enteras, resto = divmod(minutos, 60)
    partes = [f"{enteras} h"] if enteras else []
    return " ".join(partes + ([f"{resto} min"] if resto else [])) or "0 min"


def medio_dia(capitulos):
    """(explicación, ejercicios) de la ruta de medio día, en minutos."""
    elegidas = [
        seccion
        for capitulo in capitulos
        for seccion in capitulo
        if seccion.titulo.split()[0] in MEDIO_DIA
    ]
    return (
        sum(s.explica for s in elegidas),
        sum(s.primero for s in elegidas),
    )


def texto(capitulos):
    """El Markdown del plan."""
    filas = ["| | explicación | ejercicios | juntos |", "|---|---|---|---|"]
    sumas = []
    for numero, capitulo in enumerate(capitulos, start=1):
        explica = sum(s.explica for s in capitulo)
        ejercicios = sum(s.ejercicios for s in capitulo)
        sumas.append((explica, ejercicios))
        filas.append(
            f"| capítulo {numero} | {horas(explica)} | {horas(ejercicios)} "
            f"| {horas(explica + ejercicios)} |"
        )
    explica, ejercicios = map(sum, zip(*sumas, strict=True))
    filas.append(
        f"| **en total** | **{horas(explica)}** | **{horas(ejercicios)}** "
        f"| **{horas(explica + ejercicios)}** |"
    )
    dias = " y ".join(
        f"el {nombre}, capítulos {cuales[0] + 1} y {cuales[1] + 1} "
        f"({horas(sum(sum(sumas[n]) for n in cuales))})"
        for nombre, cuales in DOS_DIAS
    )
    media = medio_dia(capitulos)
    secciones = ", ".join(MEDIO_DIA)
    return "\n".join(
        (
            *filas,
            "",
            f"- **Dos días**: {dias}, ejercicios incluidos.",
            f"- **Medio día** ({horas(sum(media))}): las secciones "
            f"{secciones}, con el primer ejercicio de cada una.",
        )
    )


def escribe(readme, capitulos):
    """Pone el plan entre las dos marcas de un README.

    Args:
        readme: su `Path`.

    Raises:
        ValueError: no tiene las marcas.
    """
    dicho = readme.read_text(encoding="utf-8")
    entre = re.compile(f"{re.escape(ABRE)}.*?{re.escape(CIERRA)}", re.DOTALL)
    if not entre.search(dicho):
        raise ValueError(f"{readme} no tiene las marcas {ABRE} y {CIERRA}.")
    nuevo = f"{ABRE}\n{texto(capitulos)}\n{CIERRA}"
    archivos.escribe(readme, entre.sub(lambda _: nuevo, dicho))


def main(*readmes):
    if not readmes:
        print(texto(planes()))
    for readme in map(Path, readmes):
        escribe(readme, planes())
        print(f"{readme}: plan al día")


if __name__ == "__main__":
    main(*sys.argv[1:])
