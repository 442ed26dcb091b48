"""Lectura de DBpedia: los pares de torchtext y errores con remedio."""

import bz2
import csv
import errno
import gzip
import inspect
import lzma
import os
from pathlib import Path

import pytest

from helpers import CLASES, DatosInvalidos, DBpedia, dbpedia
from helpers.dbpedia import DATOS

BUENA = '1,"Acme","Acme is a ""small"" company."\n'


@pytest.fixture
def carpeta(tmp_path):
    """Una carpeta de datos válida, para estropearla."""
    for split in ("train", "test"):
        (tmp_path / f"{split}.csv").write_text(BUENA, encoding="utf-8")
    return tmp_path


def test_la_firma_es_la_de_torchtext():
    parametros = inspect.signature(DBpedia).parameters
    assert list(parametros) == ["root", "split"]
    assert parametros["split"].default == ("train", "test")


def test_los_pares_son_etiqueta_y_titulo_mas_contenido(carpeta):
    train, test = DBpedia(carpeta)
    esperado = [(1, 'Acme Acme is a "small" company.')]
    assert list(train) == list(test) == esperado
    assert list(train) == esperado, "se puede recorrer otra vez"
    assert list(DBpedia(carpeta, split="test")) == esperado
    (solo,) = DBpedia(carpeta, split=("train",))
    assert list(solo) == esperado


def test_solo_si_leer_va_para_largo_se_ve_por_donde_va(
    carpeta, monkeypatch, capsys
):
    list(DBpedia(carpeta, "train"))
    next(iter(DBpedia(carpeta, "train")))
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(dbpedia, "ESPERA_S", 0)
    list(DBpedia(carpeta, "train"))
    dicho = capsys.readouterr().err
    assert "train.csv: 1 artículos" in dicho


def test_un_titulo_vacio_deja_el_espacio_como_torchtext(carpeta):
    (carpeta / "train.csv").write_text('14,"","Text."\n')
    assert list(DBpedia(carpeta, "train")) == [(14, " Text.")]


def test_por_omision_lee_el_conjunto_mini(monkeypatch):
    monkeypatch.delenv("CURSO_DBPEDIA", raising=False)
    train = DBpedia(split="train")
    assert train.ruta == DATOS / "dbpedia_mini" / "train.csv"
    assert {label for label, _ in train} == set(range(1, 15))


def test_la_variable_de_entorno_cambia_la_carpeta(carpeta, monkeypatch):
    monkeypatch.setenv("CURSO_DBPEDIA", str(carpeta))
    assert len(list(DBpedia(split="train"))) == 1
    monkeypatch.setenv("CURSO_DBPEDIA", "")
    assert len(list(DBpedia(split="train"))) > 1


def test_classes_txt_dice_lo_mismo_que_clases():
    texto = (DATOS / "dbpedia_mini" / "classes.txt").read_text()
    assert tuple(texto.split()) == CLASES


def test_split_desconocido():
    with pytest.raises(ValueError, match=r'usa "train", "test"'):
        DBpedia(split="valid")


def test_carpeta_que_no_existe(tmp_path):
    dice = r"No existe la carpeta .*nada.* root \(--datos, .* CURSO_DBPEDIA"
    with pytest.raises(DatosInvalidos, match=dice):
        DBpedia(tmp_path / "nada")


def test_archivo_que_no_existe(carpeta):
    (carpeta / "test.csv").unlink()
    with pytest.raises(DatosInvalidos, match=r"No existe .* test\.csv"):
        DBpedia(carpeta)


@pytest.mark.parametrize(
    ("contenido", "linea", "dice", "remedio"),
    [
        (b"", 1, "está vacío", "descárgalo"),
        (b'1,"Acme"\n', 2, "2 columnas", 'label,"title","content"'),
        (b'1,"a","b","c"\n', 2, "4 columnas", 'label,"title","content"'),
        (b"\n", 2, "0 columnas", 'label,"title","content"'),
        (b'0,"a","b"\n', 2, "etiqueta es '0'", "1 a 14"),
        (b'15,"a","b"\n', 2, "etiqueta es '15'", "1 a 14"),
        (b'x,"a","b"\n', 2, "etiqueta es 'x'", "1 a 14"),
        (b'-1,"a","b"\n', 2, "etiqueta es '-1'", "1 a 14"),
        (b'1.0,"a","b"\n', 2, "etiqueta es '1.0'", "1 a 14"),
        (b'1,"a","caf\xe9"\n', 2, "no son UTF-8", "codificación UTF-8"),
        (b'1,"a","sin cerrar\n', 2, "CSV válido", "Cierra cada comilla"),
        (b'1,"a","b" c"\n', 2, "CSV válido", "Cierra cada comilla"),
    ],
)
def test_fila_mala_dice_archivo_linea_y_remedio(
    carpeta, contenido, linea, dice, remedio
):
    buena = BUENA.encode() if linea == 2 else b""
    (carpeta / "train.csv").write_bytes(buena + contenido)
    with pytest.raises(DatosInvalidos) as error:
        list(DBpedia(carpeta, "train"))
    mensaje = str(error.value)
    assert mensaje.startswith(f"train.csv, línea {linea}: ")
    assert dice in mensaje
    assert remedio in mensaje


B = BUENA.encode()


@pytest.mark.parametrize(
    ("contenido", "linea", "dice"),
    [
        (B + b'2,"a\nb\nc"\n' + B, 2, "2 columnas"),
        (B + b'2,"a\nb\nc","d",""\n' + B, 2, "4 columnas"),
        (b'2,"a\nb","c"\n' + B + b'15,"a\nb","c"\n', 4, "etiqueta"),
        (B + b'2,"a","sin cerrar\n' + B, 2, "una comilla está mal puesta"),
        (B + B + b'2,"a","sin cerrar\ny\nm\xc3\xa1s\n', 3, "no se cierra"),
        (B + b'2,"a","' + b"x" * 200_000, 2, "no se cierra"),
        (B.replace(b"\n", b"\r") * 3 + b'0,"a","b"\r', 4, "etiqueta"),
        (B.replace(b"\n", b"\r") * 3 + b'2,"a","\xe9"\r', 4, "no son UTF-8"),
        (B.replace(b"\n", b"\r\n") * 3 + b'0,"a","b"\r\n', 4, "etiqueta"),
        (B + b'0,"a","b"\n' + b'2,"a","\xe9"\n', 2, "etiqueta"),
        (B + b'2,"a\n\n\xe9","b"\n', 2, "no son UTF-8"),
        (b"\xef\xbb\xbf" + B + b"2\n", 2, "1 columna y"),
        (b"label,title,content\n" + B, 1, "es la fila de los títulos"),
        (b'1;"Acme";"Acme"\n', 1, "separadas por punto y coma"),
        (b'1;"Acme";"Acme, Inc"\n', 1, "separadas por punto y coma"),
        (b'"1";"Acme";"Acme"\n', 1, "separadas por punto y coma"),
        (b"1\tAcme\tAcme, Inc\n", 1, "separadas por tabulador"),
        (B + b"1|Acme|Acme\n", 2, "separadas por «|»"),
        (b"\xef\xbb\xbf1;a;b\n", 1, "separadas por punto y coma"),
    ],
)
def test_la_linea_es_donde_empieza_la_fila(carpeta, contenido, linea, dice):
    (carpeta / "train.csv").write_bytes(contenido)
    with pytest.raises(DatosInvalidos) as error:
        list(DBpedia(carpeta, "train"))
    assert str(error.value).startswith(f"train.csv, línea {linea}: ")
    assert dice in str(error.value)


@pytest.mark.parametrize(
    ("contenido", "esperado"),
    [
        (b"\xef\xbb\xbf" + B, 'Acme Acme is a "small" company.'),
        (b'1,"a","' + b"x" * 300_000 + b'"\n', "a " + "x" * 300_000),
        (b'1,"a\nb","c"\r\n', "a\nb c"),
        (b'1,"a\r\nb","c\rd"\n', "a\r\nb c\rd"),
        (b'1,"a","b"\r1,"c","d"', "a b"),
        (b"1,a,b", "a b"),
        ('1,"año","\U0001f600"\n'.encode(), "año \U0001f600"),
        (b'1,"a; b","c\td"\n', "a; b c\td"),
    ],
)
def test_lo_valido_se_lee(carpeta, contenido, esperado):
    (carpeta / "train.csv").write_bytes(contenido)
    assert next(iter(DBpedia(carpeta, "train"))) == (1, esperado)


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (gzip.compress(B * 9, mtime=0), "gzip. Descomprímelo"),
        (bz2.compress(B * 9), "bzip2. Descomprímelo"),
        (lzma.compress(B * 9), "xz. Descomprímelo"),
        (b"PK\x03\x04" + bytes(30), "libro de Excel"),
        (BUENA.encode("utf-16"), "UTF-16 o UTF-32. Guárdalo"),
        (BUENA.encode("utf-16-be"), "bytes nulos"),
        (BUENA.encode("utf-32"), "UTF-32"),
        (b"\n<!DOCTYPE html><html>", "una página web"),
        (B + bytes(20), "bytes nulos"),
    ],
)
def test_lo_que_no_es_un_csv_se_dice_por_su_nombre(carpeta, contenido, dice):
    (carpeta / "train.csv").write_bytes(contenido)
    with pytest.raises(DatosInvalidos, match=r"^train\.csv no es un CSV") as e:
        DBpedia(carpeta)
    assert dice in str(e.value)
    with pytest.raises(DatosInvalidos, match=r"^train\.csv no es un CSV"):
        next(dbpedia.lee_csv(carpeta / "train.csv"))


def test_una_carpeta_llamada_train_csv(carpeta):
    (carpeta / "train.csv").unlink()
    (carpeta / "train.csv").mkdir()
    with pytest.raises(DatosInvalidos, match=r"es una carpeta.*la que tiene"):
        DBpedia(carpeta)


def test_root_es_un_archivo(carpeta):
    with pytest.raises(DatosInvalidos, match="No es una carpeta"):
        DBpedia(carpeta / "train.csv")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="sin tuberías")
def test_una_tuberia_no_se_espera(carpeta):
    (carpeta / "train.csv").unlink()
    os.mkfifo(carpeta / "train.csv")
    with pytest.raises(DatosInvalidos, match="No es un archivo"):
        DBpedia(carpeta)


@pytest.mark.parametrize(
    ("numero", "dice"),
    [
        (errno.EACCES, "no da permiso"),
        (errno.EIO, "comprueba el disco"),
        (errno.EMFILE, "demasiados archivos"),
    ],
)
def test_un_archivo_que_no_se_deja_leer(carpeta, monkeypatch, numero, dice):
    def falla(*_, **__):
        raise OSError(numero, os.strerror(numero))

    train = DBpedia(carpeta, "train")
    monkeypatch.setattr(Path, "open", falla)
    with pytest.raises(DatosInvalidos, match=dice) as error:
        list(train)
    assert "train.csv" in str(error.value)


def test_una_carpeta_donde_no_se_puede_entrar(monkeypatch):
    def falla(ruta, **_):
        raise PermissionError(errno.EACCES, "Permission denied", str(ruta))

    monkeypatch.setattr(Path, "stat", falla)
    with pytest.raises(DatosInvalidos, match="no da permiso para usar /x"):
        DBpedia("/x")


def test_la_virgulilla_es_tu_carpeta(carpeta, monkeypatch):
    monkeypatch.setenv("HOME", str(carpeta.parent))
    monkeypatch.setenv("USERPROFILE", str(carpeta.parent))
    assert len(list(DBpedia(f"~/{carpeta.name}", "train"))) == 1


def test_la_linea_es_la_verdadera_lejos_del_principio(carpeta):
    filas = BUENA.encode() * 20_000 + b'3,"x","\xff"\n' + BUENA.encode() * 9
    (carpeta / "train.csv").write_bytes(filas)
    with pytest.raises(DatosInvalidos, match=r"línea 20001:"):
        list(DBpedia(carpeta, "train"))


def test_el_limite_de_un_texto_cabe_en_un_entero_de_windows():
    assert 10**9 < csv.field_size_limit() < 2**31


def test_es_un_value_error():
    assert issubclass(DatosInvalidos, ValueError)
