"""Lectura de DBpedia: los pares de torchtext y errores con remedio."""

import inspect

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
    with pytest.raises(DatosInvalidos, match=r"No existe la carpeta .*nada"):
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


def test_la_linea_es_la_verdadera_lejos_del_principio(carpeta):
    filas = BUENA.encode() * 20_000 + b'3,"x","\xff"\n' + BUENA.encode() * 9
    (carpeta / "train.csv").write_bytes(filas)
    with pytest.raises(DatosInvalidos, match=r"línea 20001:"):
        list(DBpedia(carpeta, "train"))


def test_es_un_value_error():
    assert issubclass(DatosInvalidos, ValueError)
