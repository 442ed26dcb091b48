"""La ficha (*model card*) del clasificador, y la de su página."""

import re
from math import isfinite
from pathlib import Path
from statistics import mean
from zlib import crc32

from huggingface_hub import EvalResult, ModelCardData

from archivos import escribe
from helpers.errores import explica_disco
from publica import revisa

DEL_HUB = """\
import runpy
from huggingface_hub import snapshot_download
carpeta = snapshot_download("{repo_id}")
predice = runpy.run_path(f"{{carpeta}}/modelo.py")["abre"](carpeta)
print(predice("A small village in the mountains of Peru."))"""

DE_AQUI = """\
import runpy
carpeta = "."  # la de esta ficha
predice = runpy.run_path(f"{carpeta}/modelo.py")["abre"](carpeta)
print(predice("A small village in the mountains of Peru."))"""

_FICHA = """\
---
{metadatos}
---

# Clasificador de artículos de DBpedia

Lee un artículo corto en inglés y dice de cuál de {clases} clases es: una \
empresa, un animal, un pueblo, una película… Lo entrenó quien lo publica, \
al seguir un curso de PyTorch en español.{pruebalo}

## Cómo se usa

Hace falta Python 3.10 o posterior y `pip install torch safetensors \
huggingface_hub`. `modelo.py` viene en la carpeta y es un programa: léelo \
antes de ejecutarlo{fija}.

```python
{uso}
```

`predice` da un diccionario, de la clase más probable a la menos.

## Datos

{articulos} artículos de entrenamiento en inglés. Los del curso \
(`data/dbpedia_mini`) se escribieron para él al estilo de DBpedia y con sus \
clases; si usaste otros, dilo aquí. Tokens de `basic_english`; lo que no \
está en el vocabulario es `<unk>`.

## Resultados

Exactitud en {prueba} artículos de prueba, no vistos: **{exactitud:.2f}**, \
más o menos {margen:.2f} por ser tan pocos (intervalo del 95 %).{semillas}

| Clase | *Precision* | *Recall* | F1 | Artículos |
|---|---|---|---|---|
{tabla}
{palabras}
## Límites

- Solo inglés, y solo estas {clases} clases: a todo texto le asigna una.
- Mira qué palabras hay, no su orden: *not a river* le parece un río.
- Sus datos son pocos y de temas conocidos; con otros textos acierta menos.
- Su probabilidad no está calibrada: no la uses para decidir sobre personas.

## Licencia

`{licencia}`.{falta_licencia}
"""


def ficha(
    exactitud,
    por_clase,
    articulos,
    clases,
    licencia,
    *,
    repo_id=None,
    demo=None,
    semillas=(),
    palabras=None,
):
    """Escribe la ficha del clasificador.

    Args:
        exactitud: en la prueba, entre 0 y 1.
        por_clase: lo que da `precision_recall_fscore_support`: cuatro
            secuencias con un número por clase.
        articulos: cuántos de entrenamiento.
        clases: sus nombres, en orden.
        licencia: identificador del Hub, como "mit" o "unknown".
        repo_id: "usuario/nombre"; sin él, explica cómo se abre de la carpeta.
        demo: dirección de la página, o None.
        semillas: exactitudes en la prueba al entrenar con otras semillas.
        palabras: {clase: lista de palabras} en que más se apoya.

    Returns:
        str: Markdown con su encabezado YAML.

    Raises:
        ValueError: algo no es lo que se pide; dice qué y qué poner.
    """
    revisa.exige(
        isinstance(licencia, str)
        and re.fullmatch(r"[a-z0-9][a-z0-9.-]*", licencia),
        f"{licencia!r:.40} no es una licencia del Hub: va en minúsculas y con "
        'guiones, como "apache-2.0"; si no la eliges aún, "unknown".',
    )
    exactitud = revisa.numero("exactitud", exactitud, hasta=1)
    articulos = int(revisa.numero("articulos", articulos))
    clases = revisa.textos("clases", clases)
    por_clase = _cuatro_columnas(por_clase, len(clases))
    if repo_id is not None:
        revisa.repositorio(repo_id)
    if demo is not None:
        revisa.direccion("demo", demo)
    prueba = int(sum(por_clase[3]))
    revisa.exige(
        prueba > 0, "`por_clase` no cuenta ni un artículo: mide otra vez."
    )
    return _FICHA.format(
        metadatos=_metadatos(exactitud, licencia).to_yaml(),
        clases=len(clases),
        pruebalo=f"\n\n**Pruébalo en tu navegador:** {demo}" if demo else "",
        fija=", y fija con `revision=` la versión leída" if repo_id else "",
        uso=DEL_HUB.format(repo_id=repo_id) if repo_id else DE_AQUI,
        articulos=articulos,
        prueba=prueba,
        exactitud=exactitud,
        # Intervalo normal de una proporción.
        margen=1.96 * (exactitud * (1 - exactitud) / prueba) ** 0.5,
        semillas=_de_semillas(semillas),
        tabla="\n".join(
            f"| {clase} | {p:.2f} | {r:.2f} | {f1:.2f} | {n:.0f} |"
            for clase, p, r, f1, n in zip(clases, *por_clase, strict=True)
        ),
        palabras=_de_palabras(palabras),
        licencia=licencia,
        falta_licencia=" Sin elegir: aún no hay permiso de uso."
        if licencia == "unknown"
        else "",
    )


def _cuatro_columnas(por_clase, clases):
    """`por_clase`, en listas de float, si tiene la forma que se espera."""
    try:
        columnas = [[float(n) for n in columna] for columna in por_clase]
    except (TypeError, ValueError, RuntimeError):
        columnas = []
    revisa.exige(
        [len(columna) for columna in columnas] == [clases] * 4
        and all(isfinite(n) for columna in columnas for n in columna),
        "`por_clase` es lo que da precision_recall_fscore_support sin "
        f"`average`: pasa sus cuatro listas, con un número por clase, y son "
        f"{clases}.",
    )
    return columnas


def _metadatos(exactitud, licencia):
    return ModelCardData(
        language="en",
        license=licencia,
        library_name="pytorch",
        pipeline_tag="text-classification",
        tags=["pytorch_model_hub_mixin", "model_hub_mixin"],
        model_name="clasificador-dbpedia",
        eval_results=[
            EvalResult(
                task_type="text-classification",
                dataset_type="dbpedia-mini",
                dataset_name="DBpedia mini",
                metric_type="accuracy",
                metric_value=round(exactitud, 2),
            )
        ],
    )


def _de_semillas(semillas):
    try:
        semillas = [revisa.numero("semillas", s, hasta=1) for s in semillas]
    except TypeError:
        raise ValueError(
            "`semillas` es una lista de exactitudes, una por semilla, como "
            f"[0.95, 0.96], y le llegó {semillas!r:.40}."
        ) from None
    if not semillas:
        return ""
    return (
        f" Entrenado con {len(semillas)} semillas: media "
        f"{mean(semillas):.3f}, de {min(semillas):.3f} a {max(semillas):.3f}."
    )


def _de_palabras(palabras):
    if not palabras:
        return ""
    revisa.exige(
        isinstance(palabras, dict),
        "`palabras` es un diccionario, de cada clase a su lista de palabras: "
        'pásalo así, {"Village": ["village", "district"]}.',
    )
    filas = "\n".join(
        f"- {clase}: {', '.join(revisa.textos('palabras', suyas))}"
        for clase, suyas in palabras.items()
    )
    return f"\nLas palabras frecuentes en que más se apoya:\n\n{filas}\n"


_SELLO = re.compile(r"<!-- ficha del curso ([0-9a-f]{8}) -->\n\Z")
_DE_LA_MEZCLA = "using the [PytorchModelHubMixin]"


def guarda_ficha(texto, ruta):
    """Guarda una ficha, salvo que alguien haya escrito en la que hay.

    La última línea, un comentario que el Hub no muestra, lleva la suma de lo
    demás: si no concuerda, la editó una persona y se conserva.

    Args:
        texto: lo que da `ficha`.
        ruta: el README.md; su carpeta existe.

    Raises:
        ValueError: `texto` no es una ficha, o ahí no se puede escribir.
    """
    revisa.exige(
        isinstance(texto, str) and texto.startswith("---\n"),
        "Aquí se guarda el texto que da `ficha`, con su encabezado ---: pasa "
        "ese.",
    )
    revisa.exige(
        isinstance(ruta, str | Path) and Path(ruta).name,
        f"`ruta` es {ruta!r:.40}, y tiene que ser la de un README.md.",
    )
    ruta = Path(ruta)
    with explica_disco(ruta):
        if ruta.exists() and _editada(ruta.read_bytes()):
            print(
                f"{ruta.name} tiene cambios tuyos y se conserva. Si quieres "
                "la ficha nueva, cámbiale el nombre o bórralo, y repite la "
                "celda."
            )
            return
        sello = f"<!-- ficha del curso {crc32(texto.encode()):08x} -->\n"
        escribe(ruta, texto + sello)


def _editada(bytes_):
    # Con lo que no sea UTF-8, la suma no concuerda: la escribió alguien.
    texto = bytes_.decode("utf-8", "replace").replace("\r\n", "\n")
    sello = _SELLO.search(texto)
    if sello is None:  # la que `save_pretrained` escribe sola no es de nadie
        return _DE_LA_MEZCLA not in texto
    return f"{crc32(texto[: sello.start()].encode()):08x}" != sello[1]


_ESPACIO = """\
---
title: ¿De qué trata este artículo?
emoji: 📚
colorFrom: blue
colorTo: green
sdk: static
models:
- {repo_id}
---

El clasificador [{repo_id}]({direccion}), en una página que corre en tu \
navegador. Está hecha con el curso de PyTorch en español.
"""


def ficha_de_espacio(repo_id, direccion):
    """El README.md del *Space* que muestra la página de un modelo.

    Args:
        repo_id: el modelo, "usuario/nombre".
        direccion: la suya, para enlazarla.

    Returns:
        str: Markdown con el YAML de un *Space* estático.

    Raises:
        ValueError: el nombre o la dirección no lo son.
    """
    revisa.repositorio(repo_id)
    revisa.direccion("direccion", direccion)
    return _ESPACIO.format(repo_id=repo_id, direccion=direccion)
