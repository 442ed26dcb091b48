"""Los ejercicios del capítulo 3. La receta está en `__init__.py`."""

import random
from collections import Counter

import torch
from torch import nn

from ejercicios.piezas import (
    Pista,
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
from helpers.dbpedia import CLASES, DATOS, DBpedia

# Un lote de cuatro textos, de 3, 1, 4 y 2 tokens.
_TEXT = torch.tensor([5, 2, 7, 1, 6, 4, 4, 3, 2, 9])
_OFFSETS = torch.tensor([0, 3, 4, 8])
_TROZOS = [[5, 2, 7], [1], [6, 4, 4, 3], [2, 9]]
_SIN_SIGUIENTE = (
    "el último texto no tiene inicio siguiente: termina donde termina `text`"
)
_SON_INICIOS = "`offsets` guarda inicios, no largos"
_CURAS_DE_LOTE = {
    "list index out of range": _SIN_SIGUIENTE,
    "out of bounds": _SIN_SIGUIENTE,
    "split_sizes to sum": _SON_INICIOS,
    "attribute 'append'": "`offsets` es un tensor y no crece; haz una lista "
    "con los finales",
    "'Tensor' and 'list'": "`+` no une un tensor con una lista; pasa uno de "
    "los dos al tipo del otro",
    "expected Tensor as element": "`cat` une tensores: `torch.tensor([n])`",
}


def _pide_lista(valor, de):
    """La respuesta como lista; `de` dice qué lleva."""
    tipo = type(valor).__name__
    pide(
        not isinstance(valor, (str, dict)) and hasattr(valor, "__len__"),
        f"devuelve algo de tipo {tipo} y se pide una lista {de}.",
    )
    return list(valor)


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
    listas = [8, 1, 8, 2, 8, 1, 9, 1, 2, 8, 6], [7, 7, 5, 5, 5, 14, 7, 7, 7]
    for etiquetas in listas:
        cuenta = Counter(etiquetas)
        mas_comun, veces = cuenta.most_common(1)[0]
        cuantas, largo = len(cuenta), len(etiquetas)
        obtenido = llama(funcion, list(etiquetas), curas=curas)
        pide(
            not isinstance(obtenido, (tuple, list)),
            f"devuelve {muestra(obtenido)} y se pide un solo número: cuántas "
            "veces sale la más frecuente, entre el total.",
        )
        compara(
            numero(obtenido),
            veces / largo,
            {
                "es cuántas veces sale la más frecuente; falta dividir entre "
                "el total.": veces,
                "es la clase más frecuente; se pide qué fracción "
                "acierta.": mas_comun,
                "es la mayor de las etiquetas, no la que más se repite: "
                "cuéntalas.": max(etiquetas),
                "dividiste la etiqueta misma; lo que se divide es cuántas "
                "veces sale.": mas_comun / largo,
                "dividiste la mayor etiqueta; cuenta cuántas veces sale "
                "cada una.": max(etiquetas) / largo,
                "eso acertaría el azar con clases parejas, y estas no lo "
                "son: mira cuánto sale la más frecuente.": 1 / cuantas,
                "1 de 14 es el azar con las clases parejas del curso; aquí "
                "cuentan las etiquetas de la lista.": 1 / 14,
                "divides entre el número de clases; se divide entre el de "
                "etiquetas.": veces / cuantas,
                "está en porcentaje; se pide entre 0 y 1.": 100
                * veces
                / largo,
                "está redondeado; devuélvelo con todas sus cifras.": round(
                    veces / largo, 2
                ),
                "sale 0: `//` es la división entera; va `/`.": 0,
                "es el número de clases entre el de etiquetas; cuenta las "
                "veces de la más frecuente.": cuantas / largo,
                "es lo que falla; se pide lo que acierta.": 1 - veces / largo,
                "es la clase menos frecuente.": min(cuenta.values()) / largo,
            },
            f"con {etiquetas} da {muestra(obtenido)}: si responde siempre "
            f"{mas_comun}, acierta {veces} de {largo}. Usa solo la lista que "
            "recibe la función.",
        )
    return "Un modelo que no llega a esa cifra no ha aprendido nada."


@ejercicio("3.2a")
def a_ids(funcion):
    """Ids, también de lo desconocido"""
    tabla = {"<unk>": 0, "the": 1, "river": 2, "is": 3, "long": 4}
    copia = dict(tabla)
    tokens = ["the", "axolotl", "river", "is", "the", "nile", "long"]
    bien = [1, 0, 2, 3, 1, 0, 4]
    obtenido = llama(
        funcion,
        list(tokens),
        copia,
        curas={
            "'axolotl'": "ese token no está en el diccionario; "
            "pídelo de un modo que admita un valor por omisión",
            "'list' object has no attribute": "`tokens` ya es una lista de "
            "tokens: recórrela, no hace falta cortarla",
            "'dict' object is not callable": "a un diccionario se le pregunta "
            "con corchetes o con `.get`",
            "unhashable type": "busca los tokens de uno en uno, no la lista "
            "entera",
        },
    )
    pide(
        copia == tabla,
        "la función cambia el diccionario que recibe; consulta sin agregar.",
    )
    ids = _pide_lista(obtenido, "de ids, uno por token")
    pide(
        not any(i is None for i in ids),
        "a los desconocidos les toca None: `get` admite un segundo "
        "argumento, el valor por omisión.",
    )
    pide(
        not any(isinstance(i, str) for i in ids),
        f"salió {muestra(ids)}: hay texto y se piden números.",
    )
    pide(
        ids != [i for i in bien if i],
        "te saltas los desconocidos: cada uno ocupa su lugar, con un 0.",
    )
    pide(
        len(ids) == len(tokens),
        f"entran {len(tokens)} tokens y el largo del resultado es "
        f"{len(ids)}: va un id por token.",
    )
    compara(
        ids,
        bien,
        {
            "los desconocidos reciben el −1; les toca el 0.": [
                i or -1 for i in bien
            ],
            "son lugares en la frase; el id está en el diccionario.": list(
                range(len(tokens))
            ),
        },
        f"de {tokens} salió {muestra(ids)}: usa el "
        "diccionario que recibe la función.",
    )
    return "Lo desconocido ocupa su lugar, y todos comparten el 0."


@ejercicio("3.2b")
def vocabulario(funcion):
    """Un vocabulario con mínimo"""
    textos = [
        "the lake and the town".split(),
        "a town , a lake , a tree".split(),
        "zebra and the apple . zebra".split(),
        "a tree lake".split(),
    ]
    conteo = Counter(t for tokens in textos for t in tokens)
    por_texto = Counter(t for tokens in textos for t in set(tokens))

    def ordenados(minimo, clave, veces=conteo, baja=False):
        quedan = [t for t in conteo if veces[t] >= minimo]
        return sorted(quedan, key=clave, reverse=baja)

    def torchtext(token):
        return -conteo[token], token

    curas = {
        "'list' object has no attribute": "los textos ya están cortados en "
        "tokens: no hay que tokenizar",
        "can only concatenate": "`+` une listas: `<unk>` va entre corchetes",
        "too many values": "los textos llegan sin etiqueta y en tokens: "
        "recórrelos sin `yield_tokens`",
        "unhashable type": "cuentas listas enteras; cuenta los tokens de "
        "dentro de cada una",
    }
    for minimo in (2, 1, 3):
        bien = ["<unk>", *ordenados(minimo, torchtext)]
        obtenido = llama(
            funcion, [list(tokens) for tokens in textos], minimo, curas=curas
        )
        pide(
            not hasattr(obtenido, "get_itos"),
            "devuelve el vocabulario de torchtext; se pide su lista de id a "
            "token.",
        )
        pide(
            not isinstance(obtenido, dict),
            "devuelve un diccionario; se pide la lista: el id es el lugar.",
        )
        lista = _pide_lista(obtenido, "de tokens")
        tipicos = {
            "falta `<unk>`, en el lugar 0.": bien[1:],
            "`<unk>` va primero: le toca el 0.": [*bien[1:], "<unk>"],
            "a igual frecuencia van por orden alfabético, y salen como "
            "aparecieron: ordena también por el token.": [
                "<unk>",
                *ordenados(minimo, lambda t: -conteo[t]),
            ],
            "los de igual frecuencia salen de la z a la a: `reverse` da "
            "vuelta a todo; niega solo el conteo.": [
                "<unk>",
                *ordenados(minimo, lambda t: (conteo[t], t), baja=True),
            ],
            "van del menos frecuente al más: es al revés.": [
                "<unk>",
                *ordenados(minimo, lambda t: (conteo[t], t)),
            ],
            "están por orden alfabético; primero cuenta la frecuencia.": [
                "<unk>",
                *ordenados(minimo, lambda t: t),
            ],
            "«al menos» incluye a los que aparecen justo `minimo` veces.": [
                "<unk>",
                *ordenados(minimo + 1, torchtext),
            ],
            "cuentas en cuántos textos sale cada token; se piden las veces, "
            "también las repetidas en un mismo texto.": [
                "<unk>",
                *ordenados(
                    minimo, lambda t: (-por_texto[t], t), veces=por_texto
                ),
            ],
            "`minimo` dice cuántas veces debe aparecer un token, no cuántos "
            "quedan.": bien[: minimo + 1],
            "solo cuentas el primer texto.": [
                "<unk>",
                *sorted(
                    t for t, n in Counter(textos[0]).items() if n >= minimo
                ),
            ],
            "no quitas los que aparecen menos de `minimo` veces.": [
                "<unk>",
                *ordenados(1, torchtext),
            ],
        }
        for pista, error in tipicos.items():
            pide(lista == bien or lista != error, pista)
        pide(
            all(isinstance(t, str) for t in lista),
            f"salió {muestra(lista)}: se piden solo los tokens, sin su "
            "conteo.",
        )
        pide("<unk>" in lista, "falta `<unk>`, en el lugar 0.")
        pide(
            lista.count("<unk>") == 1,
            "`<unk>` va una sola vez: los poco frecuentes no ocupan lugar.",
        )
        pide(
            len(lista) == len(set(lista)),
            "hay tokens repetidos: cada uno lleva un solo id.",
        )
        pide(
            set(lista) <= {"<unk>", *conteo},
            "hay tokens que no están en los textos que recibe la función.",
        )
        pide(
            sorted(lista) == sorted(bien),
            f"con minimo = {minimo} quedan {len(lista)} tokens y se esperan "
            f"{len(bien)}, contando `<unk>`.",
        )
        pide(
            lista == bien,
            "están todos y el orden es otro: `<unk>`, del más frecuente al "
            "menos y, a igual frecuencia, por orden alfabético.",
        )
    return (
        "Con un mínimo de 2, el de 3.2 perdería más de la mitad de sus tokens."
    )


def _como_listas(trozos):
    return [torch.as_tensor(t).tolist() for t in trozos]


@ejercicio("3.3")
def desarma(funcion):
    """Deshacer un lote"""
    curas = _CURAS_DE_LOTE | {
        "stack expects each tensor": "los textos no miden lo mismo y no caben "
        "en un tensor: deja la lista"
    }
    obtenido = llama(funcion, _TEXT, _OFFSETS, curas=curas)
    trozos = _pide_lista(obtenido, "con los ids de cada texto")
    try:
        trozos = _como_listas(trozos)
    except (TypeError, ValueError, RuntimeError):
        raise Pista(
            f"salió {muestra(obtenido)}: cada elemento es un texto, con sus "
            "ids."
        ) from None
    cuatro = "con un lote de cuatro textos, de 3, 1, 4 y 2 tokens, "
    if trozos and not any(isinstance(t, list) for t in trozos):
        raise Pista(
            f"{cuatro}salen números sueltos: reúne los ids de cada texto en "
            "su propia lista."
        )
    vacio_delante = [[], *_TROZOS]
    tipicos = {
        "falta el último texto: no tiene inicio siguiente, y termina donde "
        "termina `text`.": [_TROZOS[:-1]],
        "al último texto le falta su último token: `-1` como final lo deja "
        "fuera.": [[*_TROZOS[:-1], [2]]],
        "el último texto sale vacío: termina donde termina `text`.": [
            [*_TROZOS[:-1], []]
        ],
        "sobra un trozo vacío delante: el primer corte está en el segundo "
        "inicio.": [vacio_delante],
        "sobra un trozo vacío al final: hay tantos textos como inicios.": [
            [*_TROZOS, []]
        ],
        "cada texto se lleva el primer token del siguiente: el final de un "
        "corte no se incluye.": [
            [[5, 2, 7, 1], [1, 6], [6, 4, 4, 3, 2], [2, 9]],
        ],
        "cada texto llega hasta el final del lote: termina donde empieza el "
        "siguiente.": [
            [_TEXT[i:].tolist() for i in _OFFSETS],
        ],
        "cada texto empieza al principio del lote: empieza en su inicio.": [
            [_TEXT[:i].tolist() for i in (3, 4, 8, 10)],
            [_TEXT[:i].tolist() for i in _OFFSETS],
        ],
        "salió solo el primer texto: ¿un `return` dentro del bucle?": [
            _TROZOS[:1]
        ],
        "a cada texto le falta su último token: el final de un corte ya "
        "queda fuera.": [
            [t[:-1] for t in _TROZOS],
            [*(t[:-1] for t in _TROZOS[:-1]), _TROZOS[-1]],
        ],
        "usas cada inicio como si fuera un largo: `offsets` dice dónde "
        "empieza cada texto.": [
            [_TEXT[i : i + i].tolist() for i in _OFFSETS],
        ],
    }
    for pista, errores in tipicos.items():
        pide(trozos not in errores, pista)
    pide(
        len(trozos) == 4,
        f"{cuatro}el largo del resultado es {len(trozos)}.",
    )
    pide(
        trozos == _TROZOS,
        f"{cuatro}salen trozos de {', '.join(str(len(t)) for t in trozos)}: "
        "cada uno va de su inicio al siguiente.",
    )
    de_uno = (
        "con un lote de un solo texto falla: recorre los `offsets` que haya"
    )
    curas = {"out of bounds": de_uno, "out of range": de_uno}
    uno = llama(funcion, _TEXT[:3], torch.tensor([0]), curas=curas)
    pide(
        _como_listas(uno) == [[5, 2, 7]],
        "con varios textos sale bien, y con un lote de uno solo no.",
    )
    return "El lote no pierde nada: se arma y se desarma."


@ejercicio("3.4a")
def cuantos_parametros(funcion):
    """Contar sin crear"""
    casos = (500, 8, 4), (77, 20, 14)
    cuentas = [numero(llama(funcion, *tamanos)) for tamanos in casos]
    pide(
        cuentas != [5, 5],
        "5 son los tensores de parámetros; cuenta sus números, `numel()`.",
    )
    pide(
        cuentas[0] != cuentas[1],
        "con otros tamaños da lo mismo: usa los tres que recibe la función, "
        "no los del modelo del cuaderno.",
    )
    for (v, d, c), cuenta in zip(casos, cuentas, strict=True):
        fc = d * c + c
        compara(
            cuenta,
            v * d + 2 * d + fc,
            {
                "es solo la tabla: faltan `bn` y `fc`.": v * d,
                "faltan los de `bn`: un peso y un sesgo por columna.": v * d
                + fc,
                "falta el sesgo de `fc`: uno por clase.": v * d
                + 2 * d
                + d * c,
                "faltan los de `bn` y el sesgo de `fc`.": v * d + d * c,
                "`bn` tiene dos por columna, γ y β; contaste uno.": v * d
                + d
                + fc,
                "la media y la varianza que guarda `bn` no son parámetros: "
                "nadie las ajusta con un gradiente.": v * d + 4 * d + fc,
                "el sesgo de `fc` es uno por clase, no uno por columna.": v * d
                + 2 * d
                + d * c
                + d,
                "el sesgo de `fc` es uno por clase, y contaste uno en "
                "total.": v * d + 2 * d + d * c + 1,
                "`bn` tiene dos parámetros por columna, y contaste dos en "
                "total.": v * d + 2 + fc,
                "`state_dict` trae además lo que guarda `bn` y no se ajusta: "
                "usa `parameters()`.": v * d + 4 * d + 1 + fc,
                "los pesos de `fc` son una matriz: sus lados se multiplican, "
                "no se suman.": v * d + 2 * d + d + c,
                "la tabla es una matriz, con un vector de `embed_dim` por "
                "fila.": v + 2 * d + fc,
                "la tabla es una matriz: sus lados se multiplican, no se "
                "suman.": v + d + 2 * d + fc,
                "a la tabla le sumaste un sesgo por fila, y no lo tiene.": v
                * d
                + v
                + 2 * d
                + fc,
            },
            f"con tamaños {v}, {d} y {c} salen {v * d + 2 * d + fc} "
            "y tu función da otro número: suma la tabla, `bn` y `fc` por "
            "separado.",
        )
    return "Al crecer el vocabulario solo crece la tabla."


@ejercicio("3.4b")
def medias(funcion):
    """La media de cada texto"""
    tabla = torch.randn(10, 3)
    trozos = [tabla[ids] for ids in _TROZOS]
    bien = torch.stack([t.mean(dim=0) for t in trozos])
    con_stack = "una lista de vectores se junta con `torch.stack`"
    curas = _CURAS_DE_LOTE | {
        "stack expects each tensor": "antes de juntarlos, promedia cada texto "
        "sobre sus tokens, `dim=0`",
        "Tensor' object is not callable": "de un tensor se sacan filas con "
        "corchetes: `tabla[ids]`",
        "converted to": con_stack,
        "infer output dtype": "promedias los ids; primero saca sus filas, "
        "`tabla[ids]`",
        "shape mismatch": "`offsets` corta `text`; la tabla se indexa solo "
        "con ids",
        "attribute 'weight'": "`tabla` ya es el tensor, sin `.weight`",
        "not in the valid range": "usa la `tabla` que recibe la función",
    }
    obtenido = llama(funcion, tabla, _TEXT, _OFFSETS, curas=curas)
    pide(
        not isinstance(obtenido, (list, tuple)),
        "devuelve una lista de vectores; júntalos en un tensor, con "
        "`torch.stack`.",
    )
    pistas = {
        (10, 3): "hay un vector por token; falta promediar los de cada texto.",
        (3,): "sale una sola media para todo el lote: hay una por texto.",
        (3, 3): "con cuatro textos salen tres filas: el último termina "
        "donde termina `text`.",
        (4,): "sale un número por texto: la media es sobre los tokens, "
        "`dim=0`, y deja un vector.",
        (10,): "la media es sobre los tokens, no sobre los números de cada "
        "vector.",
        (3, 4): "está transpuesta: una fila por texto.",
        (4, 1, 3): "sobra un eje: sin `keepdim`.",
        (12,): "los vectores quedaron uno tras otro, como con `cat`; "
        "`stack` los pone en filas.",
    }
    cuando = "con una tabla (10, 3) y cuatro textos "
    pide_tensor(obtenido, (4, 3), pistas, cuando)
    sin_ultimo = torch.stack([*bien[:-1], tabla[2]])
    compara(
        obtenido,
        bien,
        {
            "son sumas: falta dividir entre el largo de cada "
            "texto.": torch.stack([t.sum(dim=0) for t in trozos]),
            "divides entre los tokens de todo el lote; cada texto, entre los "
            "suyos.": torch.stack([t.sum(dim=0) / 10 for t in trozos]),
            "divides entre el número de textos; cada texto, entre sus "
            "tokens.": torch.stack([t.sum(dim=0) / 4 for t in trozos]),
            "al último texto le falta su último token: termina donde termina "
            "`text`.": sin_ultimo,
            "es el primer vector de cada texto; falta la media de "
            "todos.": torch.stack([t[0] for t in trozos]),
            "es el máximo de cada columna; se pide la media.": torch.stack(
                [t.max(dim=0).values for t in trozos]
            ),
            "cortas filas de la tabla; primero saca las que piden los ids, "
            "`tabla[ids]`.": torch.stack(
                [
                    tabla[a:b].mean(dim=0)
                    for a, b in ((0, 3), (3, 4), (4, 8), (8, 10))
                ]
            ),
            "en cada texto contaste una vez los ids repetidos; la media los "
            "cuenta todos.": torch.stack(
                [tabla[sorted(set(ids))].mean(dim=0) for ids in _TROZOS]
            ),
        },
        "la forma es correcta y los números no: cada fila es la media de "
        "`tabla[ids]`, con la tabla que recibe y los ids de ese texto.",
    )
    return "Eso hace `nn.EmbeddingBag`, de una vez y sin bucle."


@ejercicio("3.5")
def entropia(funcion):
    """La entropía cruzada, a mano"""
    salidas = (2 * torch.randn(6, 4)).requires_grad_()
    clases = torch.tensor([0, 3, 1, 1, 2, 3])
    filas = torch.arange(6)
    curas = {
        "out of bounds": "elige una probabilidad por fila: la de la columna "
        "que dice `clases`",
        "Index tensor must have the same": "`gather` pide índices con dos "
        "ejes: `clases.unsqueeze(dim=1)`",
        "only tensors, not": "`math.log` es para un número; con tensores, "
        "`torch.log`",
        "converted to": "`math.log` y `math.exp` son para un número; con "
        "tensores, `torch.log` y `torch.exp`",
        "must be Tensor, not": "una lista no vale ahí: conserva el tensor",
        "Expected floating point type for target": "`CrossEntropyLoss` recibe "
        "los logits, no la clase elegida",
        "shape mismatch": "hacen falta tantas filas como clases: "
        "`torch.arange(len(clases))`",
        "return_types.max": "`max` con `dim` da valores e índices; además, "
        "aquí no cuenta la mayor, sino la clase correcta",
        'arguments: "dim"': "di en `dim` qué eje suma 1",
        "must match": "si divides cada fila entre su suma, falta "
        "`keepdim=True`; y de cada fila se toma un solo número",
    }
    obtenido = llama(funcion, salidas, clases, curas=curas)
    with torch.no_grad():
        p = salidas.softmax(dim=1)
        correcta = p[filas, clases]
        por_columna = salidas.softmax(dim=0)[filas, clases]
        log = p.log()
        bien = -correcta.log().mean()
        tipicos = {
            "hay una pérdida por texto: falta promediar.": -correcta.log(),
            "sumaste; falta dividir: `mean`.": -correcta.log().sum(),
            "falta cambiar el signo: el logaritmo de una probabilidad es "
            "negativo.": -bien,
            "falta el logaritmo: promediaste las probabilidades.": [
                correcta.mean(),
                -correcta.mean(),
                1 - correcta.mean(),
            ],
            "primero el logaritmo de cada una y después la "
            "media.": -correcta.mean().log(),
            "softmax por columnas: las que suman 1 son las filas, "
            "`dim=1`.": -por_columna.log().mean(),
            "faltó softmax: los logits no son probabilidades.": [
                -salidas[filas, clases].mean(),
                salidas[filas, clases].mean(),
            ],
            "tomas la probabilidad mayor; es la de la clase correcta.": -p.max(
                dim=1
            )
            .values.log()
            .mean(),
            "`[:, clases]` toma en cada fila las columnas de todos los "
            "textos; a cada fila le toca la suya.": -log[:, clases].mean(),
            "promedias todas las clases; solo cuenta la correcta.": [
                -log.mean(),
                -log.sum(dim=1).mean(),
            ],
            "`p[clases]` toma filas, y las clases son columnas: van los dos "
            "índices, fila y columna.": -log[clases].mean(),
            "divides entre la suma de todo el lote; lo que suma 1 es cada "
            "fila.": -(salidas.exp() / salidas.exp().sum())[filas, clases]
            .log()
            .mean(),
            "promedias también los ceros de las demás clases: suma cada fila "
            "y después promedia.": bien / 4,
            "es el logaritmo en base 10; es el natural, "
            "`torch.log`.": -correcta.log10().mean(),
            "es el logaritmo en base 2; es el natural, "
            "`torch.log`.": -correcta.log2().mean(),
            "softmax va dos veces: `CrossEntropyLoss` ya lo aplica a los "
            "logits.": nn.functional.cross_entropy(p, clases),
            "restas a `clases` un 1, y aquí ya van desde 0.": -log[
                filas, clases - 1
            ].mean(),
        }
        # nan no se compara consigo mismo: sale de un logaritmo de negativos
        pide(
            not (torch.is_tensor(obtenido) and obtenido.isnan().any()),
            "sale `nan`: el logaritmo de un número negativo no existe. "
            "¿Falta softmax?",
        )
    for pista, errores in tipicos.items():
        for error in errores if isinstance(errores, list) else [errores]:
            pide(igual(obtenido, bien) or not igual(obtenido, error), pista)
    if torch.is_tensor(obtenido) and obtenido.numel() > 1:
        raise Pista(
            f"devuelve un tensor {forma(obtenido)} y se pide un solo número, "
            "la media."
        )
    compara(
        obtenido,
        bien,
        pista=f"salió {muestra(obtenido)}: de cada fila, softmax, la "
        "probabilidad de su clase y su logaritmo; después, la media con el "
        "signo cambiado.",
    )
    pide(
        torch.is_tensor(obtenido) and obtenido.requires_grad,
        "el valor es correcto, pero perdió el gradiente y `backward()` no "
        "podría usarlo: devuelve el tensor, sin `.item()`, `.detach()` ni "
        "`math`.",
    )
    return "Solo cuenta la probabilidad de la clase correcta."


class _Puntua(nn.Module):
    """Da a cada texto los logits de su primer id, y anota cómo se le llama."""

    def __init__(self, logits):
        super().__init__()
        self.logits = nn.Parameter(logits)
        self.modos, self.sigue, self.textos = [], [], 0

    def forward(self, text, offsets):
        self.modos.append(self.training)
        self.sigue.append(torch.is_grad_enabled())
        self.textos += len(offsets)
        return self.logits.to(text.device)[text[offsets]]


def _lotes_de(clases, tamanos):
    """Lotes `(label, text, offsets)`; cada texto lleva de 1 a 3 ids."""
    lotes, hecho = [], 0
    for tamano in tamanos:
        text, offsets = [], []
        for i in range(hecho, hecho + tamano):
            offsets.append(len(text))
            text += [i] + [0] * (i % 3)
        label = clases[hecho : hecho + tamano]
        lotes.append((label, torch.tensor(text), torch.tensor(offsets)))
        hecho += tamano
    return lotes


@ejercicio("3.6")
def entre_las_k(funcion):
    """Entre las k mejores"""
    logits = torch.randn(13, 6)
    puestos = logits.argsort(dim=1, descending=True)
    puesto = torch.tensor([0, 1, 0, 4, 2, 0, 0, 5, 1, 4, 2, 0, 4])
    clases = puestos[torch.arange(13), puesto]
    tamanos = (5, 5, 3)
    curas = {
        "non-singleton dimension 0": "hay una fila por texto: `topk` con "
        "`dim=1`, y cada lote es `label, text, offsets`, en ese orden",
        "must match": "`label` es una por texto y `topk` da k: ponla en "
        "columna, `label.unsqueeze(dim=1)`, antes de comparar",
        "'bool' object": "`topk` da valores e índices: toma `.indices`",
        "not enough values to unpack": "cada lote es `label, text, offsets`",
        "too many values to unpack": "cada lote es `label, text, offsets`",
        "forward() missing": "el modelo recibe `text` y `offsets`",
        "forward() takes": "el modelo recibe `text` y `offsets`",
        "no attribute 'dataset'": "cuenta los textos de cada lote, "
        "`len(label)`",
        "only one element tensors": "elige primero los aciertos y súmalos "
        "antes de sacar el número",
        "out of bounds": "usa el `dataloader` que recibe la función, no uno "
        "del cuaderno",
        "more than one value is ambiguous": "compara texto por texto, y "
        "después suma",
    }
    for k in (2, 3, 1):
        modelo = _Puntua(logits)
        lotes = _lotes_de(clases, tamanos)
        obtenido = llama(funcion, modelo, lotes, k, curas=curas)
        pide(
            modelo.modos,
            "no usa el `modelo` o el `dataloader` que recibe: ¿llamas a los "
            "del cuaderno?",
        )
        pide(
            modelo.textos == 13,
            f"de 13 textos en tres lotes se miran {modelo.textos}: recorre "
            "todo el `dataloader`, una vez (¿un `return` dentro?).",
        )
        pide(
            not any(modelo.modos),
            "el modelo seguía en modo de entrenamiento: falta "
            "`modelo.eval()`, con paréntesis y antes del bucle.",
        )
        pide(
            not any(modelo.sigue),
            "se siguieron los gradientes: falta `torch.inference_mode()`.",
        )
        dentro = (puesto < k).double()
        por_lote = torch.stack([d.mean() for d in dentro.split(tamanos)])
        ultimos = (puesto >= 6 - k).double().mean()
        tambien_k = (puesto <= k).double().mean()
        total = dentro.sum()
        pide(
            not isinstance(obtenido, (tuple, list)),
            f"devuelve {muestra(obtenido)} y se pide un solo número.",
        )
        pide(
            not (torch.is_tensor(obtenido) and obtenido.numel() > 1),
            "devuelve varios números y se pide uno: suma los aciertos de "
            "todos los lotes.",
        )
        con_k = f"con k = {k} "
        compara(
            numero(obtenido),
            dentro.mean(),
            {
                "promedias las notas de los lotes, y el último tiene menos "
                "textos: suma aciertos y divide al final.": por_lote.mean(),
                f"{con_k}mide como `argmax`, que es k = 1: usa `topk`.": (
                    puesto == 0
                )
                .double()
                .mean(),
                "es el número de aciertos; falta dividir entre los "
                "textos.": total,
                "divides entre k veces los textos: cada uno cuenta una "
                "vez.": dentro.mean() / k,
                "cuentas a lo sumo un acierto por lote: `any()` o `in` miran "
                "el lote entero.": 3 / 13,
                "divides entre los tokens: los textos son `len(label)`.": total
                / sum(len(t) for _, t, _ in lotes),
                "promedias también las k columnas: cada texto cuenta una vez, "
                "y se divide al final.": por_lote.mean() / k,
                "divides entre el número de lotes; es entre los textos.": total
                / 3,
                "sumas las notas de los lotes; se pide la de "
                "todos.": por_lote.sum(),
                "es la nota del último lote: acumula los aciertos de "
                "todos.": por_lote[-1],
                "cuentas los aciertos del último lote: `=` los reemplaza, "
                "`+=` los acumula.": dentro[-3:].sum() / 13,
                "está en porcentaje; se pide entre 0 y 1.": 100
                * dentro.mean(),
                "es la fracción de los que no están.": 1 - dentro.mean(),
                "son las k menores; se piden las mayores.": ultimos,
                f"{con_k}miras una de más: son k en total.": tambien_k,
                f"{con_k}miras solo la clase que va en el lugar k; valen "
                "también las de antes.": (puesto == k - 1).double().mean(),
                "siempre aciertas: ¿tomas todas las clases, y no k?": 1.0,
            },
            f"{con_k}sale {muestra(obtenido)}: cuenta los textos cuya clase "
            "está en los `indices` de `topk(k, dim=1)`.",
        )
    return "Con k = 1 es la exactitud; con 14, siempre 1."


@ejercicio("3.7")
def reparte(funcion):
    """Repartir por clases"""
    clases = [4] * 40 + [0] * 20 + [9] * 60
    random.shuffle(clases)
    cuantos = Counter(clases)
    curas = {
        "'bool' object": "`clases` es una lista, y comparada con un número "
        "da un solo `bool`: recórrela, o pásala a tensor",
        "Sum of input lengths": "las partes de `random_split` deben sumar "
        "todo",
        "slice indices": "el corte es un número entero: `round` o `int`",
        "unhashable": "agrupa los lugares por el número de su clase",
    }
    sin_listas = (
        "hay listas dentro de las listas, y se piden índices sueltos: "
        "¿`append` en vez de `+=`, o `nonzero()` sin `flatten()`?"
    )
    for fraccion in (0.25, 0.1):
        partes = llama(funcion, list(clases), fraccion, curas=curas)
        pide(
            isinstance(partes, (tuple, list)) and len(partes) == 2,
            "se devuelven dos listas de índices, entrenamiento y validación.",
        )
        pide(
            not any(hasattr(p, "dataset") for p in partes),
            "son trozos de `random_split`; se piden índices, y además por "
            "clase.",
        )
        try:
            train, valid = (torch.as_tensor(p).tolist() for p in partes)
            todos = sorted(train + valid)
        except (TypeError, ValueError, RuntimeError):
            raise Pista(f"salió {muestra(partes)}: {sin_listas}") from None
        pide(not any(isinstance(i, list) for i in todos), sin_listas)
        pide(
            todos != sorted(clases),
            "devuelve las clases; se piden sus índices, los lugares que "
            "ocupan en la lista.",
        )
        pide(
            all(isinstance(i, int) and 0 <= i < 120 for i in todos),
            "hay algo que no es un lugar de la lista: los índices van de 0 "
            "a len(clases) - 1.",
        )
        pide(
            not set(train) & set(valid) or len(set(valid)) < len(valid),
            "hay índices en las dos partes: cada uno va a una sola.",
        )
        pide(
            len(todos) == len(set(todos)),
            "hay índices repetidos. ¿Son lugares de la lista entera, o "
            "puestos dentro de cada clase?",
        )
        con = f"con fraccion = {fraccion} "
        pide(
            len(todos) == 120,
            f"{con}se pierden {120 - len(todos)} de 120 artículos: lo que no "
            "va a validación va a entrenamiento, en todas las clases.",
        )
        pedidos = {c: round(n * fraccion) for c, n in cuantos.items()}
        van = Counter(clases[i] for i in valid)
        pide(
            {c: n - van[c] for c, n in cuantos.items()} != pedidos,
            "las partes están al revés: primero entrenamiento y después "
            "validación, que es la pequeña.",
        )
        pide(
            not valid or len({van[c] for c in cuantos}) > 1,
            "van a validación los mismos de cada clase; se pide la misma "
            "fracción: las grandes aportan más.",
        )
        pide(
            len(valid) == sum(pedidos.values()),
            f"{con}van a validación {len(valid)} de 120, y deben ser "
            f"{sum(pedidos.values())}.",
        )
        clase = min(cuantos, key=cuantos.get)
        pide(
            van == pedidos,
            f"{con}el total es correcto, pero no clase a clase: una de "
            f"{cuantos[clase]} artículos aporta {van[clase]} y debe aportar "
            f"{pedidos[clase]}. Reparte cada clase por su lado.",
        )
        for c, n in pedidos.items():
            lugares = [i for i, otra in enumerate(clases) if otra == c]
            suyos = sorted(i for i in valid if clases[i] == c)
            pide(
                suyos not in (lugares[:n], lugares[-n:]),
                "la validación se lleva un extremo de cada clase, y se pide "
                "al azar: mezcla antes de cortar.",
            )
    return "Cada clase pesa en la validación lo que pesa en los datos."


# Los que acierta, de 280, el modelo de 3.8: la nota que se lee en la celda
# «exactitud en prueba» del cuaderno. Una prueba comprueba que coinciden.
ACIERTOS_DEL_CURSO = 270


def _nombres(respuesta, cuantos):
    """Los nombres de clase de una respuesta: nombres o etiquetas de 1 a 14."""
    pide(
        not isinstance(respuesta, (str, dict))
        and hasattr(respuesta, "__len__"),
        f"devuelve algo de tipo {type(respuesta).__name__} y se pide una "
        "lista, con una etiqueta por texto (¿un `return` dentro del bucle?).",
    )
    dichas = respuesta.tolist() if hasattr(respuesta, "tolist") else respuesta
    dichas = list(dichas)
    pide(
        len(dichas) == cuantos,
        f"entran {cuantos} textos y el largo del resultado es "
        f"{len(dichas)}: va una etiqueta por texto, en su orden.",
    )
    if all(isinstance(d, str) for d in dichas):
        raros = set(dichas) - set(CLASES)
        pide(not raros, f"«{min(raros, default='')}» no está en `CLASES`.")
        return dichas
    pide(
        all(hasattr(d, "__index__") for d in dichas),
        f"salió {muestra(dichas)}: se pide por texto una sola etiqueta, de "
        "1 a 14, o un nombre de `CLASES`.",
    )
    numeros = [int(d) for d in dichas]
    pide(
        0 not in numeros,
        "hay un 0: son clases de 0 a 13, y las etiquetas van de 1 a 14.",
    )
    pide(
        all(1 <= n <= len(CLASES) for n in numeros),
        "hay números fuera de 1 a 14, que son las etiquetas.",
    )
    return [CLASES[n - 1] for n in numeros]


@ejercicio("3.8")
def clasifica(funcion):
    """Reto: superar al curso"""
    # Siempre estos 280, aunque CURSO_DBPEDIA diga otra carpeta.
    pares = list(DBpedia(DATOS / "dbpedia_mini", split="test"))
    random.shuffle(pares)
    textos = [texto for _, texto in pares]
    reales = [CLASES[label - 1] for label, _ in pares]
    cuantos, curso = len(pares), ACIERTOS_DEL_CURSO
    curas = {
        "has no attribute 'lower'": "ahí llega una lista donde se espera un "
        "texto: recorre `textos`, o pásala sin más corchetes",
        "Iterable over raw text": "un vectorizador recibe una lista de "
        "textos, no un texto suelto",
        "features, but": "transforma los textos nuevos con el vectorizador ya "
        "ajustado: `transform`, no `fit_transform`",
        "Expected 2D array": "el clasificador recibe números: antes, "
        "`transform` con el vectorizador que ya se ajustó",
        "is not fitted": "falta `fit`, con el entrenamiento",
        "more than 1 value per channel": "falta `modelo.eval()`",
        "object has no attribute 'split'": "`textos` es una lista: tómalos "
        "de uno en uno",
        "out of range": "una clase o un id no cabe: las etiquetas empiezan en "
        "1 y las listas en 0",
    }
    dichas = _nombres(llama(funcion, textos, curas=curas), cuantos)
    aciertos = sum(a == b for a, b in zip(reales, dichas, strict=True))
    nota = f"aciertas {aciertos} de {cuantos}, y el curso {curso}"
    pide(
        aciertos < cuantos,
        f"aciertas las {cuantos}, y eso no es creíble: ¿la prueba está entre "
        "lo que el modelo vio al entrenar?",
    )
    pide(
        aciertos > 2 * cuantos / len(CLASES),
        f"{nota}: casi como el azar. Mira si respondes sobre los `textos` que "
        "recibe, en su orden, y si se corrió una etiqueta.",
    )
    pide(
        aciertos >= 0.9 * cuantos,
        f"{nota}: lejos. Revisa que aprenda de todo `train` y que prepare "
        "igual los textos de entrenar y los nuevos.",
    )
    pide(aciertos != curso, f"{nota}: empatas, y el reto es superarlo.")
    pide(
        aciertos > curso,
        f"{nota}: cerca. Prueba con parejas de palabras, sin las que salen "
        "una sola vez, o con trozos de letras que crucen los espacios; elige "
        "con validación.",
    )
    sola = _nombres(llama(funcion, textos[:1], curas=curas), 1)
    pide(
        sola == dichas[:1],
        "un texto solo recibe otra clase que acompañado: ¿falta "
        "`modelo.eval()`?",
    )
    return (
        f"Son {aciertos} de {cuantos}, y el curso, {curso}. Cada intento "
        "gasta un poco la prueba: ¿cuántos llevas?"
    )
