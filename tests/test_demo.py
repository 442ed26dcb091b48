"""La página `demo.html`: lo mismo que PyTorch, sin red y para cualquiera."""

import copy
import json
import random
import re
import unicodedata
from itertools import chain

import pytest
import torch

from apoyo import axe
from apoyo.navegador import Navegador, busca
from helpers import CLASES, DBpedia, fija_semilla
from helpers import clasificador as c3
from helpers.texto import tokeniza
from publica.demo import PLANTILLA, crea_demo


def basico(texto):
    """Los tokens de torchtext, la referencia."""
    # Aquí y no arriba: antes tiene que pasar `helpers`.
    from torchtext.data.utils import get_tokenizer

    return get_tokenizer("basic_english")(texto)


NITHARI = (
    "Nithari is a village in the district of Gautam Buddha Nagar, in the "
    "Indian state of Uttar Pradesh. It lies near the city of Noida."
)
RAROS = (
    "",
    " \t\n\r ",
    "village",
    "zzzz",
    "São Paulo, Bogotá and Ñuñoa: cities? «Élan»!",
    "A film 🎬 by José 👩‍👩‍👧 … it's “great”; isn't it?",
    "İstanbul İIıi DİYARBAKIR",
    "ΟΔΟΣ ΟΔΟΣ. Σ ΣΑΣ ΑΣ' ΑΣ'Α ΑΣ\u0301 ΣΣ Α.Σ Σ.Α",
    "A\u0085village\u001cin\u001dthe\u001ehills\u001f of\u00a0Peru",
    "a\ufeffvillage \ufeff in\u180eMongolia\u200b",
    "the\u2003river\u3000flows\u2028north\u2029\u202fand\u205fsouth\u1680x",
    '<br />one<br/>two<b"r />three<BR />four<br ;/>',
    "<unk> </script> <!-- __proto__ constructor toString &amp;",
    "'''...,,,()()!!??;;::\"\"",
    "STRASSE ẞ ß ﬁlm Å Ǆ ǅ K ",
    "village " * 300,
)


@pytest.fixture(scope="module")
def entrenado():
    fija_semilla(c3.SEMILLA)
    _, vocab, datos, _ = c3.lee_dbpedia()
    modelo = c3.ModeloClasificacionTexto(len(vocab), c3.EMBED_DIM, len(CLASES))
    train, valid = c3.parte(datos, c3.BATCH_TAMANO, c3.SEMILLA)
    criterio = torch.nn.CrossEntropyLoss()
    c3.ajusta(modelo, train, valid, criterio, 4, c3.TASA_APRENDIZAJE)
    return modelo.eval(), list(vocab)


@pytest.fixture(scope="module")
def html(entrenado, tmp_path_factory):
    ruta = tmp_path_factory.mktemp("demo") / "demo.html"
    ejemplos = ("Una aldea", NITHARI), ("Otra", "A film by <b>Ana</b>.")
    ruta.write_text(crea_demo(*entrenado, CLASES, ejemplos), encoding="utf-8")
    return ruta


@pytest.fixture(scope="module")
def navegador():
    if busca() is None:
        pytest.skip("sin Chromium: la página no se puede abrir")
    with Navegador() as abierto:
        yield abierto


@pytest.fixture(scope="module")
def pagina(html, navegador):
    abierta = navegador.abre(html)
    abierta.espera("document.readyState === 'complete'")
    return abierta


def llama(pagina, funcion, *argumentos):
    datos = ", ".join(json.dumps(a) for a in argumentos)
    return pagina.evalua(f"{funcion}({datos})")


@torch.inference_mode()
def de_pytorch(entrenado, textos):
    """Probabilidades, forma (textos, 14), con el tokenizador de torchtext."""
    modelo, tokens = entrenado
    indice = {token: i for i, token in enumerate(tokens)}
    ids = [[indice.get(p, 0) for p in basico(t)] for t in textos]
    largos = torch.tensor([0, *map(len, ids[:-1])])
    text = torch.tensor([*chain(*ids)], dtype=torch.int64)
    return modelo(text, largos.cumsum(0)).softmax(dim=1)


def test_la_plantilla_es_de_la_casa():
    """Sin bibliotecas ni direcciones, y legible de una sentada."""
    plantilla = PLANTILLA.read_text(encoding="utf-8")
    assert "http" not in plantilla.replace("http-equiv", "")
    assert "src=" not in plantilla.replace("default-src", "")
    assert len(plantilla.splitlines()) <= 260


def test_un_archivo_de_cuatro_megas_como_mucho(html):
    assert html.stat().st_size <= 4_000_000


def test_da_lo_mismo_que_pytorch_en_toda_la_prueba(pagina, entrenado):
    textos = [texto for _, texto in DBpedia(split="test")]
    assert len(textos) >= 280
    suyas = llama(pagina, "((t) => t.map(probabilidades))", textos)
    torch.testing.assert_close(
        torch.tensor(suyas), de_pytorch(entrenado, textos), atol=1e-5, rtol=0
    )


@pytest.mark.parametrize("texto", RAROS)
def test_da_lo_mismo_con_textos_raros(pagina, entrenado, texto):
    assert llama(pagina, "tokeniza", texto) == basico(texto)
    suyas = torch.tensor([llama(pagina, "probabilidades", texto)])
    torch.testing.assert_close(
        suyas, de_pytorch(entrenado, [texto]), atol=1e-5, rtol=0
    )


def test_tokeniza_igual_cualquier_caracter(pagina):
    """Cada carácter de Unicode entre letras, y la sigma final a su lado.

    No cuentan los que Python o Chromium aún no conocen. Unicode corrige de
    vez en cuando qué es un carácter ya viejo (ʕ fue letra sin mayúsculas):
    con dos versiones distintas se admiten unos pocos.
    """
    suyos = pagina.evalua(
        "Array.from({length: 0x110000}, (_, c) => c).filter((c) =>"
        " (c < 0xD800 || c > 0xDFFF)"
        " && !/\\p{Cn}|\\p{Co}/u.test(String.fromCodePoint(c)))"
    )
    todos = [c for c in map(chr, suyos) if unicodedata.category(c) != "Cn"]
    assert len(todos) > 140_000
    forma = "x{}y A{} {} ΑΣ{} ΑΣ{}Α Α{}Σ {}Σ"
    textos = [forma.replace("{}", c) for c in todos]
    suyos = llama(
        pagina, "((t) => t.map((x) => tokeniza(x).join('\\n')))", textos
    )
    distintos = [
        f"U+{ord(c):04X}"
        for c, texto, suyo in zip(todos, textos, suyos, strict=True)
        if "\n".join(tokeniza(texto)) != suyo
    ]
    assert len(distintos) <= 5, (len(distintos), distintos[:20])


def test_tokeniza_igual_textos_al_azar(pagina):
    azar = random.Random(7)
    piezas = [*"aAΣσİ'\".,()!?;: \t\x1c\x85\ufeff", "<br />", "<br", "/>", "é"]
    textos = ["".join(azar.choices(piezas, k=30)) for _ in range(2000)]
    suyos = llama(pagina, "((t) => t.map(tokeniza))", textos)
    assert suyos == [basico(t) for t in textos]


def test_lo_que_quita_cada_palabra_es_lo_que_cambia_pytorch(pagina, entrenado):
    tokens = basico(NITHARI)
    hecho = llama(
        pagina,
        "((t) => {const r = sinCada(t);"
        " return {...r, veces: 0, peso: Object.fromEntries(r.peso)}})",
        tokens,
    )
    enteras = de_pytorch(entrenado, [NITHARI])[0]
    assert hecho["clase"] == enteras.argmax() == CLASES.index("Village")
    for quitado, cambia in hecho["peso"].items():
        sin = " ".join(t for t in tokens if t != quitado)
        otra = de_pytorch(entrenado, [sin])[0]
        esperado = (enteras - otra)[hecho["clase"]].item()
        assert cambia == pytest.approx(esperado, abs=2e-5), quitado
    assert max(hecho["peso"], key=hecho["peso"].get) == "village"


def escribe(pagina, texto):
    llama(
        pagina,
        "((t) => {const c = document.querySelector('textarea');"
        " c.value = t; c.dispatchEvent(new Event('input'))})",
        texto,
    )


def lee(pagina, selector):
    return pagina.evalua(
        f"[...document.querySelectorAll({json.dumps(selector)})]"
        ".map((e) => e.textContent)"
    )


def test_lo_que_ve_quien_escribe(pagina):
    escribe(pagina, "Nithari is a VILLAGE near the blorptown.")
    assert "Village" in lee(pagina, "#veredicto")[0]
    assert "desconocidas: 2 de 8" in lee(pagina, "#veredicto")[0]
    (gana,) = lee(pagina, "#clases .gana")
    assert gana.startswith("▶Village")
    nuevas = lee(pagina, "#tokens .nueva")
    assert [n.split()[0].strip("?") for n in nuevas] == [
        "nithari",
        "blorptown",
    ]
    assert all(n.endswith("? (desconocida)") for n in nuevas)
    assert any("village ▲" in chip for chip in lee(pagina, "#tokens .decide"))
    assert lee(pagina, "#decidieron li")[0].startswith("▲")
    assert len(lee(pagina, "#clases li")) == 14
    pagina.espera(
        "document.querySelector('[role=status]').textContent.includes("
        "'Village')"
    )
    escribe(pagina, "")
    assert lee(pagina, "#veredicto") == ["Escribe algo, o elige un ejemplo."]
    assert not lee(pagina, "#tokens li") and not lee(pagina, "#clases .gana")
    escribe(pagina, "blorp zzzq")
    assert "No conoce ninguna" in lee(pagina, "#veredicto")[0]


def test_los_ejemplos_se_eligen_con_el_teclado(pagina):
    escribe(pagina, "")
    pagina.evalua("document.querySelectorAll('button')[1].focus()")
    for tipo in ("keyDown", "keyUp"):
        pagina.manda(
            "Input.dispatchKeyEvent",
            type=tipo,
            key="Enter",
            windowsVirtualKeyCode=13,
            text="\r",
        )
    valor = pagina.evalua("document.querySelector('textarea').value")
    assert valor == "A film by <b>Ana</b>."
    assert not pagina.evalua("document.querySelectorAll('li b').length")


def test_un_texto_largo_no_la_atasca(pagina):
    escribe(pagina, " ".join(f"palabra{i}" for i in range(5000)))
    assert "y 4600 más" in lee(pagina, "#tokens li")[-1]


@pytest.mark.parametrize("ancho", [320, 390, 768, 1280])
def test_cabe_en_cualquier_pantalla(pagina, ancho):
    escribe(pagina, f"{NITHARI} {'x' * 90}")
    pagina.mide(ancho, 800)
    assert pagina.evalua(
        "document.documentElement.scrollWidth"
        " <= document.documentElement.clientWidth"
    )
    pagina.mide(1280, 720)


@axe.necesita_npm
@pytest.mark.parametrize("luz", ["light", "dark"])
def test_axe_no_halla_faltas(pagina, luz):
    """Con un texto escrito: barras, palabras y lo que decidió, a la vista."""
    pagina.imita(prefers_color_scheme=luz)
    escribe(pagina, f"{NITHARI} blorptown")
    assert axe.faltas(pagina) == []


def ocupada_s(pagina):
    """Segundos de CPU que lleva la página: no cuentan otros programas."""
    medidas = pagina.manda("Performance.getMetrics")["metrics"]
    return {m["name"]: m["value"] for m in medidas}["TaskDuration"]


def test_responde_a_tiempo(html, navegador):
    """La primera respuesta antes de 1 s; cada tecla, antes de 50 ms."""
    pagina = navegador.abre("about:blank")
    pagina.manda("Performance.enable", timeDomain="threadTicks")
    antes = ocupada_s(pagina)
    pagina.manda("Page.navigate", url=html.as_uri())
    pagina.espera("document.querySelector('#clases .gana')")
    assert 0 < ocupada_s(pagina) - antes < 1
    escribe(pagina, " ".join(basico(NITHARI * 4)[:100]))
    antes = ocupada_s(pagina)
    llama(
        pagina,
        "((veces) => {for (let i = 0; i < veces; i++) {"
        " muestra(); document.body.offsetHeight}})",
        20,
    )
    assert 0 < (ocupada_s(pagina) - antes) / 20 < 0.050


def test_no_pide_nada_a_nadie_ni_se_queja(pagina):
    """Va la última: mira lo que la página hizo en todas las demás."""
    assert all(p.startswith(("file:", "data:")) for p in pagina.pedidos)
    assert len([p for p in pagina.pedidos if p.startswith("file:")]) == 1
    assert not pagina.errores
    assert not pagina.consola


def test_otro_vocabulario_o_clases_se_dice(entrenado):
    modelo, tokens = entrenado
    hay = f"tiene {len(tokens)} tokens y 14 clases; tú pasas"
    with pytest.raises(ValueError, match=hay):
        crea_demo(modelo, tokens[:-1], CLASES)
    with pytest.raises(ValueError, match="13"):
        crea_demo(modelo, tokens, CLASES[:-1])


def sin_numeros(modelo):
    roto = copy.deepcopy(modelo)
    roto.fc.bias.data[0] = torch.nan
    return roto


MAL = {
    "otro modelo": ({"modelo": torch.nn.Linear(2, 2)}, "llegó Linear"),
    "un diccionario": ({"modelo": {"fc.bias": 1}}, "llegó dict"),
    "nada": ({"modelo": None}, "llegó NoneType"),
    "pesos NaN": ({"modelo": sin_numeros}, "no son números finitos"),
    "tokens None": ({"tokens": None}, "`tokens` es una lista de textos"),
    "tokens en números": ({"tokens": range(9)}, "`tokens` es una lista"),
    "sin <unk>": ({"tokens": lambda t: t[::-1]}, "<unk> en el 0"),
    "repetidos": ({"tokens": lambda t: [*t[:-1], t[1]]}, "sin repetirse"),
    "clases": ({"clases": "Company"}, "`clases` es una lista de textos"),
    "ejemplos": ({"ejemplos": ["un texto"]}, "pares de textos"),
    "trío": ({"ejemplos": [("a", "b", "c")]}, "pares de textos"),
    "ejemplos None": ({"ejemplos": None}, "pares de textos"),
    "número": ({"ejemplos": [("a", 3)]}, "pares de textos"),
    "direccion": ({"direccion": "javascript:x()"}, "https://"),
    "direccion en falso": ({"direccion": 0}, "https://"),
}


@pytest.mark.parametrize("como", MAL)
def test_lo_que_no_vale_se_dice(entrenado, como):
    modelo, tokens = entrenado
    mal, dice = MAL[como]
    bueno = {"modelo": modelo, "tokens": tokens, "clases": CLASES}
    for nombre, valor in mal.items():
        hace = callable(valor) and not isinstance(valor, torch.nn.Module)
        bueno[nombre] = valor(bueno[nombre]) if hace else valor
    with pytest.raises(ValueError, match=re.escape(dice)) as error:
        crea_demo(**bueno)
    assert len(str(error.value).splitlines()) == 1
