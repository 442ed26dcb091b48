"""El clasificador de DBpedia: modelo, lotes, entrenamiento y predicción.

Lo explica el capítulo 3, que escribe estas mismas definiciones; el 4 las
toma de aquí. Una prueba comprueba que no se separan.
"""

import copy

import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_
from torch.optim.lr_scheduler import LinearLR
from torch.utils.data import DataLoader, Dataset, random_split
from tqdm.auto import tqdm

from helpers.dbpedia import CLASES, DBpedia
from helpers.optimizador import AdagradPorFilas
from helpers.texto import codifica, crea_vocab, numera, tokeniza

# La receta del capítulo 3.
SEMILLA = 42
EMBED_DIM = 48
EPOCHS = 10
TASA_APRENDIZAJE = 0.01
BATCH_TAMANO = 64


def receta(articulos):
    """Épocas y artículos por lote: con muchos, pocas vueltas y lotes grandes.

    Args:
        articulos: cuántos hay para entrenar.

    Returns:
        (int, int)
    """
    return (EPOCHS, BATCH_TAMANO) if articulos <= 10_000 else (2, 320)


class ModeloClasificacionTexto(nn.Module):
    """EmbeddingBag (media) → BatchNorm1d → ReLU → Linear.

    Args:
        vocab_size: filas de la tabla de *embeddings*.
        embed_dim: números por palabra.
        num_class: clases, y números que salen por texto.

    `forward(text, offsets)` recibe los ids de todos los textos seguidos,
    forma (tokens,), y dónde empieza cada uno, forma (lote,), ambos int64;
    devuelve los logits, forma (lote, num_class), float32.

    Raises:
        ValueError: un solo texto en modo de entrenamiento (BatchNorm1d).
    """

    def __init__(self, vocab_size, embed_dim, num_class):
        super().__init__()
        self.embedding = nn.EmbeddingBag(vocab_size, embed_dim, sparse=True)
        self.bn = nn.BatchNorm1d(embed_dim)
        self.fc = nn.Linear(embed_dim, num_class)
        # N(0, 1), lo que trae, tapa lo que el gradiente escribe.
        nn.init.uniform_(self.embedding.weight, -0.05, 0.05)

    def forward(self, text, offsets):
        media = self.embedding(text, offsets)
        return self.fc(torch.relu(self.bn(media)))


class ArticulosCodificados(Dataset):
    """Artículos ya codificados, que se piden por lotes.

    Args:
        ids, inicios, clases: lo que devuelve `codifica`.
    """

    def __init__(self, ids, inicios, clases):
        self.ids, self.inicios, self.clases = ids, inicios, clases

    def __len__(self):
        return len(self.clases)

    def __getitems__(self, indices):
        """Un lote entero: `(label, text, offsets)`, de una sola vez."""
        indices = torch.tensor(indices)
        desde = self.inicios[indices]
        largos = self.inicios[indices + 1] - desde
        offsets = largos.cumsum(0) - largos
        salto = torch.repeat_interleave(desde - offsets, largos)
        text = self.ids[salto + torch.arange(len(salto))].long()
        return self.clases[indices], text, offsets


def tal_cual(lote):
    """`collate_fn` para un lote que ya llega armado."""
    return lote


def entrena(
    modelo, dataloader, criterio, optimizadores, planificadores=(), norma=None
):
    """Recorre los datos una vez y ajusta los parámetros en cada lote.

    Args:
        modelo: recibe `(text, offsets)` y devuelve logits (lote, clases).
        dataloader: da `(label, text, offsets)`.
        criterio: pérdida media del lote, como `nn.CrossEntropyLoss`.
        optimizadores: los que reparten los parámetros del modelo.
        planificadores: avanzan un paso por lote.
        norma: límite de la norma de los gradientes densos; sin ella no se
            recortan.

    Returns:
        (float, float): pérdida media por artículo y exactitud, entre 0 y 1.
    """
    dispositivo = next(modelo.parameters()).device
    perdida_total, aciertos, vistos = 0.0, 0, 0
    modelo.train()
    for lote in tqdm(dataloader, disable=len(dataloader) < 200):
        label, text, offsets = (t.to(dispositivo) for t in lote)
        for optimizador in optimizadores:
            optimizador.zero_grad()
        salida = modelo(text, offsets)
        perdida = criterio(salida, label)
        perdida.backward()
        if norma is not None:
            densos = [p for p in modelo.parameters() if not p.grad.is_sparse]
            clip_grad_norm_(densos, norma)
        for paso in (*optimizadores, *planificadores):
            paso.step()
        perdida_total += perdida.item() * len(label)
        aciertos += (salida.argmax(dim=1) == label).sum().item()
        vistos += len(label)
    return perdida_total / vistos, aciertos / vistos


@torch.inference_mode()
def evalua(modelo, dataloader, criterio):
    """Mide el modelo sin tocarlo.

    Args y Returns: como los de `entrena`.
    """
    dispositivo = next(modelo.parameters()).device
    perdida_total, aciertos, vistos = 0.0, 0, 0
    modelo.eval()
    for lote in tqdm(dataloader, disable=len(dataloader) < 200):
        label, text, offsets = (t.to(dispositivo) for t in lote)
        salida = modelo(text, offsets)
        perdida_total += criterio(salida, label).item() * len(label)
        aciertos += (salida.argmax(dim=1) == label).sum().item()
        vistos += len(label)
    return perdida_total / vistos, aciertos / vistos


@torch.inference_mode()
def predice(texto, modelo, texto_pipeline):
    """Dice de qué clase es un texto.

    Args:
        texto: un artículo, en inglés.
        modelo: clasificador entrenado.
        texto_pipeline: la función de texto a ids con que se entrenó.

    Returns:
        (str, float): nombre de la clase y su probabilidad.
    """
    dispositivo = next(modelo.parameters()).device
    modelo.eval()
    ids = torch.tensor(texto_pipeline(texto), dtype=torch.int64)
    inicio = torch.zeros(1, dtype=torch.int64)
    salida = modelo(ids.to(dispositivo), inicio.to(dispositivo))
    probabilidad, clase = salida.softmax(dim=1)[0].max(dim=0)
    return CLASES[clase], probabilidad.item()


def crea_optimizadores(modelo, tasa, pasos):
    """`AdagradPorFilas` para el *embedding*, AdamW para el resto, y sus tasas.

    Args:
        modelo: un `ModeloClasificacionTexto`.
        tasa: tasa de aprendizaje del primer paso (20 veces mayor en la
            tabla); baja en línea recta.
        pasos: lotes que se van a ver; tras el último, la tasa es 0.

    Returns:
        (list, list): optimizadores y planificadores, para `entrena`.
    """
    optimizadores = [
        AdagradPorFilas(modelo.embedding.parameters(), lr=20 * tasa),
        torch.optim.AdamW(
            [*modelo.bn.parameters(), *modelo.fc.parameters()],
            lr=tasa,
            weight_decay=1.0,
            fused=True,
        ),
    ]
    planificadores = [
        LinearLR(o, start_factor=1.0, end_factor=0.0, total_iters=pasos)
        for o in optimizadores
    ]
    return optimizadores, planificadores


def ajusta(modelo, train, valid, criterio, epocas, tasa):
    """Entrena varias épocas y deja en el modelo la mejor en validación.

    Args:
        modelo: un `ModeloClasificacionTexto`.
        train, valid: dataloaders de entrenamiento y de validación.
        criterio: como en `entrena`.
        epocas: vueltas a `train`.
        tasa: tasa de aprendizaje inicial.

    Returns:
        list[tuple]: por época, pérdida y exactitud en entrenamiento, y
        pérdida y exactitud en validación.
    """
    optimizadores, planificadores = crea_optimizadores(
        modelo, tasa, pasos=epocas * len(train)
    )
    historia, menor, mejor = [], float("inf"), modelo.state_dict()
    for _ in range(epocas):
        ajuste = entrena(
            modelo, train, criterio, optimizadores, planificadores
        )
        validacion = evalua(modelo, valid, criterio)
        historia.append((*ajuste, *validacion))
        if validacion[0] < menor:
            menor = validacion[0]
            mejor = copy.deepcopy(modelo.state_dict())
    modelo.load_state_dict(mejor)
    return historia


def parte(datos, batch_size, semilla, fraccion_valid=0.05):
    """Dataloaders de entrenamiento (mezclado) y de validación.

    Args:
        datos: `ArticulosCodificados`.
        batch_size: artículos por lote.
        semilla: decide el reparto y el orden de los lotes.
        fraccion_valid: parte de los artículos que se reserva.

    Returns:
        (DataLoader, DataLoader)
    """
    azar = torch.Generator().manual_seed(semilla)
    train, valid = random_split(
        datos, [1 - fraccion_valid, fraccion_valid], generator=azar
    )
    return (
        DataLoader(
            train,
            batch_size,
            shuffle=True,
            generator=azar,
            collate_fn=tal_cual,
            # BatchNorm no admite un lote de uno al entrenar.
            drop_last=len(train) % batch_size == 1,
        ),
        DataLoader(valid, batch_size, collate_fn=tal_cual),
    )


def lee_dbpedia(root=None):
    """De la carpeta de datos a todo lo que el clasificador necesita.

    Args:
        root: como en `DBpedia`.

    Returns:
        (callable, Vocab, ArticulosCodificados, ArticulosCodificados):
        `texto_pipeline`, vocabulario, entrenamiento y prueba.
    """
    train, test = DBpedia(root)

    def texto_pipeline(texto):
        return [indice.get(token, 0) for token in tokeniza(texto)]

    def label_pipeline(label):
        return label - 1

    indice, train = numera(train, label_pipeline)
    vocab = crea_vocab(indice)
    test = codifica(test, texto_pipeline, label_pipeline)
    return (
        texto_pipeline,
        vocab,
        ArticulosCodificados(*train),
        ArticulosCodificados(*test),
    )
