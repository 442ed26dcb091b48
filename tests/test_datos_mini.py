"""Todo lo que un programa puede comprobar de `data/dbpedia_mini`."""

import csv
import re
import shutil
import statistics
import unicodedata
from collections import Counter, defaultdict
from functools import cache
from itertools import combinations, pairwise

import pytest

from apoyo.cuadernos import RAIZ

CARPETA = RAIZ / "data" / "dbpedia_mini"
POR_CLASE = {"train": 80, "test": 20}
SIGNOS = set("–—°ʻʼ×£€½·²")
# Palabras que aparecen en casi todo texto en inglés: no delatan a nadie.
GRAMATICALES = set(
    "the a an in of and is was it by to from on for with as at its".split()
)


def lee(carpeta, split):
    """Filas de un CSV: etiqueta, título y contenido, como texto."""
    with (carpeta / f"{split}.csv").open(encoding="utf-8", newline="") as f:
        return list(csv.reader(f, strict=True))


@cache  # casi todos los textos se revisan una y otra vez
def palabras(texto):
    return re.findall(r"[\w'-]+", texto.lower())


@cache
def cincos(texto):
    """Los grupos de cinco palabras seguidas de un texto."""
    p = palabras(texto)
    return {tuple(p[i : i + 5]) for i in range(len(p) - 4)}


def revisa(carpeta):
    """Comprueba una carpeta; lanza AssertionError si algo no cumple."""
    filas = {split: lee(carpeta, split) for split in POR_CLASE}
    for split, n in POR_CLASE.items():
        crudo = (carpeta / f"{split}.csv").read_bytes().decode("utf-8")
        assert "\r" not in crudo
        assert crudo.endswith("\n")
        lineas = crudo.splitlines()
        assert len(lineas) == 14 * n == len(filas[split]), split
        for linea, (label, titulo, contenido) in zip(
            lineas, filas[split], strict=True
        ):
            doble = contenido.replace('"', '""'), titulo.replace('"', '""')
            assert linea == f'{label},"{doble[1]}","{doble[0]}"'
        cuenta = Counter(label for label, *_ in filas[split])
        assert cuenta == {str(k): n for k in range(1, 15)}, split

    todas = filas["train"] + filas["test"]
    titulos = [titulo.casefold() for _, titulo, _ in todas]
    repetidos = [t for t, veces in Counter(titulos).items() if veces > 1]
    assert not repetidos, repetidos

    largos = [len(contenido.split()) for *_, contenido in todas]
    assert min(largos) >= 20
    assert max(largos) <= 100
    assert 40 <= statistics.median(largos) <= 55

    for _, titulo, contenido in todas:
        for texto in (titulo, contenido):
            assert texto == texto.strip()
            assert "  " not in texto
            assert unicodedata.is_normalized("NFC", texto)
            raros = {
                c
                for c in texto
                if ord(c) > 126
                and c not in SIGNOS
                and not unicodedata.name(c).startswith("LATIN")
            }
            assert not raros, (titulo, raros)
        assert contenido[-1] in '.!?)"', titulo
        assert "||" not in contenido

    de_quien = defaultdict(set)
    grupos = [cincos(contenido) for *_, contenido in todas]
    for i, grupo in enumerate(grupos):
        for cinco in grupo:
            de_quien[cinco].add(i)
    comunes = Counter()
    for quienes in de_quien.values():
        comunes.update(combinations(sorted(quienes), 2))
    for (i, j), n in comunes.items():
        parecido = n / min(len(grupos[i]), len(grupos[j]))
        assert parecido <= 0.15, ("casi iguales", todas[i][1], todas[j][1])

    for split, n in POR_CLASE.items():
        for clase in map(str, range(1, 15)):
            textos = [c for k, _, c in filas[split] if k == clase]
            plantilla = Counter(g for t in textos for g in cincos(t))
            veces = max(plantilla.values())
            assert veces <= 0.05 * n, (clase, plantilla.most_common(1))
            delatoras = Counter(w for t in textos for w in set(palabras(t)))
            for palabra, veces in delatoras.items():
                assert veces < n or palabra in GRAMATICALES, (clase, palabra)

    clases = [label for label, *_ in filas["train"]]
    seguidas = sum(a == b for a, b in pairwise(clases))
    assert seguidas < len(clases) / 7, "las filas están mezcladas"


@pytest.fixture
def copia(tmp_path):
    destino = tmp_path / "mini"
    shutil.copytree(CARPETA, destino)
    return destino


def cambia(carpeta, split, que):
    ruta = carpeta / f"{split}.csv"
    lineas = ruta.read_text(encoding="utf-8").splitlines()
    ruta.write_text("\n".join(que(lineas)) + "\n", encoding="utf-8")


def test_el_conjunto_cumple():
    revisa(CARPETA)


def test_hay_de_todo_en_cada_clase():
    """Los años van de antes de 1800 a después de 2000 en todo el conjunto."""
    texto = " ".join(c for s in POR_CLASE for *_, c in lee(CARPETA, s))
    siglos = {
        int(a) // 100 for a in re.findall(r"\b1[0-9]{3}\b|\b20\d\d\b", texto)
    }
    assert {15, 16, 17, 18, 19, 20} <= siglos
    assert len(re.findall(r"[áéíóúñãçöüèê]", texto)) > 500, "tildes perdidas"


def test_no_contiene_los_ejemplos_del_curso():
    titulos = [t.lower() for s in POR_CLASE for _, t, _ in lee(CARPETA, s)]
    assert "nithari" not in titulos
    assert "axolotl" not in titulos


@pytest.mark.parametrize(
    "que",
    [
        pytest.param(lambda ls: [*ls[:-1], ls[0]], id="una fila duplicada"),
        pytest.param(
            lambda ls: ["15" + ls[0][ls[0].index(",") :], *ls[1:]],
            id="una etiqueta 15",
        ),
        pytest.param(
            lambda ls: [
                ("2" if ls[0][:2] == "1," else "1")
                + ls[0][ls[0].index(",") :],
                *ls[1:],
            ],
            id="una etiqueta cambiada",
        ),
        pytest.param(lambda ls: ls[1:], id="una fila menos"),
        pytest.param(lambda ls: sorted(ls), id="sin mezclar"),
        pytest.param(
            lambda ls: (
                [ls[0].replace(". ", ". Привет "), *ls[1:]]
                if ". " in ls[0]
                else [ls[0].replace(" ", " Привет ", 3), *ls[1:]]
            ),
            id="otro alfabeto",
        ),
        pytest.param(
            lambda ls: [ls[0][:-2] + '"', *ls[1:]], id="frase sin terminar"
        ),
    ],
)
def test_se_pone_rojo_si_se_estropea(copia, que):
    cambia(copia, "train", que)
    with pytest.raises(AssertionError):
        revisa(copia)


def test_se_pone_rojo_si_una_fila_pasa_de_prueba_a_entrenamiento(copia):
    fila = (copia / "test.csv").read_text(encoding="utf-8").splitlines()[0]
    cambia(copia, "test", lambda ls: ls[1:])
    cambia(copia, "train", lambda ls: [*ls, fila])
    with pytest.raises(AssertionError):
        revisa(copia)


def test_se_pone_rojo_si_una_fila_esta_en_los_dos(copia):
    fila = (copia / "test.csv").read_text(encoding="utf-8").splitlines()[0]
    clase = fila[: fila.index(",") + 1]

    def cambia_una(lineas):
        i = next(i for i, li in enumerate(lineas) if li.startswith(clase))
        return [*lineas[:i], fila, *lineas[i + 1 :]]

    cambia(copia, "train", cambia_una)
    with pytest.raises(AssertionError):
        revisa(copia)


def test_se_pone_rojo_ante_un_casi_duplicado(copia):
    def copia_con_otro_titulo(lineas):
        clase, titulo, contenido = next(csv.reader([lineas[0]]))
        otra = next(
            i
            for i, li in enumerate(lineas[1:], start=1)
            if li.startswith(f"{clase},")
        )
        contenido = contenido.replace('"', '""')
        nueva = f'{clase},"{titulo} II","{contenido}"'
        return [*lineas[:otra], nueva, *lineas[otra + 1 :]]

    cambia(copia, "train", copia_con_otro_titulo)
    with pytest.raises(AssertionError, match="casi iguales"):
        revisa(copia)
