"""Lo que la terminal no sabe escribir no detiene a nadie."""

import io
import sys

import pytest

from herramientas.consola import con_sustitutos


@pytest.mark.parametrize("cual", ["stdout", "stderr"])
def test_una_terminal_sin_acentos_escribe_un_signo(monkeypatch, cual):
    bytes_ = io.BytesIO()
    terminal = io.TextIOWrapper(bytes_, encoding="ascii", newline="\n")
    monkeypatch.setattr(sys, cual, terminal)
    con_sustitutos()
    print("año — sí", file=getattr(sys, cual), flush=True)
    assert bytes_.getvalue() == b"a?o ? s?\n"


def test_donde_no_hay_terminal_tampoco_falla(monkeypatch):
    """En un cuaderno, `sys.stdout` no tiene `reconfigure`."""
    salida = io.StringIO()
    monkeypatch.setattr(sys, "stdout", salida)
    con_sustitutos()
    print("año")
    assert salida.getvalue() == "año\n"
