"""Chromium sin ventana, manejado por su puerto de depuración (CDP).

    with Navegador() as navegador:
        pagina = navegador.abre(ruta_html)
        pagina.evalua("document.title")

Arranca sin red: todo nombre falla y el proxy no existe. Con
`Navegador(local=True)` llega a 127.0.0.1, y a nada más. Cada `Pagina` guarda
lo que pidió (`pedidos`), lo que le contestaron con un código de 400 o más
(`rechazos`), lo que no llegó (`perdidos`) y los errores de su consola
(`consola`) y de su JavaScript (`errores`).

La conversación va por WebSocket, con el cliente que trae Jupyter: sirve igual
en Linux, macOS y Windows.
"""

import base64
import itertools
import json
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import websocket

NOMBRES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "chrome.exe",
    *(
        f"{os.environ[carpeta]}\\{programa}"
        for carpeta in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        if carpeta in os.environ
        for programa in (
            r"Google\Chrome\Application\chrome.exe",
            r"Microsoft\Edge\Application\msedge.exe",
        )
    ),
)
REMEDIO = (
    "No encuentro Chromium ni Chrome. Instálalo (en Debian y Ubuntu: "
    "«sudo apt-get install chromium»; en macOS: «brew install --cask "
    "chromium»; en Windows sirve también Edge) o di dónde está en la "
    "variable CHROMIUM."
)
OPCIONES = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    # Sin la ventana de inicio ni las páginas que prepara para la barra de
    # direcciones: cada ventana gastaba en ellas más de un segundo de CPU.
    "--no-startup-window",
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-background-timer-throttling",
    "--disable-renderer-backgrounding",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    # Chromium elige el puerto y lo escribe en su perfil.
    "--remote-debugging-port=0",
    "--proxy-server=127.0.0.1:9",
)
# Sin red, de verdad: ni nombres ni proxy.
NOMBRES_DE_RED = "--host-resolver-rules=MAP * ~NOTFOUND"
ESPERA_S = 120
CODIGOS = {
    "Backspace": 8,
    "Enter": 13,
    "Escape": 27,
    "PageUp": 33,
    "PageDown": 34,
    "ArrowLeft": 37,
    "ArrowUp": 38,
    "ArrowRight": 39,
    "ArrowDown": 40,
}
LISTA = "window.Reveal && Reveal.isReady && Reveal.isReady()"


def busca():
    """Ruta de Chromium o Chrome, o None."""
    propio = os.environ.get("CHROMIUM")
    nombres = (propio,) if propio else NOMBRES
    return next(filter(None, map(shutil.which, nombres)), None)


class ErrorDePagina(RuntimeError):
    """JavaScript de la página falló, o Chromium no respondió."""


class Pagina:
    """Una pestaña y lo que le pasó desde que se abrió.

    Attributes:
        pedidos: direcciones que pidió.
        rechazos: pares (código, dirección) de las respuestas de 400 o más.
        perdidos: direcciones que no llegaron.
        consola: lo que la página o Chromium escribieron como error.
        errores: excepciones de JavaScript que nadie atendió.
    """

    def __init__(self, navegador, objetivo):
        self.navegador = navegador
        self.pedidos, self.rechazos, self.perdidos = [], [], []
        self.consola, self.errores = [], []
        self._direcciones = {}
        unida = navegador.manda(
            "Target.attachToTarget", targetId=objetivo, flatten=True
        )
        self.sesion = unida["sessionId"]
        navegador.paginas[self.sesion] = self
        for dominio in ("Page", "Network", "Runtime", "Log"):
            self.manda(f"{dominio}.enable")
        self.mide(1280, 720)  # lo que una diapositiva

    def manda(self, metodo, **datos):
        return self.navegador.manda(metodo, self.sesion, **datos)

    def mide(self, ancho, alto, movil=False):
        """Cambia el tamaño de la ventana, en px."""
        self.manda(
            "Emulation.setDeviceMetricsOverride",
            width=ancho,
            height=alto,
            deviceScaleFactor=1,
            mobile=movil,
        )

    def imita(self, medio="", **rasgos):
        """Imita un medio de CSS, «print», o rasgos suyos.

        >>> pagina.imita(prefers_color_scheme="dark")
        """
        self.manda(
            "Emulation.setEmulatedMedia",
            media=medio,
            features=[
                {"name": nombre.replace("_", "-"), "value": valor}
                for nombre, valor in rasgos.items()
            ],
        )

    def tecla(self, tecla):
        """Oprime y suelta una tecla: «ArrowRight», «Enter», «a»…"""
        dato = {"key": tecla, "code": tecla}
        if tecla in CODIGOS:
            dato["windowsVirtualKeyCode"] = CODIGOS[tecla]
        if len(tecla) == 1:
            dato["text"] = tecla
        if len(tecla) == 1 and tecla.isascii() and tecla.isalpha():
            # Por su código la reconocen los atajos de reveal.
            dato["code"] = f"Key{tecla.upper()}"
            dato["windowsVirtualKeyCode"] = ord(tecla.upper())
        self.manda("Input.dispatchKeyEvent", type="keyDown", **dato)
        self.manda("Input.dispatchKeyEvent", type="keyUp", **dato)

    def anota(self, metodo, datos):
        """Apunta un aviso de Chromium en la lista que le toca."""
        if metodo == "Network.requestWillBeSent":
            direccion = datos["request"]["url"]
            self.pedidos.append(direccion)
            self._direcciones[datos["requestId"]] = direccion
        elif metodo == "Network.responseReceived":
            codigo = datos["response"]["status"]
            if codigo >= 400:
                self.rechazos.append((codigo, datos["response"]["url"]))
        elif metodo == "Network.loadingFailed":
            if not datos.get("canceled"):
                direccion = self._direcciones.get(datos["requestId"], "?")
                self.perdidos.append(direccion)
        elif metodo == "Runtime.exceptionThrown":
            self.errores.append(datos["exceptionDetails"])
        elif metodo == "Runtime.consoleAPICalled":
            if datos["type"] in ("error", "assert"):
                partes = (
                    str(a.get("value", a.get("description", "")))
                    for a in datos["args"]
                )
                self.consola.append(" ".join(partes))
        elif metodo == "Log.entryAdded":
            entrada = datos["entry"]
            if entrada["level"] == "error":
                self.consola.append(
                    f"{entrada['text']} {entrada.get('url', '')}".strip()
                )

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

    def pide_pdf(self, marcadores=False):
        """Pide el PDF de la página, con el tamaño que dice su CSS.

        Args:
            marcadores: si lleva uno por cada encabezado.

        Returns:
            una función sin argumentos: espera y da los bytes. Mientras, se
            puede pedir el de otra página.
        """
        numero = self.navegador.pide(
            "Page.printToPDF",
            self.sesion,
            printBackground=True,
            preferCSSPageSize=True,
            generateTaggedPDF=marcadores,
            generateDocumentOutline=marcadores,
        )
        respuesta = self.navegador.respuesta
        return lambda: base64.b64decode(respuesta(numero)["data"])

    def pdf(self, marcadores=False):
        """Los bytes del PDF de la página: los de `pide_pdf`."""
        return self.pide_pdf(marcadores)()


class Navegador:
    """El proceso de Chromium. Se usa con `with`.

    Args:
        local: si puede hablar con 127.0.0.1 (un servidor de la prueba).

    Raises:
        FileNotFoundError: no hay Chromium; el mensaje dice qué instalar.
        ErrorDePagina: Chromium no arrancó.
    """

    def __init__(self, local=False):
        programa = busca()
        if programa is None:
            raise FileNotFoundError(REMEDIO)
        self.paginas, self.numero = {}, itertools.count(1)
        self._respuestas = {}
        self.perfil = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        nombres = NOMBRES_DE_RED + (", EXCLUDE 127.0.0.1" if local else "")
        self.proceso = subprocess.Popen(
            [
                programa,
                *OPCIONES,
                nombres,
                f"--user-data-dir={self.perfil.name}",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self.cable = websocket.create_connection(
                self._direccion(),
                timeout=ESPERA_S,
                suppress_origin=True,
                http_no_proxy=["127.0.0.1"],
                enable_multithread=False,
                # json ya lo revisa, y en los PDF se nota.
                skip_utf8_validation=True,
            )
        except BaseException:
            self._termina()
            raise

    def _direccion(self):
        """Dónde escucha Chromium, cuando ya lo escribió en su perfil."""
        escrito = Path(self.perfil.name) / "DevToolsActivePort"
        hasta = time.monotonic() + ESPERA_S
        while time.monotonic() < hasta:
            if self.proceso.poll() is not None:
                break
            lineas = escrito.read_text().split() if escrito.exists() else []
            if len(lineas) == 2:
                return f"ws://127.0.0.1:{lineas[0]}{lineas[1]}"
            time.sleep(0.02)
        raise ErrorDePagina(
            "Chromium no arrancó: prueba a abrirlo a mano, o di cuál usar en "
            "la variable CHROMIUM."
        )

    def _termina(self):
        self.proceso.terminate()
        self.proceso.wait(30)
        self.perfil.cleanup()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cable.close(timeout=1)
        self._termina()

    def _mensaje(self):
        """El mensaje que sigue; si no hay, lo espera."""
        try:
            return json.loads(self.cable.recv())
        except websocket.WebSocketTimeoutException as error:
            raise ErrorDePagina("Chromium no responde") from error
        except (websocket.WebSocketException, OSError) as error:
            raise ErrorDePagina("Chromium se cerró") from error

    def _anota(self, mensaje):
        pagina = self.paginas.get(mensaje.get("sessionId"))
        if pagina is not None:
            pagina.anota(mensaje["method"], mensaje.get("params", {}))

    def pide(self, metodo, sesion=None, **datos):
        """Manda una orden de CDP y no espera; devuelve su número."""
        numero = next(self.numero)
        orden = {"id": numero, "method": metodo, "params": datos}
        if sesion:
            orden["sessionId"] = sesion
        self.cable.send(json.dumps(orden))
        return numero

    def respuesta(self, numero):
        """La de una orden ya pedida; las de otras que lleguen, se guardan."""
        while numero not in self._respuestas:
            mensaje = self._mensaje()
            if "method" in mensaje:
                self._anota(mensaje)
            else:
                self._respuestas[mensaje["id"]] = mensaje
        mensaje = self._respuestas.pop(numero)
        if "error" in mensaje:
            raise ErrorDePagina(f"Chromium: {mensaje['error']}")
        return mensaje["result"]

    def manda(self, metodo, sesion=None, **datos):
        """Una orden de CDP y su respuesta."""
        return self.respuesta(self.pide(metodo, sesion, **datos))

    def objetivos(self):
        """Identificadores de las pestañas abiertas."""
        todos = self.manda("Target.getTargets")["targetInfos"]
        return [o["targetId"] for o in todos if o["type"] == "page"]

    def abre(self, direccion):
        """Abre un archivo (`Path`) o una dirección en una pestaña nueva."""
        if isinstance(direccion, Path):
            direccion = direccion.resolve().as_uri()
        # Cada una en su ventana: una pestaña tapada no dibuja, y reveal espera
        # a que se dibuje para acomodar lo que se imprime.
        nuevo = self.manda(
            "Target.createTarget", url="about:blank", newWindow=True
        )
        pagina = Pagina(self, nuevo["targetId"])
        hecho = pagina.manda("Page.navigate", url=direccion)
        if "errorText" in hecho:
            raise ErrorDePagina(f"{direccion}: {hecho['errorText']}")
        return pagina
