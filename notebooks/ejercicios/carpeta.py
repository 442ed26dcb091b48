"""¿Está lista para publicar la carpeta de un clasificador? Reto 4.2.

Nada de lo que hay en ella se ejecuta: se leen texto, JSON, YAML y
safetensors. Y nada se recorre: se mira lo que hay arriba, con un tope.
"""

import json
import os
import re
import unicodedata
from itertools import islice
from pathlib import Path

import torch

from ejercicios.licencias import LICENCIAS
from ejercicios.piezas import Pista, muestra, pide
from helpers.clasificador import ModeloClasificacionTexto, predice
from helpers.dbpedia import CLASES, DATOS, DBpedia
from helpers.texto import tokeniza

ARCHIVOS = (
    "README.md",
    "vocabulario.json",
    "config.json",
    "model.safetensors",
    "modelo.py",
)
# Los ponen el sistema o git.
_TAMBIEN = (".gitattributes", ".DS_Store", "desktop.ini")
_PELIGROSOS = {
    ".bin",
    ".ckpt",
    ".joblib",
    ".npy",
    ".npz",
    ".pickle",
    ".pkl",
    ".pt",
    ".pt2",
    ".pth",
}
_DE_311 = "clasificador-dbpedia"
_TOKEN = re.compile(rb"(?:hf|api_org)_[A-Za-z0-9]{16,}")
_TOPE_TEXTO, _TOPE_PESOS = 20 * 2**20, 2 * 2**30  # bytes
# Lo más que acierta en la prueba quien no la vio, con los datos del curso.
_CREIBLE = 0.98

# Textos que no están en los datos del curso, y su clase.
_NUEVOS = {
    "Village": "Koldova is a village in the north of the country. The "
    "village lies in the district of Marn and has a population of 312.",
    "Animal": "The spotted marsh frog is a species of frog. It lives in "
    "wet forests and feeds on insects.",
    "Plant": "Silverleaf is a species of flowering plant in the daisy family, "
    "with small white flowers and narrow leaves.",
    "Album": "Paper Lanterns is the second studio album by the rock band "
    "Grey Harbour, released by their record label in 1998.",
    "Film": "The Last Ferry is a 1974 drama film directed by Anna Berg and "
    "starring two actors who play brothers.",
    "Company": "Norlund is a company that makes furniture. It was founded in "
    "1952 and its headquarters are in Oslo.",
    "Athlete": "Pedro Salgado is a football player who plays as a midfielder "
    "for his national team and won two league titles.",
    "NaturalPlace": "The Arva is a river in the mountains. It flows north "
    "for 80 kilometres into a lake.",
}


def revisa_carpeta(carpeta):
    """Lo que le falta a una carpeta para publicarse, de a una cosa.

    Args:
        carpeta: ruta, `str` o `Path`.

    Returns:
        str: la frase que cierra.

    Raises:
        Pista: lo primero que falta.
    """
    carpeta = _mira_la_ruta(carpeta)
    _mira_archivos(carpeta)
    texto = _lee_texto(carpeta / "README.md")
    _mira_la_ficha(texto)
    tokens = _lee_json(carpeta / "vocabulario.json")
    _mira_el_vocabulario(tokens)
    modelo = _carga(carpeta, tokens)
    aciertos = _acierta(modelo, tokens)
    pide(
        aciertos >= len(_NUEVOS) - 2,
        f"de {len(_NUEVOS)} textos nuevos acierta {aciertos}: ¿se entrenó, y "
        "es este su vocabulario, con cada token en su sitio?",
    )
    _mira_la_nota(texto, carpeta, modelo, tokens)
    return (
        f"Acierta {aciertos} de {len(_NUEVOS)} textos nuevos, y otra persona "
        "puede usarlo: `upload_folder` la espera."
    )


def _mira_la_ruta(carpeta):
    pide(
        isinstance(carpeta, (str, os.PathLike)),
        f"es de tipo {type(carpeta).__name__} y se pide la ruta de tu "
        "carpeta.",
    )
    carpeta = Path(carpeta)
    try:
        es_carpeta = carpeta.is_dir()
    except (OSError, ValueError):  # nombre imposible, sin permiso…
        es_carpeta = False
    pide(
        es_carpeta,
        f"no hay ninguna carpeta «{carpeta.name[:40]}» ahí: créala antes de "
        "comprobarla, y escribe la ruta completa, con `CARPETA`.",
    )
    pide(
        carpeta.name != _DE_311
        or not carpeta.resolve().parent.name.startswith("capitulo_4"),
        "esa es la carpeta de 3.11, que otras celdas usan: haz la tuya al "
        "lado.",
    )
    return carpeta


def _mira_archivos(carpeta):
    """Los que faltan, los que sobran y los que no se publican."""
    for nombre in ARCHIVOS:
        archivo = carpeta / nombre
        pide(archivo.is_file(), f"falta `{nombre}`.")
        pide(archivo.stat().st_size, f"`{nombre}` está vacío.")
        tope = _TOPE_PESOS if nombre.endswith("tensors") else _TOPE_TEXTO
        pide(
            archivo.stat().st_size <= tope,
            f"`{nombre}` pesa demasiado para ser el de este clasificador.",
        )
    with os.scandir(carpeta) as dentro:
        entradas = sorted(islice(dentro, 50), key=lambda e: e.name)
    for entrada in entradas:
        if entrada.name in (*ARCHIVOS, *_TAMBIEN) and entrada.is_file():
            continue
        pide(
            Path(entrada.name).suffix.lower() not in _PELIGROSOS
            and not _es_pickle(entrada),
            f"sobra `{entrada.name}`: ese formato puede llevar un programa "
            "dentro. Solo van los archivos de 3.11.",
        )
        pide(
            not entrada.is_dir(),
            f"sobra la carpeta `{entrada.name}`: `upload_folder` subiría "
            "también lo que hay en ella.",
        )
        raise Pista(f"sobra `{entrada.name}`: van solo los archivos de 3.11.")
    for entrada in entradas:
        pide(
            not _TOKEN.search(_trozo(carpeta / entrada.name, _TOPE_TEXTO)),
            f"en `{entrada.name}` hay algo que parece un token. Quítalo; si "
            "es de verdad, revócalo en el Hub y crea otro.",
        )
    suyos, otros = (
        c / "model.safetensors" for c in (carpeta, carpeta.parent / _DE_311)
    )
    pide(
        not otros.is_file() or suyos.read_bytes() != otros.read_bytes(),
        "son los mismos pesos que publicó 3.11: entrena el tuyo, con otra "
        "semilla.",
    )


def _trozo(ruta, bytes_):
    with ruta.open("rb") as archivo:
        return archivo.read(bytes_)


def _es_pickle(entrada):
    """Por lo que lleva, se llame como se llame."""
    if not entrada.is_file():
        return False
    try:
        trozo = _trozo(Path(entrada.path), 4096)
    except OSError:
        return False
    es_zip_de_torch = trozo.startswith(b"PK") and b"data.pkl" in trozo
    return es_zip_de_torch or (
        trozo[:1] == b"\x80" and trozo[1:2] in b"\x02\x03\x04\x05"
    )


def _lee_texto(archivo):
    try:
        return archivo.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Pista(
            f'`{archivo.name}` no está en UTF-8: `write_text(…, "utf-8")`.'
        ) from None


def _lee_json(archivo):
    try:
        return json.loads(_lee_texto(archivo))
    except ValueError:
        raise Pista(
            f"`{archivo.name}` no es JSON: escríbelo con `json.dumps`."
        ) from None


def _secciones(texto):
    """Título, sin tildes y en minúsculas → lo que hay debajo."""
    plano = unicodedata.normalize("NFKD", texto.lower())
    plano = plano.encode("ascii", "ignore").decode()
    trozos = re.split(r"^#+ (.+)$", plano, flags=re.MULTILINE)
    return dict(zip(trozos[1::2], trozos[2::2], strict=True))


def _mira_la_ficha(texto):
    from yaml import YAMLError, safe_load

    encabezado = re.match(r"---\n(.*?)\n---\n", texto, re.DOTALL)
    pide(
        encabezado,
        "la ficha no empieza por el encabezado: YAML entre dos líneas `---`.",
    )
    try:
        datos = safe_load(encabezado[1])
    except YAMLError:
        datos = None
    pide(
        isinstance(datos, dict),
        "el YAML de la ficha, lo que va entre `---`, tiene un error: "
        "escríbelo con `ficha`.",
    )
    pide(
        "using the [PytorchModelHubMixin]" not in texto,
        "esa ficha la escribió `save_pretrained`, que no encontró otra: falta "
        "la tuya.",
    )
    licencia, idiomas = datos.get("license"), datos.get("language")
    pide(licencia, "en la ficha falta la licencia, `license`.")
    pide(
        licencia != "unknown",
        'la licencia sigue en "unknown": elige una, o nadie tendrá permiso '
        "de usar tu modelo.",
    )
    pide(
        licencia != "other"
        or (datos.get("license_name") and datos.get("license_link")),
        'con la licencia "other" van `license_name` y `license_link`: cuál '
        "es y dónde se lee.",
    )
    pide(
        licencia in LICENCIAS,
        f"el Hub no conoce la licencia «{licencia}»: va en minúsculas y con "
        'guiones, como "mit" o "apache-2.0", y es una de su lista.',
    )
    pide(idiomas, "en la ficha falta el idioma, `language`.")
    pide(
        "en" in ([idiomas] if isinstance(idiomas, str) else list(idiomas)),
        f"`language` dice {muestra(idiomas)}: es el de los artículos que lee "
        'el modelo, "en".',
    )
    secciones = _secciones(texto)
    for nombre, raiz in (("Resultados", "resultado"), ("Límites", "limit")):
        suyas = [c for t, c in secciones.items() if raiz in t]
        pide(suyas, f"a la ficha le falta la sección «{nombre}».")
        pide(
            any(c.strip() for c in suyas),
            f"la sección «{nombre}» de la ficha está vacía.",
        )
        pide(
            raiz != "resultado" or any(re.search(r"\d", c) for c in suyas),
            "en «Resultados» no hay ningún número: ¿cuánto acierta?",
        )
    hueco = re.search(r"TU-USUARIO|\bNone/|<(?:tu-)?usuario>", texto, re.I)
    pide(
        not hueco,
        f"la ficha aún dice {hueco and hueco[0]}: quien copie ese código "
        "buscaría un modelo que no existe. Pon tu usuario.",
    )


def _mira_el_vocabulario(tokens):
    pide(
        isinstance(tokens, list) and all(isinstance(t, str) for t in tokens),
        "en `vocabulario.json` va la lista de tokens, y la posición es el id: "
        "`get_itos()`.",
    )
    pide(
        tokens and tokens[0] == "<unk>",
        "el primer token de `vocabulario.json` no es `<unk>`: el orden es el "
        "de los ids.",
    )
    pide(
        len(tokens) == len(set(tokens)),
        "en `vocabulario.json` hay tokens repetidos: cada uno tiene un solo "
        "id.",
    )


def _carga(carpeta, tokens):
    """El modelo de la carpeta, si pesos, medidas y vocabulario concuerdan."""
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        pesos = load_file(carpeta / "model.safetensors")
    except SafetensorError:
        raise Pista(
            "`model.safetensors` no es safetensors, diga lo que diga su "
            "nombre: `save_pretrained` lo escribe bien."
        ) from None
    pide(
        not any("_orig_mod." in nombre for nombre in pesos),
        "los nombres llevan `_orig_mod.`: guardaste el modelo compilado; se "
        "guarda el original.",
    )
    config = _lee_json(carpeta / "config.json")
    nombres = ("vocab_size", "embed_dim", "num_class")
    pide(
        isinstance(config, dict) and set(nombres) <= set(config),
        "en `config.json` van `vocab_size`, `embed_dim` y `num_class`: "
        "`save_pretrained` lo escribe.",
    )
    pide(
        config.get("clases") == list(CLASES),
        "en `config.json` van las `clases`, los 14 nombres en su orden: sin "
        "ellas `modelo.py` no sabe nombrar lo que responde.",
    )
    tabla, sesgo = pesos.get("embedding.weight"), pesos.get("fc.bias")
    pide(
        tabla is not None and tabla.ndim == 2 and sesgo is not None,
        "en `model.safetensors` no está el `state_dict` entero del "
        "clasificador.",
    )
    reales = dict(zip(nombres, (*tabla.shape, len(sesgo)), strict=True))
    for nombre, real in reales.items():
        pide(
            config[nombre] == real,
            f"`config.json` dice {nombre} = {muestra(config[nombre])} y los "
            f"tensores, {real}.",
        )
    pide(
        len(tokens) == len(tabla),
        f"el vocabulario tiene {len(tokens)} tokens y la tabla, {len(tabla)} "
        "filas: no es el de este modelo.",
    )
    pide(
        len(sesgo) == len(CLASES),
        f"el modelo tiene {len(sesgo)} clases y son {len(CLASES)}.",
    )
    with torch.device("meta"):
        modelo = ModeloClasificacionTexto(**reales)
    esperados = {n: p.shape for n, p in modelo.state_dict().items()}
    pide(
        esperados == {n: p.shape for n, p in pesos.items()},
        "en `model.safetensors` no está el `state_dict` entero del "
        "clasificador: faltan o sobran tensores.",
    )
    pide(
        pesos["bn.num_batches_tracked"] > 0,
        "los pesos están sin entrenar: BatchNorm no ha visto ningún lote.",
    )
    modelo.load_state_dict(pesos, assign=True)
    return modelo


def _pipeline(tokens):
    indice = {token: i for i, token in enumerate(tokens)}
    return lambda texto: [indice.get(token, 0) for token in tokeniza(texto)]


def _acierta(modelo, tokens):
    """Cuántos de los textos nuevos clasifica bien."""
    pipeline = _pipeline(tokens)
    return sum(
        predice(texto, modelo, pipeline)[0] == clase
        for clase, texto in _NUEVOS.items()
    )


def _mira_la_nota(ficha, carpeta, modelo, tokens):
    """Que la nota sea de este modelo, y de una prueba que no vio."""
    pares = list(DBpedia(DATOS / "dbpedia_mini", split="test"))
    pipeline = _pipeline(tokens)
    exactitud = sum(
        predice(texto, modelo, pipeline)[0] == CLASES[label - 1]
        for label, texto in pares
    ) / len(pares)
    pide(
        exactitud < _CREIBLE,
        f"acierta {exactitud:.1%} de la prueba, y eso no es creíble: ¿la vio "
        "al entrenar? Su nota no diría nada.",
    )
    de_311 = carpeta.parent / _DE_311 / "README.md"
    otra = _resultados(_lee_texto(de_311)) if de_311.is_file() else ""
    suya = _resultados(ficha)
    pide(
        not _filas(suya) or _filas(suya) != _filas(otra),
        "la tabla de la ficha es la del modelo de 3.11: mide el tuyo.",
    )
    if "CURSO_DBPEDIA" in os.environ:  # se midió con otros datos
        return
    sin_tabla = re.sub(r"^\|.*|intervalo del \d+ ?%", "", suya, flags=re.M)
    numeros = re.findall(r"\d+(?:[.,]\d+)?", sin_tabla)
    valores = [float(n.replace(",", ".")) for n in numeros]
    pide(
        any(abs(v - exactitud) < 0.006 for v in valores)
        or any(abs(v - 100 * exactitud) < 0.6 for v in valores),
        f"este modelo acierta {exactitud:.1%} de la prueba, y en "
        "«Resultados» no está esa nota: mide el tuyo.",
    )


def _resultados(texto):
    """Lo que hay bajo el título «Resultados», y bajo los suyos."""
    return "\n".join(
        c for t, c in _secciones(texto).items() if "resultado" in t
    )


def _filas(texto):
    return [fila for fila in texto.splitlines() if fila.startswith("| ")]
