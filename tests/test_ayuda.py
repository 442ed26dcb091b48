"""Las pistas que se piden: de menos a más, y después la solución."""

import pytest

from ejercicios import ayuda, pista
from ejercicios.pistas2 import PISTAS


@pytest.fixture(autouse=True)
def sin_pedir(monkeypatch):
    monkeypatch.setattr(ayuda, "_dichas", {})


def pide(numero, capsys):
    capsys.readouterr()
    assert pista(numero) is None
    return capsys.readouterr().out


def test_cada_vez_dice_un_poco_mas(capsys):
    for lugar, texto in enumerate(PISTAS["2.5b"], start=1):
        salida = pide("2.5b", capsys)
        # El código empieza su propio renglón; una frase, no.
        junta = "\n" if "\n" in texto else " "
        assert salida == f"Pista {lugar} de 3.{junta}{texto}\n"
    assert "despliega la solución" in pide("2.5b", capsys)
    assert pide("2.5a", capsys).startswith("Pista 1 de 3.")


def test_un_numero_que_no_existe(capsys):
    assert "No hay un ejercicio «2.9z»" in pide("2.9z", capsys)
    assert "Pista 1 de 3." in pide(1.1, capsys)
