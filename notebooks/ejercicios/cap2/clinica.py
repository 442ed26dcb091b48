"""La clínica de errores del capítulo 2: ocho celdas rotas que corregir.

Cada respuesta tiene dos partes: de qué clase es el error y la función ya
corregida.
"""

import numpy as np
import torch
from torch import nn

from ejercicios.conducta import operaciones
from ejercicios.espias import RectaEspia, SGDEspia, perdida_espia
from ejercicios.piezas import (
    compara,
    compara_gradiente,
    ejercicio,
    forma,
    igual,
    llama,
    muestra,
    pide,
    pide_tensor,
)

CLASES = ("forma", "tipo", "dispositivo", "gradiente", "optimizador")


def _pide_clase(dicha, buenas, por_que):
    """La clase de error, en una palabra."""
    pide(
        isinstance(dicha, str),
        "di primero de qué clase es: una de las cinco palabras, entre "
        "comillas.",
    )
    palabra = dicha.strip().lower()
    pide(
        palabra in CLASES,
        f"«{palabra[:20]}» no es una de las cinco clases: "
        f"{', '.join(CLASES)}.",
    )
    pide(palabra in buenas, f"no es un error de {palabra}: {por_que}")


@ejercicio("2.c1")
def de_numpy(clase, funcion):
    """Datos que llegan de NumPy"""
    _pide_clase(
        clase,
        ["tipo"],
        "lee el mensaje: dice Double y Float.",
    )
    for n, entradas in ((5, 1), (4, 3)):
        capa, datos = nn.Linear(entradas, 2), np.random.randn(n, entradas)
        salida = llama(funcion, capa, datos)
        pide(
            capa.weight.dtype == torch.float32,
            "cambiaste la capa entera a otro tipo; convierte los datos, que "
            "es más barato.",
        )
        pide_tensor(salida, (n, 2))
        bien = capa(torch.from_numpy(datos).float())
        compara(
            salida,
            bien,
            [
                (
                    capa(torch.from_numpy(datos).long().float()),
                    "al pasar por enteros pierdes los decimales: `.float()`.",
                )
            ],
            "corre, y los números no son los de la capa con esos datos.",
        )
        compara_gradiente(
            salida,
            bien,
            capa.weight,
            pista="los números son correctos, pero se perdió el gradiente: "
            "la capa no se podría entrenar.",
        )
    return "NumPy nace en float64 y las capas en float32: `.float()`."


@ejercicio("2.c2")
def sin_parejas(clase, funcion):
    """La pérdida que compara todo"""
    _pide_clase(
        clase,
        ["forma"],
        "no hay excepción, y la pérdida de un modelo perfecto no es 0. "
        "Imprime `(modelo(X) - y).shape`.",
    )
    for n in (28, 5):
        modelo, x = RectaEspia(), torch.rand(n, 1)
        y = torch.rand(n)
        obtenido = llama(funcion, modelo, x, y)
        bien = (modelo(x).squeeze(1) - y).abs().mean()
        compara(
            obtenido,
            bien,
            [
                (
                    (modelo(x) - y).abs().mean(),
                    f"({n}, 1) menos ({n},) da ({n}, {n}): siguen restándose "
                    "todas las parejas.",
                ),
                (
                    (modelo(x).squeeze(1) - y).abs().sum(),
                    "sumaste; falta promediar.",
                ),
                (
                    ((modelo(x).squeeze(1) - y) ** 2).mean(),
                    "la pérdida era el MAE; solo hay que corregir la forma.",
                ),
            ],
            f"salió {muestra(obtenido)}: se esperaba el MAE de {n} errores.",
        )
        compara_gradiente(
            obtenido,
            bien,
            modelo.volumen,
            modelo.sesgo,
            pista="el valor es correcto, pero se perdió el gradiente: sin "
            "`.item()` ni `.detach()`.",
        )
    return "Antes de comparar, la misma forma: (n,) con (n,)."


def _prueba(funcion, n, tasa, epocas, curas=None):
    """Entrena con los espías; devuelve el modelo, el optimizador y el
    camino que debían seguir sus parámetros."""
    x = torch.rand(n, 1)
    y, modelo, gemelo = 2 * x + 1, RectaEspia(), RectaEspia()
    optimizador = SGDEspia(modelo, tasa)
    fn = perdida_espia(modelo)
    llama(
        funcion,
        modelo,
        optimizador,
        fn,
        x,
        y,
        epocas,
        devuelve=False,
        curas=curas,
    )
    de_verdad = torch.optim.SGD(gemelo.parameters(), lr=tasa)
    for _ in range(epocas):
        de_verdad.zero_grad()
        (gemelo(x) - y).abs().mean().backward()
        de_verdad.step()
    return modelo, optimizador, gemelo


def _pide_pasos(modelo, optimizador, epocas):
    pide(
        "derivar" in modelo.eventos,
        "ya no se deriva: hace falta `perdida.backward()`.",
    )
    pide(
        optimizador.gradientes,
        "el modelo no se mueve: ¿quién da el paso 5?",
    )
    dados = len(optimizador.gradientes)
    pide(
        dados == epocas,
        f"con epocas = {epocas} se "
        f"{'dio 1 paso' if dados == 1 else f'dieron {dados} pasos'}: va uno "
        "por vuelta.",
    )


def _pide_mismos_parametros(modelo, gemelo, pista):
    pide(all(map(igual, modelo.parameters(), gemelo.parameters())), pista)


@ejercicio("2.c3")
def nadie_mueve(clase, funcion):
    """La pérdida que no baja"""
    _pide_clase(
        clase,
        ["optimizador"],
        "no hay excepción y los gradientes son correctos, pero los "
        "parámetros no cambian.",
    )
    for n, tasa, epocas in ((6, 0.1, 5), (9, 0.02, 2)):
        modelo, optimizador, gemelo = _prueba(funcion, n, tasa, epocas)
        _pide_pasos(modelo, optimizador, epocas)
        _pide_mismos_parametros(
            modelo,
            gemelo,
            "se mueve, pero no como debe: predecir, comparar, limpiar, "
            "derivar y, al final, mover.",
        )
    return "Sin `step()` se calcula hacia dónde ir, y nadie va."


@ejercicio("2.c4")
def el_de_otro(clase, funcion):
    """El optimizador de otro modelo"""
    _pide_clase(
        clase,
        ["optimizador"],
        "la copia predice y se deriva bien; mira de quién son los parámetros "
        "que se mueven.",
    )
    for n, epocas in ((6, 5), (9, 2)):
        modelo, x = RectaEspia(0.5, -0.5), torch.rand(n, 1)
        y = 2 * x + 1
        copia = llama(funcion, modelo, x, y, epocas)
        pide(
            isinstance(copia, nn.Module) and copia is not modelo,
            "debe devolver la copia entrenada, y no el modelo que recibe.",
        )
        pide(
            igual(modelo.volumen, 0.5) and igual(modelo.sesgo, -0.5),
            "el modelo original cambió: debía quedar como estaba y moverse "
            "la copia.",
        )
        pide(
            not igual(copia.volumen, 0.5) or not igual(copia.sesgo, -0.5),
            "la copia no se movió: el optimizador sigue con los parámetros "
            "de otro.",
        )
        gemelo = RectaEspia(0.5, -0.5)
        de_verdad = torch.optim.SGD(gemelo.parameters(), lr=0.1)
        for _ in range(epocas):
            de_verdad.zero_grad()
            (gemelo(x) - y).abs().mean().backward()
            de_verdad.step()
        _pide_mismos_parametros(
            copia,
            gemelo,
            "la copia se mueve, pero no llega a donde debe: cambia solo de "
            "quién son los parámetros.",
        )
    return "Primero el modelo y después su optimizador, con sus parámetros."


@ejercicio("2.c5")
def perdida_muda(clase, funcion):
    """La pérdida que no se deriva"""
    _pide_clase(
        clase,
        ["gradiente"],
        "el mensaje dice «does not require grad»: se perdió el cálculo que "
        "había que derivar.",
    )
    curas = {
        "does not have a grad_fn": "la pérdida nació donde no se anota nada; "
        "sácala de `inference_mode`",
        "on inference tensor": "pedir gradiente a la pérdida no le devuelve "
        "el grafo: predice fuera de `inference_mode`",
    }
    for n, tasa, epocas in ((6, 0.1, 4), (9, 0.02, 2)):
        modelo, optimizador, gemelo = _prueba(funcion, n, tasa, epocas, curas)
        pide(
            any(modelo.sigue),
            "ya no hay error, y se sigue prediciendo sin anotar el cálculo: "
            "con `requires_grad = True` en la pérdida, ningún gradiente llega "
            "al modelo. Predice fuera del `with`.",
        )
        _pide_pasos(modelo, optimizador, epocas)
        _pide_mismos_parametros(
            modelo,
            gemelo,
            "ya no hay error, pero los parámetros no acaban donde deben: "
            "quita solo lo que apaga los gradientes.",
        )
    return "`inference_mode` es para medir; para entrenar, se predice fuera."


@ejercicio("2.c6")
def dos_veces(clase, funcion):
    """El grafo usado dos veces"""
    _pide_clase(
        clase,
        ["gradiente"],
        "el mensaje dice «backward through the graph a second time».",
    )
    curas = {
        "a second time": "la pérdida se calcula en cada vuelta, dentro del "
        "bucle"
    }
    for n, tasa, epocas in ((6, 0.1, 4), (9, 0.02, 2)):
        modelo, optimizador, gemelo = _prueba(funcion, n, tasa, epocas, curas)
        _pide_pasos(modelo, optimizador, epocas)
        pide(
            modelo.eventos.count("predecir") >= epocas,
            "`retain_graph` calla el error y deriva siempre la primera "
            "predicción: hay que volver a predecir en cada vuelta.",
        )
        _pide_mismos_parametros(
            modelo,
            gemelo,
            "ya no hay error, pero los parámetros no acaban donde deben.",
        )
    return "`backward()` gasta el grafo: cada vuelta construye el suyo."


@ejercicio("2.c7")
def acumula(clase, funcion):
    """Los pasos que se alargan"""
    _pide_clase(
        clase,
        ["optimizador", "gradiente"],
        "no hay excepción: los pasos son cada vez más largos. ¿Qué guarda "
        "`.grad` de la vuelta anterior?",
    )
    for n, tasa, epocas in ((6, 0.05, 5), (9, 0.02, 3)):
        modelo, optimizador, gemelo = _prueba(funcion, n, tasa, epocas)
        _pide_pasos(modelo, optimizador, epocas)
        pide(
            any(optimizador.gradientes),
            "ahora no se mueve: limpias entre derivar y mover, y borras el "
            "gradiente recién calculado.",
        )
        pide(
            igual(
                optimizador.gradientes, [optimizador.gradientes[0]] * epocas
            ),
            "los gradientes se siguen sumando de una vuelta a otra: hay que "
            "limpiar en cada una.",
        )
        _pide_mismos_parametros(
            modelo,
            gemelo,
            "limpias, pero los parámetros no acaban donde deben: cambia solo "
            "eso.",
        )
    return "`backward()` suma: sin limpiar, cada paso arrastra los de antes."


def _con_azar(pedidas):
    """Si alguna de esas operaciones toma números al azar."""
    return any("rand" in nombre or "normal" in nombre for nombre in pedidas)


@ejercicio("2.c8")
def en_otro_sitio(clase, funcion):
    """El tensor que nació en la CPU"""
    _pide_clase(
        clase,
        ["dispositivo"],
        "en la CPU funciona y en una GPU no: mira dónde nace `ruido`.",
    )
    curas = {
        "out of meta": "no traigas `x` a la CPU: haz que el ruido nazca "
        "donde está `x`"
    }
    for tamano in ((200, 1), (20, 30)):
        lejos = torch.zeros(tamano, device="meta")
        with operaciones() as alla:
            salida = llama(funcion, lejos, curas=curas)
        pide(
            torch.is_tensor(salida) and salida.is_meta,
            "con `x` en otro dispositivo, el resultado no queda ahí.",
        )
        x = torch.zeros(tamano)
        with operaciones() as aqui:
            salida = llama(funcion, x)
        pide(
            _con_azar(alla) or not _con_azar(aqui),
            "con `x` en otro dispositivo ya no hay ruido: no preguntes dónde "
            "está; créalo donde esté.",
        )
        pide_tensor(salida, tamano)
        pide(
            not igual(salida, x),
            "ya no agrega ruido: devuelve lo que recibe.",
        )
        lejos_de_0_1 = abs(salida.std().item() - 0.1)
        pide(
            lejos_de_0_1 < 0.03,
            f"el ruido era de desviación 0.1 y ahora es "
            f"{salida.std().item():.2f}: cambia solo dónde nace.",
        )
        pide(
            salida.unique().numel() > x.numel() // 2,
            f"el ruido se repite: un número distinto por cada uno de los de "
            f"`x`, de forma {forma(x)}.",
        )
    return "`torch.randn_like(x)` nace donde está `x`, y con su tipo."
