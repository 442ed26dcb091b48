"""El guion de la charla: qué diapositivas salen de las celdas, y su tiempo."""

import pytest
from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)

from diapositivas import guion

SOLUCION = "<details><summary>Solución</summary>\n\nEs 4.\n\n</details>"
PISTA = "<details><summary>¿Por qué?</summary>\n\nPorque sí.\n\n</details>"


def celda(clase, texto, minutos=0, tags=(), salida=""):
    hecha = (new_code_cell if salida else new_markdown_cell)(texto)
    if salida:
        hecha.outputs = [new_output("stream", text=salida)]
    hecha.metadata.slideshow = {"slide_type": clase}
    if minutos:
        hecha.metadata.slideshow["minutos"] = minutos
    hecha.metadata.tags = list(tags)
    return hecha


def cuaderno(*celdas):
    return new_notebook(cells=[celda(*c) for c in celdas])


@pytest.fixture
def clase():
    """Un capítulo chico: portada, una sección con dos ejercicios y cierre."""
    return cuaderno(
        ("slide", "# 9 · Título", 2),
        ("notes", "> **Para quien enseña.** Saluda."),
        ("slide", "## 9.1 Sumas", 5),
        ("skip", "x = 1"),
        ("slide", "**La otra.** Con su texto."),
        ("slide", "**La última.** Con el suyo."),
        ("subslide", "**Más.** Detalle."),
        ("subslide", "**Ejercicio 9.1 · 3 min.** Suma."),
        ("subslide", SOLUCION),
        ("subslide", "**Ejercicio 9.2 · 10 min.** Resta."),
        ("slide", "## Lo que te llevas", 1),
    )


@pytest.mark.parametrize(
    ("texto", "titulo", "resto"),
    [
        ("**Así.** Y sigue.", "Así", "Y sigue."),
        ("**Solo el título.**", "Solo el título", ""),
        ("**Así**, y sigue.", "Así", "Así, y sigue."),
        ("**Un modelo** es esto.", "Un modelo", "Un modelo es esto."),
        ("**El *checkpoint*** es la tabla.", "El *checkpoint*", None),
        ("### Así\n\nY sigue.", "Así", "Y sigue."),
        ("Sin título.", "", "Sin título."),
    ],
)
def test_de_donde_sale_un_titulo(texto, titulo, resto):
    _, dicho, queda = guion.titula(texto)
    assert dicho == titulo
    assert queda == (f"{titulo} es la tabla." if resto is None else resto)


def test_el_ancla_no_se_ve_y_la_cita_sigue_siendo_cita():
    texto = '<a id="s9-1"></a>\n## 9.1 Sumas\n\nAsí.'
    assert guion.titula(texto) == ("s9-1", "9.1 Sumas", "Así.")
    assert guion.titula('<a id="x"></a>\nNada.') == ("x", "", "Nada.")
    assert guion.titula("> **Ojo.** Así.\n> Y así.") == (
        *("", "Ojo", "> Así.\n> Y así."),
    )


def test_los_minutos_de_una_seccion_se_reparten_entre_sus_diapositivas(clase):
    pilas = guion.reparte(clase)
    assert [pila[0].segundos for pila in pilas] == [120, 100, 100, 100, 60]
    # Lo que cuelga no gasta de la sección; un ejercicio dice los suyos.
    assert [lamina.segundos for lamina in pilas[3]] == [100, 0, 180, 0, 600]


def test_si_no_caben_justos_se_reparten_los_segundos_y_no_falta_ninguno():
    celdas = [("slide", f"**{n}.** Así.") for n in range(6)]
    pilas = guion.reparte(cuaderno(("slide", "# 9 · T", 1), *celdas))
    segundos = [pila[0].segundos for pila in pilas]
    assert sum(segundos) == 60 and set(segundos) == {8, 9}


def test_la_nota_dice_cuanto_dura_y_en_que_minuto_se_va(clase):
    dichas = [
        lamina.notas[-1]
        for pila in guion.reparte(clase)
        for lamina in pila
        if lamina.segundos
    ]
    for dicha, (dura, minuto) in zip(
        dichas,
        [
            ("2 min", 2),
            ("1 min 40 s", 4),
            ("1 min 40 s", 5),
            ("1 min 40 s", 7),
            ("3 min", 10),
            ("10 min", 20),
            ("1 min", 21),
        ],
        strict=True,
    ):
        assert f": {dura}; al pasarla, minuto {minuto} del" in dicha


def test_lo_que_se_salta_y_las_notas_no_son_diapositivas(clase):
    pilas = guion.reparte(clase)
    assert [len(pila) for pila in pilas] == [1, 1, 1, 5, 1]
    fuentes = [c.source for p in pilas for x in p for c in x.celdas]
    assert "x = 1" not in fuentes
    assert pilas[0][0].notas[0] == "Saluda."


def test_cada_diapositiva_sabe_su_clase_su_seccion_y_su_titulo(clase):
    pilas = guion.reparte(clase)
    assert [pila[0].clase for pila in pilas] == [
        *("portada", "apertura", "", "", "cierre")
    ]
    assert [pila[0].seccion for pila in pilas] == [
        *("9 · Título", "9.1 Sumas", "9.1 Sumas", "9.1 Sumas"),
        "Lo que te llevas",
    ]
    solucion = pilas[3][3]
    assert (solucion.clase, solucion.titulo) == ("solucion", "Solución 9.1")
    assert [c.source for c in solucion.celdas] == ["Es 4."]
    assert [lamina.principal for lamina in pilas[3]] == [True, *[False] * 4]


@pytest.mark.parametrize(
    ("cuelgan", "dicho"),
    [
        ([], ""),
        (["**A.** Así."], "↓ más detalle"),
        (["**Ejercicio 9.1 · 3 min.** A."], "↓ 1 ejercicio, 3 min"),
        (
            ["**Ejercicio 9.1 · 3 min.** A.", SOLUCION, "**Sigue.** B."],
            "↓ 1 ejercicio, 3 min y 1 más",
        ),
        (
            ["**Ejercicio 9.1 · 3 min.** A.", "**Ejercicio 9.2 · 4 min.** B."],
            "↓ 2 ejercicios, 7 min",
        ),
    ],
)
def test_se_anuncia_lo_que_hay_debajo(cuelgan, dicho):
    celdas = [("subslide", texto) for texto in cuelgan]
    (pila,) = guion.reparte(cuaderno(("slide", "# 9 · T"), *celdas))
    assert pila[0].baja == dicho
    assert not any(lamina.baja for lamina in pila[1:])


def test_la_que_sigue_a_otra_lo_dice_una_sola_vez():
    (pila,) = guion.reparte(
        cuaderno(
            ("slide", "# 9 · T"),
            ("subslide", "**La recta.** Así."),
            ("subslide", "Y así."),
            ("subslide", "Y también."),
        )
    )
    assert [lamina.titulo for lamina in pila[1:]] == [
        *("La recta", "La recta (sigue)", "La recta (sigue)")
    ]
    suelta = guion.reparte(cuaderno(("slide", "# 9 · T"), ("slide", "Sin.")))
    assert guion.sin_titulo(suelta) == [suelta[1][0].id]


def test_una_salida_espera_y_lo_que_viene_detras_tambien():
    (pila,) = guion.reparte(
        cuaderno(
            ("slide", "**Suma.** ¿Cuánto?"),
            ("-", "2 + 2", 0, ["predice", "salida-ya"], "4\n"),
            ("-", "Cuatro."),
            ("-", "3 + 3", 0, ["salida-ya", "lineas:1|2"], "6\n"),
            ("-", "Seis."),
            ("fragment", "Y ya."),
        )
    )
    datos = [c.metadata for c in pila[0].celdas]
    # Lo que se predice espera aunque diga `salida-ya`.
    assert [d.espera for d in datos] == [False, True, *[False] * 4]
    assert [d.predice for d in datos] == [False, True, *[False] * 4]
    # Desde ahí, todo llega a su turno; lo demás, solo si es `fragment`.
    assert [d.fragmento for d in datos] == [False, False, *[True] * 4]
    assert [d.lineas for d in datos] == ["", "", "", "1|2", "", ""]


def test_lo_que_dice_pendiente_no_se_proyecta():
    (pila,) = guion.reparte(
        cuaderno(
            ("slide", "**Pregunta 9.r1.** ¿Cuál?"),
            ("-", "responde()", 0, [], "pendiente\n"),
            ("subslide", "**Ejercicio 9.1 · 3 min.** Suma."),
            ("-", "comprueba()", 0, [], "pendiente\n"),
            ("subslide", "**Otra.** Así."),
            ("-", "1", 0, [], "uno\n"),
        )
    )
    assert [len(lamina.celdas[1].outputs) for lamina in pila] == [0, 0, 1]


def test_bajo_un_ejercicio_del_curso_esta_su_primera_pista():
    (pila,) = guion.reparte(
        cuaderno(
            ("slide", "# 1 · T"),
            ("subslide", "**Ejercicio 1.1 · 3 min.** Suma."),
            ("subslide", "**Ejercicio 9.9 · 3 min.** Suma."),
        )
    )
    con, sin = (lamina.celdas for lamina in pila[1:])
    assert len(con) == 2 and len(sin) == 1
    assert con[1].source.count("**Pista.**") == 1
    assert con[1].metadata.fragmento and not con[1].metadata.espera


def test_lo_plegado_se_abre_con_la_tecla_que_avanza():
    (pila,) = guion.reparte(cuaderno(("slide", f"# 9 · T\n\n{PISTA}")))
    texto = pila[0].celdas[0].source
    assert "<details" not in texto
    assert texto.index("**¿Por qué?**") < texto.index('class="fragment"')
    assert texto.index('class="fragment"') < texto.index("Porque sí.")


@pytest.mark.parametrize(
    "texto",
    [
        "> **Para quien enseña.** Mira\n> aquí.",
        "**Para quien enseña**: Mira\naquí.",
        "<details><summary>Para quien enseña</summary>\n\nMira\naquí.\n\n"
        "</details>",
    ],
)
def test_una_nota_se_dice_sin_su_envoltorio(texto):
    assert guion.nota(texto) == "Mira\naquí."


def test_el_plan_de_un_cuaderno(clase):
    portada, sumas, cierre = guion.plan(clase)
    assert portada == guion.Seccion("9 · Título", 2, laminas=1)
    assert sumas == guion.Seccion("9.1 Sumas", 5, 13, primero=3, laminas=3)
    assert cierre == guion.Seccion("Lo que te llevas", 1, laminas=1)
