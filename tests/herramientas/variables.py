"""Qué variables del sistema ve un cuaderno en `run`, `test` y `outputs`.

Con una cuenta de Hugging Face a mano, el capítulo 4 publica de verdad, y
hay muchas maneras de tenerla: `get_token()` mira variables, archivos en
varias carpetas, el secreto de Colab y la identidad de la integración
continua. Por eso no hay aquí una lista de lo que se quita, que siempre se
queda corta, sino de lo que pasa. Lo mismo protege de lo que cambia un
resultado en silencio: `MPLBACKEND`, `JUPYTER_PATH`, `PYTHONSTARTUP`…
"""

import getpass
import os
import tempfile
from pathlib import Path

PASAN = frozenset(
    # El sistema, y dónde están los programas
    """PATH PATHEXT HOME USER LOGNAME USERNAME USERPROFILE HOMEDRIVE HOMEPATH
    SYSTEMROOT SYSTEMDRIVE WINDIR COMSPEC APPDATA LOCALAPPDATA PROGRAMDATA
    PROGRAMFILES PROGRAMFILES(X86) COMMONPROGRAMFILES ALLUSERSPROFILE
    NUMBER_OF_PROCESSORS PROCESSOR_ARCHITECTURE OS TMP TEMP TMPDIR SHELL TERM
    COLUMNS LINES NO_COLOR FORCE_COLOR LANG LANGUAGE TZ XDG_RUNTIME_DIR
    LD_LIBRARY_PATH LD_PRELOAD VIRTUAL_ENV CI GITHUB_ACTIONS
    PYTHONUTF8 PYTHONPATH PYTHONDONTWRITEBYTECODE"""
    # La red
    """ HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY SSL_CERT_FILE SSL_CERT_DIR
    REQUESTS_CA_BUNDLE CURL_CA_BUNDLE"""
    # El compilador de C++ que busca torch.compile
    """ CC CXX CPATH INCLUDE LIB LIBPATH LIBRARY_PATH SDKROOT DEVELOPER_DIR
    MACOSX_DEPLOYMENT_TARGET VCINSTALLDIR VCTOOLSINSTALLDIR VSINSTALLDIR
    WINDOWSSDKDIR WINDOWSSDKVERSION UCRTVERSION VSCMD_ARG_TGT_ARCH""".split()
)
# Idioma; hilos; tarjetas; torch; pytest; y las variables del curso.
PASAN_LAS_QUE_EMPIEZAN = (
    *("LC_", "OMP_", "KMP_", "MKL_", "OPENBLAS_", "CUDA_", "NVIDIA_"),
    *("HIP_", "ROCR_", "DYLD_", "TORCH_", "TORCHINDUCTOR_", "PYTORCH_"),
    *("PYTEST_", "CURSO_"),
)
BACKEND = "module://matplotlib_inline.backend_inline"


def permitidas(entorno):
    """Las variables de `entorno` que un cuaderno puede ver.

    Args:
        entorno: dict nombre → valor; `os.environ`, por ejemplo.

    Returns:
        dict
    """
    return {
        nombre: valor
        for nombre, valor in entorno.items()
        if nombre.upper() in PASAN
        or nombre.upper().startswith(PASAN_LAS_QUE_EMPIEZAN)
    }


def para_cuadernos(entorno, casa):
    """Las permitidas, y lo que hace que todo cuaderno salga igual.

    Args:
        entorno: dict nombre → valor.
        casa: carpeta nueva, vacía. En ella quedan la cuenta y la caché de
            Hugging Face, y la configuración de IPython, Jupyter y Matplotlib:
            las de la persona no cuentan.

    Returns:
        dict
    """
    propias = {
        "HF_HOME": Path(casa, "hf"),
        "IPYTHONDIR": Path(casa, "ipython"),
        "JUPYTER_CONFIG_DIR": Path(casa, "jupyter"),
    }
    for carpeta in propias.values():
        carpeta.mkdir(exist_ok=True)
    # El estilo de la persona no; su caché de letras sí, que tarda en hacerse.
    estilo = Path(casa, "matplotlibrc")
    estilo.touch()
    return {
        **permitidas(entorno),
        **{nombre: str(carpeta) for nombre, carpeta in propias.items()},
        "MATPLOTLIBRC": str(estilo),
        "MPLBACKEND": BACKEND,
        "CURSO_PROGRESO": "",  # el de quien estudia ni se lee ni se toca
        "PYTHONUTF8": "1",
    }


def con_casa(entorno):
    """`entorno`, con carpeta personal y nombre de usuario donde no los hay.

    En un contenedor puede faltar HOME, o llevar a donde no se escribe, y el
    usuario ser solo un número. Jupyter, Matplotlib y torch los piden.
    """
    casa = entorno.get("HOME") or os.path.expanduser("~")
    if os.name != "nt" and not os.access(casa, os.W_OK | os.X_OK):
        casa = Path(tempfile.gettempdir(), "curso-pytorch-%d" % os.getuid())
        casa.mkdir(mode=0o700, exist_ok=True)
        if casa.is_symlink() or casa.stat().st_uid != os.getuid():
            casa = tempfile.mkdtemp(prefix="curso-pytorch-")
        entorno = {**entorno, "HOME": str(casa)}
    try:
        getpass.getuser()
    except (ImportError, KeyError, OSError):
        entorno = {**entorno, "USER": "estudiante", "LOGNAME": "estudiante"}
    return entorno
