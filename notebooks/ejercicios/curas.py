"""Los mensajes de error conocidos y qué hacer con cada uno."""

from difflib import get_close_matches
from textwrap import shorten

# Un trozo del mensaje de error → qué hacer; gana el primero que esté.
_CURAS = {
    "before Module.__init__()": "`super().__init__()`, con sus paréntesis, va "
    "lo primero",
    "of 'super' object": "`super()` lleva paréntesis: `super().__init__()`",
    'missing the required "forward"': "falta el método `forward`",
    "positional argument": "deja los parámetros como en la plantilla",
    "unexpected keyword argument": "ese argumento no existe con ese nombre; "
    "en la plantilla están los que hay",
    "shapes cannot be multiplied": "en `@` y en una capa lineal los números "
    "de dentro deben coincidir: mira si falta transponer o sobra un eje",
    "index out of range in self": "un id no cabe en la tabla: "
    "`nn.Embedding(vocab_size, embedding_dim)`, en ese orden",
    "list index out of range": "una lista de n elementos va del 0 al n − 1",
    "out of bounds for dimension": "ese índice no cabe en el eje: va del 0 "
    "a su tamaño menos 1",
    "at least 1D": "a la capa llega un número suelto: ¿falta `dim`?",
    "must match the size of tensor": "alinea las formas por la derecha: falta "
    "o sobra un eje de tamaño 1",
    "same dtype": "al multiplicar, los dos llevan el mismo tipo: `.float()` o "
    "`.to`",
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
    "Inference tensors cannot": "ese tensor nació en `inference_mode`, donde "
    "no se siguen gradientes: créalo fuera",
    "empty parameter list": "envuelve los parámetros en `nn.Parameter`",
    "requires grad. Use": "el tensor lleva gradiente: `.detach()`",
    "bitwise_xor": "la potencia se escribe `**`; `^` es otra operación",
    "no attribute 'detach'": "`nn.Parameter` recibe un tensor, como "
    "`torch.randn(1)`",
    "can require gradients": "un parámetro lleva decimales: `torch.randn(1)`",
    "has no attribute": "revisa el nombre, y si ese objeto lo tiene",
    "recursion depth": "la función se llama a sí misma y nunca acaba",
    "can't allocate memory": "pide demasiada memoria: mira qué forma tiene "
    "lo que creas",
    "raw_input was called": "no preguntes con `input`: usa lo que recibe la "
    "función",
}
_CURAS_DE_TIPO = {
    "MemoryError": "pide demasiada memoria: mira qué forma tiene lo que creas",
    "NotImplementedError": "falta escribirla: quita el `raise`",
    "SystemExit": "quita `exit()` o `sys.exit()`: no cierres el programa",
}


def _cura_de_nombre(error, marco):
    """Qué hacer con un nombre que no existe, según dónde se usó."""
    nombre = error.name or str(error).partition("'")[2].partition("'")[0]
    locales = {} if marco is None else marco.f_locals
    globales = {} if marco is None else marco.f_globals
    if "self" in locales and hasattr(locales["self"], nombre):
        return f"falta `self.`: `self.{nombre}`"
    hay = [*locales, *(n for n in globales if not n.startswith("_"))]
    parecidos = get_close_matches(nombre, hay, cutoff=0.8)
    if parecidos:
        return f"¿querías decir `{parecidos[0]}`? Corrígelo"
    return (
        "revisa cómo se escribe; si es un nombre del cuaderno y reiniciaste "
        "el kernel, ejecuta la celda que lo define (en JupyterLab, «Run All "
        "Above Selected Cell»)"
    )


def _busca(error, curas):
    return next((c for t, c in curas.items() if t in str(error)), None)


def explica(error, curas=None, marco=None):
    """Una excepción en una línea, y qué hacer si es de las conocidas.

    Args:
        error: la excepción.
        curas: {trozo del mensaje: qué hacer}, antes que las de siempre.
        marco: el del código del estudiante donde ocurrió, si se sabe.
    """
    linea = (str(error).strip() or "sin mensaje").splitlines()[0]
    tipo = type(error).__name__
    texto = f"{tipo}: {shorten(linea, 110, placeholder=' …')}".rstrip("?.!:")
    cura = _busca(error, curas or {})
    if cura is None and isinstance(error, NameError):
        cura = _cura_de_nombre(error, marco)
    cura = cura or _busca(error, _CURAS) or _CURAS_DE_TIPO.get(tipo)
    return f"{texto}." + (f" Qué hacer: {cura}." if cura else "")
