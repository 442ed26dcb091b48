"""El ejercicio de 2.2: un modelo con tres parámetros."""

import torch

from ejercicios.piezas import (
    crea,
    ejercicio,
    forma,
    igual,
    llama,
    pide,
    pide_tensor,
)


def _comunes(modelo):
    """Los nombres de los tensores que guarda y que no son parámetros."""
    suyos = vars(modelo) | dict(modelo.named_buffers())
    return [nombre for nombre, v in suyos.items() if torch.is_tensor(v)]


def _pide_gradientes_de_parabola(salida, parametros, x):
    """A cada coeficiente le llega su gradiente."""
    perdido = (
        "la salida no sigue el gradiente de los tres: sobra `.detach()`, "
        "`.item()`, `.data` o `requires_grad=False`, y no se podría entrenar."
    )
    pide(salida.requires_grad, perdido)
    salida.sum().backward()
    pide(all(p.grad is not None for p in parametros), perdido)
    suyos = torch.cat([p.grad.flatten() for p in parametros])
    buenos = torch.stack([(x**2).sum(), x.sum(), torch.tensor(len(x) * 1.0)])
    pide(igual(suyos.sort().values, buenos.sort().values), perdido)


@ejercicio("2.2")
def parabola(clase):
    """Un modelo con tres parámetros"""
    for otras in ([3.0], [0.5, -0.5, 4.0]):
        modelo, otro = crea(clase), crea(clase)
        puntos = [0.0, 1.0, -1.0, 2.0, -2.0, *otras]
        x = torch.tensor(puntos).unsqueeze(dim=1)
        salida = llama(modelo, x)
        pide_tensor(salida, forma(x))
        parametros = list(modelo.parameters())
        cuantos = sum(p.numel() for p in parametros)
        pide(
            cuantos > 0,
            "`state_dict()` está vacío: un tensor común no es un parámetro. "
            "Envuélvelo en `nn.Parameter` y guárdalo en `self`.",
        )
        pide(
            not igual(salida, llama(otro, x)),
            "dos modelos nuevos son iguales: los parámetros nacen al azar, "
            "con `torch.randn(1)`.",
        )
        pide(
            igual(salida, llama(modelo, x)),
            "dos llamadas iguales dan distinto: los parámetros se crean en "
            "`__init__`, no en `forward`.",
        )
        c, en_1, en_menos_1 = salida[:3, 0].tolist()
        a, b = (en_1 + en_menos_1) / 2 - c, (en_1 - en_menos_1) / 2
        pide(
            not igual(salida, (en_1 - c) * x + c),
            "sale una recta: falta el término con `x**2` (`x * 2` es el "
            "doble, no el cuadrado).",
        )
        pide(
            igual(salida, a * x**2 + b * x + c),
            "lo que calcula no es una parábola: es a·x² + b·x + c.",
        )
        comunes = ", ".join(f"`{nombre}`" for nombre in _comunes(modelo))
        pide(
            cuantos == 3,
            f"tiene {cuantos} parámetros y se piden 3: a, b y c."
            + (
                f" Es un tensor común {comunes}: falta `nn.Parameter`."
                if comunes
                else ""
            ),
        )
        valores = torch.cat([p.detach().flatten() for p in parametros])
        pide(
            igual(valores.sort().values, sorted((a, b, c))),
            "los coeficientes que calcula no son los tres parámetros: en "
            "a·x² el cuadrado es solo de x.",
        )
        pide(
            len(set(valores.tolist())) == 3,
            "los parámetros nacen iguales entre sí: cada uno con su propio "
            "número al azar.",
        )
        _pide_gradientes_de_parabola(salida, parametros, x)
    return "Tres `nn.Parameter` y un `forward`: ya se puede entrenar."
