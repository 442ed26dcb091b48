"""El papel de quien enseña, por dentro: sin imprimir nada.

Impreso, con Chromium, lo mira `test_clase`.
"""

import io

from nbformat.v4 import (
    new_code_cell,
    new_markdown_cell,
    new_notebook,
    new_output,
)
from pypdf import PdfReader, PdfWriter

from apoyo import impreso
from diapositivas import hoja


def test_un_titulo_que_baja_de_pagina_se_dice_una_vez():
    """Chromium lo escribe dos o tres veces seguidas en su marcador."""
    escrito = PdfWriter()
    escrito.add_blank_page(*hoja.HOJA)

    def marca(titulo, parent=None):
        return escrito.add_outline_item(
            title=titulo, page_number=0, parent=parent
        )

    capitulo = marca("1 · Tensores")
    seccion = marca("1.1 Creación", capitulo)
    marca("El azar y su semilla" * 3, seccion)
    marca("1.2 Operaciones" * 2, capitulo)
    marca("papapapa")  # corto: así se llama
    leido = PdfReader(io.BytesIO(hoja._guarda(escrito, "Notas")))
    assert [titulo for titulo, _ in impreso.marcadores(leido)] == [
        *("1 · Tensores", "1.1 Creación", "El azar y su semilla"),
        *("1.2 Operaciones", "papapapa"),
    ]
    assert leido.metadata.title == "Notas"


def cuaderno(*textos):
    """Código donde empieza por `>>> `; lo demás, texto."""
    celdas = []
    for texto in textos:
        if texto.startswith(">>> "):
            sale = [new_output("stream", text="pendiente\n")]
            celda = new_code_cell(texto[4:], outputs=sale)
            celda.metadata["tags"] = ["predice"]
        else:
            celda = new_markdown_cell(texto)
        celdas.append(celda)
    return new_notebook(cells=celdas)


def plegado(titulo, dentro):
    return f"<details><summary>{titulo}</summary>\n\n{dentro}\n\n</details>"


def test_al_cuadernillo_va_cada_ejercicio_y_nada_mas():
    celdas = hoja._de_soluciones(
        cuaderno(
            "# 9 · Título\n\nDe qué trata.",
            "Una explicación.",
            ">>> explica()",
            "**Ejercicio 9.1 · 3 min.** Suma.",
            ">>> respuesta = ...",
            plegado("Solución", "Es cuatro."),
            plegado("Para quien enseña", "Una nota."),
            ">>> progreso()",
        )
    )
    assert [c.source for c in celdas] == [
        "## 9 · Título",
        "### Ejercicio 9.1 · 3 min\n\nSuma.",
        "respuesta = ...",
        "**Solución.**\n\nEs cuatro.",
    ]
    # Sin salidas, ni etiquetas que la oculten.
    assert celdas[2].outputs == [] and celdas[2].metadata == {}


def test_una_pregunta_lleva_su_respuesta_y_no_su_celda():
    celdas = hoja._de_soluciones(
        cuaderno(
            "# 1 · Tensores",
            "**Pregunta 1.r1.** ¿Cuál?",
            '>>> contesta("1.r1", ...)',
            plegado("Solución", "No es de un ejercicio."),
        )
    )
    _, pregunta = [c.source for c in celdas]
    buena = hoja.PREGUNTAS["1.r1"]
    assert pregunta.startswith("### Pregunta 1.r1\n\n¿Cuál?\n\n")
    assert pregunta.endswith(f"**Respuesta: {buena.buena}).** {buena.razon}")
