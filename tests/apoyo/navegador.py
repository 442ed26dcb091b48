"""Chromium sin ventana, manejado por sus dos tubos (CDP), sin dependencias.

    with Navegador() as navegador:
        pagina = navegador.abre(ruta_html)
        pagina.evalua("document.title")

Arranca sin red: todo nombre falla y el proxy no existe. Lo que una página
pide queda en `pagina.pedidos`.
"""

import base64
import collections
import itertools
import json
import os
import select
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

NOMBRES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
REMEDIO = (
    "No encuentro Chromium ni Chrome. Instálalo (en Debian y Ubuntu: "
    "«sudo apt-get install chromium»; en macOS: «brew install --cask "
    "chromium») o di dónde está en la variable CHROMIUM."
)
OPCIONES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
    # Sin red, de verdad: ni nombres ni proxy.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=127.0.0.1:9",
)
ESPERA_S = 120
LISTA = "window.Reveal && Reveal.isReady && Reveal.isReady()"


def busca():
    """Ruta de Chromium o Chrome, o None."""
    propio = os.environ.get("CHROMIUM")
    nombres = (propio,) if propio else NOMBRES
    return next(filter(None, map(shutil.which, nombres)), None)


class ErrorDePagina(RuntimeError):
    """JavaScript de la página falló, o Chromium no respondió."""


class Pagina:
    """Una pestaña. `pedidos` guarda las direcciones que pidió."""

    def __init__(self, navegador, objetivo):
        self.navegador, self.pedidos, self.errores = navegador, [], []
        unida = navegador.manda(
            "Target.attachToTarget", targetId=objetivo, flatten=True
        )
        self.sesion = unida["sessionId"]
        navegador.paginas[self.sesion] = self
        for dominio in ("Page", "Network", "Runtime"):
            self.manda(f"{dominio}.enable")
        # La pantalla mide lo que una diapositiva.
        self.manda(
            "Emulation.setDeviceMetricsOverride",
            width=1280,
            height=720,
            deviceScaleFactor=1,
            mobile=False,
        )

    def manda(self, metodo, **datos):
        return self.navegador.manda(metodo, self.sesion, **datos)

    def evalua(self, codigo):
        """El valor de una expresión de JavaScript; espera sus promesas."""
        hecho = self.manda(
            "Runtime.evaluate",
            expression=codigo,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        if "exceptionDetails" in hecho:
            raise ErrorDePagina(json.dumps(hecho["exceptionDetails"])[:500])
        return hecho["result"].get("value")

    def espera(self, codigo, segundos=ESPERA_S):
        """Espera a que una expresión sea cierta."""
        hasta = time.monotonic() + segundos
        while not self.evalua(f"Boolean({codigo})"):
            if time.monotonic() > hasta:
                raise ErrorDePagina(
                    f"no llegó a cumplirse: {codigo} {self.errores}"
                )
            time.sleep(0.05)

    def cierra(self):
        self.manda("Page.close")

    def foto(self):
        """Los bytes del PNG de lo que se ve."""
        return base64.b64decode(self.manda("Page.captureScreenshot")["data"])

    def pdf(self):
        """Los bytes del PDF de la página, con el tamaño que dice su CSS."""
        hecho = self.manda(
            "Page.printToPDF", printBackground=True, preferCSSPageSize=True
        )
        return base64.b64decode(hecho["data"])


class Navegador:
    """El proceso de Chromium. Se usa con `with`.

    Raises:
        FileNotFoundError: no hay Chromium; el mensaje dice qué instalar.
    """

    def __init__(self):
        programa = busca()
        if programa is None:
            raise FileNotFoundError(REMEDIO)
        self.paginas, self.numero = {}, itertools.count(1)
        self.resto, self.llegados = b"", collections.deque()
        self.perfil = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        para_el, self.escribe = os.pipe()
        self.lee, de_el = os.pipe()

        def coloca_los_tubos():
            # Chromium lee del descriptor 3 y escribe en el 4.
            entrada, salida = os.dup(para_el), os.dup(de_el)
            os.dup2(entrada, 3)
            os.dup2(salida, 4)

        self.proceso = subprocess.Popen(
            [programa, *OPCIONES, f"--user-data-dir={self.perfil.name}"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=False,
            preexec_fn=coloca_los_tubos,
        )
        os.close(para_el)
        os.close(de_el)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.proceso.terminate()
        self.proceso.wait(30)
        os.close(self.escribe)
        os.close(self.lee)
        self.perfil.cleanup()

    def _mensaje(self):
        """El mensaje que sigue; si no hay, lo espera."""
        while not self.llegados:
            if not select.select([self.lee], [], [], ESPERA_S)[0]:
                raise ErrorDePagina("Chromium no responde")
            trozo = os.read(self.lee, 1 << 20)
            if not trozo:
                raise ErrorDePagina("Chromium se cerró")
            *enteros, self.resto = (self.resto + trozo).split(b"\0")
            self.llegados.extend(map(json.loads, enteros))
        return self.llegados.popleft()

    def _anota(self, mensaje):
        pagina = self.paginas.get(mensaje.get("sessionId"))
        if pagina is None:
            return
        datos = mensaje.get("params", {})
        if mensaje["method"] == "Network.requestWillBeSent":
            pagina.pedidos.append(datos["request"]["url"])
        elif mensaje["method"] == "Runtime.exceptionThrown":
            pagina.errores.append(datos["exceptionDetails"])

    def manda(self, metodo, sesion=None, **datos):
        """Una orden de CDP y su respuesta."""
        numero = next(self.numero)
        orden = {"id": numero, "method": metodo, "params": datos}
        if sesion:
            orden["sessionId"] = sesion
        os.write(self.escribe, json.dumps(orden).encode() + b"\0")
        while True:
            mensaje = self._mensaje()
            if "method" in mensaje:
                self._anota(mensaje)
            elif mensaje["id"] == numero:
                if "error" in mensaje:
                    raise ErrorDePagina(f"{metodo}: {mensaje['error']}")
                return mensaje["result"]

    def objetivos(self):
        """Identificadores de las pestañas abiertas."""
        todos = self.manda("Target.getTargets")["targetInfos"]
        return [o["targetId"] for o in todos if o["type"] == "page"]

    def abre(self, direccion):
        """Abre un archivo (`Path`) o una dirección en una pestaña nueva."""
        if isinstance(direccion, Path):
            direccion = direccion.resolve().as_uri()
        nuevo = self.manda("Target.createTarget", url="about:blank")
        pagina = Pagina(self, nuevo["targetId"])
        hecho = pagina.manda("Page.navigate", url=direccion)
        if "errorText" in hecho:
            raise ErrorDePagina(f"{direccion}: {hecho['errorText']}")
        return pagina
