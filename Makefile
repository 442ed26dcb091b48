# El curso en órdenes cortas. `make help` las explica.
PYTHON ?= python3
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])')
VENV := .venv
PY := $(VENV)/bin/python
# Una marca por versión de Python: cambiar PYTHON rehace el entorno.
LISTO := $(VENV)/.listo-$(VERSION)
BANCO := $(VENV)/.banco-$(VERSION)
CUADERNOS := $(wildcard notebooks/*.ipynb)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONPATH := $(CURDIR)/notebooks:$(CURDIR)/tests

.DEFAULT_GOAL := help
.PHONY: run test lab slides slides-pdf bench outputs figuras enlaces clean help

# Con un token a mano, el capítulo 4 publicaría de verdad: aquí, no.
run test outputs: export HF_TOKEN :=
run test outputs: export HUGGING_FACE_HUB_TOKEN :=
run test outputs: export HF_HOME := $(CURDIR)/build/hf

run: $(LISTO)  ## ejecuta los cuatro cuadernos y deja build/ con sus HTML
	@$(PY) -m herramientas.ejecuta build $(CUADERNOS)

# Los modelos del curso son tan pequeños que repartirlos entre hilos los frena.
test: $(LISTO)  ## corre todas las pruebas, celda por celda
	@$(PY) -m ruff check --quiet .
	@$(PY) -m ruff format --quiet --check .
	@OMP_NUM_THREADS=$${OMP_NUM_THREADS:-1} $(PY) -m pytest

lab: $(LISTO)  ## abre JupyterLab en los cuadernos
	@$(VENV)/bin/jupyter lab --notebook-dir=notebooks

slides: $(LISTO)  ## convierte los cuadernos en diapositivas, en build/slides/
	@$(PY) -m diapositivas build/slides $(CUADERNOS)

slides-pdf: slides  ## pasa las diapositivas a PDF (necesita Chromium)
	@$(PY) -m diapositivas.pdf $(CUADERNOS:notebooks/%.ipynb=build/slides/%.html)

# DATOS=train.csv PRUEBA=test.csv FILAS=560000 RONDAS=5 DISPOSITIVO=cuda
bench: $(BANCO)  ## mide el clasificador contra fastText y TF-IDF
	@$(PY) -m banco \
		$(if $(DATOS),--datos "$(DATOS)") $(if $(PRUEBA),--prueba "$(PRUEBA)") \
		$(if $(FILAS),--filas $(FILAS)) $(if $(RONDAS),--rondas $(RONDAS)) \
		$(if $(METODOS),--metodos $(METODOS)) \
		$(if $(DISPOSITIVO),--dispositivo $(DISPOSITIVO))

outputs: $(LISTO)  ## vuelve a ejecutar los cuadernos y guarda sus salidas
	@$(PY) -m herramientas.guarda_salidas $(CUADERNOS)
	@$(PY) ims/exporta.py

figuras: $(LISTO)  ## vuelve a dibujar las figuras de ims/
	@$(PY) ims/dibuja.py
	@$(PY) ims/exporta.py

enlaces:  ## escribe la dirección del repositorio: make enlaces REPO=dueño/nombre
	@$(PYTHON) tests/herramientas/enlaces.py "$(REPO)"

clean:  ## borra el entorno y todo lo generado
	rm -rf $(VENV) build .pytest_cache .ruff_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

help:  ## muestra esta ayuda
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## */|/' \
		| while IFS='|' read -r orden texto; do printf '  make %-11s %s\n' "$$orden" "$$texto"; done

$(LISTO): requirements.txt
	@echo "Preparo el entorno .venv con Python $(VERSION) (una sola vez)…"
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PY) -m pip install --quiet -r requirements.txt
	@cd notebooks && ../$(PY) helpers/instala.py
	@touch $@

$(BANCO): $(LISTO) tests/requirements-bench.txt
	@$(PY) -m pip install --quiet -r tests/requirements-bench.txt
	@touch $@
