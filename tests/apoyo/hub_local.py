"""Un Hub de Hugging Face en esta máquina, para las pruebas.

Atiende al cliente verdadero, con Xet y sin él, sin salir a la red:

    with HubLocal(carpeta) as hub:      # y HF_ENDPOINT=hub.url

Es honesto: guarda cada archivo por su SHA-256, comprueba uno por uno los que
nombra un commit y solo entonces mueve la rama, en una asignación. De la
respuesta copia lo que el cliente 2.4 mira; los mensajes de error y la lista
de licencias son los del Hub.
"""

import base64
import gc
import hashlib
import json
import re
import shutil
import socket
import struct
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from urllib.parse import unquote, urlsplit

import hf_xet
import yaml
from huggingface_hub.repocard import REGEX_YAML_BLOCK

LICENCIAS = {
    "apache-2.0", "mit", "cc0-1.0", "cc-by-4.0", "cc-by-sa-3.0",
    "cc-by-sa-4.0", "cc-by-nc-4.0", "gpl-3.0", "bsd-3-clause", "gfdl",
    "unknown", "other",
}  # fmt: skip
POR_LFS = (".safetensors", ".pt", ".bin")
INICIAL = {".gitattributes": b"*.safetensors filter=lfs -text\n"}


class ErrorHTTP(Exception):
    """Lo que el Hub responde en vez de lo pedido."""

    def __init__(self, estado, mensaje, codigo=None, cabeceras=(), **cuerpo):
        super().__init__(mensaje)
        self.cabeceras = dict(cabeceras)
        self.estado, self.mensaje, self.codigo = estado, mensaje, codigo
        self.cuerpo = {"error": mensaje, **cuerpo}


class Corte(Exception):
    """El servidor cuelga sin responder."""


def sha256(datos):
    return hashlib.sha256(datos).hexdigest()


def sha_de_git(datos):
    return hashlib.sha1(b"blob %d\0" % len(datos) + datos).hexdigest()


@dataclass(frozen=True)
class Archivo:
    """Un archivo de un commit; su contenido está en `HubLocal.blobs`."""

    sha256: str
    size: int
    oid: str
    xet: str | None = None  # el hash de Xet, si es grande


@dataclass(frozen=True)
class Commit:
    """Una foto completa del repositorio: ruta → Archivo."""

    archivos: dict
    titulo: str
    padre: str | None = None

    @property
    def oid(self):
        contenido = [(r, a.sha256) for r, a in sorted(self.archivos.items())]
        texto = json.dumps([self.padre, self.titulo, contenido])
        return hashlib.sha1(texto.encode()).hexdigest()


@dataclass
class Repo:
    """La rama `main` es el último commit; los demás quedan en la historia."""

    main: Commit
    historia: list = field(default_factory=list)


def valida_ficha(contenido):
    """Errores del encabezado YAML de un README.md, como los da el Hub."""
    bloque = REGEX_YAML_BLOCK.search(contenido)
    if bloque is None:
        return []
    try:
        datos = yaml.safe_load(bloque.group(2))
    except yaml.YAMLError as error:
        donde = getattr(error, "problem_mark", None)
        linea = f" at line {donde.line + 1}" if donde else ""
        return [f"Invalid YAML in README.md{linea}"]
    if not isinstance(datos, dict):
        return ["YAML metadata must be an object"]
    errores = []
    if datos.get("license", "unknown") not in LICENCIAS:
        errores.append(f'"license" must be one of {sorted(LICENCIAS)}')
    if not isinstance(datos.get("tags", []), list):
        errores.append('"tags" must be an array')
    for modelo in datos.get("model-index") or []:
        if not modelo.get("name") or not modelo.get("results"):
            errores.append('"model-index[0]" needs "name" and "results"')
    return errores


def _hash_de_xet(bruto):
    """Los 32 bytes de un shard, en el orden en que Xet los escribe."""
    return b"".join(bruto[i : i + 8][::-1] for i in range(0, 32, 8)).hex()


def archivos_de_un_shard(shard):
    """SHA-256 → hash de Xet de los archivos que describe un shard (.mdb)."""
    datos, desde, vistos = shard.read_bytes(), 48, {}
    while datos[desde : desde + 32] not in (b"\xff" * 32, b""):
        marcas, tramos = struct.unpack_from("<II", datos, desde + 32)
        xet = _hash_de_xet(datos[desde : desde + 32])
        desde += 48 * (1 + tramos * (2 if marcas >> 31 else 1))
        if marcas >> 30 & 1:
            vistos[_hash_de_xet(datos[desde : desde + 32])] = xet
            desde += 48
    return vistos


@dataclass
class Pausa:
    """`llego` se enciende al llegar la petición, que espera a `sigue`."""

    llego: threading.Event = field(default_factory=threading.Event)
    sigue: threading.Event = field(default_factory=threading.Event)


class HubLocal:
    """El servidor. Se usa con `with`; `url` es su dirección.

    Args:
        carpeta: donde Xet deja lo que sube y recoge lo que baja.

    Attributes:
        usuarios: token → (nombre, permiso), permiso "write" o "read".
        repos: "dueño/nombre" → Repo; un Space, "spaces/dueño/nombre".
        blobs: SHA-256 → bytes comprobados.
        peticiones: "MÉTODO ruta" de cada una, en orden.
        cortes: lista de [patrón, momento, veces]; mientras queden veces,
            cuelga "antes" de atender la petición o "después".
        pausas: patrón → Pausa; detiene la petición antes de leer su cuerpo.
        respuestas: patrón → (estado, cabeceras) que se da en vez de atender.
    """

    def __init__(self, carpeta):
        self.carpeta = Path(carpeta)
        self.usuarios, self.repos, self.blobs = {}, {}, {}
        self.peticiones, self.cortes = [], []
        self.pausas, self.respuestas = {}, {}
        self.cerrojo, self.en_curso = threading.RLock(), 0
        self.numero = count(1)
        self.servidor = _Servidor(("127.0.0.1", 0), _Atiende)
        self.servidor.hub = self
        self.url = f"http://127.0.0.1:{self.servidor.server_port}"

    def __enter__(self):
        threading.Thread(
            target=self.servidor.serve_forever, args=(0.01,), daemon=True
        ).start()
        return self

    def __exit__(self, *_):
        self.servidor.shutdown()
        self.servidor.server_close()

    def espera_reposo(self, segundos=10):
        """Vuelve cuando no hay peticiones a medias."""
        limite = time.monotonic() + segundos
        while self.en_curso and time.monotonic() < limite:
            time.sleep(0.01)

    def guarda(self, datos):
        oid = sha256(datos)
        self.blobs[oid] = datos
        return oid

    def crea(self, repo_id):
        archivos = {
            ruta: Archivo(self.guarda(d), len(d), sha_de_git(d))
            for ruta, d in INICIAL.items()
        }
        inicial = Commit(archivos, "initial commit")
        self.repos[repo_id] = Repo(inicial, [inicial])

    # Xet: cada permiso de escritura o lectura recibe su propia carpeta, así
    # dos clientes no se estorban y uno muerto no deja nada a la vista.

    def carpeta_nueva(self, clase):
        carpeta = self.carpeta / f"{clase}-{next(self.numero)}"
        carpeta.mkdir(parents=True)
        return carpeta

    def trae_de_xet(self, oid, size):
        """Busca en lo subido el archivo `oid`, lo lee y lo comprueba."""
        for entrada in sorted(self.carpeta.glob("entrada-*")):
            for shard in entrada.glob("xet/xorbs/shards/*.mdb"):
                xet = archivos_de_un_shard(shard).get(oid)
                if xet is None:
                    continue
                # Una copia: el cliente puede tener abierta la suya.
                copia = self.carpeta_nueva("copia")
                shutil.copytree(entrada, copia, dirs_exist_ok=True)
                grupo = hf_xet.XetSession().new_download_stream_group(
                    endpoint=f"local://{copia}"
                )
                info = hf_xet.XetFileInfo(xet, size)
                datos = b"".join(map(bytes, grupo.download_stream(info)))
                if sha256(datos) == oid:
                    return self.guarda(datos)

    def ofrece_por_xet(self, repo):
        """Deja los archivos grandes de un repo en una carpeta nueva."""
        salida = self.carpeta_nueva("salida")
        sesion = hf_xet.XetSession()
        with sesion.new_upload_commit(endpoint=f"local://{salida}") as envio:
            for archivo in repo.main.archivos.values():
                if archivo.xet:
                    envio.start_upload_bytes(
                        self.blobs[archivo.sha256],
                        sha256=archivo.sha256,
                        name=archivo.sha256,
                    )
        del sesion, envio
        gc.collect()  # suelta el cerrojo que Xet pone a la carpeta
        return salida

    def hash_de_xet(self, oid):
        archivo = self.carpeta_nueva("hash") / oid
        archivo.write_bytes(self.blobs[oid])
        return hf_xet.hash_files([str(archivo)])[0].hash

    def aplica(self, repo_id, lineas, titulo="commit"):
        """Un commit: primero se comprueba todo; al final se mueve la rama."""
        repo = self.repos[repo_id]
        archivos = dict(repo.main.archivos)
        for linea in lineas:
            clave, valor = linea["key"], linea["value"]
            if clave == "header":
                titulo = valor["summary"]
                padre = valor.get("parentCommit", repo.main.oid)
                if padre != repo.main.oid:
                    raise ErrorHTTP(412, "A commit has happened since.")
            elif clave == "file":
                datos = base64.b64decode(valor["content"])
                archivos[valor["path"]] = Archivo(
                    self.guarda(datos), len(datos), sha_de_git(datos)
                )
            elif clave == "lfsFile":
                oid, size = valor["oid"], valor["size"]
                if oid not in self.blobs:
                    self.trae_de_xet(oid, size)
                if len(self.blobs.get(oid, b"")) != size:
                    raise ErrorHTTP(
                        400,
                        "Your push was rejected because an LFS pointer "
                        "pointed to a file that does not exist.",
                    )
                puntero = f"oid sha256:{oid}\nsize {size}\n".encode()
                archivos[valor["path"]] = Archivo(
                    oid, size, sha_de_git(puntero), self.hash_de_xet(oid)
                )
            elif clave == "deletedFile":
                archivos.pop(valor["path"], None)
            else:
                raise ErrorHTTP(400, f"Unknown operation {clave}")
        nuevo = Commit(archivos, titulo, repo.main.oid)
        repo.historia.append(nuevo)
        repo.main = nuevo
        return nuevo


class _Servidor(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        """Un cliente que se va a media respuesta no es noticia."""


REPO = r"(?P<repo>(?:spaces/)?[\w.-]+/[\w.-]+)"
# «/api/models/ana/x» es el repositorio «ana/x»; «/api/spaces/ana/x», el
# «spaces/ana/x».
API = rf"/api/(?:models/(?!spaces/)|(?=spaces/)){REPO}"
REV = r"(?P<rev>[\w.%-]+)"


class _Atiende(BaseHTTPRequestHandler):
    """Una conexión. Los métodos con `ruta` atienden su patrón."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # sin él, 40 ms más por respuesta
    rutas = ()

    def log_message(self, *_):
        pass

    # Transporte

    def cuerpo(self):
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            trozos = []
            while largo := int(self.rfile.readline().split(b";")[0], 16):
                trozos.append(self.rfile.read(largo))
                self.rfile.readline()
            self.rfile.readline()
            return b"".join(trozos)
        largo = int(self.headers.get("Content-Length") or 0)
        datos = self.rfile.read(largo)
        if len(datos) < largo:
            raise Corte  # el cliente murió a medio envío
        return datos

    def responde(self, datos=b"", estado=200, **cabeceras):
        if not isinstance(datos, bytes):
            cabeceras["Content-Type"] = "application/json"
            datos = json.dumps(datos).encode()
        self.send_response(estado)
        for nombre, valor in cabeceras.items():
            self.send_header(nombre.replace("_", "-"), str(valor))
        self.send_header("Content-Length", str(len(datos)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(datos)

    def corta(self, momento):
        pedido = f"{self.command} {self.path}"
        for corte in self.hub.cortes:
            patron, cuando, veces = corte
            if veces and cuando == momento and re.search(patron, pedido):
                corte[2] -= 1
                raise Corte

    def espera(self, ruta):
        for patron, pausa in self.hub.pausas.items():
            if re.search(patron, f"{self.command} {ruta}"):
                pausa.llego.set()
                pausa.sigue.wait(30)

    def atiende(self):
        self.hub = self.server.hub
        with self.hub.cerrojo:
            self.hub.en_curso += 1
        try:
            self.busca_y_responde()
        finally:
            with self.hub.cerrojo:
                self.hub.en_curso -= 1

    def busca_y_responde(self):
        ruta = unquote(urlsplit(self.path).path)
        self.hub.peticiones.append(f"{self.command} {ruta}")
        try:
            self.espera(ruta)
            self.corta("antes")
            self.datos = self.cuerpo()
            for patron, (estado, cabeceras) in self.hub.respuestas.items():
                if re.search(patron, f"{self.command} {ruta}"):
                    raise ErrorHTTP(estado, "Not now", cabeceras=cabeceras)
            for metodos, patron, hace in self.rutas:
                casa = re.fullmatch(patron, ruta)
                if casa and self.command in metodos:
                    with self.hub.cerrojo:
                        respuesta = hace(self, **casa.groupdict())
                    break
            else:
                raise ErrorHTTP(404, f"No route for {self.command} {ruta}")
            self.corta("después")
            cuerpo, *opciones = respuesta
            self.responde(cuerpo, **dict(*opciones))
        except ErrorHTTP as error:
            self.responde(
                error.cuerpo,
                error.estado,
                X_Error_Message=error.mensaje,
                **error.cabeceras,
                **({"X_Error_Code": error.codigo} if error.codigo else {}),
            )
        except (Corte, ValueError, ConnectionError):
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = atiende  # noqa: N815

    # Permisos

    def quien(self):
        """(nombre, permiso) del token que llega; 401 si no vale."""
        cabecera = self.headers.get("Authorization", "")
        token = cabecera.removeprefix("Bearer ")
        if token not in self.hub.usuarios:
            raise ErrorHTTP(401, "Invalid credentials in Authorization header")
        return self.hub.usuarios[token]

    def repo(self, repo_id):
        if repo_id not in self.hub.repos:
            raise ErrorHTTP(404, "Repository not found", "RepoNotFound")
        return self.hub.repos[repo_id]

    def repo_para_escribir(self, repo_id):
        nombre, permiso = self.quien()
        repo = self.repo(repo_id)
        if permiso != "write" or repo_id.split("/")[-2] != nombre:
            raise ErrorHTTP(
                403,
                "Forbidden: you must use a write token to upload to a "
                "repository.",
            )
        return repo

    def commit(self, repo_id, rev):
        repo = self.repo(repo_id)
        for commit in (repo.main, *repo.historia):
            if rev in ("main", commit.oid):
                return commit
        raise ErrorHTTP(404, "Invalid rev id", "RevisionNotFound")

    # Lo que el cliente pide

    def whoami(self):
        nombre, permiso = self.quien()
        token = {"displayName": "curso", "role": permiso}
        return ({"type": "user", "name": nombre,
                 "auth": {"accessToken": token}},)  # fmt: skip

    def identidad(self):
        """Lo que da la integración continua: quién pide, firmado."""
        return ({"value": "firmado"},)

    def canjea(self):
        """Un token de un rato, a cambio de esa identidad."""
        if json.loads(self.datos)["subject_token"] != "firmado":
            raise ErrorHTTP(401, "Invalid subject token")
        return ({"access_token": self.hub.de_identidad, "expires_in": 3600},)

    def crea(self):
        nombre, permiso = self.quien()
        pedido = json.loads(self.datos)
        dueno = pedido.get("organization") or nombre
        tipo = pedido.get("type", "model")
        if tipo == "space" and pedido.get("sdk") != "static":
            raise ErrorHTTP(400, "Only static spaces are served here")
        prefijo = "spaces/" if tipo == "space" else ""
        repo_id = f"{prefijo}{dueno}/{pedido['name']}"
        url = f"{self.hub.url}/{repo_id}"
        if permiso != "write" or dueno != nombre:
            raise ErrorHTTP(
                403,
                f"You don't have the rights to create a {tipo} under the "
                f'namespace "{dueno}"',
            )
        if repo_id in self.hub.repos:
            raise ErrorHTTP(
                409, f"You already created this {tipo} repo", url=url
            )
        self.hub.crea(repo_id)
        return ({"url": url, "name": repo_id},)

    def borra(self):
        nombre, _ = self.quien()
        pedido = json.loads(self.datos)
        prefijo = "spaces/" if pedido.get("type") == "space" else ""
        dueno = pedido.get("organization") or nombre
        repo_id = f"{prefijo}{dueno}/{pedido['name']}"
        self.repo_para_escribir(repo_id)
        del self.hub.repos[repo_id]
        return ({},)

    def valida(self):
        errores = valida_ficha(json.loads(self.datos)["content"])
        cuerpo = {"errors": [{"message": e} for e in errores], "warnings": []}
        return cuerpo, {"estado": 400 if errores else 200}

    def preupload(self, repo, rev):
        main = self.repo_para_escribir(repo).main
        archivos = []
        for pedido in json.loads(self.datos)["files"]:
            ruta = pedido["path"]
            lfs = ruta.endswith(POR_LFS) or pedido["size"] > 10_000_000
            ya = main.archivos.get(ruta)
            archivos.append(
                {
                    "path": ruta,
                    "uploadMode": "lfs" if lfs else "regular",
                    "shouldIgnore": False,
                    "oid": ya and (ya.sha256 if ya.xet else ya.oid),
                }
            )
        return ({"files": archivos},)

    def permiso_de_xet(self, repo, rev, para):
        if para == "write":
            self.repo_para_escribir(repo)
            carpeta = self.hub.carpeta_nueva("entrada")
        else:
            carpeta = self.hub.ofrece_por_xet(self.repo(repo))
        cas, vence = f"local://{carpeta}", int(time.time()) + 3600
        return (
            {"casUrl": cas, "accessToken": "xet", "exp": vence},
            {
                "X_Xet_Cas_Url": cas,
                "X_Xet_Access_Token": "xet",
                "X_Xet_Token_Expiration": vence,
            },
        )

    def lote_de_lfs(self, repo):
        self.repo_para_escribir(repo)
        objetos = []
        for pedido in json.loads(self.datos)["objects"]:
            objeto = {"oid": pedido["oid"], "size": pedido["size"]}
            if pedido["oid"] not in self.hub.blobs:
                href = f"{self.hub.url}/lfs/{pedido['oid']}"
                objeto["actions"] = {"upload": {"href": href}}
            objetos.append(objeto)
        return ({"transfer": "basic", "objects": objetos},)

    def recibe_lfs(self, oid):
        if sha256(self.datos) != oid:
            raise ErrorHTTP(400, "Content does not match its oid")
        self.hub.guarda(self.datos)
        return (b"",)

    def hace_commit(self, repo, rev):
        self.repo_para_escribir(repo)
        if not self.datos.endswith(b"\n"):
            raise ErrorHTTP(400, "Truncated commit")
        lineas = [json.loads(linea) for linea in self.datos.splitlines()]
        nuevo = self.hub.aplica(repo, lineas)
        url = f"{self.hub.url}/{repo}/commit/{nuevo.oid}"
        return ({"success": True, "commitOid": nuevo.oid, "commitUrl": url},)

    def info(self, repo, rev="main"):
        commit = self.commit(repo, rev)
        archivos = [{"rfilename": ruta} for ruta in sorted(commit.archivos)]
        repo = repo.removeprefix("spaces/")
        return ({"id": repo, "modelId": repo, "sha": commit.oid,
                 "private": False, "siblings": archivos},)  # fmt: skip

    def arbol(self, repo, rev):
        entradas = []
        for ruta, archivo in sorted(self.commit(repo, rev).archivos.items()):
            entrada = {"type": "file", "path": ruta, "size": archivo.size,
                       "oid": archivo.oid}  # fmt: skip
            if archivo.xet:
                entrada["xetHash"] = archivo.xet
                entrada["lfs"] = {"oid": archivo.sha256, "pointerSize": 130,
                                  "size": archivo.size}  # fmt: skip
            entradas.append(entrada)
        return (entradas,)

    def archivo(self, repo, rev, ruta):
        commit = self.commit(repo, rev)
        if ruta not in commit.archivos:
            raise ErrorHTTP(404, "Entry not found", "EntryNotFound")
        archivo = commit.archivos[ruta]
        etag = archivo.sha256 if archivo.xet else archivo.oid
        cabeceras = {"ETag": f'"{etag}"', "X_Repo_Commit": commit.oid}
        if archivo.xet:
            api = repo if repo.startswith("spaces/") else f"models/{repo}"
            permiso = f"{self.hub.url}/api/{api}/xet-read-token/{rev}"
            cabeceras["X_Xet_Hash"] = archivo.xet
            cabeceras["Link"] = f'<{permiso}>; rel="xet-auth"'
        return self.hub.blobs[archivo.sha256], cabeceras

    rutas = (
        (["GET"], "/api/whoami-v2", whoami),
        (["GET"], "/identidad", identidad),
        (["POST"], "/oauth/token", canjea),
        (["POST"], "/api/repos/create", crea),
        (["DELETE"], "/api/repos/delete", borra),
        (["POST"], "/api/validate-yaml", valida),
        (["POST"], f"{API}/preupload/{REV}", preupload),
        (
            ["GET"],
            f"{API}/xet-(?P<para>write|read)-token/{REV}",
            permiso_de_xet,
        ),
        (["POST"], rf"/{REPO}\.git/info/lfs/objects/batch", lote_de_lfs),
        (["PUT"], "/lfs/(?P<oid>[0-9a-f]{64})", recibe_lfs),
        (["POST"], f"{API}/commit/{REV}", hace_commit),
        (["GET"], API, info),
        (["GET"], f"{API}/revision/{REV}", info),
        (["GET"], f"{API}/tree/{REV}", arbol),
        (["HEAD", "GET"], f"/{REPO}/resolve/{REV}/(?P<ruta>.+)", archivo),
    )
