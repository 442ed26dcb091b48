"""Leer entre dos procesos: lo mismo que con uno, y sin esperar a un muerto."""

import multiprocessing
import os
import signal
import struct
import sys
import time

import pytest
import torch

from helpers import DatosInvalidos
from helpers.dbpedia import DATOS, lee_csv
from helpers.texto import numera
from taller import lectura
from taller.lectura import numera_entre_dos

CON_FORK = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="sin fork lee un solo proceso"
)


def escribe(carpeta, filas):
    ruta = carpeta / "train.csv"
    ruta.write_text("".join(f"{fila}\n" for fila in filas), encoding="utf-8")
    return ruta


def revisa_igual(ruta):
    """Las filas pares primero; el vocabulario y cada fila, los mismos."""
    vocab, (ids, inicios, clases) = numera(lee_csv(ruta))
    suyo, (sus_ids, sus_inicios, sus_clases) = numera_entre_dos(ruta)
    assert list(suyo.items()) == list(vocab.items())
    assert type(suyo) is type(vocab)
    textos = torch.tensor_split(ids, inicios[1:-1])
    assert torch.equal(sus_ids, torch.cat(textos[0::2] + textos[1::2]))
    largos = inicios.diff()
    assert torch.equal(
        sus_inicios.diff(), torch.cat([largos[0::2], largos[1::2]])
    )
    assert torch.equal(sus_clases, torch.cat([clases[0::2], clases[1::2]]))
    for tensor, otro in (
        (ids, sus_ids),
        (inicios, sus_inicios),
        (clases, sus_clases),
    ):
        assert tensor.dtype == otro.dtype


def test_entre_dos_da_lo_mismo_que_uno():
    revisa_igual(DATOS / "dbpedia_mini" / "test.csv")


@pytest.mark.parametrize(
    "filas",
    [
        ['3,"uno","solo"'],
        ['3,"uno","a"', '4,"",""'],
        ['3,"",""', '4,"dos","b"'],
        ['3,"uno","a b"', '4,"",""', '5,"tres","a"', '6,"",""'],
        ['3,"uno","a"', '4,"dos","b"', '5,"tres","c"'],
    ],
)
def test_archivos_pequenos_y_mitades_vacias(tmp_path, filas):
    revisa_igual(escribe(tmp_path, filas))


@pytest.mark.parametrize("filas", [['3,"",""'], ['3,"",""'] * 4])
def test_sin_un_token_lo_dice(tmp_path, filas):
    with pytest.raises(DatosInvalidos, match="No hay ni un token"):
        numera_entre_dos(escribe(tmp_path, filas))


@pytest.mark.parametrize("linea", [1, 2, 3])
def test_una_fila_mala_se_dice(tmp_path, linea):
    filas = ['1,"a","b"'] * 4
    filas[linea - 1] = '15,"a","b"'
    with pytest.raises(DatosInvalidos, match=f"línea {linea}"):
        numera_entre_dos(escribe(tmp_path, filas))


@CON_FORK
@pytest.mark.parametrize("como", ["SIGKILL", "sale", "SIGSTOP", "duerme"])
def test_si_el_otro_muere_o_calla_se_dice_y_no_se_espera(monkeypatch, como):
    def falla(_):  # solo lo llama el otro proceso
        if como == "sale":
            os._exit(0)
        if como == "duerme":
            time.sleep(60)
        os.kill(os.getpid(), getattr(signal, como))

    monkeypatch.setattr(lectura, "MARGEN_S", 0.5)
    monkeypatch.setattr(lectura, "numera_al_pasar", falla)
    inicio = time.monotonic()
    with pytest.raises(RuntimeError, match=r"murió o dejó.*Ejecuta otra vez"):
        numera_entre_dos(DATOS / "dbpedia_mini" / "test.csv")
    assert time.monotonic() - inicio < 30
    assert not multiprocessing.active_children()


@CON_FORK
def test_si_calla_a_mitad_del_envio_tambien(monkeypatch):
    """Anuncia un millón de bytes, envía cinco mil y se detiene."""

    def envia(tubo, _):
        os.write(tubo.fileno(), struct.pack("!i", 10**6) + b"x" * 5000)
        os.kill(os.getpid(), signal.SIGSTOP)

    monkeypatch.setattr(lectura, "MARGEN_S", 0.5)
    monkeypatch.setattr(lectura, "_envia", envia)
    with pytest.raises(RuntimeError, match="dejó de responder"):
        numera_entre_dos(DATOS / "dbpedia_mini" / "test.csv")
    assert not multiprocessing.active_children()


@CON_FORK
def test_si_una_fila_esta_mal_no_se_espera_al_que_calla(tmp_path, monkeypatch):
    def calla(tubo, _):
        os.kill(os.getpid(), signal.SIGSTOP)

    monkeypatch.setattr(lectura, "_envia", calla)
    with pytest.raises(DatosInvalidos, match="línea 1"):
        numera_entre_dos(escribe(tmp_path, ['15,"a","b"'] * 3))
    assert not multiprocessing.active_children()


@CON_FORK
@pytest.mark.parametrize("error", [MemoryError, KeyError, OSError])
def test_cualquier_error_del_otro_llega(monkeypatch, error):
    def falla(_):
        raise error("en el otro proceso")

    monkeypatch.setattr(lectura, "numera_al_pasar", falla)
    with pytest.raises(error, match="en el otro proceso"):
        numera_entre_dos(DATOS / "dbpedia_mini" / "test.csv")
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("sistema", ["win32", "darwin"])
def test_donde_fork_no_es_de_fiar_lee_uno_solo(monkeypatch, sistema):
    def sin_otro(*_, **__):
        pytest.fail("lanzó otro proceso")

    ruta = DATOS / "dbpedia_mini" / "test.csv"
    monkeypatch.setattr(lectura.sys, "platform", sistema)
    monkeypatch.setattr(multiprocessing, "get_context", sin_otro)
    vocab, datos = numera_entre_dos(ruta)
    monkeypatch.undo()
    suyo, suyos = numera(lee_csv(ruta))
    assert vocab == suyo
    assert all(map(torch.equal, datos, suyos))
