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
_FALTA = """
def falta_en(carpeta):
    faltan = []
    for nombre in (
        "README.md", "vocabulario.json", "config.json", "model.safetensors"
    ):
        archivo = carpeta / nombre
        if not archivo.is_file() or archivo.stat().st_size == 0:
            faltan.append(nombre)
    return faltan
"""
_VACIO = " or archivo.stat().st_size == 0"
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
_FIRMA = "def reparte(n, proceso, procesos):\n    return "
# Se entrena una vez; cada respuesta rehace la carpeta.
_MIA = """
if "mio" not in globals():
    fija_semilla(7)
    mio = ClasificadorDBpedia(*medidas)
    train, valid = c3.parte(datos_train, c3.BATCH_TAMANO, 7)
    c3.ajusta(mio, train, valid, criterio, 3, c3.TASA_APRENDIZAJE)
    mio.eval()
    with torch.inference_mode():
        elegidas = mio(text, offsets).argmax(dim=1)
    mias = precision_recall_fscore_support(verdad, elegidas)
respuesta = CARPETA / "mia"
shutil.rmtree(respuesta, ignore_errors=True)
mio.save_pretrained(respuesta)
tokens = vocab.get_itos()
(respuesta / "vocabulario.json").write_text(json.dumps(tokens), "utf-8")
carta = ficha(0.9, mias, len(datos_train), CLASES, "mit")
carta = carta.replace("TU-USUARIO", "ana")
ModelCard(carta).save(respuesta / "README.md")
"""
_PESOS = "from safetensors.torch import save_file\npesos = mio.state_dict()\n"
_A_PESOS = 'save_file(pesos, respuesta / "model.safetensors")'


def _con_ficha(cambio):
    return _MIA.replace("ModelCard(carta)", f"ModelCard(carta{cambio})")


def _con_tokens(cambio):
    return _MIA.replace("vocab.get_itos()", cambio)


def _con_pesos(cambio):
    return f"{_MIA}{_PESOS}{cambio}\n{_A_PESOS}"


BIEN = {
    "3.9": [
        _CUENTA,
        "def conviene(c, t, t_compilado):\n"
        "    ahorro = t - t_compilado\n"
        "    return c // ahorro + 1 if ahorro > 0 else None",
        "import math\n\n\n" + _CONVIENE.replace("int(", "math.floor("),
    ],
    "3.10": [
        # abrir antes y borrar si falla
        "def guarda_json(objeto, ruta):\n"
        '    aparte = ruta.with_suffix(".tmp")\n'
        "    try:\n"
        '        with aparte.open("w", encoding="utf-8") as archivo:\n'
        "            json.dump(objeto, archivo, ensure_ascii=False)\n"
        "        os.replace(aparte, ruta)\n"
        "    finally:\n"
        "        aparte.unlink(missing_ok=True)",
        _GUARDA.replace("(objeto)", "(objeto, ensure_ascii=False, indent=2)"),
        "import tempfile\n\n\n"
        "def guarda_json(objeto, ruta):\n"
        "    contenido = json.dumps(objeto).encode()\n"
        "    descriptor, aparte = tempfile.mkstemp(dir=ruta.parent)\n"
        '    with open(descriptor, "wb") as archivo:\n'
        "        archivo.write(contenido)\n"
        "    shutil.move(aparte, ruta)",
    ],
    "3.11": [
        _FALTA.replace("archivo.is_file()", "archivo.exists()"),
        "def falta_en(carpeta):\n"
        '    todos = {"README.md", "vocabulario.json", "config.json"}\n'
        '    todos.add("model.safetensors")\n'
        "    return todos - {\n"
        "        p.name for p in carpeta.iterdir() if p.read_bytes()\n"
        "    }",
        "def falta_en(carpeta):\n"
        "    return [\n"
        "        p.name for p in (\n"
        '            carpeta / "config.json", carpeta / "model.safetensors",\n'
        '            carpeta / "README.md", carpeta / "vocabulario.json",\n'
        "        )\n"
        "        if not (p.exists() and os.path.getsize(p))\n"
        "    ]",
    ],
    "3.12": [
        _ABRE.replace("weights_only=True, ", ""),  # es lo normal
        _ABRE.replace("pickle.UnpicklingError", "Exception"),
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
    "4.1": [
        "def reparte(n, proceso, procesos):\n"
        "    filas = list(range(n))\n"
        "    filas += filas[: -n % procesos]\n"
        "    return filas[proceso::procesos]",
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
    ],
    "4.2": [
        _MIA,
        _MIA.replace('CARPETA / "mia"', '(CARPETA / "otra").resolve()')
        + "respuesta = str(respuesta)",
        # a mano, sin el mixin ni `ficha`
        _con_pesos(
            "medida = dict(zip(('vocab_size', 'embed_dim', 'num_class'), "
            "medidas))\n"
            "(respuesta / 'config.json').write_text(json.dumps(medida))\n"
            "(respuesta / 'README.md').write_text('''---\n"
            "license: cc-by-4.0\n"
            "language:\n- en\n"
            "---\n# Mi modelo\n## Resultados de la prueba\nAcierta 93 %.\n"
            "### Limitaciones\nSolo inglés.\n''', 'utf-8')"
        ),
    ],
}

MAL = {
    "3.9": [
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
        (_CUENTA.replace(_NUNCA, ""), "un `if`"),
        (_CUENTA.replace("n += 1", "pass"), "crece"),
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
    "3.10": [
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
            _GUARDA.replace(
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
            "import tempfile\n\n\n"
            + _GUARDA.replace(
                'ruta.with_name(ruta.name + ".tmp")',
                'Path(tempfile.gettempdir(), "cap4-aparte.json")',
            ),
            "misma carpeta",
        ),
        (_GUARDA.replace('ruta.name + ".tmp"', 'ruta + ".tmp"'), "`Path`"),
    ],
    "3.11": [
        (_FALTA.replace(_VACIO, ""), "su tamaño"),
        (_FALTA.replace("carpeta / nombre", "PUBLICAR / nombre"), "recibe"),
        (_FALTA.replace("carpeta / nombre", "Path(nombre)"), "recibe"),
        (
            _FALTA.replace(
                "not archivo.is_file()", "archivo.is_file()"
            ).replace(_VACIO, ""),
            "los que están",
        ),
        (_FALTA.replace("(nombre)", "(archivo)"), "rutas"),
        (_FALTA.replace("return faltan", "return len(faltan)"), "nombres"),
        (_FALTA.replace("return faltan", "return not faltan"), "nombres"),
        (_FALTA.replace("faltan.append(nombre)", "return nombre"), "bucle"),
        (_FALTA.replace("vocabulario.json", "vocab.json"), "vocab.json"),
        (
            _FALTA.replace(
                "archivo.stat().st_size == 0", "not archivo.read_text()"
            ),
            "st_size",
        ),
        (
            _FALTA.replace("not archivo.is_file() or ", ""),
            "si existe",
        ),
        (_FALTA.replace("return faltan", "print(faltan)"), "return"),
        (
            _FALTA.replace("    return", "        return"),
            "llega al final",
        ),
        (
            _FALTA.replace('        "README.md", ', "        "),
            "con los cuatro",
        ),
        (
            "def falta_en(carpeta):\n"
            "    return [p.name for p in carpeta.iterdir()]",
            "los que están",
        ),
    ],
    "3.12": [
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
    "4.1": [
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
    "4.2": [
        ("respuesta = PUBLICAR", "3.11"),
        ('respuesta = "mi-carpeta"', "no hay ninguna carpeta"),
        ("respuesta = modelo", "ruta"),
        (
            'respuesta = CARPETA / "mia"\n'
            "shutil.rmtree(respuesta, ignore_errors=True)\n"
            "shutil.copytree(PUBLICAR, respuesta)",
            "otra semilla",
        ),
        (
            _MIA + '(respuesta / "config.json").unlink()',
            "falta `config.json`",
        ),
        (
            _MIA + '(respuesta / "vocabulario.json").write_text("")',
            "vacío",
        ),
        (
            _MIA + 'torch.save(mio.state_dict(), respuesta / "pesos.pt")',
            "pesos.pt",
        ),
        (_MIA + '(respuesta / "notas.txt").write_text("x")', "notas.txt"),
        (
            _con_ficha(' + "\\nMi token: hf_" + "a1B2c3D4" * 4'),
            "revócalo",
        ),
        (_MIA.replace('"mit"', "LICENCIA"), "unknown"),
        (_MIA.replace('"mit"', '"MIT License"'), "minúsculas"),
        (_con_ficha('.replace("license: mit\\n", "")'), "falta la licencia"),
        (_con_ficha('.replace("language: en\\n", "")'), "falta el idioma"),
        (_con_ficha('.replace("age: en", "age: es")'), "los artículos"),
        (
            _MIA.replace('"TU-USUARIO", "ana"', '"TU-USUARIO", "TU-USUARIO"'),
            "el tuyo",
        ),
        (_MIA.replace("0.9, mias", "0.9, por_clase"), "mide el tuyo"),
        (_con_ficha('.replace("## Límites", "## Notas")'), "Límites"),
        (_con_ficha('.replace("## Resultados", "## Datos")'), "Resultados"),
        (
            _MIA + "(respuesta / 'README.md').write_text('# Mi modelo')",
            "encabezado",
        ),
        (
            _MIA + "rota = carta.replace('license: mit', 'license: [mit')\n"
            "(respuesta / 'README.md').write_text(rota, 'utf-8')",
            "YAML",
        ),
        (
            _MIA + "(respuesta / 'README.md').write_text(carta, 'cp1252')",
            "UTF-8",
        ),
        # sin ficha propia queda la que escribe `save_pretrained`
        (_MIA.replace("ModelCard(carta).save", "str"), "save_pretrained"),
        (_con_tokens("vocab.get_stoi()"), "get_itos"),
        (_con_tokens("sorted(vocab.get_itos())"), "<unk>"),
        (_con_tokens("vocab.get_itos()[:5000]"), "5000"),
        (_con_tokens('[*vocab.get_itos(), "the"]'), "repetidos"),
        (
            _con_tokens('["<unk>", *sorted(vocab.get_itos()[1:])]'),
            "vocabulario",
        ),
        (
            _MIA
            + "medida = json.dumps({'vocab_size': 5000, 'embed_dim': 100, "
            "'num_class': 14})\n"
            "(respuesta / 'config.json').write_text(medida)",
            "5000",
        ),
        (
            _MIA + "(respuesta / 'config.json').write_text('[1, 2]')",
            "vocab_size",
        ),
        (
            _MIA + "torch.save(mio.state_dict(), "
            "respuesta / 'model.safetensors')",
            "no es safetensors",
        ),
        (
            _con_pesos("pesos = modelo_compilado.state_dict()"),
            "_orig_mod.",
        ),
        (_con_pesos("del pesos['bn.running_mean']"), "state_dict"),
        (
            _con_pesos("pesos = ClasificadorDBpedia(*medidas).state_dict()"),
            "sin entrenar",
        ),
    ],
}
