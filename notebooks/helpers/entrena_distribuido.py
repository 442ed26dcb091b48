"""El clasificador, entrenado por varios procesos a la vez con `torchrun`.

Desde `notebooks/`:

    torchrun --standalone --nproc-per-node=2 --max-restarts=3 \\
        -m helpers.entrena_distribuido --salida ../build/distribuido

Sin torchrun es un solo proceso: `python -m helpers.entrena_distribuido`. Si
uno muere, torchrun reinicia a todos y siguen desde el último checkpoint. Con
varias máquinas, `--salida` es una carpeta que todas ven. Lo explica la
sección 4.1; la idea, Li y otros, «PyTorch Distributed», 2020.
"""

import argparse
import json
import os
import signal
import sys
import zlib
from collections import Counter
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import distributed, nn
from torch.nn.parallel import DistributedDataParallel
from torch.utils.data import DataLoader

from helpers import clasificador as c3
from helpers.dbpedia import CLASES, DBpedia
from helpers.entorno import fija_semilla
from helpers.errores import CheckpointAjeno, DatosInvalidos
from helpers.texto import codifica, numera, tokeniza

SALIDA = Path(__file__).resolve().parents[2] / "build" / "distribuido"


def natural(texto):
    if not texto.isdecimal() or int(texto) == 0:
        raise argparse.ArgumentTypeError("tiene que ser un entero desde 1")
    return int(texto)


def argumentos(lista=None):
    p = argparse.ArgumentParser(prog="entrena_distribuido")
    p.add_argument("--datos", help="carpeta con train.csv y test.csv")
    p.add_argument("--salida", type=Path, default=SALIDA)
    p.add_argument("--cada", type=natural, default=50, help="guarda cada…")
    p.add_argument("--dispositivo", choices=("cpu", "cuda"), default="cpu")
    p.add_argument("--epocas", type=natural)
    p.add_argument("--lote", type=natural, help="artículos, entre todos")
    p.add_argument("--semilla", type=int, default=c3.SEMILLA)
    p.add_argument("--mata", type=natural, help="paso en que muere el último")
    return p.parse_args(lista)


def inicia(dispositivo):
    """Une este proceso al grupo y dice en qué dispositivo trabaja."""
    torch.set_num_threads(1)  # el trabajo se reparte en procesos, no en hilos
    donde, grupo = torch.device("cpu"), {"backend": "gloo"}
    if dispositivo == "cuda":
        donde = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0)))
        torch.cuda.set_device(donde)
        grupo = {"backend": "nccl", "device_id": donde}
    almacen, yo, procesos = distributed.HashStore(), 0, 1  # sin torchrun
    if "RANK" in os.environ:
        almacen, yo, procesos = next(distributed.rendezvous("env://"))
        if os.environ["GROUP_WORLD_SIZE"] == "1":
            # torchrun no vacía su almacén al reiniciar: sin esto, se buscaría
            # a los procesos muertos (github.com/pytorch/pytorch/issues/135712).
            almacen = distributed.PrefixStore(intento(), almacen)
    distributed.init_process_group(
        **grupo, store=almacen, rank=yo, world_size=procesos
    )
    return donde


def intento():
    """Cuántas veces ha reiniciado torchrun, en texto."""
    return os.environ.get("TORCHELASTIC_RESTART_COUNT", "0")


def de_todos(objeto):
    """Lo que trae cada proceso, en una lista que reciben todos."""
    lista = [None] * distributed.get_world_size()
    distributed.all_gather_object(lista, objeto)
    return lista


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
        parte: los del que más tiene; con menos, se repite el primero, para
            que todos den los mismos pasos.
        lote: artículos de este proceso en cada lote.
        epocas: cuántas veces se recorren.
        azar: semilla; el orden de una época depende solo de ella y de cuál es.

    Yields:
        list[int]: dos o más; con uno, BatchNorm no puede entrenar.
    """
    for epoca in range(epocas):
        mezcla = torch.Generator().manual_seed(azar + 1000 * epoca)
        orden = torch.randperm(filas, generator=mezcla)
        orden = torch.cat([orden, orden[: parte - filas]])
        yield from (i.tolist() for i in orden.split(lote) if len(i) > 1)


@contextmanager
def completo(ruta):
    """Da un nombre provisional; al salir, lo escrito ahí ya es `ruta`."""
    aparte = ruta.with_name(ruta.name + ".tmp")
    yield aparte
    with aparte.open("rb+") as archivo:
        os.fsync(archivo.fileno())
    aparte.replace(ruta)


def abre(ruta, huella, donde):
    """Lee un checkpoint.

    Raises:
        CheckpointAjeno: lo escribió un entrenamiento con otra `huella`.
    """
    guardado = torch.load(ruta, weights_only=True, map_location=donde)
    suya = guardado.get("huella", {})
    if cambia := [k for k in huella if suya.get(k) != huella[k]]:
        raise CheckpointAjeno(
            f"{ruta.name} es de otro entrenamiento: no coincide "
            f"{', '.join(cambia)}. Bórralo, o elige otra carpeta con --salida."
        )
    return guardado


def muere_en(paso, optimizador):
    """Para practicar: mata este proceso al ir a dar el paso `paso`."""
    dados = count(1)

    def vigila(*_):
        if next(dados) == paso:  # Windows no tiene SIGKILL
            os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))

    optimizador.register_step_pre_hook(vigila)


def entrena(a, donde):
    """Lo que hace cada proceso; `a` es lo que devuelve `argumentos`."""
    yo, procesos = distributed.get_rank(), distributed.get_world_size()
    train, test = DBpedia(a.datos)
    tokens, (ids, inicios, clases) = numera(
        islice(train, yo, None, procesos), lambda label: label - 1, junta
    )
    suma = zlib.crc32(clases.numpy(), zlib.crc32(ids.numpy()))
    partes = de_todos(len(clases))
    epocas, lote = c3.receta(sum(partes))
    epocas, lote = a.epocas or epocas, a.lote or lote
    suyo = lote // procesos
    por_epoca = partes[0] // suyo + (partes[0] % suyo > 1) if suyo > 1 else 0
    if not por_epoca or not partes[-1]:
        raise DatosInvalidos(
            f"{sum(partes)} artículos en lotes de {lote} no alcanzan para "
            f"{procesos} procesos: usa menos, o un --lote mayor."
        )
    huella = {
        "procesos": procesos,
        "datos": [zlib.crc32(" ".join(tokens).encode()), *de_todos(suma)],
        "artículos": sum(partes),
        "épocas": epocas,
        "lote": lote,
        "semilla": a.semilla,
    }

    fija_semilla(a.semilla)
    modelo = c3.ModeloClasificacionTexto(
        len(tokens), c3.EMBED_DIM, len(CLASES)
    ).to(donde)
    # NCCL no suma gradientes dispersos.
    modelo.embedding.sparse = donde.type == "cpu"
    optimizadores, planificadores = c3.crea_optimizadores(
        modelo, c3.TASA_APRENDIZAJE, pasos=epocas * por_epoca
    )
    piezas = {
        "modelo": [modelo],
        "optimizadores": optimizadores,
        "planificadores": planificadores,
    }
    a.salida.mkdir(parents=True, exist_ok=True)
    ruta, paso = a.salida / "checkpoint.pt", 0
    if ruta.exists():
        guardado = abre(ruta, huella, donde)
        paso = guardado["paso"]
        for nombre, lista in piezas.items():
            for pieza, estado in zip(lista, guardado[nombre], strict=True):
                pieza.load_state_dict(estado)
    if yo == 0:
        print(f"{procesos} procesos, {partes[0]} artículos cada uno")
        print(f"pasos: del {paso} al {epocas * por_epoca}", flush=True)
    if a.mata and yo == procesos - 1 and intento() == "0":
        muere_en(a.mata - paso, optimizadores[0])

    # Cada uno calcula con sus filas; al retropropagar, DDP promedia.
    repartido = DistributedDataParallel(modelo)
    orden = lotes(len(clases), partes[0], suyo, epocas, a.semilla + yo)
    orden = islice(orden, paso, None)  # los que ya se dieron, sin calcularlos
    datos = c3.ArticulosCodificados(ids, inicios, clases)
    criterio = nn.CrossEntropyLoss()
    while trozo := list(islice(orden, a.cada)):
        lector = DataLoader(datos, batch_sampler=trozo, collate_fn=c3.tal_cual)
        c3.entrena(repartido, lector, criterio, optimizadores, planificadores)
        paso += len(trozo)
        if yo == 0:
            with completo(ruta) as aparte:
                estado = {"huella": huella, "paso": paso}
                estado["epoca"] = paso // por_epoca
                for nombre, lista in piezas.items():
                    estado[nombre] = [pieza.state_dict() for pieza in lista]
                torch.save(estado, aparte)
    if yo == 0:
        termina(modelo, tokens, test, a.salida)
    distributed.barrier()  # nadie se va antes de que acabe el proceso 0


def termina(modelo, tokens, test, salida):
    """El proceso 0 mide el modelo y lo deja, con su vocabulario."""
    indice = {token: i for i, token in enumerate(tokens)}
    codificados = codifica(
        test,
        lambda texto: [indice.get(token, 0) for token in tokeniza(texto)],
        lambda label: label - 1,
    )
    lector = DataLoader(
        c3.ArticulosCodificados(*codificados), 256, collate_fn=c3.tal_cual
    )
    _, exactitud = c3.evalua(modelo, lector, nn.CrossEntropyLoss())
    with completo(salida / "modelo.safetensors") as aparte:
        save_file(modelo.state_dict(), aparte)
    with completo(salida / "vocabulario.json") as aparte:
        aparte.write_text(json.dumps(tokens, ensure_ascii=False), "utf-8")
    print(f"exactitud en prueba: {exactitud:.1%}", flush=True)


def main():
    a = argumentos()
    donde = inicia(a.dispositivo)
    try:
        entrena(a, donde)
    except DatosInvalidos as error:  # una frase, y la dice uno solo
        sys.exit(str(error) if distributed.get_rank() == 0 else 1)
    finally:
        distributed.destroy_process_group()


if __name__ == "__main__":
    main()
