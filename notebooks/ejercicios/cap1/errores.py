"""Los ejercicios de 1.5: forma, tipo y dispositivo."""

import torch

from ejercicios.piezas import (
    compara,
    ejercicio,
    forma,
    igual,
    llama,
    muestra,
    pide,
    pide_tensor,
)


@ejercicio("1.5a")
def puntos(funcion):
    """Dos errores en una línea"""
    for alumnos, planes, cuantas in ((2, 2, 3), (4, 5, 3), (3, 3, 3)):
        notas = 10 * torch.rand(alumnos, cuantas)
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
                (notas.half() @ pesos.T.half()).float(),
                "por el camino se pierden decimales: convierte los pesos al "
                "tipo de las notas, `float32`.",
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
