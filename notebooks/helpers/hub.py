"""Publicar en el Hub: sus errores dichos en una frase, y la ficha."""

from contextlib import contextmanager
from textwrap import shorten

from huggingface_hub import EvalResult, ModelCardData
from huggingface_hub.errors import (
    BadRequestError,
    HfHubHTTPError,
    HTTPError,
    LocalTokenNotFoundError,
    RepositoryNotFoundError,
)

SIN_TOKEN = "No encuentro un token de Hugging Face: no se sube nada."
RECHAZADO = (
    "El Hub no acepta el token (401): está mal copiado, venció o se borró. "
    "Crea otro."
)
SIN_PERMISO = (
    "El Hub no te deja escribir ahí (403): el token es de solo lectura o el "
    "repositorio es de otra cuenta. Usa un token «write» y tu usuario."
)
NO_EXISTE = (
    "Ese repositorio no existe (404), o tu token no puede verlo: revisa el "
    "nombre o créalo con create_repo."
)
SIN_RED = (
    "No hay conexión con el Hub, o se cortó. Allá no queda nada a medias: "
    "ejecuta otra vez la celda."
)
SIGUE = "El curso sigue con la carpeta local."


def _causas(error):
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def frase(error):
    """Dice en español qué pasó con el Hub.

    Args:
        error: excepción que lanzó `huggingface_hub`.

    Returns:
        str o None: None si el error no es del Hub ni de la red.
    """
    causas = list(_causas(error))
    if isinstance(error, LocalTokenNotFoundError):
        return SIN_TOKEN
    if isinstance(error, ValueError) and any(
        isinstance(causa, BadRequestError) for causa in causas
    ):
        motivo = shorten(str(error).partition("\n")[2], 90, placeholder=" …")
        return f"El Hub no acepta el encabezado de la ficha: {motivo}"
    for causa in causas:
        if isinstance(causa, RepositoryNotFoundError):
            return NO_EXISTE
        if isinstance(causa, HfHubHTTPError):
            estado = causa.response.status_code
            otro = f"El Hub respondió {estado}: inténtalo más tarde."
            return {401: RECHAZADO, 403: SIN_PERMISO}.get(estado, otro)
        if isinstance(causa, (HTTPError, ConnectionError, TimeoutError)):
            return SIN_RED
    return None


@contextmanager
def explica_errores():
    """Cambia un error del Hub por una frase; los demás siguen su camino.

    Nunca muestra el token, ni el mensaje que podría traerlo.
    """
    try:
        yield
    except Exception as error:
        texto = frase(error)
        if texto is None:
            raise
        print(f"{texto} {SIGUE}")


_FICHA = """\
---
{metadatos}
---

# Clasificador de artículos de DBpedia

Lee un artículo corto en inglés y dice de cuál de {clases} clases es: una \
empresa, un animal, un pueblo, una película… Lo entrenó quien lo publica, \
al seguir un curso de PyTorch en español.

## Cómo se usa

El modelo y el tokenizador están en la carpeta `notebooks/helpers` del curso.

```python
import json
from pathlib import Path

from huggingface_hub import PyTorchModelHubMixin, snapshot_download

from helpers.clasificador import ModeloClasificacionTexto, predice
from torchtext.data.utils import get_tokenizer


class ClasificadorDBpedia(ModeloClasificacionTexto, PyTorchModelHubMixin):
    pass


carpeta = Path(snapshot_download("TU-USUARIO/clasificador-dbpedia"))
modelo = ClasificadorDBpedia.from_pretrained(carpeta, strict=True)
tokens = json.loads((carpeta / "vocabulario.json").read_text("utf-8"))
indice = {{token: i for i, token in enumerate(tokens)}}
tokenizador = get_tokenizer("basic_english")

texto = "Nithari is a village in northern India."
print(predice(
    texto, modelo, lambda t: [indice.get(p, 0) for p in tokenizador(t)]
))
```

## Datos

{articulos} artículos de entrenamiento en inglés. Los del curso \
(`data/dbpedia_mini`) se escribieron para él al estilo de DBpedia y con sus \
clases; si usaste otros, dilo aquí. Tokens de `basic_english`; lo que no \
está en el vocabulario es `<unk>`.

## Resultados

Exactitud en {prueba} artículos de prueba, no vistos: **{exactitud:.2f}**.

| Clase | *Precision* | *Recall* | F1 | Artículos |
|---|---|---|---|---|
{tabla}

## Límites

- Solo inglés, y solo estas {clases} clases: a todo texto le asigna una.
- Mira qué palabras hay, no su orden: *not a river* le parece un río.
- Sus datos son pocos y de temas conocidos; con otros textos acierta menos.
- Su probabilidad no está calibrada: no la uses para decidir sobre personas.

## Licencia

`{licencia}`. Elige una antes de que otros lo usen.
"""


def ficha(exactitud, por_clase, articulos, clases, licencia):
    """Escribe la ficha (*model card*) del clasificador.

    Args:
        exactitud: en la prueba, entre 0 y 1.
        por_clase: lo que da `precision_recall_fscore_support`: cuatro
            secuencias con un número por clase.
        articulos: cuántos de entrenamiento.
        clases: sus nombres, en orden.
        licencia: identificador del Hub, como "mit" o "unknown".

    Returns:
        str: Markdown con su encabezado YAML.
    """
    prueba = int(sum(por_clase[3]))
    datos = ModelCardData(
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
    tabla = "\n".join(
        f"| {clase} | {p:.2f} | {r:.2f} | {f1:.2f} | {n:.0f} |"
        for clase, p, r, f1, n in zip(clases, *por_clase, strict=True)
    )
    return _FICHA.format(
        metadatos=datos.to_yaml(),
        clases=len(clases),
        articulos=articulos,
        prueba=prueba,
        exactitud=exactitud,
        tabla=tabla,
        licencia=licencia,
    )
