"""¿Está lista para publicar la carpeta de un clasificador? Reto 4.2.

Nada de lo que hay en ella se ejecuta: se leen texto, JSON, YAML y
safetensors.
"""

import json
import os
import re
import unicodedata
from pathlib import Path

import torch

from ejercicios.piezas import Pista, muestra, pide
from helpers.clasificador import ModeloClasificacionTexto, predice
from helpers.dbpedia import CLASES
from helpers.texto import Vocabulario

ARCHIVOS = (
    "README.md",
    "vocabulario.json",
    "config.json",
    "model.safetensors",
)
_PELIGROSOS = {
    ".bin",
    ".ckpt",
    ".joblib",
    ".npy",
    ".npz",
    ".pickle",
    ".pkl",
    ".pt",
    ".pth",
}
_DE_311 = "clasificador-dbpedia"
_TOKEN = re.compile(rb"\bhf_[A-Za-z0-9]{16,}")

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
    carpeta = _mira_archivos(carpeta)
    texto = _lee_texto(carpeta / "README.md")
    _mira_la_ficha(texto)
    de_311 = carpeta.parent / _DE_311 / "README.md"
    pide(
        not _tabla(texto)
        or not de_311.is_file()
        or _tabla(texto) != _tabla(_lee_texto(de_311)),
        "la tabla de la ficha es la del modelo de 3.11: mide el tuyo.",
    )
    tokens = _lee_json(carpeta / "vocabulario.json")
    _mira_el_vocabulario(tokens)
    modelo = _carga(carpeta, tokens)
    aciertos = _acierta(modelo, tokens)
    pide(
        aciertos >= len(_NUEVOS) - 2,
        f"de {len(_NUEVOS)} textos nuevos acierta {aciertos}: ¿se entrenó, y "
        "es este su vocabulario, con cada token en su sitio?",
    )
    return (
        f"Acierta {aciertos} de {len(_NUEVOS)} textos nuevos, y otra persona "
        "puede usarlo: `upload_folder` la espera."
    )


def _mira_archivos(carpeta):
    pide(
        isinstance(carpeta, (str, os.PathLike)),
        f"es de tipo {type(carpeta).__name__} y se pide la ruta de tu "
        "carpeta.",
    )
    carpeta = Path(carpeta)
    pide(
        carpeta.is_dir(),
        f"no hay ninguna carpeta «{carpeta.name}» ahí: créala antes de "
        "comprobarla, y escribe la ruta completa, con `CARPETA`.",
    )
    de_311 = carpeta.parent / _DE_311
    pide(
        carpeta.resolve().parts[-2:] != ("capitulo_4", de_311.name),
        "esa es la carpeta de 3.11, que otras celdas usan: haz la tuya al "
        "lado.",
    )
    dentro = [p for p in sorted(carpeta.rglob("*")) if p.is_file()]
    for archivo in dentro:
        pide(
            archivo.suffix.lower() not in _PELIGROSOS,
            f"sobra `{archivo.name}`: ese formato puede llevar un programa "
            "dentro. Solo van los cuatro archivos.",
        )
        pide(
            not _TOKEN.search(archivo.read_bytes()),
            f"en `{archivo.name}` hay algo que parece un token. Quítalo; si "
            "es de verdad, revócalo en el Hub y crea otro.",
        )
    for nombre in ARCHIVOS:
        archivo = carpeta / nombre
        pide(archivo.is_file(), f"falta `{nombre}`.")
        pide(archivo.stat().st_size, f"`{nombre}` está vacío.")
    # Los ocultos los deja el sistema: `.DS_Store`, `.ipynb_checkpoints`…
    ajenos = [
        f"`{p.name}`"
        for p in dentro
        if p.parent == carpeta and p.name not in ARCHIVOS and p.name[0] != "."
    ]
    pide(
        not ajenos,
        f"sobra {', '.join(ajenos)}: se publican los cuatro archivos.",
    )
    suyos, otros = (c / "model.safetensors" for c in (carpeta, de_311))
    pide(
        not otros.is_file() or suyos.read_bytes() != otros.read_bytes(),
        "son los mismos pesos que publicó 3.11: entrena el tuyo, con otra "
        "semilla.",
    )
    return carpeta


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


def _tabla(texto):
    return [fila for fila in texto.splitlines() if fila.startswith("| ")]


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
        re.fullmatch(r"[a-z0-9.-]+", str(licencia)),
        f"el Hub no conoce la licencia «{licencia}»: va en minúsculas y con "
        'guiones, como "apache-2.0".',
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
    pide(
        "TU-USUARIO" not in texto,
        "la ficha aún dice TU-USUARIO: quien copie ese código buscaría un "
        "modelo que no existe. Pon el tuyo.",
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


def _acierta(modelo, tokens):
    """Cuántos de los textos nuevos clasifica bien."""
    vocab = Vocabulario.de_lista(tokens)
    return sum(
        predice(texto, modelo, vocab.texto_pipeline)[0] == clase
        for clase, texto in _NUEVOS.items()
    )
