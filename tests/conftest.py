"""El orden y el nombre de las pruebas.

Primero, los archivos que más tardan: así los dos procesos acaban a la vez.
"""

# De más a menos segundos; los demás, después. Cambiar el orden no cambia lo
# que se prueba, solo cuánto espera un proceso al otro.
LARGOS = (
    "test_ejercicios.py",
    "test_jupyterlab.py",
    "test_diapositivas.py",
    "test_distribuido.py",
    "03_clasificador_dbpedia.ipynb",
    "test_capitulo_4.py",
    "test_sitio.py",
    "04_compilar_guardar_subir.ipynb",
    "test_variables.py",
    "test_colab.py",
    "test_clase.py",
    "test_banco.py",
    "test_compilador.py",
    "test_hub.py",
    "02_regresion_lineal.ipynb",
    "test_ejecuta.py",
    "test_reparte.py",
    "test_puente_torchtext.py",
    "test_graficas.py",
    "test_latido.py",
)


def pytest_collection_modifyitems(items):
    puesto = {nombre: i for i, nombre in enumerate(LARGOS)}
    items.sort(key=lambda prueba: puesto.get(prueba.path.name, len(puesto)))


def pytest_make_parametrize_id(config, val, argname):
    """El nombre de un caso no lleva bytes: pueden cambiar con el reloj.

    Cada proceso reúne las pruebas por su cuenta: los nombres deben coincidir.
    """
    return argname if isinstance(val, bytes) else None
