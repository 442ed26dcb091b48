"""Respuestas del capítulo 4: las que valen y las que no, con su pista.

Cada código ocupa el lugar de la plantilla. La palabra que acompaña a una
respuesta mala tiene que estar en la pista que se le da.
"""

_CONVIENE = """
def conviene(c, t, t_compilado):
    if t_compilado >= t:
        return None
    return int(c / (t - t_compilado)) + 1
"""
_CUENTA = """
def conviene(c, t, t_compilado):
    if t_compilado >= t:
        return None
    n = 1
    while c + n * t_compilado >= n * t:
        n += 1
    return n
"""
_NUNCA = "    if t_compilado >= t:\n        return None\n"
_GUARDA = """
def guarda_json(objeto, ruta):
    contenido = json.dumps(objeto)
    aparte = ruta.with_name(ruta.name + ".tmp")
    aparte.write_text(contenido, encoding="utf-8")
    aparte.replace(ruta)
"""
# Lo que sale de copiar `guarda` y cambiar torch por json.
_COPIA = """
def guarda_json(objeto, ruta):
    aparte = ruta.with_name(ruta.name + ".tmp")
    with aparte.open("w", encoding="utf-8") as archivo:
        json.dump(objeto, archivo)
        archivo.flush()
        os.fsync(archivo.fileno())
    aparte.replace(ruta)
"""
_PREPARA = """
def acelera(modelo, motor):
    compilado = torch.compile(modelo, backend=motor, dynamic=True)

    @torch.inference_mode()
    def clasifica(text, offsets):
        return compilado(text, offsets).argmax(dim=1)

    return clasifica


respuesta = acelera
"""
_DENTRO = """
def acelera(modelo, motor):
    @torch.inference_mode()
    def clasifica(text, offsets):
        compilado = torch.compile(modelo, backend=motor)
        return compilado(text, offsets).argmax(dim=1)

    return clasifica


respuesta = acelera
"""
_ENCAJA = """
def encaja(tokens, config, pesos):
    molde = c3.ModeloClasificacionTexto(**config)
    esperadas = {n: t.shape for n, t in molde.state_dict().items()}
    formas = {n: t.shape for n, t in pesos.items()}
    return len(set(tokens)) == config["vocab_size"] == len(tokens) and (
        formas == esperadas
    )
"""
_ABRE = """
def abre_seguro(ruta):
    try:
        pesos = torch.load(ruta, weights_only=True, map_location="cpu")
    except pickle.UnpicklingError:
        return None
    filas, columnas = pesos["embedding.weight"].shape
    clases = len(pesos["fc.bias"])
    abierto = c3.ModeloClasificacionTexto(filas, columnas, clases)
    abierto.load_state_dict(pesos)
    return abierto.eval()
"""
_REPARTE = """
def reparte(n, proceso, procesos):
    cada_uno = (n + procesos - 1) // procesos
    filas = range(proceso, cada_uno * procesos, procesos)
    return [i % n for i in filas]
"""
_PROMEDIA = """
def promedia(copias):
    for mismos in zip(*(copia.parameters() for copia in copias)):
        if mismos[0].grad is None:
            continue
        media = torch.stack([p.grad for p in mismos]).mean(dim=0)
        for p in mismos:
            p.grad = media.clone()
"""
_FIRMA = "def reparte(n, proceso, procesos):\n    return "
# Se entrena una vez; cada respuesta rehace la carpeta.
_MIA = """
import shutil

if "mio" not in globals():
    fija_semilla(7)
    otro_mio = c3.ModeloClasificacionTexto(*medidas)
    train, valid = c3.parte(datos_train, c3.BATCH_TAMANO, 7)
    c3.ajusta(otro_mio, train, valid, criterio, 8, c3.TASA_APRENDIZAJE)
    nota = c3.evalua(otro_mio, lotes_test, criterio)[1]
    _, ids, inicios = next(iter(todo))
    with torch.inference_mode():
        elegidas = otro_mio(ids, inicios).argmax(dim=1)
    mias = precision_recall_fscore_support(verdad, elegidas)
    mio = ClasificadorDBpedia(*medidas, clases=list(CLASES))
    mio.load_state_dict(otro_mio.state_dict())
respuesta = CARPETA / "mia"
shutil.rmtree(respuesta, ignore_errors=True)
mio.save_pretrained(respuesta)
shutil.copy(PUBLICAR / "modelo.py", respuesta)
tokens = list(vocab)
(respuesta / "vocabulario.json").write_text(json.dumps(tokens), "utf-8")
carta = ficha(nota, mias, len(datos_train), CLASES, "mit")
(respuesta / "README.md").write_text(carta, "utf-8")
"""
_PESOS = "from safetensors.torch import save_file\npesos = mio.state_dict()\n"
_A_PESOS = 'save_file(pesos, respuesta / "model.safetensors")'


def _con_ficha(cambio):
    return _MIA.replace("write_text(carta,", f"write_text(carta{cambio},")


def _con_tokens(cambio):
    return _MIA.replace("list(vocab)", cambio)


def _con_pesos(cambio):
    return f"{_MIA}{_PESOS}{cambio}\n{_A_PESOS}"


def _con_config(cambio):
    return (
        f"{_MIA}c = json.loads((respuesta / 'config.json').read_text())\n"
        f"{cambio}\n(respuesta / 'config.json').write_text(json.dumps(c))"
    )


BIEN = {
    "3.9a": [
        _CUENTA,
        "def conviene(c, t, t_compilado):\n"
        "    ahorro = t - t_compilado\n"
        "    return c // ahorro + 1 if ahorro > 0 else None",
        "import math\n\n\n" + _CONVIENE.replace("int(", "math.floor("),
        "from fractions import Fraction\n\n\n"
        "class Conviene:\n"
        "    def __call__(self, c, t, t_compilado):\n"
        "        if (ahorro := Fraction(t) - Fraction(t_compilado)) > 0:\n"
        "            return torch.tensor(c / float(ahorro)).floor() + 1\n\n\n"
        "conviene = Conviene()",
    ],
    "3.9b": [
        _PREPARA,
        # con el decorador
        """
def acelera(modelo, motor):
    @torch.compile(backend=motor, dynamic=True)
    def clasifica(text, offsets):
        with torch.no_grad():
            return modelo(text, offsets).argmax(dim=1)

    return clasifica


respuesta = acelera
""",
        # un objeto que se puede llamar, y `max` en lugar de `argmax`
        """
class Clasificador:
    def __init__(self, modelo, motor):
        self.compilado = torch.compile(modelo, dynamic=True, backend=motor)

    def __call__(self, text, offsets):
        with torch.inference_mode():
            return self.compilado(text, offsets).max(dim=1).indices


respuesta = Clasificador
""",
        # compila la función entera, por omisión sin motor fijo
        """
def acelera(modelo, motor):
    def clasifica(text, offsets):
        return torch.argmax(modelo(text, offsets), dim=1)

    return torch.compile(
        torch.inference_mode()(clasifica), backend=motor, dynamic=True
    )


respuesta = acelera
""",
    ],
    "3.10": [
        # abrir antes y borrar si falla
        "def guarda_json(objeto, ruta):\n"
        '    aparte = ruta.with_suffix(ruta.suffix + ".tmp")\n'
        "    try:\n"
        '        with aparte.open("w", encoding="utf-8") as archivo:\n'
        "            json.dump(objeto, archivo, ensure_ascii=False)\n"
        "        os.replace(aparte, ruta)\n"
        "    finally:\n"
        "        aparte.unlink(missing_ok=True)",
        _GUARDA.replace("(objeto)", "(objeto, ensure_ascii=False, indent=2)"),
        "import os as sistema\n\n\n"
        "class Guarda:\n"
        "    def __call__(self, objeto, ruta):\n"
        "        aparte = f'{ruta}.{sistema.getpid()}'\n"
        "        texto = ''.join(json.JSONEncoder().iterencode(objeto))\n"
        "        with open(aparte, 'x', encoding='utf-8') as archivo:\n"
        "            print(texto, file=archivo)\n"
        "        sistema.rename(aparte, ruta)\n\n\n"
        "guarda_json = Guarda()",
        "import shutil\nimport tempfile\n\n\n"
        "def guarda_json(objeto, ruta):\n"
        "    contenido = json.dumps(objeto).encode()\n"
        "    descriptor, aparte = tempfile.mkstemp(dir=ruta.parent)\n"
        '    with open(descriptor, "wb") as archivo:\n'
        "        archivo.write(contenido)\n"
        "    shutil.move(aparte, ruta)",
    ],
    "3.11": [
        _ENCAJA,
        # cargar de verdad, y ver si se queja
        """
def encaja(tokens, config, pesos):
    if len({*tokens}) != len(tokens) or len(tokens) != config["vocab_size"]:
        return False
    try:
        c3.ModeloClasificacionTexto(**config).load_state_dict(pesos)
    except RuntimeError:
        return False
    return True
""",
        # tensor por tensor
        """
def encaja(tokens, config, pesos):
    v, d, c = (config[n] for n in ("vocab_size", "embed_dim", "num_class"))
    formas = {
        "embedding.weight": (v, d), "bn.weight": (d,), "bn.bias": (d,),
        "bn.running_mean": (d,), "bn.running_var": (d,),
        "bn.num_batches_tracked": (), "fc.weight": (c, d), "fc.bias": (c,),
    }
    if formas.keys() ^ pesos.keys() or v != len(tokens):
        return False
    bien = [tuple(pesos[n].shape) == formas[n] for n in formas]
    return all(bien) and sorted(set(tokens)) == sorted(tokens)
""",
        """
def encaja(tokens, config, pesos):
    uno = c3.ModeloClasificacionTexto(**config).state_dict()
    nombres = list(uno) == list(pesos)
    formas = nombres and all(
        uno[n].shape == pesos[n].shape for n in uno
    )
    unico = len(dict.fromkeys(tokens)) == len(tokens) == config["vocab_size"]
    return torch.tensor([nombres, formas, unico]).all()
""",
    ],
    "3.12": [
        _ABRE.replace("weights_only=True, ", ""),  # es lo normal
        # todo, menos el intruso, se ve
        _ABRE.replace("return None", "abierto = None").replace(
            "    filas,",
            "    else:\n        abierto = pesos\n"
            "    if abierto is None:\n        return\n    filas,",
        ),
        """
class Abre:
    def __call__(self, ruta):
        with open(ruta, "rb") as archivo:
            try:
                pesos = torch.load(archivo, map_location=torch.device("cpu"))
            except pickle.UnpicklingError:
                return
        medidas = *pesos["embedding.weight"].size(), pesos["fc.bias"].numel()
        with torch.device("meta"):
            abierto = c3.ModeloClasificacionTexto(*medidas)
        abierto.load_state_dict(pesos, assign=True)
        abierto.eval()
        return abierto


abre_seguro = Abre()
""",
        "def abre_seguro(ruta):\n"
        "    if torch.serialization.get_unsafe_globals_in_checkpoint(ruta):\n"
        "        return None\n"
        "    pesos = torch.load(ruta, torch.device('cpu'))\n"
        "    modelo = c3.ModeloClasificacionTexto(\n"
        '        *pesos["embedding.weight"].shape, pesos["fc.weight"].size(0)'
        "\n    )\n"
        "    modelo.load_state_dict(pesos)\n"
        "    modelo.train(False)\n"
        "    return modelo",
    ],
    "4.1a": [
        # por bloques
        "import math\n\n\n"
        "def reparte(n, proceso, procesos):\n"
        "    cada_uno = math.ceil(n / procesos)\n"
        "    filas = torch.arange(cada_uno * procesos) % n\n"
        "    return filas[proceso * cada_uno : (proceso + 1) * cada_uno]",
        "from torch.utils.data import DistributedSampler\n\n\n"
        "def reparte(n, proceso, procesos):\n"
        "    return DistributedSampler(\n"
        "        range(n), procesos, proceso, shuffle=False\n"
        "    )",
        # se completa por el final
        "def reparte(n, proceso, procesos):\n"
        "    filas = list(range(n))\n"
        "    while len(filas) % procesos:\n"
        "        filas.append(len(filas) % n)\n"
        "    return filas[proceso::procesos]",
        "from itertools import cycle, islice\n\n\n"
        "def reparte(n, proceso, procesos):\n"
        "    total = n + -n % procesos\n"
        "    filas = cycle(range(n))\n"
        "    return set(islice(filas, proceso, total, procesos)) if (\n"
        "        total == n\n"
        "    ) else tuple(islice(filas, proceso, total, procesos))",
    ],
    "4.1b": [
        _PROMEDIA,
        # en su sitio, con `copy_`
        """
@torch.no_grad()
def promedia(copias):
    for mismos in zip(*[copia.parameters() for copia in copias]):
        grads = [p.grad for p in mismos if p.grad is not None]
        if grads:
            media = sum(grads) / len(grads)
            for g in grads:
                g.copy_(media)
""",
        # por nombres, y dividiendo antes de sumar
        """
def promedia(copias):
    nombres = dict(copias[0].named_parameters())
    for nombre in nombres:
        suyos = [dict(c.named_parameters())[nombre] for c in copias]
        if all(p.grad is not None for p in suyos):
            media = torch.zeros_like(suyos[0])
            for p in suyos:
                media += p.grad / len(copias)
            for p in suyos:
                p.grad = media.detach().clone()
    return copias
""",
        # todo junto en un vector, como hace DDP con sus paquetes
        """
def promedia(copias):
    def con_grad(copia):
        return [p for p in copia.parameters() if p.grad is not None]

    planos = [torch.cat([p.grad.flatten() for p in con_grad(c)])
              for c in copias]
    media = torch.stack(planos).mean(0)
    for copia in copias:
        suyos = con_grad(copia)
        trozos = media.split([p.numel() for p in suyos])
        for p, trozo in zip(suyos, trozos):
            p.grad.copy_(trozo.view_as(p))
""",
    ],
    "4.2": [
        _MIA,
        _MIA.replace('CARPETA / "mia"', '(CARPETA / "otra").resolve()')
        + "respuesta = str(respuesta)",
        # a mano, sin el mixin ni `ficha`
        _con_pesos(
            "medida = dict(zip(('vocab_size', 'embed_dim', 'num_class'), "
            "medidas), clases=list(CLASES))\n"
            "(respuesta / 'config.json').write_text(json.dumps(medida))\n"
            '(respuesta / \'README.md\').write_text(f"""---\n'
            "license: cc-by-4.0\n"
            "language:\n- en\n"
            "---\n# Mi modelo\n## Resultados de la prueba\n"
            "Acierta {100 * nota:.1f} %.\n"
            '### Limitaciones\nSolo inglés.\n""", \'utf-8\')'
        ),
        # con la licencia de otra parte, dicha como el Hub pide
        _con_ficha(
            ".replace('license: mit', 'license: other\\nlicense_name: mia"
            "\\nlicense_link: LICENSE')"
        ),
    ],
}

MAL = {
    "3.9a": [
        (
            _CONVIENE.replace("int(c / (t - t_compilado)) + 1", "7"),
            "una llamada menos",
        ),
        # solo acierta si el cociente cae antes de la mitad
        (_CONVIENE.replace("int(", "round("), "ya se gana con n"),
        (_CONVIENE.replace(" + 1", ""), "hacia arriba"),
        (_CONVIENE.replace("int(", "(").replace(" + 1", ""), "a medias"),
        (_CONVIENE.replace("int(", "round(").replace(" + 1", ""), "arriba"),
        (
            "import math\n\n\n"
            + _CONVIENE.replace("int(", "math.ceil(").replace(" + 1", ""),
            "se empata",
        ),
        (
            _CUENTA.replace(">=", ">").replace(
                "if t_compilado >", "if t_compilado >="
            ),
            "se empata",
        ),
        (_CUENTA.replace(_NUNCA, ""), "no acaba"),
        (_CUENTA.replace("n += 1", "pass"), "no acaba"),
        (_CONVIENE.replace(_NUNCA, ""), "None"),
        (_CONVIENE.replace(">=", ">"), "un `if`"),
        (_CONVIENE.replace("return None", "return 0"), "None"),
        (_CONVIENE.replace("return None", 'return float("inf")'), "None"),
        (_CONVIENE.replace("t - t_compilado", "t_compilado - t"), "al revés"),
        (_CONVIENE.replace("(t - t_compilado)", "t"), "falta restar"),
        (
            _CONVIENE.replace("(t - t_compilado)", "t - t_compilado"),
            "paréntesis",
        ),
        (_CONVIENE.replace("+ 1", "+ 2"), "el menor"),
        (
            _CONVIENE.replace(" + 1", "").replace("return int", "print"),
            "return",
        ),
        (
            _CONVIENE.replace(">=", "<="),
            "return",
        ),
        (_CONVIENE + "conviene = conviene(20.0, 0.5, 0.25)", "sin llamarla"),
    ],
    "3.9b": [
        # la función ya llamada, en lugar de la función
        (
            _PREPARA.replace(
                "respuesta = acelera", "respuesta = acelera(modelo, MOTOR)"
            ),
            "Va `acelera`, sin paréntesis",
        ),
        # compila una vez, y solo la usa una vez
        (
            _PREPARA.replace(
                "    return clasifica",
                "    veces = []\n\n"
                "    def una(text, offsets):\n"
                "        veces.append(1)\n"
                "        if len(veces) == 1:\n"
                "            return clasifica(text, offsets)\n"
                "        return modelo(text, offsets).argmax(dim=1)\n\n"
                "    return una",
            ),
            "no pasaron por lo compilado",
        ),
        # el código del enunciado: el error de la lección
        (_DENTRO, "fuera de la función que se repite"),
        (
            _DENTRO.replace("motor)", "motor, dynamic=True)"),
            "fuera de la función que se repite",
        ),
        # solo acierta si todos los lotes miden lo mismo
        (_PREPARA.replace(", dynamic=True", ""), "`dynamic=True`"),
        (_PREPARA.replace("dynamic=True", "dynamic=False"), "`dynamic=True`"),
        (
            _PREPARA.replace("compilado(text", "modelo(text"),
            "es ese el que se usa",
        ),
        (
            _PREPARA.replace(
                "torch.compile(modelo, backend=motor, dynamic=True)", "modelo"
            ),
            "falta `torch.compile`",
        ),
        (
            _PREPARA.replace(", backend=motor", ', backend="eager"'),
            "con el `motor`",
        ),
        (_PREPARA.replace(".argmax(dim=1)", ""), "devuelve los logits"),
        (_PREPARA.replace("dim=1", "dim=0"), "una fila por texto"),
        (_PREPARA.replace("dim=1", ""), "una sola clase"),
        (
            _PREPARA.replace(".argmax(dim=1)", ".argmin(dim=1)"),
            "sin compilar, dice",
        ),
        (
            _PREPARA.replace("argmax(dim=1)", "argmax(dim=1).tolist()"),
            "en un tensor",
        ),
        (
            "respuesta = lambda modelo, motor: torch.compile(\n"
            "    modelo, backend=motor, dynamic=True\n)",
            "devuelve los logits",
        ),
        (
            _PREPARA.replace("return clasifica\n", "return 5\n"),
            "la función que clasifica",
        ),
    ],
    "3.10": [
        (
            _GUARDA.replace(
                '    aparte.write_text(contenido, encoding="utf-8")\n', ""
            ),
            "va desde el de aparte",
        ),
        (
            _GUARDA.replace(
                "    aparte.replace(ruta)",
                "    ruta.with_name(ruta.name + '.log').write_text('hecho')\n"
                "    aparte.replace(ruta)",
            ),
            "al terminar sobra",
        ),
        # pisa a un vecino, o el mismo nombre para todos
        (
            _GUARDA.replace(
                'ruta.with_name(ruta.name + ".tmp")',
                'ruta.with_suffix(".tmp")',
            ),
            "un vecino",
        ),
        (_GUARDA.replace('ruta.name + ".tmp"', '"temporal"'), "un vecino"),
        (
            _GUARDA.replace('ruta.name + ".tmp"', '"uno-mio.tmp"'),
            "escribe siempre en",
        ),
        (
            "def guarda_json(objeto, ruta):\n"
            '    aparte = ruta.with_suffix(".tmp")\n'
            "    try:\n"
            "        contenido = json.dumps(objeto)\n"
            "        nuevo = ruta.with_name(ruta.name + '.tmp')\n"
            "        nuevo.write_text(contenido)\n"
            "        nuevo.replace(ruta)\n"
            "    except TypeError:\n"
            "        aparte.unlink(missing_ok=True)\n"
            "        raise",
            "un vecino",
        ),
        (
            "def guarda_json(objeto, ruta):\n"
            "    contenido = json.dumps(objeto)\n"
            "    ruta.rename(ruta.with_name(ruta.name + '.viejo'))",
            "no existe",
        ),
        (
            "def guarda_json(objeto, ruta):\n    json.dumps(objeto)",
            "sigue como estaba",
        ),
        (
            _COPIA.replace(
                "        json.dump(objeto, archivo)",
                "        torch.save(objeto, aparte)",
            ),
            "torch.save",
        ),
        (
            _GUARDA.replace("ruta.with_name(ruta.name", "(ruta.parent / ruta"),
            "`ruta`",
        ),
        (_GUARDA.replace("    cont", "    ruta > 'x'\n    cont"), "`Path`"),
        (_GUARDA.replace("ruta.name + ", "'x' + ruta + "), "`ruta.name`"),
        (
            _GUARDA.replace(
                "aparte.write_text(contenido", "aparte.write_bytes(contenido"
            ).replace(', encoding="utf-8"', ""),
            'con "wb"',
        )
        if False
        else (
            _COPIA.replace('"w", encoding="utf-8"', '"wb"'),
            "JSON es texto",
        ),
        (
            "def guarda_json(objeto, ruta):\n"
            "    ruta.write_text(json.dumps(objeto))",
            "aparte",
        ),
        (
            "def guarda_json(objeto, ruta):\n"
            '    with ruta.open("w") as archivo:\n'
            "        json.dump(objeto, archivo)",
            "aparte",
        ),
        (_COPIA, "estado.json.tmp"),
        (_COPIA.replace('"w", encoding="utf-8"', '"wb"'), "JSON es texto"),
        (
            "def guarda_json(objeto, ruta):\n"
            "    guarda(json.dumps(objeto), ruta)",
            "torch.save",
        ),
        (_GUARDA.replace("json.dumps(objeto)", "str(objeto)"), "json.dumps"),
        (
            _GUARDA.replace("json.dumps(objeto)", "objeto"),
            "JSON es texto",
        ),
        (
            _GUARDA.replace("(objeto)", "(objeto, default=str)"),
            "pierde",
        ),
        (
            _GUARDA.replace("dumps(objeto)", "dumps(json.dumps(objeto))"),
            "al leer sale",
        ),
        (_GUARDA.replace("    aparte.replace(ruta)\n", ""), "el nombre"),
        (
            _GUARDA.replace("aparte.replace(ruta)", "ruta.replace(aparte)"),
            "no existe",
        ),
        (
            "import shutil\n\n\n"
            + _GUARDA.replace(
                "aparte.replace(ruta)", "shutil.copy(aparte, ruta)"
            ),
            "no copies",
        ),
        (
            _COPIA.replace("    aparte.replace", "        aparte.replace")
            .replace("        archivo.flush()\n", "")
            .replace("        os.fsync(archivo.fileno())\n", ""),
            "fuera del `with`",
        ),
        (
            _GUARDA.replace("    aparte.r", "    ruta.unlink()\n    aparte.r"),
            "sin ninguno",
        ),
        (
            _COPIA.replace("aparte.open", "ruta.open").replace(
                "    aparte.replace(ruta)\n", ""
            ),
            "sobre el archivo anterior",
        ),
        (
            "def guarda_json(objeto, ruta):\n"
            "    try:\n"
            "        contenido = json.dumps(objeto)\n"
            "    except TypeError:\n"
            "        return\n"
            '    aparte = ruta.with_name(ruta.name + ".tmp")\n'
            "    aparte.write_text(contenido)\n"
            "    aparte.replace(ruta)",
            "calla",
        ),
        (
            "import tempfile\nfrom pathlib import Path\n\n\n"
            + _GUARDA.replace(
                'ruta.with_name(ruta.name + ".tmp")',
                'Path(tempfile.gettempdir(), "cap4-aparte.json")',
            ),
            "misma carpeta",
        ),
        (_GUARDA.replace('ruta.name + ".tmp"', 'ruta + ".tmp"'), "`Path`"),
    ],
    "3.11": [
        # tantos números como hacían falta, en otra forma
        (
            _ENCAJA.replace("t.shape", "t.numel()"),
            "los mismos números en otra forma",
        ),
        # lo que cargaría sin quejarse, y predice disparates
        (
            "def encaja(tokens, config, pesos):\n"
            "    try:\n"
            "        m = c3.ModeloClasificacionTexto(**config)\n"
            "        m.load_state_dict(pesos)\n"
            "    except RuntimeError:\n"
            "        return False\n"
            "    return True",
            "el vocabulario tiene un token más",
        ),
        # solo mira que no sobren tokens
        (
            _ENCAJA.replace(
                'config["vocab_size"] == len(tokens)',
                'len(tokens) <= config["vocab_size"]',
            ),
            "un token menos",
        ),
        (
            _ENCAJA.replace("len(set(tokens)) ==", "len(tokens) =="),
            "dos veces",
        ),
        (
            "def encaja(tokens, config, pesos):\n"
            "    tabla = pesos['embedding.weight']\n"
            "    return len(set(tokens)) == len(tokens) == len(tabla)",
            "`vocab_size` de `config`",
        ),
        (
            "def encaja(tokens, config, pesos):\n"
            "    tabla = pesos['embedding.weight']\n"
            "    return len(set(tokens)) == len(tokens) == len(tabla) == (\n"
            "        config['vocab_size']\n    )",
            "`embed_dim` de `config`",
        ),
        (
            "def encaja(tokens, config, pesos):\n"
            "    medidas = *pesos['embedding.weight'].shape, 0\n"
            "    return len(set(tokens)) == len(tokens) and medidas[:2] == (\n"
            "        config['vocab_size'], config['embed_dim']\n"
            "    ) and len(tokens) == medidas[0]",
            "`num_class` de `config`",
        ),
        (
            "def encaja(tokens, config, pesos):\n"
            "    v, d = pesos['embedding.weight'].shape\n"
            "    return len(set(tokens)) == len(tokens) == v and config == {\n"
            "        'vocab_size': v, 'embed_dim': d,\n"
            "        'num_class': len(pesos['fc.weight']),\n    }",
            "`fc.bias`, es de otro",
        ),
        (
            "def encaja(tokens, config, pesos):\n"
            "    v, d = pesos['embedding.weight'].shape\n"
            "    c = len(pesos['fc.bias'])\n"
            "    return len(set(tokens)) == len(tokens) == v and config == {\n"
            "        'vocab_size': v, 'embed_dim': d, 'num_class': c,\n"
            "    } and pesos['fc.weight'].shape == (c, d)",
            "falta un tensor",
        ),
        # `strict=False`, que lo deja pasar
        (
            "def encaja(tokens, config, pesos):\n"
            "    if not len(set(tokens)) == len(tokens) == "
            "config['vocab_size']:\n"
            "        return False\n"
            "    m = c3.ModeloClasificacionTexto(**config)\n"
            "    try:\n"
            "        m.load_state_dict(pesos, strict=False)\n"
            "    except RuntimeError:\n"
            "        return False\n"
            "    return True",
            "falta un tensor",
        ),
        (
            _ENCAJA.replace(
                "formas == esperadas", "esperadas.items() <= formas.items()"
            ),
            "sobra un tensor",
        ),
        (
            _ENCAJA.replace(
                "pesos.items()}",
                "pesos.items()}\n    formas = {n.replace('_orig_mod.', ''): "
                "f for n, f in formas.items()}",
            ),
            "`_orig_mod.`",
        ),
        (_ENCAJA.replace("return len", "return not len"), "es True"),
        (
            "def encaja(tokens, config, pesos):\n"
            "    return len(tokens) - config['vocab_size']",
            "`True` o `False`",
        ),
        (
            "def encaja(tokens, config, pesos):\n"
            "    m = c3.ModeloClasificacionTexto(**config)\n"
            "    m.load_state_dict(pesos)\n"
            "    return len(set(tokens)) == len(tokens) == "
            "config['vocab_size']",
            "que no encajen",
        ),
        (
            "def encaja(tokens, config, pesos):\n"
            "    v, d = pesos['embedding.weight'].shape\n"
            "    c = len(pesos['fc.bias'])\n"
            "    return len(set(tokens)) == len(tokens) == v and config == {\n"
            "        'vocab_size': v, 'embed_dim': d, 'num_class': c,\n"
            "    } and len(pesos['bn.running_mean']) == d and (\n"
            "        pesos['fc.weight'].shape == (c, d)\n    )",
            "un tensor puede faltar",
        ),
    ],
    "3.12": [
        # una lista de nombres prohibidos no los conoce todos
        (
            _ABRE.replace(
                "    try:",
                '    if b"mkdir" in ruta.read_bytes():\n'
                "        return None\n"
                "    try:",
            ).replace("weights_only=True", "weights_only=False"),
            "se ejecutó",
        ),
        (
            _ABRE.replace(
                "columnas, clases)", "columnas, clases + 1)"
            ).replace("    abierto.load_state_dict(pesos)\n", ""),
            "no tiene las medidas",
        ),
        (
            _ABRE.replace(
                "    try:",
                "    if not ruta.exists():\n"
                "        return c3.ModeloClasificacionTexto(7, 4, 3)\n"
                "    try:",
            ),
            "no existe, devuelve un modelo",
        ),
        # lo atrapa todo
        (
            _ABRE.replace("pickle.UnpicklingError", "Exception"),
            "un `except` que lo atrapa todo",
        ),
        (
            "def abre_seguro(ruta):\n"
            "    try:\n"
            + "".join(
                f"    {linea}\n"
                for linea in _ABRE.split("None\n", 1)[1].splitlines()
            ).replace(
                "        filas",
                "        pesos = torch.load(ruta, map_location='cpu')\n"
                "        filas",
                1,
            )
            + "    except Exception:\n        return None",
            "un `except` que lo atrapa todo",
        ),
        (
            _ABRE.replace(
                "return None",
                "return None\n    except RuntimeError:\n        return None",
            ),
            "quedó a medias",
        ),
        (
            _ABRE.replace(
                "    try:",
                "    if not ruta.exists():\n        return None\n    try:",
            ),
            "si el archivo no existe",
        ),
        # deja pasar tensores que faltan o sobran
        (
            _ABRE.replace("(pesos)\n", "(pesos, strict=False)\n"),
            "números inventados",
        ),
        (
            _ABRE.replace(
                "    abierto.load_state_dict(pesos)",
                "    suyos = abierto.state_dict()\n"
                "    abierto.load_state_dict({n: pesos[n] for n in suyos})",
            ),
            "le sobra un tensor",
        ),
        # solo acierta con las medidas del ejemplo
        (
            _ABRE.replace("filas, columnas, clases)", "filas, columnas, 3)"),
            "del archivo",
        ),
        (
            "def abre_seguro(ruta):\n"
            "    try:\n"
            "        pesos = torch.load(ruta, map_location='cpu')\n"
            "    except pickle.UnpicklingError:\n"
            "        return None\n"
            "    m = c3.ModeloClasificacionTexto(\n"
            "        *pesos['embedding.weight'].shape, len(pesos['fc.bias'])\n"
            "    ).eval()\n"
            "    for p, nombre in zip(m.parameters(), "
            "dict(m.named_parameters())):\n"
            "        p.data.copy_(pesos[nombre])\n"
            "    return m",
            "BatchNorm",
        ),
        (_ABRE.replace("return abierto.eval()", "return 5"), "int"),
        (_ABRE.replace("weights_only=True", "weights_only=False"), "intruso"),
        (
            "def abre_seguro(ruta):\n"
            "    pesos = torch.load(ruta, weights_only=True)\n"
            "    return pesos",
            "`try`",
        ),
        (_ABRE.replace(', map_location="cpu"', ""), "map_location"),
        (
            _ABRE.replace(', map_location="cpu"', "").replace(
                "pickle.UnpicklingError", "Exception"
            ),
            "map_location",
        ),
        (_ABRE.replace("return abierto.eval()", "return abierto"), "eval()"),
        (_ABRE.replace("abierto.eval()", "abierto.eval"), "paréntesis"),
        (_ABRE.replace("pickle.Un", "Un"), "módulo `pickle`"),
        (
            _ABRE.replace('len(pesos["fc.bias"])', 'pesos["fc.bias"].shape'),
            "es un número",
        ),
        (
            _ABRE.replace("    abierto.load_state_dict(pesos)\n", ""),
            "load_state_dict",
        ),
        (
            _ABRE.replace("filas, columnas, clases)", "*medidas)"),
            "no del cuaderno",
        ),
        (
            _ABRE.replace(
                "filas, columnas, clases)", "columnas, filas, clases)"
            ),
            "del archivo",
        ),
        (
            _ABRE.replace("    abierto.load", "    return abierto.load"),
            "informe",
        ),
        (
            _ABRE.replace("return abierto.eval()", "return pesos"),
            "construir",
        ),
        (_ABRE.replace("return abierto.eval()", "abierto.eval()"), "return"),
        (
            _ABRE.replace("return None", "return {}").replace(
                "abierto.eval()", "abierto.eval()"
            ),
            "`None`",
        ),
        (
            _ABRE.replace("pickle.UnpicklingError", "RuntimeError"),
            "`try`",
        ),
        (
            _ABRE.replace("ruta, weights", "CARPETA / 'pesos.pt', weights"),
            "`None`",
        ),
    ],
    "4.1a": [
        (
            _FIRMA + "[\n"
            "    float(i % n)\n"
            "    for i in range(\n"
            "        proceso, -(-n // procesos) * procesos, procesos\n"
            "    )\n"
            "]",
            "enteros",
        ),
        # solo acierta si hay más filas que procesos
        (
            "def reparte(n, proceso, procesos):\n"
            "    filas = list(range(n))\n"
            "    filas += filas[: -n % procesos]\n"
            "    return filas[proceso::procesos]",
            "con 3 filas y 5 procesos"
            if False
            else "con 2 filas y 7 procesos",
        ),
        (
            "def reparte(n, proceso, procesos):\n"
            "    filas = [*range(n), *range(-n % procesos)]\n"
            "    return filas[proceso::procesos]",
            "no existen",
        ),
        (
            "def reparte(n, proceso, procesos):\n"
            "    filas, k = list(range(n)), -(-n // procesos)\n"
            "    return [filas[proceso + i * procesos - n * (\n"
            "        proceso + i * procesos >= n\n    )] for i in range(k)]",
            "la vuelta",
        ),
        (_FIRMA + "list(range(proceso, n, procesos))", "Completa"),
        (
            "def reparte(n, proceso, procesos):\n"
            "    k = n // procesos\n"
            "    return list(range(proceso * k, (proceso + 1) * k))",
            "nadie toma",
        ),
        (
            _REPARTE.replace("[i % n for i in filas]", "list(filas)"),
            "no existen",
        ),
        (_FIRMA + "list(range(n))", "no se reparte"),
        (_FIRMA + "list(range(n))[:: procesos]", "depende de"),
        (_FIRMA + "n // procesos", "índices"),
        (
            "def reparte(n, proceso, procesos):\n"
            "    filas = list(range(n)) + [0] * (-n % procesos)\n"
            "    return filas[proceso::procesos]",
            "[0, 0] y se pedía [0, 1]",
        ),
        (_FIRMA + "range(proceso * (n / procesos), n)", "`//`"),
        (
            _REPARTE.replace("range(proceso,", "range(proceso - 1,"),
            "Completa",
        ),
        (_REPARTE.replace("range(proceso,", "range(proceso + 1,"), "Completa"),
        (
            "def reparte(n, proceso, procesos):\n"
            "    k = -(-n // procesos)\n"
            "    return [min(proceso * k + i, n - 1) for i in range(k)]",
            "desde la 0",
        ),
        (
            _REPARTE.replace(
                "(n + procesos - 1) // procesos", "n // procesos + 1"
            ),
            "lo justo",
        ),
        (
            _REPARTE.replace(
                "(n + procesos - 1) // procesos", "n // procesos"
            ),
            "nadie toma",
        ),
        (
            "def reparte(n, proceso, procesos):\n"
            "    return torch.randint(n, ((n + procesos - 1) // procesos,))",
            "nadie toma",
        ),
        (_FIRMA.replace("return ", "filas = ") + "range(n)", "return"),
        (_FIRMA + "[i for i in range(n) if i % proceso == 0]", "desde 0"),
    ],
    "4.1b": [
        (
            "@torch.inference_mode()" + _PROMEDIA,
            "para no anotar basta",
        ),
        # todas las copias son iguales: la media de sus parámetros no se nota
        (
            "def promedia(copias):\n"
            "    for mismos in zip(*(c.parameters() for c in copias)):\n"
            "        media = sum(p.data for p in mismos) / len(mismos)\n"
            "        for p in mismos:\n"
            "            p.data = media",
            "no los parámetros",
        ),
        # con ceros donde no había nada
        (
            """
def promedia(copias):
    for mismos in zip(*[c.parameters() for c in copias]):
        grads = [
            torch.zeros_like(p) if p.grad is None else p.grad for p in mismos
        ]
        for p in mismos:
            p.grad = sum(grads) / len(grads)
""",
            "con ceros",
        ),
        (_PROMEDIA.replace("mean(dim=0)", "sum(dim=0)"), "falta dividir"),
        # promedia los parámetros, que no es lo mismo
        (
            "@torch.no_grad()\n"
            "def promedia(copias):\n"
            "    for mismos in zip(*(c.parameters() for c in copias)):\n"
            "        media = sum(mismos) / len(mismos)\n"
            "        for p in mismos:\n"
            "            p.copy_(media + 1e-2)",
            "cambiaron los parámetros",
        ),
        (_PROMEDIA.replace("media.clone()", "media"), "el mismo tensor"),
        (
            _PROMEDIA.replace(
                "        for p in mismos:\n            p.grad = media.clone()",
                "        mismos[0].grad = media.clone()",
            ),
            "solo 1 de 2 copias",
        ),
        # solo acierta con dos copias
        (
            _PROMEDIA.replace(
                "torch.stack([p.grad for p in mismos]).mean(dim=0)",
                "(mismos[0].grad + mismos[-1].grad) / 2",
            ),
            "el promedio es",
        ),
        (
            "def promedia(copias):\n"
            "    for mismos in zip(*(c.parameters() for c in copias)):\n"
            "        for p in mismos:\n"
            "            if p.grad is not None:\n"
            "                p.grad = sum(q.grad for q in mismos) / "
            "len(mismos)",
            "mientras calculas",
        ),
        (
            "def promedia(copias):\n"
            "    for mismos in zip(*(c.parameters() for c in copias)):\n"
            "        media = sum(p.grad for p in mismos) / len(mismos)",
            "déjalo así",
        ),
        (
            "def promedia(copias):\n"
            "    for mismos in zip(*(c.parameters() for c in copias)):\n"
            "        if mismos[0].grad is not None:\n"
            "            media = sum(p.grad for p in mismos) / len(mismos)",
            "como estaban",
        ),
        (
            _PROMEDIA.replace(
                "            continue",
                "            for p in mismos:\n                p.grad = "
                "torch.ones_like(p)"
                "\n            continue",
            ),
            "que no se usó",
        ),
        (
            _PROMEDIA + "        mismos[-1].grad = None\n",
            "sin gradiente",
        ),
        (
            "def promedia(copias):\n"
            "    for p in copias[0].parameters():\n"
            "        p -= p.grad if p.grad is not None else 0",
            "no muevas los parámetros",
        ),
        (
            "def promedia(copias):\n    return copias[0].grad",
            "en cada parámetro",
        ),
        ("def promedia(copias):\n    next([c.grad for c in ()])", "los junta"),
        (
            "def promedia(copias):\n    copias[0].parameters()[0].grad",
            "no lleva corchetes",
        ),
        (
            "def promedia(copias):\n"
            "    for c in copias:\n"
            "        torch.stack([p.grad for p in c.parameters() if "
            "p.grad is not None])",
            "de cada copia",
        ),
    ],
    "4.2": [
        ("respuesta = PUBLICAR", "3.11"),
        ('respuesta = "mi-carpeta"', "no hay ninguna carpeta"),
        ("respuesta = 'x' * 5000", "no hay ninguna carpeta"),
        ("respuesta = modelo", "ruta"),
        # una carpeta enorme: no se recorre
        ('respuesta = "/usr/share"', "falta `README.md`"),
        (
            'import shutil\n\nrespuesta = CARPETA / "mia"\n'
            "shutil.rmtree(respuesta, ignore_errors=True)\n"
            "shutil.copytree(PUBLICAR, respuesta)",
            "otra semilla",
        ),
        # un modelo que vio la prueba
        (
            _con_pesos(
                "fija_semilla(1)\n"
                "vio = c3.ModeloClasificacionTexto(*medidas)\n"
                "lotes = c3.mezcla(datos_test, c3.BATCH_TAMANO)\n"
                "c3.ajusta(vio, lotes, lotes, criterio, 20, 0.01)\n"
                "pesos = vio.state_dict()"
            ),
            "no es creíble",
        ),
        # la nota es de otro
        (
            _MIA.replace("ficha(nota", "ficha(nota - 0.04"),
            "no está esa nota",
        ),
        (
            _MIA.replace("ficha(nota, mias", "ficha(nota, por_clase")
            + "(PUBLICAR / 'README.md').read_text('utf-8')",
            "la del modelo de 3.11",
        ),
        (
            _MIA + '(respuesta / "config.json").unlink()',
            "falta `config.json`",
        ),
        (_MIA + '(respuesta / "modelo.py").unlink()', "falta `modelo.py`"),
        (
            _MIA + '(respuesta / "vocabulario.json").write_text("")',
            "vacío",
        ),
        (
            _MIA + "with (respuesta / 'README.md').open('ab') as f:\n"
            "    f.truncate(30 * 2**20)",
            "pesa demasiado",
        ),
        # un pickle, se llame como se llame y esté donde esté
        (
            _MIA + 'torch.save(mio.state_dict(), respuesta / "pesos.pt")',
            "pesos.pt",
        ),
        (
            _MIA + 'torch.save(mio.state_dict(), respuesta / "pesos.datos")',
            "un programa dentro",
        ),
        (
            _MIA + '(respuesta / "x.dat").write_bytes(pickle.dumps(medidas))',
            "un programa dentro",
        ),
        (
            _MIA + '(respuesta / "extra").mkdir()\n'
            'torch.save(medidas, respuesta / "extra" / "pesos.pth")',
            "sobra la carpeta",
        ),
        (_MIA + '(respuesta / "notas.txt").write_text("x")', "notas.txt"),
        (
            _con_ficha(' + "\\nMi token: hf_" + "a1B2c3D4" * 4'),
            "revócalo",
        ),
        (
            _con_ficha(' + "\\nMi token=_hf_" + "a1B2c3D4" * 4'),
            "revócalo",
        ),
        (
            _MIA + "(respuesta / 'modelo.py').write_text("
            "'t = \"api_org_' + 'a1B2c3D4' * 4 + '\"')",
            "revócalo",
        ),
        (_MIA.replace('"mit"', '"unknown"'), "elige una"),
        (_con_ficha('.replace("license: mit", "license: MIT")'), "minúsculas"),
        (
            _con_ficha('.replace("license: mit", "license: la-mia")'),
            "una de su lista",
        ),
        (
            _con_ficha('.replace("license: mit", "license: other")'),
            "`license_link`",
        ),
        (_con_ficha('.replace("license: mit\\n", "")'), "falta la licencia"),
        (_con_ficha('.replace("language: en\\n", "")'), "falta el idioma"),
        (_con_ficha('.replace("age: en", "age: es")'), "los artículos"),
        (_con_ficha(' + "TU-USUARIO/modelo"'), "tu usuario"),
        (_con_ficha('.replace("## Límites", "## Notas")'), "Límites"),
        (_con_ficha('.replace("## Resultados", "## Datos")'), "Resultados"),
        (
            _con_ficha('.partition("## Límites")[0] + "## Límites\\n"'),
            "está vacía",
        ),
        (
            _con_ficha(
                '.partition("## Resultados")[0] + '
                '"## Resultados\\nBien.\\n## Límites\\nMuchos."'
            ),
            "ningún número",
        ),
        (
            _MIA + "(respuesta / 'README.md').write_text('# Mi modelo')",
            "encabezado",
        ),
        (
            _con_ficha(".replace('license: mit', 'license: [mit')"),
            "YAML",
        ),
        (
            _MIA + "(respuesta / 'README.md').write_text(carta, 'cp1252')",
            "UTF-8",
        ),
        # sin ficha propia queda la que escribe `save_pretrained`
        (
            _MIA.replace('(respuesta / "README.md").write_text', "max"),
            "save_pretrained",
        ),
        (_con_tokens("dict(vocab)"), "la lista de tokens"),
        (_con_tokens("sorted(vocab)"), "<unk>"),
        (_con_tokens("list(vocab)[:500]"), "500"),
        (_con_tokens('[*vocab, "the"]'), "repetidos"),
        (
            _con_tokens('["<unk>", *sorted([*vocab][1:])]'),
            "vocabulario",
        ),
        (
            _MIA + "(respuesta / 'vocabulario.json').write_text('[')",
            "no es JSON",
        ),
        (_con_config("c['vocab_size'] = 5000"), "5000"),
        (_con_config("c = [1, 2]"), "vocab_size"),
        (_con_config("del c['clases']"), "los 14 nombres"),
        (
            _MIA + "torch.save(mio.state_dict(), "
            "respuesta / 'model.safetensors')",
            "no es safetensors",
        ),
        (
            _con_pesos("pesos = modelo_compilado.state_dict()"),
            "_orig_mod.",
        ),
        (_con_pesos("del pesos['bn.running_mean']"), "faltan o sobran"),
        (
            _con_pesos("del pesos['embedding.weight']"),
            "el `state_dict` entero",
        ),
        (
            _con_pesos("pesos['fc.bias'] = torch.zeros(9)").replace(
                "'model.safe", "'model.safe"
            )
            + "\nc = json.loads((respuesta / 'config.json').read_text())\n"
            "c['num_class'] = 9\n"
            "(respuesta / 'config.json').write_text(json.dumps(c))",
            "son 14",
        ),
        (
            _con_pesos(
                "pesos = c3.ModeloClasificacionTexto(*medidas).state_dict()"
            ),
            "sin entrenar",
        ),
    ],
}
