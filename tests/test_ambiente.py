"""`.venv`: lo nuestro se completa; lo ajeno se usa o se deja como está."""

import json
import shutil
import sys
import sysconfig
import venv as venv_de_python
from pathlib import Path
from types import SimpleNamespace

import pytest

from apoyo.cuadernos import RAIZ
from herramientas import ambiente, interprete
from herramientas.consola import NoSePuede

LISTAS = (
    ambiente.LISTA,
    ambiente.RESTRICCIONES,
    ambiente.LISTA_DEL_BANCO,
    "notebooks/helpers/instala.py",
)


@pytest.fixture
def curso(tmp_path):
    """Una carpeta con las listas del curso y nada más."""
    for nombre in LISTAS:
        destino = tmp_path / "curso" / nombre
        destino.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(RAIZ / nombre, destino)
    return tmp_path / "curso"


@pytest.fixture
def instalado(monkeypatch):
    """Los pedidos de instalar, que aquí no instalan nada."""
    pedidos = []

    def instala(raiz, python, listas, restricciones=None):
        pedidos.append((list(listas), restricciones))

    monkeypatch.setattr(ambiente, "instala", instala)
    # Sin pip dentro, hacer uno tarda una décima.
    monkeypatch.setattr(
        ambiente.interprete,
        "elige",
        lambda pedido=None: [sys.executable],
    )
    verdadero = ambiente.subprocess.run

    def run(orden, **opciones):
        if orden[1:3] == ["-m", "venv"]:
            orden = [*orden, "--without-pip"]
        return verdadero(orden, **opciones)

    falso = SimpleNamespace(**{**vars(ambiente.subprocess), "run": run})
    monkeypatch.setattr(ambiente, "subprocess", falso)
    return pedidos


def foto(carpeta):
    """Lo que hay en una carpeta: ruta → contenido."""
    return {
        str(ruta.relative_to(carpeta)): ruta.read_bytes()
        for ruta in sorted(Path(carpeta).rglob("*"))
        if ruta.is_file()
    }


def test_se_hace_una_vez_y_luego_no_se_instala(curso, instalado):
    python = ambiente.prepara(curso)
    assert interprete.pregunta([str(python)])["version"][:2] == list(
        sys.version_info[:2]
    )
    assert ambiente.es_nuestro(curso / ".venv")
    esperado = ([ambiente.LISTA], ambiente.RESTRICCIONES)
    assert instalado == [esperado]
    ambiente.prepara(curso)
    assert instalado == [esperado]


def test_la_fecha_de_los_archivos_no_cuenta_y_su_contenido_si(
    curso, instalado
):
    ambiente.prepara(curso)
    (curso / ambiente.LISTA).touch()
    ambiente.prepara(curso)
    assert len(instalado) == 1
    mio = curso / ".venv" / "lo-mio.txt"
    mio.write_text("mío")
    with (curso / ambiente.LISTA).open("a") as lista:
        lista.write("otro==1.0\n")
    ambiente.prepara(curso)
    assert len(instalado) == 2
    assert mio.read_text() == "mío"  # se completó, no se rehízo


def test_si_cambia_lo_instalado_se_vuelve_a_completar(curso, instalado):
    ambiente.prepara(curso)
    (sitio,) = (curso / ".venv").glob("[lL]ib/**/site-packages")
    (sitio / "numpy-1.0.dist-info").mkdir()
    ambiente.prepara(curso)
    ambiente.prepara(curso)
    assert len(instalado) == 2


def test_el_banco_se_anade_y_se_queda(curso, instalado):
    ambiente.prepara(curso)
    ambiente.prepara(curso, con_banco=True)
    assert instalado[-1][0] == [ambiente.LISTA, ambiente.LISTA_DEL_BANCO]
    ambiente.prepara(curso)
    assert len(instalado) == 2


def test_una_instalacion_cortada_se_retoma(curso, instalado, monkeypatch):
    bueno = ambiente.instala

    def corta(*_):
        raise NoSePuede("no hay conexión")

    monkeypatch.setattr(ambiente, "instala", corta)
    with pytest.raises(NoSePuede, match="conexión"):
        ambiente.prepara(curso)
    monkeypatch.setattr(ambiente, "instala", bueno)
    ambiente.prepara(curso)
    assert len(instalado) == 1


@pytest.mark.parametrize("por_enlace", [False, True])
def test_lo_ajeno_que_no_sirve_se_queda_como_esta(
    curso, instalado, tmp_path, por_enlace
):
    suya = tmp_path / "suya" if por_enlace else curso / ".venv"
    suya.mkdir()
    (suya / "tesis.txt").write_text("años de trabajo")
    if por_enlace:
        (curso / ".venv").symlink_to(suya)
    antes = foto(suya)
    with pytest.raises(NoSePuede, match="Cámbiale el nombre"):
        ambiente.prepara(curso)
    assert foto(suya) == antes
    assert instalado == []


@pytest.mark.parametrize("por_enlace", [False, True])
def test_lo_ajeno_con_otras_versiones_no_se_cambia(
    curso, instalado, tmp_path, por_enlace
):
    suya = tmp_path / "suya" if por_enlace else curso / ".venv"
    venv_de_python.create(suya)
    (sitio,) = suya.glob("[lL]ib/**/site-packages")
    (sitio / "pip").symlink_to(Path(sysconfig.get_path("purelib"), "pip"))
    info = sitio / "numpy-1.26.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Name: numpy\nVersion: 1.26.0\n")
    if por_enlace:
        (curso / ".venv").symlink_to(suya)
    antes = foto(suya)
    with pytest.raises(NoSePuede, match=r"tiene numpy 1\.26\.0"):
        ambiente.prepara(curso)
    assert foto(suya) == antes
    # Sin nada que choque, lo de VS Code se completa; un enlace, no.
    shutil.rmtree(info)
    if por_enlace:
        with pytest.raises(NoSePuede, match="le falta torch"):
            ambiente.prepara(curso)
        assert instalado == []
    else:
        ambiente.prepara(curso)
        assert instalado == [([ambiente.LISTA], None)]
    assert not ambiente.es_nuestro(suya)


@pytest.mark.skipif(
    sys.prefix == sys.base_prefix, reason="estas pruebas no van en un entorno"
)
def test_lo_ajeno_que_sirve_se_usa(curso, instalado):
    (curso / ".venv").symlink_to(sys.prefix)
    assert ambiente.prepara(curso) == ambiente.python_de(curso / ".venv")
    assert instalado == []


def test_lo_ajeno_se_mira_sin_las_variables_de_python(
    curso, instalado, monkeypatch
):
    """Con un PYTHONHOME ajeno, ni siquiera arrancaría."""
    venv_de_python.create(curso / ".venv")
    (sitio,) = (curso / ".venv").glob("[lL]ib/**/site-packages")
    (sitio / "pip").symlink_to(Path(sysconfig.get_path("purelib"), "pip"))
    monkeypatch.setenv("PYTHONHOME", str(curso / "no-hay"))
    ambiente.prepara(curso)
    assert instalado == [([ambiente.LISTA], None)]


def test_lo_nuestro_se_rehace_con_otra_version(curso, instalado, monkeypatch):
    ambiente.prepara(curso)
    viejo = curso / ".venv" / "viejo"
    viejo.write_text("")
    motivos = iter(["es de Python 3.11 y pides 3.12."])
    monkeypatch.setattr(
        ambiente, "_por_que_no_sirve", lambda *_: next(motivos)
    )
    ambiente.prepara(curso)
    assert not viejo.exists()
    assert [r.name for r in curso.glob(".venv*")] == [".venv"]
    assert len(instalado) == 2


def test_lo_nuestro_por_enlace_no_se_borra(
    curso, instalado, monkeypatch, tmp_path
):
    lejos = tmp_path / "disco-grande"
    lejos.mkdir()
    (curso / ".venv").symlink_to(lejos)
    ambiente.prepara(curso)  # vacía: se puede usar
    assert len(instalado) == 1
    antes = foto(lejos)
    monkeypatch.setattr(ambiente, "_por_que_no_sirve", lambda *_: "es otra.")
    with pytest.raises(NoSePuede, match="Cámbiale el nombre"):
        ambiente.prepara(curso)
    assert foto(lejos) == antes


def test_lo_nuestro_por_enlace_no_se_completa(curso, instalado, tmp_path):
    """Es de otro curso, que lo tiene como lo necesita."""
    lejos = tmp_path / "otro-curso"
    lejos.mkdir()
    (curso / ".venv").symlink_to(lejos)
    ambiente.prepara(curso)
    (curso / ambiente.LISTA).write_text("# otra lista\n")
    antes = foto(lejos)
    with pytest.raises(NoSePuede, match="quita el enlace"):
        ambiente.prepara(curso)
    assert foto(lejos) == antes
    assert len(instalado) == 1


@pytest.mark.parametrize("que", ["archivo", "enlace a nada"])
def test_si_no_es_una_carpeta_lo_dice(curso, instalado, que):
    if que == "archivo":
        (curso / ".venv").write_text("mío")
    else:
        (curso / ".venv").symlink_to(curso / "no-hay")
    with pytest.raises(NoSePuede, match="no es una carpeta"):
        ambiente.prepara(curso)
    assert (curso / ".venv").is_symlink() == (que != "archivo")


def test_un_interprete_que_no_sirve_no_toca_el_entorno(curso, instalado):
    ambiente.prepara(curso)
    antes = foto(curso)
    with pytest.MonkeyPatch.context() as parche:
        parche.undo()
        parche.setattr(
            ambiente.interprete,
            "elige",
            lambda pedido: (_ for _ in ()).throw(NoSePuede(pedido)),
        )
        with pytest.raises(NoSePuede, match=r"python3\.8"):
            ambiente.prepara(curso, "python3.8")
    assert foto(curso) == antes


def test_una_marca_rota_no_es_marca(curso):
    venv = curso / ".venv"
    venv.mkdir()
    (venv / ambiente.MARCA).write_text("{a medias")
    assert not ambiente.es_nuestro(venv)
    (venv / ambiente.MARCA).write_text(json.dumps({}))
    assert ambiente.es_nuestro(venv)


@pytest.mark.parametrize(("largo", "cabe"), [(67, True), (68, False)])
def test_en_windows_se_mide_la_ruta_antes(monkeypatch, largo, cabe):
    windows = SimpleNamespace(name="nt", pathsep=";")
    monkeypatch.setattr(ambiente, "os", windows)
    ruta = "C:\\" + "a" * (largo - 3)
    if cabe:
        ambiente.comprueba_el_lugar(ruta)
    else:
        with pytest.raises(NoSePuede, match="ruta de 68 letras"):
            ambiente.comprueba_el_lugar(ruta)


def test_un_separador_en_la_ruta_se_dice(monkeypatch):
    monkeypatch.setattr(ambiente, "os", SimpleNamespace(name="x", pathsep=":"))
    with pytest.raises(NoSePuede, match="cámbiale el nombre"):
        ambiente.comprueba_el_lugar("/home/ana/curso:copia")
