"""Los mutantes: cambian una cosa cada vez, y viven si nadie se entera."""

from herramientas import muta

FUENTE = '''\
def menor(a, b):
    """El que va antes."""
    if a < b and a:
        return a
    avisa(2, alto=True)
    return b
'''


def test_cada_mutante_cambia_una_sola_cosa():
    hallados = {dicho: codigo for _, dicho, codigo in muta.mutantes(FUENTE)}
    assert set(hallados) == {
        "siempre: a < b and a",
        "nunca: a < b and a",
        "otro operador: a < b and a",
        "otra comparación: a < b",
        "devuelve None: return a",
        "devuelve None: return b",
        "quita: avisa(2, alto=True)",
        "sin alto: avisa(2, alto=True)",
        "3, y no: 2",
        "False, y no: True",
    }
    assert "a < b or a" in hallados["otro operador: a < b and a"]
    assert "a <= b" in hallados["otra comparación: a < b"]
    assert "avisa" not in hallados["quita: avisa(2, alto=True)"]
    assert len(set(hallados.values())) == len(hallados)
    assert all("El que va antes" in codigo for codigo in hallados.values())


def test_vive_el_que_ninguna_prueba_nota(tmp_path, monkeypatch, capsys):
    """Un curso mínimo, con una prueba que no mira lo que pasa con el 0."""
    apoyo = tmp_path / "tests" / "apoyo"
    apoyo.mkdir(parents=True)
    (apoyo / "sin_cuenta.py").write_text("")
    (tmp_path / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\npythonpath = [".", "tests"]\n'
    )
    modulo = "def positivo(n):\n    return n > 0\n"
    (tmp_path / "signo.py").write_text(modulo)
    (tmp_path / "tests" / "test_signo.py").write_text(
        "import signo\n\n\n"
        "def test_signo():\n"
        "    assert signo.positivo(5) and not signo.positivo(-5)\n"
    )
    monkeypatch.setattr(muta, "RAIZ", tmp_path)
    muta.main(["signo.py", "--cuantos", "9"])
    assert sorted(capsys.readouterr().out.splitlines()) == [
        "VIVE  2 1, y no: 0",
        "VIVE  2 otra comparación: n > 0",
        "muere 2 devuelve None: return n > 0",
    ]
    assert (tmp_path / "signo.py").read_text() == modulo
