"""Why a row or a file was not imported, in words."""

from django.utils.translation import gettext_lazy as _

# What is in parentheses is the cell's own text, put there when it is read.
ROWS = {
    "cells": _("la fila no tiene tantas celdas como el encabezado"),
    "check_digit": _("el dígito verificador del número no es correcto"),
    "code": _("ese código de clasificación no existe"),
    "consortium": _("no hay tantos nombres como números de proveedores"),
    "coordinates": _("las coordenadas no existen"),
    "country": _("ese país no existe"),
    "cpv": _("el código CPV no tiene ocho dígitos"),
    "csv": _("las comillas no están bien puestas"),
    "date": _("la fecha no se entiende; se espera AAAA-MM-DD"),
    "duplicate": _("repite una fila anterior del archivo"),
    "empty": _("falta un dato obligatorio"),
    "format": _("el número no tiene la forma correcta"),
    "kind": _("ese tipo de organización no se conoce"),
    "length": _("el número no tiene la cantidad de cifras correcta"),
    "long": _("la fila es demasiado larga; quizá quedaron unas comillas sin cerrar"),
    "nul": _("la fila tiene caracteres nulos"),
    "number": _("el número no es el de una organización de un país conocido"),
    "outside": _("las coordenadas quedan fuera del país"),
    "person": _("es una persona natural: sus datos no se importan"),
    "price": _("el precio no es un número positivo"),
    "ror": _("el identificador ROR no tiene la forma correcta"),
    "scian": _("el código SCIAN no tiene seis dígitos"),
}
OTHER_ROW = _("la fila no se entiende")
FILES = {
    "columns": _("al archivo le faltan columnas"),
    "empty": _("el archivo está vacío"),
    "lost": _("el archivo guardado ya no está; impórtelo otra vez"),
    "utf16": _("el archivo está en UTF-16; guárdelo como CSV en UTF-8"),
    "workbook": _("el archivo es un libro de Excel; guárdelo como CSV"),
}
OTHER_FILE = _("el archivo no se entiende")


def reason_of_row(*, reason: str, detail: str = "") -> str:
    """Say in the reader's language why a row was rejected."""
    return _with(str(ROWS.get(reason, OTHER_ROW)), detail)


def reason_of_file(*, reason: str, detail: str = "") -> str:
    """Say in the reader's language why a file cannot be read."""
    return _with(str(FILES.get(reason, OTHER_FILE)), detail)


def _with(words: str, detail: str) -> str:
    return f"{words} ({detail})" if detail else words
