"""3.12: abrir un archivo de pesos sin correr riesgos."""

import os
from unittest.mock import patch

import torch
from torch import nn

from ejercicios.cap4.guardar import carpeta_temporal
from ejercicios.piezas import Pista, compara, ejercicio, igual, llama, pide
from helpers.clasificador import ModeloClasificacionTexto

# Lo que `torch.save` pregunta para apuntar dónde estaba un tensor.
_SITIO = "torch.serialization.location_tag"
_AL_ABRIR = {
    "Weights only load failed": "así avisa el archivo con un intruso: "
    "atrapa ese error con `try` y devuelve `None`",
    "size mismatch": "las medidas del modelo salen de los tensores del "
    "archivo, no del cuaderno",
    "on a CUDA device": "se guardó en una GPU: `map_location`",
    "must be tuple of ints": "cada medida es un número: de la forma, el eje "
    "que toca",
    "'UnpicklingError' is not defined": "ese error vive en el módulo `pickle`",
}


class _Intruso:
    """Al abrir su pickle pediría llamar a una función, que deja `marca`."""

    def __init__(self, marca, funcion, *mas):
        self.pide = funcion, (str(marca), *mas)

    def __reduce__(self):
        return self.pide


# Cada archivo trae otro: una lista de nombres prohibidos no los conoce todos.
_INTRUSOS = (os.mkdir,), (open, "w")


def _entrenado(*medidas):
    """Un clasificador con números propios también en BatchNorm."""
    modelo = ModeloClasificacionTexto(*medidas).eval()
    modelo.bn.running_mean.normal_()
    modelo.bn.running_var.uniform_(0.5, 2)
    return modelo


@ejercicio("3.12")
def abre_seguro(funcion):
    """Abrir sin correr riesgos"""
    with carpeta_temporal() as carpeta:
        for i, medidas in enumerate(((7, 4, 3), (31, 6, 14))):
            modelo, ruta = _entrenado(*medidas), carpeta / f"{i}.pt"
            pesos = dict(modelo.state_dict())
            marca = carpeta / f"marca-{i}"
            intruso = _Intruso(marca, *_INTRUSOS[i])
            torch.save(pesos | {"extra": intruso}, ruta)
            _pide_que_no_pase(funcion, ruta, marca)
            torch.save(pesos, ruta)
            abierto = llama(funcion, ruta, devuelve=False, curas=_AL_ABRIR)
            _pide_modelo(abierto, modelo)
            with patch(
                "torch.serialization.location_tag", return_value="cuda:0"
            ):
                torch.save(pesos, ruta)
            abierto = llama(funcion, ruta, devuelve=False, curas=_AL_ABRIR)
            pide(
                abierto is not None
                and all(p.device.type == "cpu" for p in abierto.parameters()),
                "un archivo guardado en una GPU no llega a la CPU: falta "
                "`map_location`.",
            )
        _pide_que_avise(funcion, ruta, pesos)
    return "Leer, medir, construir, copiar, `eval()`; y a un intruso, no."


def _pide_que_no_pase(funcion, ruta, marca):
    abierto = None
    try:
        abierto = llama(funcion, ruta, devuelve=False, curas=_AL_ABRIR)
    finally:
        if marca.exists():
            raise Pista(
                "el archivo con un intruso se ejecutó: el nuestro creó algo "
                "en una carpeta, otro borraría la tuya. Lee con "
                "`weights_only=True`."
            )
    pide(
        abierto is None,
        "el archivo con un intruso no se abre, y ahí se pide `None`; devuelve "
        f"algo de tipo {type(abierto).__name__}.",
    )


def _pide_que_avise(funcion, ruta, pesos):
    """Los demás tropiezos son errores, y se deben ver."""
    entero = ruta.read_bytes()
    sin_uno = {n: t for n, t in pesos.items() if n != "bn.running_var"}
    esconde = (
        "devuelve None: un `except` que lo atrapa todo esconde lo que pasó. "
        "Atrapa solo `pickle.UnpicklingError`, y solo al leer."
    )
    casos = (
        (lambda: ruta.unlink(), "si el archivo no existe", ""),
        (
            lambda: ruta.write_bytes(entero[: len(entero) // 2]),
            "si el archivo quedó a medias",
            "",
        ),
        (
            lambda: torch.save(sin_uno, ruta),
            "si al archivo le falta un tensor, `bn.running_var`",
            "devuelve un modelo con números inventados en su lugar: sin "
            "`strict=False`.",
        ),
        (
            lambda: torch.save(pesos | {"otro": torch.ones(2)}, ruta),
            "si al archivo le sobra un tensor",
            "devuelve un modelo como si nada: `load_state_dict` avisa, sin "
            "`strict=False`.",
        ),
    )
    for deja, caso, abre_igual in casos:
        deja()
        try:
            salida = funcion(ruta)
        except Exception:  # es lo que se pide
            continue
        pide(salida is not None, f"{caso}, {esconde}")
        raise Pista(f"{caso}, {abre_igual or 'devuelve un modelo.'}")


def _pide_modelo(abierto, modelo):
    pide(
        abierto is not None,
        "con un archivo bueno, de otras medidas, devuelve None: ¿falta "
        "`return`, o un `except` esconde otro error?",
    )
    pide(
        not isinstance(abierto, dict),
        "son los pesos: falta construir con ellos un modelo.",
    )
    pide(
        not hasattr(abierto, "missing_keys"),
        "`load_state_dict` devuelve un informe; se pide el modelo.",
    )
    pide(
        isinstance(abierto, nn.Module),
        f"es de tipo {type(abierto).__name__} y se pide el modelo"
        + (": faltan unos paréntesis." if callable(abierto) else "."),
    )
    formas = [
        [p.shape for p in m.state_dict().values()] for m in (abierto, modelo)
    ]
    pide(
        formas[0] == formas[1],
        "el modelo no tiene las medidas del archivo: salen de sus tensores.",
    )
    pide(
        all(map(igual, abierto.parameters(), modelo.parameters())),
        "los números no son los del archivo: falta `load_state_dict`.",
    )
    pide(
        not any(m.training for m in abierto.modules()),
        "el modelo está en modo de entrenamiento: falta `eval()`.",
    )
    lote = torch.tensor([1, 2, 3, 6]), torch.tensor([0, 2])
    with torch.no_grad():
        compara(
            llama(abierto, *lote),
            modelo(*lote),
            pista="el modelo tiene los pesos del archivo y predice otra cosa: "
            "¿se copió también lo de BatchNorm?",
        )
