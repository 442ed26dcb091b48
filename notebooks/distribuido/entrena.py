"""El clasificador, entrenado por varios procesos a la vez con torchrun.

Desde `notebooks/`:

    python -m distribuido.lanza --procesos 2 --salida ../build/distribuido

`torchrun … -m distribuido.entrena` hace lo mismo, y si algo falla escribe su
traza después de nuestra frase; `python -m distribuido.entrena` es un solo
proceso. Si uno muere, torchrun reinicia a todos y siguen desde el último
checkpoint. Con varias máquinas, `--salida` es una carpeta que todas ven, y
la variable `TORCH_DISABLE_SHARE_RDZV_TCP_STORE=1` hace falta para reiniciar.
Lo explica la sección 4.1; la idea, Li y otros, «PyTorch Distributed», 2020.
"""

import argparse
import io
import json
import os
import zlib
from collections import Counter
from itertools import islice
from pathlib import Path

import torch
from safetensors.torch import save
from torch import nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader

from archivos import escribe, quita_restos
from distribuido.checkpoint import reanuda
from distribuido.procesos import (
    de_todos,
    grupo,
    intento,
    juntos,
    muere_en,
    para,
)
from helpers import clasificador as c3
from helpers.dbpedia import CLASES, DATOS, DBpedia
from helpers.entorno import fija_semilla
from helpers.errores import DatosInvalidos, explica_disco
from helpers.texto import codifica, numera


class Opciones(argparse.ArgumentParser):
    """Habla español, y uno solo aunque sean muchos procesos."""

    def error(self, message):
        cual, _, que = message.removeprefix("argument ").partition(": ")
        if cual.startswith("unrecognized"):
            cual = que
        if not que.startswith("«"):  # lo dice argparse, en inglés
            que = "revisa su nombre y su valor"
        para(f"La orden no se entiende en {cual}: {que}. Mira --help.")

    def print_help(self, file=None):
        if os.environ.get("RANK", "0") == "0":
            super().print_help(file)


def entero(desde, hasta=float("inf")):
    def lee(texto):
        if not (texto.isdecimal() and desde <= int(texto) <= hasta):
            raise argparse.ArgumentTypeError(
                f"«{texto}» tiene que ser un entero desde {desde}"
                + (f" hasta {hasta}" if hasta < float("inf") else "")
            )
        return int(texto)

    return lee


def argumentos(lista=None):
    p = Opciones(
        prog="distribuido.entrena",
        usage="%(prog)s [--opción valor]…",
        allow_abbrev=False,
        add_help=False,
    )
    p.add_argument("--help", action="help", help="muestra esta ayuda")
    salida = DATOS.parent / "build" / "distribuido"
    natural = entero(1)
    p.add_argument("--datos", help="carpeta con train.csv y test.csv")
    p.add_argument(
        "--salida", type=Path, default=salida, help="dónde queda todo"
    )
    p.add_argument("--cada", type=natural, default=50, help="guarda cada…")
    p.add_argument("--dispositivo", choices=("cpu", "cuda"), default="cpu")
    p.add_argument("--epocas", type=natural, help="vueltas a los datos")
    p.add_argument("--lote", type=natural, help="artículos, entre todos")
    p.add_argument("--semilla", type=entero(0, 2**32 - 1), default=c3.SEMILLA)
    p.add_argument("--mata", type=natural, help="paso en que muere el último")
    return p.parse_args(lista)


def junta(conteo):
    """Suma los conteos de todos los procesos; es la que pide `numera`."""
    total = Counter()
    for parte in de_todos(conteo):
        total.update(parte)
    return total


def lotes(filas, parte, lote, epocas, azar):
    """Los índices de cada lote de este proceso, en orden.

    Args:
        filas: artículos de este proceso.
        parte: los del que más tiene; con menos, se repite alguno, para que
            todos den los mismos pasos.
        lote: artículos de este proceso en cada lote.
        epocas: cuántas veces se recorren.
        azar: semilla; de ella y de la época depende el orden, y de nada más.

    Yields:
        list[int]: dos o más; con uno, BatchNorm no puede entrenar.
    """
    for epoca in range(epocas):
        mezcla = torch.Generator().manual_seed(azar + 1000 * epoca)
        orden = torch.randperm(filas, generator=mezcla)
        orden = torch.cat([orden, orden[: parte - filas]])
        yield from (i.tolist() for i in orden.split(lote) if len(i) > 1)


def dispersa(optimizador, *_):
    """Deja dispersos los gradientes: SparseAdam no admite otros."""
    for p in optimizador.param_groups[0]["params"]:
        if not p.grad.is_sparse:
            p.grad = p.grad.to_sparse(1)


def entrena(a, dispositivo, proceso, procesos):
    """Lo que hace cada proceso.

    Args:
        a: lo que devuelve `argumentos`.
        dispositivo, proceso, procesos: lo que da `grupo`.

    Returns:
        float | None: la exactitud en prueba, en el proceso 0.

    Raises:
        DatosInvalidos: no hay artículos para tantos procesos, o
            `CheckpointAjeno`.
    """
    train, test = DBpedia(a.datos)
    vocab, propios = numera(islice(train, proceso, None, procesos), junta)
    # Antes de entrenar: si un archivo está mal, se dice ahora.
    prueba = codifica(test, vocab.texto_pipeline) if proceso == 0 else None
    datos = c3.ArticulosCodificados(*propios)
    partes = de_todos(len(datos))
    epocas, lote = c3.receta(sum(partes))
    epocas, lote = a.epocas or epocas, a.lote or lote
    suyo = max(lote // procesos, 1)
    por_epoca = sum(1 for _ in lotes(partes[0], partes[0], suyo, 1, 0))
    if not por_epoca or not partes[-1]:
        raise DatosInvalidos(
            f"{sum(partes)} artículos en lotes de {lote} no alcanzan para "
            f"{procesos} procesos: usa menos, o un --lote mayor."
        )
    suma = zlib.crc32(" ".join(vocab).encode())
    for tensor in propios:
        suma = zlib.crc32(tensor.numpy(), suma)
    huella = {
        "procesos": procesos,
        "datos": de_todos(suma),
        "épocas": epocas,
        "lote": lote,
        "semilla": a.semilla,
    }

    fija_semilla(a.semilla)
    modelo = c3.ModeloClasificacionTexto(
        len(vocab), c3.EMBED_DIM, len(CLASES)
    ).to(dispositivo)
    # NCCL no sabe sumar gradientes dispersos: llegan densos.
    modelo.embedding.sparse = dispositivo.type == "cpu"
    optimizadores, planificadores = c3.crea_optimizadores(
        modelo, c3.TASA_APRENDIZAJE, pasos=epocas * por_epoca
    )
    optimizadores[0].register_step_pre_hook(dispersa)
    piezas = {
        "modelo": [modelo],
        "optimizadores": optimizadores,
        "planificadores": planificadores,
    }
    ruta, pasos = a.salida / "checkpoint.pt", epocas * por_epoca
    with explica_disco(a.salida):
        a.salida.mkdir(parents=True, exist_ok=True)
        if proceso == 0:
            quita_restos(ruta, quietos_s=0)
        paso = 0
        if ruta.exists():
            paso = reanuda(ruta, huella, piezas, pasos, dispositivo)
    if len(set(de_todos(paso))) > 1:
        raise DatosInvalidos(
            f"No todos los procesos ven el mismo {ruta.name}: --salida tiene "
            "que ser una carpeta que compartan todas las máquinas."
        )
    if proceso == 0:
        print(f"procesos: {procesos}, con {partes[0]} artículos cada uno")
        print(f"pasos: del {paso} al {pasos}", flush=True)
    if a.mata and proceso == procesos - 1 and intento() == "0":
        muere_en(a.mata - paso, optimizadores[0])

    # Cada uno calcula con sus filas; en `backward`, DDP promedia.
    repartido = DistributedDataParallel(modelo)
    orden = lotes(len(datos), partes[0], suyo, epocas, a.semilla + proceso)
    orden = islice(orden, paso, None)  # los ya dados pasan sin calcularse
    criterio = nn.CrossEntropyLoss()
    while trozo := list(islice(orden, a.cada)):
        lector = DataLoader(datos, batch_sampler=trozo, collate_fn=c3.tal_cual)
        c3.entrena(repartido, lector, criterio, optimizadores, planificadores)
        paso += len(trozo)
        if proceso == 0:
            estado = {}
            for nombre, lista in piezas.items():
                estado[nombre] = [pieza.state_dict() for pieza in lista]
            estado |= {"paso": paso, "epoca": paso // por_epoca}
            bytes_ = io.BytesIO()
            torch.save(estado | {"huella": huella}, bytes_)
            with explica_disco(ruta):
                escribe(ruta, bytes_.getvalue())
        de_todos(None)  # si el disco se llenó, lo saben todos
    exactitud = (
        termina(modelo, vocab, prueba, a.salida) if proceso == 0 else None
    )
    de_todos(None)  # nadie se va antes que el proceso 0
    return exactitud


def termina(modelo, vocab, prueba, salida):
    """Deja el modelo y su vocabulario, y devuelve la exactitud en prueba."""
    tokens = json.dumps(list(vocab), ensure_ascii=False)
    with explica_disco(salida):
        escribe(salida / "modelo.safetensors", save(modelo.state_dict()))
        escribe(salida / "vocabulario.json", tokens)
    lector = DataLoader(
        c3.ArticulosCodificados(*prueba), 256, collate_fn=c3.tal_cual
    )
    _, exactitud = c3.evalua(modelo, lector, nn.CrossEntropyLoss())
    print(f"exactitud en prueba: {exactitud:.1%}", flush=True)
    return exactitud


def main():
    a = argumentos()
    try:
        with grupo(a.dispositivo) as quien, juntos():
            entrena(a, *quien)
    except DatosInvalidos as error:
        para(error)


if __name__ == "__main__":
    main()
