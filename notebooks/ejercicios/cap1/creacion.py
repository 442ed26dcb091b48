"""Los ejercicios de 1.4: imágenes que son tensores."""

import torch

from ejercicios.piezas import (
    compara,
    ejercicio,
    igual,
    llama,
    pide,
    pide_tensor,
)


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
