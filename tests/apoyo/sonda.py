"""Vigila a `comprueba` desde dentro del núcleo de un cuaderno.

`tests/test_ejercicios.py` la pone en cada cuaderno: lo que `comprueba` deje
tocado se imprime en una línea que empieza por `RASTRO`.
"""

import inspect
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from IPython import get_ipython
from IPython.utils.capture import capture_output
from torch import nn


def huella(valor):
    """Lo que no debe cambiar de una respuesta, en algo comparable."""
    if isinstance(valor, torch.Tensor):
        datos = valor.detach().to_dense()  # hay gradientes dispersos
        numeros = None if valor.is_meta else huella(datos.numpy())
        grad = valor.grad if valor.is_leaf else None
        return "tensor", numeros, valor.requires_grad, huella(grad)
    if isinstance(valor, np.ndarray):
        return valor.shape, str(valor.dtype), valor.tobytes()
    if isinstance(valor, nn.Module):
        modos = tuple(m.training for m in valor.modules())
        return modos, tuple(map(huella, valor.parameters()))
    if isinstance(valor, (list, tuple)):
        return type(valor), tuple(map(huella, valor))
    if isinstance(valor, Path):
        dentro = sorted(valor.rglob("*"))
        datos = (p.stat() for p in dentro)
        return str(valor), dentro, [(d.st_size, d.st_mtime_ns) for d in datos]
    if inspect.isfunction(valor) or inspect.isclass(valor):
        return id(valor), tuple(vars(valor))
    return repr(valor)


def estado(espacio, respuestas):
    """Todo lo que `comprueba` promete dejar como estaba."""
    azar_numpy = np.random.get_state()
    return {
        "el azar de Python": random.getstate(),
        "el azar de NumPy": (azar_numpy[1].tobytes(), azar_numpy[2:]),
        "el azar de PyTorch": torch.get_rng_state().numpy().tobytes(),
        "los gradientes": torch.is_grad_enabled(),
        "el tipo por omisión": torch.get_default_dtype(),
        # Los que empiezan por «__» son apuntes de `torch.compile`.
        "los nombres": {
            nombre: id(v)
            for nombre, v in espacio.items()
            if not nombre.startswith("__")
        },
        "la respuesta": huella(respuestas),
    }


def vigila(comprueba, espacio):
    """`comprueba`, con aviso de lo que toque y cuenta de lo que tarde.

    Args:
        comprueba: la de verdad.
        espacio: los nombres del cuaderno, `globals()`.
    """

    def vigilada(numero, *respuestas):
        antes = estado(espacio, respuestas)
        inicio = time.process_time()
        devuelto = comprueba(numero, *respuestas)
        vigilada.segundos += time.process_time() - inicio
        for nombre, valor in estado(espacio, respuestas).items():
            if valor != antes[nombre]:
                print(f"RASTRO: cambió {nombre}")
        if devuelto is not None:
            print("RASTRO: devuelve algo")

    vigilada.segundos = 0.0
    return vigilada


def responde(celdas):
    """Ejecuta celdas seguidas, e imprime en JSON lo que se lee de cada una.

    Pedirlas una a una al kernel cuesta más que ejecutarlas.

    Args:
        celdas: el código de cada una.
    """
    leido = []
    for celda in celdas:
        with capture_output() as salida:
            hecha = get_ipython().run_cell(celda, store_history=True)
        hecha.raise_error()
        vistas = [s.data.get("text/plain", "") for s in salida.outputs]
        leido.append("".join([salida.stdout, salida.stderr, *vistas]))
    print(json.dumps(leido))
