# Las órdenes del curso; `make help` las explica. Lo hace todo
# tests/herramientas/tareas.py, y en Windows llega a él make.bat.
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: run test lab slides slides-pdf clase bench outputs figuras enlaces clean help

run test lab slides slides-pdf clase bench outputs figuras enlaces clean help:
	@sh tests/herramientas/tareas.sh $@

# Lo que escribes (DATOS=…) pasa tal cual al programa, sin que make lo expanda.
override PYTHON := $(value PYTHON)
override DATOS := $(value DATOS)
override PRUEBA := $(value PRUEBA)
override FILAS := $(value FILAS)
override RONDAS := $(value RONDAS)
override METODOS := $(value METODOS)
override DISPOSITIVO := $(value DISPOSITIVO)
override REPO := $(value REPO)
export PYTHON DATOS PRUEBA FILAS RONDAS METODOS DISPOSITIVO REPO
