"""Un núcleo para ejecutar cuadernos, igual para `run` y para `outputs`."""

from nbclient import NotebookClient

ESPERA_S = 600


def nuevo_cliente(cuaderno, ruta):
    """Cliente que ejecuta `cuaderno` en la carpeta de `ruta`.

    Args:
        cuaderno: el de `nbformat.read`; se llena con las salidas.
        ruta: `Path` del cuaderno.

    Returns:
        NotebookClient
    """
    return NotebookClient(
        cuaderno,
        timeout=ESPERA_S,
        resources={"metadata": {"path": str(ruta.parent)}},
        # Sin horas de ejecución ni salidas partidas: no se repetirían.
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
        # Despedirse del núcleo con calma cuesta un segundo por cuaderno.
        shutdown_kernel="immediate",
    )
