"""Las pistas que se piden, de la que menos dice a la que más: `pista`.

Las de un capítulo están en `pistas1.py` … `pistas4.py`, en `PISTAS`: tres
por ejercicio (una pregunta que orienta, la idea y la forma de la respuesta).
"""

from ejercicios.registro import carga, cuaderno_de

_dichas = {}  # número → cuántas se han pedido en este kernel


def pistas_de(numero):
    """Las tres pistas de un ejercicio."""
    return carga(f"pistas{cuaderno_de(numero)}").PISTAS[numero]


def siguiente(numero):
    """La pista que toca, con su lugar: cada vez dice un poco más."""
    pistas = pistas_de(numero)
    lugar = _dichas.get(numero, 0)
    if lugar >= len(pistas):
        return (
            f"Ya viste las {len(pistas)} pistas de {numero}: inténtalo con "
            "ellas y, si no sale, despliega la solución."
        )
    _dichas[numero] = lugar + 1
    titulo = f"Pista {lugar + 1} de {len(pistas)}."
    junta = "\n" if "\n" in pistas[lugar] else " "
    return f"{titulo}{junta}{pistas[lugar]}"
