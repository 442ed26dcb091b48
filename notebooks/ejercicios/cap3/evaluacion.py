"""3.6: medir un modelo, entre las k mejores."""

import torch

from ejercicios.cap3.con_lotes import POR_LOTE, Puntua, cargador
from ejercicios.piezas import compara, ejercicio, llama, muestra, numero, pide


@ejercicio("3.6")
def entre_las_k(funcion):
    """Entre las k mejores"""
    curas = POR_LOTE | {
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
        modelo, lotes = Puntua(logits), cargador(clases, por_lote)
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
