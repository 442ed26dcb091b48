"""Los métodos que se comparan. Cada uno es una función que importa lo suyo
y devuelve dos: del CSV al modelo, y del modelo y otro CSV a las clases.

Importar no se cuenta en el tiempo; leer los archivos, sí. Los del curso y
fastText parten los textos en los mismos tokens. fastText entrena con dos
hilos; el curso, con uno, porque en lotes tan pequeños dos se estorban.
"""

import os
import tempfile

from helpers.dbpedia import CLASES, lee_csv

HILOS_FASTTEXT = 2


# --- El clasificador del curso ----------------------------------------------


def _curso(dispositivo, semilla, lee, crea_red, tabla, tasa, modelos=1):
    """Lo que comparten los del curso.

    Args:
        dispositivo, semilla: como los de `METODOS`.
        lee: función de la ruta del CSV a sus datos, las filas de la tabla y
            la función que codifica otros pares con los mismos números.
        crea_red: función de las filas de la tabla al modelo.
        tabla: función del modelo al optimizador de su tabla, o `None`.
        tasa: como en `crea_optimizadores`.
        modelos: cuántos se entrenan, para promediar lo que dicen.
    """
    import torch
    import torch._dynamo  # lo importa el primer optimizador que se crea
    from torch import nn
    from torch.utils.data import DataLoader

    from helpers import clasificador as c3
    from helpers.entorno import fija_semilla
    from helpers.texto import ArticulosCodificados, tal_cual
    from taller.modelo import ModeloQueCuenta, cuenta

    torch.set_num_threads(1)

    def entrena_uno(datos, filas, semilla):
        epocas, lote = c3.receta(len(datos))
        fija_semilla(semilla)
        modelo = crea_red(filas).to(dispositivo)
        lotes = c3.mezcla(datos, lote)
        pasos = epocas * len(lotes)
        optimizadores, planificadores = c3.crea_optimizadores(
            modelo, tasa, pasos, tabla and tabla(modelo)
        )
        criterio = nn.CrossEntropyLoss()
        for _ in range(epocas):
            c3.entrena(modelo, lotes, criterio, optimizadores, planificadores)
        if isinstance(modelo, ModeloQueCuenta):
            cuenta(modelo, DataLoader(datos, 4096, collate_fn=tal_cual))
        return modelo.eval()

    def entrena(train):
        datos, filas, codifica_otros = lee(train)
        datos = ArticulosCodificados(*datos)
        redes = [
            entrena_uno(datos, filas, semilla + 100 * k)
            for k in range(modelos)
        ]
        return codifica_otros, redes

    @torch.inference_mode()
    def predice(entrenado, test):
        codifica_otros, redes = entrenado
        ids, inicios, clases = codifica_otros(lee_csv(test))
        dichas = []
        for i in range(0, len(clases), 4096):
            corte = inicios[i : i + 4097]
            text = ids[corte[0] : corte[-1]].long().to(dispositivo)
            offsets = (corte[:-1] - corte[0]).to(dispositivo)
            votos = sum(red(text, offsets).softmax(dim=1) for red in redes)
            dichas += (votos.argmax(dim=1) + 1).tolist()
        return dichas

    return entrena, predice


def curso(dispositivo, semilla):
    """El de 3.8: un proceso, y los optimizadores que trae PyTorch."""
    from helpers import clasificador as c3
    from helpers.texto import codifica, numera

    def lee(ruta):
        vocab, datos = numera(lee_csv(ruta))

        def otros(pares):
            return codifica(pares, vocab.texto_pipeline)

        return datos, len(vocab), otros

    def crea_red(filas):
        return c3.ModeloClasificacionTexto(filas, c3.EMBED_DIM, len(CLASES))

    tasa = c3.TASA_APRENDIZAJE
    return _curso(dispositivo, semilla, lee, crea_red, None, tasa)


def _por_filas(tasa):
    from taller.optimizador import AdagradPorFilas

    def tabla(modelo):
        return AdagradPorFilas(modelo.embedding.parameters(), lr=20 * tasa)

    return tabla


def taller(dispositivo, semilla):
    """Con lo que termina el taller: sin vocabulario, con AdagradPorFilas,
    las primeras palabras pesando más y lo contado."""
    from helpers import clasificador as c3
    from taller.cubos import filas_de, ids_de, lee_cubos
    from taller.modelo import ModeloQueCuenta

    def lee(ruta):
        cubos, finales, *resto = lee_cubos(lee_csv(ruta))
        fila = filas_de(cubos, finales)

        def otros(pares):
            cubos, finales, *resto = lee_cubos(pares)
            return ids_de(fila, cubos, finales), *resto

        ids = ids_de(fila, cubos, finales)
        return (ids, *resto), int(fila.max()) + 1, otros

    def crea_red(filas):
        return ModeloQueCuenta(filas, c3.EMBED_DIM, len(CLASES))

    tasa = c3.TASA_APRENDIZAJE
    tabla = _por_filas(tasa)
    return _curso(dispositivo, semilla, lee, crea_red, tabla, tasa)


def taller_bigramas(dispositivo, semilla):
    """Tres con bigramas entrenados y vectores de 32, que promedian."""
    from banco.bigramas import Bigramas
    from helpers.texto import codifica
    from taller.lectura import numera_entre_dos
    from taller.modelo import ModeloConPosicion

    def lee(ruta):
        vocab, (ids, inicios, clases) = numera_entre_dos(ruta)
        agrega = Bigramas(ids, inicios, len(vocab))

        def otros(pares):
            ids, inicios, clases = codifica(pares, vocab.texto_pipeline)
            return *agrega(ids, inicios), clases

        return (*agrega(ids, inicios), clases), agrega.total, otros

    def crea_red(filas):
        # Con las parejas intercaladas, la misma posición es casi el doble.
        return ModeloConPosicion(filas, 32, len(CLASES), 60)

    tabla = _por_filas(0.015)
    return _curso(dispositivo, semilla, lee, crea_red, tabla, 0.015, modelos=3)


# --- fastText ----------------------------------------------------------------


def _signos_aparte(texto):
    """Lo que hace su guion `classification-example.sh` con tr y sed.

    Son los cambios de `tokeniza`, sin partir: fastText parte solo, y unir lo
    partido le costaría tiempo.
    """
    return (
        texto.lower()
        .replace("'", " ' ")
        .replace('"', "")
        .replace(".", " . ")
        .replace("<br />", " ")
        .replace(",", " , ")
        .replace("(", " ( ")
        .replace(")", " ) ")
        .replace("!", " ! ")
        .replace("?", " ? ")
        .replace(";", " ")
        .replace(":", " ")
        .replace("\n", " ")
    )


def _fasttext(**opciones):
    import fasttext

    def entrena(train):
        with tempfile.TemporaryDirectory() as carpeta:
            ruta = os.path.join(carpeta, "train.txt")  # noqa: PTH118
            with open(ruta, "w", encoding="utf-8") as archivo:  # noqa: PTH123
                archivo.writelines(
                    f"__label__{label} {_signos_aparte(texto)}\n"
                    for label, texto in lee_csv(train)
                )
            return fasttext.train_supervised(
                ruta,
                dim=10,
                lr=0.5,
                epoch=5,
                minCount=1,
                thread=HILOS_FASTTEXT,
                verbose=0,
                **opciones,
            )

    def predice(modelo, test):
        textos = [_signos_aparte(x) + "\n" for _, x in lee_csv(test)]
        # La de Python envuelve esta, y con NumPy 2 falla.
        etiquetas, _ = modelo.f.multilinePredict(textos, 1, 0.0, "strict")
        return [int(e[0].removeprefix("__label__")) for e in etiquetas]

    return entrena, predice


def fasttext_palabras(_, semilla):
    """fastText con palabras sueltas."""
    return _fasttext(wordNgrams=1, seed=semilla)


def fasttext_bigramas(_, semilla):
    """fastText con bigramas y sus 2 millones de cubos."""
    return _fasttext(wordNgrams=2, seed=semilla)


def fasttext_articulo(_, semilla):
    """Los valores del artículo: bigramas en 10 millones de cubos."""
    return _fasttext(wordNgrams=2, bucket=10_000_000, seed=semilla)


# --- TF-IDF y la receta original ---------------------------------------------


def tfidf_svc(_, semilla):
    """TF-IDF de palabras y bigramas, y una máquina de vectores lineal."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    def entrena(train):
        labels, textos = zip(*lee_csv(train), strict=True)
        modelo = make_pipeline(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            LinearSVC(random_state=semilla),
        )
        return modelo.fit(textos, labels)

    def predice(modelo, test):
        return modelo.predict([texto for _, texto in lee_csv(test)]).tolist()

    return entrena, predice


def original(dispositivo, semilla):
    """La clase original: N(0, 1), denso, SGD 0.2, recorte 0.1, lotes de 64
    que se tokenizan cada vez, 4 épocas con un 5 % para validar, y los hilos
    que torch ponga."""
    import torch
    from torch import nn
    from torch.utils.data import DataLoader, random_split

    import helpers  # noqa: F401  (el puente, antes que torchtext)
    from helpers.clasificador import ModeloClasificacionTexto
    from helpers.texto import label_pipeline

    # isort: split
    from torchtext.data.utils import get_tokenizer
    from torchtext.vocab import build_vocab_from_iterator

    tokenizador = get_tokenizer("basic_english")

    def lotes(vocab, articulos, mezcla=False):
        def collate_batch(articulos):
            clases, textos = [], []
            for label, texto in articulos:
                clases.append(label_pipeline(label))
                textos.append(torch.tensor(vocab(tokenizador(texto))))
            inicios = torch.tensor([0, *map(len, textos[:-1])]).cumsum(dim=0)
            return torch.tensor(clases), torch.cat(textos), inicios

        return DataLoader(
            articulos, 64, shuffle=mezcla, collate_fn=collate_batch
        )

    @torch.inference_mode()
    def clases(modelo, dataloader):
        modelo.eval()
        dichas = []
        for _, text, offsets in dataloader:
            salida = modelo(text.to(dispositivo), offsets.to(dispositivo))
            dichas += (salida.argmax(dim=1) + 1).tolist()
        return dichas

    def entrena(train):
        torch.manual_seed(semilla)
        articulos = list(lee_csv(train))
        vocab = build_vocab_from_iterator(
            (tokenizador(texto) for _, texto in articulos),
            specials=["<unk>"],
        )
        vocab.set_default_index(0)
        modelo = ModeloClasificacionTexto(len(vocab), 100, len(CLASES))
        modelo.embedding = nn.EmbeddingBag(len(vocab), 100)
        modelo = modelo.to(dispositivo)
        optimizador = torch.optim.SGD(modelo.parameters(), lr=0.2)
        ajuste, valid = random_split(articulos, [0.95, 0.05])
        for _ in range(4):
            modelo.train()
            for label, text, offsets in lotes(vocab, ajuste, mezcla=True):
                if len(label) == 1:  # BatchNorm no admite un lote de uno
                    continue
                optimizador.zero_grad()
                salida = modelo(text.to(dispositivo), offsets.to(dispositivo))
                nn.functional.cross_entropy(
                    salida, label.to(dispositivo)
                ).backward()
                nn.utils.clip_grad_norm_(modelo.parameters(), 0.1)
                optimizador.step()
            clases(modelo, lotes(vocab, valid))
        return vocab, modelo

    def predice(entrenado, test):
        vocab, modelo = entrenado
        return clases(modelo, lotes(vocab, list(lee_csv(test))))

    return entrena, predice


METODOS = {
    funcion.__name__: funcion
    for funcion in (
        curso,
        taller,
        taller_bigramas,
        fasttext_palabras,
        fasttext_bigramas,
        fasttext_articulo,
        tfidf_svc,
        original,
    )
}
