"""Los ejercicios de 1.1 a 1.3: ejes, derivadas y un modelo por dentro."""

import numpy as np
import torch
from torch import nn

from ejercicios.piezas import (
    Pista,
    compara,
    crea,
    ejercicio,
    igual,
    llama,
    muestra,
    numero,
    pide,
    pide_tensor,
)


@ejercicio("1.1")
def medias(funcion):
    """Medias por columna"""
    for filas, columnas in ((2, 3), (5, 2), (4, 4)):
        notas = np.random.randint(0, 11, (filas, columnas))
        obtenido = llama(funcion, notas)
        compara(
            obtenido,
            notas.mean(axis=0),
            [
                (
                    notas.mean(axis=1),
                    "hay una media por fila, es decir, por alumno: prueba "
                    "con el otro eje.",
                ),
                (
                    notas.mean(),
                    "es una sola media, la de todas las notas: nombra el eje.",
                ),
                (
                    notas.sum(axis=0),
                    "es la suma de cada columna; falta dividirla: `mean`.",
                ),
                (
                    notas.sum(axis=0) / columnas,
                    "divides entre el número de columnas; cada columna tiene "
                    "tantas notas como filas.",
                ),
                (
                    np.median(notas, axis=0),
                    "es la mediana; se pide la media.",
                ),
                (
                    notas.mean(axis=0, keepdims=True),
                    "sobra un eje: sin `keepdims`.",
                ),
                ([6.5, 9.5, 6.5], "son las del ejemplo; usa lo que recibe."),
                (
                    notas.sum(axis=0) // filas,
                    "pierdes los decimales: `/`, no `//` ni `int`.",
                ),
            ],
            f"de una tabla {notas.shape} salió {muestra(obtenido)}: se piden "
            "tantas medias como columnas.",
        )
    return "`axis=0` recorre las filas y deja una media por columna."


@ejercicio("1.2")
def derivada(de_tres, de_menos_cuatro):
    """Qué rama se deriva"""
    for respuesta in (de_tres, de_menos_cuatro):
        pide(
            respuesta is not None,
            "`grad` es None hasta que se llama a `backward()`.",
        )
    rama = "mira qué rama del `if` se ejecuta con esa x"
    compara(
        numero(de_tres),
        6.0,
        [
            (0.0, f"con x = 0, esa es la derivada del producto; {rama}."),
            (9.0, "con x = 0, eso es y; se pide su derivada."),
            (3.0, "con x = 0, eso es el peso; deriva su cuadrado."),
            (
                12.0,
                "dos veces 6: `backward()` suma al gradiente que ya estaba. "
                "Empieza con un peso nuevo.",
            ),
        ],
        f"con x = 0 no es eso: {rama} y deriva respecto al peso.",
    )
    compara(
        numero(de_menos_cuatro),
        0.5,
        [
            (-8.0, f"con x = 0.5, esa es la derivada del cuadrado; {rama}."),
            (-2.0, "con x = 0.5, eso es y; se pide su derivada."),
            (
                -4.0,
                "con x = 0.5, eso es la derivada respecto a x; se pide "
                "respecto al peso.",
            ),
            (
                1.0,
                "dos veces 0.5: `backward()` suma al gradiente que ya "
                "estaba. Empieza con un peso nuevo.",
            ),
        ],
        f"con x = 0.5 no es eso: {rama} y deriva respecto al peso.",
    )
    return "0 > 0 es falso: potencia, 2w = 6. 0.5 > 0: producto, x = 0.5."


def _tamano(respuesta):
    """Una forma, como tupla de enteros."""
    pide(
        not (torch.is_tensor(respuesta) and respuesta.is_floating_point()),
        "eso es el tensor; se pide su forma, `.shape`.",
    )
    try:
        return tuple(int(n) for n in respuesta[:9])
    except (TypeError, ValueError, RuntimeError):
        raise Pista("una forma es una tupla, como (3, 7).") from None


@ejercicio("1.3a")
def formas_de_salida(de_model, de_otro):
    """Las formas que salen"""
    primera, segunda = _tamano(de_model), _tamano(de_otro)
    lote_delante = "`batch_first=True`: las 5 frases van delante."
    pistas = {
        (5, 12): "esa es la forma del lote que entra.",
        (5, 12, 2): "`hidden[-1]` ya no tiene el eje de las 12 palabras.",
        (5, 12, 100): "hasta ahí llega `embedding`; faltan dos capas.",
        (5, 12, 256): "hasta ahí llega `output`; `fc` recibe `hidden[-1]`.",
        (2, 5, 256): "esa es la forma de `hidden`; falta `[-1]` y `fc`.",
        (5, 256): "falta `fc`, la última capa, que deja un número por clase.",
        (5, 100): "falta la LSTM y `fc`.",
        (5,): "`fc` deja un número por clase, y hay dos clases.",
        (5, 1): "`fc` deja un número por clase, y hay dos clases; no la "
        "elegida.",
        (5, 14): "`model` se creó con `output_dim=2`: dos clases.",
        (2,): "falta el eje del lote: hay 5 frases.",
        (1, 2): "el lote tiene 5 frases: cada una deja su fila.",
        (3, 2): "esa es la del lote de 1.3; aquí hay 5 frases.",
        (12, 2): "las filas de la salida son las frases, no las palabras.",
        (2, 5): lote_delante,
        (12, 5): lote_delante,
    }
    pide(
        primera == (5, 2),
        pistas.get(
            primera,
            "la de `model`: sigue la tabla «Capa por capa» con B = 5 y "
            "T = 12 hasta `fc`.",
        ),
    )
    otras = {
        (1, 2): "la de `otro`: se creó con `output_dim=14`.",
        (14,): "la de `otro`: una frase sola sigue siendo un lote, de uno.",
        (30, 14): "la de `otro`: las 30 palabras desaparecen en la LSTM.",
        (1, 30, 14): "la de `otro`: `hidden[-1]` ya no tiene las palabras.",
        (1, 16): "la de `otro`: falta `fc`.",
        (5, 14): "la de `otro`: su lote tiene una sola frase.",
    }
    pide(
        segunda == (1, 14),
        otras.get(
            segunda,
            "la de `otro`: sigue la misma tabla con B = 1, T = 30 y 14 "
            "clases.",
        ),
    )
    return "Las palabras desaparecen: queda un número por frase y clase."


def _pide_que_promedie(modelo):
    """La salida es la capa lineal de la media de los vectores."""
    a, b, ab, aa = (
        llama(modelo, torch.tensor([ids]))
        for ids in ([1], [2], [1, 2], [1, 1])
    )
    pide(
        igual(aa, a),
        "repetir una palabra cambia la salida: no es la media de los "
        "vectores (¿una suma?).",
    )
    pide(
        not igual(ab, b) and not igual(ab, a),
        "la salida depende de una sola palabra de la frase: usa la media de "
        "todas.",
    )
    pide(
        igual(ab, (a + b) / 2),
        "entre el *embedding* y `fc` solo va la media de los vectores.",
    )


@ejercicio("1.3b")
def bolsa_de_palabras(clase):
    """Un modelo sin LSTM"""
    for palabras, vector, clases in ((20, 8, 3), (30, 5, 2)):
        modelo = crea(clase, palabras, vector, clases)
        text = torch.randint(palabras, (2, 6))
        salida = llama(modelo, text)
        pistas = {
            (2, 6, clases): "la salida conserva el eje de las palabras: falta "
            "la media, `embedded.mean(dim=1)`.",
            (2, vector): "la salida es la media de los vectores; falta la "
            "capa lineal.",
            (2, 6, vector): "la salida es el *embedding*: faltan la media y "
            "`fc`.",
            (6, clases): "promediaste las frases entre sí: las palabras son "
            "`dim=1`.",
        }
        cuando = f"con un lote (2, 6) y {clases} clases "
        pide_tensor(salida, (2, clases), pistas, cuando)
        pide(
            igual(salida, llama(modelo, text)),
            "dos llamadas con el mismo lote dan distinto: crea las capas en "
            "`__init__`, no en `forward`.",
        )
        parametros = list(modelo.parameters())
        cuantos = sum(p.numel() for p in parametros)
        pide(
            cuantos > 0,
            "el modelo no tiene parámetros: guarda cada capa en `self`.",
        )
        pide(
            not any(isinstance(m, nn.RNNBase) for m in modelo.modules()),
            "aún hay una LSTM entre las capas.",
        )
        pide(
            not igual(salida.sum(dim=1), torch.ones(2)),
            "cada fila suma 1: no apliques `softmax`, devuelve lo que da "
            "`fc`.",
        )
        _pide_que_promedie(modelo)
        esperados = palabras * vector + vector * clases + clases
        pide(
            cuantos == esperados,
            f"con tamaños {palabras}, {vector} y {clases} tiene {cuantos} "
            f"parámetros y se esperaban {esperados}: mira qué capas sobran o "
            "faltan.",
        )
        pide(
            salida.requires_grad,
            "la salida no sigue el gradiente: no se podría entrenar.",
        )
        salida.sum().backward()
        pide(
            all(p.grad is not None and p.grad.any() for p in parametros),
            "hay parámetros a los que no llega el gradiente y no se "
            "entrenarían: sobra `no_grad`, `.detach()` o `.data`.",
        )
    return "Cambiar el orden de las palabras ya no cambia la salida."
