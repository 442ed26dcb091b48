"""Publicar en el Hub: el cliente verdadero contra el servidor de aquí."""

import os
import socket
import ssl
import subprocess
import sys
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from huggingface_hub import (
    CommitOperationAdd,
    HfApi,
    constants,
    get_session,
    snapshot_download,
)
from huggingface_hub.errors import HfHubHTTPError, RepositoryNotFoundError

from apoyo import sin_torch
from apoyo.cuadernos import RAIZ
from apoyo.hub_local import ErrorHTTP, HubLocal, Pausa
from helpers import CLASES
from publica import hub as h
from publica.ficha import ficha, ficha_de_espacio

BUENO, DE_LECTURA, MALO = "hf_bueno0001", "hf_lectura02", "hf_malo00003"
# Xet espera entre dos intentos 3 segundos, y cada vez el doble; y lo lee una
# sola vez por proceso.
os.environ["HF_XET_CLIENT_RETRY_BASE_DELAY"] = "20ms"
CERTIFICADOS = cache(ssl.create_default_context)
REPO = "ana/clasificador-dbpedia"
ARCHIVOS = {
    "README.md",
    "config.json",
    "model.safetensors",
    "vocabulario.json",
}


@pytest.fixture(autouse=True)
def con_los_mismos_certificados(monkeypatch):
    """Leerlos cuesta 50 ms en cada cliente, y aquí nadie los usa."""
    monkeypatch.setattr("ssl.create_default_context", CERTIFICADOS)


@pytest.fixture
def hub(tmp_path):
    with HubLocal(tmp_path / "servidor") as servidor:
        servidor.usuarios[BUENO] = "ana", "write"
        servidor.usuarios[DE_LECTURA] = "ana", "read"
        yield servidor


@pytest.fixture(params=["con Xet", "sin Xet"])
def xet(request, monkeypatch):
    monkeypatch.setattr(
        constants, "HF_HUB_DISABLE_XET", request.param == "sin Xet"
    )
    return request.param == "con Xet"


@pytest.fixture
def sin_esperas(monkeypatch):
    """El cliente reintenta hasta 23 s; aquí, enseguida."""
    monkeypatch.setattr("time.sleep", lambda segundos: None)


def ficha_de_ejemplo(licencia="mit"):
    por_clase = [[0.9] * 14, [0.8] * 14, [0.85] * 14, [20] * 14]
    return ficha(0.938, por_clase, 1120, CLASES, licencia)


@pytest.fixture
def carpeta(tmp_path):
    carpeta = tmp_path / "clasificador-dbpedia"
    carpeta.mkdir()
    (carpeta / "README.md").write_text(ficha_de_ejemplo(), encoding="utf-8")
    (carpeta / "config.json").write_text('{"embed_dim": 100}')
    (carpeta / "model.safetensors").write_bytes(os.urandom(1_000_000))
    (carpeta / "vocabulario.json").write_text('["<unk>", "the"]')
    return carpeta


def cliente(hub, token=BUENO):
    return HfApi(endpoint=hub.url, token=token)


def sube(api, carpeta, repo_id=REPO):
    return api.upload_folder(
        repo_id=repo_id, folder_path=carpeta, commit_message="prueba"
    )


def contenido(hub, repo_id=REPO):
    archivos = hub.repos[repo_id].main.archivos
    return {ruta: hub.blobs[a.sha256] for ruta, a in archivos.items()}


def publicada(hub, carpeta):
    """Si la rama tiene los cuatro archivos, con estos bytes."""
    ahora = contenido(hub)
    return all(
        ahora.get(nombre) == (carpeta / nombre).read_bytes()
        for nombre in ARCHIVOS
    )


@contextmanager
def dice(capsys, frase):
    """Lo de dentro falla con esta frase, y nada más; ningún token."""
    with h.explica_errores():
        yield
        pytest.fail("no falló")
    salida, error = capsys.readouterr()
    assert salida == f"{frase} {h.SIGUE}\n"
    assert "hf_" not in salida + error


def test_sube_y_baja_lo_mismo_en_un_solo_commit(hub, carpeta, xet, tmp_path):
    """Con Xet y sin él: lo bajado, a una caché vacía, es lo subido."""
    api = cliente(hub)
    assert api.whoami()["name"] == "ana"
    assert api.create_repo(REPO, exist_ok=True) == f"{hub.url}/{REPO}"
    sube(api, carpeta)
    assert [c.titulo for c in hub.repos[REPO].historia] == [
        "initial commit",
        "prueba",
    ]
    assert publicada(hub, carpeta)
    bajado = snapshot_download(
        REPO,
        endpoint=hub.url,
        cache_dir=tmp_path / "cache",
        token=False,
    )
    for nombre in ARCHIVOS:
        original = (carpeta / nombre).read_bytes()
        assert Path(bajado, nombre).read_bytes() == original
    por_xet = any("xet-read-token" in p for p in hub.peticiones)
    por_lfs = any(p.startswith("PUT /lfs/") for p in hub.peticiones)
    assert (por_xet, por_lfs) == (xet, not xet)


def test_repetir_la_subida_no_agrega_commits(hub, carpeta, xet):
    api = cliente(hub)
    for _ in range(2):
        api.create_repo(REPO, exist_ok=True)
        sube(api, carpeta)
    assert len(hub.repos[REPO].historia) == 2


def test_sin_token_una_frase_y_ninguna_peticion(hub, capsys):
    with dice(capsys, h.SIN_TOKEN):
        HfApi(endpoint=hub.url).whoami()
    assert hub.peticiones == []


def test_token_rechazado(hub, capsys):
    with dice(capsys, h.RECHAZADO):
        cliente(hub, MALO).whoami()


def test_token_de_solo_lectura(hub, carpeta, capsys, xet):
    """Ni crea ni sube, aunque el repositorio sea del mismo usuario."""
    with dice(capsys, h.SIN_PERMISO):
        cliente(hub, DE_LECTURA).create_repo(REPO, exist_ok=True)
    assert not hub.repos
    hub.crea(REPO)
    with dice(capsys, h.SIN_PERMISO):
        sube(cliente(hub, DE_LECTURA), carpeta)
    assert len(hub.repos[REPO].historia) == 1


def test_cuenta_ajena(hub, carpeta, capsys, xet):
    with dice(capsys, h.SIN_PERMISO):
        cliente(hub).create_repo("otra/modelo", exist_ok=True)
    hub.crea("otra/modelo")
    with dice(capsys, h.SIN_PERMISO):
        sube(cliente(hub), carpeta, "otra/modelo")
    assert len(hub.repos["otra/modelo"].historia) == 1


def test_repositorio_que_no_existe(hub, carpeta, capsys, xet, tmp_path):
    with dice(capsys, h.NO_EXISTE):
        sube(cliente(hub), carpeta)
    with dice(capsys, h.NO_EXISTE):
        snapshot_download(
            REPO, endpoint=hub.url, cache_dir=tmp_path / "c", token=BUENO
        )


@pytest.mark.parametrize(
    ("encabezado", "motivo"),
    [
        ("license: [mit", "Invalid YAML in README.md at line 1"),
        ("license: la-mia", '"license" must be one of'),
        ("tags: uno", '"tags" must be an array'),
    ],
)
def test_ficha_con_yaml_malo(hub, carpeta, capsys, xet, encabezado, motivo):
    """El Hub la rechaza antes de recibir nada, y la frase dice por qué."""
    hub.crea(REPO)
    (carpeta / "README.md").write_text(f"---\n{encabezado}\n---\nhola\n")
    with h.explica_errores():
        sube(cliente(hub), carpeta)
    salida = capsys.readouterr().out
    assert salida.startswith("El Hub no acepta el encabezado de la ficha:")
    assert motivo in salida and salida.endswith(f"{h.SIGUE}\n")
    assert len(hub.repos[REPO].historia) == 1
    assert not any("preupload" in p for p in hub.peticiones)


CORTES = [
    ("validate-yaml", "antes"),
    ("preupload", "antes"),
    ("preupload", "después"),
    ("PUT /lfs/", "antes"),
    ("PUT /lfs/", "después"),
    ("/commit/", "antes"),
    ("/commit/", "después"),
]


@pytest.mark.parametrize(("donde", "momento"), CORTES)
def test_el_servidor_corta_la_conexion(
    hub, carpeta, capsys, xet, sin_esperas, donde, momento
):
    """Una frase; en la rama, todo o nada; y repetir termina el trabajo."""
    if xet and "lfs" in donde:
        pytest.skip("con Xet no se usa LFS")
    hub.crea(REPO)
    hub.cortes.append([donde, momento, 100])
    with dice(capsys, h.SIN_RED):
        sube(cliente(hub), carpeta)
    assert set(contenido(hub)) == {".gitattributes"} or publicada(hub, carpeta)
    hub.cortes.clear()
    sube(cliente(hub), carpeta)
    assert publicada(hub, carpeta)


def test_un_corte_pasajero_no_se_nota(hub, carpeta, xet, sin_esperas):
    hub.crea(REPO)
    hub.cortes.append(["preupload", "antes", 2])
    sube(cliente(hub), carpeta)
    assert publicada(hub, carpeta)


SUBE = """
import sys
from huggingface_hub import HfApi
HfApi().upload_folder(
    repo_id=sys.argv[1], folder_path=sys.argv[2], commit_message="prueba"
)
"""


@pytest.mark.parametrize(
    "donde",
    ["PUT /lfs/|xet-write-token", "/commit/"],
    ids=["pesos", "commit"],
)
def test_el_cliente_muere_a_media_subida(hub, carpeta, tmp_path, xet, donde):
    """Muerto al subir los pesos o a medio commit: la rama no se mueve."""
    hub.crea(REPO)
    # Más de lo que cabe en la conexión: el cliente muere a medio envío.
    (carpeta / "vocabulario.json").write_bytes(b"x" * 9_000_000)
    pausa = hub.pausas[donde] = Pausa()
    entorno = {
        "HF_ENDPOINT": hub.url,
        "HF_TOKEN": BUENO,
        "HF_HOME": str(tmp_path / "casa"),
        "HF_HUB_DISABLE_XET": "0" if xet else "1",
    }
    proceso = subprocess.Popen(
        [sys.executable, "-c", SUBE, REPO, carpeta],
        env=os.environ | entorno,
        stderr=subprocess.DEVNULL,
    )
    assert pausa.llego.wait(30)
    proceso.kill()
    proceso.wait()
    pausa.sigue.set()
    hub.pausas.clear()
    hub.espera_reposo()
    assert len(hub.repos[REPO].historia) == 1
    sube(cliente(hub), carpeta)
    assert publicada(hub, carpeta)
    assert len(hub.repos[REPO].historia) == 2


def test_el_servidor_no_acepta_lo_que_no_tiene(hub):
    """Un commit que nombra un archivo que nunca llegó no mueve la rama."""
    hub.crea(REPO)
    lineas = [
        {"key": "header", "value": {"summary": "trampa"}},
        {"key": "file", "value": {"path": "a.txt", "content": "aG9sYQ=="}},
        {
            "key": "lfsFile",
            "value": {"path": "b.safetensors", "oid": "0" * 64, "size": 3},
        },
    ]
    with pytest.raises(ErrorHTTP, match="does not exist"):
        hub.aplica(REPO, lineas)
    assert set(contenido(hub)) == {".gitattributes"}


# Cada estado, su remedio; y ninguno se espera más de medio minuto


@pytest.mark.parametrize(
    ("estado", "cabeceras", "dicho"),
    [
        (412, {}, h.CAMBIO),
        (413, {}, h.PESADO),
        (429, {"Retry-After": "120"}, h._por_estado(429, "120")),
        (429, {"Retry-After": "mañana"}, h._por_estado(429)),
        (500, {}, h._por_estado(500)),
        (503, {"Retry-After": "3600"}, h._por_estado(503)),
        (418, {}, h._por_estado(418)),
    ],
)
@pytest.mark.parametrize("donde", ["whoami", "preupload", "/commit/"])
def test_el_estado_se_dice_y_no_se_espera(
    hub, carpeta, capsys, monkeypatch, estado, cabeceras, dicho, donde
):
    dormido = []
    monkeypatch.setattr("time.sleep", dormido.append)
    hub.crea(REPO)
    hub.respuestas[donde] = estado, cabeceras
    with dice(capsys, dicho):
        cliente(hub).whoami()
        sube(cliente(hub), carpeta)
    assert sum(dormido) <= 30
    assert len(hub.repos[REPO].historia) == 1


def test_cada_frase_de_estado_dice_algo_distinto():
    assert "espera 120 segundos" in h._por_estado(429, "120")
    assert "espera un rato" in h._por_estado(429)
    assert "el fallo es suyo" in h._por_estado(502)
    assert "más tarde" not in h.PESADO + h.CAMBIO


def test_xet_sin_permiso_de_escritura_no_se_espera(hub, carpeta, capsys):
    """La parte de Xet repite por su cuenta, y más despacio."""
    hub.crea(REPO)
    hub.respuestas["xet-write-token"] = 503, {}
    with dice(capsys, h._por_estado(503)):
        sube(cliente(hub), carpeta)
    pedidas = [p for p in hub.peticiones if "xet-write-token" in p]
    assert 1 <= len(pedidas) <= 3


def test_un_servidor_mudo_no_se_espera_sin_fin(capsys, monkeypatch):
    """Acepta la conexión y no responde: el cliente esperaría siempre."""
    monkeypatch.setattr(h, "ESPERA_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as mudo:
        url = f"http://127.0.0.1:{mudo.getsockname()[1]}"
        with dice(capsys, h.SIN_RED):
            HfApi(endpoint=url, token=BUENO).whoami()
        with dice(capsys, h.SIN_RED):
            HfApi(endpoint=url, token=BUENO).list_repo_files(REPO)


def test_una_subida_larga_no_se_corta_mientras_avance(
    hub, carpeta, monkeypatch
):
    """Cuenta lo que se espera al Hub, no lo que tarda la celda."""
    hora = 0
    monkeypatch.setattr(h, "monotonic", lambda: hora)
    hub.crea(REPO)
    with h.explica_errores():
        api = cliente(hub)
        for espera in (10, 10, 10, h.ESPERA_S + 1):
            hora += espera
            api.whoami()
        return
    pytest.fail("se cortó")


def test_fuera_de_la_frase_el_cliente_es_el_de_siempre(hub):
    with h.explica_errores():
        assert len(get_session().event_hooks["response"]) == 1
    assert get_session().event_hooks["response"] == []


# Lo que está mal aquí, y no allá: qué variable cambiar


@pytest.mark.parametrize("token", ["“hf_bueno0001”", "hf_año", "hf_\u2028x"])
def test_un_token_con_comillas_tipograficas(hub, capsys, monkeypatch, token):
    monkeypatch.setenv("HF_TOKEN", token)
    with dice(capsys, h.TOKEN_RARO):
        HfApi(endpoint=hub.url).whoami()


@pytest.mark.parametrize("token", ["hf_bue\nno0001", "hf_bueno0001\r\nX: y"])
def test_un_token_con_un_salto_de_linea(hub, capsys, token):
    with dice(capsys, h.TOKEN_RARO):
        cliente(hub, token).whoami()


@pytest.mark.parametrize(
    "direccion", ["127.0.0.1:9", "huggingface.co", "ftp://x", "//x"]
)
def test_una_direccion_sin_esquema(capsys, monkeypatch, direccion):
    mala = h.MALA_DIRECCION.format(constants.ENDPOINT)
    with dice(capsys, mala):
        HfApi(endpoint=direccion, token=BUENO).whoami()


# El cliente lee las variables al importarse: cada caso, en otro proceso.
AQUI = f"""{sin_torch.paquete("helpers")}
from huggingface_hub import HfApi
from publica.hub import explica_errores
with explica_errores():
    HfApi(token="hf_bueno0001").whoami()
"""


@pytest.mark.parametrize(
    ("entorno", "dice"),
    [
        ({"HF_HUB_OFFLINE": "1"}, "HF_HUB_OFFLINE prohíbe"),
        ({"HF_ENDPOINT": "mi-hub.org"}, "HF_ENDPOINT dice «mi-hub.org»"),
        ({"HTTPS_PROXY": "socks5://127.0.0.1:9"}, '%pip install "requests'),
        ({"HTTPS_PROXY": "foo://x"}, "proxy de HTTPS_PROXY: corrige"),
        ({"HTTPS_PROXY": "http://127.0.0.1:9"}, "O corrige el proxy"),
        ({"SSL_CERT_FILE": "/no/existe.pem"}, "archivo que dice SSL_CERT"),
        ({"SSL_CERT_FILE": __file__}, "archivo que dice SSL_CERT"),
    ],
    ids=lambda x: "".join(x) if isinstance(x, dict) else "",
)
def test_una_variable_mal_puesta_se_nombra(tmp_path, entorno, dice):
    limpio = {
        k: v
        for k, v in os.environ.items()
        if not k.upper().endswith(("PROXY", "CA_BUNDLE", "CERT_FILE"))
    }
    casa = {"HF_HOME": str(tmp_path), "PYTHONUTF8": "1"}
    hecho = subprocess.run(
        [sys.executable, "-c", AQUI],
        cwd=RAIZ / "notebooks",
        env=limpio | casa | entorno,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert hecho.returncode == 0, hecho.stderr
    assert dice in hecho.stdout
    assert hecho.stdout.count("\n") == 1


def test_el_archivo_del_token_es_una_carpeta(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path))
    with h.explica_errores():
        HfApi().whoami()
    assert "la variable HF_TOKEN_PATH" in capsys.readouterr().out


def test_la_identidad_de_una_integracion_que_no_esta(hub, capsys, monkeypatch):
    monkeypatch.setenv("HF_OIDC_RESOURCE", "ana/mio")
    for nombre in ("GITHUB_ACTIONS", "HF_OIDC_ID_TOKEN"):
        monkeypatch.delenv(nombre, raising=False)
    with dice(capsys, h.SIN_IDENTIDAD):
        HfApi(endpoint=hub.url).whoami()


def test_un_nombre_de_repositorio_que_no_vale(hub, capsys):
    with dice(capsys, h.MAL_NOMBRE):
        cliente(hub).create_repo("ana/mi modelo")


def test_los_errores_ajenos_no_se_callan():
    with pytest.raises(KeyError), h.explica_errores():
        raise KeyError("otra cosa")
    with pytest.raises(ValueError, match="URL"), h.explica_errores():
        raise ValueError("una URL de quien escribe la celda")
    with pytest.raises(UnicodeEncodeError), h.explica_errores():
        "año".encode("ascii")  # una consola que no sabe de acentos
    with pytest.raises(ImportError), h.explica_errores():
        import no_existe  # noqa: F401
    with pytest.raises(FileNotFoundError), h.explica_errores():
        Path("no-existe").read_bytes()


def test_sin_red(capsys, sin_esperas):
    with dice(capsys, h.SIN_RED):
        HfApi(endpoint="http://127.0.0.1:9", token=BUENO).whoami()


def test_un_espacio_estatico_va_y_vuelve(hub, xet, tmp_path):
    """La página y el modelo del mismo nombre no se pisan; y se borran."""
    api = cliente(hub)
    with pytest.raises(ValueError, match="space_sdk"):
        api.create_repo(REPO, repo_type="space")
    for _ in range(2):
        direccion = api.create_repo(
            REPO, repo_type="space", space_sdk="static", exist_ok=True
        )
    assert str(direccion) == f"{hub.url}/spaces/{REPO}"
    assert REPO not in hub.repos
    pagina = tmp_path / "demo.html"
    pagina.write_text("<!DOCTYPE html>\n" + "a" * 3_000_000)
    ficha_suya = ficha_de_espacio(REPO, f"{hub.url}/{REPO}")
    api.create_commit(
        REPO,
        [
            CommitOperationAdd("index.html", pagina),
            CommitOperationAdd("README.md", ficha_suya.encode()),
        ],
        repo_type="space",
        commit_message="La página",
    )
    bajado = Path(
        snapshot_download(
            REPO,
            repo_type="space",
            endpoint=hub.url,
            cache_dir=tmp_path / "cache",
        )
    )
    assert (bajado / "index.html").read_bytes() == pagina.read_bytes()
    assert (bajado / "README.md").read_text("utf-8") == ficha_suya
    ajeno = cliente(hub, DE_LECTURA)
    with pytest.raises(HfHubHTTPError, match="403"):
        ajeno.delete_repo(REPO, repo_type="space")
    api.delete_repo(REPO, repo_type="space")
    with pytest.raises(RepositoryNotFoundError):
        api.repo_info(REPO, repo_type="space")
