"""Las piezas con que se escribe la comprobación de un ejercicio.

La receta está en `ejercicios/__init__.py`.
"""

import dis
import inspect

import torch

from ejercicios.llamada import crea, llama, pide
from ejercicios.registro import EJERCICIOS, Pista, ejercicio
from ejercicios.valores import forma, igual, muestra

__all__ = [
    "EJERCICIOS",
    "Pista",
    "compara",
    "compara_gradiente",
    "crea",
    "ejercicio",
    "forma",
    "igual",
    "llama",
    "muestra",
    "numero",
    "pendiente",
    "pide",
    "pide_tensor",
    "usa_bucle",
]


def _vacia(funcion):
    """Si su cuerpo no hace nada: `...`, `pass`, solo el docstring o un
    `raise NotImplementedError`."""
    pasos = [
        paso
        for paso in dis.get_instructions(funcion)
        if paso.opname not in ("RESUME", "NOP", "CACHE", "PUSH_NULL")
    ]
    nombres = [paso.opname for paso in pasos]
    if pasos[0].argval == "NotImplementedError":
        return nombres[-1] == "RAISE_VARARGS" and len(pasos) <= 5
    return pasos[0].argval is None and nombres in (
        ["LOAD_CONST", "RETURN_VALUE"],
        ["RETURN_CONST"],  # desde Python 3.12
    )


def pendiente(respuesta):
    """Si la plantilla está sin tocar.

    Es `...`, `NotImplemented`, una función que no hace nada o una clase con
    todos sus métodos así. Una función a medias ya no está pendiente. Una
    tupla o una lista lo está si le falta alguna de sus partes.
    """
    if inspect.isclass(respuesta):
        metodos = filter(inspect.isfunction, vars(respuesta).values())
        return all(map(_vacia, metodos))
    if inspect.isfunction(respuesta):
        return _vacia(respuesta)
    if type(respuesta) in (tuple, list) and len(respuesta) < 50:
        return any(parte is ... for parte in respuesta)
    return respuesta is ... or respuesta is NotImplemented


def compara(obtenido, esperado, tipicos=(), pista=None):
    """Sigue si son iguales; si no, la pista del error típico que coincida.

    Args:
        obtenido, esperado: como en `igual`.
        tipicos: pares (lo que saldría con ese error, su pista).
        pista: para los demás; sin ella se dice lo que salió.
    """
    if igual(obtenido, esperado):
        return
    if isinstance(tipicos, dict):
        tipicos = [(error, suya) for suya, error in tipicos.items()]
    for error, suya in tipicos or ():
        pide(not igual(obtenido, error), suya)
    if pista is None:
        if torch.is_tensor(obtenido) and torch.is_tensor(esperado):
            pide_tensor(obtenido, forma(esperado))
        pista = f"salió {muestra(obtenido)}: no son esos números."
    raise Pista(pista)


def compara_gradiente(obtenido, esperado, *entradas, pista):
    """Sigue si `obtenido` se deriva igual que `esperado`.

    Args:
        obtenido: el tensor del estudiante.
        esperado: el mismo valor, calculado aquí.
        entradas: los tensores con gradiente de los que salen los dos.
        pista: si el gradiente se perdió o es otro.
    """
    pide(torch.is_tensor(obtenido) and obtenido.requires_grad, pista)

    def deriva(salida):
        return torch.autograd.grad(
            salida.sum(), entradas, allow_unused=True, retain_graph=True
        )

    try:
        suyos = deriva(obtenido)
    except RuntimeError:  # el grafo se rompió, o ya se usó
        raise Pista(pista) from None
    for suyo, bueno in zip(suyos, deriva(esperado), strict=True):
        pide((suyo is None) == (bueno is None), pista)
        pide(bueno is None or igual(suyo, bueno), pista)


def pide_tensor(valor, tamano=None, pistas=None, cuando=""):
    """Pide un tensor con datos y, si se da, de ese tamaño.

    Args:
        valor: lo que entregó el estudiante.
        tamano: tupla con la forma que se pide.
        pistas: {forma que saldría con un error típico: pista}.
        cuando: con qué datos, si la respuesta es una función.
    """
    pide(
        isinstance(valor, torch.Tensor),
        f"es de tipo {type(valor).__name__} y se pide un tensor de PyTorch.",
    )
    pide(not valor.is_meta, "está en `meta`, que no tiene datos.")
    if tamano is not None and forma(valor) != tamano:
        general = f"{cuando}la forma es {forma(valor)} y se pide {tamano}."
        raise Pista((pistas or {}).get(forma(valor), general))


def numero(valor):
    """Un número suelto (o un tensor de un solo número) como `float`."""
    nombre = type(valor).__name__
    pide(
        not isinstance(valor, (str, type(None))),
        f"se pide un número y es de tipo {nombre}.",
    )
    try:
        uno = getattr(valor, "size", None) == 1  # un arreglo de uno
        return float(valor.item() if uno else valor)
    except Exception:
        raise Pista(f"se pide un número y es de tipo {nombre}.") from None


def usa_bucle(funcion):
    """Si en el código de la función hay un `for`, un `while` o una lista por
    comprensión."""
    codigos = [getattr(funcion, "__code__", None)]
    while codigos:
        codigo = codigos.pop()
        if not inspect.iscode(codigo):
            continue
        for paso in dis.get_instructions(codigo):
            if paso.opname == "FOR_ITER" or "BACKWARD" in paso.opname:
                return True
        codigos.extend(codigo.co_consts)
    return False
