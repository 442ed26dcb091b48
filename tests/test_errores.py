"""Las frases de los errores: qué pasó y qué hacer, según la causa."""

import errno
import os
import re

import pytest
import requests

from helpers.errores import (
    _CERTIFICADOS,
    _POR_ERRNO,
    _PROXY,
    DatosInvalidos,
    DescargaFallida,
    causas,
    explica_disco,
    frase_de_disco,
    frase_de_red,
)

HAZ = re.compile(
    r"\b(libera|ciérralo|cambia|cámbiale|elige|revisa|bórralo|sube|reinicia"
    r"|comprueba|usa|corrige|corrígela|borra|prueba|ejecuta|llama)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("numero", sorted({*_POR_ERRNO, errno.EIO, 12345}))
def test_cada_error_del_sistema_dice_que_hacer(numero):
    frase = frase_de_disco(OSError(numero, os.strerror(numero)), "datos/x")
    assert "datos/x" in frase
    assert HAZ.search(frase)
    assert frase.endswith(".") and len(frase) < 200


def test_no_todo_es_un_disco_lleno():
    frases = {frase_de_disco(OSError(n, ""), "x") for n in _POR_ERRNO}
    llenos = [frase for frase in frases if "lleno" in frase]
    assert len(llenos) == 1
    assert len(frases) > 8


def test_se_nombra_el_archivo_que_trae_el_error():
    assert "b" in frase_de_disco(OSError(17, "", "a", None, "b"), "c")
    assert "a " in frase_de_disco(OSError(17, "", "a"), "c")
    assert "c " in frase_de_disco(OSError(17, ""), "c")


@pytest.mark.parametrize("clase", [DatosInvalidos, DescargaFallida])
def test_explica_disco_cambia_solo_lo_del_sistema(tmp_path, clase):
    with pytest.raises(clase, match="No existe") as error:
        with explica_disco("x", clase):
            (tmp_path / "nada").read_text()
    assert isinstance(error.value.__cause__, FileNotFoundError)
    with pytest.raises(KeyError), explica_disco("x"):
        raise KeyError("de otro")


def test_causas_va_hacia_atras():
    try:
        try:
            raise OSError("primera")
        except OSError as primera:
            raise ValueError("segunda") from primera
    except ValueError as error:
        # Más atrás puede haber otra, de quien llamó a la prueba.
        assert list(map(str, causas(error)))[:2] == ["segunda", "primera"]


@pytest.mark.parametrize(
    "error",
    [
        requests.exceptions.ConnectionError(),
        requests.exceptions.ProxyError(),
        requests.exceptions.SSLError(),
        requests.exceptions.TooManyRedirects(),
        requests.exceptions.InvalidURL(),
        requests.exceptions.InvalidSchema("Missing dependencies for SOCKS"),
        requests.exceptions.RequestException(),
        ConnectionResetError(),
        TimeoutError(),
        ImportError("Using SOCKS proxy, but…"),
        ValueError("Unknown scheme for proxy URL"),
        FileNotFoundError(2, "No such file or directory"),
    ],
    ids=lambda e: type(e).__name__,
)
def test_cada_error_de_red_dice_que_hacer(error):
    frase = frase_de_red(error, "https://a.org")
    assert HAZ.search(frase)
    assert frase.endswith(".") and "\n" not in frase


def test_solo_se_nombra_la_variable_que_esta_puesta(monkeypatch):
    for nombre in (*_CERTIFICADOS, *_PROXY):
        monkeypatch.delenv(nombre, raising=False)
        monkeypatch.delenv(nombre.lower(), raising=False)
    certificado = requests.exceptions.SSLError()
    corte = requests.exceptions.ConnectionError()
    assert "archivo" not in frase_de_red(certificado, "x")
    assert "proxy" not in frase_de_red(corte, "x")
    monkeypatch.setenv("SSL_CERT_FILE", "/no/existe")
    monkeypatch.setenv("https_proxy", "http://a")
    dicho = frase_de_red(certificado, "x")
    assert "el archivo que dice SSL_CERT_FILE" in dicho
    assert "el proxy de https_proxy" in frase_de_red(corte, "x")


@pytest.mark.parametrize(
    "error",
    [KeyError("x"), ValueError("x"), FileNotFoundError(2, "No", "x"), OSError],
)
def test_lo_que_no_es_de_la_red_no_se_disfraza(error):
    error = error if isinstance(error, Exception) else error(28, "lleno")
    assert frase_de_red(error, "x") is None
