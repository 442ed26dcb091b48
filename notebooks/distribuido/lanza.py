"""Lanza `distribuido.entrena` en varios procesos de esta máquina.

    python -m distribuido.lanza --procesos 2 --salida ../build/distribuido

Es torchrun, igual en Linux, macOS y Windows: los procesos se encuentran por
un archivo y en 127.0.0.1. `torchrun --standalone` no funciona en Windows
(pytorch/pytorch, issue 196855), y en otras máquinas espera minutos a que la
red conozca su nombre.
"""

import argparse
import logging
import os
import sys
import tempfile
from pathlib import Path

NOTEBOOKS = Path(__file__).resolve().parents[1]


def orden(encuentro, procesos, programa, reinicios=3):
    """Los argumentos de torchrun.

    Args:
        encuentro: ruta de un archivo que aún no existe.
        procesos: cuántos.
        programa: lista con "-m" y un módulo, o un archivo, y sus argumentos.
        reinicios: cuántas veces se empieza otra vez si uno muere.

    Returns:
        list[str]
    """
    return [
        "--rdzv-backend=c10d",
        "--rdzv-conf=store_type=file",
        f"--rdzv-endpoint={encuentro}",
        "--rdzv-id=curso",
        "--local-addr=127.0.0.1",
        f"--nproc-per-node={procesos}",
        f"--max-restarts={reinicios}",
        *map(str, programa),
    ]


def prepara_entorno():
    """Deja en las variables lo que torchrun y sus procesos van a leer."""
    rutas = (str(NOTEBOOKS), os.environ.get("PYTHONPATH"))
    os.environ |= {
        "LOGLEVEL": "ERROR",
        "OMP_NUM_THREADS": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, rutas)),
        "PYTHONUTF8": "1",
        "TORCH_DISABLE_SHARE_RDZV_TCP_STORE": "1",
        "USE_LIBUV": "0",  # el torch de Windows no lo trae
    }


def main():
    p = argparse.ArgumentParser(
        prog="distribuido.lanza", add_help=False, allow_abbrev=False
    )
    p.add_argument("--procesos", default="2", nargs="?", const="nada")
    a, resto = p.parse_known_args()
    if not a.procesos.isdecimal() or int(a.procesos) == 0:
        sys.exit(f"--procesos tiene que ser 1 o más, y es {a.procesos}.")
    prepara_entorno()
    os.environ["CURSO_LANZA"] = "1"  # aquí la traza de torchrun no se ve
    # Después de preparar el entorno, que leen al importarse.
    from torch.distributed import run
    from torch.distributed.elastic.multiprocessing.api import SignalException

    # Sus avisos al parar no le dicen nada a nadie.
    logging.getLogger("torch.distributed.elastic").setLevel(logging.ERROR)
    programa = ["-m", "distribuido.entrena", *resto]
    with tempfile.TemporaryDirectory(prefix="torchrun-") as carpeta:
        try:
            run.main(orden(Path(carpeta, "archivo"), a.procesos, programa))
        except SignalException:  # lo detuvo `procesos.para`, que ya lo dijo
            sys.exit(1)


if __name__ == "__main__":
    main()
