# Lanza tareas.py con el primer Python de esta máquina que arranque.
tareas=$(dirname "$0")/tareas.py
for python in python3 python python3.13 python3.12 python3.11; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 8))' 2>/dev/null; then
        exec "$python" "$tareas" "$@"
    fi
done
echo "No encuentro Python: instala Python 3.13 y repite." >&2
exit 1
