"""Mide un método en este proceso: `python -m banco.mide MÉTODO TRAIN TEST
DISPOSITIVO SEMILLA`. Imprime una línea de JSON."""

import json
import sys
from time import perf_counter

from banco.metodos import METODOS
from helpers.dbpedia import lee_csv


def arranca_gpu():
    """Arranca CUDA y sus bibliotecas: es como importar, y no se cuenta.

    Returns:
        módulo: `torch.cuda`; sabe esperar a la GPU y cuánta memoria pidió.
    """
    import torch

    x = torch.ones(2, 2, device="cuda", requires_grad=True)
    (x @ x).sum().backward()
    torch.cuda.synchronize()
    return torch.cuda


def memoria_mib():
    """La memoria máxima del proceso y del que lanzó, si lo hubo, en MiB.

    Lo que comparten se cuenta dos veces: es un techo. La de la GPU, aparte.
    """
    if sys.platform == "win32":  # sin `resource`, y sin procesos que lanzar
        import psutil  # lo trae ipykernel

        return psutil.Process().memory_info().peak_wset / 2**20
    import resource

    maxima = sum(
        resource.getrusage(quien).ru_maxrss
        for quien in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return maxima / (2**20 if sys.platform == "darwin" else 2**10)


def main(nombre, train, test, dispositivo, semilla):
    entrena, predice = METODOS[nombre](dispositivo, int(semilla))
    gpu = None
    if dispositivo == "cuda" and "torch" in sys.modules:
        gpu = arranca_gpu()
    inicio = perf_counter()
    modelo = entrena(train)
    if gpu:  # lo pedido a la GPU puede no estar hecho
        gpu.synchronize()
    entrenado = perf_counter()
    dichas = predice(modelo, test)
    fin = perf_counter()
    memoria = memoria_mib()
    if gpu:
        memoria += gpu.max_memory_allocated() / 2**20
    reales = [label for label, _ in lee_csv(test)]
    aciertos = sum(a == b for a, b in zip(dichas, reales, strict=True))
    print(
        json.dumps(
            {
                "exactitud": aciertos / len(reales),
                "entrena_s": entrenado - inicio,
                "predice_s": fin - entrenado,
                "memoria_mib": memoria,
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
