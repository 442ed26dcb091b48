"""3.5: la entropía cruzada y la media de una época."""

import torch
from torch import nn

from ejercicios.cap3.con_lotes import POR_LOTE, Puntua, cargador
from ejercicios.conducta import operaciones
from ejercicios.piezas import (
    Pista,
    compara,
    compara_gradiente,
    ejercicio,
    forma,
    igual,
    llama,
    muestra,
    numero,
    pide,
)


@ejercicio("3.5a")
def entropia(funcion):
    """La entropía cruzada, a mano"""
    curas = {
        "out of bounds": "elige una probabilidad por fila: la de la columna "
        "que dice `clases`",
        "Index tensor must have the same": "`gather` pide índices con dos "
        "ejes: `clases.unsqueeze(dim=1)`",
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
    for filas, columnas in ((6, 4), (9, 14), (5, 5)):
        salidas = (2 * torch.randn(filas, columnas)).requires_grad_()
        clases = torch.randint(columnas, (filas,))
        clases[:2] = torch.tensor([columnas - 1, 0])
        with operaciones() as pedidas:
            salida = llama(funcion, salidas, clases, curas=curas)
        _pide_entropia(salida, salidas, clases)
    pide(
        not any("cross_entropy" in nombre for nombre in pedidas),
        "el número es correcto, y la cuenta la hizo PyTorch entera: escríbela "
        "con `softmax` o `log_softmax`, el logaritmo y la media.",
    )
    return "Solo cuenta la probabilidad de la clase correcta."


def _entropias_mal(salidas, clases):
    """Pares (lo que sale con un error típico, su pista)."""
    filas = torch.arange(len(clases))
    p = salidas.softmax(dim=1)
    log, correcta = p.log(), p[filas, clases]
    bien = -correcta.log().mean()
    por_columna = salidas.softmax(dim=0)[filas, clases]
    del_lote = (salidas.exp() / salidas.exp().sum())[filas, clases]
    sin_log = "falta el logaritmo: promediaste las probabilidades."
    sin_softmax = "faltó softmax: los logits no son probabilidades."
    de_todas = "promedias todas las clases; solo cuenta la correcta."
    pares = [
        (-correcta.log(), "hay una pérdida por texto: falta promediar."),
        (-correcta.log().sum(), "sumaste; falta dividir: `mean`."),
        (
            -bien,
            "falta cambiar el signo: el logaritmo de una probabilidad es "
            "negativo.",
        ),
        (correcta.mean(), sin_log),
        (-correcta.mean(), sin_log),
        (1 - correcta.mean(), sin_log),
        (
            -correcta.mean().log(),
            "primero el logaritmo de cada una y después la media.",
        ),
        (
            -por_columna.log().mean(),
            "softmax por columnas: las que suman 1 son las filas, `dim=1`.",
        ),
        (-salidas[filas, clases].mean(), sin_softmax),
        (salidas[filas, clases].mean(), sin_softmax),
        (
            -p.max(dim=1).values.log().mean(),
            "tomas la probabilidad mayor; es la de la clase correcta.",
        ),
        (
            -log[:, clases].mean(),
            "`[:, clases]` toma en cada fila las columnas de todos los "
            "textos; a cada fila le toca la suya.",
        ),
        (-log.mean(), de_todas),
        (-log.sum(dim=1).mean(), de_todas),
        (
            -del_lote.log().mean(),
            "divides entre la suma de todo el lote; lo que suma 1 es cada "
            "fila.",
        ),
        (
            bien / salidas.shape[1],
            "promedias también los ceros de las demás clases: suma cada fila "
            "y después promedia.",
        ),
        (
            -correcta.log10().mean(),
            "es el logaritmo en base 10; es el natural, `torch.log`.",
        ),
        (
            -correcta.log2().mean(),
            "es el logaritmo en base 2; es el natural, `torch.log`.",
        ),
        (
            nn.functional.cross_entropy(p, clases),
            "softmax va dos veces: `CrossEntropyLoss` ya lo aplica a los "
            "logits.",
        ),
        (
            -log[filas, clases - 1].mean(),
            "restas a `clases` un 1, y aquí ya van desde 0.",
        ),
    ]
    if clases.max() >= len(clases):
        return bien, pares
    pista = "`p[clases]` toma filas, y las clases son columnas: van los dos "
    return bien, [*pares, (-log[clases].mean(), pista + "índices.")]


def _pide_entropia(salida, salidas, clases):
    bien, pares = _entropias_mal(salidas, clases)
    if torch.is_tensor(salida):
        pide(
            not salida.isnan().any(),
            "sale `nan`: el logaritmo de un número negativo no existe. "
            "¿Falta softmax?",
        )
    if not igual(salida, bien):
        for error, pista in pares:
            pide(not igual(salida, error), pista)
        if torch.is_tensor(salida) and salida.numel() > 1:
            raise Pista(
                f"devuelve un tensor {forma(salida)} y se pide un solo "
                "número, la media."
            )
        raise Pista(
            f"salió {muestra(salida)}: de cada fila, softmax, la "
            "probabilidad de su clase y su logaritmo; después, la media con "
            "el signo cambiado."
        )
    compara_gradiente(
        salida,
        bien,
        salidas,
        pista="el valor es correcto y `backward()` no podría usarlo: todo el "
        "gradiente, o una parte, se pierde por el camino (`.item()`, "
        "`detach`, `no_grad`, `math`).",
    )


@ejercicio("3.5b")
def perdida_media(funcion):
    """Corregir: la media de lotes"""
    curas = POR_LOTE | {
        "'float' object has no attribute 'item'": "`.item()` va una sola "
        "vez: después ya es un número de Python",
    }
    for textos, por_lote in ((22, 4), (19, 8), (14, 3)):
        logits = 3 * torch.randn(textos, 6)
        clases = torch.randint(6, (textos,))
        modelo, lotes = Puntua(logits), cargador(clases, por_lote)
        criterio = nn.CrossEntropyLoss()
        salida = llama(funcion, modelo, lotes, criterio, curas=curas)
        pide(
            modelo.modos,
            "no usa el `modelo` o el `dataloader` que recibe: ¿llamas a los "
            "del cuaderno?",
        )
        pide(
            modelo.textos == textos,
            f"de {textos} textos se miran {modelo.textos}: recorre todo el "
            "`dataloader`, una vez (¿un `return` dentro?).",
        )
        pide(
            not isinstance(salida, (tuple, list)),
            f"devuelve {muestra(salida)} y se pide un solo número.",
        )
        de_lotes = [
            criterio(s, c).item()
            for s, c in zip(
                logits.split(por_lote), clases.split(por_lote), strict=True
            )
        ]
        bien, n = criterio(logits, clases).item(), len(de_lotes)
        ultimo = textos - por_lote * (n - 1)
        compara(
            numero(salida),
            bien,
            [
                (
                    sum(de_lotes) / n,
                    "es la media de las medias: el último lote tiene menos "
                    "textos y pesa como los demás. Multiplica cada una por "
                    "su tamaño.",
                ),
                (
                    bien * textos,
                    "es la suma de todas; falta dividir entre los textos.",
                ),
                (
                    sum(de_lotes),
                    "sumas las medias de los lotes, sin su tamaño.",
                ),
                (
                    sum(de_lotes) / textos,
                    "divides entre los textos, pero sumas una media por "
                    "lote: multiplica cada una por su tamaño.",
                ),
                (
                    bien * textos / n,
                    "divides entre el número de lotes; es entre los textos.",
                ),
                (
                    sum(de_lotes) * por_lote / textos,
                    "multiplicas todas por el tamaño de los lotes enteros, y "
                    "el último mide menos: `len(label)`.",
                ),
                (
                    sum(de_lotes) * ultimo / textos,
                    "multiplicas todas por el tamaño del último lote: "
                    "multiplica dentro del bucle.",
                ),
                (
                    de_lotes[-1],
                    "es la pérdida del último lote: `=` reemplaza, `+=` "
                    "acumula.",
                ),
            ],
            f"sale {muestra(salida)}: cada texto debe pesar lo mismo. Suma "
            "pérdida por tamaño, y divide al final entre los textos.",
        )
        pide(
            not (torch.is_tensor(salida) and salida.requires_grad),
            "el número es correcto y arrastra su grafo: `.item()` saca solo "
            "el número.",
        )
        pide(
            not modelo.grafos_vivos,
            "el número es correcto, pero a mitad del camino seguían en la "
            "memoria los grafos de los lotes anteriores: `.item()` va en "
            "cada lote, no al final.",
        )
    return "Cada texto pesa lo mismo, caiga en el lote que caiga."
