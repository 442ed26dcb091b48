"""Los ejercicios que contestan: `comprueba` y `progreso`.

Aquí se revisan respuestas; lo que los capítulos usan vive en `helpers/`.

Cómo se añade un ejercicio, por ejemplo el 3.4b:

1. En `cap3.py` (uno por cuaderno; el del cuaderno 4, `cap4.py`, lleva los de
   3.9 en adelante), una función que revisa la respuesta::

       from ejercicios.piezas import compara, ejercicio, llama, pide

       @ejercicio("3.4b")
       def largos(funcion):
           \"\"\"Título corto, sale en `progreso()`\"\"\"
           largo = llama(funcion, ["a b", "c"])  # datos nuevos, del ejercicio
           compara(largo, [2, 1], {"cuentas letras, no palabras.": [3, 1]})
           return "Una frase que cierra la idea."

   Lo que falte se dice con `pide(condición, "pista.")` o `compara`, que tiene
   una pista por cada error típico. Lo del estudiante se llama con `llama` o
   se construye con `crea`: sus excepciones se vuelven pistas. Se revisa la
   idea (forma, tipo, valores, conducta), nunca cómo está escrita.
   Aquí no hace falta apuntar nada: cada archivo se busca por el número.

2. En el cuaderno, tres celdas tras «En dos líneas»: el enunciado
   (`**Ejercicio 3.4b · 5 min.** …`, slide=subslide), el código (slide=-) y
   la solución plegada (slide=skip), que reemplaza todo lo que va antes de
   `comprueba`. Una respuesta sin tocar es `...`; una función o una clase sin
   tocar tiene `...` por cuerpo. El ejercicio no usa nombres que el cuaderno
   necesite después: para eso están `respuesta` y los nombres locales.

3. En `tests/respuestas/cap3.py`, al menos tres respuestas malas, cada una con
   una palabra que su pista debe decir, y dos buenas distintas de la solución.
   `tests/test_ejercicios.py` encuentra todo lo demás.
"""

import re
from importlib import import_module
from importlib.util import find_spec

from ejercicios.piezas import EJERCICIOS, Pista, explica, pendiente
from ejercicios.rastro import sin_rastro

_estados = {}


def cuaderno_de(numero):
    """El cuaderno (1 a 4) de un ejercicio, o None si el número no lo es.

    >>> cuaderno_de("1.3a"), cuaderno_de("3.8"), cuaderno_de("3.10b")
    (1, 3, 4)
    """
    partes = re.fullmatch(r"(\d+)(?:\.(\d+))?[a-z]?", numero)
    if partes is None:
        return None
    mayor, menor = int(partes[1]), int(partes[2] or 0)
    return 4 if (mayor, menor) >= (3, 9) else mayor


def del_cuaderno(cuaderno):
    """Los números de los ejercicios de un cuaderno, en orden.

    Args:
        cuaderno: de 1 a 4; con otro, o sin ejercicios, no hay ninguno.

    Returns:
        list[str]
    """
    modulo = f"ejercicios.cap{cuaderno}"
    if find_spec(modulo) is not None:
        import_module(modulo)
    return [n for n in EJERCICIOS if cuaderno_de(n) == cuaderno]


def _no_existe(numero):
    cuaderno = cuaderno_de(numero)
    if cuaderno is None and _estados:
        cuaderno = cuaderno_de(next(reversed(_estados)))
    hay = ", ".join(del_cuaderno(cuaderno)) or "los que ves en los cuadernos"
    return f"No hay un ejercicio «{numero}». Los que hay: {hay}."


def _revisa(numero, respuesta):
    """(estado, lo que se dice además) de una respuesta."""
    if pendiente(respuesta):
        return "pendiente", ""
    with sin_rastro():
        try:
            return "correcto", f" {EJERCICIOS[numero](respuesta)}"
        except Pista as pista:
            falta = str(pista)
        except Exception as error:  # la respuesta no se deja ni mirar
            tipo = type(respuesta).__name__
            falta = (
                f"no sé leer una respuesta de tipo {tipo} ({explica(error)})"
            )
    return "todavía no", f" Pista: {falta}"


def comprueba(numero, respuesta):
    """Dice si un ejercicio está pendiente, correcto o todavía no.

    No lanza excepciones, no deja nombres, no cambia la respuesta ni el azar.

    Args:
        numero: el del ejercicio, como "1.3a".
        respuesta: valor, función o clase; `...` si está sin tocar.
    """
    numero = str(numero).strip()
    if numero not in del_cuaderno(cuaderno_de(numero)):
        print(_no_existe(numero))
        return
    estado, detalle = _revisa(numero, respuesta)
    _estados[numero] = estado
    print(f"Ejercicio {numero}: {estado}.{detalle}")


def progreso():
    """Imprime los ejercicios de este cuaderno y cómo va cada uno.

    El cuaderno es el de los ejercicios comprobados en este núcleo.
    """
    cuadernos = sorted({cuaderno_de(numero) for numero in _estados})
    if not cuadernos:
        print("Aún no has comprobado ningún ejercicio.")
    for cuaderno in cuadernos:
        numeros = del_cuaderno(cuaderno)
        hechos = [n for n in numeros if _estados.get(n) == "correcto"]
        print(f"Correctos: {len(hechos)} de {len(numeros)}\n")
        for numero in numeros:
            titulo = (EJERCICIOS[numero].__doc__ or "").partition("\n")[0]
            estado = _estados.get(numero, "pendiente")
            print(f"{numero:<6}{titulo:<34}{estado}")
