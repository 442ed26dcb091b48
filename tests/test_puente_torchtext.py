"""El puente de torchtext: lo mismo que la parte en C++ de torchtext."""

import io
import json
import pickle
import subprocess
import sys
import warnings

import pytest
import torch

import helpers  # noqa: F401 (activa el puente)
from apoyo.cuadernos import RAIZ
from puente_torchtext import vocab_python

# isort: split
# torchtext, después de helpers: es el orden que el puente promete.
from torchtext._torchtext import Vocab as DeTorchtext
from torchtext.data.utils import get_tokenizer
from torchtext.vocab import build_vocab_from_iterator, vocab

LETRAS = ["<unk>", "a", "b", "c"]
con_puente = pytest.mark.skipif(
    DeTorchtext is not vocab_python.Vocab,
    reason="la parte en C++ carga: el puente no actúa",
)


def nuevo(por_omision=None, letras=LETRAS):
    return DeTorchtext(list(letras), por_omision)


# Los mensajes son los que dio la parte en C++ con torch 2.3.1.
@pytest.mark.parametrize(
    ("llamada", "mensaje"),
    [
        (
            lambda v: v["zz"],
            "Token zz not found and default index is not set",
        ),
        (
            lambda v: v.lookup_indices(["a", "zz"]),
            "Token zz not found and default index is not set",
        ),
        (
            lambda v: v.lookup_token(99),
            "Specified index 99 is out of bounds for vocab of size 4",
        ),
        (
            lambda v: v.lookup_token(-1),
            "Specified index -1 is out of bounds for vocab of size 4",
        ),
        (
            lambda v: v.lookup_token(4),
            "Specified index 4 is out of bounds for vocab of size 4",
        ),
        (
            lambda v: v.lookup_tokens([4]),
            "Specified index 4 at position 0 is out of bounds for vocab of "
            "size 4",
        ),
        (
            lambda v: v.lookup_tokens([1, 99]),
            "Specified index 99 at position 1 is out of bounds for vocab of "
            "size 4",
        ),
        (
            lambda v: v.insert_token("x", 5),
            "Specified index 5 is out of bounds for vocab of size 4",
        ),
        (
            lambda v: v.insert_token("x", -1),
            "Specified index -1 is out of bounds for vocab of size 4",
        ),
        (lambda v: v.insert_token("a", 2), "Token a not found in Vocab"),
        (
            lambda v: v.append_token("a"),
            "Token a already exists in the Vocab with index: 1",
        ),
        (
            lambda _: nuevo(letras=["a", "b", "b", "a"]),
            "Duplicate token found in tokens list: b",
        ),
    ],
)
def test_errores_como_los_de_la_parte_en_c(llamada, mensaje):
    v = nuevo()
    with pytest.raises(RuntimeError) as error:
        llamada(v)
    assert str(error.value).splitlines()[0] == mensaje
    assert v.get_itos() == LETRAS, "un error no cambia el vocabulario"


@con_puente
def test_insertar_uno_que_ya_esta_aclara_el_mensaje():
    with pytest.raises(RuntimeError, match=r"already exists .* index: 1"):
        nuevo().insert_token("a", 2)


@pytest.mark.parametrize(
    "llamada",
    [
        lambda v: v[3],
        lambda v: v[None],
        lambda v: v[b"a"],
        lambda v: 3 in v,
        lambda v: v.lookup_token("a"),
        lambda v: v.lookup_token(1.0),
        lambda v: v.lookup_tokens(["a"]),
        lambda v: v.lookup_indices("abc"),
        lambda v: v.lookup_indices(("a", "b")),
        # La parte en C++ termina el proceso en estos dos.
        pytest.param(lambda v: v.lookup_indices(["a", 3]), marks=con_puente),
        pytest.param(lambda v: v.lookup_indices([["a"]]), marks=con_puente),
        lambda v: v.insert_token(3, 0),
        lambda v: v.insert_token("x", "0"),
        lambda v: v.append_token(3),
        lambda v: v.set_default_index("0"),
        lambda v: v.set_default_index(1.5),
        lambda _: DeTorchtext(["a", 3], None),
        lambda _: DeTorchtext("ab", None),
    ],
)
def test_tipos_equivocados_son_TypeError(llamada):  # noqa: N802
    del_puente = DeTorchtext is vocab_python.Vocab
    with pytest.raises(TypeError, match="Se espera un" if del_puente else ""):
        llamada(nuevo(por_omision=0))


def test_el_indice_por_omision_hay_que_darlo():
    with pytest.raises(TypeError):
        DeTorchtext(["a"])


def test_busquedas():
    v = nuevo()
    assert len(v) == 4
    assert v["b"] == 2
    assert ("a" in v, "zz" in v) == (True, False)
    assert v.lookup_token(1) == "a"
    assert v.lookup_tokens([3, 1]) == ["c", "a"]
    assert v.lookup_indices(["c", "a"]) == [3, 1]
    assert v.get_stoi() == {"<unk>": 0, "a": 1, "b": 2, "c": 3}


@pytest.mark.parametrize("indice", [0, 2, 99, -5])
def test_indice_por_omision(indice):
    v = nuevo()
    assert v.get_default_index() is None
    v.set_default_index(indice)
    assert v.get_default_index() == v["zz"] == indice
    assert v.lookup_indices(["a", "zz"]) == [1, indice]
    v.set_default_index(None)
    with pytest.raises(RuntimeError):
        v["zz"]


def test_insertar_desplaza_los_siguientes():
    v = nuevo(por_omision=0)
    v.insert_token("x", 1)
    assert v.get_itos() == ["<unk>", "x", "a", "b", "c"]
    assert [v[t] for t in v.get_itos()] == [0, 1, 2, 3, 4]
    v.insert_token("y", 5)
    v.append_token("z")
    assert v.lookup_indices(["y", "z"]) == [5, 6]
    assert v.get_default_index() == 0


def test_lo_que_devuelve_es_una_copia():
    v = nuevo()
    v.get_itos().append("x")
    v.get_stoi()["x"] = 9
    assert v.get_itos() == LETRAS
    assert "x" not in v


@pytest.mark.parametrize("por_omision", [None, 2])
def test_pickle_y_torch_save_de_ida_y_vuelta(por_omision):
    v = build_vocab_from_iterator([["a", "b"], ["b", "ñ"]], specials=["<unk>"])
    v.set_default_index(por_omision)
    archivo = io.BytesIO()
    torch.save(v, archivo)
    archivo.seek(0)
    # weights_only=False: lo acabamos de escribir en esta misma prueba.
    for otro in (
        pickle.loads(pickle.dumps(v)),
        torch.load(archivo, weights_only=False),
    ):
        assert otro.get_itos() == v.get_itos() == ["<unk>", "b", "a", "ñ"]
        assert otro.get_default_index() == por_omision


def test_el_estado_es_el_de_la_parte_en_c():
    assert nuevo(2).__getstate__() == ("0.0.2", [2], LETRAS, [])
    assert nuevo().__getstate__() == ("0.0.2", [], LETRAS, [])


def test_orden_del_vocabulario_por_frecuencia_y_alfabeto():
    v = build_vocab_from_iterator(
        [["b", "a"], ["b", "c", "ñ"]], specials=["<unk>", "<pad>"]
    )
    assert v.get_itos() == ["<unk>", "<pad>", "b", "a", "c", "ñ"]
    corto = build_vocab_from_iterator(
        [["b", "a"], ["b"]], specials=["<unk>"], max_tokens=2
    )
    assert corto.get_itos() == ["<unk>", "b"]
    assert vocab({"b": 3, "a": 1}, min_freq=2).get_itos() == ["b"]


def test_basic_english():
    tokenizador = get_tokenizer("basic_english")
    assert tokenizador('El "Río" (1998), sí.') == [
        *("el", "río", "(", "1998", ")", ",", "sí", "."),
    ]


def corre(codigo, **opciones):
    return subprocess.run(
        [sys.executable, "-c", codigo],
        cwd=RAIZ / "notebooks",
        capture_output=True,
        encoding="utf-8",
        **opciones,
    )


def test_importar_no_avisa_ni_escribe_nada():
    hecho = corre(
        "import warnings; warnings.simplefilter('error')\n"
        "import helpers, torchtext\n"
        "from torchtext.data.utils import get_tokenizer\n"
        "from torchtext.vocab import build_vocab_from_iterator"
    )
    assert (hecho.returncode, hecho.stdout, hecho.stderr) == (0, "", "")


@con_puente
def test_todo_torchtext_se_importa_y_solo_falla_al_usarse():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from torchtext import data, models, transforms  # noqa: F401
    for usa in (
        lambda: transforms.RegexTokenizer([("a", "b")]),
        lambda: data.generate_sp_model("x"),
        lambda: torch.classes.torchtext.Vocab(["a"], None),
        lambda: torch.jit.script(
            build_vocab_from_iterator([["a"]]).__prepare_scriptable__()
        ),
    ):
        with pytest.raises(RuntimeError, match="necesita su parte en C"):
            usa()


SIN_PAQUETE = """
import importlib.metadata, sys
real = importlib.metadata.version
def version(nombre):
    if nombre != "torchtext":
        return real(nombre)
    if hay is None:
        raise importlib.metadata.PackageNotFoundError
    return hay
importlib.metadata.version = version
for hay in (None, "0.6.0"):
    for modulo in [m for m in sys.modules if m.startswith("helpers")]:
        del sys.modules[modulo]
    import helpers
    try:
        import torchtext
    except ModuleNotFoundError as error:
        print(error)
"""


def test_sin_torchtext_0_18_dice_que_hacer():
    """Sin ninguna y con otra: en un proceso, que importa torch una vez."""
    hecho = corre(SIN_PAQUETE)
    assert hecho.returncode == 0, hecho.stderr
    frases = hecho.stdout.splitlines()
    for dice, frase in zip(
        ["no está instalada", "hay la 0.6.0"], frases, strict=True
    ):
        assert dice in frase
        assert "python helpers/instala.py" in frase


@con_puente
def test_desde_torch_2_4_ni_se_prueba():
    """En Windows, probar abre una ventana que lo detiene todo."""
    hecho = corre(
        "import torch\n"
        "torch.ops.load_library = lambda ruta: print('abre', ruta)\n"
        "import helpers, torchtext\n"
    )
    assert (hecho.returncode, hecho.stdout) == (0, "")


@con_puente
def test_donde_la_parte_en_c_carga_no_toca_nada():
    """Que carga se imita: instalar torch 2.3.1 pesa gigabytes."""
    hecho = corre(
        "import sys, torch\n"
        "torch.__version__ = torch.torch_version.TorchVersion('2.3.1')\n"
        "torch.ops.load_library = lambda ruta: None\n"
        "try:\n"
        "    import helpers\n"
        "except ImportError as error:\n"
        "    print(type(error).__name__)\n"
        "print('torchtext._extension' in sys.modules)\n"
        "print(type(torch.ops.torchtext).__name__)\n"
    )
    # La parte en C++ real no carga aquí, así que su propio import falla: es
    # señal de que el puente no puso el suyo.
    assert hecho.stdout.split() == ["ImportError", "False", "_OpNamespace"]


def test_el_indice_es_estable_al_pasar_por_json():
    v = build_vocab_from_iterator([["b", "a", "b"]], specials=["<unk>"])
    otro = vocab(dict.fromkeys(json.loads(json.dumps(v.get_itos())), 1))
    assert otro.get_itos() == v.get_itos()
