"""Las preguntas de repaso que cierran cada capítulo: `contesta`.

Las de un capítulo están en `repaso1.py` … `repaso4.py`; su enunciado y sus
opciones, en el cuaderno.
"""

from dataclasses import dataclass, field

from ejercicios import avance
from ejercicios.registro import carga, cuaderno_de

PREGUNTAS = {}  # número → Pregunta; el orden es el del cuaderno


@dataclass
class Pregunta:
    """Una pregunta de opciones.

    Args:
        buena: la letra de la opción correcta.
        razon: por qué lo es.
        fallos: {letra: por qué no es esa}.
        de: el capítulo que repasa.
    """

    buena: str
    razon: str
    fallos: dict = field(default_factory=dict)
    de: int = 0


def pregunta(numero, buena, razon, de=None, **fallos):
    """Apunta una pregunta.

    >>> pregunta("1.r1", "a", "Un eje por corchete.", b="Eso es `numel`.")

    Args:
        numero: como "1.r1".
        buena, razon: la letra y por qué.
        de: el capítulo que repasa; sin él, el suyo.
        fallos: por qué no es cada una de las otras letras.
    """
    de = de or cuaderno_de(numero)
    PREGUNTAS[numero] = Pregunta(buena, razon, fallos, de)


def del_repaso(cuaderno):
    """Los números de las preguntas de un cuaderno, en orden."""
    carga(f"repaso{cuaderno}")
    return [n for n in PREGUNTAS if cuaderno_de(n) == cuaderno]


def contesta(numero, letra):
    """Dice si una respuesta de repaso está pendiente, correcta o no, y por
    qué.

    Args:
        numero: el de la pregunta, como "1.r3".
        letra: la de una opción, como "b"; `...` si está sin tocar.
    """
    numero = str(numero).strip()
    hay = del_repaso(cuaderno_de(numero))
    if numero not in hay:
        cuales = f"van de {hay[0]} a {hay[-1]}" if hay else "son otras"
        print(f"No hay una pregunta «{numero}»: las del repaso {cuales}.")
        return
    estado, razon = _corrige(PREGUNTAS[numero], letra)
    avance.anota(numero, estado)
    print(f"Pregunta {numero}: {estado}.{razon}")


def _corrige(suya, letra):
    """(estado, lo que se dice además) de una letra."""
    if letra is ...:
        return avance.PENDIENTE, ""
    elegida = letra.strip(" ().\n").lower() if isinstance(letra, str) else ""
    if elegida == suya.buena:
        return avance.CORRECTO, f" {suya.razon}"
    if elegida in suya.fallos:
        return avance.CASI, f" {suya.fallos[elegida]}"
    letras = ", ".join(f'"{x}"' for x in sorted([suya.buena, *suya.fallos]))
    return avance.CASI, f" Se contesta con una letra entre comillas: {letras}."
