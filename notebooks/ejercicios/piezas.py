"""Las piezas con que se escribe la comprobación de un ejercicio.

La receta está en `ejercicios/__init__.py`.
"""

import dis
import inspect
from textwrap import shorten

import torch
from torch import nn

EJERCICIOS = {}  # número → función que revisa; el orden es el del curso

# Un trozo del mensaje de error → qué hacer; gana el primero que esté.
_CURAS = {
    "before Module.__init__()": "`super().__init__()`, con sus paréntesis, va "
    "lo primero",
    "of 'super' object": "`super()` lleva paréntesis: `super().__init__()`",
    'missing the required "forward"': "falta el método `forward`",
    "positional argument": "deja los parámetros como en la plantilla",
    "shapes cannot be multiplied": "en `@` y en una capa lineal los números "
    "de dentro deben coincidir: mira si falta transponer o sobra un eje",
    "index out of range": "un id o un índice no cabe: "
    "`nn.Embedding(vocab_size, embedding_dim)`, en ese orden",
    "at least 1D": "a la capa llega un número suelto: ¿falta `dim`?",
    "must match the size of tensor": "alinea las formas por la derecha: falta "
    "o sobra un eje de tamaño 1",
    "same dtype": "`@` pide el mismo tipo en los dos: `.float()` o `.to`",
    "could not infer output dtype": "una media pide decimales: `.float()`",
    "tensors used as indices": "los índices son enteros: `.long()`",
    "one of the following scalar types: Long": "los ids son enteros",
    "expected device": "están en dispositivos distintos: `.to(otro.device)`",
    "on the same device": "están en dispositivos distintos: "
    "`.to(otro.device)`",
    "not compiled with CUDA": 'toma el dispositivo de un tensor, no "cuda"',
    "NVIDIA driver": 'toma el dispositivo de un tensor, no "cuda"',
    "out of meta": "de `meta` no se vuelve: muévelo en el otro sentido",
    "leaf Variable": "un parámetro se cambia donde no se siguen gradientes: "
    "`with torch.no_grad():`",
    "does not have a grad_fn": "se perdió el gradiente: se predijo con "
    "`inference_mode`, o la pérdida pasó por `.item()`",
    "backward through the graph a second time": "calcula la pérdida en cada "
    "vuelta, antes de `backward()`",
    "empty parameter list": "envuelve los parámetros en `nn.Parameter`",
    "requires grad. Use": "el tensor lleva gradiente: `.detach()`",
    "is not defined": "ese nombre no existe ahí; revisa cómo se escribe (en "
    "una clase, ¿falta `self.`?)",
    "bitwise_xor": "la potencia se escribe `**`; `^` es otra operación",
    "no attribute 'detach'": "`nn.Parameter` recibe un tensor, como "
    "`torch.randn(1)`",
    "can require gradients": "un parámetro lleva decimales: `torch.randn(1)`",
    "has no attribute": "revisa el nombre, y si ese objeto lo tiene",
}


class Pista(Exception):
    """Lo que le falta a una respuesta, dicho en una frase."""


def ejercicio(numero):
    """Apunta la función que revisa el ejercicio `numero`.

    Esa función recibe la respuesta, lanza `Pista` si le falta algo y, si no,
    devuelve la frase que cierra. La primera línea de su docstring es el
    título (hasta 32 letras).
    """

    def apunta(revisa):
        EJERCICIOS[numero] = revisa
        return revisa

    return apunta


def _vacia(funcion):
    """Si su cuerpo no hace nada: `...`, `pass` o solo el docstring."""
    pasos = [
        paso
        for paso in dis.get_instructions(funcion)
        if paso.opname not in ("RESUME", "NOP")
    ]
    nombres = [paso.opname for paso in pasos]
    return pasos[0].argval is None and nombres in (
        ["LOAD_CONST", "RETURN_VALUE"],
        ["RETURN_CONST"],  # desde Python 3.12
    )


def pendiente(respuesta):
    """Si la plantilla está sin tocar.

    Es `...`, una función que no hace nada o una clase con todos sus métodos
    así. Una función a medias ya no está pendiente.
    """
    if inspect.isclass(respuesta):
        metodos = filter(inspect.isfunction, vars(respuesta).values())
        return all(map(_vacia, metodos))
    if inspect.isfunction(respuesta):
        return _vacia(respuesta)
    return respuesta is ...


def pide(condicion, pista):
    """Sigue si se cumple; si no, la pista."""
    if not condicion:
        raise Pista(pista)


def igual(obtenido, esperado, tol=1e-4):
    """Misma forma y mismos números; el tipo y el dispositivo no cuentan.

    A un número suelto le vale también un tensor de un solo número.

    Args:
        obtenido, esperado: tensores, arreglos, listas o números.
        tol: diferencia admitida, absoluta más relativa.

    Returns:
        bool: False también si algo no se puede leer como tensor.
    """
    try:
        a, b = (
            torch.as_tensor(t).detach().cpu().double()
            for t in (obtenido, esperado)
        )
    except (TypeError, ValueError, RuntimeError):  # texto, filas desiguales…
        return False
    if b.ndim == 0 and a.numel() == 1:
        a = a.reshape(())
    return a.shape == b.shape and torch.allclose(a, b, rtol=tol, atol=tol)


def compara(obtenido, esperado, tipicos=None, pista=None):
    """Sigue si son iguales; si no, la pista del error típico que coincida.

    Args:
        obtenido, esperado: como en `igual`.
        tipicos: {pista: lo que saldría con ese error}.
        pista: para los demás; sin ella se dice lo que salió.
    """
    if igual(obtenido, esperado):
        return
    for suya, error in (tipicos or {}).items():
        pide(not igual(obtenido, error), suya)
    if pista is None:
        if torch.is_tensor(obtenido) and torch.is_tensor(esperado):
            pide_tensor(obtenido, forma(esperado))
        pista = f"salió {muestra(obtenido)}: no son esos números."
    raise Pista(pista)


def muestra(valor):
    """Un valor en una línea corta."""
    try:
        valor = torch.as_tensor(valor).detach().cpu()
        if valor.is_floating_point():
            valor = valor.double().round(decimals=4)
        valor = valor.tolist()
    except (TypeError, ValueError, RuntimeError):
        pass  # no son números: se muestra como lo muestra Python
    return shorten(repr(valor), 70, placeholder=" …")


def forma(tensor):
    """La forma como se escribe en el curso: (3, 4)."""
    return tuple(tensor.shape)


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
        return float(valor)
    except (TypeError, ValueError, RuntimeError):
        raise Pista(f"se pide un número y es de tipo {nombre}.") from None


def explica(error, curas=None):
    """Una excepción en una línea, con su cura si es de las conocidas.

    Args:
        error: la excepción.
        curas: {trozo del mensaje: qué hacer}, antes que las de siempre.
    """
    linea = (str(error).strip() or "sin mensaje").splitlines()[0]
    texto = f"{type(error).__name__}: {shorten(linea, 110, placeholder=' …')}"
    for trozo, cura in ((curas or {}) | _CURAS).items():
        if trozo in str(error):
            return f"{texto.rstrip('.!:')}. La cura: {cura}."
    return f"{texto.rstrip('.!:')}."


def llama(funcion, *args, devuelve=True, curas=None):
    """Llama a lo que escribió el estudiante.

    Args:
        funcion: función, clase o modelo suyo.
        args: los tensores que estén aquí no deben cambiar.
        devuelve: si se espera un resultado.
        curas: las de este ejercicio, como en `explica`.

    Raises:
        Pista: no es una función, lanzó una excepción, cambió un tensor o le
            falta el `return`.
    """
    nombre = getattr(funcion, "__name__", type(funcion).__name__)
    pide(
        callable(funcion),
        f"es de tipo {nombre}: pasa la función o la clase, sin llamarla.",
    )
    antes = [
        (arg, arg.detach().clone())
        for arg in args
        if isinstance(arg, torch.Tensor) and not arg.is_meta
    ]
    try:
        resultado = funcion(*args)
    except (Exception, SystemExit) as error:
        raise Pista(f"`{nombre}` lanzó {explica(error, curas)}") from None
    pide(
        all(igual(arg, copia) for arg, copia in antes),
        f"`{nombre}` cambia un tensor que recibe: `x -= y` escribe en `x`; "
        "`x - y` crea otro.",
    )
    pide(
        not devuelve or resultado is not None,
        f"`{nombre}` no devuelve nada: falta `return`.",
    )
    return resultado


def crea(clase, *args):
    """Un modelo nuevo de la clase del estudiante.

    Raises:
        Pista: no es una clase, no hereda de `nn.Module` o falló `__init__`.
    """
    pide(
        inspect.isclass(clase),
        f"es de tipo {type(clase).__name__}: pasa la clase, sin paréntesis.",
    )
    pide(issubclass(clase, nn.Module), "la clase no hereda de `nn.Module`.")
    modelo = llama(clase, *args)
    pide(
        "_parameters" in vars(modelo),
        "falta `super().__init__()` al empezar `__init__`.",
    )
    return modelo


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
