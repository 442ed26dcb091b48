"""Los ejercicios del capítulo 2. La receta está en `__init__.py`."""

import torch
from torch import nn

from ejercicios.piezas import (
    Pista,
    compara,
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


@ejercicio("2.1a")
def recta(funcion):
    """Datos de otra recta"""
    volumen, sesgo, n = -1.5, 4.0, 50
    pareja = llama(funcion, volumen, sesgo, n)
    _pide_tupla(pareja, 2, "dos tensores, `X` e `y`")
    x, y = pareja
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
        cuando = f"con n = {n}, en `{nombre}` "
        if forma(t) in ((1,), (1, 1)):
            raise Pista(
                "sale un solo punto: el tercer argumento de `arange` es el "
                "paso; para decir cuántos puntos está `linspace`."
            )
        pide_tensor(t, (n, 1), pistas, cuando)
    bien = torch.linspace(0, 10, n).unsqueeze(dim=1)
    indice = torch.arange(n).unsqueeze(dim=1)
    pide(not igual(y, bien), "se devuelve primero `X` y después `y`.")
    compara(
        x,
        bien,
        {
            "`X` va de 0 a 1 y se pide de 0 a 10.": bien / 10,
            "`X` no llega a 10: `arange` no incluye el final.": indice
            * 10
            / n,
            f"`X` va de 0 a {n - 1}; repártela de 0 a 10.": indice,
        },
        "los valores de `X` no están repartidos por igual entre 0 y 10, con "
        "los dos incluidos.",
    )
    compara(
        y,
        volumen * x + sesgo,
        {
            "intercambiaste `volumen` y `sesgo`.": sesgo * x + volumen,
            "falta sumar el sesgo.": volumen * x,
            "sobra un paréntesis en la recta.": volumen * (x + sesgo),
            "usaste el 0.8 y el 0.2 del cuaderno, no los parámetros que "
            "recibe la función.": 0.8 * x + 0.2,
        },
        "`y` no es `volumen * X + sesgo`.",
    )
    pide(x.dtype == torch.float32, f"`X` es {x.dtype} y se pide float32.")
    return "Muestras en las filas, características en las columnas."


@ejercicio("2.1b")
def separa(funcion):
    """Separar y mezclar"""
    x = torch.arange(40.0).unsqueeze(dim=1)
    partes = llama(funcion, x, 100 - 2 * x)
    parejas = "dos parejas, `(X_train, y_train)` y `(X_test, y_test)`"
    _pide_tupla(partes, 2, parejas)
    for pareja in partes:
        _pide_tupla(pareja, 2, parejas)
    (x_train, y_train), (x_test, y_test) = partes
    for t in (x_train, y_train, x_test, y_test):
        pide_tensor(t)
    largos = tuple(map(len, (x_train, y_train, x_test, y_test)))
    pistas = {
        (30, 10, 30, 10): "en cada pareja hay 30 y 10 puntos: "
        "`train_test_split` devuelve X_train, X_test, y_train, y_test, en ese "
        "orden.",
        (10, 10, 30, 30): "la parte grande es la de entrenamiento: 75 % para "
        "entrenar y 25 % para la prueba.",
        (28, 28, 12, 12): "separaste el 30 % y se pide el 25 %.",
        (32, 32, 8, 8): "separaste el 20 % y se pide el 25 %.",
    }
    general = f"de 40 puntos salen {largos} y se pide (30, 30, 10, 10)."
    pide(largos == (30, 30, 10, 10), pistas.get(largos, general))
    pide(
        igual(y_train, 100 - 2 * x_train) and igual(y_test, 100 - 2 * x_test),
        "cada `x` perdió su `y`: separa X e y en la misma llamada, o con los "
        "mismos índices.",
    )
    pide(
        igual(torch.cat([x_train, x_test]).sort(dim=0).values, x),
        "hay puntos repetidos, o puntos que se perdieron: cada uno va a un "
        "solo conjunto.",
    )
    pide(
        not any(igual(x_test, corte) for corte in (x[30:], x[:10])),
        "la prueba es un extremo de los datos: falta mezclar antes de cortar.",
    )
    return "Mezclados, sin repetir, y cada x con su y."


@ejercicio("2.2")
def parabola(clase):
    """Un modelo con tres parámetros"""
    modelo, otro = crea(clase), crea(clase)
    x = torch.tensor([[0.0], [1.0], [-1.0], [2.0], [-2.0], [3.0]])
    salida = llama(modelo, x)
    pide_tensor(salida, (6, 1))
    parametros = list(modelo.parameters())
    cuantos = sum(p.numel() for p in parametros)
    pide(
        cuantos > 0,
        "`state_dict()` está vacío: un tensor común no es un parámetro. "
        "Envuélvelo en `nn.Parameter` y guárdalo en `self`.",
    )
    pide(
        not igual(salida, llama(otro, x)),
        "dos modelos nuevos son iguales: los parámetros nacen al azar, con "
        "`torch.randn(1)`.",
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
        "sale una recta: falta el término con `x**2` (`x * 2` es el doble, "
        "no el cuadrado).",
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
    pide(
        salida.requires_grad,
        "la salida no sigue el gradiente: sobra `.detach()`, `.item()` o "
        "`.data`, y no se podría entrenar.",
    )
    return "Tres `nn.Parameter` y un `forward`: ya se puede entrenar."


@ejercicio("2.3a")
def mse(funcion):
    """El error cuadrático medio"""
    y = torch.randn(9, 1)
    y_predc = torch.randn(9, 1, requires_grad=True)
    obtenido = llama(funcion, y_predc, y)
    resta = (y_predc - y).detach()
    compara(
        obtenido,
        (resta**2).mean(),
        {
            "hay un error por punto: falta promediar.": resta**2,
            "sumaste los cuadrados; falta dividir: `mean`.": (resta**2).sum(),
            "ese es el MAE, con valor absoluto; el MSE eleva al "
            "cuadrado.": resta.abs().mean(),
            "sobra la raíz: esa es la raíz del MSE.": (resta**2).mean().sqrt(),
            "primero el cuadrado de cada error y después la media; al "
            "revés, los signos se cancelan.": resta.mean() ** 2,
            "falta el cuadrado: los signos se cancelan.": resta.mean(),
            "`* 2` es el doble; el cuadrado es `** 2`.": (resta * 2).mean(),
            "sobra el 1/2: la media, sin más.": (resta**2).mean() / 2,
        },
    )
    pide(
        torch.is_tensor(obtenido) and obtenido.requires_grad,
        "el valor es correcto, pero perdió el gradiente y `backward()` no "
        "podría usarlo: devuelve el tensor, sin `.item()`.",
    )
    return "Y como es un tensor con gradiente, sirve para entrenar."


@ejercicio("2.3b")
def mueve(funcion):
    """El paso 5, a mano"""
    tasa = 0.1
    parametros = [nn.Parameter(torch.tensor([v])) for v in (1.0, -2.0, 0.5)]
    gradientes = torch.tensor([3.0, -1.0, 0.5])
    for p, g in zip(parametros, gradientes, strict=True):
        p.grad = g.reshape(1).clone()
    antes = torch.cat(parametros).detach()
    curas = {"'list'": "`parametros` es una lista: recórrela, de uno en uno"}
    llama(funcion, parametros, tasa, devuelve=False, curas=curas)
    despues = torch.cat(parametros).detach()
    paso = tasa * gradientes
    bien = antes - paso
    solo_uno = torch.cat([bien[:1], antes[1:]])
    compara(
        despues,
        bien,
        {
            "los parámetros no cambiaron: `p = p - …` crea otro tensor y "
            "no toca el modelo. Cámbialo en su sitio, con `-=`.": antes,
            "el signo es el contrario: se resta, para bajar la pérdida.": antes
            + paso,
            "falta multiplicar por la tasa.": antes - gradientes,
            "solo se movió el primero: el bucle se corta antes.": solo_uno,
            "el parámetro quedó igual a su paso: hay que restárselo.": paso,
            "restaste una parte del parámetro; es de su gradiente, "
            "`p.grad`.": antes - tasa * antes,
            "la tasa multiplica, no divide.": antes - gradientes / tasa,
        },
        f"de {muestra(antes)} con gradientes {muestra(gradientes)} y tasa 0.1 "
        f"se llegó a {muestra(despues)}.",
    )
    pide(
        all(p.requires_grad for p in parametros),
        "los parámetros dejaron de pedir gradiente: no se podría dar otro "
        "paso.",
    )
    return "Eso es todo lo que hace `SGD.step()`."


@ejercicio("2.4a")
def mejor_epoca(respuesta):
    """Leer dos curvas"""
    epoca = numero(respuesta)
    pide(
        epoca.is_integer(),
        "eso es una pérdida; se pide el número de su época.",
    )
    pide(
        0 <= epoca <= 6,
        "son siete épocas contadas desde 0: de la 0 a la 6.",
    )
    compara(
        epoca,
        3,
        {
            "en la 6 la pérdida de entrenamiento es la menor, pero la de "
            "prueba ya subió: memoriza.": 6,
            "parece que cuentas desde 1; la primera época es la 0.": 4,
            "la 0 es la peor de las dos curvas; busca la menor.": 0,
        },
        "busca dónde es menor la pérdida de prueba.",
    )
    return "Después, la de prueba sube mientras la otra baja: sobreajuste."


class _Espia(nn.Module):
    """Una recta que anota cómo la llaman."""

    def __init__(self):
        super().__init__()
        self.volumen = nn.Parameter(torch.tensor([0.3]))
        self.sesgo = nn.Parameter(torch.tensor([0.1]))
        self.eventos = []
        self.entradas, self.modos, self.sigue = [], [], []

    def zero_grad(self, set_to_none=True):
        self.eventos.append("limpiar")
        super().zero_grad(set_to_none)

    def forward(self, x):
        self.eventos.append("predecir")
        self.entradas.append(x)
        self.modos.append(self.training)
        self.sigue.append(torch.is_grad_enabled())
        return self.volumen * x + self.sesgo


_PUNTOS = torch.linspace(0, 1, 6).unsqueeze(dim=1)
_OTROS_DATOS = {
    "must match": "se pasan 6 puntos: usa la `y` y la `X` que recibe la "
    "función, no las del cuaderno"
}


def _pide_que_use_sus_argumentos(modelo):
    pide(
        modelo.entradas,
        "no usa el `modelo` que recibe: ¿llamas a uno del cuaderno?",
    )
    pide(
        all(igual(x, _PUNTOS) for x in modelo.entradas),
        "no usa la `X` que recibe: ¿pones datos del cuaderno?",
    )


@ejercicio("2.4b")
def examina(funcion):
    """Medir sin aprender"""
    modelo = _Espia()
    y = 2 * _PUNTOS + 1
    obtenido = llama(funcion, modelo, _PUNTOS, y, curas=_OTROS_DATOS)
    _pide_que_use_sus_argumentos(modelo)
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
    resta = 0.3 * _PUNTOS + 0.1 - y
    compara(
        obtenido,
        resta.abs().mean(),
        {
            "ese es el MSE; se pide el MAE.": (resta**2).mean(),
            "sumaste los errores; falta promediarlos.": resta.abs().sum(),
            "falta el valor absoluto de cada error.": resta.mean(),
            "son las predicciones; falta compararlas con `y`.": 0.3 * _PUNTOS
            + 0.1,
        },
    )
    pide(
        not torch.is_tensor(obtenido),
        "el valor es correcto, pero es un tensor: se pide un número de "
        "Python, `.item()`.",
    )
    return "Modo de evaluación, sin gradientes y un número: medir no cambia."


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
    dispositivo = next((p.device for p in modelo.parameters()), None)
    x = torch.tensor([[0.0], [1.0]], device=dispositivo)
    with torch.no_grad():
        salida = llama(modelo, x)
    pide_tensor(salida, (2, 1))
    sale_sesgo = salida[0].item()
    sale_volumen = salida[1].item() - sale_sesgo
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


class _SGDEspia(torch.optim.SGD):
    """Un SGD que anota sus pasos y el gradiente con que los da."""

    def __init__(self, modelo, lr):
        super().__init__(modelo.parameters(), lr=lr)
        self.modelo, self.gradientes = modelo, []

    def zero_grad(self, set_to_none=True):
        self.modelo.eventos.append("limpiar")
        super().zero_grad(set_to_none)

    def step(self, closure=None):
        grad = self.modelo.sesgo.grad
        self.gradientes.append(0.0 if grad is None else grad.item())
        return super().step(closure)


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


@ejercicio("2.5b")
def entrena(funcion):
    """Reto: los cinco pasos"""
    y, tasa, epocas = 2 * _PUNTOS + 1, 0.1, 7
    modelo, mae = _Espia(), nn.L1Loss()
    optimizador = _SGDEspia(modelo, tasa)

    def fn(y_predc, y):
        modelo.eventos.append("comparar")
        perdida = mae(y_predc, y)
        if perdida.requires_grad:
            perdida.register_hook(lambda _: modelo.eventos.append("derivar"))
        return perdida

    fn.__qualname__ = "fn"  # así la nombran los mensajes de error
    datos = (modelo, optimizador, fn, _PUNTOS, y, epocas)
    curas = _OTROS_DATOS | {
        "fn() missing": "la pérdida compara dos cosas: `fn(modelo(X), y)`"
    }
    devuelto = llama(funcion, *datos, devuelve=False, curas=curas)
    _pide_que_use_sus_argumentos(modelo)
    _pide_cinco_pasos(modelo.eventos, optimizador.gradientes, epocas)
    pide(devuelto is not None, "da los pasos, pero falta `return`.")
    pide(
        isinstance(devuelto, (list, tuple)),
        f"devuelve algo de tipo {type(devuelto).__name__} y se pide la lista "
        "de pérdidas.",
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
    pasos = torch.arange(epocas + 1) * tasa
    rectas = (0.3 + 0.5 * pasos) * _PUNTOS + 0.1 + pasos
    perdidas = (rectas - y).abs().mean(dim=0)
    pide(  # medida antes o después de mover
        igual(devuelto, perdidas[:-1]) or igual(devuelto, perdidas[1:]),
        f"las pérdidas no son las de cada época: {muestra(devuelto)}.",
    )
    return "Predecir, comparar, limpiar, derivar, mover."
