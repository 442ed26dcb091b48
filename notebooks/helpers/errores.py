"""Los errores propios del curso: dicen qué pasó, dónde y qué hacer."""


class DatosInvalidos(ValueError):
    """Un archivo de datos falta o no tiene el formato de DBpedia."""


class DescargaFallida(DatosInvalidos):
    """Una descarga no llegó, llegó a medias o no es la esperada."""


class CheckpointAjeno(DatosInvalidos):
    """Un checkpoint es de otro entrenamiento: no se puede seguir con él."""
