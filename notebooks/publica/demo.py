"""El clasificador en una página: `demo.html`, con los pesos dentro.

La página no pide nada a ningún servidor: se abre desde el disco, desde un
teléfono o desde un *Space* estático del Hub.
"""

import base64
import json
from pathlib import Path

PLANTILLA = Path(__file__).with_name("demo.html")


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
        ValueError: los tokens o las clases no son los del modelo.
    """
    pesos = {
        nombre: tensor.detach().cpu().float().contiguous().numpy()
        for nombre, tensor in modelo.state_dict().items()
        if nombre != "bn.num_batches_tracked"
    }
    medidas = len(pesos["embedding.weight"]), len(pesos["fc.bias"])
    if medidas != (len(tokens), len(clases)):
        raise ValueError(
            f"El modelo tiene {medidas[0]} tokens y {medidas[1]} clases; tú "
            f"pasas {len(tokens)} y {len(clases)}: usa los de su "
            "entrenamiento."
        )
    datos = {
        "clases": list(clases),
        "tokens": list(tokens),
        "ejemplos": [list(par) for par in ejemplos],
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
