"""Los ejercicios del capítulo 2; los de la clínica, en `clinica.py`.

La receta está en `__init__.py`.
"""

import re

import torch
from torch import nn

from ejercicios.espias import RectaEspia, SGDEspia, perdida_espia
from ejercicios.piezas import (
    Pista,
    compara,
    compara_gradiente,
    crea,
    ejercicio,
    forma,
    igual,
    llama,
    muestra,
    numero,
    pide,
    pide_tensor,
)


def _pide_tupla(valor, cuantos, cuales):
    pide(
        isinstance(valor, (tuple, list)) and len(valor) == cuantos,
        f"la función debe devolver {cuales}.",
    )


def _pide_columnas(x, y, n):
    """X e y, de forma (n, 1)."""
    for nombre, t in (("X", x), ("y", y)):
        pistas = {
            (n,): f"`{nombre}` tiene forma ({n},): falta el eje de las "
            "características. `unsqueeze(dim=1)` lo pone en el tensor que "
            "devuelve.",
            (1, n): f"`{nombre}` tiene forma (1, {n}), una fila: el eje nuevo "
            "va después, `dim=1`.",
            (n + 1, 1): f"con n = {n} salen {n + 1} puntos: `arange` cuenta "
            "pasos; `linspace`, puntos.",
        }
        if torch.is_tensor(t) and forma(t) in ((1,), (1, 1)):
            raise Pista(
                "sale un solo punto: el tercer argumento de `arange` es el "
                "paso; para decir cuántos puntos está `linspace`."
            )
        pide_tensor(t, (n, 1), pistas, f"con n = {n}, en `{nombre}` ")


@ejercicio("2.1a")
def recta(funcion):
    """Datos de otra recta"""
    for volumen, sesgo, n in ((-1.5, 4.0, 50), (2.0, -1.0, 7)):
        pareja = llama(funcion, volumen, sesgo, n)
        _pide_tupla(pareja, 2, "dos tensores, `X` e `y`")
        x, y = pareja
        _pide_columnas(x, y, n)
        bien = torch.linspace(0, 10, n).unsqueeze(dim=1)
        indice = torch.arange(n).unsqueeze(dim=1)
        pide(not igual(y, bien), "se devuelve primero `X` y después `y`.")
        compara(
            x,
            bien,
            [
                (bien / 10, "`X` va de 0 a 1 y se pide de 0 a 10."),
                (
                    indice * 10 / n,
                    "`X` no llega a 10: `arange` no incluye el final.",
                ),
                (
                    indice,
                    f"`X` va de 0 a {n - 1}; repártela de 0 a 10.",
                ),
            ],
            "los valores de `X` no están repartidos por igual entre 0 y 10, "
            "con los dos incluidos.",
        )
        compara(
            y,
            volumen * x + sesgo,
            [
                (sesgo * x + volumen, "intercambiaste `volumen` y `sesgo`."),
                (volumen * x, "falta sumar el sesgo."),
                (volumen * (x + sesgo), "sobra un paréntesis en la recta."),
                (
                    0.8 * x + 0.2,
                    "usaste el 0.8 y el 0.2 del cuaderno, no los parámetros "
                    "que recibe la función.",
                ),
            ],
            "`y` no es `volumen * X + sesgo`.",
        )
    return "Muestras en las filas, características en las columnas."


def _tramos(lugares):
    """En cuántos tramos seguidos caen unos lugares ordenados."""
    saltos = lugares.diff()
    return int((saltos != 1).sum()) + 1, len(set(saltos.tolist())) == 1


def _pide_mezcla(x, x_test):
    """La prueba debe salir de todo el rango, sin orden."""
    n, aparte = len(x), len(x_test)
    lugares = torch.tensor([int((x == v).nonzero()[0, 0]) for v in x_test])
    tramos, parejos = _tramos(lugares.sort().values)
    pide(
        not (parejos and tramos > 1),
        "la prueba toma una fila de cada tantas: eso es un orden, no una "
        "mezcla.",
    )
    extremo = set(lugares.tolist()) in (
        set(range(aparte)),
        set(range(n - aparte, n)),
    )
    pide(
        not extremo,
        "la prueba es un extremo de los datos: hay que mezclar antes de "
        "cortar, no después.",
    )
    pide(
        tramos > aparte // 4,
        "la prueba es un trozo seguido de los datos: hay que mezclar todas "
        "las filas antes de cortar.",
    )


@ejercicio("2.1b")
def separa(funcion):
    """Separar y mezclar"""
    for n in (40, 100):
        x = torch.arange(n).unsqueeze(dim=1) * 0.5 + 3
        aparte = n // 4
        partes = llama(funcion, x, 100 - 2 * x)
        parejas = "dos parejas, `(X_train, y_train)` y `(X_test, y_test)`"
        _pide_tupla(partes, 2, parejas)
        for pareja in partes:
            _pide_tupla(pareja, 2, parejas)
        (x_train, y_train), (x_test, y_test) = partes
        for t in (x_train, y_train, x_test, y_test):
            pide_tensor(t)
        largos = tuple(map(len, (x_train, y_train, x_test, y_test)))
        buenos = (n - aparte, n - aparte, aparte, aparte)
        pistas = {
            (n - aparte, aparte, n - aparte, aparte): "en cada pareja hay dos "
            "largos distintos: `train_test_split` devuelve X_train, X_test, "
            "y_train, y_test, en ese orden.",
            buenos[::-1]: "la parte grande es la de entrenamiento: 75 % para "
            "entrenar y 25 % para la prueba.",
            (28, 28, 12, 12): "separaste el 30 % y se pide el 25 %.",
            (32, 32, 8, 8): "separaste el 20 % y se pide el 25 %.",
            (90, 90, 10, 10): "siempre apartas 10 puntos: el 25 % depende de "
            "cuántos hay.",
        }
        general = f"de {n} puntos salen {largos} y se pide {buenos}."
        pide(largos == buenos, pistas.get(largos, general))
        pide(
            igual(y_train, 100 - 2 * x_train)
            and igual(y_test, 100 - 2 * x_test),
            "cada `x` perdió su `y`: separa X e y en la misma llamada, o con "
            "los mismos índices.",
        )
        pide(
            igual(torch.cat([x_train, x_test]).sort(dim=0).values, x),
            "hay puntos repetidos, o puntos que se perdieron: cada uno va a "
            "un solo conjunto.",
        )
        _pide_mezcla(x, x_test)
    return "Mezclados, sin repetir, y cada x con su y."


def _pide_gradientes_de_parabola(salida, parametros, x):
    """A cada coeficiente le llega su gradiente."""
    perdido = (
        "la salida no sigue el gradiente de los tres: sobra `.detach()`, "
        "`.item()` o `.data`, y no se podría entrenar."
    )
    pide(salida.requires_grad, perdido)
    salida.sum().backward()
    pide(all(p.grad is not None for p in parametros), perdido)
    suyos = torch.cat([p.grad.flatten() for p in parametros])
    buenos = torch.stack([(x**2).sum(), x.sum(), torch.tensor(len(x) * 1.0)])
    pide(igual(suyos.sort().values, buenos.sort().values), perdido)


@ejercicio("2.2")
def parabola(clase):
    """Un modelo con tres parámetros"""
    for otras in ([3.0], [0.5, -0.5, 4.0]):
        modelo, otro = crea(clase), crea(clase)
        puntos = [0.0, 1.0, -1.0, 2.0, -2.0, *otras]
        x = torch.tensor(puntos).unsqueeze(dim=1)
        salida = llama(modelo, x)
        pide_tensor(salida, forma(x))
        parametros = list(modelo.parameters())
        cuantos = sum(p.numel() for p in parametros)
        pide(
            cuantos > 0,
            "`state_dict()` está vacío: un tensor común no es un parámetro. "
            "Envuélvelo en `nn.Parameter` y guárdalo en `self`.",
        )
        pide(
            not igual(salida, llama(otro, x)),
            "dos modelos nuevos son iguales: los parámetros nacen al azar, "
            "con `torch.randn(1)`.",
        )
        pide(
            igual(salida, llama(modelo, x)),
            "dos llamadas iguales dan distinto: los parámetros se crean en "
            "`__init__`, no en `forward`.",
        )
        c, en_1, en_menos_1 = salida[:3, 0].tolist()
        a, b = (en_1 + en_menos_1) / 2 - c, (en_1 - en_menos_1) / 2
        pide(
            not igual(salida, (en_1 - c) * x + c),
            "sale una recta: falta el término con `x**2` (`x * 2` es el "
            "doble, no el cuadrado).",
        )
        pide(
            igual(salida, a * x**2 + b * x + c),
            "lo que calcula no es una parábola: es a·x² + b·x + c.",
        )
        pide(
            cuantos == 3,
            f"tiene {cuantos} parámetros y se piden 3: a, b y c.",
        )
        valores = torch.cat([p.detach().flatten() for p in parametros])
        pide(
            igual(valores.sort().values, sorted((a, b, c))),
            "los coeficientes que calcula no son los tres parámetros: en "
            "a·x² el cuadrado es solo de x.",
        )
        _pide_gradientes_de_parabola(salida, parametros, x)
    return "Tres `nn.Parameter` y un `forward`: ya se puede entrenar."


@ejercicio("2.3a")
def mse(funcion):
    """El error cuadrático medio"""
    for n in (9, 4, 1):
        y = torch.randn(n, 1)
        y_predc = torch.randn(n, 1, requires_grad=True)
        obtenido = llama(funcion, y_predc, y)
        resta = (y_predc - y).detach()
        if n > 1:
            compara(
                obtenido,
                (resta**2).mean(),
                [
                    (
                        resta**2,
                        "hay un error por punto: falta promediar.",
                    ),
                    (
                        (resta**2).sum(),
                        "sumaste los cuadrados; falta dividir: `mean`.",
                    ),
                    (
                        resta.abs().mean(),
                        "ese es el MAE, con valor absoluto; el MSE eleva al "
                        "cuadrado.",
                    ),
                    (
                        (resta**2).mean().sqrt(),
                        "sobra la raíz: esa es la raíz del MSE.",
                    ),
                    (
                        resta.mean() ** 2,
                        "primero el cuadrado de cada error y después la "
                        "media; al revés, los signos se cancelan.",
                    ),
                    (
                        resta.mean(),
                        "falta el cuadrado: los signos se cancelan.",
                    ),
                    (
                        (resta * 2).mean(),
                        "`* 2` es el doble; el cuadrado es `** 2`.",
                    ),
                    (
                        (resta**2).mean() / 2,
                        "sobra el 1/2: la media, sin más.",
                    ),
                    (
                        (resta**2).sum() / 9,
                        "siempre divides entre 9: usa cuántos puntos hay.",
                    ),
                    (
                        (resta**2).sum() / (n - 1),
                        "divides entre n − 1, como en la varianza: es entre "
                        "n.",
                    ),
                ],
            )
        compara(
            obtenido,
            (resta**2).mean(),
            pista="con un solo punto no es su cuadrado: ¿qué divides?",
        )
        compara_gradiente(
            obtenido,
            ((y_predc - y) ** 2).mean(),
            y_predc,
            pista="el valor es correcto, pero el gradiente no llega a "
            "`y_predc` y no serviría para entrenar: devuelve el tensor que "
            "sale de tus operaciones, sin `.item()`, `.detach()` ni "
            "`torch.tensor`.",
        )
    return "Y como es un tensor con gradiente, sirve para entrenar."


@ejercicio("2.3b")
def mueve(funcion):
    """El paso 5, a mano"""
    curas = {"'list'": "`parametros` es una lista: recórrela, de uno en uno"}
    for formas, tasa in ((((1,), (1,), (1,)), 0.1), (((3, 2), (4,)), 0.5)):
        parametros = [nn.Parameter(torch.randn(f)) for f in formas]
        for p in parametros:
            p.grad = torch.randn(p.shape)
        gradientes = torch.cat([p.grad.flatten() for p in parametros])
        antes = torch.cat([p.detach().flatten() for p in parametros])
        llama(funcion, parametros, tasa, devuelve=False, curas=curas)
        despues = torch.cat([p.detach().flatten() for p in parametros])
        paso = tasa * gradientes
        bien = antes - paso
        primero = parametros[0].numel()
        compara(
            despues,
            bien,
            [
                (
                    antes,
                    "los parámetros no cambiaron: `p = p - …` crea otro "
                    "tensor y no toca el modelo. Cámbialo en su sitio, con "
                    "`-=`.",
                ),
                (
                    antes + paso,
                    "el signo es el contrario: se resta, para bajar la "
                    "pérdida.",
                ),
                (antes - gradientes, "falta multiplicar por la tasa."),
                (
                    antes - 0.1 * gradientes,
                    "usas siempre 0.1: la tasa es la que recibe la función.",
                ),
                (
                    torch.cat([bien[:primero], antes[primero:]]),
                    "solo se movió el primero: el bucle se corta antes.",
                ),
                (
                    paso,
                    "el parámetro quedó igual a su paso: hay que restárselo.",
                ),
                (
                    antes - tasa * antes,
                    "restaste una parte del parámetro; es de su gradiente, "
                    "`p.grad`.",
                ),
                (
                    antes - gradientes / tasa,
                    "la tasa multiplica, no divide.",
                ),
            ],
            f"de {muestra(antes[:3])} con gradientes "
            f"{muestra(gradientes[:3])} y tasa {tasa} se llegó a "
            f"{muestra(despues[:3])}.",
        )
        pide(
            all(p.requires_grad for p in parametros),
            "los parámetros dejaron de pedir gradiente: no se podría dar "
            "otro paso.",
        )
        quedan = [p.grad for p in parametros if p.grad is not None]
        pide(
            not quedan
            or igual(torch.cat([g.flatten() for g in quedan]), gradientes),
            "cambiaste los gradientes: aquí solo se mueven los parámetros.",
        )
    return "Eso es todo lo que hace `SGD.step()`."


@ejercicio("2.3c")
def sin_limpiar(una, tres):
    """Predice: sin limpiar"""
    compara(
        numero(una),
        6.0,
        [
            (9.0, "tras la primera vuelta: eso es la pérdida, w²."),
            (
                3.0,
                "tras la primera vuelta: eso es w; la derivada de w² es 2w.",
            ),
            (
                0.0,
                "tras la primera vuelta: `backward()` ya dejó su gradiente.",
            ),
        ],
        "tras la primera vuelta: la derivada de w² es 2w, con w = 3.",
    )
    compara(
        numero(tres),
        18.0,
        [
            (
                6.0,
                "tras la tercera: nadie limpió, y `backward()` suma al "
                "gradiente que ya estaba.",
            ),
            (12.0, "tras la tercera: cuenta las tres vueltas."),
            (
                216.0,
                "tras la tercera: los gradientes se suman, no se multiplican.",
            ),
            (
                27.0,
                "tras la tercera: se suman los gradientes, no las pérdidas.",
            ),
        ],
        "tras la tercera: cada `backward()` suma otro 2w.",
    )
    return "Tres vueltas sin limpiar: 6, 12 y 18. Por eso el paso 3."


@ejercicio("2.4a")
def mejor_epoca(funcion):
    """Leer dos curvas"""
    for n in (7, 12, 5):
        fondo = n // 2
        perd_train = torch.linspace(0.9, 0.1, n).tolist()
        subida = (torch.arange(n) - fondo).abs() * 0.05
        perd_val = (0.4 + subida + 0.03 * torch.rand(n)).tolist()
        perd_val[0] = 1.1
        mejor = perd_val.index(min(perd_val))
        epoca = numero(llama(funcion, perd_train, perd_val))
        pide(
            epoca.is_integer(),
            "eso es una pérdida; se pide el número de su época.",
        )
        pide(
            0 <= epoca < n,
            f"son {n} épocas contadas desde 0: de la 0 a la {n - 1}.",
        )
        compara(
            epoca,
            mejor,
            [
                (
                    n - 1,
                    "en la última la pérdida de entrenamiento es la menor, "
                    "pero la de validación ya subió: memoriza.",
                ),
                (
                    mejor + 1,
                    "parece que cuentas desde 1; la primera época es la 0.",
                ),
                (0, "la 0 es la peor de las dos curvas; busca la menor."),
                (
                    3,
                    "siempre dices la misma: mírala en las listas que "
                    "recibe la función.",
                ),
            ],
            "busca dónde es menor la pérdida de validación.",
        )
    return "Después, la de validación sube mientras la otra baja: sobreajuste."


_OTROS_DATOS = {
    "must match": "los puntos son otros: usa la `y` y la `X` que recibe la "
    "función, no las del cuaderno"
}


def _pide_que_use_sus_argumentos(modelo, x):
    pide(
        modelo.entradas,
        "no usa el `modelo` que recibe: ¿llamas a uno del cuaderno?",
    )
    vistos = torch.cat([x.detach().reshape(-1, 1) for x in modelo.entradas])
    pide(
        igual(vistos.unique(), x.unique()),
        "no usa la `X` que recibe, entera: ¿pones datos del cuaderno?",
    )


@ejercicio("2.4b")
def examina(funcion):
    """Medir sin aprender"""
    for n in (6, 9):
        modelo, x = RectaEspia(), torch.rand(n, 1)
        y = 2 * x + 1 + 0.2 * torch.randn(n, 1)
        antes = [p.detach().clone() for p in modelo.parameters()]
        obtenido = llama(funcion, modelo, x, y, curas=_OTROS_DATOS)
        _pide_que_use_sus_argumentos(modelo, x)
        pide(
            not any(modelo.modos),
            "el modelo seguía en modo de entrenamiento al predecir: falta "
            "`modelo.eval()`, con paréntesis y antes.",
        )
        pide(
            not any(modelo.sigue),
            "se siguieron los gradientes: predice dentro de "
            "`with torch.inference_mode()`.",
        )
        pide(
            all(map(igual, modelo.parameters(), antes)),
            "el modelo cambió: al medir no se mueve ningún parámetro.",
        )
        resta = 0.3 * x + 0.1 - y
        compara(
            obtenido,
            resta.abs().mean(),
            [
                ((resta**2).mean(), "ese es el MSE; se pide el MAE."),
                (
                    resta.abs().sum(),
                    "sumaste los errores; falta promediarlos.",
                ),
                (resta.mean(), "falta el valor absoluto de cada error."),
                (
                    0.3 * x + 0.1,
                    "son las predicciones; falta compararlas con `y`.",
                ),
                (
                    resta.abs().sum() / 6,
                    "siempre divides entre 6: usa cuántos puntos hay.",
                ),
            ],
        )
        pide(
            not torch.is_tensor(obtenido),
            "el valor es correcto, pero es un tensor: se pide un número de "
            "Python, `.item()`.",
        )
    return "Modo de evaluación, sin gradientes y un número: medir no cambia."


@ejercicio("2.4c")
def ordena(respuesta):
    """Ordena los cinco pasos"""
    pide(
        isinstance(respuesta, (str, list, tuple)),
        'escribe las cinco letras en orden, como "abcde".',
    )
    letras = re.findall(r"[a-z]", "".join(map(str, respuesta)).lower())
    pide(
        sorted(letras) == list("abcde"),
        "van las cinco letras, de la a a la e, cada una una vez.",
    )
    mover, comparar, limpiar, predecir, derivar = map(letras.index, "abcde")
    pide(
        predecir < comparar,
        "no se puede comparar antes de tener qué: d va antes de b.",
    )
    pide(
        comparar < derivar,
        "no hay pérdida que derivar hasta que se compara: b va antes de e.",
    )
    pide(
        derivar < mover,
        "se mueve con el gradiente de esta vuelta, y ese lo deja `backward`: "
        "e va antes de a.",
    )
    pide(
        not derivar < limpiar < mover,
        "limpiar entre derivar y mover borra el gradiente recién calculado: "
        "el modelo no se movería.",
    )
    return "Predecir, comparar, limpiar, derivar, mover."


def _recta_del_modelo(modelo):
    """El volumen y el sesgo de un modelo entrenado."""
    suyo = next(iter(modelo.parameters()), torch.zeros(1))
    x = torch.tensor([[0.0], [1.0], [0.3]]).to(suyo)
    with torch.no_grad():
        salida = llama(modelo, x)
    pide_tensor(salida, (3, 1))
    sesgo = salida[0].item()
    volumen = salida[1].item() - sesgo
    pide(
        igual(salida[2], sesgo + 0.3 * volumen, tol=1e-3)
        or not salida.isfinite().all(),
        "lo que predice no es una recta: se pide un `nn.Linear(1, 1)`.",
    )
    return volumen, sesgo


@ejercicio("2.5a")
def otra_recta(modelo):
    """Entrenar hasta llegar"""
    volumen, sesgo = -1.5, 4.0
    pide(
        not torch.is_tensor(modelo),
        "es un tensor: `ajusta` devuelve el camino; se pide el modelo.",
    )
    pide(
        isinstance(modelo, nn.Module),
        f"es de tipo {type(modelo).__name__} y se pide el modelo entrenado.",
    )
    sale_volumen, sale_sesgo = _recta_del_modelo(modelo)
    donde = f"volumen {sale_volumen:.3f} y sesgo {sale_sesgo:.3f}"
    pide(
        abs(sale_volumen) < 1e3 and abs(sale_sesgo) < 1e3,  # ni nan ni inf
        f"el entrenamiento divergió ({donde}): baja la tasa.",
    )
    pide(
        abs(sale_volumen - 0.8) > 0.05 or abs(sale_sesgo - 0.2) > 0.05,
        f"{donde}: es la recta de antes. Pasa `y=y_nueva` a `ajusta`.",
    )
    lejos = max(abs(sale_volumen - volumen), abs(sale_sesgo - sesgo))
    pide(
        lejos < 0.3,
        f"{donde}, y debían ser -1.5 y 4: está lejos. ¿Pasaste "
        "`y=y_nueva` a `ajusta`? Si es así, faltan épocas o pasos más largos.",
    )
    pide(
        lejos < 0.01,
        f"{donde}: está cerca. Faltan épocas o, si va y viene, una tasa que "
        "baje u otra pérdida.",
    )
    return f"Llegó: {donde}."


def _pide_cinco_pasos(eventos, gradientes, epocas):
    """Los puntos están sobre la recta: el gradiente del sesgo es -1."""
    pide(
        "comparar" in eventos,
        "no usa la `fn` que recibe: falta el paso 2, comparar.",
    )
    pide(
        "derivar" in eventos,
        "falta el paso 4, derivar: `perdida.backward()`, con paréntesis.",
    )
    pide(
        gradientes,
        "falta el paso 5, mover: `optimizador.step()`, con paréntesis.",
    )
    pasos = f"con epocas = {epocas} dio {len(gradientes)} pasos: "
    pide(
        len(gradientes) >= epocas,
        f"{pasos}algo corta el bucle (¿un `return` dentro?).",
    )
    pide(
        len(gradientes) == epocas,
        f"{pasos}el número de vueltas es el argumento `epocas`.",
    )
    if gradientes[0] == 0:
        ultimo = [e for e in eventos if e in ("limpiar", "derivar")][-1]
        pide(
            ultimo == "derivar",
            "limpiar va antes de derivar: después, `zero_grad()` borra el "
            "gradiente nuevo y `step()` no mueve nada.",
        )
        raise Pista(
            "mover va después de derivar: el primer `step()` aún no tiene "
            "gradiente."
        )
    pide(
        igual(gradientes, [gradientes[0]] * epocas),
        "falta el paso 3, limpiar, en cada época: sin `zero_grad()` los "
        "gradientes se suman.",
    )


def _perdidas_de_verdad(modelo, x, y, tasa, epocas):
    """Lo que debe salir: una pérdida por época y otra al acabar."""
    optimizador = torch.optim.SGD(modelo.parameters(), lr=tasa)
    perdidas = []
    for _ in range(epocas + 1):
        perdida = (modelo(x) - y).abs().mean()
        optimizador.zero_grad()
        perdida.backward()
        optimizador.step()
        perdidas.append(perdida.item())
    return perdidas


@ejercicio("2.5b")
def entrena(funcion):
    """Reto: los cinco pasos"""
    curas = _OTROS_DATOS | {
        "fn() missing": "la pérdida compara dos cosas: `fn(modelo(X), y)`"
    }
    for n, tasa, epocas in ((6, 0.1, 7), (11, 0.02, 3)):
        x = torch.rand(n, 1)
        y, modelo = 2 * x + 1, RectaEspia()
        optimizador = SGDEspia(modelo, tasa)
        datos = (modelo, optimizador, perdida_espia(modelo), x, y, epocas)
        devuelto = llama(funcion, *datos, devuelve=False, curas=curas)
        _pide_que_use_sus_argumentos(modelo, x)
        _pide_cinco_pasos(modelo.eventos, optimizador.gradientes, epocas)
        pide(devuelto is not None, "da los pasos, pero falta `return`.")
        pide(
            isinstance(devuelto, (list, tuple)),
            f"devuelve algo de tipo {type(devuelto).__name__} y se pide la "
            "lista de pérdidas.",
        )
        pide(
            len(devuelto) == epocas,
            f"con epocas = {epocas} la lista tiene {len(devuelto)} pérdidas: "
            "anota una por época.",
        )
        pide(
            not any(torch.is_tensor(p) for p in devuelto),
            "la lista guarda tensores, y con ellos el cálculo de cada época: "
            "`.item()`.",
        )
        buenas = _perdidas_de_verdad(RectaEspia(), x, y, tasa, epocas)
        pide(  # medida antes o después de mover
            igual(devuelto, buenas[:-1]) or igual(devuelto, buenas[1:]),
            f"las pérdidas no son las de cada época: {muestra(devuelto)}.",
        )
    return "Predecir, comparar, limpiar, derivar, mover."


# Los ocho de la clínica van después de los de las secciones.
from ejercicios import clinica  # noqa: E402, F401
