"""Los ejercicios 1.6a y 1.6b: reducir por un eje."""

import torch

from ejercicios.piezas import (
    compara,
    ejercicio,
    forma,
    igual,
    llama,
    muestra,
    numero,
    pide,
    pide_tensor,
)


@ejercicio("1.6a")
def normaliza(funcion):
    """Normalizar columnas"""
    curas = {
        "must match": "la media de cada fila no se alinea con las columnas; "
        "¿qué eje debe desaparecer?"
    }
    for filas, columnas in ((6, 3), (5, 5), (9, 2)):
        x = torch.randn(filas, columnas) * torch.arange(1, columnas + 1) + 4
        centrada, desviacion = x - x.mean(dim=0), x.std(dim=0)
        obtenido = llama(funcion, x, curas=curas)
        pide_tensor(obtenido)
        if igual(obtenido, centrada / x.std(dim=0, correction=0)):
            continue  # la otra definición también vale
        compara(
            obtenido,
            centrada / desviacion,
            [
                (
                    (x - x.mean(1, keepdim=True)) / x.std(1, keepdim=True),
                    "normalizaste cada fila: en `dim` va el eje que "
                    "desaparece, el de las filas.",
                ),
                (
                    (x - x.mean()) / x.std(),
                    "usaste una sola media y una sola desviación para toda "
                    "la matriz: falta `dim`.",
                ),
                (
                    x - x.mean(dim=0) / desviacion,
                    "falta un paréntesis: se divide antes de restar.",
                ),
                (centrada, "restaste la media; falta dividir."),
                (x / desviacion, "dividiste; falta restar la media."),
                (
                    centrada / x.var(dim=0),
                    "dividiste entre la varianza; usa `std`.",
                ),
                (
                    (x - x.amin(0)) / (x.amax(0) - x.amin(0)),
                    "eso lleva cada columna a [0, 1]; no es lo pedido.",
                ),
                (
                    centrada / x.std(),
                    "la desviación es de toda la matriz: falta `dim`.",
                ),
                (
                    (x - x.mean()) / desviacion,
                    "la media es de toda la matriz: falta `dim`.",
                ),
                (
                    x - x.mean(1) if filas == columnas else 0 * x,
                    "con una matriz cuadrada no hay error y restas a cada "
                    "columna la media de una fila: ¿qué eje desaparece?",
                ),
                (
                    (x - x.mean(1)) / x.std(1) if filas == columnas else 0 * x,
                    "con una matriz cuadrada no hay error y usas la media y "
                    "la desviación de las filas: ¿qué eje desaparece?",
                ),
            ],
            f"con una matriz {forma(x)} salió {forma(obtenido)} y cada "
            "columna debe quedar con media 0 y desviación 1.",
        )
    return "Cada columna queda con media 0 y desviación 1."


@ejercicio("1.6b")
def exactitud(funcion):
    """Exactitud"""
    curas = {
        "must match": "elige una clase por fila, con `argmax(dim=1)`: salen "
        "tantas como etiquetas"
    }
    for n, clases, aciertos in ((7, 4, 5), (5, 3, 2), (4, 4, 4), (6, 6, 2)):
        salidas = torch.randn(n, clases)
        elegidas = salidas.argmax(dim=1)
        etiquetas = elegidas.clone()
        etiquetas[aciertos:] = (elegidas[aciertos:] + 1) % clases
        obtenido = llama(funcion, salidas, etiquetas, curas=curas)
        pide(
            not (torch.is_tensor(obtenido) and obtenido.numel() > 1),
            f"devuelve un tensor {tuple(getattr(obtenido, 'shape', ()))} y "
            "se pide un solo número: promedia los aciertos.",
        )
        pide(
            not isinstance(obtenido, bool),
            "devuelve un solo `bool`; compara etiqueta por etiqueta, con "
            "`==`, y promedia.",
        )
        bien = aciertos / n
        de_pie = salidas.argmax(dim=1, keepdim=True)
        compara(
            numero(obtenido),
            bien,
            [
                (aciertos, "es el número de aciertos; falta dividirlo."),
                (100 * bien, "está en porcentaje; se pide entre 0 y 1."),
                (
                    (salidas.argmax(dim=0) == etiquetas).double().mean()
                    if n == clases
                    else -1,
                    "con tantas filas como clases no hay error, y "
                    "`argmax(dim=0)` elige por columnas: `dim=1`.",
                ),
                (1 - bien, "es la fracción de fallos."),
                (
                    (de_pie == etiquetas).double().mean(),
                    "`keepdim=True` deja (n, 1), y al comparar con (n,) salen "
                    "n × n parejas: sin él.",
                ),
                (
                    (de_pie == etiquetas).double().sum() / n,
                    "comparaste (n, 1) con (n,): salen n × n parejas.",
                ),
                (
                    (salidas.argmin(dim=1) == etiquetas).double().mean(),
                    "`argmin` elige la clase peor: es `argmax`.",
                ),
                (
                    aciertos / clases,
                    "divides entre el número de clases; se divide entre el "
                    "de filas.",
                ),
            ],
            f"con {aciertos} aciertos de {n} da {muestra(obtenido)}: elige la "
            "clase de cada fila con `argmax(dim=1)` y compárala.",
        )
    return "Así se medirá el clasificador del capítulo 3."
