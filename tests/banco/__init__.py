"""El banco de pruebas: `make bench`."""
