"""Descargar un archivo grande: se reanuda, se verifica y no deja mitades."""

import errno
import hashlib
from pathlib import Path

import requests
from tqdm.auto import tqdm

from helpers.errores import DescargaFallida

_TROZO = 1 << 15
_ESPERA_S = 30


def _md5(ruta):
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "md5").hexdigest()


def _agrega_lo_que_falta(url, parcial):
    """Pide el archivo desde donde quedó `parcial` y lo completa."""
    ya = parcial.stat().st_size if parcial.exists() else 0
    rango = {"Range": f"bytes={ya}-"} if ya else {}
    # Sin compresión de transporte: los bytes contados son los del archivo.
    cabeceras = {"Accept-Encoding": "identity", **rango}
    pedido = requests.get(
        url, headers=cabeceras, stream=True, timeout=_ESPERA_S
    )
    with pedido as respuesta:
        if respuesta.status_code == 416:
            return  # no falta nada: la suma dirá si es el archivo
        if respuesta.status_code not in (200, 206):
            raise DescargaFallida(
                f"El servidor respondió {respuesta.status_code} para {url}. "
                "Revisa la dirección o inténtalo más tarde."
            )
        sigue = respuesta.status_code == 206
        falta = int(respuesta.headers.get("Content-Length", 0))
        with (
            parcial.open("ab" if sigue else "wb") as archivo,
            tqdm(
                desc=parcial.stem,
                initial=ya if sigue else 0,
                total=falta + (ya if sigue else 0) or None,
                unit="B",
                unit_scale=True,
            ) as barra,
        ):
            for trozo in respuesta.iter_content(_TROZO):
                archivo.write(trozo)
                barra.update(len(trozo))


def descarga(url, destino, md5):
    """Descarga `url` en `destino` y comprueba su suma MD5.

    Lo recibido se guarda en `destino` + ".parcial": si la conexión se corta,
    la siguiente llamada sigue desde ahí. El nombre definitivo aparece solo
    cuando la suma es correcta.

    Args:
        url: dirección del archivo.
        destino: ruta donde queda; su carpeta se crea si falta.
        md5: suma esperada, en hexadecimal.

    Returns:
        Path: `destino`.

    Raises:
        DescargaFallida: sin red, respuesta de error, transferencia cortada,
            suma distinta o disco lleno; dice qué hacer.
    """
    destino = Path(destino)
    parcial = destino.with_name(destino.name + ".parcial")
    if destino.exists() and _md5(destino) == md5:
        return destino
    try:
        destino.parent.mkdir(parents=True, exist_ok=True)
        _agrega_lo_que_falta(url, parcial)
    except (
        requests.exceptions.ChunkedEncodingError,
        requests.exceptions.ConnectionError,
        requests.exceptions.Timeout,
    ) as error:
        recibido = parcial.stat().st_size if parcial.exists() else 0
        raise DescargaFallida(
            f"Se cortó la conexión con {url}: hay {recibido} bytes guardados. "
            "Comprueba tu red y llama otra vez: la descarga sigue desde ahí."
            if recibido
            else f"No hay conexión con {url}. Comprueba tu red y llama otra "
            "vez."
        ) from error
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        parcial.unlink(missing_ok=True)
        raise DescargaFallida(
            f"El disco de {destino.parent} está lleno: libera espacio y llama "
            "otra vez."
        ) from error
    obtenido = _md5(parcial)
    if obtenido != md5:
        parcial.unlink()
        raise DescargaFallida(
            f"Lo descargado de {url} no es el archivo esperado: su suma MD5 "
            f"es {obtenido} y debía ser {md5}. Se borró; llama otra vez."
        )
    return parcial.replace(destino)
