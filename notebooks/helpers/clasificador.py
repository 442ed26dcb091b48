"""El clasificador de DBpedia: modelo, lotes, entrenamiento y predicción.

Lo explica el capítulo 3, que escribe estas mismas definiciones; el 4 las
toma de aquí. Una prueba comprueba que no se separan.
"""

import copy

import torch
from torch import nn
from torch.nn.utils import clip_grad_norm_
from torch.utils.data import DataLoader, random_split
from tqdm.auto import tqdm

from helpers.dbpedia import CLASES, DBpedia
from helpers.optimizador import crea_optimizadores
from helpers.texto import ArticulosCodificados, codifica, numera, tal_cual

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
    offsets = torch.zeros(1, dtype=torch.int64)
    salida = modelo(ids.to(dispositivo), offsets.to(dispositivo))
    probabilidad, clase = salida.softmax(dim=1)[0].max(dim=0)
    return CLASES[clase], probabilidad.item()


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


def mezcla(datos, batch_size, azar=None):
    """Lotes para entrenar: en orden al azar, y ninguno de un solo artículo.

    Args:
        datos: `ArticulosCodificados`, o una parte.
        batch_size: artículos por lote.
        azar: generador que decide el orden; si falta, el de torch.

    Returns:
        DataLoader
    """
    return DataLoader(
        datos,
        batch_size,
        shuffle=True,
        generator=azar,
        collate_fn=tal_cual,
        # BatchNorm no admite un lote de uno al entrenar.
        drop_last=len(datos) % batch_size == 1,
    )


def parte(datos, batch_size, semilla, fraccion_valid=0.2):
    """Lotes de entrenamiento y de validación.

    Args:
        datos: `ArticulosCodificados`.
        batch_size: artículos por lote.
        semilla: decide el reparto y el orden de los lotes.
        fraccion_valid: parte de los artículos que se reserva.

    Returns:
        (DataLoader, DataLoader)

    Raises:
        ValueError: no hay artículos para los dos conjuntos.
    """
    reserva = round(fraccion_valid * len(datos))
    if not 1 <= reserva <= len(datos) - 2:
        raise ValueError(
            f"{len(datos)} artículos no alcanzan para apartar una fracción "
            f"de {fraccion_valid}: agrega artículos, o cambia la fracción."
        )
    azar = torch.Generator().manual_seed(semilla)
    train, valid = random_split(
        datos, [len(datos) - reserva, reserva], generator=azar
    )
    return (
        mezcla(train, batch_size, azar),
        DataLoader(valid, batch_size, collate_fn=tal_cual),
    )


def lee_dbpedia(root=None):
    """De la carpeta de datos a todo lo que el clasificador necesita.

    Args:
        root: como en `DBpedia`.

    Returns:
        (callable, Vocabulario, ArticulosCodificados, ArticulosCodificados):
        `texto_pipeline`, vocabulario, entrenamiento y prueba.
    """
    train, test = DBpedia(root)
    vocab, codificados = numera(train)
    return (
        vocab.texto_pipeline,
        vocab,
        ArticulosCodificados(*codificados),
        ArticulosCodificados(*codifica(test, vocab.texto_pipeline)),
    )
