"""Los ejercicios del capítulo 1. La receta está en `__init__.py`."""

import numpy as np
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
    usa_bucle,
)


@ejercicio("1.1")
def medias(respuesta):
    """Medias por columna"""
    notas = np.array([[7, 9, 8], [6, 10, 5]])
    compara(
        respuesta,
        notas.mean(axis=0),
        {
            "hay una media por fila, es decir, por alumno: prueba con el "
            "otro eje.": notas.mean(axis=1),
            "es una sola media, la de las seis notas: nombra el eje.": 7.5,
            "es la suma de cada columna; falta dividirla: `mean`.": [
                13,
                19,
                13,
            ],
        },
        "se piden tres números, uno por columna; "
        f"tu respuesta es {muestra(respuesta)}.",
    )
    return "`axis=0` recorre las filas y deja una media por columna."


@ejercicio("1.2")
def derivada(respuesta):
    """Qué rama se deriva"""
    pide(
        respuesta is not None,
        "`grad` es None hasta que se llama a `backward()`.",
    )
    compara(
        numero(respuesta),
        6.0,
        {
            "esa es la derivada del producto; mira qué rama del `if` se "
            "ejecuta con x = 0.": 0.0,
            "eso es y; se pide su derivada respecto al peso.": 9.0,
            "eso es el peso; deriva su cuadrado.": 3.0,
            "dos veces 6: `backward()` suma al gradiente que ya estaba. "
            "Empieza con un peso nuevo.": 12.0,
        },
        "no es eso: mira qué rama del `if` se ejecuta con x = 0 y derívala "
        "respecto al peso.",
    )
    return "0 > 0 es falso: se ejecutó la potencia, y 2w = 6."


@ejercicio("1.3a")
def forma_de_salida(respuesta):
    """La forma que sale"""
    pide(
        not (torch.is_tensor(respuesta) and respuesta.is_floating_point()),
        "eso es el tensor; se pide su forma, `.shape`.",
    )
    try:
        tamano = tuple(int(n) for n in respuesta)
    except (TypeError, ValueError):
        raise Pista("una forma es una tupla, como (3, 7).") from None
    lote_delante = "`batch_first=True`: las 5 frases van delante."
    pistas = {
        (5, 12): "esa es la forma del lote que entra.",
        (5, 12, 2): "`hidden[-1]` ya no tiene el eje de las 12 palabras.",
        (5, 12, 100): "hasta ahí llega `embedding`; faltan dos capas.",
        (5, 12, 256): "hasta ahí llega `output`; `fc` recibe `hidden[-1]`.",
        (2, 5, 256): "esa es la forma de `hidden`; falta `[-1]` y `fc`.",
        (5, 256): "falta `fc`, la última capa, que deja un número por clase.",
        (5, 100): "falta la LSTM y `fc`.",
        (5,): "`fc` deja un número por clase, y hay dos clases.",
        (5, 1): "`fc` deja un número por clase, y hay dos clases.",
        (5, 14): "este `model` se creó con `output_dim=2`: dos clases.",
        (2,): "falta el eje del lote: hay 5 frases.",
        (1, 2): "el lote tiene 5 frases: cada una deja su fila.",
        (3, 2): "esa es la del lote de 1.3; aquí hay 5 frases.",
        (12, 2): "las filas de la salida son las frases, no las palabras.",
        (2, 5): lote_delante,
        (12, 5): lote_delante,
    }
    pide(
        tamano == (5, 2),
        pistas.get(
            tamano,
            "sigue la tabla «Capa por capa» con B = 5 y T = 12 hasta `fc`.",
        ),
    )
    return "Las 12 palabras desaparecen: queda un número por frase y clase."


@ejercicio("1.3b")
def bolsa_de_palabras(clase):
    """Un modelo sin LSTM"""
    palabras, vector, clases = 20, 8, 3
    modelo = crea(clase, palabras, vector, clases)
    text = torch.tensor([[1, 2, 3, 4, 5, 6], [7, 8, 9, 9, 8, 7]])
    salida = llama(modelo, text)
    pistas = {
        (2, 6, 3): "la salida conserva el eje de las palabras: falta la "
        "media, `embedded.mean(dim=1)`.",
        (2, 8): "la salida es la media de los vectores; falta la capa lineal.",
        (2, 6, 8): "la salida es el *embedding*: faltan la media y `fc`.",
        (6, 3): "promediaste las frases entre sí: las palabras son `dim=1`.",
    }
    cuando = "con un lote (2, 6) y 3 clases "
    pide_tensor(salida, (2, clases), pistas, cuando)
    pide(
        igual(salida, llama(modelo, text)),
        "dos llamadas con el mismo lote dan distinto: crea las capas en "
        "`__init__`, no en `forward`.",
    )
    cuantos = sum(p.numel() for p in modelo.parameters())
    pide(
        cuantos > 0,
        "el modelo no tiene parámetros: guarda cada capa en `self`.",
    )
    pide(
        not any(isinstance(m, nn.RNNBase) for m in modelo.modules()),
        "aún hay una LSTM entre las capas.",
    )
    total = salida.sum(dim=1)
    pide(
        not igual(total, torch.ones(2)),
        "cada fila suma 1: no apliques `softmax`, devuelve lo que da `fc`.",
    )
    a, b, ab, aa = (
        llama(modelo, torch.tensor([ids]))
        for ids in ([1], [2], [1, 2], [1, 1])
    )
    pide(
        igual(aa, a),
        "repetir una palabra cambia la salida: no es la media de los "
        "vectores (¿una suma?).",
    )
    pide(
        not igual(ab, b) and not igual(ab, a),
        "la salida depende de una sola palabra de la frase: usa la media de "
        "todas.",
    )
    pide(
        igual(ab, (a + b) / 2),
        "entre el *embedding* y `fc` solo va la media de los vectores.",
    )
    esperados = palabras * vector + vector * clases + clases
    pide(
        cuantos == esperados,
        f"con tamaños 20, 8 y 3 tiene {cuantos} parámetros y se esperaban "
        f"{esperados}: mira qué capas sobran o faltan.",
    )
    return "Cambiar el orden de las palabras ya no cambia la salida."


@ejercicio("1.4a")
def sucesion(respuesta):
    """De 0 a 10, de medio en medio"""
    pide_tensor(respuesta)
    pide(
        respuesta.ndim == 1,
        f"la forma es {forma(respuesta)}: un vector tiene un solo eje.",
    )
    cuantos, sin_final = respuesta.numel(), torch.linspace(0, 9.5, 20)
    compara(
        respuesta,
        torch.linspace(0, 10, 21),
        {
            "falta el 10: `arange` no incluye el final.": sin_final,
            "son 20 puntos y su paso no es 0.5: cuenta también el "
            "0.": torch.linspace(0, 10, 20),
            "van de 1 en 1; el paso es 0.5.": torch.arange(cuantos),
            "se pasa: el último es 10.5. El final de `arange` va justo "
            "después del 10.": torch.linspace(0, 10.5, 22),
        },
        f"tiene {cuantos} números y se piden 21, de 0 a 10, con paso 0.5.",
    )
    return "Con `linspace` se cuentan puntos; con `arange`, el paso."


@ejercicio("1.4b")
def mitad_verde(respuesta):
    """Una imagen a medias verde"""
    tamano = (3, 4, 6)
    pistas = {
        (4, 6, 3): "en PyTorch los canales van delante: (3, 4, 6).",
        (3, 6, 4): "primero el alto y después el ancho: (3, 4, 6).",
        (4, 6): "falta el eje de los canales: (3, 4, 6).",
    }
    pide_tensor(respuesta, tamano, pistas)

    def pinta(*donde):
        imagen = torch.zeros(tamano)
        imagen[donde] = 1.0
        return imagen

    todo, izquierda, derecha = slice(None), slice(3), slice(3, None)
    bien, blanca = pinta(1, todo, izquierda), pinta(todo, todo, izquierda)
    compara(
        respuesta,
        bien,
        {
            "es toda negra.": torch.zeros(tamano),
            "esa mitad es roja: verde es el 1.": pinta(0, todo, izquierda),
            "esa mitad es azul: verde es el 1.": pinta(2, todo, izquierda),
            "pintaste la mitad de arriba.": pinta(1, slice(2)),
            "pintaste la mitad derecha.": pinta(1, todo, derecha),
            "pintaste el canal verde entero, también la derecha.": pinta(1),
            "con los tres canales en 1 sale blanco: solo el verde.": blanca,
            "aquí los valores van de 0 a 1, no hasta 255.": 255 * bien,
            "son 2 columnas y la mitad de 6 es 3.": pinta(1, todo, slice(2)),
        },
        "los números no son esos: 1 en el canal 1, columnas 0, 1 y 2; 0 en "
        "lo demás. Dibújala con `plot_canales`.",
    )
    pide(
        respuesta.is_floating_point(),
        f"el tipo es {respuesta.dtype}; una imagen con valores de 0 a 1 es "
        "de coma flotante.",
    )
    return "Canal, filas, columnas: un índice por eje."


@ejercicio("1.5a")
def dos_errores(respuesta):
    """Dos errores en una línea"""
    notas = torch.tensor([[7.0, 9.0, 8.0], [6.0, 10.0, 5.0]])
    pesos = torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]])
    bien = notas @ pesos.T
    pide_tensor(respuesta)
    compara(
        respuesta,
        bien,
        {
            "`reshape` evita el error y mezcla los pesos de los planes: "
            "hay que transponer.": notas @ pesos.reshape(3, 2),
            "`*` multiplica elemento a elemento; `@` es el producto de "
            "matrices.": notas * pesos,
            "así desaparece el eje de los alumnos; debe desaparecer el de "
            "las tres notas.": notas.T @ pesos,
            "está al revés: un alumno por fila, un plan por columna.": bien.T,
        },
        f"la forma es {forma(respuesta)} y los números no son los de "
        "`notas @ pesos` curado: debe desaparecer el eje de las tres notas.",
    )
    pide(
        respuesta.is_floating_point(),
        f"el tipo es {respuesta.dtype}: al pasar las notas a enteros, un 7.5 "
        "sería 7. Convierte los pesos.",
    )
    return "Forma con `.T`, tipo con `.float()`."


@ejercicio("1.5b")
def suma_en(funcion):
    """Sumar en el sitio del primero"""
    decimal = torch.tensor([1.5, 2.5, 3.0])
    entero = torch.tensor([10, 20, 30])
    suma = llama(funcion, decimal.to("meta"), entero)
    pide(
        torch.is_tensor(suma) and suma.is_meta,
        "con `a` en `meta` el resultado no queda ahí: usa `a.device`.",
    )
    suma = llama(funcion, decimal, entero)
    pide_tensor(suma)
    compara(suma, decimal + entero)
    pide(
        suma.dtype == torch.float32,
        f"con `a` en float32 y `b` en int64 sale {suma.dtype}: el tipo es el "
        "de `a`.",
    )
    suma = llama(funcion, entero, torch.tensor([1.0, 2.0, 3.0]))
    pide_tensor(suma)
    pide(
        suma.dtype == torch.int64,
        f"con `a` en int64 y `b` en float32 sale {suma.dtype}: el tipo es el "
        "de `a`, y la suma promociona.",
    )
    return "`b.to(a)` copia de `a` el dispositivo y el tipo."


@ejercicio("1.6a")
def normaliza(funcion):
    """Normalizar columnas"""
    x = torch.randn(6, 3) * torch.tensor([1.0, 5.0, 9.0]) + 4
    centrada, desviacion = x - x.mean(dim=0), x.std(dim=0)
    curas = {
        "must match": "la media de cada fila no se alinea con las columnas; "
        "¿qué eje debe desaparecer?"
    }
    obtenido = llama(funcion, x, curas=curas)
    pide_tensor(obtenido)
    if igual(obtenido, centrada / x.std(dim=0, correction=0)):
        obtenido = centrada / desviacion  # la otra definición también vale
    por_fila = (x - x.mean(1, keepdim=True)) / x.std(1, keepdim=True)
    sin_parentesis = x - x.mean(dim=0) / desviacion
    entre_varianza = centrada / x.var(dim=0)
    a_0_1 = (x - x.amin(dim=0)) / (x.amax(dim=0) - x.amin(dim=0))
    std_de_todo = centrada / x.std()
    media_de_todo = (x - x.mean()) / desviacion
    compara(
        obtenido,
        centrada / desviacion,
        {
            "normalizaste cada fila: en `dim` va el eje que desaparece, "
            "el de las filas.": por_fila,
            "usaste una sola media y una sola desviación para toda la "
            "matriz: falta `dim`.": (x - x.mean()) / x.std(),
            "falta un paréntesis: se divide antes de restar.": sin_parentesis,
            "restaste la media; falta dividir.": centrada,
            "dividiste; falta restar la media.": x / desviacion,
            "dividiste entre la varianza; usa `std`.": entre_varianza,
            "eso lleva cada columna a [0, 1]; no es lo pedido.": a_0_1,
            "la desviación es de toda la matriz: falta `dim`.": std_de_todo,
            "la media es de toda la matriz: falta `dim`.": media_de_todo,
        },
        f"con una matriz (6, 3) salió {forma(obtenido)} y cada columna debe "
        "quedar con media 0 y desviación 1.",
    )
    return "Cada columna queda con media 0 y desviación 1."


@ejercicio("1.6b")
def exactitud(funcion):
    """Exactitud"""
    curas = {
        "must match": "elige una clase por fila, con `argmax(dim=1)`: salen "
        "tantas como etiquetas"
    }
    salidas = torch.randn(8, 4)
    elegidas = salidas.argmax(dim=1)
    for aciertos in (6, 3):
        etiquetas = elegidas.clone()
        etiquetas[aciertos:] = (elegidas[aciertos:] + 1) % 4
        obtenido = llama(funcion, salidas, etiquetas, curas=curas)
        pide(
            not (torch.is_tensor(obtenido) and obtenido.numel() > 1),
            f"devuelve un tensor {forma(torch.as_tensor(obtenido))} y se "
            "pide un solo número: promedia los aciertos.",
        )
        pide(
            not isinstance(obtenido, bool),
            "devuelve un solo `bool`; compara etiqueta por etiqueta, con "
            "`==`, y promedia.",
        )
        bien = aciertos / 8
        peores = (salidas.argmin(dim=1) == etiquetas).double().mean()
        compara(
            numero(obtenido),
            bien,
            {
                "es el número de aciertos; falta dividirlo.": aciertos,
                "está en porcentaje; se pide entre 0 y 1.": 100 * bien,
                "es la fracción de fallos.": 1 - bien,
                "`argmin` elige la clase peor: es `argmax`.": peores,
            },
            f"con {aciertos} aciertos de 8 da {muestra(obtenido)}: elige la "
            "clase de cada fila con `argmax(dim=1)` y compárala.",
        )
    return "Así se medirá el clasificador del capítulo 3."


@ejercicio("1.6c")
def distancias(funcion):
    """Reto: tabla de distancias"""
    a, b = torch.randn(4, 2), torch.randn(3, 2)
    resta = a[:, None] - b
    bien = (resta**2).sum(dim=2).sqrt()
    curas = {
        "must match": "para que salgan todas las parejas de (4, 2) y (3, 2), "
        "a uno de los dos le falta un eje de tamaño 1"
    }
    obtenido = llama(funcion, a, b, curas=curas)
    pistas = {
        (4, 3, 2): "aún está el eje de las dos coordenadas: redúcelo.",
        (3, 4, 2): "aún está el eje de las dos coordenadas: redúcelo.",
        (4, 2): "desapareció el eje de los puntos de `b`; el que se reduce es "
        "el de las coordenadas, el último.",
        (3, 2): "desapareció el eje de los puntos de `a`; el que se reduce es "
        "el de las coordenadas, el último.",
        (3, 4): "está transpuesta: los puntos de `a` van por filas. ¿A cuál "
        "de los dos le pusiste el eje nuevo?",
        (): "quedó un solo número: di en `dim` qué eje se reduce.",
    }
    cuando = "con (4, 2) y (3, 2) "
    pide_tensor(obtenido, (4, 3), pistas, cuando)
    compara(
        obtenido,
        bien,
        {
            "es el cuadrado de la distancia: falta la raíz.": bien**2,
            "sumaste los lados; la distancia pide cuadrados y "
            "raíz.": resta.abs().sum(dim=2),
            "promediaste los cuadrados; Pitágoras los suma.": bien / 2**0.5,
            "sumaste las diferencias con su signo; antes, al "
            "cuadrado.": resta.sum(dim=2),
        },
        "no son esas distancias: resta, eleva al cuadrado, suma las dos "
        "coordenadas y saca la raíz.",
    )
    pide(
        not usa_bucle(funcion),
        "los números son correctos, pero hay un bucle: pon un eje de tamaño "
        "1 en `a`, forma (n, 1, 2), y resta.",
    )
    return "(n, 1, 2) menos (m, 2) da (n, m, 2): todas las parejas a la vez."
