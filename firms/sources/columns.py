"""Which column of a spreadsheet is what: by its name in three languages, else by what it holds."""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress

from firms.identifiers import InvalidIdentifier, check_tax_number
from firms.sources.kinds import plain

# The order is that of the mapping page, of the template and of the guess.
SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "external_id": (
        "id externo", "codigo", "codigo de socio", "numero de socio", "n socio", "nra", "id",
        "codigo interno", "id interno", "codigo do associado", "member id", "external id",
        "code", "ref", "referencia", "clave", "registro",
    ),
    "legal_name": (
        "razon social", "razao social", "nombre", "nome", "nombre legal", "nome legal",
        "legal name", "name", "empresa", "organizacion", "organizacao", "organization", "firma",
        "company", "company name", "denominacion", "denominacion social", "denominacao social",
        "socio", "associado", "nombre o razon social", "nombre de la empresa", "nome da empresa",
        "entidad", "institucion", "firm",
    ),
    "trade_name": (
        "nombre comercial", "nombre de fantasia", "nome fantasia", "nome comercial", "marca",
        "trade name", "brand", "fantasia", "planta", "plant",
    ),
    "acronym": ("sigla", "acronimo", "acronym", "siglas"),
    "kind": ("tipo", "tipo de organizacion", "tipo de organizacao", "kind", "type", "categoria"),
    "country": ("pais", "country", "cod pais", "codigo pais"),
    "tax_number": (
        "numero tributario", "rut", "cuit", "cnpj", "rfc", "nit", "ruc", "nif", "rif", "rnc", "rtn",
        "cif", "cpf", "nipc", "identificacion tributaria", "identificador fiscal", "tax id",
        "tax number", "vat", "vat number", "numero fiscal", "documento", "cedula juridica",
    ),
    "city": (
        "ciudad", "cidade", "city", "municipio", "comuna", "localidad", "localidade", "town",
        "municipality", "canton", "distrito", "poblacion",
    ),
    "region": (
        "region", "regiao", "estado", "provincia", "departamento", "state", "province", "uf",
        "division", "entidad federativa",
    ),
    "address": ("direccion", "endereco", "address", "domicilio", "calle", "logradouro", "rua"),
    "latitude": ("latitud", "latitude", "lat", "coord y", "y"),
    "longitude": ("longitud", "longitude", "lon", "lng", "long", "coord x", "x"),
    "activity": (
        "actividad", "atividade", "activity", "giro", "rubro", "rama", "ramo", "sector", "setor",
        "ciiu", "cnae", "isic", "scian", "industry", "actividad economica", "actividad principal",
        "atividade economica", "atividade principal", "main activity", "codigo ciiu",
    ),
    "one_line": (
        "que hace", "o que faz", "en una linea", "resumen", "resumo", "summary", "productos",
        "produtos", "products", "servicios", "servicos",
    ),
    "description": ("descripcion", "descricao", "description", "detalle", "about"),
    "website": ("sitio web", "pagina web", "web", "sitio", "site", "website", "url", "www"),
    "role_email": (
        "correo", "correo electronico", "correo de contacto", "email", "e mail", "mail",
        "e mail de contato", "contact email", "correio eletronico",
    ),
    "size_class": ("tamano", "tamanho", "size", "porte", "tamano de empresa"),
    "founded_on": (
        "fecha de constitucion", "fundacion", "fundacao", "founded", "constitucion", "ano",
        "data de fundacao", "data de abertura", "fecha de fundacion", "founded on",
    ),
}  # fmt: skip
FIELDS = tuple(SYNONYMS)
ENOUGH = 0.6
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_SITE = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_DEGREES = re.compile(r"-?\d{1,3}[.,]\d{3,}")
_CONTAINED = 0.6
_MAX_LATITUDE, _MAX_WEST = 56, 30


def signature_of(header: Sequence[str]) -> str:
    """Return the header as it is compared: the same names in the same order."""
    return "|".join(_words(name) for name in header)


def guess_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], countries: Sequence[str]
) -> dict[str, int]:
    """Return the column of each field as far as names and contents tell; no column twice."""
    scores = [
        (score, -index, field)
        for index, name in enumerate(header)
        for field in FIELDS
        if (score := _name_score(field, _words(name)))
    ]
    found: dict[str, int] = {}
    for _score, index, field in sorted(scores, key=lambda s: (-s[0], -s[1], FIELDS.index(s[2]))):
        if field not in found and -index not in found.values():
            found[field] = -index
    for index in range(len(header)):
        if index not in found.values():
            held = _content_field([row[index] for row in rows if index < len(row)], countries)
            if held and held not in found:
                found[held] = index
    return found


def _name_score(field: str, name: str) -> float:
    if not name:
        return 0
    if name in SYNONYMS[field]:
        return 1
    parts = set(name.split())
    held = [s for s in SYNONYMS[field] if len(s) > 1 and set(s.split()) <= parts]
    return max((_CONTAINED + 0.3 * len(s) / len(name) for s in held), default=0)


def _content_field(cells: Sequence[str], countries: Sequence[str]) -> str:
    full = [cell.strip() for cell in cells if cell.strip()]
    if not full:
        return ""
    tests = {
        "role_email": lambda cell: bool(_EMAIL.fullmatch(cell)),
        "website": lambda cell: bool(_SITE.fullmatch(cell)),
        "tax_number": lambda cell: any(_is_number(cell, code) for code in countries),
        "longitude": lambda cell: _degrees(cell) < -_MAX_WEST and not _is_latitude(full),
        "latitude": lambda cell: _is_latitude([cell]),
    }
    shares = {field: sum(map(test, full)) / len(full) for field, test in tests.items()}
    best = max(shares, key=lambda field: shares[field])
    return best if shares[best] >= ENOUGH else ""


def _is_latitude(cells: Sequence[str]) -> bool:
    return all(-_MAX_LATITUDE <= _degrees(cell) < _MAX_LATITUDE for cell in cells)


def _degrees(cell: str) -> float:
    return float(cell.replace(",", ".")) if _DEGREES.fullmatch(cell) else 1_000.0


def _is_number(cell: str, country: str) -> bool:
    with suppress(InvalidIdentifier):
        return check_tax_number(country, cell).is_checked
    return False


def _words(name: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain(name)).split())
