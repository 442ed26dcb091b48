"""Qué hace cada orden del curso: `run`, `test`, `lab`…

Cada una es una función; la primera línea de su descripción es lo que dice
`make help`. Lo que la persona escribe (`DATOS=…`) llega a los programas
como argumento, nunca como texto de una terminal.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from herramientas import (
    ambiente,
    como_vino,
    enlaces,
    interprete,
    lab,
    variables,
)
from herramientas.consola import NoSePuede
from herramientas.lugares import CAPITULOS, cuadernos

# Lo que la persona puede dar, en la línea o en el entorno.
VALORES = (
    *("PYTHON", "DATOS", "PRUEBA", "FILAS", "RONDAS", "METODOS"),
    *("DISPOSITIVO", "REPO"),
)
# Lo que se importa desde los cuadernos: a todo se le mira el estilo.
CUARTOS = (
    *("archivos", "helpers", "puente_torchtext", "taller", "publica"),
    *("distribuido", "ejercicios"),
)
# Lo que `clean` borra: generado todo, y nada de nadie.
GENERADO = ("build", ".pytest_cache", ".ruff_cache")


class Curso:
    """Una llamada: dónde, con qué valores y con qué argumentos de más."""

    def __init__(self, raiz, valores, argumentos=()):
        self.raiz = Path(raiz)
        self.valores = valores
        self.argumentos = list(argumentos)
        self.cuadernos = [
            str(ruta.relative_to(self.raiz)) for ruta in cuadernos(self.raiz)
        ]

    def prepara(self, con_banco=False):
        """Deja `.venv` al día y el entorno para lanzar programas en él."""
        pedido = self.valores.get("PYTHON")
        self.python = ambiente.prepara(self.raiz, pedido, con_banco)
        carpeta = self.python.parent
        self.entorno = {
            **variables.con_casa(interprete.limpio(os.environ)),
            "PYTHONUTF8": "1",
            "VIRTUAL_ENV": str(carpeta.parent),
            "PATH": str(carpeta) + os.pathsep + os.environ.get("PATH", ""),
        }
        self.trabaja_en(self.raiz)

    def trabaja_en(self, raiz):
        """El entorno es el mismo; el código, el de esta carpeta."""
        self.raiz = raiz
        rutas = [str(raiz / r) for r in ("notebooks", "tests")]
        self.entorno["PYTHONPATH"] = os.pathsep.join(rutas)

    def modulo(self, nombre, *argumentos, **opciones):
        """`python -m nombre argumentos…`, en el entorno del curso."""
        orden = [str(self.python), "-m", nombre, *map(str, argumentos)]
        return self.lanza(orden, **opciones)

    def lanza(self, orden, entorno=None):
        """Lanza una orden y espera. Devuelve cómo terminó.

        Ctrl+C es para ella: aquí solo se espera a que acabe.
        """
        antes = signal.signal(signal.SIGINT, lambda *_: None)
        try:
            return subprocess.call(
                orden, cwd=str(self.raiz), env=entorno or self.entorno
            )
        finally:
            signal.signal(signal.SIGINT, antes)

    def en_orden(self, *pasos):
        """Cada paso, hasta el primero que falle. Devuelve cómo terminó."""
        for paso in pasos:
            codigo = paso()
            if codigo:
                return codigo
        return 0


def run(curso):
    """ejecuta los cuatro cuadernos y deja en build/ sus páginas"""
    curso.prepara()
    with tempfile.TemporaryDirectory() as casa:
        aparte = variables.para_cuadernos(curso.entorno, casa)
        codigo = curso.modulo(
            "herramientas.ejecuta", "build", *curso.cuadernos, entorno=aparte
        )
    if codigo:
        return codigo
    hechos = [f"build/{nombre}.ipynb" for nombre in CAPITULOS]
    return curso.modulo("sitio", "build", *hechos)


def test(curso):
    """corre todas las pruebas, celda por celda"""
    curso.prepara()
    estilo = [*curso.cuadernos, "tests", "ims"]
    estilo += ["notebooks/" + cuarto for cuarto in CUARTOS]
    with como_vino.carpeta_de_pruebas(curso.raiz) as raiz:
        curso.trabaja_en(raiz)
        return _prueba(curso, estilo)


def _prueba(curso, estilo):
    with tempfile.TemporaryDirectory() as casa:
        aparte = variables.para_cuadernos(curso.entorno, casa)
        # Los modelos del curso son tan pequeños que repartirlos entre hilos
        # los frena.
        aparte.setdefault("OMP_NUM_THREADS", "1")

        def modulo(*orden):
            return lambda: curso.modulo(*orden, entorno=aparte)

        return curso.en_orden(
            modulo("ruff", "check", "--quiet", *estilo),
            modulo("ruff", "format", "--quiet", "--check", *estilo),
            modulo("pytest", *curso.argumentos),
        )


def abre_lab(curso):
    """abre JupyterLab en tus copias de los capítulos, mis_cuadernos/"""
    curso.prepara()
    for nueva in lab.reparte(curso.raiz):
        print(f"Copié {nueva.relative_to(curso.raiz)}")
    orden = lab.orden_lab(curso.raiz, curso.python, *curso.argumentos)
    if "--allow-root" in orden:
        print(
            "Eres root, lo normal en un contenedor: JupyterLab pide que se "
            "le diga con --allow-root, y así lo abro."
        )
    entorno = lab.entorno_lab(curso.entorno, curso.python)
    return curso.lanza(orden, entorno)


def slides(curso):
    """convierte los cuadernos en diapositivas, en build/slides/"""
    curso.prepara()
    return curso.modulo("diapositivas", "build/slides", *curso.cuadernos)


def slides_pdf(curso):
    """pasa las diapositivas a PDF (necesita Chromium)"""
    paginas = [f"build/slides/{nombre}.html" for nombre in CAPITULOS]
    return curso.en_orden(
        lambda: slides(curso),
        lambda: curso.modulo("diapositivas.pdf", *paginas),
    )


def clase(curso):
    """arma build/clase/, con todo lo que hace falta para dar la clase"""
    curso.prepara()
    return curso.modulo("diapositivas.clase", "build/clase", *curso.cuadernos)


def bench(curso):
    """mide el clasificador contra fastText y TF-IDF

    Con DATOS=train.csv PRUEBA=test.csv FILAS=560000 RONDAS=5 METODOS=a,b y
    DISPOSITIVO=cuda.
    """
    valores = curso.valores
    for nombre in ("FILAS", "RONDAS"):
        dado = valores.get(nombre, "1")
        if not (dado.isascii() and dado.isdigit() and int(dado)):
            raise NoSePuede(
                f"{nombre}={dado}: escribe un número entero mayor que cero."
            )
    curso.prepara(con_banco=True)
    argumentos = []
    for nombre in ("DATOS", "PRUEBA"):
        if nombre in valores:
            # Una ruta relativa lo es a donde está la persona.
            ruta = Path(os.path.expanduser(valores[nombre])).absolute()
            argumentos.append(f"--{nombre.lower()}={ruta}")
    for nombre in ("FILAS", "RONDAS", "METODOS", "DISPOSITIVO"):
        if nombre in valores:
            argumentos.append(f"--{nombre.lower()}={valores[nombre]}")
    return curso.modulo("banco", *argumentos)


def outputs(curso):
    """vuelve a ejecutar los cuadernos y guarda sus salidas"""
    curso.prepara()
    with tempfile.TemporaryDirectory() as casa:
        aparte = variables.para_cuadernos(curso.entorno, casa)
        return curso.en_orden(
            lambda: curso.modulo(
                "herramientas.guarda_salidas",
                *curso.cuadernos,
                entorno=aparte,
            ),
            lambda: curso.lanza([str(curso.python), "ims/exporta.py"]),
        )


def figuras(curso):
    """vuelve a dibujar las figuras de ims/"""
    curso.prepara()
    return curso.en_orden(
        lambda: curso.lanza([str(curso.python), "ims/dibuja.py"]),
        lambda: curso.lanza([str(curso.python), "ims/exporta.py"]),
        lambda: curso.modulo("diapositivas.muestra"),
    )


def cambia_enlaces(curso):
    """escribe la dirección del repositorio: make enlaces REPO=dueño/nombre"""
    return enlaces.main(curso.valores.get("REPO", ""), curso.raiz)


def clean(curso):
    """borra lo generado y, si lo hizo el curso, el entorno .venv"""
    venv = curso.raiz / ".venv"
    borra = [curso.raiz / nombre for nombre in GENERADO]
    for carpeta in ("notebooks", "tests", "ims"):
        borra += (curso.raiz / carpeta).rglob("__pycache__")
    if ambiente.es_nuestro(venv):
        borra.append(venv)
    elif os.path.lexists(str(venv)):
        print(".venv no la hizo el curso, así que se queda como está.")
    for carpeta in borra:
        if carpeta.is_symlink():
            print(f"{carpeta} es un enlace a otro sitio: no lo sigo.")
        elif carpeta.is_dir():
            shutil.rmtree(str(carpeta))
    return 0


def ayuda(curso):
    """muestra esta ayuda"""
    print("Las órdenes del curso:\n")
    for nombre, hace in ORDENES.items():
        print(f"  make {nombre:<11} {hace.__doc__.splitlines()[0]}")
    print(
        "\nOtro Python: make run PYTHON=python3.12. En PowerShell, .\\make "
        "en lugar de make.\nSin make: python tests/herramientas/tareas.py "
        "run"
    )
    return 0


ORDENES = {
    "run": run,
    "test": test,
    "lab": abre_lab,
    "slides": slides,
    "slides-pdf": slides_pdf,
    "clase": clase,
    "bench": bench,
    "outputs": outputs,
    "figuras": figuras,
    "enlaces": cambia_enlaces,
    "clean": clean,
    "help": ayuda,
}
