"""La ficha: lo que dice, que el Hub la acepta y que no pisa la de nadie."""

import re

import numpy as np
import pytest
import torch
import yaml

from apoyo.hub_local import valida_ficha
from helpers import CLASES
from publica.ficha import ficha, ficha_de_espacio, guarda_ficha

POR_CLASE = [[0.9] * 14, [0.8] * 14, [0.85] * 14, [20] * 14]


def de_ejemplo(licencia="mit", **mas):
    return ficha(0.938, POR_CLASE, 1120, CLASES, licencia, **mas)


def test_tiene_lo_que_una_ficha_debe_tener():
    """El YAML lo acepta el Hub; el texto dice datos, notas y límites."""
    texto = de_ejemplo("cc-by-4.0")
    assert valida_ficha(texto) == []
    assert "license: cc-by-4.0" in texto
    assert "pipeline_tag: text-classification" in texto
    assert "library_name: pytorch" in texto
    assert re.findall(r"^## (.+)", texto, re.MULTILINE) == [
        "Cómo se usa",
        "Datos",
        "Resultados",
        "Límites",
        "Licencia",
    ]
    for clase in CLASES:
        assert f"| {clase} | 0.90 | 0.80 | 0.85 | 20 |" in texto
    assert "280 artículos de prueba" in texto and "**0.94**" in texto
    assert "más o menos 0.03" in texto
    assert "{" not in texto.replace("{carpeta}", "")


def programa(texto):
    return re.search(r"```python\n(.*?)```", texto, re.DOTALL)[1]


def test_se_abre_en_cinco_lineas_con_el_nombre_de_verdad():
    del_hub = de_ejemplo(repo_id="ana/mio")
    assert 'snapshot_download("ana/mio")' in programa(del_hub)
    assert "revision=" in del_hub
    de_aqui = de_ejemplo()
    assert "huggingface_hub import" not in programa(de_aqui)
    for texto in (del_hub, de_aqui):
        assert len(programa(texto).splitlines()) <= 5
        assert "TU-USUARIO" not in texto and "helpers" not in texto


def test_semillas_palabras_y_pagina():
    texto = de_ejemplo(
        semillas=[0.95, 0.96, 0.94],
        palabras={"Village": ["village", "district"]},
        demo="https://ejemplo.org/x",
    )
    assert "3 semillas: media 0.950, de 0.940 a 0.960" in texto
    assert "- Village: village, district" in texto
    assert "https://ejemplo.org/x" in texto
    sin_nada = de_ejemplo()
    for falta in ("semillas", "apoya:", "Pruébalo", "None"):
        assert falta not in sin_nada


def test_sin_licencia_lo_dice():
    assert "aún no hay permiso" in de_ejemplo("unknown")
    assert "aún no hay permiso" not in de_ejemplo("mit")


@pytest.mark.parametrize(
    "mala", ["", "MIT", "mit\n---\nx: 1", "a: b", "{x}", None, 4, ["mit"]]
)
def test_una_licencia_que_no_lo_es_se_dice(mala):
    with pytest.raises(ValueError, match="no es una licencia del Hub"):
        de_ejemplo(mala)


CLASE = [0.9] * 14
MAL = {
    "en porcentaje": ({"exactitud": 93.8}, "`exactitud` va de 0 a 1"),
    "en texto": ({"exactitud": "0.93"}, "`exactitud` va de 0 a 1"),
    "sin medir": ({"exactitud": None}, "`exactitud` va de 0 a 1"),
    "NaN": ({"exactitud": float("nan")}, "`exactitud` va de 0 a 1"),
    "de varios": ({"exactitud": torch.zeros(3)}, "`exactitud` va de 0 a 1"),
    "con average": ({"por_clase": (0.9, 0.9, 0.9, None)}, "sin `average`"),
    "tres columnas": ({"por_clase": [CLASE] * 3}, "cuatro listas"),
    "otras clases": ({"por_clase": [[0.5] * 13] * 4}, "y son 14"),
    "nada": ({"por_clase": None}, "cuatro listas"),
    "columna NaN": ({"por_clase": [[float("nan")] * 14] * 4}, "cuatro listas"),
    "sin prueba": ({"por_clase": [*[CLASE] * 3, [0] * 14]}, "ni un artículo"),
    "articulos": ({"articulos": "muchos"}, "`articulos` es un número"),
    "infinitos": ({"articulos": float("inf")}, "`articulos` es un número"),
    "menos que cero": ({"articulos": -3}, "`articulos` es un número"),
    "clases": ({"clases": "Company"}, "`clases` es una lista de textos"),
    "sin clases": ({"clases": []}, "`clases` es una lista de textos"),
    "clases en números": ({"clases": range(14)}, "lista de textos"),
    "sin dueño": ({"repo_id": "mio"}, "usuario/nombre"),
    "repo_id con espacio": ({"repo_id": "ana/el mio"}, "usuario/nombre"),
    "repo_id False": ({"repo_id": False}, "usuario/nombre"),
    "demo": ({"demo": "demo.html"}, "empiece por https://"),
    "demo True": ({"demo": True}, "empiece por https://"),
    "demo con espacio": ({"demo": "https://a b"}, "no lleve espacios"),
    "una semilla": ({"semillas": 0.95}, "una por semilla"),
    "semillas None": ({"semillas": None}, "una por semilla"),
    "porcentajes": ({"semillas": [95, 96]}, "`semillas` va de 0 a 1"),
    "palabras": ({"palabras": ["village"]}, "diccionario"),
    "una palabra": ({"palabras": {"Village": "village"}}, "lista de textos"),
}


@pytest.mark.parametrize("como", MAL)
def test_lo_que_no_vale_se_dice_y_no_se_escribe(como):
    bueno = {
        "exactitud": 0.938,
        "por_clase": POR_CLASE,
        "articulos": 1120,
        "clases": CLASES,
        "licencia": "mit",
    }
    mal, dice = MAL[como]
    with pytest.raises(ValueError, match=re.escape(dice)) as error:
        ficha(**bueno | mal)
    assert len(str(error.value).splitlines()) == 1


def test_valen_los_numeros_de_numpy_y_de_torch():
    exactitud = np.float32(0.938), torch.tensor(0.938)
    semillas = np.array([0.95, 0.96]), torch.tensor([0.95, 0.96])
    textos = {
        ficha(
            e, np.array(POR_CLASE), np.int64(1120), CLASES, "mit", semillas=s
        )
        for e, s in zip(exactitud, semillas, strict=True)
    }
    assert textos == {de_ejemplo(semillas=[0.95, 0.96])}


@pytest.mark.parametrize(
    ("repo_id", "direccion", "dice"),
    [
        (None, "https://x", "usuario/nombre"),
        ("ana", "https://x", "usuario/nombre"),
        ("ana/mio", None, "empiece por https://"),
        ("ana/mio", "x)\n---", "empiece por https://"),
    ],
)
def test_la_de_la_pagina_tambien_mira_lo_que_recibe(repo_id, direccion, dice):
    with pytest.raises(ValueError, match=dice):
        ficha_de_espacio(repo_id, direccion)


def test_la_de_la_pagina_es_de_un_espacio_estatico():
    texto = ficha_de_espacio("ana/mio", "https://ejemplo.org/ana/mio")
    datos = yaml.safe_load(texto.split("---\n")[1])
    assert (datos["sdk"], datos["models"]) == ("static", ["ana/mio"])
    assert "(https://ejemplo.org/ana/mio)" in texto


@pytest.fixture
def ruta(tmp_path):
    return tmp_path / "README.md"


def test_se_pone_al_dia_si_nadie_la_toco(ruta, capsys):
    for licencia in ("unknown", "mit"):
        guarda_ficha(de_ejemplo(licencia), ruta)
        assert f"license: {licencia}" in ruta.read_text("utf-8")
    assert valida_ficha(ruta.read_text("utf-8")) == []
    assert not capsys.readouterr().out
    assert [p.name for p in ruta.parent.iterdir()] == ["README.md"]


@pytest.mark.parametrize(
    "edita",
    [
        lambda texto: texto.replace("Solo inglés", "Solo inglés y poco"),
        lambda texto: texto + "\nUna línea mía.\n",
        lambda texto: "Mi ficha, de cero.\n",
        lambda texto: "",
    ],
)
def test_la_que_edito_una_persona_se_conserva(ruta, capsys, edita):
    guarda_ficha(de_ejemplo(), ruta)
    suya = edita(ruta.read_text("utf-8"))
    ruta.write_text(suya, encoding="utf-8")
    guarda_ficha(de_ejemplo(repo_id="ana/mio"), ruta)
    assert ruta.read_text("utf-8") == suya
    frase = capsys.readouterr().out
    assert "se conserva" in frase and frase.count("\n") == 1


def test_la_que_no_es_utf_8_es_de_una_persona(ruta, capsys):
    suya = "Mi ficha, con año y en otra codificación".encode("cp1252")
    ruta.write_bytes(suya)
    guarda_ficha(de_ejemplo(), ruta)
    assert ruta.read_bytes() == suya
    assert "se conserva" in capsys.readouterr().out


def test_con_fin_de_linea_de_windows_no_esta_editada(ruta, capsys):
    guarda_ficha(de_ejemplo(), ruta)
    ruta.write_bytes(ruta.read_bytes().replace(b"\n", b"\r\n"))
    guarda_ficha(de_ejemplo("unknown"), ruta)
    assert "license: unknown" in ruta.read_text("utf-8")
    assert not capsys.readouterr().out


@pytest.mark.parametrize(
    ("texto", "donde", "dice"),
    [
        (None, "README.md", "el texto que da `ficha`"),
        ("hola", "README.md", "el texto que da `ficha`"),
        ("---\n", None, "la de un README.md"),
        ("---\n", "", "la de un README.md"),
        ("---\n", "no/esta/README.md", "No existe"),
        ("---\n", "carpeta", "es una carpeta"),
    ],
)
def test_donde_no_se_puede_guardar_se_dice(
    tmp_path, monkeypatch, texto, donde, dice
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "carpeta").mkdir()
    with pytest.raises(ValueError, match=dice):
        guarda_ficha(texto, donde)
    assert [r.name for r in tmp_path.iterdir()] == ["carpeta"]


def test_la_que_escribe_save_pretrained_no_es_de_nadie(ruta, capsys):
    ruta.write_text(
        "---\ntags: []\n---\nThis model has been pushed to the Hub using the "
        "[PytorchModelHubMixin](https://…) integration:\n",
        encoding="utf-8",
    )
    guarda_ficha(de_ejemplo(), ruta)
    assert "Cómo se usa" in ruta.read_text("utf-8")
    assert not capsys.readouterr().out
