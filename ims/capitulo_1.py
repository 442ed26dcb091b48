"""Figuras del capítulo 1: el curso, los marcos de trabajo y los tensores."""

import math

import matplotlib.pyplot as plt
import torch
from matplotlib.patches import Rectangle

from helpers.dbpedia import CLASES
from helpers.graficas import (
    AMARILLO,
    AZUL,
    CELESTE,
    GRIS,
    MORADO,
    NARANJA,
    NEGRO,
    ROJO,
    VERDE,
)
from trazos import (
    ANCHO,
    NEGRITA,
    NOTA,
    OXIDO,
    caja,
    flecha,
    lienzo,
    rejilla,
)


def _miles(numero):
    """El entero con un espacio entre los millares."""
    return f"{numero:,}".replace(",", " ")


def mapa():
    """Los cuatro capítulos y el proyecto que construyen."""
    figura, eje = lienzo(4.4)
    capitulos = (
        ("1\nTensores", "forma, tipo\ny dispositivo", AZUL),
        ("2\nRegresión lineal", "el bucle de\nentrenamiento", VERDE),
        ("3\nClasificador", "del texto\na la clase", NARANJA),
        ("4\nPublicación", "compilar,\nguardar, subir", MORADO),
    )
    for i, (titulo, detalle, color) in enumerate(capitulos):
        x = 0.1 + i * 2.32
        caja(eje, x, 2.75, 2.04, 1.55, color)
        centro = {"ha": "center", "va": "center", "size": 14}
        eje.text(x + 1.02, 3.9, titulo, weight="bold", **centro)
        eje.text(x + 1.02, 3.16, detalle, **centro)
        if i:
            flecha(eje, (x - 0.27, 3.53), (x - 0.01, 3.53))
    eje.text(0.1, 2.3, "El proyecto", fontsize=15, weight="bold")
    caja(
        eje,
        0.1,
        0.3,
        2.1,
        1.4,
        GRIS,
        "artículo\nde DBpedia\n(texto en inglés)",
    )
    flecha(eje, (2.23, 1.0), (2.62, 1.0))
    fuerte = {"weight": "bold"}
    caja(eje, 2.65, 0.3, 1.35, 1.4, NARANJA, ("tu\nmodelo", fuerte))
    flecha(eje, (4.03, 1.0), (4.4, 1.0))
    eje.text(4.5, 2.3, "una de 14 clases", fontsize=15, weight="bold")
    for i, clase in enumerate(CLASES):
        eje.text(
            4.5 + (i // 7) * 3.0,
            2.02 - (i % 7) * 0.315,
            f"{i + 1:>2} {clase}",
            fontsize=14,
            family="DejaVu Sans Mono",
            va="center",
        )
    return figura


def historia():
    """Cómo ejecutan PyTorch y TensorFlow, de 2015 a 2026."""
    figura, eje = plt.subplots(figsize=(ANCHO, 4.4))
    hoy = 2026.9
    barras = (
        (1, 2016.7, 2023.2, CELESTE, "", "ejecución inmediata"),
        (1, 2023.2, hoy, CELESTE, "", "+ torch.compile"),
        (0, 2015.85, 2019.75, AMARILLO, "//", "grafo estático (TF 1)"),
        (0, 2019.75, hoy, CELESTE, "", "ejecución inmediata + tf.function"),
    )
    for fila, desde, hasta, color, trama, texto in barras:
        eje.barh(
            fila,
            hasta - desde,
            left=desde,
            height=0.36,
            color=color,
            hatch=trama,
            edgecolor=GRIS if trama else "white",
        )
        eje.text(
            (desde + hasta) / 2,
            fila,
            texto,
            ha="center",
            va="center",
            fontsize=13,
            bbox={"fc": color, "ec": "none", "pad": 2} if trama else None,
        )
    hitos = (
        (1, 2017.05, 2016.8, "ene 2017\nanuncio público"),
        (1, 2018.93, 2019.25, "dic 2018\nPyTorch 1.0"),
        (1, 2022.7, 2021.85, "sep 2022\nPyTorch Foundation"),
        (1, 2023.2, 2024.6, "mar 2023\nPyTorch 2.0"),
        (0, 2015.85, 2016.1, "nov 2015\nse publica"),
        (0, 2019.75, 2019.75, "sep 2019\nTensorFlow 2.0"),
        (
            0,
            2023.9,
            2023.9,
            "nov 2023 · Keras 3, también\nsobre PyTorch y JAX",
        ),
    )
    for fila, cuando, x, texto in hitos:
        lado = 1 if fila else -1
        borde = fila + lado * 0.18
        eje.plot([cuando, x], [borde, fila + lado * 0.32], color=NEGRO, lw=1.2)
        eje.plot(cuando, borde, "o" if fila else "s", color=NEGRO, ms=7)
        eje.text(
            x,
            fila + lado * 0.35,
            texto,
            ha="center",
            va="bottom" if fila else "top",
            fontsize=13,
        )
    eje.set(
        xlim=(2015, 2027.1),
        ylim=(-0.75, 1.75),
        yticks=[0, 1],
        xticks=range(2015, 2027),
    )
    eje.set_yticklabels(["TensorFlow", "PyTorch"], fontsize=14, weight="bold")
    eje.tick_params(axis="x", labelsize=14)
    eje.tick_params(axis="y", length=0)
    eje.grid(axis="y", visible=False)
    eje.set_axisbelow(True)
    eje.spines["left"].set_visible(False)
    return figura


def hub():
    """Modelos del Hub por biblioteca, en una captura de 2023."""
    figura, eje = plt.subplots(figsize=(ANCHO, 3))
    nombres = ("PyTorch", "JAX", "TensorFlow")
    modelos = (71170, 8078, 5952)
    colores = (AZUL, VERDE, NARANJA)
    tramas = ("", "..", "//")
    datos = zip(modelos, colores, tramas, strict=True)
    for i, (cuantos, color, trama) in enumerate(datos):
        eje.barh(i, cuantos, height=0.6, color=color, hatch=trama, ec="white")
        eje.text(
            cuantos + 900,
            i,
            _miles(cuantos),
            va="center",
            fontsize=14,
        )
    eje.set_yticks(range(3), nombres, fontsize=14)
    eje.set(
        xlim=(0, 82000),
        xticks=range(0, 80001, 20000),
        xlabel="modelos en el Hub de Hugging Face (2023)",
    )
    eje.xaxis.set_major_formatter(lambda x, _: _miles(round(x)))
    eje.invert_yaxis()
    eje.grid(axis="y", visible=False)
    eje.set_axisbelow(True)
    return figura


def grafo():
    """x al cuadrado: los valores van, las derivadas vuelven."""
    figura, eje = lienzo(3.3)
    y, alto = 1.15, 1.0
    caja(eje, 0.2, y, 1.7, alto, AZUL, ("x", NEGRITA), ("3", NEGRITA))
    caja(eje, 3.75, y, 1.7, alto, GRIS, ("elevar al\ncuadrado", NOTA))
    caja(eje, 7.3, y, 1.7, alto, AZUL, ("y", NEGRITA), ("9", NEGRITA))
    arriba, abajo = y + 0.75, y + 0.25
    for desde, hasta in ((1.95, 3.7), (5.5, 7.25)):
        flecha(eje, (desde, arriba), (hasta, arriba), AZUL)
        flecha(eje, (hasta, abajo), (desde, abajo), OXIDO, ls="--")
    eje.text(0.2, 2.85, "adelante: valores →", size=15, color=AZUL)
    eje.text(
        9.0, 0.1, "← atrás: derivadas de y", size=15, color=OXIDO, ha="right"
    )
    centro = {"ha": "center", "va": "center", "size": 15}
    eje.text(2.82, arriba + 0.25, "3", color=AZUL, **centro)
    eje.text(6.37, arriba + 0.25, "9", color=AZUL, **centro)
    eje.text(6.37, abajo - 0.27, "1", color=OXIDO, **centro)
    eje.text(2.82, abajo - 0.27, "1 × 2x = 6", color=OXIDO, **centro)
    eje.text(1.05, 0.75, "x.grad = 6", weight="bold", **centro)
    return figura


def textclassifier():
    """Las formas que recorre un lote dentro de TextClassifier."""
    figura, eje = lienzo(4.3)
    lado, arriba = 0.25, 2.25
    ids = [[1] * 6 + [0], [1] * 3 + [0] * 4, [1] * 7]
    for i, fila in enumerate(ids):
        for j, palabra in enumerate(fila):
            eje.add_patch(
                Rectangle(
                    (0.1 + j * lado, arriba - (i + 1) * lado),
                    lado,
                    lado,
                    fc=AZUL + "55" if palabra else "white",
                    ec=AZUL,
                    lw=1.5,
                )
            )
    for capa in range(5, -1, -1):  # de atrás adelante: 100 números a fondo
        for i in range(3):
            for j in range(7):
                eje.add_patch(
                    Rectangle(
                        (
                            2.95 + j * lado + capa * 0.06,
                            arriba - (i + 1) * lado + capa * 0.06,
                        ),
                        lado,
                        lado,
                        fc="#CFE2EF",
                        ec=AZUL,
                        lw=1.2,
                    )
                )
    for i in range(3):
        y = arriba - (i + 1) * lado
        eje.add_patch(
            Rectangle((5.95, y), 1.3, lado, fc=AZUL + "33", ec=AZUL, lw=1.5)
        )
        for j in range(2):
            eje.add_patch(
                Rectangle(
                    (8.25 + j * lado, y),
                    lado,
                    lado,
                    fc=AZUL + "33",
                    ec=AZUL,
                    lw=1.5,
                )
            )
    tensores = (
        (0.98, "text", "(3, 7)", "3 frases, 7 ids"),
        (3.95, "embedded", "(3, 7, 100)", "un vector por palabra"),
        (6.6, "hidden[-1]", "(3, 256)", "un resumen por frase"),
        (8.5, "salida", "(3, 2)", "dos clases"),
    )
    for x, nombre, forma, detalle in tensores:
        eje.text(x, 1.1, nombre, ha="center", fontsize=14)
        eje.text(x, 0.68, forma, ha="center", fontsize=15, weight="bold")
        eje.text(x, 0.27, detalle, ha="center", fontsize=13.5)
    capas = (
        (1.95, 2.85, "embedding", "10 000 × 100"),
        (5.1, 5.85, "rnn", "2 LSTM de 256"),
        (7.35, 8.15, "fc", "256 → 2"),
    )
    for desde, hasta, nombre, detalle in capas:
        centro = (desde + hasta) / 2
        flecha(eje, (desde, 1.87), (hasta, 1.87), ROJO)
        eje.plot([centro, centro], [1.95, 3.15], color=ROJO, lw=1.5, ls=":")
        caja(eje, centro - 0.87, 3.15, 1.74, 1.0, ROJO)
        eje.text(
            centro,
            3.85,
            nombre,
            ha="center",
            va="center",
            fontsize=14,
            weight="bold",
        )
        eje.text(
            centro, 3.45, detalle, ha="center", va="center", fontsize=13.5
        )
    return figura


def ordenes():
    """Escalar, vector, matriz y tensor de orden 3, con su forma."""
    figura, eje = lienzo(3.6)
    rejilla(eje, 0.75, 2.3, [["3.5"]], AZUL)
    rejilla(eje, 2.35, 2.3, [["1", "2", "3"]], VERDE)
    rejilla(eje, 4.9, 2.8, [["1", "2"], ["3", "4"], ["5", "6"]], NARANJA)
    for x, y in ((6.9, 2.4), (7.9, 1.4)):  # unen las dos capas
        eje.plot([x, x + 1.15], [y, y + 0.45], color=MORADO, lw=1.5, ls=":")
    rejilla(eje, 8.05, 2.85, [["5", "6"], ["7", "8"]], MORADO)
    rejilla(eje, 6.9, 2.4, [["1", "2"], ["3", "4"]], MORADO)
    rotulos = (
        (1.0, "escalar", "()", "ndim 0"),
        (3.1, "vector", "(3,)", "ndim 1"),
        (5.4, "matriz", "(3, 2)", "ndim 2"),
        (7.97, "tensor de orden 3", "(2, 2, 2)", "ndim 3"),
    )
    for x, nombre, forma, ndim in rotulos:
        eje.text(x, 3.25, nombre, ha="center", weight="bold", fontsize=14)
        eje.text(x, 0.72, forma, ha="center", fontsize=15, weight="bold")
        eje.text(x, 0.28, ndim, ha="center", fontsize=14)
    return figura


def _corto(numero):
    """El número entero si cabe; si no, con dos cifras y exponente."""
    if abs(numero) < 1e5:
        return _miles(int(numero)).replace("-", "−")
    mantisa, exponente = f"{numero:.1e}".split("e+")
    return f"{mantisa}e{int(exponente)}".replace("-", "−")


def tipos():
    """Bytes, rango y precisión de los tipos, leídos de torch."""
    flotantes = (
        torch.float64,
        torch.float32,
        torch.bfloat16,
        torch.float16,
        torch.float8_e5m2,
        torch.float8_e4m3fn,
    )
    enteros = (
        torch.int64,
        torch.int32,
        torch.int16,
        torch.int8,
        torch.uint8,
    )
    figura, eje = plt.subplots(figsize=(ANCHO, 4.45))
    signo, rango, detalle, entero = NEGRO, NARANJA, AZUL, VERDE
    nombres = []
    for fila, tipo in enumerate(flotantes + enteros):
        nombres.append(str(tipo).removeprefix("torch."))
        opciones = {"height": 0.72, "edgecolor": "white", "linewidth": 0.6}
        if tipo.is_floating_point:
            info = torch.finfo(tipo)
            fraccion = round(-math.log2(info.eps))
            partes = (
                (1, signo, ""),
                (info.bits - 1 - fraccion, rango, "//"),
                (fraccion, detalle, ""),
            )
            cifras = round(-math.log10(info.eps))
            plural = "cifra" if cifras == 1 else "cifras"
            texto = f"hasta {_corto(info.max)}, {cifras} {plural}"
        else:
            info = torch.iinfo(tipo)
            con_signo = info.min < 0
            partes = (
                (int(con_signo), signo, ""),
                (info.bits - con_signo, entero, ".."),
            )
            texto = f"de {_corto(info.min)} a {_corto(info.max)}"
        izquierda = 0
        for bits, color, trama in partes:
            eje.barh(
                fila,
                bits,
                left=izquierda,
                color=color,
                hatch=trama,
                **opciones,
            )
            izquierda += bits
        eje.text(
            izquierda + 0.8,
            fila,
            texto,
            va="center",
            fontsize=13,
        )
    eje.set_yticks(range(len(nombres)), nombres, fontsize=13)
    eje.set(
        xlim=(0, 88),
        xticks=(0, 8, 16, 32, 64),
        xlabel="bits (8 bits = 1 byte)",
    )
    eje.invert_yaxis()
    eje.grid(visible=False)
    leyenda = (
        (signo, "", "signo"),
        (rango, "//", "exponente: rango"),
        (detalle, "", "fracción: precisión"),
        (entero, "..", "entero exacto"),
    )
    eje.legend(
        handles=[
            Rectangle((0, 0), 1, 1, fc=color, hatch=trama, ec="white")
            for color, trama, _ in leyenda
        ],
        labels=[texto for _, _, texto in leyenda],
        loc="lower right",
        bbox_to_anchor=(1.0, 0.0),
        fontsize=13,
    )
    return figura


def memoria():
    """from_numpy comparte los números; clone hace otros."""
    figura, eje = lienzo(3.0)
    for x, titulo in ((0.2, "Comparten memoria"), (4.95, "Con .clone()")):
        eje.text(x, 2.65, titulo, fontsize=14, weight="bold")
    caja(eje, 0.2, 1.65, 1.75, 0.6, NARANJA, "arreglo")
    caja(eje, 0.2, 0.35, 1.75, 0.6, AZUL, "tensor")
    rejilla(eje, 2.55, 1.55, [["7", "1", "1"]], GRIS)
    flecha(eje, (2.0, 1.95), (2.5, 1.45))
    flecha(eje, (2.0, 0.65), (2.5, 1.15))
    caja(eje, 4.95, 1.65, 1.75, 0.6, NARANJA, "arreglo")
    caja(eje, 4.95, 0.35, 1.75, 0.6, AZUL, "copia")
    rejilla(eje, 7.35, 2.2, [["7", "1", "1"]], NARANJA)
    rejilla(eje, 7.35, 0.9, [["1", "1", "1"]], AZUL)
    flecha(eje, (6.75, 1.95), (7.3, 1.95))
    flecha(eje, (6.75, 0.65), (7.3, 0.65))
    return figura


def difusion():
    """Un vector (4,) entre una matriz (3, 4), y el resultado."""
    torch.manual_seed(42)
    valores = [f"{v:.2f}" for v in torch.randn(4).tolist()]
    figura, eje = lienzo(4.4)
    lado = 0.6
    eje.text(0.1, 4.08, "1 · Alinea por la derecha", **NEGRITA)
    for y, forma in ((3.6, "(    4)"), (3.2, "( 3, 4)"), (2.62, "( 3, 4)")):
        eje.text(2.2, y, forma, size=15, family="DejaVu Sans Mono")
    for y, nombre in (
        (3.6, "random_tensor"),
        (3.2, "ones_tensor"),
        (2.62, "resultado"),
    ):
        eje.text(0.1, y, nombre, size=14)
    eje.plot([0.1, 3.3], [3.02, 3.02], color=NEGRO, lw=1.2)
    regla = "Cada pareja debe ser igual,\no tener un 1, o faltar."
    eje.text(5.0, 3.15, regla, size=14, linespacing=1.4)
    eje.text(0.1, 2.15, "2 · Repite lo que falta, sin copiarlo", **NEGRITA)
    alto = 1.95
    x = 0.1
    rejilla(eje, x, alto, [valores], AZUL, lado)
    rejilla(eje, x, alto - lado, [valores] * 2, AZUL, lado, fantasma=True)
    rejilla(eje, x + 3.2, alto, [["1"] * 4] * 3, NARANJA, lado)
    rejilla(eje, x + 6.4, alto, [valores] * 3, VERDE, lado)
    for x, signo in ((2.9, "÷"), (6.1, "=")):
        eje.text(
            x, alto - 1.5 * lado, signo, size=20, ha="center", va="center"
        )
    return figura


def reduccion():
    """La dimensión que se reduce es la que desaparece."""
    figura, eje = lienzo(3.7)
    lado = 0.62
    for x, titulo in (
        (0.5, "sum(dim=0): desaparece el 2"),
        (5.0, "sum(dim=1): desaparece el 3"),
    ):
        eje.text(x, 3.3, titulo, fontsize=14, weight="bold")
        rejilla(eje, x, 2.95, [["1", "2", "3"], ["4", "5", "6"]], AZUL, lado)
    for j in range(3):
        x = 0.5 + (j + 0.5) * lado
        flecha(eje, (x, 1.68), (x, 1.3), ROJO)
    rejilla(eje, 0.5, 1.27, [["5", "7", "9"]], VERDE, lado)
    for i in range(2):
        y = 2.95 - (i + 0.5) * lado
        flecha(eje, (5.0 + 3 * lado + 0.05, y), (7.4, y), ROJO)
    rejilla(eje, 7.45, 2.95, [["6"], ["15"]], VERDE, lado)
    eje.text(2.6, 2.3, "(2, 3)", fontsize=14, va="center")
    eje.text(2.6, 0.95, "(3,)", fontsize=14, va="center")
    eje.text(5.0 + 1.5 * lado, 1.4, "(2, 3)", fontsize=14, ha="center")
    eje.text(7.45 + lado / 2, 1.4, "(2,)", fontsize=14, ha="center")
    return figura


FIGURAS = {
    "mapa.png": mapa,
    "1.png": historia,
    "2.png": hub,
    "grafo.png": grafo,
    "textclassifier.png": textclassifier,
    "ordenes.png": ordenes,
    "3.png": tipos,
    "memoria.png": memoria,
    "broadcasting.png": difusion,
    "reduccion.png": reduccion,
}
