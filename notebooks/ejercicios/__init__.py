"""Los ejercicios que contestan: `comprueba`, `pista`, `contesta`, `progreso`.

Aquí se revisan respuestas; lo que los capítulos usan vive en `helpers/`.

Cómo se agrega un ejercicio, por ejemplo el 3.4b:

1. En `cap3/` (una carpeta por cuaderno; la del 4, `cap4/`, lleva los de 3.9
   en adelante), en el archivo de su tema, la función que la revisa::

       from ejercicios.piezas import compara, ejercicio, llama, pide

       @ejercicio("3.4b")  # segundos=60, mib=None, si lanza otros procesos
       def largos(funcion):
           \"\"\"Título corto, sale en `progreso()`\"\"\"
           for textos in (["a b", "c"], ["a"], ["a b c", "d", "e f"]):
               compara(
                   llama(funcion, textos),
                   [len(t.split()) for t in textos],  # el oráculo
                   [
                       (
                           [len(t) for t in textos],
                           "cuentas letras, no palabras.",
                       ),
                   ],
               )
           return "Una frase que cierra la idea."

   Siempre con dos tamaños por lo menos y datos al azar (la semilla ya está
   fijada), contra un oráculo: lo que solo acierta el ejemplo no pasa. Lo que
   falte se dice con `pide(condición, "pista.")` o `compara`, que recibe pares
   (lo que sale con un error típico, su pista). Si la respuesta debe servir
   para entrenar, `compara_gradiente`. Lo del estudiante se llama con `llama`
   o se construye con `crea`: sus excepciones, sus bucles sin fin y lo que
   cambien fuera de sí se vuelven pistas. Se revisa la idea (forma, tipo,
   valores, conducta), nunca cómo está escrita. Si `comprueba` recibe dos
   respuestas, la función que revisa recibe dos argumentos.

2. En `pistas3.py`, las tres pistas que se piden con `pista("3.4b")`: una
   pregunta que orienta, la idea y la forma de la respuesta, con huecos `___`.
   Tras el primer ejercicio de cada cuaderno, una celda enseña a pedirlas.

3. En el cuaderno, tres celdas tras «En dos líneas»: el enunciado
   (`**Ejercicio 3.4b · 5 min.** …`, slide=subslide), el código (slide=-) y
   la solución plegada (slide=skip), que reemplaza todo lo que va antes de
   `comprueba`. Una respuesta sin tocar es `...`; una función o una clase sin
   tocar tiene `...` por cuerpo. El ejercicio no usa nombres que el cuaderno
   necesite después: para eso están `respuesta` y los nombres locales.

4. En `tests/respuestas/cap3.py`, al menos cinco respuestas malas, cada una
   con una palabra que su pista debe decir (una, correcta solo en el ejemplo;
   otra, el error del que avisa la lección), y cuatro buenas distintas de la
   solución. `tests/test_ejercicios.py` encuentra todo lo demás, y se queja
   de una pista que ninguna respuesta provoca.

Una pregunta de repaso son dos celdas al acabar «Resumen», con ids
`repaso-1` y `repaso-1-prueba`: el enunciado (`**Pregunta 3.r1.** …` y las
opciones, `- a) …`) y `contesta("3.r1", ...)`. La letra buena y las razones
de todas van en `repaso3.py`, con `pregunta`.
"""

from ejercicios import avance, ayuda
from ejercicios.curas import explica
from ejercicios.limite import SinTiempo, limite_de_memoria, limite_de_tiempo
from ejercicios.llamada import TARDA
from ejercicios.piezas import pendiente
from ejercicios.rastro import DICHO, sin_rastro
from ejercicios.registro import (
    EJERCICIOS,
    Pista,
    cuaderno_de,
    del_cuaderno,
    titulo,
)
from ejercicios.repaso import contesta, del_repaso

__all__ = ["comprueba", "contesta", "pista", "progreso"]

CUADERNOS = (1, 2, 3, 4)


def _existe(numero):
    """Si hay un ejercicio así; si no, dice cuáles hay."""
    if numero in del_cuaderno(cuaderno_de(numero)):
        return True
    cuaderno = cuaderno_de(numero)
    comprobados = avance.de_este_kernel()
    if cuaderno is None and comprobados:
        cuaderno = cuaderno_de(comprobados[-1])
    hay = ", ".join(del_cuaderno(cuaderno)) or "los que ves en los cuadernos"
    print(f"No hay un ejercicio «{numero}». Los que hay: {hay}.")
    return False


def _dicho():
    """Lo que imprimió el código del estudiante, con sangría."""
    lineas = DICHO.texto.strip().splitlines()
    if not lineas:
        return ""
    mas = ["…"] if len(lineas) > 5 else []
    cuerpo = "\n".join(f"    {linea[:70]}" for linea in lineas[:5] + mas)
    return f"\n  Tu código imprimió:\n{cuerpo}"


def _falta(error, respuestas):
    """La pista de una revisión que no llegó al final."""
    if isinstance(error, Pista):
        return str(error)
    if isinstance(error, SinTiempo):
        return f"la respuesta {TARDA}"
    tipos = ", ".join(type(r).__name__ for r in respuestas)
    return f"no sé leer una respuesta de tipo {tipos} ({explica(error)})"


def _revisa(numero, respuestas):
    """(estado, lo que se dice además) de una respuesta."""
    revisa = EJERCICIOS[numero]
    falta = ""
    with sin_rastro() as cambios:
        try:
            with (
                limite_de_memoria(revisa.mib),
                limite_de_tiempo(revisa.segundos),
            ):
                cierre = revisa(*respuestas)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # hasta `SystemExit`
            falta = _falta(error, respuestas)
    if cambios and not falta:
        falta = (
            f"deja cambiado algo que no es suyo: {', '.join(cambios)}. Ya "
            "está como antes."
        )
    if falta:
        return avance.CASI, f" Pista: {falta}{_dicho()}"
    return avance.CORRECTO, f" {cierre}"


def comprueba(numero, *respuestas):
    """Dice si un ejercicio está pendiente, correcto o todavía no.

    No lanza excepciones, no deja nombres, no cambia la respuesta, el azar ni
    los modos, y vuelve aunque la respuesta no acabe nunca.

    Args:
        numero: el del ejercicio, como "1.3a".
        respuestas: valor, función o clase; `...` si está sin tocar. Algunos
            ejercicios piden dos.
    """
    numero = str(numero).strip()
    if not _existe(numero):
        return
    if not respuestas or any(map(pendiente, respuestas)):
        estado, detalle = avance.PENDIENTE, ""
    else:
        estado, detalle = _revisa(numero, respuestas)
    avance.anota(numero, estado)
    print(f"Ejercicio {numero}: {estado}.{detalle}")


def pista(numero):
    """Dice la siguiente pista de un ejercicio: cada vez, un poco más.

    Args:
        numero: el del ejercicio, como "2.5b".
    """
    numero = str(numero).strip()
    if _existe(numero):
        print(ayuda.siguiente(numero))


def _cuenta(numeros, estados):
    hechos = [n for n in numeros if estados.get(n) == avance.CORRECTO]
    return f"{len(hechos)} de {len(numeros)}"


def progreso():
    """Imprime cómo van los cuatro capítulos y, en detalle, el de ahora.

    El capítulo de ahora es el de los ejercicios comprobados en este kernel.
    """
    estados, avisos = avance.estados()
    for n in CUADERNOS:
        fila = f"Capítulo {n}: {_cuenta(del_cuaderno(n), estados)} ejercicios"
        if del_repaso(n):
            fila += f", {_cuenta(del_repaso(n), estados)} preguntas"
        print(fila)
    for cuaderno in sorted(set(map(cuaderno_de, avance.de_este_kernel()))):
        print()
        for numero in del_cuaderno(cuaderno):
            estado = estados.get(numero, avance.PENDIENTE)
            print(f"{numero:<6}{titulo(numero):<34}{estado}")
    for aviso in avisos:
        print(f"\n{aviso}")
