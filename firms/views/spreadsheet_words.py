"""What pages and error files say about spreadsheets: each code in words, and how to mend it."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firms.models import Spreadsheet, SpreadsheetRow
from firms.sources.columns import FIELDS

FIELD_WORDS = {
    "external_id": gettext_lazy("Código propio (de socio, de planta…)"),
    "legal_name": gettext_lazy("Razón social"),
    "trade_name": gettext_lazy("Nombre comercial"),
    "acronym": gettext_lazy("Sigla"),
    "kind": gettext_lazy("Tipo"),
    "country": gettext_lazy("País"),
    "tax_number": gettext_lazy("Número tributario"),
    "city": gettext_lazy("Ciudad"),
    "region": gettext_lazy("Región o estado"),
    "address": gettext_lazy("Dirección"),
    "latitude": gettext_lazy("Latitud"),
    "longitude": gettext_lazy("Longitud"),
    "activity": gettext_lazy("Actividad"),
    "one_line": gettext_lazy("Qué hace, en una línea"),
    "description": gettext_lazy("Descripción"),
    "website": gettext_lazy("Sitio web"),
    "role_email": gettext_lazy("Correo de contacto"),
    "size_class": gettext_lazy("Tamaño"),
    "founded_on": gettext_lazy("Fecha de constitución"),
}
if set(FIELD_WORDS) != set(FIELDS):
    raise LookupError("Each field has its word.")

PROBLEMS = {
    "name_missing": gettext_lazy("Falta la razón social. Escríbala."),
    "name_letters": gettext_lazy("“%(value)s” no tiene letras. Revise si la columna es otra."),
    "too_long": gettext_lazy("Tiene %(length)s signos y caben %(limit)s. Acórtelo."),
    "country_missing": gettext_lazy("Falta el país. Elija uno para todo el archivo, o escríbalo."),
    "country": gettext_lazy("No conocemos el país “%(value)s”. Use su nombre o dos letras: CL."),
    "number_empty": gettext_lazy("El número está vacío. Escríbalo, o borre lo que hay."),
    "number_length": gettext_lazy(
        "%(name)s “%(value)s”: le faltan o le sobran signos. Uno bien escrito: %(example)s."
    ),
    "number_format": gettext_lazy(
        "“%(value)s” no parece un número de %(name)s. Uno bien escrito: %(example)s."
    ),
    "number_check_digit": gettext_lazy(
        "%(name)s “%(value)s”: el dígito verificador no corresponde. Revise si hay un error."
    ),
    "number_of_another": gettext_lazy(
        "Su código ya es de una organización y su número, de otra. Corrija uno de los dos."
    ),
    "number_unusable": gettext_lazy(
        "Esta fila no se puede importar con estos datos. Revise el número o escríbanos."
    ),
    "repeated": gettext_lazy("Repite la fila %(row)s. Deje una de las dos."),
    "removed_on_request": gettext_lazy("La organización pidió no figurar aquí."),
    "kind": gettext_lazy("No reconocemos el tipo “%(value)s”; lo dedujimos del nombre."),
    "size": gettext_lazy("No reconocemos el tamaño “%(value)s”; queda sin decir."),
    "yes_no": gettext_lazy("“%(value)s” no es sí ni no; queda sin decir."),
    "date": gettext_lazy("“%(value)s” no es una fecha pasada; queda sin decir."),
    "email": gettext_lazy("“%(value)s” no es un correo; queda sin decir."),
    "website": gettext_lazy("“%(value)s” no es una dirección web; queda sin decir."),
    "activity": gettext_lazy("No encontramos la actividad “%(value)s”; queda sin decir."),
    "activity_guessed": gettext_lazy("Tomamos “%(value)s” como CIIU %(taken)s. Revíselo."),
    "city_unknown": gettext_lazy("No conocemos la ciudad “%(value)s”; usamos el resto del lugar."),
    "city_guessed": gettext_lazy("Tomamos “%(value)s” como %(taken)s. Revíselo."),
    "region_unknown": gettext_lazy("No conocemos la región “%(value)s”; usamos el resto."),
    "place_missing": gettext_lazy("Sin lugar: no aparecerá en el mapa."),
    "degrees": gettext_lazy("“%(value)s” no son grados. Ejemplo: -33,45."),
    "outside": gettext_lazy("El punto queda fuera de %(value)s. Revise latitud y longitud."),
    "turned": gettext_lazy("Latitud y longitud parecen cambiadas entre sí."),
    "formula": gettext_lazy("Era una fórmula: leímos su texto o su último valor."),
    "fault_quote": gettext_lazy("Unas comillas no se cierran. Quítelas."),
    "fault_cells": gettext_lazy("Tiene más celdas que columnas el archivo. ¿Sobra un separador?"),
    "fault_signs": gettext_lazy("Tiene signos ilegibles. ¿Es otra la codificación del archivo?"),
    "fault_long": gettext_lazy("Una celda pasa de 32.000 signos. Acórtela."),
}
REFUSED = {
    "size": gettext_lazy("El archivo pesa más de 10 MB. Divídalo en varios."),
    "entries": gettext_lazy("El archivo tiene demasiadas partes (%(detail)s). Guárdelo como CSV."),
    "expanded": gettext_lazy("Al abrirse, el archivo pasa de 100 MB. Guárdelo como CSV."),
    "ratio": gettext_lazy("El archivo está comprimido de un modo sospechoso. Guárdelo como CSV."),
    "overlap": gettext_lazy("Las partes del archivo se pisan: está dañado. Guárdelo de nuevo."),
    "doctype": gettext_lazy(
        "El archivo trae definiciones XML que no se permiten. Guárdelo de nuevo."
    ),
    "depth": gettext_lazy("El archivo está dañado. Guárdelo de nuevo."),
    "broken": gettext_lazy("El archivo está dañado. Ábralo y guárdelo de nuevo."),
    "password": gettext_lazy("El archivo tiene contraseña. Guárdelo sin ella."),
    "old_workbook": gettext_lazy(
        "Es un Excel antiguo o con contraseña. Guárdelo como .xlsx o CSV."
    ),
    "no_workbook": gettext_lazy("No es una planilla. Envíe un archivo CSV o XLSX."),
    "binary": gettext_lazy("No es una planilla. Envíe un archivo CSV o XLSX."),
    "empty": gettext_lazy("No hay filas debajo de los nombres de las columnas."),
    "rows": gettext_lazy("Pasa de 50.000 filas. Divídalo en varios archivos."),
    "columns": gettext_lazy("Pasa de 200 columnas. Deje solo las que hacen falta."),
    "heavy": gettext_lazy("Leerlo exige demasiado tiempo o memoria. Guárdelo como CSV."),
    "lost": gettext_lazy("El archivo ya no está. Súbalo de nuevo."),
    "forbidden": gettext_lazy(
        "Se detuvo: quien la inició ya no puede importar para esta organización."
    ),
    "refused": gettext_lazy("El equipo decidió no importarla. Escríbanos si no está de acuerdo."),
}


def problem_words(problem: Mapping[str, Any]) -> str:
    """Return a problem of a row in words, after the column it is about."""
    sentence: str = str(PROBLEMS[problem["code"]]) % problem["given"]
    about = FIELD_WORDS.get(problem["field"])
    if about is None:
        return sentence
    return _("%(column)s: %(problem)s") % {"column": about, "problem": sentence}


def reasons_of(row: SpreadsheetRow) -> list[tuple[bool, str]]:
    """Return why a row has its fate: whether each stops it, and the words."""
    found = [(p["level"] == "error", problem_words(p)) for p in row.problems]
    return sorted(found, key=lambda pair: not pair[0])


def refusal_words(sheet: Spreadsheet) -> str:
    """Return why a file was not read, or an import was stopped."""
    reason, _sign, detail = sheet.error.partition(":")
    if not sheet.error:
        return ""
    sentence = str(REFUSED.get(reason, REFUSED["broken"]))
    return sentence % {"detail": detail}
