"""3.11: si lo que se publica es todo del mismo modelo."""

import random

import torch

from ejercicios.piezas import ejercicio, llama, muestra, pide
from helpers.clasificador import ModeloClasificacionTexto

_NOMBRES = "vocab_size", "embed_dim", "num_class"
_NO_ENCAJAN = (
    "que no encajen no es un error de tu función: es el caso en que devuelve "
    "`False`"
)
_PUEDE_FALTAR = (
    "un tensor puede faltar o llamarse de otro modo: es un caso en que "
    "devuelve `False`"
)
_CURAS = {
    "size mismatch": _NO_ENCAJAN,
    "Missing key": _NO_ENCAJAN,
    "Unexpected key": _NO_ENCAJAN,
    "'embedding.weight'": _PUEDE_FALTAR,
    "'bn.running_mean'": _PUEDE_FALTAR,
    "'fc.bias'": _PUEDE_FALTAR,
}


def _publicado(medidas):
    """(tokens, config, pesos) de un modelo con esas medidas."""
    modelo = ModeloClasificacionTexto(*medidas)
    tokens = ["<unk>", *(f"t{i}" for i in range(1, medidas[0]))]
    pesos = {n: t.detach() for n, t in modelo.state_dict().items()}
    return tokens, dict(zip(_NOMBRES, medidas, strict=True)), pesos


def _casos():
    """(tokens, config, pesos, si encajan, cómo decirlo)."""
    for _ in range(2):
        v, d, c = random.sample(range(5, 40), 3)
        tokens, config, pesos = _publicado((v, d, c))
        otro = _publicado((v, d, c + 1))[2]
        tipo = pesos["bn.running_var"]
        yield tokens, config, pesos, True, "los tres son del mismo modelo"
        yield (
            [*tokens, "otro"],
            config,
            pesos,
            False,
            "el vocabulario tiene un token más que filas la tabla",
        )
        yield (
            tokens[:-1],
            config,
            pesos,
            False,
            "el vocabulario tiene un token menos que filas la tabla",
        )
        yield (
            [*tokens[:-1], tokens[1]],
            config,
            pesos,
            False,
            "el vocabulario lleva un token dos veces, y una fila se queda "
            "sin dueño",
        )
        for nombre in _NOMBRES:
            yield (
                tokens,
                config | {nombre: config[nombre] + 1},
                pesos,
                False,
                f"`{nombre}` de `config` no es la medida de los tensores",
            )
        yield (
            tokens,
            config,
            pesos | {"fc.bias": otro["fc.bias"]},
            False,
            "un tensor, `fc.bias`, es de otro modelo",
        )
        for falta in ("bn.running_mean", "embedding.weight", "fc.bias"):
            yield (
                tokens,
                config,
                {n: t for n, t in pesos.items() if n != falta},
                False,
                f"falta un tensor, `{falta}`",
            )
        yield (
            tokens,
            config,
            {f"_orig_mod.{n}": t for n, t in pesos.items()},
            False,
            "los nombres llevan `_orig_mod.`, los de un modelo compilado",
        )
        yield (
            tokens,
            config,
            pesos | {"fc2.weight": tipo},
            False,
            "sobra un tensor, `fc2.weight`",
        )
        yield (
            tokens,
            config,
            pesos | {"fc.weight": pesos["fc.weight"].T},
            False,
            "un tensor, `fc.weight`, tiene los mismos números en otra forma",
        )


@ejercicio("3.11")
def encaja(funcion):
    """¿Es todo del mismo modelo?"""
    for tokens, config, pesos, bien, caso in _casos():
        salida = llama(
            funcion, list(tokens), dict(config), dict(pesos), curas=_CURAS
        )
        pide(
            isinstance(salida, bool)
            or (torch.is_tensor(salida) and salida.numel() == 1)
            or type(salida).__name__ in ("bool_", "bool"),
            f"devuelve {muestra(salida)} y se pide `True` o `False`.",
        )
        pide(
            bool(salida) == bien,
            f"si {caso}, devuelve {bool(salida)} y es {bien}.",
        )
    return "Cargar sin error no basta; con esto, además, predice lo suyo."
