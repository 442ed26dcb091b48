"""Los ejercicios de 2.5: entrenar hasta llegar."""

import torch
from torch import nn

from ejercicios.espias import (
    OTROS_DATOS,
    RectaEspia,
    SGDEspia,
    perdida_espia,
    pide_que_use,
)
from ejercicios.piezas import (
    Pista,
    ejercicio,
    igual,
    llama,
    muestra,
    pide,
    pide_tensor,
)


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


def _se_entreno(modelo):
    """Si sus parámetros guardan huellas de varios pasos.

    Un paso cambia cada parámetro en su sitio, y PyTorch cuenta esos cambios
    (`_version`; los de `.data` y los optimizadores fundidos, no); antes,
    `backward()` le deja su gradiente. Escribirlos a mano no deja gradiente,
    y son dos o tres cambios.
    """
    huellas = [
        (0 if p.is_inference() else p._version, p.grad is not None)
        for p in modelo.parameters()
    ]
    return all(
        cambios > 4 or (derivado and cambios < 2)
        for cambios, derivado in huellas
    )


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
    pide(
        _se_entreno(modelo),
        f"{donde}, y no se ve que se entrenara: los parámetros no se ponen a "
        "mano ni con una fórmula, se llega con `ajusta`. Entrega el modelo "
        "que le pasaste, no una copia.",
    )
    return f"Llegó: {donde}."


def _pide_cinco_pasos(eventos, gradientes, epocas):
    """Los puntos están sobre la recta: el gradiente del sesgo es -1."""
    pide(
        "comparar" in eventos,
        "no usa la `fn` que recibe: falta el paso 2, comparar.",
    )
    pide(
        "al revés" not in eventos,
        "la pérdida recibe primero lo que predice el modelo y después `y`: "
        "con otras pérdidas, al revés da otro número.",
    )
    pide(
        "derivar" in eventos,
        "falta el paso 4, derivar: `perdida.backward()`, con paréntesis.",
    )
    pide(
        gradientes,
        "falta el paso 5, mover: `optimizador.step()`, con paréntesis.",
    )
    dados = len(gradientes)
    cuantos = "1 paso" if dados == 1 else f"{dados} pasos"
    pasos = f"con epocas = {epocas} dio {cuantos}: "
    pide(
        dados >= epocas,
        f"{pasos}algo corta el bucle (¿un `return` dentro?).",
    )
    pide(
        dados == epocas,
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
    curas = OTROS_DATOS | {
        "fn() missing": "la pérdida compara dos cosas: `fn(modelo(X), y)`"
    }
    for n, tasa, epocas in ((6, 0.1, 7), (11, 0.02, 3)):
        x = torch.rand(n, 1)
        y, modelo = 2 * x + 1, RectaEspia()
        optimizador = SGDEspia(modelo, tasa)
        datos = (modelo, optimizador, perdida_espia(modelo), x, y, epocas)
        devuelto = llama(funcion, *datos, devuelve=False, curas=curas)
        pide_que_use(modelo, x)
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
