"""Las pistas de 3 y 4: tres por ejercicio, y la última, llena, resuelve."""

import io
import json
import pickle
from collections import Counter
from contextlib import redirect_stdout
from textwrap import indent

import pytest
import torch
from torch import nn

from ejercicios import comprueba
from ejercicios.ayuda import pistas_de
from ejercicios.registro import del_cuaderno
from helpers import clasificador as c3

# La cabecera de la función, si la pista da solo su cuerpo, y los huecos.
HUECOS = {
    "3.1": ("", "values", "len(etiquetas)"),
    "3.2a": ("f(train, test)", "train", "test"),
    "3.2b": ("f(textos, minimo)", "veces[t] >= minimo", "-veces[t]", "t"),
    "3.3": ("f(text, offsets)", "len(text)", "desde", "hasta"),
    "3.4a": (
        "f(vocab_size, embed_dim, num_class)",
        *("2", "embed_dim", "num_class", "num_class"),
    ),
    "3.4b": ("f(tabla, text, offsets)", "tabla[ids].mean(dim=0)", "stack"),
    "3.4c": ("", "weight", "ruido * largo**0.5"),
    "3.5a": ("f(salidas, clases)", "1", "clases", "-correctas.log().mean()"),
    "3.5b": (
        "f(modelo, dataloader, criterio)",
        *("perdida.item() * len(label)", "len(label)"),
    ),
    "3.6": ("", "eval", "label.unsqueeze(dim=1)", "len(label)"),
    "3.7": (
        "f(clases, fraccion, train=(), valid=())",
        *("c == clase", "fraccion * len(lugares)", ":corte", "corte:"),
    ),
    "3.9a": (
        "f(c, t, t_compilado)",
        "t_compilado >= t",
        "t - t_compilado",
        "1",
    ),
    "3.9b": ("", "dynamic=True", "compilado"),
    "3.10": ("f(objeto, ruta)", "json.dumps(objeto)", "ruta.name", "replace"),
    "3.11": (
        "f(tokens, config, pesos)",
        "{n: t.shape for n, t in pesos.items()}",
        'len(tokens) == config["vocab_size"]',
    ),
    "3.12": (
        "f(ruta)",
        *('"cpu"', "UnpicklingError", 'len(pesos["fc.bias"])'),
        *("load_state_dict", "eval()"),
    ),
    "4.1a": ("f(n, proceso, procesos)", "proceso", "procesos", "n"),
    "4.1b": (
        "f(copias)",
        "torch.stack([p.grad for p in mismos]).mean(dim=0)",
        "media.clone()",
    ),
}
# Lo que la pista deja dicho alrededor de su trozo.
ALREDEDOR = {
    "3.2a": (
        "",
        "return sum(t not in conocidos for t in de_prueba) / len(de_prueba)",
    ),
    "3.7": ("train, valid = [], []", "return train, valid"),
}
RETOS = {"3.8", "4.2"}  # piden más que llenar huecos


@pytest.mark.parametrize("numero", del_cuaderno(3) + del_cuaderno(4))
def test_hay_tres_pistas_y_cada_una_dice_mas(numero):
    pregunta, idea, forma = pistas_de(numero)
    assert "?" in pregunta
    assert "___" not in idea
    assert "___" in forma
    assert all(len(linea) <= 79 for linea in forma.splitlines())


def test_no_falta_ninguna():
    todos = {*del_cuaderno(3), *del_cuaderno(4)}
    assert todos - RETOS == HUECOS.keys()


@pytest.mark.parametrize("numero", HUECOS)
def test_la_ultima_pista_llena_los_huecos_y_resuelve(numero):
    cabecera, *huecos = HUECOS[numero]
    trozos = pistas_de(numero)[2].split("___")
    assert len(trozos) == len(huecos) + 1
    codigo = "".join(map("".join, zip(trozos, [*huecos, ""], strict=True)))
    if cabecera:
        antes, despues = ALREDEDOR.get(numero, ("", ""))
        cuerpo = indent(f"{antes}\n{codigo}\n{despues}", "    ")
        codigo = f"def {cabecera}:\n{cuerpo}"
    nombres = {
        "torch": torch,
        "nn": nn,
        "Counter": Counter,
        "json": json,
        "pickle": pickle,
        "c3": c3,
        "__name__": "respuesta",
    }
    exec(codigo, nombres)
    funcion = codigo.partition("def ")[2].partition("(")[0]
    salida = io.StringIO()
    with redirect_stdout(salida):
        comprueba(numero, nombres[funcion])
    assert salida.getvalue().startswith(f"Ejercicio {numero}: correcto.")
