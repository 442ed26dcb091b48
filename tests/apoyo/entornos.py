"""Entornos de Python de usar y tirar, sin copiar ni descargar nada."""

import json
import os
import sysconfig
import venv
from pathlib import Path

import archivos
from apoyo.cuadernos import RAIZ
from herramientas import ambiente, interprete

RUTAS = os.pathsep.join(str(RAIZ / c) for c in ("notebooks", "tests"))
"""PYTHONPATH de un programa del curso."""


def de_enlaces(carpeta, sin=()):
    """Un entorno con lo instalado en este, hecho de enlaces.

    Args:
        carpeta: `Path` donde se crea.
        sin: comienzos de los nombres que no se enlazan.

    Returns:
        (Path, Path): su intérprete y su carpeta de paquetes.
    """
    venv.create(carpeta)
    esquema = {"base": str(carpeta), "platbase": str(carpeta)}
    destino = Path(sysconfig.get_path("purelib", "venv", esquema))
    for entrada in Path(sysconfig.get_path("purelib")).iterdir():
        if not entrada.name.startswith(tuple(sin)):
            (destino / entrada.name).symlink_to(entrada)
    programas = Path(sysconfig.get_path("scripts", "venv", esquema))
    nombre = "python.exe" if os.name == "nt" else "python"
    return programas / nombre, destino


def al_dia(raiz, con_banco=False):
    """Un `.venv` de enlaces en `raiz`, con la marca de estar completo.

    Las órdenes lo usan sin instalar nada, y el de las pruebas no se toca.
    """
    python, _ = de_enlaces(raiz / ".venv")
    for programa in Path(sysconfig.get_path("scripts")).iterdir():
        if not (python.parent / programa.name).exists():  # ruff, por ejemplo
            (python.parent / programa.name).symlink_to(programa)
    datos = interprete.pregunta([str(python)])
    marca = ambiente.contenido(raiz, raiz / ".venv", datos, con_banco)
    archivos.escribe(raiz / ".venv" / ambiente.MARCA, json.dumps(marca))
