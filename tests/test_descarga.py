"""La descarga del conjunto completo, contra un servidor en loopback."""

import errno
import hashlib
import io
import os
import random
import shutil
import signal
import socket
import sys
import tarfile
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from apoyo import en_grupo
from helpers import DBpedia, DescargaFallida, descarga, descarga_dbpedia

MIEMBROS = {
    "dbpedia_csv/train.csv": b'1,"Acme","Acme is a company."\n' * 5000,
    "dbpedia_csv/test.csv": b'2,"ITAM","A university in Mexico City."\n',
    "dbpedia_csv/classes.txt": b"Company\n",
    # Incomprimible: para que haya qué cortar a la mitad.
    "dbpedia_csv/readme.txt": random.Random(0).randbytes(300_000),
}


def comprime(miembros):
    archivo = io.BytesIO()
    with tarfile.open(fileobj=archivo, mode="w:gz") as tgz:
        for nombre, datos in miembros.items():
            info = tarfile.TarInfo(nombre)
            info.size = len(datos)
            tgz.addfile(info, io.BytesIO(datos))
    return archivo.getvalue()


class Servidor(ThreadingHTTPServer):
    """Sirve `datos`; corta, falla o ignora rangos si se le pide."""

    def __init__(self, datos):
        super().__init__(("127.0.0.1", 0), Manejador)
        self.datos = datos
        self.corta_en = None
        self.estado = None
        self.trampa = None  # (estado, cabeceras, cuerpo) en vez de lo pedido
        self.admite_rangos = True
        self.rangos = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}/dbpedia_csv.tgz"

    @property
    def md5(self):
        return hashlib.md5(self.datos).hexdigest()


class Manejador(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        servidor = self.server
        rango = self.headers.get("Range")
        servidor.rangos.append(rango)
        if servidor.trampa:
            estado, cabeceras, cuerpo = servidor.trampa
            self.send_response(estado)
            for nombre, valor in cabeceras.items():
                self.send_header(nombre, valor)
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(cuerpo)
            return
        if servidor.estado:
            self.send_error(servidor.estado)
            return
        desde = 0
        if rango and servidor.admite_rangos:
            desde = int(rango.removeprefix("bytes=").rstrip("-"))
            if desde >= len(servidor.datos):
                self.send_error(416)
                return
            self.send_response(206)
            total = len(servidor.datos)
            self.send_header(
                "Content-Range", f"bytes {desde}-{total - 1}/{total}"
            )
        else:
            self.send_response(200)
        cuerpo = servidor.datos[desde:]
        self.send_header("Content-Length", str(len(cuerpo)))
        self.end_headers()
        if servidor.corta_en is not None:
            self.wfile.write(cuerpo[: servidor.corta_en])
            self.close_connection = True
            return
        self.wfile.write(cuerpo)

    def log_message(self, *_):
        pass


@pytest.fixture(autouse=True)
def red_sin_ajustes(monkeypatch):
    for nombre in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(nombre, raising=False)
        monkeypatch.delenv(nombre.lower(), raising=False)


@pytest.fixture(autouse=True)
def temporal(monkeypatch, tmp_path_factory):
    """Los cerrojos de estas pruebas se van con sus carpetas."""
    monkeypatch.setenv("TMPDIR", str(tmp_path_factory.mktemp("cerrojos")))
    monkeypatch.setattr(tempfile, "tempdir", None)


@pytest.fixture
def servidor():
    s = Servidor(comprime(MIEMBROS))
    # `shutdown` espera a la vuelta siguiente: por omisión, medio segundo.
    threading.Thread(target=s.serve_forever, args=(0.01,), daemon=True).start()
    yield s
    s.shutdown()
    s.server_close()


def baja(servidor, carpeta, **cambios):
    opciones = {"url": servidor.url, "md5": servidor.md5, **cambios}
    return descarga_dbpedia(carpeta / "dbpedia_csv", **opciones)


def nombres(carpeta):
    return sorted(str(r.relative_to(carpeta)) for r in carpeta.rglob("*"))


PARCIAL = "dbpedia_csv.tgz.parcial"
COMPLETA = [
    "dbpedia_csv",
    "dbpedia_csv/.descarga.json",
    "dbpedia_csv/classes.txt",
    "dbpedia_csv/readme.txt",
    "dbpedia_csv/test.csv",
    "dbpedia_csv/train.csv",
]


def test_descarga_extrae_y_devuelve_la_carpeta(servidor, tmp_path):
    carpeta = baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA
    train, test = DBpedia(carpeta)
    assert len(list(train)) == 5000
    assert next(iter(test)) == (2, "ITAM A university in Mexico City.")


def test_la_carpeta_puede_estar_dentro_de_otras_que_no_existen(
    servidor, tmp_path
):
    carpeta = baja(servidor, tmp_path / "una" / "otra")
    assert nombres(tmp_path / "una" / "otra") == COMPLETA
    assert carpeta.is_dir()


def test_la_barra_dice_que_llega_y_cuanto_falta(servidor, tmp_path, capsys):
    """También al seguir: lo que ya estaba cuenta como hecho."""
    for guardado in (b"", servidor.datos[: len(servidor.datos) // 2]):
        (tmp_path / PARCIAL).write_bytes(guardado)
        baja(servidor, tmp_path)
        barra = capsys.readouterr().err
        assert PARCIAL in barra
        assert "100%" in barra
        shutil.rmtree(tmp_path / "dbpedia_csv")


def test_la_segunda_vez_no_pide_nada(servidor, tmp_path):
    baja(servidor, tmp_path)
    baja(servidor, tmp_path)
    assert len(servidor.rangos) == 1


def test_si_falta_un_archivo_se_repone(servidor, tmp_path):
    carpeta = baja(servidor, tmp_path)
    (carpeta / "test.csv").unlink()
    baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA


def test_sin_red(servidor, tmp_path):
    with pytest.raises(DescargaFallida, match=r"No hay conexión .*tu red"):
        baja(servidor, tmp_path, url="http://127.0.0.1:9/dbpedia_csv.tgz")
    assert nombres(tmp_path) == []


@pytest.mark.parametrize("estado", [404, 403, 500, 503])
def test_el_servidor_responde_un_error(servidor, tmp_path, estado):
    servidor.estado = estado
    with pytest.raises(DescargaFallida, match=f"respondió {estado}"):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == []


def test_cortada_a_la_mitad_se_reanuda(servidor, tmp_path):
    servidor.corta_en = len(servidor.datos) // 2
    with pytest.raises(DescargaFallida, match=r"Se cortó .*sigue desde ahí"):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == [PARCIAL]
    ya = (tmp_path / PARCIAL).stat().st_size
    assert 0.7 * servidor.corta_en < ya <= servidor.corta_en
    servidor.corta_en = None
    baja(servidor, tmp_path)
    assert servidor.rangos == [None, f"bytes={ya}-"]
    assert nombres(tmp_path) == COMPLETA


def test_si_el_servidor_no_admite_rangos_empieza_de_nuevo(servidor, tmp_path):
    (tmp_path / PARCIAL).write_bytes(b"otra cosa")
    servidor.admite_rangos = False
    baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA


def test_parcial_ya_completo(servidor, tmp_path):
    (tmp_path / PARCIAL).write_bytes(servidor.datos)
    baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA


def test_md5_distinto_no_deja_nada(servidor, tmp_path):
    with pytest.raises(DescargaFallida, match=r"no es el archivo esperado"):
        baja(servidor, tmp_path, md5="0" * 32)
    assert nombres(tmp_path) == []


@pytest.mark.parametrize(
    "miembro",
    ["dbpedia_csv/../../fuera.csv", "/fuera.csv", "dbpedia_csv/otro.sh"],
)
def test_un_nombre_inesperado_no_se_extrae(servidor, tmp_path, miembro):
    servidor.datos = comprime({**MIEMBROS, miembro: b"x"})
    with pytest.raises(DescargaFallida, match=r"no se extrajo nada"):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == [PARCIAL]
    assert not (tmp_path.parent / "fuera.csv").exists()


def test_un_enlace_disfrazado_no_se_extrae(servidor, tmp_path):
    archivo = io.BytesIO()
    with tarfile.open(fileobj=archivo, mode="w:gz") as tgz:
        enlace = tarfile.TarInfo("dbpedia_csv/train.csv")
        enlace.type, enlace.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tgz.addfile(enlace)
    servidor.datos = archivo.getvalue()
    with pytest.raises(DescargaFallida, match=r"no se extrajo nada"):
        baja(servidor, tmp_path)


def test_si_al_archivo_le_falta_algo_lo_dice(servidor, tmp_path):
    sin_test = {k: v for k, v in MIEMBROS.items() if "test" not in k}
    servidor.datos = comprime(sin_test)
    with pytest.raises(DescargaFallida, match=r"le falta test\.csv"):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == [PARCIAL]


def test_un_archivo_que_no_es_tgz(servidor, tmp_path):
    servidor.datos = b"esto no es un tgz" * 100
    with pytest.raises(DescargaFallida, match=r"no se puede abrir"):
        baja(servidor, tmp_path)


def test_el_archivo_puede_traer_su_carpeta(servidor, tmp_path):
    """El verdadero la trae, como un miembro más."""
    archivo = io.BytesIO()
    with tarfile.open(fileobj=archivo, mode="w:gz") as tgz:
        dir_ = tarfile.TarInfo("dbpedia_csv")
        dir_.type = tarfile.DIRTYPE
        tgz.addfile(dir_)
        for nombre, datos in MIEMBROS.items():
            info = tarfile.TarInfo(nombre)
            info.size = len(datos)
            tgz.addfile(info, io.BytesIO(datos))
    servidor.datos = archivo.getvalue()
    baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA


@pytest.mark.parametrize("queda", [40, 1000, 250_000, -400])
def test_un_archivo_truncado_en_su_origen(servidor, tmp_path, queda):
    """Su suma es la que dice quien lo publica, pero no se puede abrir."""
    servidor.datos = servidor.datos[:queda]
    with pytest.raises(DescargaFallida, match=r"no se puede abrir .*Bórralo"):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == [PARCIAL]


@pytest.mark.parametrize("donde", [12, 100])
def test_un_archivo_estropeado_en_su_origen(servidor, tmp_path, donde):
    """Ni un byte de más ni de menos: otros."""
    malo = bytearray(servidor.datos)
    malo[donde : donde + 4] = b"\xff\x00\xff\x00"
    servidor.datos = bytes(malo)
    with pytest.raises(DescargaFallida, match=r"no se puede abrir .*Bórralo"):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == [PARCIAL]


# Nada de quien lo usa se pierde


def arbol(carpeta):
    return {
        str(r.relative_to(carpeta)): r.read_bytes()
        for r in carpeta.rglob("*")
        if r.is_file()
    }


@pytest.mark.parametrize(
    "suyos",
    [
        {"tesis.odt": b"x"},
        {"train.csv": b"mio", "test.csv": b"mio"},
        {"train.csv": b"", "test.csv": b"", "classes.txt": b""},
        {".git/config": b"x"},
    ],
)
def test_una_carpeta_ajena_no_se_toca(servidor, tmp_path, suyos):
    for nombre, datos in suyos.items():
        ruta = tmp_path / "dbpedia_csv" / nombre
        ruta.parent.mkdir(parents=True, exist_ok=True)
        ruta.write_bytes(datos)
    antes = arbol(tmp_path)
    with pytest.raises(DescargaFallida, match="indica otra carpeta"):
        baja(servidor, tmp_path)
    assert arbol(tmp_path) == antes
    assert servidor.rangos == []  # lo dice antes de descargar


def test_cuatro_archivos_vacios_no_son_el_conjunto(servidor, tmp_path):
    carpeta = baja(servidor, tmp_path)
    for nombre in ("train.csv", "test.csv", "classes.txt", "readme.txt"):
        (carpeta / nombre).write_bytes(b"")
    baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA
    assert len(list(DBpedia(carpeta, "train"))) == 5000


def test_lo_que_agregas_o_cambias_en_la_nuestra_se_conserva(
    servidor, tmp_path
):
    carpeta = baja(servidor, tmp_path)
    (carpeta / "notas.txt").write_text("mías")
    (carpeta / "train.csv").write_text('1,"una","sola fila"\n')
    (carpeta / "test.csv").unlink()
    baja(servidor, tmp_path)
    assert (carpeta / "notas.txt").read_text() == "mías"
    assert (carpeta / "train.csv.1").read_text() == '1,"una","sola fila"\n'
    assert len(list(DBpedia(carpeta, "train"))) == 5000


def test_una_carpeta_vacia_se_puede_usar(servidor, tmp_path):
    (tmp_path / "dbpedia_csv").mkdir()
    baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA


def test_otro_conjunto_en_la_nuestra_no_es_este(servidor, tmp_path):
    carpeta = baja(servidor, tmp_path)
    nuevo = MIEMBROS | {"dbpedia_csv/test.csv": b'3,"Otro","Otro."\n'}
    servidor.datos = comprime(nuevo)
    baja(servidor, tmp_path)
    assert list(DBpedia(carpeta, "test")) == [(3, "Otro Otro.")]


def test_tu_propio_tgz_sirve_y_se_conserva(servidor, tmp_path):
    (tmp_path / "dbpedia_csv.tgz").write_bytes(servidor.datos)
    baja(servidor, tmp_path)
    assert servidor.rangos == []
    assert nombres(tmp_path) == sorted([*COMPLETA, "dbpedia_csv.tgz"])


def test_un_tgz_que_no_es_el_esperado_ni_se_usa_ni_se_pierde(
    servidor, tmp_path
):
    (tmp_path / "dbpedia_csv.tgz").write_bytes(b"otra cosa")
    baja(servidor, tmp_path)
    assert (tmp_path / "dbpedia_csv.tgz").read_bytes() == b"otra cosa"
    assert nombres(tmp_path) == sorted([*COMPLETA, "dbpedia_csv.tgz"])


def test_carpeta_por_omision_y_la_de_la_virgulilla(
    servidor, tmp_path, monkeypatch
):
    monkeypatch.setattr(descarga, "DATOS", tmp_path / "curso")
    monkeypatch.setenv("HOME", str(tmp_path / "casa"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "casa"))
    opciones = {"url": servidor.url, "md5": servidor.md5}
    donde = descarga_dbpedia(**opciones)
    assert donde == tmp_path / "curso" / "dbpedia_csv"
    donde = descarga_dbpedia("~/datos", **opciones)
    assert donde == tmp_path / "casa" / "datos"
    assert (donde / "train.csv").is_file()


# Al seguir, no se fía de quien responde

HTML = b"<html>Acepta las condiciones</html>"


@pytest.mark.parametrize(
    ("trampa", "dice"),
    [
        ((200, {"Content-Type": "text/html"}, HTML), "una página web"),
        ((200, {"Content-Type": "text/plain"}, HTML), "no es el archivo"),
        ((200, {}, HTML), "no es el archivo"),
        ((206, {"Content-Range": "bytes 0-9/99"}, b"0123456789"), "206"),
        ((206, {}, b"0123456789"), "206"),
        ((206, {"Content-Range": "bytes 90-99/100"}, b"0123456789"), "206"),
        ((416, {"Content-Length": "0"}, b""), "416"),
        ((503, {}, b""), "503"),
        ((204, {}, b""), "204"),
    ],
)
def test_lo_guardado_sobrevive_a_una_respuesta_que_no_es(
    servidor, tmp_path, trampa, dice
):
    """Un portal que pide registrarse, un rango que empieza en otro sitio…"""
    mitad = servidor.datos[: len(servidor.datos) // 2]
    (tmp_path / PARCIAL).write_bytes(mitad)
    servidor.trampa = trampa
    with pytest.raises(DescargaFallida, match=dice):
        baja(servidor, tmp_path)
    assert arbol(tmp_path) == {PARCIAL: mitad}
    servidor.trampa = None
    servidor.rangos.clear()
    baja(servidor, tmp_path)
    assert servidor.rangos == [f"bytes={len(mitad)}-"]
    assert nombres(tmp_path) == COMPLETA


def test_un_206_con_otro_archivo_no_cambia_lo_guardado(servidor, tmp_path):
    mitad = servidor.datos[:9000]
    (tmp_path / PARCIAL).write_bytes(mitad)
    servidor.trampa = 206, {"Content-Range": "bytes 9000-9004/*"}, b"ajeno"
    with pytest.raises(DescargaFallida, match="206"):
        baja(servidor, tmp_path)
    assert arbol(tmp_path) == {PARCIAL: mitad}


@pytest.mark.parametrize("malo", [b"otra cosa", b"x" * 400_000])
def test_lo_guardado_que_no_era_se_cambia_por_lo_bueno(
    servidor, tmp_path, malo
):
    """Más corto o más largo que el archivo: se sigue, y no cuadra."""
    (tmp_path / PARCIAL).write_bytes(malo)
    baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA


def test_una_pagina_web_no_deja_nada(servidor, tmp_path):
    servidor.trampa = 200, {"Content-Type": "text/html; charset=x"}, HTML
    with pytest.raises(DescargaFallida, match="hazlo en el navegador"):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == []


def test_416_sin_nada_guardado(servidor, tmp_path):
    servidor.estado = 416
    with pytest.raises(DescargaFallida, match="respondió 416"):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == []


@pytest.mark.parametrize(
    "cabeceras",
    [{"Content-Length": "abc"}, {"Content-Encoding": "gzip"}],
)
def test_una_cabecera_mala_no_estorba(servidor, tmp_path, cabeceras):
    servidor.trampa = 200, cabeceras, servidor.datos
    baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA


def test_si_quien_espera_lo_interrumpe_se_puede_seguir(
    servidor, tmp_path, monkeypatch
):
    def interrumpe(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(descarga.tqdm, "update", interrumpe)
    with pytest.raises(KeyboardInterrupt):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == [PARCIAL]
    monkeypatch.undo()
    baja(servidor, tmp_path)
    assert servidor.rangos[1].startswith("bytes=")
    assert nombres(tmp_path) == COMPLETA


# Dos a la vez, y lo que deja un proceso muerto


def test_dos_a_la_vez_no_se_estorban(servidor, tmp_path):
    with ThreadPoolExecutor(4) as varios:
        hechas = [varios.submit(baja, servidor, tmp_path) for _ in range(4)]
        assert {h.result() for h in hechas} == {tmp_path / "dbpedia_csv"}
    assert len(servidor.rangos) == 1
    assert nombres(tmp_path) == COMPLETA


def test_si_el_otro_no_acaba_se_dice(servidor, tmp_path, monkeypatch):
    trae = descarga._trae

    def mientras(carpeta, url, md5):
        trae(carpeta, url, md5)
        # Aquí y no antes: es también lo que se espera al servidor.
        monkeypatch.setattr(descarga, "_ESPERA_S", 0.2)
        with pytest.raises(DescargaFallida, match=r"Otro cuaderno .*espera"):
            descarga_dbpedia(carpeta, url, md5)

    monkeypatch.setattr(descarga, "_trae", mientras)
    baja(servidor, tmp_path)


MUERE = """
import os, shutil, signal, sys
from pathlib import Path
from helpers import descarga, descarga_dbpedia

carpeta, url, md5, donde = sys.argv[1:]

def muere(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)

def copia_un_poco(origen, copia):
    copia.write(origen.read(50))
    copia.flush()
    muere()

if donde == "al extraer":
    shutil.copyfileobj = copia_un_poco
elif donde == "al escribir la marca":
    descarga.json.dumps = muere
else:
    mueve = Path.replace
    def replace(ruta, otra):
        mueve(ruta, otra)
        if ruta.name == "train.csv":
            muere()
    Path.replace = replace
descarga_dbpedia(carpeta, url, md5)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows no tiene SIGKILL")
@pytest.mark.parametrize(
    "donde", ["al extraer", "al escribir la marca", "al mover"]
)
def test_lo_que_deja_un_proceso_muerto_se_aprovecha(
    servidor, tmp_path, tmp_path_factory, donde
):
    carpeta = tmp_path / "dbpedia_csv"
    pide = carpeta, servidor.url, servidor.md5, donde
    muerto = en_grupo.programa(
        tmp_path_factory.mktemp("dicho") / "x", MUERE, *pide
    )
    muerto.join(en_grupo.ESPERA_S)
    assert muerto.exitcode == -signal.SIGKILL
    assert len(nombres(tmp_path)) > 1
    servidor.rangos.clear()
    baja(servidor, tmp_path)
    assert servidor.rangos == []  # lo descargado servía
    assert nombres(tmp_path) == COMPLETA


# La red: una frase por causa, y dice qué cambiar


@pytest.mark.parametrize(
    ("url", "dice"),
    [
        ("ftp://127.0.0.1/x.tgz", "corrígela; empieza por https"),
        ("127.0.0.1/x.tgz", "corrígela"),
        ("http://", "corrígela"),
        ("http://[::1/x", "corrígela"),
        ("http://a..b/x", "corrígela"),
        ("http://127.0.0.1:99999/", "corrígela"),
        ("", "corrígela"),
        ("http://no-existe.invalid/x", "No hay conexión .*tu red"),
    ],
)
def test_una_direccion_que_no_sirve(tmp_path, url, dice):
    with pytest.raises(DescargaFallida, match=dice):
        descarga_dbpedia(tmp_path / "db", url, "0" * 32)
    assert nombres(tmp_path) == []


@pytest.mark.parametrize(
    ("destino", "dice"),
    [
        ("ftp://127.0.0.1/x.tgz", "lleva a una que no sirve"),
        ("file:///etc/passwd", "lleva a una que no sirve"),
        ("/dbpedia_csv.tgz", "da vueltas"),
    ],
)
def test_redirecciones(servidor, tmp_path, destino, dice):
    cabeceras = {"Location": destino, "Content-Length": "0"}
    servidor.trampa = 302, cabeceras, b""
    with pytest.raises(DescargaFallida, match=dice):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == []


@pytest.mark.parametrize(
    ("proxy", "dice"),
    [
        ("http://", "corrige o borra"),
        ("foo://x:1", "corrige o borra"),
        ("http://127.0.0.1:9", "corrige o borra"),
        ("http://127.0.0.1:99999", "O corrige"),
        ("«http://x:1»", "O corrige"),
    ],
)
def test_un_proxy_que_no_sirve(tmp_path, monkeypatch, proxy, dice):
    monkeypatch.setenv("HTTP_PROXY", proxy)
    with pytest.raises(DescargaFallida, match=f"{dice}.*") as error:
        descarga_dbpedia(tmp_path / "db", "http://a.invalid/x", "0" * 32)
    assert "HTTP_PROXY" in str(error.value)
    assert nombres(tmp_path) == []


def test_un_proxy_socks_sin_su_paquete(tmp_path, monkeypatch):
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "socks", None)
    with pytest.raises(DescargaFallida, match=r"all_proxy.*%pip install"):
        descarga_dbpedia(tmp_path / "db", "http://a.invalid/x", "0" * 32)


def test_un_certificado_que_no_esta(tmp_path, monkeypatch):
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/no/existe.pem")
    with pytest.raises(DescargaFallida, match="REQUESTS_CA_BUNDLE"):
        descarga_dbpedia(tmp_path / "db", "https://127.0.0.1:9/", "0" * 32)


@pytest.mark.parametrize(
    ("lanza", "dice"),
    [
        (requests.exceptions.ConnectTimeout(), "No hay conexión"),
        (requests.exceptions.ReadTimeout(), "No hay conexión"),
        (requests.exceptions.SSLError("bad"), "certificado"),
        (requests.exceptions.InvalidHeader("x"), "corrígela"),
        (requests.exceptions.RetryError(), "No hay conexión"),
        (requests.exceptions.RequestException(), "No hay conexión"),
    ],
    ids=lambda x: type(x).__name__,
)
def test_cualquier_fallo_de_requests(tmp_path, monkeypatch, lanza, dice):
    def get(*_, timeout, **__):
        assert 0 < timeout <= 30
        raise lanza

    monkeypatch.setattr(requests, "get", get)
    with pytest.raises(DescargaFallida, match=dice):
        descarga_dbpedia(tmp_path / "db", "https://a.invalid/", "0" * 32)


def test_un_servidor_mudo_no_se_espera_sin_fin(tmp_path, monkeypatch):
    monkeypatch.setattr(descarga, "_ESPERA_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mudo:
        url = f"http://127.0.0.1:{mudo.getsockname()[1]}/"
        with pytest.raises(DescargaFallida, match="No hay conexión"):
            descarga_dbpedia(tmp_path / "db", url, "0" * 32)


# El disco: por su `errno`


@pytest.mark.parametrize(
    ("numero", "dice"),
    [
        (errno.ENOSPC, "lleno: libera"),
        (errno.EACCES, "no da permiso"),
        (errno.EROFS, "solo lectura"),
        (errno.EFBIG, "demasiado grande"),
        (errno.EIO, "comprueba el disco"),
    ],
)
def test_lo_que_el_disco_no_deja(
    servidor, tmp_path, monkeypatch, numero, dice
):
    def falla(*_):
        raise OSError(numero, os.strerror(numero))

    monkeypatch.setattr(shutil, "copyfileobj", falla)
    with pytest.raises(DescargaFallida, match=dice) as error:
        baja(servidor, tmp_path)
    assert ("lleno" in str(error.value)) == (numero == errno.ENOSPC)
    assert nombres(tmp_path) == [PARCIAL]


def test_el_destino_es_un_archivo(servidor, tmp_path):
    (tmp_path / "dbpedia_csv").write_text("mío")
    with pytest.raises(DescargaFallida, match="como si fuera una carpeta"):
        baja(servidor, tmp_path)
    assert arbol(tmp_path) == {"dbpedia_csv": "mío".encode()}


def test_el_parcial_es_una_carpeta(servidor, tmp_path):
    (tmp_path / PARCIAL).mkdir()
    with pytest.raises(DescargaFallida, match="tenía que ser un archivo"):
        baja(servidor, tmp_path)


def lleno(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_disco_lleno_al_descargar(servidor, tmp_path, monkeypatch):
    abre = Path.open

    def abre_sin_espacio(ruta, mode="r", *a, **k):
        archivo = abre(ruta, mode, *a, **k)
        if "b" in mode and "r" not in mode:
            archivo = Lleno(archivo)
        return archivo

    class Lleno:
        """Un archivo donde ya no cabe nada."""

        def __init__(self, archivo):
            self.archivo = archivo

        def __enter__(self):
            return self

        def __exit__(self, *_):
            self.archivo.close()

        write = lleno

    monkeypatch.setattr(Path, "open", abre_sin_espacio)
    with pytest.raises(DescargaFallida, match=r"está lleno: libera espacio"):
        baja(servidor, tmp_path)
    assert nombres(tmp_path) == []


def test_disco_lleno_al_extraer(servidor, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "copyfileobj", lleno)
    with pytest.raises(DescargaFallida, match=r"está lleno: libera"):
        baja(servidor, tmp_path)
    # Lo descargado y verificado se conserva; nada queda a medio extraer.
    assert nombres(tmp_path) == [PARCIAL]
    monkeypatch.undo()
    baja(servidor, tmp_path)
    assert len(servidor.rangos) == 1
    assert nombres(tmp_path) == COMPLETA
