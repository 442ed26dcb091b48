@echo off
rem Las ordenes del curso en Windows: make run, make test, make lab...
setlocal
set "PYTHONUTF8=1"
where /q py && (set "LANZA=py -3") || (set "LANZA=python")
where /q py || where /q python || (echo No encuentro Python: instala Python 3.13 y repite. & exit /b 1)
%LANZA% "%~dp0tests\herramientas\tareas.py" %*
