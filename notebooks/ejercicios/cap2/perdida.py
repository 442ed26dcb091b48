"""Los ejercicios de 2.3: la pérdida y su gradiente."""

import torch
from torch import nn

from ejercicios.conducta import operaciones, optimizadores
from ejercicios.piezas import (
    compara,
    compara_gradiente,
    ejercicio,
    igual,
    llama,
    muestra,
    numero,
    pide,
)


@ejercicio("2.3a")
def mse(funcion):
    """El error cuadrático medio"""
    for n in (9, 4, 1):
        y = torch.randn(n, 1)
        y_predc = torch.randn(n, 1, requires_grad=True)
        with operaciones() as pedidas:
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
    pide(
        not any("loss" in nombre for nombre in pedidas),
        "el número es correcto, y la cuenta la hizo una pérdida de PyTorch: "
        "escríbela con operaciones: la resta, el cuadrado, la media.",
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
        # Una copia de la lista: cambiar sus huecos no mueve el modelo.
        with optimizadores() as ajenos:
            llama(funcion, list(parametros), tasa, devuelve=False, curas=curas)
        pide(
            not ajenos,
            f"el paso lo dio `{', '.join(ajenos)}`: aquí se escribe a mano, "
            "con `p -= …` dentro de `torch.no_grad()`.",
        )
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
            (
                9.0,
                "tras la primera vuelta: eso es la pérdida, w²; se pide su "
                "derivada.",
            ),
            (
                18.0,
                "`una` tiene lo de la tercera vuelta: si guardaste `w.grad`, "
                "es el mismo tensor, que siguió creciendo. Saca su número en "
                "cuanto lo tengas, con `.item()`.",
            ),
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
