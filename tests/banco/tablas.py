"""Lo que el banco imprime: reparto por reparto, y las medianas."""

from statistics import mean, median


def resume(mediciones):
    """Por método: cada exactitud, su media, y las medianas de lo demás.

    Args:
        mediciones: {método: lista de lo que mide `banco.mide`, una por
            vuelta}.

    Returns:
        dict: {método: {"exactitud", "exactitudes", "entrena_s",
        "entrena_min_s", "entrena_max_s", "predice_s", "memoria_mib",
        "vueltas"}}.
    """
    resumen = {}
    for nombre, todas in mediciones.items():
        tiempos = [m["entrena_s"] for m in todas]
        exactitudes = [m["exactitud"] for m in todas]
        resumen[nombre] = {
            clave: median(m[clave] for m in todas) for clave in todas[0]
        } | {
            "exactitud": mean(exactitudes),
            "exactitudes": exactitudes,
            "entrena_min_s": min(tiempos),
            "entrena_max_s": max(tiempos),
            "vueltas": len(todas),
        }
    return resumen


def rivales(resumen):
    """Los fastText que se midieron; si no hay, todos."""
    return [n for n in resumen if n.startswith("fasttext")] or list(resumen)


def ventajas(resumen, nombre):
    """Puntos de `nombre` sobre el mejor fastText de cada reparto."""
    otros = [resumen[n]["exactitudes"] for n in rivales(resumen)]
    suyas = resumen[nombre]["exactitudes"]
    return [
        100 * (suya - max(rival))
        for suya, *rival in zip(suyas, *otros, strict=True)
    ]


def imprime(resumen, filas):
    """Las dos tablas, con los tiempos también relativos al fastText que
    menos tarda."""
    menor = min(resumen[n]["entrena_s"] for n in rivales(resumen))
    vueltas = max(r["vueltas"] for r in resumen.values())
    titulos = "".join(f"{f'reparto {k + 1}':>11}" for k in range(vueltas))
    print(f"\n{'exactitud':<19}{titulos}{'media':>9}{'de menor a mayor':>20}")
    for nombre, r in resumen.items():
        cada = "".join(f"{e:>11.2%}" for e in r["exactitudes"])
        menos, mas = min(r["exactitudes"]), max(r["exactitudes"])
        print(
            f"{nombre:<19}{cada}{r['exactitud']:>9.2%}"
            f"{f'{menos:.2%} a {mas:.2%}':>20}"
        )
    if "taller" in resumen and "taller" not in rivales(resumen):
        puntos = "".join(f"{p:>+11.2f}" for p in ventajas(resumen, "taller"))
        print(f"{'ventaja del taller':<19}{puntos}  puntos, al mejor fastText")
    print(
        f"\n{'medianas':<19}{'entrena (mín–máx)':>25}{'veces':>7}"
        f"{'predice':>9}{'memoria':>10}{'µs/fila':>9}"
    )
    for nombre, r in resumen.items():
        tiempo = (
            f"{r['entrena_s']:.2f} s "
            f"({r['entrena_min_s']:.2f}–{r['entrena_max_s']:.2f})"
        )
        print(
            f"{nombre:<19}{tiempo:>25}{r['entrena_s'] / menor:>7.2f}"
            f"{r['predice_s']:>7.2f} s{r['memoria_mib']:>6.0f} MiB"
            f"{1e6 * r['entrena_s'] / filas:>9.0f}"
        )
    print("veces: lo que tarda frente al fastText que menos tarda")
