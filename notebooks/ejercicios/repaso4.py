"""Las preguntas de repaso del capítulo 4: la buena y las razones."""

from ejercicios.repaso import pregunta

pregunta(
    "4.r1",
    "b",
    "Comparten la memoria, y se separan con una copia.",
    de=1,
    a="`from_numpy` no copia: por eso es tan rápido.",
    c="El tipo se conserva, y aun así comparten la memoria.",
    d="`requires_grad` no tiene que ver: lo que se comparte son los números.",
)
pregunta(
    "4.r2",
    "d",
    "Estaban en dispositivos distintos: uno va a donde está el otro.",
    de=1,
    a="`dtype` es el tipo de los números, no dónde están.",
    b="La forma no cambia el sitio.",
    c="`detach` suelta el gradiente; el tensor sigue donde estaba.",
)
pregunta(
    "4.r3",
    "a",
    "Sin limpiarlos, cada paso arrastraría los anteriores.",
    de=2,
    b="Los parámetros los mueve `step()`; `zero_grad()` no los toca.",
    c="El modo lo cambia `train()`.",
    d="La pérdida se calcula de nuevo en cada vuelta, con o sin limpiar.",
)
pregunta(
    "4.r4",
    "c",
    "El grafo se suelta con `backward()`: en cada vuelta se calcula otro.",
    de=2,
    a="La tasa de aprendizaje no tiene que ver con el grafo.",
    b="`zero_grad()` limpia gradientes; el grafo se soltó igual.",
    d="Con `no_grad` no habría gradiente ninguno.",
)
pregunta(
    "4.r5",
    "c",
    "Uno da el resultado correcto; el otro lo da sin gasto.",
    de=3,
    a="Son independientes: `eval()` sigue anotando el grafo.",
    b="`inference_mode()` no cambia lo que calcula BatchNorm.",
    d="`eval()` no apaga nada: cambia cómo calculan algunas capas.",
)
pregunta(
    "4.r6",
    "b",
    "El ruido del comienzo tapa lo que cada paso escribe.",
    de=3,
    a="Los datos y las clases eran los mismos.",
    c="El modelo era el mismo, capa por capa.",
    d="Más épocas la llevan a memorizar, no a acertar en lo nuevo.",
)
pregunta(
    "4.r7",
    "d",
    "Muchas llamadas, formas parecidas y operaciones que fusionar; y, al "
    "medirlo, gana.",
    a="Un texto suelto es donde más pierde: cada llamada paga el control de "
    "formas.",
    b="Tres llamadas no recuperan lo que cuesta compilar.",
    c="Buscar filas ya es una rutina en C++: no hay qué fusionar.",
)
pregunta(
    "4.r8",
    "a",
    "Sin optimizadores, planificadores y azar, el resto del camino sería "
    "otro.",
    b="Con los pesos se predice; para seguir igual falta lo demás.",
    c="Pickle guarda también el código por su nombre, y abrirlo es un riesgo.",
    d="Los datos se leen otra vez; lo que cambia de un paso a otro, no.",
)
pregunta(
    "4.r9",
    "b",
    "Un pickle puede ejecutar código al abrirse; safetensors, no.",
    a="El nombre no dice nada de lo que lleva dentro.",
    c="`map_location` dice dónde quedan los tensores; el código se "
    "ejecutaría igual.",
    d="Para cuando se mira lo que trae, el código ya se ejecutó.",
)
pregunta(
    "4.r10",
    "c",
    "La media de cuatro partes iguales es la media del todo.",
    a="La suma daría un paso cuatro veces más largo.",
    b="Si cada copia siguiera con el suyo, dejarían de ser iguales.",
    d="Promediar parámetros tras el paso no es lo mismo con AdamW: cada uno "
    "recordaría otros gradientes.",
)
