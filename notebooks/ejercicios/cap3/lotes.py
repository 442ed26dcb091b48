"""3.3: un lote de textos, `text` y `offsets`, y cómo se deshace."""

import torch

from ejercicios.cap3.texto import lista_de
from ejercicios.piezas import Pista, ejercicio, llama, muestra, pide

_SIN_SIGUIENTE = (
    "el último texto no tiene inicio siguiente: termina donde termina `text`"
)
_DE_UNO = "con un lote de un solo texto falla: recorre los `offsets` que haya"
CURAS_DE_LOTE = {
    "list index out of range": _SIN_SIGUIENTE,
    "out of bounds": _SIN_SIGUIENTE,
    "split_sizes to sum": "`offsets` guarda inicios, no largos",
    "attribute 'append'": "`offsets` es un tensor y no crece; haz una lista "
    "con los finales",
    "'Tensor' and 'list'": "`+` no une un tensor con una lista; pasa uno de "
    "los dos al tipo del otro",
    "expected Tensor as element": "`cat` une tensores: `torch.tensor([n])`",
}


def lote_al_azar(largos, ids=10):
    """`(text, offsets, trozos)` con textos de esos largos.

    Args:
        largos: cuántos tokens lleva cada texto.
        ids: los ids van de 0 a `ids` − 1.
    """
    largos = torch.tensor(largos)
    text = torch.randint(ids, (int(largos.sum()),))
    offsets = largos.cumsum(0) - largos
    return text, offsets, [t.tolist() for t in text.split(largos.tolist())]


def _como_listas(trozos):
    return [torch.as_tensor(t).tolist() for t in trozos]


@ejercicio("3.3")
def desarma(funcion):
    """Deshacer un lote"""
    curas = CURAS_DE_LOTE | {
        "stack expects each tensor": "los textos no miden lo mismo y no caben "
        "en un tensor: deja la lista"
    }
    for largos in ([3, 1, 4, 2], [2, 6, 5, 1, 3, 2, 7], [1, 5], [3]):
        if len(largos) == 1:
            curas |= {"out of bounds": _DE_UNO, "out of range": _DE_UNO}
        text, offsets, bien = lote_al_azar(largos)
        salida = llama(funcion, text, offsets, curas=curas)
        trozos = lista_de(salida, "con los ids de cada texto")
        try:
            trozos = _como_listas(trozos)
        except (TypeError, ValueError, RuntimeError):
            raise Pista(
                f"salió {muestra(salida)}: cada elemento es un texto, con "
                "sus ids."
            ) from None
        if trozos != bien:
            _di_que_falla(trozos, text, offsets, bien)
    return "El lote no pierde nada: se arma y se desarma."


def _di_que_falla(trozos, text, offsets, bien):
    con = f"con {len(bien)} textos, de {[len(t) for t in bien]} tokens, "
    pide(
        not trozos or any(isinstance(t, list) for t in trozos),
        f"{con}salen números sueltos: reúne los ids de cada texto en su "
        "propia lista.",
    )
    finales = [*offsets[1:].tolist(), len(text)]
    tipicos = [
        (
            bien[:-1],
            "falta el último texto: no tiene inicio siguiente, y termina "
            "donde termina `text`.",
        ),
        (
            [*bien[:-1], bien[-1][:-1]],
            "al último texto le falta su último token: `-1` como final lo "
            "deja fuera.",
        ),
        (
            [*bien[:-1], []],
            "el último texto sale vacío: termina donde termina `text`.",
        ),
        (
            [[], *bien],
            "sobra un trozo vacío delante: el primer corte está en el "
            "segundo inicio.",
        ),
        (
            [*bien, []],
            "sobra un trozo vacío al final: hay tantos textos como inicios.",
        ),
        (
            [
                text[a : b + 1].tolist()
                for a, b in zip(offsets, finales, strict=True)
            ],
            "cada texto se lleva el primer token del siguiente: el final de "
            "un corte no se incluye.",
        ),
        (
            [text[a:].tolist() for a in offsets],
            "cada texto llega hasta el final del lote: termina donde empieza "
            "el siguiente.",
        ),
        (
            [text[:b].tolist() for b in finales],
            "cada texto empieza al principio del lote: empieza en su inicio.",
        ),
        (
            [text[:a].tolist() for a in offsets],
            "cada texto empieza al principio del lote: empieza en su inicio.",
        ),
        (
            bien[:1],
            "salió solo el primer texto: ¿un `return` dentro del bucle?",
        ),
        (
            [t[:-1] for t in bien],
            "a cada texto le falta su último token: el final de un corte ya "
            "queda fuera.",
        ),
        (
            [text[a : a + a].tolist() for a in offsets],
            "usas cada inicio como si fuera un largo: `offsets` dice dónde "
            "empieza cada texto.",
        ),
    ]
    for error, pista in tipicos:
        pide(trozos != error, pista)
    pide(
        len(trozos) == len(bien),
        f"{con}el largo del resultado es {len(trozos)}: va un trozo por "
        "texto, tantos como `offsets`.",
    )
    raise Pista(
        f"{con}salen trozos de {[len(t) for t in trozos]}: cada uno va de su "
        "inicio al siguiente."
    )
