"""Traer el DBpedia completo: se reanuda, se verifica y no deja mitades."""

import hashlib
import json
import os
import shutil
import tarfile
import tempfile
import zlib
from contextlib import suppress
from filecmp import cmp
from pathlib import Path

import requests
from filelock import FileLock, Timeout
from tqdm.auto import tqdm
from urllib3.exceptions import HTTPError

from archivos import SUFIJO, aparta, completo
from helpers.dbpedia import DATOS
from helpers.errores import DescargaFallida, explica_disco, frase_de_red

URL = "https://s3.amazonaws.com/fast-ai-nlp/dbpedia_csv.tgz"
MD5 = "239c7837b9e79db34486f3de6a00e38e"
_MIEMBROS = ("train.csv", "test.csv", "classes.txt", "readme.txt")
_MARCA = ".descarga.json"  # dice que la carpeta es nuestra, y qué trajo
_ESPERA_S = 20


def _md5(ruta):
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "md5").hexdigest()


def _copia(url, ruta, ya=0):
    """Pide `url` desde el byte `ya` y lo agrega a `ruta`.

    Returns:
        bool: False si pidió desde `ya` y el servidor no dio justo eso;
        entonces no escribe nada.
    """
    cabeceras = {"Accept-Encoding": "identity"}
    if ya:
        cabeceras["Range"] = f"bytes={ya}-"
    with requests.get(
        url, headers=cabeceras, stream=True, timeout=_ESPERA_S
    ) as respuesta:
        estado, dado = respuesta.status_code, respuesta.headers
        sigue = dado.get("Content-Range", "").startswith(f"bytes {ya}-")
        if ya and estado in (200, 206, 416) and not (sigue and estado == 206):
            return False
        if estado != (206 if ya else 200):
            raise DescargaFallida(
                f"El servidor respondió {estado} para {url}. Revisa la "
                "dirección o inténtalo más tarde."
            )
        if "html" in dado.get("Content-Type", ""):
            raise DescargaFallida(
                f"En vez de {ruta.name} llegó una página web: si tu red pide "
                "registrarse, hazlo en el navegador; si no, revisa la "
                f"dirección {url}. Después, llama otra vez."
            )
        falta = dado.get("Content-Length", "")
        total = ya + int(falta) if falta.isdecimal() else None
        barra = {"initial": ya, "unit": "B", "unit_scale": True}
        with (
            ruta.open("ab") as archivo,
            tqdm(desc=ruta.name, total=total, **barra) as barra,
        ):
            # Sin descomprimir, diga lo que diga la cabecera.
            for trozo in respuesta.raw.stream(1 << 15, decode_content=False):
                archivo.write(trozo)
                barra.update(len(trozo))
    return True


def _reanuda(url, ruta, md5):
    """Si completa lo que había; si no sale, lo deja como estaba."""
    ya = ruta.stat().st_size
    if _md5(ruta) == md5:
        return True
    if _copia(url, ruta, ya) and _md5(ruta) == md5:
        return True
    os.truncate(ruta, ya)
    return False


def _completa(url, ruta, md5):
    hay = ruta.is_file() and ruta.stat().st_size
    if hay and _reanuda(url, ruta, md5):
        return
    # Si lo que había no sirve para seguir: entero y aparte, sin perderlo.
    nueva = ruta.with_name(f"{ruta.name}.entero{SUFIJO}") if hay else ruta
    mala = False
    try:
        nueva.unlink(missing_ok=True)
        _copia(url, nueva)
        if mala := _md5(nueva) != md5:
            raise DescargaFallida(
                f"Lo descargado de {url} no es el archivo esperado (suma MD5 "
                f"{md5}) y se borró. Llama otra vez, o revisa la dirección."
            )
        nueva.replace(ruta)
    finally:  # también si lo interrumpe quien lo espera
        if nueva.is_file() and (hay or mala or not nueva.stat().st_size):
            nueva.unlink()


def descarga(url, ruta, md5):
    """Descarga `url` en `ruta` y comprueba su suma MD5.

    Si se corta, lo recibido queda en `ruta` y la siguiente llamada sigue
    desde ahí. Lo que ya había solo se pierde si llega el archivo bueno.

    Args:
        url: dirección del archivo.
        ruta: Path donde queda; su nombre dice que puede estar a medias.
        md5: suma esperada, en hexadecimal.

    Raises:
        DescargaFallida: no llegó, no es el archivo o no se puede escribir;
            dice qué hacer.
    """
    with explica_disco(ruta, DescargaFallida):
        try:
            _completa(url, ruta, md5)
        except (HTTPError, OSError) as error:
            # Los de requests son OSError, y no traen `errno`.
            frase = frase_de_red(error, url)
            if frase is None or getattr(error, "errno", None):
                raise
            if ruta.is_file():
                ya = ruta.stat().st_size
                frase += f" Hay {ya} bytes guardados: sigue desde ahí."
            raise DescargaFallida(frase) from error


def _extrae(archivo, carpeta):
    """Saca de `archivo` los cuatro miembros esperados y ninguno más."""
    buenos = {f"dbpedia_csv/{nombre}": nombre for nombre in _MIEMBROS}
    with tarfile.open(archivo, "r:gz") as tgz:
        hay = {miembro.name: miembro for miembro in tgz}
        for nombre, m in hay.items():
            if nombre == "dbpedia_csv" and m.isdir():
                continue
            if nombre not in buenos or not m.isfile():
                raise DescargaFallida(
                    f"{archivo} trae {nombre!r}, que no es de DBpedia: no se "
                    "extrajo nada. Bórralo y usa la dirección original."
                )
        if faltan := buenos.keys() - hay.keys():
            raise DescargaFallida(
                f"A {archivo} le falta {buenos[min(faltan)]}: no se extrajo "
                "nada. Bórralo y descárgalo otra vez."
            )
        for ruta, nombre in buenos.items():
            with (carpeta / nombre).open("wb") as copia:
                shutil.copyfileobj(tgz.extractfile(hay[ruta]), copia)


def _medidas(carpeta):
    """Bytes de cada miembro que hay en `carpeta`."""
    rutas = [carpeta / m for m in _MIEMBROS]
    return {r.name: r.stat().st_size for r in rutas if r.is_file()}


def _instala(extraida, carpeta, md5):
    """Pasa los miembros a `carpeta`; lo que haya distinto se aparta."""
    medidas = _medidas(extraida)
    carpeta.mkdir(exist_ok=True)
    with completo(carpeta / _MARCA) as aparte:
        aparte.write_text(json.dumps({"md5": md5, "bytes": medidas}))
    for nombre in medidas:
        nuevo, viejo = extraida / nombre, carpeta / nombre
        if _medidas(carpeta).get(nombre) and not cmp(nuevo, viejo, False):
            aparta(viejo)
        nuevo.replace(viejo)


def _trae(carpeta, url, md5):
    """Lo que hace `descarga_dbpedia`, con la carpeta reservada."""
    if (carpeta / _MARCA).is_file():
        esperada = json.dumps({"md5": md5, "bytes": _medidas(carpeta)})
        if (carpeta / _MARCA).read_text() == esperada:
            return
    elif carpeta.exists() and any(carpeta.iterdir()):
        raise DescargaFallida(
            f"La carpeta {carpeta} ya tiene archivos que no puso esta "
            "función: para no tocarlos, indica otra carpeta. Si son los de "
            "DBpedia, úsalos con DBpedia(root=…)."
        )
    carpeta.parent.mkdir(parents=True, exist_ok=True)
    comprimido = carpeta.with_name(f"{carpeta.name}.tgz{SUFIJO}")
    tuyo = carpeta.with_name(f"{carpeta.name}.tgz")
    if tuyo.is_file() and _md5(tuyo) == md5:
        comprimido = tuyo
    else:
        descarga(url, comprimido, md5)
    # La carpeta está reservada: si existe, la dejó a medias otra llamada.
    extraida = carpeta.with_name(carpeta.name + SUFIJO)
    extraida.mkdir(exist_ok=True)
    try:
        _extrae(comprimido, extraida)
        _instala(extraida, carpeta, md5)
    except (tarfile.TarError, EOFError) as error:
        que = f"{comprimido} no se puede abrir ({error}). Bórralo y "
        raise DescargaFallida(que + "descárgalo otra vez.") from error
    finally:
        for nombre in _MIEMBROS:
            (extraida / nombre).unlink(missing_ok=True)
        with suppress(OSError):  # si no es nuestra, puede tener más cosas
            extraida.rmdir()
    if comprimido != tuyo:
        comprimido.unlink()


def descarga_dbpedia(carpeta=None, url=URL, md5=MD5):
    """Descarga el conjunto completo: 560 000 artículos y 70 000 de prueba.

    Son 68 341 743 bytes comprimidos. Si se corta, la siguiente llamada
    sigue donde quedó; si ya está, no descarga nada.

    Args:
        carpeta: dónde dejarlo; por omisión `data/dbpedia_csv` del curso.
            Solo se escribe en una nueva, vacía o que hizo esta función.
        url, md5: de dónde viene y la suma que lo identifica.

    Returns:
        Path: la carpeta, lista para `DBpedia(root=...)`.

    Raises:
        DescargaFallida: como en `descarga`, o la carpeta tiene otros
            archivos, o la está llenando otro programa.
    """
    carpeta = carpeta or DATOS / "dbpedia_csv"
    carpeta = Path(os.path.expanduser(carpeta))  # noqa: PTH111 (sin HOME)
    # En la carpeta temporal, y con la cuenta: la nuestra no se ensucia.
    clave = zlib.crc32(os.fsencode(os.path.realpath(carpeta)))
    cuenta = getattr(os, "getuid", int)()
    cerrojo = Path(tempfile.gettempdir(), f"curso-pytorch-{cuenta}-{clave}")
    try:
        with FileLock(cerrojo, timeout=_ESPERA_S):
            with explica_disco(carpeta, DescargaFallida):
                _trae(carpeta, url, md5)
    except Timeout as error:
        raise DescargaFallida(
            f"Otro cuaderno está descargando en {carpeta}: espera a que "
            "termine y llama otra vez."
        ) from error
    return carpeta
