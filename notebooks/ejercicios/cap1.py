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
def medias(funcion):
    """Medias por columna"""
    for filas, columnas in ((2, 3), (5, 2), (4, 4)):
        notas = np.random.randint(0, 11, (filas, columnas))
        obtenido = llama(funcion, notas)
        compara(
            obtenido,
            notas.mean(axis=0),
            [
                (
                    notas.mean(axis=1),
                    "hay una media por fila, es decir, por alumno: prueba "
                    "con el otro eje.",
                ),
                (
                    notas.mean(),
                    "es una sola media, la de todas las notas: nombra el eje.",
                ),
                (
                    notas.sum(axis=0),
                    "es la suma de cada columna; falta dividirla: `mean`.",
                ),
                (
                    notas.sum(axis=0) / columnas,
                    "divides entre el número de columnas; cada columna tiene "
                    "tantas notas como filas.",
                ),
                (
                    np.median(notas, axis=0),
                    "es la mediana; se pide la media.",
                ),
                (
                    notas.mean(axis=0, keepdims=True),
                    "sobra un eje: sin `keepdims`.",
                ),
                ([6.5, 9.5, 6.5], "son las del ejemplo; usa lo que recibe."),
                (
                    notas.sum(axis=0) // filas,
                    "pierdes los decimales: `/`, no `//` ni `int`.",
                ),
            ],
            f"de una tabla {notas.shape} salió {muestra(obtenido)}: se piden "
            "tantas medias como columnas.",
        )
    return "`axis=0` recorre las filas y deja una media por columna."


@ejercicio("1.2")
def derivada(de_tres, de_menos_cuatro):
    """Qué rama se deriva"""
    for respuesta in (de_tres, de_menos_cuatro):
        pide(
            respuesta is not None,
            "`grad` es None hasta que se llama a `backward()`.",
        )
    rama = "mira qué rama del `if` se ejecuta con esa x"
    compara(
        numero(de_tres),
        6.0,
        [
            (0.0, f"con x = 0, esa es la derivada del producto; {rama}."),
            (9.0, "con x = 0, eso es y; se pide su derivada."),
            (3.0, "con x = 0, eso es el peso; deriva su cuadrado."),
            (
                12.0,
                "dos veces 6: `backward()` suma al gradiente que ya estaba. "
                "Empieza con un peso nuevo.",
            ),
        ],
        f"con x = 0 no es eso: {rama} y deriva respecto al peso.",
    )
    compara(
        numero(de_menos_cuatro),
        0.5,
        [
            (-8.0, f"con x = 0.5, esa es la derivada del cuadrado; {rama}."),
            (-2.0, "con x = 0.5, eso es y; se pide su derivada."),
            (
                -4.0,
                "con x = 0.5, eso es la derivada respecto a x; se pide "
                "respecto al peso.",
            ),
            (
                1.0,
                "dos veces 0.5: `backward()` suma al gradiente que ya "
                "estaba. Empieza con un peso nuevo.",
            ),
        ],
        f"con x = 0.5 no es eso: {rama} y deriva respecto al peso.",
    )
    return "0 > 0 es falso: potencia, 2w = 6. 0.5 > 0: producto, x = 0.5."


def _tamano(respuesta):
    """Una forma, como tupla de enteros."""
    pide(
        not (torch.is_tensor(respuesta) and respuesta.is_floating_point()),
        "eso es el tensor; se pide su forma, `.shape`.",
    )
    try:
        return tuple(int(n) for n in respuesta[:9])
    except (TypeError, ValueError, RuntimeError):
        raise Pista("una forma es una tupla, como (3, 7).") from None


@ejercicio("1.3a")
def formas_de_salida(de_model, de_otro):
    """Las formas que salen"""
    primera, segunda = _tamano(de_model), _tamano(de_otro)
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
        (5, 1): "`fc` deja un número por clase, y hay dos clases; no la "
        "elegida.",
        (5, 14): "`model` se creó con `output_dim=2`: dos clases.",
        (2,): "falta el eje del lote: hay 5 frases.",
        (1, 2): "el lote tiene 5 frases: cada una deja su fila.",
        (3, 2): "esa es la del lote de 1.3; aquí hay 5 frases.",
        (12, 2): "las filas de la salida son las frases, no las palabras.",
        (2, 5): lote_delante,
        (12, 5): lote_delante,
    }
    pide(
        primera == (5, 2),
        pistas.get(
            primera,
            "la de `model`: sigue la tabla «Capa por capa» con B = 5 y "
            "T = 12 hasta `fc`.",
        ),
    )
    otras = {
        (1, 2): "la de `otro`: se creó con `output_dim=14`.",
        (14,): "la de `otro`: una frase sola sigue siendo un lote, de uno.",
        (30, 14): "la de `otro`: las 30 palabras desaparecen en la LSTM.",
        (1, 30, 14): "la de `otro`: `hidden[-1]` ya no tiene las palabras.",
        (1, 16): "la de `otro`: falta `fc`.",
        (5, 14): "la de `otro`: su lote tiene una sola frase.",
    }
    pide(
        segunda == (1, 14),
        otras.get(
            segunda,
            "la de `otro`: sigue la misma tabla con B = 1, T = 30 y 14 "
            "clases.",
        ),
    )
    return "Las palabras desaparecen: queda un número por frase y clase."


def _pide_que_promedie(modelo):
    """La salida es la capa lineal de la media de los vectores."""
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


@ejercicio("1.3b")
def bolsa_de_palabras(clase):
    """Un modelo sin LSTM"""
    for palabras, vector, clases in ((20, 8, 3), (30, 5, 2)):
        modelo = crea(clase, palabras, vector, clases)
        text = torch.randint(palabras, (2, 6))
        salida = llama(modelo, text)
        pistas = {
            (2, 6, clases): "la salida conserva el eje de las palabras: falta "
            "la media, `embedded.mean(dim=1)`.",
            (2, vector): "la salida es la media de los vectores; falta la "
            "capa lineal.",
            (2, 6, vector): "la salida es el *embedding*: faltan la media y "
            "`fc`.",
            (6, clases): "promediaste las frases entre sí: las palabras son "
            "`dim=1`.",
        }
        cuando = f"con un lote (2, 6) y {clases} clases "
        pide_tensor(salida, (2, clases), pistas, cuando)
        pide(
            igual(salida, llama(modelo, text)),
            "dos llamadas con el mismo lote dan distinto: crea las capas en "
            "`__init__`, no en `forward`.",
        )
        parametros = list(modelo.parameters())
        cuantos = sum(p.numel() for p in parametros)
        pide(
            cuantos > 0,
            "el modelo no tiene parámetros: guarda cada capa en `self`.",
        )
        pide(
            not any(isinstance(m, nn.RNNBase) for m in modelo.modules()),
            "aún hay una LSTM entre las capas.",
        )
        pide(
            not igual(salida.sum(dim=1), torch.ones(2)),
            "cada fila suma 1: no apliques `softmax`, devuelve lo que da "
            "`fc`.",
        )
        _pide_que_promedie(modelo)
        esperados = palabras * vector + vector * clases + clases
        pide(
            cuantos == esperados,
            f"con tamaños {palabras}, {vector} y {clases} tiene {cuantos} "
            f"parámetros y se esperaban {esperados}: mira qué capas sobran o "
            "faltan.",
        )
        pide(
            salida.requires_grad,
            "la salida no sigue el gradiente: no se podría entrenar.",
        )
        salida.sum().backward()
        pide(
            all(p.grad is not None and p.grad.any() for p in parametros),
            "hay parámetros a los que no llega el gradiente y no se "
            "entrenarían: sobra `no_grad`, `.detach()` o `.data`.",
        )
    return "Cambiar el orden de las palabras ya no cambia la salida."


@ejercicio("1.4a")
def a_imagen(funcion):
    """De foto a imagen de PyTorch"""
    for alto, ancho in ((2, 5), (4, 3), (3, 3)):
        foto = torch.randint(256, (alto, ancho, 3), dtype=torch.uint8)
        obtenido = llama(funcion, foto)
        canales = foto.permute(2, 0, 1)
        pistas = {
            (alto, ancho, 3): "los canales siguen al final: llévalos delante "
            "con `permute`.",
            (3, ancho, alto): "primero el alto y después el ancho: di a "
            "`permute` el orden completo.",
            (1, 3, alto, ancho): "sobra el eje del lote: es una sola imagen.",
        }
        cuando = f"con una foto ({alto}, {ancho}, 3) "
        if alto != ancho or igual(obtenido, canales.mT / 255):
            pide_tensor(obtenido, (3, alto, ancho), pistas, cuando)
        pide_tensor(obtenido)
        bien = canales / 255
        compara(
            obtenido,
            bien,
            [
                (
                    foto.reshape(3, alto, ancho) / 255,
                    "la forma es correcta y la imagen, no: `reshape` y `view` "
                    "cortan los números en otro sitio; `permute` cambia el "
                    "orden de los ejes.",
                ),
                (
                    foto.reshape(3, alto, ancho),
                    "`reshape` mezcla los canales, y además falta llevar los "
                    "valores de 0 a 1.",
                ),
                (canales, "los valores van de 0 a 255: llévalos de 0 a 1."),
                (
                    canales.mT / 255,
                    "el alto y el ancho quedaron cambiados: la imagen sale "
                    "acostada sobre un lado.",
                ),
                (
                    canales / 256,
                    "el valor más alto es 255, y debe quedar en 1.",
                ),
                (
                    canales // 255,
                    "`//` y los enteros pierden los decimales: divide con "
                    "`/`.",
                ),
                (
                    canales.flip(0) / 255,
                    "los canales quedaron al revés: azul, verde y rojo.",
                ),
                (
                    canales / canales.max(),
                    "divides entre el mayor de esta foto: una foto oscura "
                    "dejaría de serlo. El blanco siempre es 255.",
                ),
            ],
            "los números no son esos: canal por canal, los de la foto entre "
            "255.",
        )
    return "`permute` reordena los ejes; `reshape` habría mezclado colores."


@ejercicio("1.4b")
def mitad_verde(funcion):
    """Una imagen a medias verde"""
    for alto, ancho in ((4, 6), (3, 8), (5, 2)):
        mitad = ancho // 2
        tamano = (3, alto, ancho)
        obtenido = llama(funcion, alto, ancho)
        pistas = {
            (alto, ancho, 3): "en PyTorch los canales van delante: (3, alto, "
            "ancho).",
            (3, ancho, alto): "primero el alto y después el ancho: (3, alto, "
            "ancho).",
            (alto, ancho): "falta el eje de los canales: (3, alto, ancho).",
            (3, 4, 6): "siempre mide 4 × 6: usa el `alto` y el `ancho` que "
            "recibe la función.",
        }
        cuando = f"con alto {alto} y ancho {ancho} "
        pide_tensor(obtenido, tamano, pistas, cuando)

        def pinta(*donde, tamano=tamano):
            imagen = torch.zeros(tamano)
            imagen[donde] = 1.0
            return imagen

        todo, izquierda = slice(None), slice(mitad)
        bien = pinta(1, todo, izquierda)
        compara(
            obtenido,
            bien,
            [
                (torch.zeros(tamano), "es toda negra."),
                (
                    pinta(0, todo, izquierda),
                    "esa mitad es roja: verde es el 1.",
                ),
                (
                    pinta(2, todo, izquierda),
                    "esa mitad es azul: verde es el 1.",
                ),
                (
                    pinta(1, slice(alto // 2)),
                    "pintaste la mitad de arriba.",
                ),
                (
                    pinta(1, todo, slice(mitad, None)),
                    "pintaste la mitad derecha.",
                ),
                (
                    pinta(1),
                    "pintaste el canal verde entero, también la derecha.",
                ),
                (
                    pinta(todo, todo, izquierda),
                    "con los tres canales en 1 sale blanco: solo el verde.",
                ),
                (
                    255 * bien,
                    "aquí los valores van de 0 a 1, no hasta 255.",
                ),
                (
                    pinta(1, todo, slice(3)),
                    f"siempre pintas 3 columnas; la mitad de {ancho} es "
                    f"{mitad}.",
                ),
                (
                    pinta(1, todo, slice(mitad - 1)),
                    f"con ancho {ancho} son {mitad - 1} columnas y la mitad "
                    f"es {mitad}: el final de un corte no entra.",
                ),
            ],
            "los números no son esos: 1 en el canal 1, en las columnas de la "
            "izquierda, y 0 en lo demás. Dibújala con `plot_canales`.",
        )
        pide(
            obtenido.is_floating_point(),
            f"el tipo es {obtenido.dtype}; una imagen con valores de 0 a 1 es "
            "de punto flotante.",
        )
    return "Canal, filas, columnas: un índice por eje."


@ejercicio("1.5a")
def puntos(funcion):
    """Dos errores en una línea"""
    for alumnos, planes, cuantas in ((2, 2, 3), (4, 5, 3), (3, 3, 3)):
        notas = torch.randint(10, (alumnos, cuantas)) + 0.5
        pesos = torch.randint(1, 9, (planes, cuantas))
        bien = notas @ pesos.T.float()
        obtenido = llama(funcion, notas, pesos)
        tipicos = [
            (
                notas.floor() @ pesos.T.float(),
                "al pasar las notas a enteros pierdes los decimales: "
                "convierte los pesos.",
            ),
            (
                bien.T,
                "está al revés: un alumno por fila, un plan por columna.",
            ),
        ]
        if planes == cuantas:
            tipicos.append(
                (
                    notas @ pesos.float(),
                    "falta transponer: con tablas cuadradas no hay error, y "
                    "los números son otros.",
                )
            )
        else:
            tipicos.append(
                (
                    notas @ pesos.float().reshape(cuantas, planes),
                    "`reshape` evita el error y mezcla los pesos de los "
                    "planes: hay que transponer.",
                )
            )
        if alumnos == planes:
            tipicos += [
                (
                    notas * pesos,
                    "`*` multiplica elemento a elemento; `@` es el producto "
                    "de matrices.",
                ),
                (
                    notas.T @ pesos.float(),
                    "así desaparece el eje de los alumnos; debe desaparecer "
                    "el de las notas.",
                ),
            ]
        pide_tensor(obtenido)
        compara(
            obtenido,
            bien,
            tipicos,
            f"con notas {forma(notas)} y pesos {forma(pesos)} la forma es "
            f"{forma(obtenido)} y los números no son los de `notas @ pesos` "
            "corregido: debe desaparecer el eje de las notas.",
        )
    return "Forma con `.T`, tipo con `.float()`."


@ejercicio("1.5b")
def suma_en(funcion):
    """Sumar en el sitio del primero"""
    real, entero = torch.randn(4), torch.randint(5, 30, (4,))
    suma = llama(funcion, real.to("meta"), entero)
    pide(
        torch.is_tensor(suma) and suma.is_meta,
        "con `a` en `meta` el resultado no queda ahí: usa `a.device`.",
    )
    matriz = torch.randn(2, 3, dtype=torch.float64)
    casos = (
        (real, entero),
        (real.abs() + 1, entero.to(torch.int32)),
        (matriz, torch.randn(2, 3, dtype=torch.float64)),
        (torch.randn(2, 3).half(), matriz),
        (entero, torch.tensor([1.0, 2.0, 3.0, 4.0])),
        (entero.to(torch.uint8), real.new_ones(4)),
    )
    for a, b in casos:
        suma = llama(funcion, a, b)
        pide_tensor(suma, forma(a))
        pide(
            suma.dtype == a.dtype,
            f"con `a` en {a.dtype} y `b` en {b.dtype} sale {suma.dtype}: el "
            "tipo es el de `a`, y la suma promociona.",
        )
        fina = igual(
            suma, a + b, tol=1e-9 if a.dtype == torch.double else 0.01
        )
        pide(
            fina or not igual(suma, (a.long() + b.long())),
            "pierde los decimales: en algún paso pasa a enteros.",
        )
        pide(
            fina or not igual(suma, a + b, tol=0.01),
            f"con `a` y `b` en {a.dtype} el resultado pierde cifras: no pases "
            "por un tipo más pequeño.",
        )
        pide(fina, f"salió {muestra(suma)}: no son esos números.")
    return "`b.to(a)` copia de `a` el dispositivo y el tipo."


@ejercicio("1.6a")
def normaliza(funcion):
    """Normalizar columnas"""
    curas = {
        "must match": "la media de cada fila no se alinea con las columnas; "
        "¿qué eje debe desaparecer?"
    }
    for filas, columnas in ((6, 3), (5, 5), (9, 2)):
        x = torch.randn(filas, columnas) * torch.arange(1, columnas + 1) + 4
        centrada, desviacion = x - x.mean(dim=0), x.std(dim=0)
        obtenido = llama(funcion, x, curas=curas)
        pide_tensor(obtenido)
        if igual(obtenido, centrada / x.std(dim=0, correction=0)):
            continue  # la otra definición también vale
        compara(
            obtenido,
            centrada / desviacion,
            [
                (
                    (x - x.mean(1, keepdim=True)) / x.std(1, keepdim=True),
                    "normalizaste cada fila: en `dim` va el eje que "
                    "desaparece, el de las filas.",
                ),
                (
                    (x - x.mean()) / x.std(),
                    "usaste una sola media y una sola desviación para toda "
                    "la matriz: falta `dim`.",
                ),
                (
                    x - x.mean(dim=0) / desviacion,
                    "falta un paréntesis: se divide antes de restar.",
                ),
                (centrada, "restaste la media; falta dividir."),
                (x / desviacion, "dividiste; falta restar la media."),
                (
                    centrada / x.var(dim=0),
                    "dividiste entre la varianza; usa `std`.",
                ),
                (
                    (x - x.amin(0)) / (x.amax(0) - x.amin(0)),
                    "eso lleva cada columna a [0, 1]; no es lo pedido.",
                ),
                (
                    centrada / x.std(),
                    "la desviación es de toda la matriz: falta `dim`.",
                ),
                (
                    (x - x.mean()) / desviacion,
                    "la media es de toda la matriz: falta `dim`.",
                ),
                (
                    x - x.mean(1) if filas == columnas else 0 * x,
                    "con una matriz cuadrada no hay error y restas a cada "
                    "columna la media de una fila: ¿qué eje desaparece?",
                ),
                (
                    (x - x.mean(1)) / x.std(1) if filas == columnas else 0 * x,
                    "con una matriz cuadrada no hay error y usas la media y "
                    "la desviación de las filas: ¿qué eje desaparece?",
                ),
            ],
            f"con una matriz {forma(x)} salió {forma(obtenido)} y cada "
            "columna debe quedar con media 0 y desviación 1.",
        )
    return "Cada columna queda con media 0 y desviación 1."


@ejercicio("1.6b")
def exactitud(funcion):
    """Exactitud"""
    curas = {
        "must match": "elige una clase por fila, con `argmax(dim=1)`: salen "
        "tantas como etiquetas"
    }
    for n, clases, aciertos in ((7, 4, 5), (5, 3, 2), (4, 4, 4), (6, 6, 2)):
        salidas = torch.randn(n, clases)
        elegidas = salidas.argmax(dim=1)
        etiquetas = elegidas.clone()
        etiquetas[aciertos:] = (elegidas[aciertos:] + 1) % clases
        obtenido = llama(funcion, salidas, etiquetas, curas=curas)
        pide(
            not (torch.is_tensor(obtenido) and obtenido.numel() > 1),
            f"devuelve un tensor {tuple(getattr(obtenido, 'shape', ()))} y "
            "se pide un solo número: promedia los aciertos.",
        )
        pide(
            not isinstance(obtenido, bool),
            "devuelve un solo `bool`; compara etiqueta por etiqueta, con "
            "`==`, y promedia.",
        )
        bien = aciertos / n
        de_pie = salidas.argmax(dim=1, keepdim=True)
        compara(
            numero(obtenido),
            bien,
            [
                (aciertos, "es el número de aciertos; falta dividirlo."),
                (100 * bien, "está en porcentaje; se pide entre 0 y 1."),
                (
                    (salidas.argmax(dim=0) == etiquetas).double().mean()
                    if n == clases
                    else -1,
                    "con tantas filas como clases no hay error, y "
                    "`argmax(dim=0)` elige por columnas: `dim=1`.",
                ),
                (1 - bien, "es la fracción de fallos."),
                (
                    (de_pie == etiquetas).double().mean(),
                    "`keepdim=True` deja (n, 1), y al comparar con (n,) salen "
                    "n × n parejas: sin él.",
                ),
                (
                    (de_pie == etiquetas).double().sum() / n,
                    "comparaste (n, 1) con (n,): salen n × n parejas.",
                ),
                (
                    (salidas.argmin(dim=1) == etiquetas).double().mean(),
                    "`argmin` elige la clase peor: es `argmax`.",
                ),
                (
                    aciertos / clases,
                    "divides entre el número de clases; se divide entre el "
                    "de filas.",
                ),
            ],
            f"con {aciertos} aciertos de {n} da {muestra(obtenido)}: elige la "
            "clase de cada fila con `argmax(dim=1)` y compárala.",
        )
    return "Así se medirá el clasificador del capítulo 3."


@ejercicio("1.6c")
def distancias(funcion):
    """Reto: tabla de distancias"""
    for n, m in ((4, 3), (1, 5), (3, 1), (3, 3), (2, 2)):
        a, b = torch.randn(n, 2), torch.randn(m, 2)
        resta = a[:, None] - b
        bien = (resta**2).sum(dim=2).sqrt()
        cuando = f"con ({n}, 2) y ({m}, 2) "
        curas = {
            "must match": f"para que salgan todas las parejas de ({n}, 2) y "
            f"({m}, 2), a uno de los dos le falta un eje de tamaño 1"
        }
        obtenido = llama(funcion, a, b, curas=curas)
        pistas = {
            (n, m, 2): "aún está el eje de las dos coordenadas: redúcelo.",
            (m, n, 2): "aún está el eje de las dos coordenadas: redúcelo, y "
            "los puntos de `a` van por filas.",
            (n, 2): "desapareció el eje de los puntos de `b`; el que se "
            "reduce es el de las coordenadas, el último.",
            (m, 2): "desapareció el eje de los puntos de `a`; el que se "
            "reduce es el de las coordenadas, el último.",
            (m, n): "está transpuesta: los puntos de `a` van por filas. ¿A "
            "cuál de los dos le pusiste el eje nuevo?",
            (): "quedó un solo número: di en `dim` qué eje se reduce (y "
            "`squeeze` sin eje quita también los de un solo punto).",
            (max(n, m),): "solo hay una distancia por punto: faltan parejas, "
            "o `squeeze` sin eje quitó el de un solo punto.",
        }
        pide_tensor(obtenido, (n, m), pistas, cuando)
        compara(
            obtenido,
            bien,
            [
                (bien**2, "es el cuadrado de la distancia: falta la raíz."),
                (
                    resta.abs().sum(dim=2),
                    "sumaste los lados; la distancia pide cuadrados y raíz.",
                ),
                (
                    bien / 2**0.5,
                    "promediaste los cuadrados; Pitágoras los suma.",
                ),
                (
                    resta.sum(dim=2),
                    "sumaste las diferencias con su signo; antes, al "
                    "cuadrado.",
                ),
                (
                    bien.T if n == m else -bien,
                    "está transpuesta: los puntos de `a` van por filas.",
                ),
            ],
            "no son esas distancias: resta, eleva al cuadrado, suma las dos "
            "coordenadas y saca la raíz.",
        )
    pide(
        not usa_bucle(funcion),
        "los números son correctos, pero hay un bucle: pon un eje de tamaño "
        "1 en `a`, forma (n, 1, 2), y resta.",
    )
    return "(n, 1, 2) menos (m, 2) da (n, m, 2): todas las parejas a la vez."


@ejercicio("1.6d")
def comparten(respuesta):
    """Predice: quién comparte memoria"""
    pide(
        isinstance(respuesta, (str, list, tuple, set)),
        'escribe las letras de los que cambian, como "ad".',
    )
    letras = {str(letra).strip().lower() for letra in respuesta} - {"", ","}
    pide(
        letras <= set("abcde"),
        'escribe solo letras de la a a la e, como "ad".',
    )
    razones = (
        ("d", True, "d no cambia: `clone()` tiene memoria propia."),
        (
            "c",
            True,
            "c no cambia: tras `.T` los números no están seguidos, y "
            "`reshape` tuvo que copiarlos.",
        ),
        ("a", False, "falta a: `view` mira la misma memoria."),
        (
            "e",
            False,
            "falta e: `numpy()` no copia, como `from_numpy` en el otro "
            "sentido.",
        ),
        (
            "b",
            False,
            "falta b: `reshape` solo copia cuando no puede dar una vista, y "
            "aquí puede.",
        ),
    )
    for letra, sobra, razon in razones:
        pide((letra in letras) != sobra, razon)
    return "Comparten a, b y e; `reshape` en c y `clone` en d copian."


@ejercicio("1.6e")
def error_medio(funcion):
    """El error que no avisa"""
    casos = [((n, 1), (n,)) for n in (5, 3, 1)]
    casos += [(b, a) for a, b in casos] + [((4,), (4,)), ((6, 1), (6, 1))]
    for de_y, de_predc in casos:
        y, y_predc = torch.randn(de_y), torch.randn(de_predc)
        obtenido = llama(funcion, y, y_predc)
        pide(
            not (torch.is_tensor(obtenido) and obtenido.numel() > 1),
            "devuelve un error por punto (o por pareja) y se pide un solo "
            "número.",
        )
        resta = y.flatten() - y_predc.flatten()
        cuando = f"con `y` {de_y} e `y_predc` {de_predc} "
        compara(
            numero(obtenido),
            resta.abs().mean(),
            [
                (
                    (y - y_predc).abs().mean(),
                    f"{cuando}se restan todas las parejas, sin aviso: iguala "
                    "antes las formas.",
                ),
                (
                    (resta**2).mean(),
                    "elevaste al cuadrado; es el valor absoluto.",
                ),
                (resta.abs().sum(), "sumaste; falta promediar."),
                (
                    resta.mean(),
                    "falta el valor absoluto: los signos se cancelan.",
                ),
                (
                    resta.mean().abs(),
                    "el valor absoluto va antes de promediar: los signos se "
                    "cancelan.",
                ),
            ],
            f"{cuando}da {muestra(obtenido)}: iguala las formas, resta, "
            "quita el signo y promedia.",
        )
    return "Antes de restar, las dos con la misma forma."
