"""La descarga del conjunto completo, contra un servidor en loopback."""

import errno
import hashlib
import io
import random
import shutil
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from helpers import DBpedia, DescargaFallida, descarga_dbpedia

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


COMPLETA = [
    "dbpedia_csv",
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
    assert nombres(tmp_path) == ["dbpedia_csv.tgz.parcial"]
    ya = (tmp_path / "dbpedia_csv.tgz.parcial").stat().st_size
    assert 0.7 * servidor.corta_en < ya <= servidor.corta_en
    servidor.corta_en = None
    baja(servidor, tmp_path)
    assert servidor.rangos == [None, f"bytes={ya}-"]
    assert nombres(tmp_path) == COMPLETA


def test_si_el_servidor_no_admite_rangos_empieza_de_nuevo(servidor, tmp_path):
    (tmp_path / "dbpedia_csv.tgz.parcial").write_bytes(b"otra cosa")
    servidor.admite_rangos = False
    baja(servidor, tmp_path)
    assert nombres(tmp_path) == COMPLETA


def test_parcial_ya_completo(servidor, tmp_path):
    (tmp_path / "dbpedia_csv.tgz.parcial").write_bytes(servidor.datos)
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
    assert nombres(tmp_path) == ["dbpedia_csv.tgz"]
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
    assert nombres(tmp_path) == ["dbpedia_csv.tgz"]


def test_un_archivo_que_no_es_tgz(servidor, tmp_path):
    servidor.datos = b"esto no es un tgz" * 100
    with pytest.raises(DescargaFallida, match=r"no se puede abrir"):
        baja(servidor, tmp_path)


def lleno(*_, **__):
    raise OSError(errno.ENOSPC, "No space left on device")


def test_disco_lleno_al_descargar(servidor, tmp_path, monkeypatch):
    abre = Path.open

    def abre_sin_espacio(ruta, modo="r", *a, **k):
        archivo = abre(ruta, modo, *a, **k)
        if "b" in modo and "r" not in modo:
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
    assert nombres(tmp_path) == ["dbpedia_csv.tgz"]
    monkeypatch.undo()
    baja(servidor, tmp_path)
    assert len(servidor.rangos) == 1
    assert nombres(tmp_path) == COMPLETA
