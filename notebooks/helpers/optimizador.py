"""El optimizador de la tabla de *embeddings*: Adagrad, fila por fila.

Lo explica la sección 3.7, que escribe esta misma clase.
"""

import torch


class AdagradPorFilas(torch.optim.Optimizer):
    """Adagrad con un solo número por fila, para gradientes dispersos.

    Por cada fila acumula la media del cuadrado de sus gradientes y avanza

        p[fila] -= lr * gradiente / acumulado[fila] ** exponente

    Adagrad (Duchi, Hazan y Singer, 2011) usa un acumulado por parámetro y
    exponente 1/2. Uno por fila basta para un *embedding* y ocupa poco; un
    exponente menor es la idea de Padam (Chen y otros, 2018). Cada aparición
    de un token cuenta por separado: no hace falta ordenar ni juntar filas.

    Args:
        params: tablas (filas, columnas), mejor con gradiente disperso,
            como la de `nn.EmbeddingBag(..., sparse=True)`.
        lr: tasa de aprendizaje.
        exponente: 0 es SGD; 0.5, Adagrad.
    """

    def __init__(self, params, lr, exponente=0.4):
        super().__init__(params, {"lr": lr, "exponente": exponente})

    @torch.no_grad()
    def step(self):
        for grupo in self.param_groups:
            for p in grupo["params"]:
                estado = self.state[p]
                if not estado:
                    estado["acumulado"] = p.new_full((len(p),), 1e-10)
                acumulado = estado["acumulado"]
                grad = p.grad if p.grad.is_sparse else p.grad.to_sparse(1)
                filas, g = grad._indices()[0], grad._values()
                norma = torch.linalg.vector_norm(g, dim=1)
                acumulado.index_add_(0, filas, norma**2 / g.shape[1])
                paso = -grupo["lr"] / acumulado[filas] ** grupo["exponente"]
                # En su sitio: otra copia de `g` costaría más que la cuenta.
                p.index_add_(0, filas, g.mul_(paso[:, None]))
