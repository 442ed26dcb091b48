"""Lo que comparten los cuatro cuadernos del curso."""

from helpers import puente_torchtext

puente_torchtext.activa()
