"""Las preguntas de repaso del capítulo 2: la buena y las razones."""

from ejercicios.repaso import pregunta

pregunta(
    "2.r1",
    "b",
    "Se mira en cada época para elegir; por eso ya no puede examinar.",
    a="Eso lo hace el entrenamiento.",
    c="Eso es la prueba, que se mira una vez, al final.",
    d="Al revés: se aparta del entrenamiento para poder elegir.",
)
pregunta(
    "2.r2",
    "c",
    "Se predice, se compara y se deriva, y nadie mueve los parámetros.",
    a="Sin limpiar, los pasos se alargan: la pérdida cambiaría.",
    b="`eval()` cambia el modo, no detiene el aprendizaje de una recta.",
    d="`item()` solo saca el número del tensor.",
)
pregunta(
    "2.r3",
    "d",
    "`backward()` suma al gradiente que ya estaba: −1 y −1.",
    a="Así sería si alguien hubiera limpiado antes.",
    b="0 sale al limpiar, y nadie limpia.",
    c="Los gradientes se suman, con su signo.",
)
pregunta(
    "2.r4",
    "a",
    "Empuja siempre igual y el paso no se encoge; con el MSE, sí.",
    b="No crece: vale lo mismo lejos que cerca.",
    c="Con más épocas sigue saltando; hace falta una tasa que baje.",
    d="Se deriva en todas partes menos en el 0 exacto.",
)
pregunta(
    "2.r5",
    "c",
    "No aparece en `parameters()`: el modelo predice y ese número no cambia.",
    a="Solo se apunta lo que se envuelve en `nn.Parameter` o es una capa.",
    b="No hay error, y por eso es peor: nadie avisa.",
    d="No se entrena: su gradiente ni siquiera se calcula.",
)
pregunta(
    "2.r6",
    "b",
    "Desde ahí memoriza: la mejor para datos nuevos es la de validación "
    "menor.",
    a="Más épocas es memorizar más.",
    c="Los pasos más largos no quitan el sobreajuste.",
    d="Elegir con la prueba la gasta: ya no podría examinar.",
)
pregunta(
    "2.r7",
    "d",
    "Sin grafo, predecir gasta menos memoria; y no se puede derivar.",
    a="De eso se encarga `eval()`: son dos cosas distintas.",
    b="El azar lo gobierna la semilla.",
    c="El optimizador no participa al predecir.",
)
pregunta(
    "2.r8",
    "a",
    "Cada lote ve otros puntos y empuja hacia otro lado; a la larga, baja.",
    b="El gradiente de un lote no es el de todos: el camino es otro.",
    c="Con menos puntos la dirección es menos fiable, no más.",
    d="Basta un lote para dar un paso: así se entrena con millones de datos.",
)
pregunta(
    "2.r9",
    "b",
    "Alineadas por la derecha: 1 con 28, y 28 con nada. Todas las parejas.",
    a="Haría falta que `y` fuera (28, 1).",
    c="Haría falta que `y_predc` fuera (28,).",
    d="No hay error, y ese es el peligro: no avisa.",
    de=1,
)
pregunta(
    "2.r10",
    "d",
    "`clone` duplica los números; las otras tres miran los de `x`.",
    a="`view` es otra manera de mirar la misma memoria.",
    b="Transponer solo cambia cómo se recorre.",
    c="`numpy()` no copia: cambiar el arreglo cambia `x`.",
    de=1,
)
