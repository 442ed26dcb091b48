"""Cada mensaje de error conocido lleva qué hacer: con mensajes de verdad."""

import sys

import pytest
import torch
from torch import nn

from ejercicios import curas
from ejercicios.curas import explica


def sin_super():
    class Modelo(nn.Module):
        def __init__(self):
            self.capa = nn.Linear(1, 1)

    return Modelo()


def sin_parentesis():
    class Modelo(nn.Module):
        def __init__(self):
            super.__init__()

    return Modelo()


def dos_backward():
    perdida = nn.Parameter(torch.ones(1)).exp()
    perdida.backward()
    perdida.backward()


def sobre_una_hoja():
    p = nn.Parameter(torch.ones(1))
    p -= 1


def deriva_lo_inferido():
    with torch.inference_mode():
        x = torch.ones(1)
    (x * nn.Parameter(torch.ones(1))).backward()


def sin_parar():
    return sin_parar()


def lanza(error):
    raise error


# Mensajes de verdad: si PyTorch los cambia, la cura dejaría de salir.
TROPIEZOS = {
    "con sus paréntesis": sin_super,
    "`super()` lleva paréntesis": sin_parentesis,
    "falta el método `forward`": lambda: nn.Module()(1),
    "como en la plantilla": lambda: explica(),
    "no existe con ese nombre": lambda: explica(1, otra=2),
    "los números de dentro": lambda: torch.ones(2, 3) @ torch.ones(2, 3),
    "un id no cabe en la tabla": lambda: nn.Embedding(2, 3)(torch.tensor(5)),
    "del 0 al n − 1": lambda: [][0],
    "su tamaño menos 1": lambda: torch.ones(3)[5],
    "número suelto": lambda: nn.Linear(1, 1)(torch.tensor(1.0)),
    "por la derecha": lambda: torch.ones(4) + torch.ones(3),
    "el mismo tipo": lambda: torch.ones(2) @ torch.ones(2).double(),
    "una media pide decimales": lambda: torch.ones(2).bool().mean(),
    "los índices son enteros": lambda: torch.ones(2)[torch.ones(2)],
    "los ids son enteros": lambda: nn.Embedding(2, 3)(torch.ones(1)),
    "dispositivos distintos": lambda: (
        torch.ones(2) + torch.empty(2, device="meta")
    ),
    "están en dispositivos distintos": lambda: lanza(
        RuntimeError("Expected all tensors to be on the same device, but")
    ),
    'no "cuda"': lambda: lanza(
        AssertionError("Torch not compiled with CUDA enabled")
    ),
    'de un tensor, no "cuda"': lambda: lanza(
        RuntimeError("Found no NVIDIA driver on your system.")
    ),
    "de `meta` no se vuelve": lambda: torch.empty(2, device="meta").cpu(),
    "`with torch.no_grad():`": sobre_una_hoja,
    "se perdió el gradiente": lambda: torch.ones(1).backward(),
    "en cada vuelta": dos_backward,
    "créalo fuera": deriva_lo_inferido,
    "`nn.Parameter`": lambda: torch.optim.SGD([], lr=1),
    "`.detach()`": lambda: nn.Parameter(torch.ones(1)).numpy(),
    "ejecuta la celda": lambda: nombre_que_no_existe,  # noqa: F821
    "la potencia": lambda: torch.ones(1) ^ 2,
    "recibe un tensor": lambda: nn.Parameter(1),
    "lleva decimales": lambda: nn.Parameter(torch.tensor([1])),
    "si ese objeto lo tiene": lambda: [].shape,
    "nunca acaba": sin_parar,
    "demasiada memoria": lambda: torch.empty(10**15),
    "usa lo que recibe": lambda: lanza(
        RuntimeError("raw_input was called, but this frontend does not")
    ),
    "pide demasiada memoria": lambda: lanza(MemoryError()),
    "quita el `raise`": lambda: lanza(NotImplementedError()),
    "no cierres el programa": sys.exit,
}


@pytest.mark.parametrize("cura", TROPIEZOS)
def test_cada_mensaje_lleva_que_hacer(cura):
    with pytest.raises(BaseException) as tropiezo:
        TROPIEZOS[cura]()
    frase = explica(tropiezo.value)
    assert frase.startswith(tropiezo.type.__name__)
    assert cura in frase.partition(" Qué hacer: ")[2], frase
    assert "\n" not in frase


def test_toda_cura_se_prueba():
    dichas = []
    for tropieza in TROPIEZOS.values():
        with pytest.raises(BaseException) as tropiezo:
            tropieza()
        dichas.append(explica(tropiezo.value))
    for cura in [*curas._CURAS.values(), *curas._CURAS_DE_TIPO.values()]:
        assert any(cura in frase for frase in dichas), cura


def test_un_indice_de_lista_no_se_cura_como_un_embedding():
    for tropieza in (lambda: [][0], lambda: (1,)[3], lambda: "a"[2]):
        with pytest.raises(IndexError) as tropiezo:
            tropieza()
        assert "Embedding" not in explica(tropiezo.value)


def test_las_curas_del_ejercicio_van_antes():
    error = IndexError("list index out of range")
    frase = explica(error, {"out of range": "falta el último texto"})
    assert frase.endswith("Qué hacer: falta el último texto.")


def test_un_mensaje_desconocido_sale_corto_y_en_una_linea():
    frase = explica(ValueError("uno\ndos " + "x" * 999))
    assert frase == "ValueError: uno."
    largo = explica(ValueError("pa la bra " * 99))
    assert len(largo) < 150 and largo.endswith("pa la ….")


class ConCapa(nn.Module):
    def __init__(self):
        super().__init__()
        self.capa = nn.Linear(1, 1)

    def forward(self, x):
        return capa(x)  # noqa: F821


def marco_de(funcion, *args):
    with pytest.raises(NameError) as tropiezo:
        funcion(*args)
    traza = tropiezo.value.__traceback__
    while traza.tb_next is not None:
        traza = traza.tb_next
    return tropiezo.value, traza.tb_frame


def test_un_nombre_sin_self_se_reconoce():
    error, marco = marco_de(ConCapa(), torch.ones(1))
    assert "`self.capa`" in explica(error, marco=marco)


def test_un_nombre_mal_escrito_se_reconoce():
    def tropieza():
        perdida_media = 1
        return perdida_medai + perdida_media  # noqa: F821

    error, marco = marco_de(tropieza)
    assert "¿querías decir `perdida_media`?" in explica(error, marco=marco)


def test_un_nombre_del_cuaderno_pide_ejecutar_su_celda():
    error, marco = marco_de(lambda: zzz_qqq)  # noqa: F821
    assert "reiniciaste el kernel" in explica(error, marco=marco)


@pytest.mark.parametrize("texto", ["name 'zzz' is not defined", "raro", ""])
def test_un_nameerror_lanzado_a_mano_no_estorba(texto):
    """No lleva el nombre: se lee del mensaje, si está."""
    _, marco = marco_de(ConCapa(), torch.ones(1))
    assert "reiniciaste el kernel" in explica(NameError(texto), marco=marco)
    a_mano = NameError("name 'capa' is not defined")
    assert "`self.capa`" in explica(a_mano, marco=marco)
