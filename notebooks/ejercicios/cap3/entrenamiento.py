"""3.5 y 3.6: la pérdida, su media y la evaluación."""

import weakref

import torch
from torch import nn
from torch.autograd.graph import saved_tensors_hooks
from torch.utils.data import DataLoader

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

_POR_LOTE = {
    "not enough values to unpack": "cada lote es `label, text, offsets`",
    "too many values to unpack": "cada lote es `label, text, offsets`",
    "forward() missing": "el modelo recibe `text` y `offsets`",
    "forward() takes": "el modelo recibe `text` y `offsets`",
    "out of bounds": "usa el `dataloader` que recibe la función, no uno del "
    "cuaderno",
    "not subscriptable": "un `DataLoader` se recorre con `for`; no lleva "
    "corchetes",
}


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
        salida = llama(funcion, salidas, clases, curas=curas)
        _pide_entropia(salida, salidas, clases)
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


class _Testigo:
    """Vive mientras viva el grafo de un lote."""

    def __init__(self, tensor):
        self.tensor = tensor


class _Puntua(nn.Module):
    """Da a cada texto los logits de su primer id, y anota cómo se le llama.

    Args:
        logits: forma (textos, clases).
    """

    def __init__(self, logits):
        super().__init__()
        self.logits = nn.Parameter(logits)
        self.modos, self.sigue, self.textos = [], [], 0
        self._testigos, self.grafos_vivos = [], 0

    def _recuerda(self, tensor):
        testigo = _Testigo(tensor)
        self._testigos[-1].append(weakref.ref(testigo))
        return testigo

    def forward(self, text, offsets):
        self.modos.append(self.training)
        self.sigue.append(torch.is_grad_enabled())
        self.textos += len(offsets)
        # El del lote anterior puede seguir con nombre; los de antes, no.
        vivos = [any(t() for t in suyos) for suyos in self._testigos[:-1]]
        self.grafos_vivos = max(self.grafos_vivos, sum(vivos))
        self._testigos.append([])
        with saved_tensors_hooks(self._recuerda, lambda t: t.tensor):
            return self.logits.to(text.device)[text[offsets]] * 1.0


def _cargador(clases, por_lote):
    """Un `DataLoader` de lotes `(label, text, offsets)`.

    Cada texto lleva de 1 a 3 ids, y el primero dice cuál es.
    """

    def reune(indices):
        text, offsets = [], []
        for i in indices:
            offsets.append(len(text))
            text += [i] + [0] * (i % 3)
        return clases[indices], torch.tensor(text), torch.tensor(offsets)

    return DataLoader(range(len(clases)), por_lote, collate_fn=reune)


@ejercicio("3.5b")
def perdida_media(funcion):
    """Corregir: la media de lotes"""
    curas = _POR_LOTE | {
        "'float' object has no attribute 'item'": "`.item()` va una sola "
        "vez: después ya es un número de Python",
    }
    for textos, por_lote in ((22, 4), (19, 8), (14, 3)):
        logits = 3 * torch.randn(textos, 6)
        clases = torch.randint(6, (textos,))
        modelo, lotes = _Puntua(logits), _cargador(clases, por_lote)
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


@ejercicio("3.6")
def entre_las_k(funcion):
    """Entre las k mejores"""
    curas = _POR_LOTE | {
        "non-singleton dimension 0": "hay una fila por texto: `topk` con "
        "`dim=1`, y cada lote es `label, text, offsets`, en ese orden",
        "must match": "`label` es una por texto y `topk` da k: ponla en "
        "columna, `label.unsqueeze(dim=1)`, antes de comparar",
        "'bool' object": "`topk` da valores e índices: toma `.indices`",
        "converted to Scalar": "elige primero los aciertos y súmalos "
        "antes de sacar el número",
        "more than one value is ambiguous": "compara texto por texto, y "
        "después suma",
    }
    casos = ((13, 6, 5, 2), (13, 6, 5, 3), (22, 9, 4, 4), (13, 6, 5, 1))
    for textos, columnas, por_lote, k in casos:
        logits = torch.randn(textos, columnas)
        puestos = logits.argsort(dim=1, descending=True)
        puesto = torch.tensor([0, 1, 0, 4, 2, 0, 0, 5, 1, 4, 2, 0, 4])
        puesto = puesto.repeat(2)[:textos] % columnas
        clases = puestos[torch.arange(textos), puesto]
        modelo, lotes = _Puntua(logits), _cargador(clases, por_lote)
        salida = llama(funcion, modelo, lotes, k, curas=curas)
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
            not any(modelo.modos),
            "el modelo seguía en modo de entrenamiento: falta "
            "`modelo.eval()`, con paréntesis y antes del bucle.",
        )
        pide(
            not any(modelo.sigue),
            "se siguieron los gradientes: falta `torch.inference_mode()`.",
        )
        pide(
            not isinstance(salida, (tuple, list)),
            f"devuelve {muestra(salida)} y se pide un solo número.",
        )
        pide(
            not (torch.is_tensor(salida) and salida.numel() > 1),
            "devuelve varios números y se pide uno: suma los aciertos de "
            "todos los lotes.",
        )
        _pide_las_k(salida, puesto, columnas, k, lotes)
    return "Con k = 1 es la exactitud; con 14, siempre 1."


def _pide_las_k(salida, puesto, columnas, k, lotes):
    dentro, textos = (puesto < k).double(), len(puesto)
    por_lote = [d.mean().item() for d in dentro.split(lotes.batch_size)]
    ultimo = dentro.split(lotes.batch_size)[-1]
    n, total = len(por_lote), dentro.sum().item()
    tokens = sum(len(text) for _, text, _ in lotes)

    def fraccion(cuales):
        return cuales.double().mean().item()

    bien, con_k = fraccion(dentro), f"con k = {k} "
    compara(
        numero(salida),
        bien,
        [
            (
                sum(por_lote) / n,
                "promedias las notas de los lotes, y el último tiene menos "
                "textos: suma aciertos y divide al final.",
            ),
            (
                fraccion(puesto == 0),
                f"{con_k}mide como `argmax`, que es k = 1: usa `topk`.",
            ),
            (
                total,
                "es el número de aciertos; falta dividir entre los textos.",
            ),
            (
                bien / k,
                "divides entre k veces los textos: cada uno cuenta una vez.",
            ),
            (
                sum(p > 0 for p in por_lote) / textos,
                "cuentas a lo sumo un acierto por lote: `any()` o `in` miran "
                "el lote entero.",
            ),
            (
                total / tokens,
                "divides entre los tokens: los textos son `len(label)`.",
            ),
            (
                sum(por_lote) / n / k,
                "promedias también las k columnas: cada texto cuenta una "
                "vez, y se divide al final.",
            ),
            (
                total / n,
                "divides entre el número de lotes; es entre los textos.",
            ),
            (
                sum(por_lote),
                "sumas las notas de los lotes; se pide la de todos.",
            ),
            (
                por_lote[-1],
                "es la nota del último lote: acumula los aciertos de todos.",
            ),
            (
                ultimo.sum().item() / textos,
                "cuentas los aciertos del último lote: `=` los reemplaza, "
                "`+=` los acumula.",
            ),
            (100 * bien, "está en porcentaje; se pide entre 0 y 1."),
            (1 - bien, "es la fracción de los que no están."),
            (
                fraccion(puesto >= columnas - k),
                "son las k menores; se piden las mayores.",
            ),
            (
                fraccion(puesto <= k),
                f"{con_k}miras una de más: son k en total.",
            ),
            (
                fraccion(puesto == k - 1),
                f"{con_k}miras solo la clase que va en el lugar k; valen "
                "también las de antes.",
            ),
            (1.0, "siempre aciertas: ¿tomas todas las clases, y no k?"),
        ],
        f"{con_k}sale {muestra(salida)}: cuenta los textos cuya clase está "
        "en los `indices` de `topk(k, dim=1)`.",
    )
