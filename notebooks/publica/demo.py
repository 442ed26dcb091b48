"""El clasificador en una página: `demo.html`, con los pesos dentro.

La página no pide nada a ningún servidor: se abre desde el disco, desde un
teléfono o desde un *Space* estático del Hub.
"""

import base64
import json
from pathlib import Path

import numpy as np

from publica import revisa

PLANTILLA = Path(__file__).with_name("demo.html")
PESOS = {
    *("embedding.weight", "bn.weight", "bn.bias", "fc.weight", "fc.bias"),
    *("bn.running_mean", "bn.running_var"),
}


def crea_demo(modelo, tokens, clases, ejemplos=(), direccion=None):
    """Escribe la página de un `ModeloClasificacionTexto`.

    Args:
        modelo: el clasificador entrenado.
        tokens: el vocabulario, por orden de id y con `<unk>` en el 0.
        clases: los nombres, por orden.
        ejemplos: pares (nombre del botón, texto).
        direccion: la del modelo publicado, o None.

    Returns:
        str: HTML; unos 270 bytes por token con 48 columnas.

    Raises:
        ValueError: el modelo no es ese, o los tokens o las clases no son los
            suyos; dice qué poner.
    """
    pesos = _pesos(modelo)
    tokens = revisa.textos("tokens", tokens)
    clases = revisa.textos("clases", clases)
    medidas = len(pesos["embedding.weight"]), len(pesos["fc.bias"])
    if medidas != (len(tokens), len(clases)):
        raise ValueError(
            f"El modelo tiene {medidas[0]} tokens y {medidas[1]} clases; tú "
            f"pasas {len(tokens)} y {len(clases)}: usa los de su "
            "entrenamiento."
        )
    revisa.exige(
        tokens[0] == "<unk>" and len({*tokens}) == len(tokens),
        "Los tokens van por orden de id, sin repetirse y con <unk> en el 0: "
        "pasa list(vocab).",
    )
    if direccion is not None:
        revisa.direccion("direccion", direccion)
    datos = {
        "clases": clases,
        "tokens": tokens,
        "ejemplos": _pares(ejemplos),
        "direccion": direccion,
        "eps": modelo.bn.eps,
        "pesos": {
            nombre: base64.b64encode(valor.astype("<f4").tobytes()).decode()
            for nombre, valor in pesos.items()
        },
    }
    # Sin «<», ningún token puede cerrar la etiqueta que lo lleva.
    texto = json.dumps(datos, ensure_ascii=False).replace("<", "\\u003c")
    plantilla = PLANTILLA.read_text(encoding="utf-8")
    return plantilla.replace("{{modelo}}", texto, 1)


def _pesos(modelo):
    """Los del clasificador, en NumPy y por su nombre."""
    try:
        pesos = {
            nombre: tensor.detach().cpu().float().contiguous().numpy()
            for nombre, tensor in modelo.state_dict().items()
            if nombre != "bn.num_batches_tracked"
        }
    except AttributeError:  # no es un modelo, o lo que guarda no son tensores
        pesos = {}
    revisa.exige(
        {*pesos} == PESOS,
        "La página es la de un ModeloClasificacionTexto, y le llegó "
        f"{type(modelo).__name__}: pasa el clasificador que entrenaste.",
    )
    revisa.exige(
        all(np.isfinite(valor).all() for valor in pesos.values()),
        "El modelo tiene pesos que no son números finitos: entrénalo otra "
        "vez, con una tasa de aprendizaje menor.",
    )
    return pesos


def _pares(ejemplos):
    """Los ejemplos como lista de [nombre del botón, texto]."""
    try:
        pares = [revisa.textos("ejemplos", par) for par in ejemplos]
        revisa.exige(all(len(par) == 2 for par in pares), "")
    except (TypeError, ValueError):
        raise ValueError(
            "`ejemplos` son pares de textos: el nombre del botón y lo que "
            'escribe, como [("Un río", "The Amazon is a river.")].'
        ) from None
    return pares
