"""Las órdenes del curso: `make` y `python tests/herramientas/tareas.py`."""

import ast
import functools
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from apoyo.cuadernos import RAIZ
from apoyo.entornos import al_dia
from herramientas import ordenes, tareas, variables
from herramientas.consola import NoSePuede

HERRAMIENTAS = RAIZ / "tests" / "herramientas"
# Lo que arranca con el Python de la persona, antes de que haya entorno.
CON_CUALQUIERA = [
    HERRAMIENTAS / f"{nombre}.py"
    for nombre in (
        *("tareas", "ordenes", "ambiente", "instalacion", "interprete"),
        *("copia", "lab", "lugares", "variables", "consola", "enlaces"),
    )
] + [RAIZ / "notebooks" / "archivos" / "__init__.py"]
en_un_entorno = pytest.mark.skipif(
    sys.prefix == sys.base_prefix or os.name == "nt",
    reason="hace `.venv` con enlaces al entorno de las pruebas",
)
con_make = pytest.mark.skipif(
    shutil.which("make") is None, reason="no hay make"
)


@functools.cache
def viejos():
    """Los Python viejos de esta máquina: nombre → ruta."""
    hallados = {}
    for version in ("2.7", "3.6", "3.8", "3.9", "3.10"):
        rutas = [shutil.which("python" + version)]
        pyenv = Path.home() / ".pyenv" / "versions"
        rutas += pyenv.glob(f"{version}.*/bin/python")
        for ruta in filter(None, rutas):
            prueba = subprocess.run([ruta, "-c", ""], capture_output=True)
            if prueba.returncode == 0:
                hallados[version] = str(ruta)
    return hallados


def lanza(orden, carpeta=RAIZ, **entorno):
    """Una orden, en otra carpeta y con más variables."""
    return subprocess.run(
        [*map(str, orden)],
        cwd=carpeta,
        env={**os.environ, **entorno},
        capture_output=True,
        encoding="utf-8",
        errors="replace",
    )


@pytest.fixture
def sin_entorno(tmp_path):
    """El curso en una carpeta con espacios y acentos, con un banco que
    escribe sus argumentos."""
    return copia_el_curso(tmp_path)


@pytest.fixture(scope="module")
def curso(tmp_path_factory):
    """Y con un `.venv` al día: ninguna de estas pruebas lo cambia."""
    raiz = copia_el_curso(tmp_path_factory.mktemp("curso"))
    al_dia(raiz, con_banco=True)
    return raiz


def copia_el_curso(carpeta):
    raiz = carpeta / "Mis cursos de Muñoz"
    shutil.copytree(HERRAMIENTAS, raiz / "tests" / "herramientas")
    for nombre in (
        *("Makefile", "requirements.txt", "tests/requirements-bench.txt"),
        *("notebooks/helpers/instala.py", "notebooks/archivos/__init__.py"),
    ):
        (raiz / nombre).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RAIZ / nombre, raiz / nombre)
    (raiz / "tests" / "requirements-bench.txt").write_text("")
    (raiz / "tests" / "banco").mkdir()
    (raiz / "tests" / "banco" / "__main__.py").write_text(
        "import json, sys\nprint('ARGUMENTOS', json.dumps(sys.argv[1:]))\n"
    )
    return raiz


def argumentos(hecho):
    (linea,) = re.findall("^ARGUMENTOS (.*)$", hecho.stdout, re.MULTILINE)
    return json.loads(linea)


# La línea de órdenes


def test_de_lo_escrito_salen_ordenes_valores_y_opciones():
    escrito = ["bench", "DATOS=a=b.csv", "FILAS=3", "-k", "x"]
    entorno = {"FILAS": "9", "RONDAS": "2", "DATOS": "", "OTRA": "1"}
    assert tareas.separa(escrito, entorno) == (
        ["bench"],
        {"FILAS": "3", "RONDAS": "2", "DATOS": "a=b.csv"},
        ["-k", "x"],
    )


def test_la_ayuda_nombra_todas_las_ordenes(capsys):
    for escrito in ([], ["help"], ["--help"]):
        assert tareas.main(escrito) == 0
        dicho = capsys.readouterr().out
        for nombre in ordenes.ORDENES:
            assert f"  make {nombre} " in dicho + " "
        assert "\\make" in dicho  # PowerShell


def test_una_orden_que_no_hay_dice_las_que_hay(capsys):
    assert tareas.main(["corre"]) == 2
    assert "run, test, lab" in capsys.readouterr().err


def test_make_y_tareas_tienen_las_mismas_ordenes():
    texto = (RAIZ / "Makefile").read_text(encoding="utf-8")
    (objetivos,) = re.findall(r"^([a-z].*):\n\t", texto, re.MULTILINE)
    assert objetivos.split() == list(ordenes.ORDENES)
    valores = re.findall(r"^override (\w+) := \$\(value \1\)$", texto, re.M)
    assert tuple(valores) == ordenes.VALORES
    assert f"export {' '.join(ordenes.VALORES)}" in texto


def test_el_primer_fallo_detiene_las_ordenes(monkeypatch, tmp_path):
    hechas = []
    for nombre, codigo in (("run", 0), ("slides", 3), ("lab", 0)):
        monkeypatch.setitem(
            ordenes.ORDENES,
            nombre,
            lambda _, n=nombre, c=codigo: hechas.append(n) or c,
        )
    assert tareas.main(["run", "slides", "lab"], tmp_path) == 3
    assert hechas == ["run", "slides"]


@pytest.mark.parametrize(
    ("error", "codigo", "dice"),
    [
        (NoSePuede("haz esto"), 1, "haz esto"),
        (KeyboardInterrupt(), 130, "Interrumpido"),
        (OSError(28, "No space left", "/x/y"), 1, "/x/y: No space left"),
    ],
)
def test_lo_que_falla_es_una_frase(
    monkeypatch, tmp_path, capsys, error, codigo, dice
):
    def falla(_):
        raise error

    monkeypatch.setitem(ordenes.ORDENES, "run", falla)
    assert tareas.main(["run"], tmp_path) == codigo
    dicho = capsys.readouterr().err
    assert dice in dicho
    assert "Traceback" not in dicho


def test_una_senal_da_el_codigo_de_siempre(monkeypatch, tmp_path):
    monkeypatch.setitem(ordenes.ORDENES, "run", lambda _: -9)
    assert tareas.main(["run"], tmp_path) == 137


# Otros Python y otras terminales


@pytest.mark.parametrize(
    "ruta", CON_CUALQUIERA, ids=lambda r: "-".join(r.parts[-2:])
)
def test_la_sintaxis_es_la_de_python_3_8(ruta):
    texto = ruta.read_text(encoding="utf-8")
    ast.parse(texto, feature_version=(3, 8))
    # Y solo importa la biblioteca estándar y sus compañeras.
    for nodo in ast.walk(ast.parse(texto)):
        if isinstance(nodo, ast.Import):
            modulos = [alias.name for alias in nodo.names]
        elif isinstance(nodo, ast.ImportFrom):
            modulos = [nodo.module]
        else:
            continue
        for modulo in modulos:
            base = modulo.split(".")[0]
            suyos = {*sys.stdlib_module_names, "archivos", "herramientas"}
            assert base in suyos, modulo


@pytest.mark.parametrize("version", ["2.7", "3.6", "3.8", "3.10"])
def test_un_python_viejo_dice_cual_hace_falta(version, sin_entorno):
    python = viejos().get(version)
    if python is None:
        pytest.skip(f"no hay Python {version} en esta máquina")
    antes = sorted(sin_entorno.rglob("*"))
    orden = [python, "-B", "tests/herramientas/tareas.py", "run"]
    hecho = lanza(orden, sin_entorno)
    assert hecho.returncode == 1
    assert "3.11, 3.12 o 3.13" in hecho.stderr
    assert "Traceback" not in hecho.stderr
    assert sorted(sin_entorno.rglob("*")) == antes


@pytest.mark.parametrize("codificacion", ["ascii", "cp1252", "cp850"])
def test_ninguna_terminal_lo_detiene(codificacion):
    hecho = lanza(
        [sys.executable, HERRAMIENTAS / "tareas.py", "help"],
        PYTHONIOENCODING=codificacion,
        PYTHONUTF8="0",
    )
    assert (hecho.returncode, hecho.stderr) == (0, "")
    assert "make run" in hecho.stdout


@con_make
def test_sin_python_en_el_path_lo_dice(curso, tmp_path):
    vacio = tmp_path / "bin"
    vacio.mkdir()
    for nombre in ("sh", "dirname"):
        (vacio / nombre).symlink_to(shutil.which(nombre))
    hecho = lanza([shutil.which("make"), "run"], curso, PATH=str(vacio))
    assert hecho.returncode
    assert "instala Python 3.13" in hecho.stderr


# Los valores son argumentos

RAROS = [
    "a$b.csv",
    "$(shell touch P)",
    "$(touch P)",
    "`touch P`",
    '"; touch P; "',
    "'; touch P; '",
    "Mis datos/año.csv",
    "a\\b #c & d | e > f.csv",
    "-x",
]


@con_make
@en_un_entorno
@pytest.mark.parametrize("desde", range(0, len(RAROS), 3))
def test_make_pasa_cada_valor_tal_cual(curso, desde):
    datos, metodos, dispositivo = RAROS[desde : desde + 3]
    antes = sorted(curso.rglob("*"))
    hecho = lanza(
        ["make", "bench", f"DATOS={datos}", f"METODOS={metodos}"],
        curso,
        PYTHONDONTWRITEBYTECODE="1",
        DISPOSITIVO=dispositivo,
    )
    assert hecho.returncode == 0, hecho.stderr
    assert argumentos(hecho) == [
        f"--datos={curso / datos}",
        f"--metodos={metodos}",
        f"--dispositivo={dispositivo}",
    ]
    assert sorted(curso.rglob("*")) == antes


@con_make
@pytest.mark.parametrize("valor", RAROS[:2])
@pytest.mark.parametrize("nombre", ["PYTHON", "FILAS", "RONDAS", "REPO"])
def test_los_demas_valores_se_revisan_sin_ejecutarlos(curso, nombre, valor):
    orden = "enlaces" if nombre == "REPO" else "bench"
    antes = sorted(curso.rglob("*"))
    hecho = lanza(
        ["make", orden, f"{nombre}={valor}"],
        curso,
        PYTHONDONTWRITEBYTECODE="1",
    )
    assert hecho.returncode
    assert valor in hecho.stderr
    assert "Traceback" not in hecho.stderr
    assert sorted(curso.rglob("*")) == antes


@pytest.mark.parametrize("dado", ["0", "-3", "dos", "1.5", "²", "1e3"])
def test_un_numero_que_no_lo_es_se_dice(dado, tmp_path):
    curso = ordenes.Curso(tmp_path, {"FILAS": dado})
    with pytest.raises(NoSePuede, match="número entero"):
        ordenes.bench(curso)


# Lo que ve cada orden


@pytest.fixture
def lanzado(monkeypatch, tmp_path):
    """Las órdenes que se lanzarían, con su entorno."""
    lanzadas = []

    def lanza(curso, orden, entorno=None):
        lanzadas.append((orden, entorno or curso.entorno))
        return 0

    monkeypatch.setattr(ordenes.Curso, "lanza", lanza)
    python = tmp_path / ".venv" / "bin" / "python"
    monkeypatch.setattr(ordenes.ambiente, "prepara", lambda *_: python)
    monkeypatch.setenv("HF_TOKEN", "hf_mio")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    return lanzadas


@pytest.mark.parametrize("orden", ["run", "test", "outputs"])
def test_donde_corren_cuadernos_no_hay_cuenta(orden, lanzado):
    assert ordenes.ORDENES[orden](ordenes.Curso(RAIZ, {})) == 0
    cuadernos = [
        entorno
        for lanzada, entorno in lanzado
        if {"herramientas.ejecuta", "pytest", "herramientas.guarda_salidas"}
        & set(lanzada)
    ]
    assert len(cuadernos) == 1
    for entorno in cuadernos:
        assert "HF_TOKEN" not in entorno
        assert entorno["MPLBACKEND"] == variables.BACKEND
        assert entorno["PYTHONPATH"].split(os.pathsep) == [
            str(RAIZ / "notebooks"),
            str(RAIZ / "tests"),
        ]


def test_los_capitulos_se_nombran(lanzado):
    curso = ordenes.Curso(RAIZ, {})
    for orden in ("run", "outputs", "slides"):
        lanzado.clear()
        ordenes.ORDENES[orden](curso)
        orden, _ = lanzado[0]
        assert orden[-4:] == curso.cuadernos
    assert [Path(r).stem[:2] for r in curso.cuadernos] == [
        *("01", "02", "03", "04")
    ]


def test_cada_orden_lanza_lo_suyo(lanzado):
    for orden, modulos in (
        ("slides", ["diapositivas"]),
        ("slides-pdf", ["diapositivas", "diapositivas.pdf"]),
        ("clase", ["diapositivas.clase"]),
        ("bench", ["banco"]),
        ("lab", ["jupyterlab"]),
    ):
        lanzado.clear()
        curso = ordenes.Curso(RAIZ, {})
        with pytest.MonkeyPatch.context() as parche:
            parche.setattr(ordenes.lab, "reparte", lambda _: [])
            assert ordenes.ORDENES[orden](curso) == 0
        assert [lanzada[2] for lanzada, _ in lanzado] == modulos
        assert all(e["HF_TOKEN"] == "hf_mio" for _, e in lanzado)


def test_test_acaba_con_pytest_y_se_detiene_en_el_estilo(lanzado):
    curso = ordenes.Curso(RAIZ, {}, ["-k", "algo"])
    ordenes.test(curso)
    assert [o[2] for o, _ in lanzado] == ["ruff", "ruff", "pytest"]
    assert lanzado[-1][0][-2:] == ["-k", "algo"]
    assert lanzado[-1][1]["OMP_NUM_THREADS"] == "1"
    with pytest.MonkeyPatch.context() as parche:
        parche.setattr(ordenes.Curso, "lanza", lambda *_, **__: 1)
        assert ordenes.test(curso) == 1


# Borrar


def test_clean_borra_lo_generado_y_nada_mas(tmp_path, capsys):
    def pon(ruta):
        (tmp_path / ruta).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / ruta).write_text("x")

    suyo = ["mis_cuadernos/01.ipynb", "notebooks/a.py", "nota.txt"]
    for ruta in (
        *suyo,
        *("build/x", "tests/__pycache__/y", ".pytest_cache/z"),
        ".venv/mio.txt",
    ):
        pon(ruta)
    curso = ordenes.Curso(tmp_path, {})
    assert ordenes.clean(curso) == 0
    assert "no la hizo el curso" in capsys.readouterr().out
    quedan = sorted(
        r.relative_to(tmp_path).as_posix()
        for r in tmp_path.rglob("*")
        if r.is_file()
    )
    assert quedan == sorted([*suyo, ".venv/mio.txt"])
    (tmp_path / ".venv" / ordenes.ambiente.MARCA).write_text("{}")
    assert ordenes.clean(curso) == 0
    assert not (tmp_path / ".venv").exists()


def test_clean_no_sigue_enlaces(tmp_path):
    lejos = tmp_path / "lejos"
    lejos.mkdir()
    (lejos / ordenes.ambiente.MARCA).write_text("{}")
    curso = tmp_path / "curso"
    curso.mkdir()
    for nombre in (".venv", "build"):
        (curso / nombre).symlink_to(lejos)
    assert ordenes.clean(ordenes.Curso(curso, {})) == 0
    assert (lejos / ordenes.ambiente.MARCA).exists()


# Windows y la integración continua


def test_make_bat_llama_al_mismo_programa():
    crudo = (RAIZ / "make.bat").read_bytes()
    texto = crudo.decode("ascii")
    assert r'"%~dp0tests\herramientas\tareas.py" %*' in texto
    assert len(texto.splitlines()) <= 8


def test_git_deja_los_mismos_finales_de_linea():
    if not (RAIZ / ".git").exists():
        pytest.skip("esta copia no es un repositorio")
    casos = {"make.bat": "crlf", "a.py": "lf", "nb.ipynb": "lf"}
    hecho = lanza(["git", "check-attr", "eol", "--", *casos])
    assert hecho.stdout.splitlines() == [
        f"{nombre}: eol: {fin}" for nombre, fin in casos.items()
    ]
    # Una imagen no es texto: no se le tocan los bytes.
    hecho = lanza(["git", "check-attr", "text", "--", "b.png"])
    assert hecho.stdout == "b.png: text: unset\n"


def test_la_integracion_continua_usa_la_misma_orden():
    assert "make test" in (RAIZ / ".ci" / "run").read_text(encoding="utf-8")
    flujo = RAIZ / ".github" / "workflows" / "pruebas.yml"
    texto = flujo.read_text(encoding="utf-8")
    for pieza in (
        *("windows-latest", "macos-latest", "ubuntu-latest"),
        *('"3.11"', '"3.13"', "timeout-minutes:", "make test", "make run"),
    ):
        assert pieza in texto


@pytest.mark.parametrize("que", ["text=True", "universal_newlines", "preexec"])
def test_lo_que_windows_lee_o_lanza_de_otra_manera_no_se_usa(que):
    """Lo que dice un hijo se lee como UTF-8, no como quiera el sistema."""
    con = [
        ruta.name
        for carpeta in ("tests", "notebooks", "ims")
        for ruta in (RAIZ / carpeta).rglob("*.py")
        if ruta.name != Path(__file__).name
        and re.search(rf"\b{que}", ruta.read_text(encoding="utf-8"))
    ]
    assert con == []
