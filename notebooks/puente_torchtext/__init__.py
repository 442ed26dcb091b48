"""torchtext 0.18 sobre el PyTorch de hoy.

torchtext está archivado desde 2024: su parte en C++ se compiló para torch
2.3 y no carga en torch ≥ 2.4, y para Python ≥ 3.13 no hay paquete. Su capa
de Python sigue sana. Este puente pone en el lugar de esa parte el `Vocab` de
`vocab_python.py`; lo demás que la necesita avisa cuando se usa, con una
frase. Donde la parte en C++ carga, no toca nada.
"""

import importlib.abc
import importlib.util
import os
import sys
import types
import warnings
from pathlib import Path

import torch

from puente_torchtext.vocab_python import Vocab


class _SinParteEnC:
    """Lo que ocupa el lugar de una pieza compilada que no está."""

    def __init__(self, *_, **__):
        raise RuntimeError(
            "Esta función de torchtext necesita su parte en C++, que no "
            "carga en este PyTorch. El curso no la usa; si la necesitas, "
            'instala "torch==2.3.1" y "torchtext==0.18.0" en un Python '
            "3.8 a 3.12."
        )


class _ModuloSinParteEnC(types.ModuleType):
    """Módulo donde todo nombre existe y falla solo al usarse."""

    def __getattr__(self, nombre):
        if nombre.startswith("__"):
            raise AttributeError(nombre)
        return _SinParteEnC


class _AvisoAlImportar(importlib.abc.MetaPathFinder):
    """Responde a `import torchtext` con la frase que dice qué hacer."""

    def __init__(self, frase):
        self.frase = frase

    def find_spec(self, nombre, ruta=None, destino=None):
        if nombre == "torchtext":
            raise ModuleNotFoundError(self.frase, name=nombre)


def _carga_la_parte_en_c():
    """Dice si la parte en C++ de torchtext carga en este torch.

    Desde torch 2.4 no, y no se prueba: en Windows, probar abre una ventana
    («Entry Point Not Found») que espera a que alguien la cierre.
    """
    if torch.__version__ >= (2, 4):
        return False
    carpeta = Path(importlib.util.find_spec("torchtext").origin).parent
    sufijo = "pyd" if os.name == "nt" else "so"
    try:
        torch.ops.load_library(carpeta / "lib" / f"libtorchtext.{sufijo}")
    except OSError:
        return False
    return True


def activa(pedida, hay, orden):
    """Deja `import torchtext` listo; llamarla otra vez no cambia nada.

    Sin torchtext 0.18 instalado no falla: lo hará `import torchtext`, con
    una frase que dice cómo instalarlo.

    Args:
        pedida: la versión que el curso usa.
        hay: la instalada, o None.
        orden: lo que la instala, para la frase.
    """
    if "torchtext" in sys.modules:
        return
    sys.meta_path[:] = [
        b for b in sys.meta_path if not isinstance(b, _AvisoAlImportar)
    ]
    if hay != pedida:
        hay = f"hay la {hay}" if hay else "no está instalada"
        sys.meta_path.insert(
            0,
            _AvisoAlImportar(
                f"El curso usa torchtext {pedida} y {hay}. Desde la carpeta "
                f"notebooks/ ejecuta: {orden}"
            ),
        )
        return
    if not _carga_la_parte_en_c():
        parte = _ModuloSinParteEnC("torchtext._torchtext")
        parte.Vocab = Vocab
        sys.modules["torchtext._torchtext"] = parte
        sys.modules["torchtext._extension"] = types.ModuleType(
            "torchtext._extension"
        )
        torch.ops.torchtext = _ModuloSinParteEnC("torch.ops.torchtext")
        torch.classes.torchtext = _ModuloSinParteEnC("torch.classes.torchtext")
    with warnings.catch_warnings():
        # Su código tiene un escape que Python 3.12 señala al compilarlo.
        warnings.simplefilter("ignore", SyntaxWarning)
        import torchtext

    torchtext.disable_torchtext_deprecation_warning()
