"""El `Vocab` de torchtext 0.18 en Python puro.

Hace lo que la clase compilada `torchtext._torchtext.Vocab`, errores
incluidos; los mensajes en inglés son los suyos, observados con torch 2.3.1.
La única diferencia es a favor: `lookup_indices` con algo que no es texto
lanza `TypeError`, donde la compilada termina el proceso.
"""

from numbers import Integral

_VERSION_DEL_ESTADO = "0.0.2"


def _exige(condicion, espera, recibido):
    if not condicion:
        raise TypeError(f"Se espera {espera} y llegó {recibido!r}.")


class Vocab:
    """Lista de tokens distintos y su índice, en los dos sentidos.

    Args:
        tokens: lista de `str` sin repetidos; el índice de cada uno es su
            posición.
        default_index: índice que se devuelve para un token desconocido, o
            `None` para que sea un error.

    Raises:
        RuntimeError: si un token está repetido.
        TypeError: si `tokens` no es una lista de `str`.
    """

    __module__ = "torchtext._torchtext"
    __slots__ = ("_indice", "_por_omision", "_tokens")

    def __init__(self, tokens, default_index, /):
        _exige(
            isinstance(tokens, (list, tuple))
            and all(isinstance(token, str) for token in tokens),
            "una lista de textos",
            tokens,
        )
        self._tokens = list(tokens)
        self._numera()
        if len(self._indice) < len(self._tokens):
            vistos = set()
            repetido = next(
                t for t in self._tokens if t in vistos or vistos.add(t)
            )
            raise RuntimeError(
                f"Duplicate token found in tokens list: {repetido}"
            )
        self.set_default_index(default_index)

    def _numera(self):
        self._indice = {t: i for i, t in enumerate(self._tokens)}

    def __len__(self):
        return len(self._tokens)

    def __contains__(self, token):
        _exige(isinstance(token, str), "un texto", token)
        return token in self._indice

    def __getitem__(self, token):
        _exige(isinstance(token, str), "un texto", token)
        indice = self._indice.get(token, self._por_omision)
        if indice is None:
            raise RuntimeError(
                f"Token {token} not found and default index is not set"
            )
        return indice

    def lookup_indices(self, tokens):
        _exige(isinstance(tokens, list), "una lista de textos", tokens)
        try:
            return [self._indice[token] for token in tokens]
        except (KeyError, TypeError):
            return [self[token] for token in tokens]

    def lookup_token(self, index):
        _exige(isinstance(index, Integral), "un entero", index)
        self._exige_indice(index, len(self) - 1)
        return self._tokens[index]

    def lookup_tokens(self, indices):
        _exige(
            isinstance(indices, (list, tuple))
            and all(isinstance(i, Integral) for i in indices),
            "una lista de enteros",
            indices,
        )
        for posicion, index in enumerate(indices):
            self._exige_indice(
                index, len(self) - 1, f" at position {posicion}"
            )
        return [self._tokens[index] for index in indices]

    def insert_token(self, token, index):
        _exige(isinstance(token, str), "un texto", token)
        _exige(isinstance(index, Integral), "un entero", index)
        self._exige_indice(index, len(self))
        if token in self._indice:
            # La primera línea es la de la clase compilada, que se equivoca
            # de palabras; la segunda dice lo que pasa.
            raise RuntimeError(
                f"Token {token} not found in Vocab\n"
                f"(Token {token} already exists in the Vocab with index: "
                f"{self._indice[token]})"
            )
        self._tokens.insert(index, token)
        self._numera()

    def append_token(self, token):
        _exige(isinstance(token, str), "un texto", token)
        if token in self._indice:
            raise RuntimeError(
                f"Token {token} already exists in the Vocab with index: "
                f"{self._indice[token]}"
            )
        self._indice[token] = len(self._tokens)
        self._tokens.append(token)

    def set_default_index(self, index):
        _exige(
            index is None or isinstance(index, Integral), "un entero", index
        )
        self._por_omision = index

    def get_default_index(self):
        return self._por_omision

    def get_stoi(self):
        return dict(self._indice)

    def get_itos(self):
        return list(self._tokens)

    default_index_ = property(get_default_index)
    itos_ = property(get_itos)

    def _exige_indice(self, index, maximo, donde=""):
        if not 0 <= index <= maximo:
            raise RuntimeError(
                f"Specified index {index}{donde} is out of bounds for vocab "
                f"of size {len(self)}"
            )

    # El mismo estado que la clase compilada: un vocabulario guardado con
    # una se abre con la otra.
    def __getstate__(self):
        enteros = [] if self._por_omision is None else [self._por_omision]
        return _VERSION_DEL_ESTADO, enteros, self.get_itos(), []

    def __setstate__(self, estado):
        _version, enteros, tokens, _tensores = estado
        self.__init__(tokens, enteros[0] if enteros else None)
