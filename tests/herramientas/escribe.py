"""Escribir sin dejar nada a medias, con los mismos bytes en todas partes."""

import nbformat


def escribe_texto(texto, ruta):
    """Escribe aparte y cambia el nombre al final; fin de línea `\\n`.

    Args:
        texto: str.
        ruta: `Path`.
    """
    aparte = ruta.with_name(ruta.name + ".parcial")
    aparte.write_text(texto, encoding="utf-8", newline="\n")
    aparte.replace(ruta)


def escribe_cuaderno(cuaderno, ruta):
    """Lo mismo, con un cuaderno de nbformat."""
    texto = nbformat.writes(cuaderno)
    escribe_texto(texto if texto.endswith("\n") else texto + "\n", ruta)
