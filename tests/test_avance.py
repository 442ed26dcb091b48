"""El progreso se queda entre kernels, no baja nunca y no pierde nada."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import ejercicios
from apoyo import sin_torch
from apoyo.cuadernos import RAIZ
from ejercicios import avance, comprueba, contesta, progreso
from herramientas.variables import para_cuadernos


@pytest.fixture(autouse=True)
def kernel_nuevo(monkeypatch):
    monkeypatch.setattr(avance, "_visto", {})


@pytest.fixture
def archivo(tmp_path, monkeypatch):
    ruta = tmp_path / "curso" / "progreso.txt"
    monkeypatch.setenv("CURSO_PROGRESO", str(ruta))
    return ruta


def otro_kernel(monkeypatch):
    monkeypatch.setattr(avance, "_visto", {})


def tabla(capsys):
    capsys.readouterr()
    progreso()
    return capsys.readouterr().out


def test_en_un_clon_nuevo_todo_esta_pendiente(archivo, capsys):
    filas = tabla(capsys).splitlines()
    assert [fila[:16] for fila in filas] == [
        f"Capítulo {n}: 0 de" for n in (1, 2, 3, 4)
    ]
    comprueba("1.1", ...)
    assert "1.1   Medias por columna                pendiente" in tabla(capsys)
    assert not archivo.exists()


def test_dice_el_mejor_estado_y_no_baja(archivo, capsys, monkeypatch):
    comprueba("1.1", lambda notas: notas.mean(axis=0))
    comprueba("1.2", 0, 0)
    comprueba("1.3a", ...)
    comprueba("9.9", 1)
    for _ in range(2):  # la segunda vez, en otro kernel
        salida = tabla(capsys)
        assert f"Capítulo 1: 1 de {len(ejercicios.del_cuaderno(1))}" in salida
        comprueba("1.1", 0)  # un intento posterior peor
        otro_kernel(monkeypatch)
        comprueba("1.4b", ...)
        filas = {f[:6].strip(): f[40:] for f in tabla(capsys).splitlines()}
        assert filas["1.1"] == "correcto"
        assert filas["1.2"] == "todavía no"
        assert filas["1.3a"] == filas["1.6c"] == "pendiente"
        assert "2.2" not in filas
    assert archivo.read_text(encoding="utf-8").splitlines() == [
        "1.1 correcto",
        "1.2 todavía no",
    ]


def test_cuenta_los_cuatro_capitulos_y_el_repaso(archivo, capsys):
    contesta("2.r1", "b")
    comprueba("2.3c", 6, 18)
    salida = tabla(capsys)
    assert "Capítulo 1: 0 de" in salida
    cuantos = len(ejercicios.del_cuaderno(2))
    assert f"Capítulo 2: 1 de {cuantos} ejercicios, 1 de 10" in salida


@pytest.mark.parametrize(
    ("basura", "frases"),
    [
        (b"1.1 correcto\n\xff\xfe\x00\n1.2 genial\n", 1),
        (b"1.1 correcto\n" + b"x" * 50, 1),
        (b"\n\n1.1 correcto\n\n", 0),
        (b"1.1 correcto\r\n", 0),
    ],
)
def test_un_archivo_estropeado_se_dice_y_no_se_pierde(
    archivo, capsys, monkeypatch, basura, frases
):
    archivo.parent.mkdir()
    archivo.write_bytes(basura)
    comprueba("1.4b", 3)
    comprueba("1.6d", "abe")
    otro_kernel(monkeypatch)
    salida = tabla(capsys)
    assert "Capítulo 1: 2 de" in salida
    assert salida.count("no se entiende") == frases
    assert archivo.read_bytes().startswith(basura)


def test_si_no_se_puede_escribir_junto_al_curso_va_a_la_casa(
    tmp_path, capsys, monkeypatch
):
    monkeypatch.delenv("CURSO_PROGRESO")
    estorbo = tmp_path / "solo-lectura"
    estorbo.write_text("no soy una carpeta")
    monkeypatch.setattr(avance, "_AQUI", estorbo / ".progreso.txt")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    comprueba("1.6d", "abe")
    suyo = tmp_path / ".curso_pytorch" / "progreso.txt"
    assert suyo.read_text(encoding="utf-8") == "1.6d correcto\n"
    otro_kernel(monkeypatch)
    assert "Capítulo 1: 1 de" in tabla(capsys)


def test_si_no_se_puede_escribir_en_ningun_sitio_se_dice(
    tmp_path, capsys, monkeypatch
):
    estorbo = tmp_path / "archivo"
    estorbo.write_text("no soy una carpeta")
    monkeypatch.setenv("CURSO_PROGRESO", str(estorbo / "progreso.txt"))
    comprueba("1.6d", "abe")
    salida = tabla(capsys)
    assert "Capítulo 1: 1 de" in salida  # en este kernel, cuenta
    assert salida.count("durará lo que este kernel") == 1


def test_el_progreso_de_otra_persona_no_se_toca(tmp_path, capsys, monkeypatch):
    monkeypatch.delenv("CURSO_PROGRESO")
    ajeno = tmp_path / ".progreso.txt"
    ajeno.write_text("1.1 correcto\n", encoding="utf-8")
    monkeypatch.setattr(avance, "_AQUI", ajeno)
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "mi casa")
    monkeypatch.setattr(os, "getuid", lambda: -1)
    comprueba("1.6d", "abe")
    assert ajeno.read_text(encoding="utf-8") == "1.1 correcto\n"
    assert (tmp_path / "mi casa" / ".curso_pytorch").is_dir()


DOS = f"""{sin_torch.paquete("ejercicios")}
from ejercicios import avance
for i in range(200):
    avance.anota(f"{{sys.argv[1]}}.{{i}}", "correcto")
"""


def test_dos_kernels_a_la_vez_no_se_pisan(archivo):
    entorno = os.environ | {"PYTHONPATH": str(RAIZ / "notebooks")}
    procesos = [
        subprocess.Popen([sys.executable, "-c", DOS, n], env=entorno)
        for n in ("1", "2")
    ]
    assert [p.wait(120) for p in procesos] == [0, 0]
    guardado, avisos = avance.lo_guardado()
    assert len(guardado) == 400 and not avisos


def test_vacia_ni_lee_ni_escribe(tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(avance, "_AQUI", tmp_path / ".progreso.txt")
    monkeypatch.setenv("CURSO_PROGRESO", "")
    (tmp_path / ".progreso.txt").write_text("1.1 correcto\n")
    comprueba("1.6d", "abe")
    salida = tabla(capsys)
    assert "Capítulo 1: 1 de" in salida and "durará" not in salida
    assert (tmp_path / ".progreso.txt").read_text() == "1.1 correcto\n"


def test_las_pruebas_y_los_cuadernos_no_tocan_el_del_estudiante(tmp_path):
    assert os.environ["CURSO_PROGRESO"] == ""
    assert para_cuadernos(dict(os.environ), tmp_path)["CURSO_PROGRESO"] == ""


def test_git_no_lo_ve():
    ignorados = (RAIZ / ".gitignore").read_text(encoding="utf-8").split()
    assert avance._AQUI.name in ignorados
    assert avance._AQUI.parent == RAIZ
