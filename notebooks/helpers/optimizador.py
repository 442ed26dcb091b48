"""Los optimizadores del clasificador."""

import torch
from torch.optim.lr_scheduler import LinearLR


def crea_optimizadores(modelo, tasa, pasos, tabla=None):
    """SparseAdam para la tabla, AdamW para el resto, y sus planificadores.

    Args:
        modelo: un `ModeloClasificacionTexto`.
        tasa: tasa de aprendizaje del primer paso (el doble en la tabla);
            baja en línea recta.
        pasos: lotes que se van a ver; tras el último, la tasa es 0.
        tabla: otro optimizador para la tabla, ya creado.

    Returns:
        (list, list): optimizadores y planificadores, para `entrena`.
    """
    if tabla is None:
        tabla = torch.optim.SparseAdam(
            modelo.embedding.parameters(), lr=2 * tasa
        )
    resto = torch.optim.AdamW(
        [*modelo.bn.parameters(), *modelo.fc.parameters()],
        lr=tasa,
        weight_decay=1.0,
        fused=True,
    )
    optimizadores = [tabla, resto]
    planificadores = [
        LinearLR(o, start_factor=1.0, end_factor=0.0, total_iters=pasos)
        for o in optimizadores
    ]
    return optimizadores, planificadores
