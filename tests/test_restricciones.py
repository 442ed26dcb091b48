"""Lo instalado es lo que dicen las listas, hasta la última dependencia."""

import importlib.metadata
import re
import shutil
from types import SimpleNamespace

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from apoyo.cuadernos import RAIZ
from herramientas import restricciones
from herramientas.ambiente import LISTA, RESTRICCIONES


def pedidos(ruta):
    """Los requisitos de una lista que valen para este Python y sistema."""
    for linea in ruta.read_text(encoding="utf-8").splitlines():
        linea = linea.partition("#")[0].strip()
        if linea:
            pedido = Requirement(linea)
            if pedido.marker is None or pedido.marker.evaluate():
                yield pedido


def version(nombre):
    """La instalada, sin la marca local de torch (`+cpu`); None si no está."""
    try:
        return importlib.metadata.version(nombre).partition("+")[0]
    except importlib.metadata.PackageNotFoundError:
        return None


def cierre(directos):
    """Los nombres de todo lo que piden, y lo que eso pide, y así."""
    vistos, por_ver = set(), [(p.name, tuple(p.extras)) for p in directos]
    while por_ver:
        nombre, extras = por_ver.pop()
        nombre = canonicalize_name(nombre)
        if (nombre, extras) in vistos or version(nombre) is None:
            continue
        vistos.add((nombre, extras))
        for linea in importlib.metadata.requires(nombre) or ():
            pide = Requirement(linea)
            if pide.marker is None or any(
                pide.marker.evaluate({"extra": extra})
                for extra in ("", *extras)
            ):
                por_ver.append((pide.name, tuple(sorted(pide.extras))))
    return {nombre for nombre, _ in vistos}


FIJADAS = {
    canonicalize_name(p.name): str(p.specifier)
    for p in pedidos(RAIZ / RESTRICCIONES)
}


def test_lo_directo_esta_fijado_igual_en_las_dos_listas():
    for pedido in pedidos(RAIZ / LISTA):
        nombre = canonicalize_name(pedido.name)
        assert re.fullmatch(r"==[\w.]+", str(pedido.specifier)), pedido
        assert FIJADAS[nombre] == str(pedido.specifier)


def test_todo_lo_que_se_instala_esta_fijado_y_es_lo_instalado():
    nombres = {
        nombre
        for nombre in cierre(pedidos(RAIZ / LISTA))
        if not restricciones.DE_CUDA.match(nombre)
    }
    assert len(nombres) > 100
    assert nombres - FIJADAS.keys() == set()
    otras = {
        nombre: version(nombre)
        for nombre in nombres
        if FIJADAS[nombre] != f"=={version(nombre)}"
    }
    assert otras == {}


def test_no_fija_lo_que_cada_torch_elige():
    texto = (RAIZ / RESTRICCIONES).read_text(encoding="utf-8")
    assert not re.search(r"^(nvidia|cuda|triton)", texto, re.MULTILINE)


def test_la_orden_escribe_lo_que_uv_resuelve(tmp_path, monkeypatch, capsys):
    destino = tmp_path / RESTRICCIONES
    destino.parent.mkdir(parents=True)
    salida = "# nota\nnumpy==1\nnvidia-cublas==2\ntriton==3 ; x\ntorch==4\n"
    monkeypatch.setattr(restricciones, "RAIZ", tmp_path)
    monkeypatch.setattr(shutil, "which", lambda _: "uv")
    falso = SimpleNamespace(
        run=lambda *_, **__: SimpleNamespace(stdout=salida), PIPE=-1
    )
    monkeypatch.setattr(restricciones, "subprocess", falso)
    assert restricciones.main() == 0
    lineas = destino.read_text(encoding="utf-8").splitlines()
    assert [x for x in lineas if not x.startswith("#")] == [
        *("numpy==1", "torch==4")
    ]
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert restricciones.main() == 1
    assert "pip install uv" in capsys.readouterr().err


@pytest.mark.parametrize("donde", ["win32", "darwin", "linux"])
def test_vale_para_todos_los_sistemas(donde):
    """Lo propio de cada sistema también está."""
    solo = {"win32": "colorama", "darwin": "appnope", "linux": "pexpect"}
    texto = (RAIZ / RESTRICCIONES).read_text(encoding="utf-8")
    (linea,) = re.findall(f"^{solo[donde]}==.*$", texto, re.MULTILINE)
    assert Requirement(linea).marker.evaluate({"sys_platform": donde})
