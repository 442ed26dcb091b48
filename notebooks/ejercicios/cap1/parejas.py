"""Los ejercicios 1.6c a 1.6e: memoria y broadcasting."""

import torch

from ejercicios.conducta import da_vueltas
from ejercicios.piezas import (
    compara,
    ejercicio,
    llama,
    muestra,
    numero,
    pide,
    pide_tensor,
    usa_bucle,
)


@ejercicio("1.6c")
def distancias(funcion):
    """Reto: tabla de distancias"""
    for n, m in ((4, 3), (1, 5), (3, 1), (3, 3), (2, 2)):
        a, b = torch.randn(n, 2), torch.randn(m, 2)
        resta = a[:, None] - b
        bien = (resta**2).sum(dim=2).sqrt()
        cuando = f"con ({n}, 2) y ({m}, 2) "
        curas = {
            "must match": f"para que salgan todas las parejas de ({n}, 2) y "
            f"({m}, 2), a uno de los dos le falta un eje de tamaño 1"
        }
        obtenido = llama(funcion, a, b, curas=curas)
        pistas = {
            (n, m, 2): "aún está el eje de las dos coordenadas: redúcelo.",
            (m, n, 2): "aún está el eje de las dos coordenadas: redúcelo, y "
            "los puntos de `a` van por filas.",
            (n, 2): "desapareció el eje de los puntos de `b`; el que se "
            "reduce es el de las coordenadas, el último.",
            (m, 2): "desapareció el eje de los puntos de `a`; el que se "
            "reduce es el de las coordenadas, el último.",
            (m, n): "está transpuesta: los puntos de `a` van por filas. ¿A "
            "cuál de los dos le pusiste el eje nuevo?",
            (): "quedó un solo número: di en `dim` qué eje se reduce (y "
            "`squeeze` sin eje quita también los de un solo punto).",
            (max(n, m),): "solo hay una distancia por punto: faltan parejas, "
            "o `squeeze` sin eje quitó el de un solo punto.",
        }
        pide_tensor(obtenido, (n, m), pistas, cuando)
        compara(
            obtenido,
            bien,
            [
                (bien**2, "es el cuadrado de la distancia: falta la raíz."),
                (
                    resta.abs().sum(dim=2),
                    "sumaste los lados; la distancia pide cuadrados y raíz.",
                ),
                (
                    bien / 2**0.5,
                    "promediaste los cuadrados; Pitágoras los suma.",
                ),
                (
                    resta.sum(dim=2),
                    "sumaste las diferencias con su signo; antes, al "
                    "cuadrado.",
                ),
                (
                    bien.T if n == m else -bien,
                    "está transpuesta: los puntos de `a` van por filas.",
                ),
            ],
            "no son esas distancias: resta, eleva al cuadrado, suma las dos "
            "coordenadas y saca la raíz.",
        )
    pide(
        not usa_bucle(funcion)
        and not da_vueltas(
            funcion,
            (torch.rand(2, 2), torch.rand(3, 2)),
            (torch.rand(4, 2), torch.rand(6, 2)),
        ),
        "los números son correctos, pero hay un bucle: pon un eje de tamaño "
        "1 en `a`, forma (n, 1, 2), y resta.",
    )
    return "(n, 1, 2) menos (m, 2) da (n, m, 2): todas las parejas a la vez."


@ejercicio("1.6d")
def comparten(respuesta):
    """Predice: quién comparte memoria"""
    pide(
        isinstance(respuesta, (str, list, tuple, set)),
        'escribe las letras de los que cambian, como "ad".',
    )
    letras = {str(letra).strip().lower() for letra in respuesta} - {"", ","}
    pide(
        letras <= set("abcde"),
        'escribe solo letras de la a a la e, como "ad".',
    )
    razones = (
        ("d", True, "d no cambia: `clone()` tiene memoria propia."),
        (
            "c",
            True,
            "c no cambia: tras `.T` los números no están seguidos, y "
            "`reshape` tuvo que copiarlos.",
        ),
        ("a", False, "falta a: `view` mira la misma memoria."),
        (
            "e",
            False,
            "falta e: `numpy()` no copia, como `from_numpy` en el otro "
            "sentido.",
        ),
        (
            "b",
            False,
            "falta b: `reshape` solo copia cuando no puede dar una vista, y "
            "aquí puede.",
        ),
    )
    for letra, sobra, razon in razones:
        pide((letra in letras) != sobra, razon)
    return "Comparten a, b y e; `reshape` en c y `clone` en d copian."


@ejercicio("1.6e")
def error_medio(funcion):
    """El error que no avisa"""
    casos = [((n, 1), (n,)) for n in (5, 3, 1)]
    casos += [(b, a) for a, b in casos] + [((4,), (4,)), ((6, 1), (6, 1))]
    for de_y, de_predc in casos:
        y, y_predc = torch.randn(de_y), torch.randn(de_predc)
        obtenido = llama(funcion, y, y_predc)
        pide(
            not (torch.is_tensor(obtenido) and obtenido.numel() > 1),
            "devuelve un error por punto (o por pareja) y se pide un solo "
            "número.",
        )
        resta = y.flatten() - y_predc.flatten()
        cuando = f"con `y` {de_y} e `y_predc` {de_predc} "
        compara(
            numero(obtenido),
            resta.abs().mean(),
            [
                (
                    (y - y_predc).abs().mean(),
                    f"{cuando}se restan todas las parejas, sin aviso: iguala "
                    "antes las formas.",
                ),
                (
                    (resta**2).mean(),
                    "elevaste al cuadrado; es el valor absoluto.",
                ),
                (resta.abs().sum(), "sumaste; falta promediar."),
                (
                    resta.mean(),
                    "falta el valor absoluto: los signos se cancelan.",
                ),
                (
                    resta.mean().abs(),
                    "el valor absoluto va antes de promediar: los signos se "
                    "cancelan.",
                ),
            ],
            f"{cuando}da {muestra(obtenido)}: iguala las formas, resta, "
            "quita el signo y promedia.",
        )
    return "Antes de restar, las dos con la misma forma."
