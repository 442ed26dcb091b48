"""3.1 y 3.2: contar etiquetas, tokens y vocabulario."""

import random
from collections import Counter
from fractions import Fraction

from ejercicios.piezas import (
    compara,
    ejercicio,
    llama,
    muestra,
    numero,
    pide,
)

PALABRAS = (
    "the|a|of|lake|river|town|tree|album|film|village|school|frog|axolotl|"
    "nile|band|company|ship|.|,|(|)"
).split("|")


def lista_de(valor, de):
    """La respuesta como lista; `de` dice qué lleva."""
    tipo = type(valor).__name__
    pide(
        not isinstance(valor, (str, dict)) and hasattr(valor, "__len__"),
        f"devuelve algo de tipo {tipo} y se pide una lista {de}.",
    )
    return list(valor)


def _etiquetas(veces, menor):
    """Etiquetas que salen esas veces; la primera, más que las otras.

    La más común no va ni primera ni última ni tiene el número mayor: quien
    cuenta una de esas acierta solo en listas de juguete. Con `menor`, lleva
    el número más bajo: así tampoco es la de en medio.
    """
    clases = [*random.sample(range(7, 14), len(veces)), 14]
    if menor:
        baja, media, *otras = sorted(clases[:-1])
        clases[:-1] = [baja, *otras, media]
    del clases[3]  # la cuarta será la 14
    clases.insert(3, clases.pop())
    lista = [c for c, n in zip(clases, veces, strict=True) for _ in range(n)]
    random.shuffle(lista)
    lista.remove(clases[1])
    lista.remove(clases[2])
    return [clases[1], *lista, clases[2]]


@ejercicio("3.1")
def siempre_la_misma(funcion):
    """Responder siempre lo mismo"""
    curas = {
        "object is not callable": "las listas y los `Counter` no se llaman "
        "con paréntesis; mira dónde sobran",
        "cannot unpack": "son solo las etiquetas, números sueltos, sin el "
        "texto",
        "'list' object has no attribute": "`etiquetas` es una lista; "
        "`Counter` la cuenta",
    }
    for veces in ((6, 4, 3, 2, 1), (16, 8, 6, 5, 7), (5, 4, 3, 2, 1)):
        etiquetas = _etiquetas(veces, menor=veces[0] == 16)
        salida = llama(funcion, list(etiquetas), curas=curas)
        pide(
            not isinstance(salida, (tuple, list)),
            f"devuelve {muestra(salida)} y se pide un solo número: cuántas "
            "veces sale la más frecuente, entre el total.",
        )
        _pide_la_vara(numero(salida), etiquetas)
    return "Un modelo que no llega a esa cifra no ha aprendido nada."


def _pide_la_vara(obtenido, etiquetas):
    cuenta, largo = Counter(etiquetas), len(etiquetas)
    (comun, veces), clases = cuenta.most_common(1)[0], len(cuenta)
    mayor, menos = max(etiquetas), min(cuenta.values())
    compara(
        obtenido,
        veces / largo,
        [
            (
                veces,
                "es cuántas veces sale la más frecuente; falta dividir entre "
                "el total.",
            ),
            (
                etiquetas.count(etiquetas[0]) / largo,
                "cuentas la primera de la lista, que no siempre es la que "
                "más sale.",
            ),
            (
                etiquetas.count(etiquetas[-1]) / largo,
                "cuentas la última de la lista, que no siempre es la que "
                "más sale.",
            ),
            (
                etiquetas.count(sorted(etiquetas)[largo // 2]) / largo,
                "cuentas la de en medio de la lista ordenada, que solo es la "
                "más frecuente si pasa de la mitad.",
            ),
            (
                etiquetas.count(mayor) / largo,
                "cuentas la etiqueta de número mayor, que no siempre es la "
                "que más sale.",
            ),
            (
                comun,
                "es la clase más frecuente; se pide qué fracción acierta.",
            ),
            (
                mayor,
                "es la mayor de las etiquetas, no la que más se repite: "
                "cuéntalas.",
            ),
            (
                comun / largo,
                "dividiste la etiqueta misma; lo que se divide es cuántas "
                "veces sale.",
            ),
            (
                mayor / largo,
                "dividiste la mayor etiqueta; cuenta cuántas veces sale cada "
                "una.",
            ),
            (
                1 / clases,
                "eso acertaría el azar con clases parejas, y estas no lo "
                "son: mira cuánto sale la más frecuente.",
            ),
            (
                1 / 14,
                "1 de 14 es el azar con las clases parejas del curso; aquí "
                "cuentan las etiquetas de la lista.",
            ),
            (
                veces / clases,
                "divides entre el número de clases; se divide entre el de "
                "etiquetas.",
            ),
            (
                100 * veces / largo,
                "está en porcentaje; se pide entre 0 y 1.",
            ),
            (0, "sale 0: `//` es la división entera; va `/`."),
            (
                clases / largo,
                "es el número de clases entre el de etiquetas; cuenta las "
                "veces de la más frecuente.",
            ),
            (
                1 - veces / largo,
                "es lo que falla; se pide lo que acierta.",
            ),
            (menos / largo, "es la clase menos frecuente."),
        ],
        f"con {etiquetas} da {muestra(obtenido)}: si responde siempre "
        f"{comun}, acierta {veces} de {largo}. Usa solo la lista que recibe "
        "la función.",
    )


def _textos(cuantos, palabras=PALABRAS):
    """Textos en tokens, con repetidos dentro del mismo texto."""
    pesos = [1 / (1 + i) for i in range(len(palabras))]
    return [
        random.choices(palabras, pesos, k=random.randint(3, 9))
        for _ in range(cuantos)
    ]


@ejercicio("3.2a")
def desconocidos(funcion):
    """Corregir: los desconocidos"""
    curas = {
        "'list' object has no attribute": "los textos ya están cortados en "
        "tokens: no hay que tokenizar",
        "unhashable type": "cuentas textos enteros; recorre los tokens de "
        "dentro",
        "by zero": "divide entre los tokens de prueba, que aquí no faltan",
    }
    for cuantos in (4, 9, 15):
        palabras = random.sample(PALABRAS, len(PALABRAS))
        train = _textos(cuantos, palabras[: 8 + cuantos // 5])
        test = _textos(cuantos // 2 + 1, palabras[5:])
        # Uno que en `train` sale una vez, uno conocido y repetido, y uno
        # desconocido y repetido.
        train += [["lighthouse", train[0][0]]]
        test += [
            ["lighthouse"],
            [train[0][0]] * 3,
            ["zebra", "zebra", train[0][0]],
        ]
        salida = llama(
            funcion, [*map(list, train)], [*map(list, test)], curas=curas
        )
        pide(
            not isinstance(salida, (list, tuple, set, dict)),
            f"devuelve algo de tipo {type(salida).__name__} y se pide un "
            "número: la fracción.",
        )
        _pide_fraccion(numero(salida), train, test)
    return "El vocabulario no mira la prueba: así dice cuánto no conocerá."


def _pide_fraccion(obtenido, train, test):
    def fuera(de, conocidos):
        cuantos = sum(t not in conocidos for t in de)
        return float(Fraction(cuantos, len(de)))

    conocidos = {t for tokens in train for t in tokens}
    de_prueba = [t for tokens in test for t in tokens]
    de_train = [t for tokens in train for t in tokens]
    vistos = set(de_prueba)
    bien = fuera(de_prueba, conocidos)
    cuantos = round(bien * len(de_prueba))
    con_alguno = sum(not set(t) <= conocidos for t in test) / len(test)
    compara(
        obtenido,
        bien,
        [
            (
                0,
                "sale 0: el vocabulario conoce todo porque también se hizo "
                "con la prueba.",
            ),
            (
                fuera(sorted(vistos), conocidos),
                "cuentas cada token distinto una vez; se piden apariciones: "
                "un conjunto borra los repetidos.",
            ),
            (
                len(vistos - conocidos) / len(de_prueba),
                "arriba cuentas tokens distintos y abajo, apariciones: las "
                "dos cuentas son de apariciones.",
            ),
            (
                cuantos / len(vistos),
                "arriba cuentas apariciones y abajo, tokens distintos: las "
                "dos cuentas son de apariciones.",
            ),
            (1 - bien, "es la fracción de los conocidos."),
            (cuantos, "es cuántos hay; falta dividir entre los de prueba."),
            (100 * bien, "está en porcentaje; se pide entre 0 y 1."),
            (
                cuantos / len(de_train),
                "divides entre los tokens de entrenamiento; los "
                "desconocidos son de la prueba.",
            ),
            (
                cuantos / (len(de_train) + len(de_prueba)),
                "divides entre los tokens de los dos conjuntos; los "
                "desconocidos son de la prueba.",
            ),
            (
                fuera(de_train, vistos),
                "están al revés: el vocabulario sale de entrenamiento y se "
                "recorre la prueba.",
            ),
            (
                con_alguno,
                "es la fracción de textos con algún desconocido; se cuentan "
                "tokens.",
            ),
            (
                cuantos / len(test),
                "divides entre los textos; se divide entre sus tokens.",
            ),
        ],
        f"sale {muestra(obtenido)}: de {len(de_prueba)} tokens de prueba, "
        f"{cuantos} no salen en `train`. Usa las dos listas que recibe la "
        "función.",
    )


@ejercicio("3.2b")
def vocabulario(funcion):
    """Un vocabulario con mínimo"""
    fijos = [
        "the|lake|and|the|town".split("|"),
        "a|town|,|a|lake|,|a|tree".split("|"),
        "zebra|and|the|apple|.|zebra".split("|"),
        "a|tree|lake".split("|"),
    ]
    curas = {
        "'list' object has no attribute": "los textos ya están cortados en "
        "tokens: no hay que tokenizar",
        "can only concatenate": "`+` une listas: `<unk>` va entre corchetes",
        "too many values": "los textos llegan sin etiqueta y en tokens: "
        "recórrelos sin `yield_tokens`",
        "unhashable type": "cuentas listas enteras; cuenta los tokens de "
        "dentro de cada una",
    }
    casos = [(fijos, 2), (fijos, 1), (fijos, 3)]
    casos += [(_textos(6), 2), (_textos(20), 4)]
    for textos, minimo in casos:
        salida = llama(funcion, [*map(list, textos)], minimo, curas=curas)
        pide(
            not hasattr(salida, "get_itos"),
            "devuelve el vocabulario de torchtext; se pide su lista de id a "
            "token.",
        )
        pide(
            not isinstance(salida, dict),
            "devuelve un diccionario; se pide la lista: el id es el lugar.",
        )
        _pide_vocabulario(lista_de(salida, "de tokens"), textos, minimo)
    return (
        "Con un mínimo de 2, el de 3.2 perdería más de la mitad de sus tokens."
    )


def _vocabularios(textos, minimo):
    """El bueno, y pares (lista, pista) con los que salen mal."""
    conteo = Counter(t for tokens in textos for t in tokens)
    por_texto = Counter(t for tokens in textos for t in set(tokens))

    def con_unk(clave, minimo=minimo, veces=conteo, baja=False):
        quedan = [t for t in conteo if veces[t] >= minimo]
        return ["<unk>", *sorted(quedan, key=clave, reverse=baja)]

    def torchtext(token):
        return -conteo[token], token

    bien = con_unk(torchtext)
    return bien, [
        (bien[1:], "falta `<unk>`, en el lugar 0."),
        ([*bien[1:], "<unk>"], "`<unk>` va primero: le toca el 0."),
        (
            con_unk(lambda t: -conteo[t]),
            "a igual frecuencia van por orden alfabético, y salen como "
            "aparecieron: ordena también por el token.",
        ),
        (
            con_unk(lambda t: (conteo[t], t), baja=True),
            "los de igual frecuencia salen de la z a la a: `reverse` da "
            "vuelta a todo; niega solo el conteo.",
        ),
        (
            con_unk(lambda t: (conteo[t], t)),
            "van del menos frecuente al más: es al revés.",
        ),
        (
            con_unk(lambda t: t),
            "están por orden alfabético; primero cuenta la frecuencia.",
        ),
        (
            con_unk(torchtext, minimo + 1),
            "«al menos» incluye a los que aparecen justo `minimo` veces.",
        ),
        (
            con_unk(lambda t: (-por_texto[t], t), veces=por_texto),
            "cuentas en cuántos textos sale cada token; se piden las veces, "
            "también las repetidas en un mismo texto.",
        ),
        (
            bien[: minimo + 1],
            "`minimo` dice cuántas veces debe aparecer un token, no cuántos "
            "quedan.",
        ),
        (
            con_unk(torchtext, 1)[: minimo + 1],
            "`minimo` dice cuántas veces debe aparecer un token, no cuántos "
            "quedan.",
        ),
        (
            con_unk(torchtext, 1),
            "no quitas los que aparecen menos de `minimo` veces.",
        ),
    ]


def _pide_vocabulario(lista, textos, minimo):
    bien, tipicos = _vocabularios(textos, minimo)
    if lista == bien:
        return
    for error, pista in tipicos:
        pide(lista != error, pista)
    pide(
        all(isinstance(t, str) for t in lista),
        f"salió {muestra(lista)}: se piden solo los tokens, sin su conteo.",
    )
    pide(
        lista.count("<unk>") == 1,
        "`<unk>` va una sola vez: los poco frecuentes no ocupan lugar.",
    )
    pide(
        len(lista) == len(set(lista)),
        "hay tokens repetidos: cada uno lleva un solo id.",
    )
    pide(
        set(lista) <= {t for tokens in textos for t in tokens} | {"<unk>"},
        "hay tokens que no están en los textos que recibe la función.",
    )
    pide(
        sorted(lista) == sorted(bien),
        f"con minimo = {minimo} quedan {len(lista)} tokens y se esperan "
        f"{len(bien)}, contando `<unk>`.",
    )
    pide(
        False,
        "están todos y el orden es otro: `<unk>`, del más frecuente al menos "
        "y, a igual frecuencia, por orden alfabético.",
    )
