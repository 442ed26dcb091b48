"""Los ejercicios: cada solución vale, cada error típico tiene su pista.

Cada cuaderno se ejecuta una vez. En el lugar de cada ejercicio se prueban,
en su kernel y por este orden, la plantilla, las respuestas malas y las
buenas de `respuestas/cap<N>.py` y la solución plegada.
"""

import inspect
import io
import json
import os
import random
import re
import time
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib import import_module

import nbformat
import numpy as np
import pytest
import torch
from nbformat.v4 import new_code_cell
from torch import nn

import ejercicios
from apoyo.cuadernos import CUADERNOS, RAIZ, etiquetas, fuente, lee
from apoyo.frases import frases
from ejercicios import comprueba, limite
from ejercicios.ayuda import pistas_de
from ejercicios.cap3 import reto
from ejercicios.cap4 import compilar
from ejercicios.piezas import EJERCICIOS, pendiente
from herramientas.cliente import nuevo_cliente

# Lo que pide el curso, por cuaderno.
MINIMO = {1: 6, 2: 5, 3: 7, 4: 6}
CON_EJERCICIOS = [n for n in MINIMO if ejercicios.del_cuaderno(n)]
RESPUESTAS = {n: import_module(f"respuestas.cap{n}") for n in CON_EJERCICIOS}
NUMEROS = [m for n in CON_EJERCICIOS for m in ejercicios.del_cuaderno(n)]
SEGUNDOS = 2
BUENAS, MALAS = 4, 5  # respuestas distintas por ejercicio, por lo menos
# Lanzan otros procesos, miden tiempos, o entrenan de cero y nada leen de lo
# que se responde: aquí solo harían esperar. nbval las ejecuta y las compara.
AJENAS = (
    "s25-tasas",
    "s25-veces",
    "s38-aprendido-suma",
    "s38-compara",
    "s38-confusion",
    "s38-dibuja",
    "s38-cinco-final",
    "s38-diferencias",
    "s38-original-dibuja",
    "s38-recetas",
    "s38-tiempos",
    "orden-tabla",
    "taller-",
    "s39-mide-modelo",
    "s39-bloque-mide",
    "s310-compara-mide",
    "s41-treinta-lanza",
)
# Lo que dejan para las celdas de después, sin compilar ni entrenar: los
# ejercicios compilan con un motor suyo, y ninguno mira estas semillas.
EN_SU_LUGAR = {
    "s38-original-entrena": "medidas = len(vocab), EMBED_DIM, len(CLASES)",
    "s39-motor-elige": 'MOTOR = "eager"',
    # En 3.9a hay respuestas que no acaban: no se les espera cuatro segundos.
    "s39-polinomio-mide": (
        "from ejercicios.cap4 import compilar\n"
        "compilar.conviene.segundos = 0.5"
    ),
    "s311-semillas-entrena": "semillas = [exactitud_prueba] * 5",
}
IMPORTA = r"from ejercicios import \(?[\w\s,]*\bcomprueba\b"

por_cuaderno = pytest.mark.parametrize("n", CON_EJERCICIOS)
por_ejercicio = pytest.mark.parametrize("numero", NUMEROS)


def ruta(n):
    return next(r for r in CUADERNOS if r.name.startswith(f"0{n}_"))


# --- Lo que está escrito en los cuadernos ----------------------------------


@dataclass
class Ejercicio:
    numero: str
    minutos: int
    reto: bool
    celdas: list  # enunciado, código y solución
    indice: int  # el de la celda de código

    @property
    def plantilla(self):
        return fuente(self.celdas[1]).rpartition("comprueba(")[0]

    @property
    def llamada(self):
        return fuente(self.celdas[1]).splitlines()[-1]

    @property
    def solucion(self):
        bloque = r"```python\n(.+?)\n```"
        return re.search(bloque, fuente(self.celdas[2]), re.DOTALL)[1]


def ejercicios_de(cuaderno):
    encontrados = []
    celdas = cuaderno["cells"]
    for i, celda in enumerate(celdas):
        titulo = re.match(
            r"\*\*Ejercicio (\S+) · (\d+) min( · reto)?\.\*\* \S",
            fuente(celda),
        )
        if titulo:
            encontrados.append(
                Ejercicio(
                    titulo[1],
                    int(titulo[2]),
                    bool(titulo[3]),
                    celdas[i : i + 3],
                    i + 1,
                )
            )
    return encontrados


def secciones(cuaderno):
    """Título de sección → sus celdas."""
    partes, actual = {}, None
    for celda in cuaderno["cells"]:
        titulo = re.search(r"^## (.+)$", fuente(celda), re.MULTILINE)
        if titulo and celda["cell_type"] == "markdown":
            actual = partes.setdefault(titulo[1], [])
        if actual is not None:
            actual.append(celda)
    return {t: c for t, c in partes.items() if re.match(r"\d", t)}


@pytest.mark.parametrize("n", MINIMO)
def test_hay_bastantes_ejercicios_y_un_reto_en_la_ultima_seccion(n):
    if n not in CON_EJERCICIOS:
        pytest.skip(f"el cuaderno {n} aún no tiene ejercicios")
    hay = ejercicios_de(lee(ruta(n)))
    assert len(hay) >= MINIMO[n]
    retos = [e.numero for e in hay if e.reto]
    de_seccion = [e.numero for e in hay if ".c" not in e.numero]
    assert len(retos) == 1
    assert retos[0].rstrip("abcdef") == de_seccion[-1].rstrip("abcdef")


@por_cuaderno
def test_los_del_cuaderno_son_los_que_se_comprueban(n):
    numeros = [e.numero for e in ejercicios_de(lee(ruta(n)))]
    assert numeros == ejercicios.del_cuaderno(n)
    assert set(numeros) == set(RESPUESTAS[n].BIEN) == set(RESPUESTAS[n].MAL)
    for numero in numeros:
        titulo = EJERCICIOS[numero].__doc__
        assert titulo and len(titulo.splitlines()[0]) <= 32, numero


@por_cuaderno
def test_cada_seccion_con_codigo_acaba_con_un_ejercicio(n):
    hay = ejercicios_de(lee(ruta(n)))
    for titulo, celdas in secciones(lee(ruta(n))).items():
        suyos = [e for e in hay if e.celdas[0] in celdas]
        if any(c["cell_type"] == "code" for c in celdas):
            assert suyos, f"{titulo}: falta el ejercicio"
        numero = titulo.split()[0]
        assert all(e.numero.rstrip("abcdef") == numero for e in suyos)
        lugares = [celdas.index(e.celdas[0]) for e in suyos]
        resumen = [
            i
            for i, c in enumerate(celdas)
            if "**En dos líneas.**" in fuente(c)
        ]
        for i, lugar in enumerate(lugares):
            assert lugar == resumen[-1] + 1 + 3 * i, titulo


@por_cuaderno
def test_la_anatomia_de_un_ejercicio(n):
    for e in ejercicios_de(lee(ruta(n))):
        tipos = [
            (c["cell_type"], c["metadata"]["slideshow"]["slide_type"])
            for c in e.celdas
        ]
        # La solución de un reto puede no caber en una diapositiva: entonces
        # está en el cuadernillo, no en la charla.
        solucion = {"subslide", "skip"} if e.reto else {"subslide"}
        assert tipos[:2] == [("markdown", "subslide"), ("code", "-")]
        assert tipos[2][0] == "markdown"
        assert tipos[2][1] in solucion, e.numero
        assert 2 <= e.minutos <= 20, e.numero
        pedido = rf'comprueba\("{e.numero}"((?:, \w+)+)\)'
        partes = re.fullmatch(pedido, e.llamada)
        assert partes and partes[1].count(",") == piden(e.numero)
        assert not etiquetas(e.celdas[1])
        assert e.celdas[1]["outputs"][0]["text"] == [
            f"Ejercicio {e.numero}: pendiente.\n"
        ]
        forma = re.fullmatch(
            r"<details><summary>Solución</summary>\n\n```python\n.+?\n```\n\n"
            r"(.+)\n\n</details>",
            fuente(e.celdas[2]),
            re.DOTALL,
        )
        assert forma and len(forma[1].splitlines()) == 2, e.numero
        assert all(len(linea) <= 79 for linea in e.solucion.splitlines())


@por_cuaderno
def test_el_progreso_va_antes_del_resumen(n):
    celdas = lee(ruta(n))["cells"]
    (donde,) = [
        i
        for i, c in enumerate(celdas)
        if c["cell_type"] == "code" and "progreso()" in fuente(c)
    ]
    assert fuente(celdas[donde]) == "progreso()"
    assert "\n## Resumen\n" in "\n" + fuente(celdas[donde + 1])


@por_cuaderno
def test_el_cuaderno_ensena_a_pedir_una_pista_tras_su_primer_ejercicio(n):
    cuaderno = lee(ruta(n))
    hay, celdas = ejercicios_de(cuaderno), cuaderno["cells"]
    pedidas = [
        i for i, c in enumerate(celdas) if fuente(c).startswith("pista(")
    ]
    assert len(pedidas) == 1
    assert fuente(celdas[pedidas[0]]) == f'pista("{hay[0].numero}")'
    primera = hay[0].numero.rstrip("abc")
    suyos = [e for e in hay if e.numero.rstrip("abc") == primera]
    assert pedidas[0] == suyos[-1].indice + 3  # solución, texto y celda


def test_la_respuesta_plegada_de_cada_ejercicio_no_es_la_plantilla():
    for n in CON_EJERCICIOS:
        for e in ejercicios_de(lee(ruta(n))):
            assert e.solucion.strip() != e.plantilla.strip(), e.numero


# --- Cada cuaderno, resuelto en su núcleo ----------------------------------


def respuestas_de(e, respuestas):
    """{clave: código}: la plantilla, malas, buenas y la solución."""
    variantes = [("plantilla", 0, e.plantilla)]
    malas = [mala for mala, _ in respuestas.MAL[e.numero]]
    variantes += [("mal", i, c) for i, c in enumerate(malas)]
    buenas = respuestas.BIEN[e.numero]
    variantes += [("bien", i, c) for i, c in enumerate(buenas)]
    variantes += [("solución", 0, e.solucion)]
    return {
        (e.numero, clase, i): f"{texto}\n\n{e.llamada}"
        for clase, i, texto in variantes
    }


@dataclass
class Sesion:
    salidas: dict  # (número, clase, i) → lo que imprimió
    otras: list  # (id, salidas guardadas, salidas de ahora)
    progreso: str
    segundos: float


def texto(salidas):
    """Lo que se lee de unas salidas: sin imágenes."""
    leido = []
    for s in salidas:
        s = {"text": "", "ename": "", "data": {}, **s}
        plano = s["data"].get("text/plain", "")
        leido.append("".join(s["text"]) + s["ename"] + "".join(plano))
    return "".join(leido)


@pytest.fixture(scope="module")
def sesiones(tmp_path_factory):
    """Ejecuta cada cuaderno, una sola vez, con todas las respuestas."""
    hechas = {}

    def sesion(n):
        if n not in hechas:
            hechas[n] = None  # si falla, no se repite en cada prueba
            hechas[n] = ejecuta(n, tmp_path_factory.mktemp("curso"))
        if hechas[n] is None:
            pytest.fail(f"el cuaderno {n} no acabó: mira su primer fallo")
        return hechas[n]

    return sesion


def ejecuta(n, raiz):
    """En `raiz`: nbval puede estar en `notebooks/` con el mismo cuaderno."""
    cuaderno = nbformat.read(ruta(n), as_version=4)
    por_indice = {e.indice: e for e in ejercicios_de(lee(ruta(n)))}
    celdas, pruebas, iguales = [], [], []
    for i, celda in enumerate(cuaderno.cells):
        if i in por_indice:
            suyas = respuestas_de(por_indice[i], RESPUESTAS[n])
            celdas.append(new_code_cell(f"responde({[*suyas.values()]!r})"))
            pruebas.append((suyas, celdas[-1]))
            continue
        if celda.id.startswith(AJENAS):
            continue
        if celda.id in EN_SU_LUGAR:
            celdas.append(new_code_cell(EN_SU_LUGAR[celda.id]))
            continue
        celdas.append(celda)
        if celda.cell_type != "code":
            continue
        if celda.source == "progreso()":
            tabla = celda
        elif "nbval-ignore-output" not in etiquetas(celda):
            iguales.append((celda, texto(celda.outputs)))
        if re.search(IMPORTA, celda.source):
            herramientas = str(RAIZ / "tests" / "apoyo")
            celdas.append(
                new_code_cell(
                    f"import sys\nsys.path.append({herramientas!r})\n"
                    "from sonda import responde, vigila\n"
                    "comprueba = vigila(comprueba, globals())"
                )
            )
    reloj = new_code_cell("print(comprueba.segundos)")
    cuaderno.cells = [*celdas, reloj]
    (raiz / "notebooks").mkdir()
    cliente = nuevo_cliente(cuaderno, raiz / "notebooks" / ruta(n).name)
    # Las figuras no se miran: que no se dibujen.
    cliente.extra_arguments += ["--InlineBackend.figure_formats=[]"]
    cliente.execute(env=os.environ | {"PYTHONPATH": str(RAIZ / "notebooks")})
    salidas = {}
    for suyas, celda in pruebas:
        dicho = json.loads(texto(celda.outputs))
        salidas |= dict(zip(suyas, dicho, strict=True))
    return Sesion(
        salidas,
        [(c.id, antes, texto(c.outputs)) for c, antes in iguales],
        texto(tabla.outputs),
        float(texto(reloj.outputs)) / len(salidas) * len(por_indice),
    )


def cuaderno_de(numero):
    return ejercicios.cuaderno_de(numero)


def piden(numero):
    """Cuántas respuestas pide un ejercicio."""
    return len(inspect.signature(EJERCICIOS[numero]).parameters)


@por_ejercicio
def test_la_plantilla_esta_pendiente(sesiones, numero):
    salidas = sesiones(cuaderno_de(numero)).salidas
    assert salidas[numero, "plantilla", 0] == (
        f"Ejercicio {numero}: pendiente.\n"
    )


@por_ejercicio
def test_la_solucion_plegada_es_correcta(sesiones, numero):
    salida = sesiones(cuaderno_de(numero)).salidas[numero, "solución", 0]
    assert re.fullmatch(
        rf"Ejercicio {numero}: correcto\. (?!None).+\n", salida
    )


@por_ejercicio
def test_otras_respuestas_buenas_tambien_valen(sesiones, numero):
    n = cuaderno_de(numero)
    buenas = RESPUESTAS[n].BIEN[numero]
    assert len(set(buenas)) >= BUENAS
    for i, respuesta in enumerate(buenas):
        salida = sesiones(n).salidas[numero, "bien", i]
        assert re.fullmatch(rf"Ejercicio {numero}: correcto\. .+\n", salida), (
            f"{respuesta}\n→ {salida}"
        )


@por_ejercicio
def test_cada_error_tipico_recibe_su_pista(sesiones, numero):
    n = cuaderno_de(numero)
    malas = RESPUESTAS[n].MAL[numero]
    assert len({respuesta for respuesta, _ in malas}) >= MALAS
    for i, (respuesta, palabra) in enumerate(malas):
        salida = sesiones(n).salidas[numero, "mal", i]
        pista = re.fullmatch(
            rf"Ejercicio {numero}: todavía no\. Pista: (.+)\n",
            salida,
            re.DOTALL,
        )
        assert pista, f"{respuesta}\n→ {salida}"
        assert palabra in pista[1], f"{respuesta}\n→ {salida}"


@por_cuaderno
def test_las_pistas_distinguen_unos_errores_de_otros(sesiones, n):
    """Errores distintos, al menos tres pistas distintas por ejercicio."""
    salidas = sesiones(n).salidas
    for numero in ejercicios.del_cuaderno(n):
        pistas = {
            s for (m, c, _), s in salidas.items() if (m, c) == (numero, "mal")
        }
        assert len(pistas) >= 3, numero


def archivos_de(n):
    """Los de las revisiones de un cuaderno."""
    modulos = {EJERCICIOS[m].__module__ for m in ejercicios.del_cuaderno(n)}
    rutas = [modulo.replace(".", "/") for modulo in sorted(modulos)]
    return [RAIZ / "notebooks" / f"{ruta}.py" for ruta in rutas]


@por_cuaderno
def test_toda_pista_sale_con_alguna_respuesta(sesiones, n):
    dicho = " ".join(" ".join(sesiones(n).salidas.values()).split())
    calladas = [
        f"{archivo.name}:{linea} {trozo}"
        for archivo in archivos_de(n)
        for linea, trozo in frases(archivo)
        if trozo not in dicho
    ]
    assert not calladas, "\n".join(calladas)


@por_ejercicio
def test_tres_pistas_de_menos_a_mas(numero):
    pistas = pistas_de(numero)
    assert len(pistas) == 3, numero
    pregunta, idea, forma = pistas
    assert "¿" in pregunta and "?" in pregunta, numero
    assert all(len(p) <= 220 for p in (pregunta, idea)), numero
    assert all(len(linea) <= 79 for linea in forma.splitlines()), numero


@por_cuaderno
def test_las_pistas_son_de_ejercicios_que_hay(n):
    todas = import_module(f"ejercicios.pistas{n}").PISTAS
    assert list(todas) == ejercicios.del_cuaderno(n)


@por_cuaderno
def test_comprobar_no_deja_rastro(sesiones, n):
    for clave, salida in sesiones(n).salidas.items():
        assert "RASTRO" not in salida, f"{clave}: {salida}"


@por_cuaderno
def test_resolver_no_cambia_el_resto_del_cuaderno(sesiones, n):
    for nombre, antes, ahora in sesiones(n).otras:
        assert antes == ahora, nombre


@por_cuaderno
def test_con_todo_resuelto_progreso_lo_dice(sesiones, n):
    cuantos = len(ejercicios.del_cuaderno(n))
    tabla = sesiones(n).progreso.splitlines()
    assert tabla[n - 1].startswith(f"Capítulo {n}: {cuantos} de {cuantos}")
    assert [fila.split()[0] for fila in tabla[5:]] == (
        ejercicios.del_cuaderno(n)
    )
    assert all(fila.endswith("correcto") for fila in tabla[5:])


@por_cuaderno
def test_comprobar_un_cuaderno_cuesta_menos_de_dos_segundos(sesiones, n):
    assert sesiones(n).segundos < SEGUNDOS


# --- Respuestas que no son de este mundo ------------------------------------


@pytest.fixture(autouse=True)
def kernel_nuevo(monkeypatch):
    monkeypatch.setattr(ejercicios.avance, "_visto", {})


def dice(numero, respuesta):
    """Lo que se imprime si todas las partes de la respuesta son esa."""
    salida = io.StringIO()
    with redirect_stdout(salida):
        assert comprueba(numero, *[respuesta] * piden(numero)) is None
    return salida.getvalue()


def falla(*_, **__):
    raise ZeroDivisionError("esto es mío")


class ModeloQueFalla(nn.Module):
    def __init__(self, *_):
        raise KeyError("capa")


class Arisco:
    """No se deja mirar: falla en todo lo que se le pida."""

    def __getattr__(self, nombre):
        raise RuntimeError(f"no hay {nombre}")

    __iter__ = __len__ = __float__ = __eq__ = __repr__ = falla


class Interminable:
    """No acaba de leerse nunca."""

    def __iter__(self):
        while True:
            yield 1

    def __getitem__(self, _):
        return self

    def __len__(self):
        return 10**9

    def __float__(self):
        while True:
            pass


def sale(*_):
    raise SystemExit


def sin_fin(*datos):
    # Con los datos: sin ellos, Python 3.13.0 no cuenta las llamadas.
    return sin_fin(*datos)


def no_para(*_, **__):
    while True:
        pass


def no_suelta(*_, **__):
    while True:
        try:
            no_para()
        except BaseException:
            pass


def duerme(*_, **__):
    time.sleep(1000)


def con_avisos(*_):
    print("hola")
    import warnings

    warnings.warn("aviso", stacklevel=1)
    torch.manual_seed(7)
    np.random.seed(7)
    random.seed(7)
    torch.set_grad_enabled(False)
    torch.set_default_dtype(torch.float64)
    return torch.rand(1)


ENORME = torch.zeros(1).expand(3 * 10**8)
DISPARATES = {
    "None": None,
    "texto": "no sé",
    "cero": 0,
    "nan": float("nan"),
    "entero enorme": 10**400,
    "objeto": object(),
    "arisco": Arisco(),
    "lista vacía": [],
    "lista desigual": [[1], [2, 3]],
    "diccionario": {"a": 1},
    "conjunto": {1, 2},
    "rango enorme": range(10**12),
    "arreglo de texto": np.array(["a"]),
    "arreglo enorme": np.broadcast_to(np.zeros(1), 3 * 10**8),
    "tensor vacío": torch.empty(0),
    "tensor en meta": torch.empty(2, 3, device="meta"),
    "tensor disperso": torch.eye(3).to_sparse(),
    "tensor enorme": ENORME,
    "lista con un tensor enorme": [ENORME, ENORME],
    "complejo": torch.tensor([1j]),
    "módulo": torch,
    "clase": int,
    "capa": nn.Linear,
    "modelo": nn.Identity(),
    "modelo que falla": ModeloQueFalla,
    "función que falla": falla,
    "función que sale": sale,
    "función sin fin": sin_fin,
    "función con efectos": con_avisos,
    "lambda": lambda *_: torch.zeros(3),
    "devuelve otra función": lambda *_: falla,
    "devuelve algo enorme": lambda *_: ENORME,
    "devuelve un generador": lambda *_: (n for n in iter(int, 1)),
}
SIN_FIN = {
    "no para": no_para,
    "no suelta": no_suelta,
    "duerme": duerme,
    "interminable": Interminable(),
    "devuelve algo interminable": lambda *_: Interminable(),
}


def no_vale(numero, salida):
    return re.fullmatch(
        rf"Ejercicio {numero}: todavía no\. Pista: .+\n", salida, re.DOTALL
    )


@por_ejercicio
def test_ninguna_respuesta_hace_saltar_una_excepcion(
    numero, monkeypatch, capsys
):
    monkeypatch.setattr(EJERCICIOS[numero], "segundos", 0.5)  # hay enormes
    for nombre, respuesta in DISPARATES.items():
        if pendiente(respuesta):
            continue
        salida = dice(numero, respuesta)
        assert no_vale(numero, salida), f"{nombre} → {salida}"
    assert capsys.readouterr() == ("", "")


@por_ejercicio
def test_lo_que_no_acaba_vuelve_con_una_frase(numero, monkeypatch):
    # Llegar a la respuesta pide milisegundos; lo demás es esperar.
    monkeypatch.setattr(limite, "CADA", 0.05)
    monkeypatch.setattr(EJERCICIOS[numero], "segundos", 0.05)
    monkeypatch.setattr(reto, "CON_POCOS", 0.05)
    monkeypatch.setattr(compilar, "COMPILANDO", 0.05)
    antes = azar()
    for nombre, respuesta in SIN_FIN.items():
        inicio = time.monotonic()
        salida = dice(numero, respuesta)
        assert time.monotonic() - inicio < 20, nombre
        assert no_vale(numero, salida), f"{nombre} → {salida}"
        assert len(salida.splitlines()[0]) < 300
    assert azar() == antes
    assert torch.is_grad_enabled()


def aprende_en(segundos_con_todos, segundos_con_pocos=0.0):
    """Un `aprende` que tarda eso, y después contesta siempre lo mismo."""

    def aprende(articulos):
        todos = len(articulos) > 200
        time.sleep(segundos_con_todos if todos else segundos_con_pocos)
        return lambda textos: [1] * len(textos)

    return aprende


def test_el_reto_avisa_pronto_de_lo_que_solo_se_cuelga_con_todos(monkeypatch):
    monkeypatch.setattr(reto, "CON_TODOS", 0.3)

    def aprende(articulos):
        while len(articulos) > 200:
            pass
        return lambda textos: [1] * len(textos)

    for colgada in (aprende, aprende_en(1000)):
        inicio = time.monotonic()
        assert "no acaba a tiempo" in dice("3.8", colgada)
        assert time.monotonic() - inicio < 10


def test_el_reto_espera_a_quien_ya_tardaba_con_pocos(monkeypatch):
    monkeypatch.setattr(reto, "CON_TODOS", 0.3)
    dicho = dice("3.8", aprende_en(0.8, segundos_con_pocos=0.1))
    assert "casi como el azar" in dicho


def test_ningun_ejercicio_puede_hacer_esperar_mas_de_la_cuenta():
    """Quince segundos, salvo los que lanzan procesos o entrenan de verdad."""
    largos = {n for n, e in EJERCICIOS.items() if e.segundos > 15}
    assert all(EJERCICIOS[n].segundos <= 120 for n in largos)
    assert not {n for n in largos if n.startswith(("1.", "2."))}
    for n in EJERCICIOS:
        assert EJERCICIOS[n].mib or n in largos, n


def azar():
    return (
        random.getstate(),
        str(np.random.get_state()),
        torch.get_rng_state().tolist(),
    )


@por_ejercicio
def test_el_azar_y_los_modos_quedan_como_estaban(numero):
    antes = azar()
    for respuesta in (con_avisos, falla, 3, ModeloQueFalla):
        dice(numero, respuesta)
        assert azar() == antes
        assert torch.is_grad_enabled()
        assert torch.get_default_dtype() == torch.float32


def test_la_excepcion_del_estudiante_sale_en_la_pista():
    pista = dice("1.6c", falla)
    assert "`falla` lanzó ZeroDivisionError: esto es mío." in pista
    assert "RecursionError" in dice("1.6c", sin_fin)
    assert "SystemExit" in dice("1.6c", sale)


def test_lo_que_se_interrumpe_tampoco_deja_rastro():
    def interrumpe(a, b):
        torch.manual_seed(7)
        raise KeyboardInterrupt

    antes = azar()
    with pytest.raises(KeyboardInterrupt):  # lo pidió el estudiante
        dice("1.6c", interrumpe)
    assert azar() == antes


def test_las_pistas_no_dependen_del_azar_del_cuaderno():
    torch.manual_seed(1)
    una = dice("1.6b", lambda s, e: 0.1)
    torch.manual_seed(2)
    assert dice("1.6b", lambda s, e: 0.1) == una


@pytest.mark.parametrize("numero", ["1.9", "1.3", "7.1", "hola", "", None, []])
def test_un_numero_que_no_existe_se_dice_con_claridad(numero, capsys):
    assert comprueba(numero, 3) is None
    salida = capsys.readouterr().out
    assert salida.startswith(f"No hay un ejercicio «{numero}». Los que hay: ")
    assert salida.count("\n") == 1
    if str(numero).startswith("1."):
        assert "1.3a, 1.3b, 1.4a" in salida


def test_sin_saber_el_cuaderno_se_dicen_los_del_que_se_resuelve(capsys):
    for numero in ("2.3c", "1.1"):
        comprueba(numero, ...)
    capsys.readouterr()
    for numero, sale in (("hola", "1.1, "), ("2.99", "2.1a, ")):
        comprueba(numero, 3)
        assert f"Los que hay: {sale}" in capsys.readouterr().out


def test_el_numero_puede_ir_sin_comillas(capsys):
    comprueba(1.1, ...)
    assert capsys.readouterr().out == "Ejercicio 1.1: pendiente.\n"


def test_sin_respuesta_esta_pendiente(capsys):
    comprueba("1.2")
    comprueba("1.2", 6, ...)
    assert capsys.readouterr().out == "Ejercicio 1.2: pendiente.\n" * 2


def test_lo_que_sobra_o_falta_al_llamar_se_dice(capsys):
    comprueba("1.2", 6)
    assert "todavía no" in capsys.readouterr().out
