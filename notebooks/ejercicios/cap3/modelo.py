"""3.4: los parámetros, la media de cada texto y la inicialización."""

import math

import torch
from torch import nn

from ejercicios.cap3.lotes import CURAS_DE_LOTE, lote_al_azar
from ejercicios.conducta import modulos_creados, operaciones
from ejercicios.piezas import (
    compara,
    compara_gradiente,
    ejercicio,
    igual,
    llama,
    muestra,
    numero,
    pide,
    pide_tensor,
)


@ejercicio("3.4a")
def cuantos_parametros(funcion):
    """Contar sin crear"""
    casos = (500, 8, 4), (77, 20, 14), (1301, 48, 3)
    with modulos_creados() as creados:
        cuentas = [numero(llama(funcion, *medidas)) for medidas in casos]
    pide(
        cuentas != [5, 5, 5],
        "5 son los tensores de parámetros; cuenta sus números, `numel()`.",
    )
    pide(
        len(set(cuentas)) > 1,
        "con otros tamaños da lo mismo: usa los tres que recibe la función, "
        "no los del modelo del cuaderno.",
    )
    for (v, d, c), cuenta in zip(casos, cuentas, strict=True):
        fc = d * c + c
        bien = v * d + 2 * d + fc
        compara(
            cuenta,
            bien,
            [
                (v * d, "es solo la tabla: faltan `bn` y `fc`."),
                (
                    v * d + fc,
                    "faltan los de `bn`: un peso y un sesgo por columna.",
                ),
                (bien - c, "falta el sesgo de `fc`: uno por clase."),
                (v * d + d * c, "faltan los de `bn` y el sesgo de `fc`."),
                (bien - d, "`bn` tiene dos por columna, γ y β; contaste uno."),
                (
                    bien + 2 * d,
                    "la media y la varianza que guarda `bn` no son "
                    "parámetros: nadie las ajusta con un gradiente.",
                ),
                (
                    bien - c + d,
                    "el sesgo de `fc` es uno por clase, no uno por columna.",
                ),
                (
                    bien - c + 1,
                    "el sesgo de `fc` es uno por clase, y contaste uno en "
                    "total.",
                ),
                (
                    bien - 2 * d + 2,
                    "`bn` tiene dos parámetros por columna, y contaste dos "
                    "en total.",
                ),
                (
                    bien + 2 * d + 1,
                    "`state_dict` trae además lo que guarda `bn` y no se "
                    "ajusta: usa `parameters()`.",
                ),
                (
                    bien - d * c + d,
                    "los pesos de `fc` son una matriz: sus lados se "
                    "multiplican, no se suman.",
                ),
                (
                    bien - v * d + v,
                    "la tabla es una matriz, con un vector de `embed_dim` "
                    "por fila.",
                ),
                (
                    bien - v * d + v + d,
                    "la tabla es una matriz: sus lados se multiplican, no "
                    "se suman.",
                ),
                (
                    bien + v,
                    "a la tabla le sumaste un sesgo por fila, y no lo tiene.",
                ),
            ],
            f"con tamaños {v}, {d} y {c} salen {bien} y tu función da otro "
            "número: suma la tabla, `bn` y `fc` por separado.",
        )
    pide(
        not creados,
        f"el número es correcto, y creaste un `{(creados or [''])[0]}` para "
        "contarlo: se pide una cuenta con los tres tamaños.",
    )
    return "Al crecer el vocabulario solo crece la tabla."


@ejercicio("3.4b")
def medias(funcion):
    """La media de cada texto"""
    curas = CURAS_DE_LOTE | {
        "stack expects each tensor": "antes de juntarlos, promedia cada texto "
        "sobre sus tokens, `dim=0`",
        "Tensor' object is not callable": "de un tensor se sacan filas con "
        "corchetes: `tabla[ids]`",
        "converted to": "una lista de vectores se junta con `torch.stack`",
        "infer output dtype": "promedias los ids; primero saca sus filas, "
        "`tabla[ids]`",
        "attribute 'weight'": "`tabla` ya es el tensor, sin `.weight`",
        "requires grad. Use": "NumPy no sigue los gradientes: quédate en "
        "tensores",
    }
    for filas, columnas, largos in (
        (10, 3, [3, 1, 4, 2]),
        (23, 5, [2, 7, 1, 1, 6, 3, 8]),
    ):
        tabla = torch.randn(filas, columnas, requires_grad=True)
        text, offsets, _ = lote_al_azar(largos, filas)
        text[1] = text[0]  # un id repetido en el primer texto
        with operaciones() as pedidas:
            salida = llama(funcion, tabla, text, offsets, curas=curas)
        _pide_medias(salida, tabla, text, offsets)
        pide(
            not any("embedding_bag" in nombre for nombre in pedidas),
            "los números son correctos, y los sacó `EmbeddingBag`, que es "
            "lo que se pide no usar: con `tabla[ids]` y `mean`.",
        )
    return "Eso hace `nn.EmbeddingBag`, de una vez y sin bucle."


def _pide_medias(salida, tabla, text, offsets):
    cuantos, columnas = len(offsets), tabla.shape[1]
    pide(
        not isinstance(salida, (list, tuple)),
        "devuelve una lista de vectores; júntalos en un tensor, con "
        "`torch.stack`.",
    )
    pistas = {
        (
            len(text),
            columnas,
        ): "hay un vector por token; falta promediar los de cada texto.",
        (
            columnas,
        ): "sale una sola media para todo el lote: hay una por texto.",
        (
            cuantos - 1,
            columnas,
        ): f"con {cuantos} textos faltan filas, salen {cuantos - 1}: el "
        "último termina donde termina `text`.",
        (cuantos,): "sale un número por texto: la media es sobre los tokens, "
        "`dim=0`, y deja un vector.",
        (len(text),): "la media es sobre los tokens, `dim=0`, no sobre los "
        "números de cada vector.",
        (columnas, cuantos): "está transpuesta: una fila por texto.",
        (cuantos, 1, columnas): "sobra un eje: sin `keepdim`.",
        (cuantos * columnas,): "los vectores quedaron uno tras otro, como "
        "con `cat`; `stack` los pone en filas.",
    }
    con = f"con una tabla {tuple(tabla.shape)} y {cuantos} textos "
    pide_tensor(salida, (cuantos, columnas), pistas, con)
    partes = torch.tensor_split(text, offsets[1:])
    trozos = [tabla[ids] for ids in partes]
    finales = [*offsets[1:], len(text)]
    bien = torch.stack([t.mean(dim=0) for t in trozos])

    def de_cada(hace):
        return torch.stack([hace(t) for t in trozos]).detach()

    compara(
        salida,
        bien,
        [
            (
                de_cada(lambda t: t.sum(dim=0)),
                "son sumas: falta dividir entre el largo de cada texto.",
            ),
            (
                de_cada(lambda t: t.sum(dim=0) / len(text)),
                "divides entre los tokens de todo el lote; cada texto, entre "
                "los suyos.",
            ),
            (
                de_cada(lambda t: t.sum(dim=0) / cuantos),
                "divides entre el número de textos; cada texto, entre sus "
                "tokens.",
            ),
            (
                torch.stack([*bien[:-1], trozos[-1][:-1].mean(dim=0)]),
                "al último texto le falta su último token: termina donde "
                "termina `text`.",
            ),
            (
                de_cada(lambda t: t[0]),
                "es el primer vector de cada texto; falta la media de todos.",
            ),
            (
                de_cada(lambda t: t.max(dim=0).values),
                "es el máximo de cada columna; se pide la media.",
            ),
            (
                torch.stack(
                    [
                        tabla[a:b].mean(dim=0)
                        for a, b in zip(offsets, finales, strict=True)
                    ]
                ),
                "cortas filas de la tabla; primero saca las que piden los "
                "ids, `tabla[ids]`.",
            ),
            (
                torch.stack(
                    [tabla[ids.unique()].mean(dim=0) for ids in partes]
                ),
                "en cada texto contaste una vez los ids repetidos; la media "
                "los cuenta todos.",
            ),
        ],
        "la forma es correcta y los números no: cada fila es la media de "
        "`tabla[ids]`, con la tabla que recibe y los ids de ese texto.",
    )
    compara_gradiente(
        salida,
        bien,
        tabla,
        pista="los números son correctos, pero la tabla no aprendería de "
        "ellos: el gradiente se pierde por el camino (`detach`, `no_grad`, "
        "`tolist`), en todo o en parte.",
    )


@ejercicio("3.4c")
def inicia(funcion):
    """La inicialización, medida"""
    curas = {
        "leaf Variable": "un parámetro se cambia donde no se siguen "
        "gradientes: `with torch.no_grad():`, o una función de `nn.init`",
        "cannot assign": "la tabla ya existe: cambia sus números "
        "(`nn.init`, `copy_`), no la pongas de nuevo",
        "no attribute 'embedding'": "llega un `nn.EmbeddingBag`, no el "
        "modelo: su tabla es `bolsa.weight`",
        "unexpected keyword": "los nombres de `nn.init.normal_` son `mean` "
        "y `std`",
    }
    # Lejos de 1 y del ±0.05 del curso, y con distintas medidas.
    for filas, columnas, ruido, largo in (
        (4000, 12, 0.02, 25),
        (2500, 30, 0.3, 64),
        (3000, 16, 0.1, 7),
    ):
        bolsa = nn.EmbeddingBag(filas, columnas)
        tabla = bolsa.weight
        antes = tabla.detach().clone()
        llama(funcion, bolsa, ruido, largo, devuelve=False, curas=curas)
        pide(
            bolsa.weight is tabla,
            "pusiste otra tabla en lugar de la que había, y un optimizador "
            "seguiría moviendo la vieja: cambia sus números, con `nn.init`.",
        )
        pide(
            tabla.requires_grad and tabla.is_leaf and tabla.grad is None,
            "la tabla debe quedar como parámetro, sin historia: cámbiala con "
            "`nn.init`, o dentro de `torch.no_grad()`.",
        )
        pide(
            tabla.shape == antes.shape,
            "la tabla cambió de forma; cambian solo sus números.",
        )
        _pide_ruido(tabla.detach(), antes, ruido, largo)
    return "Con ruido pequeño, lo que el gradiente escribe se ve pronto."


def _pide_ruido(tabla, antes, ruido, largo):
    pide(
        not igual(tabla, antes),
        "la tabla quedó como estaba: en `nn.init`, las que cambian acaban en "
        "`_`, como `normal_`.",
    )
    pide(tabla.isfinite().all(), "hay números que no existen, `nan` o `inf`.")
    sigma, raiz = tabla.std().item(), math.sqrt(largo)
    caso = f"con ruido = {ruido} y largo = {largo}, "
    pide(
        abs(tabla.mean().item()) < 0.1 * max(sigma, 1e-12),
        f"{caso}la tabla no está centrada en 0: su media es "
        f"{muestra(tabla.mean())}.",
    )
    bien = ruido * raiz
    tipicos = [
        (
            ruido,
            "cada número tiene ya la desviación `ruido`, y la media de un "
            "texto la tendría √largo veces menor.",
        ),
        (ruido / raiz, "es al revés: la media encoge, así que σ es mayor."),
        (
            ruido * largo,
            "la media encoge √largo veces, no largo veces: falta la raíz.",
        ),
        (
            bien / math.sqrt(3),
            "entre −a y a, la desviación es a/√3: falta multiplicar a por "
            "√3, o usa `normal_`.",
        ),
        (
            ruido / math.sqrt(3),
            "entre −a y a, la desviación es a/√3; y además la media de un "
            "texto la encoge √largo veces.",
        ),
        (
            bien**2,
            "`std` es la desviación σ, y le diste la varianza, σ².",
        ),
        (
            math.sqrt(bien),
            "`std` es la desviación σ, y le diste su raíz.",
        ),
    ]
    for error, pista in tipicos:
        cerca = abs(sigma / error - 1) < 0.04
        pide(not cerca or abs(error / bien - 1) < 0.04, caso + pista)
    pide(
        abs(sigma / bien - 1) < 0.04,
        f"{caso}los números de la tabla tienen desviación {sigma:.3g}: "
        "despeja σ de ruido = σ/√largo.",
    )
    # Que la media de un texto mida eso pide números independientes.
    textos = torch.randint(len(tabla), (2000, largo))
    medida = tabla[textos].mean(dim=1).std().item()
    propios = tabla.std(dim=0).mean(), tabla.std(dim=1).mean()
    pide(
        abs(medida / ruido - 1) < 0.15 and min(propios) > sigma / 2,
        f"{caso}σ es correcta, pero los números no van por su cuenta: se "
        "repiten entre filas o entre columnas.",
    )
