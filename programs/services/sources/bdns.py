"""Calls of the Spanish register of public aid (BDNS): categories read as criteria.

What a category says for certain becomes a rule. What it leaves open becomes a condition that only
the organization can confirm, in the register's words; nothing is dropped and nothing is guessed.
"""

import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify

from firms.models import OrganizationKind as Kinds
from programs.models import CallStatus, Instrument, PolicyRole, Recurrence
from programs.services.sources.entries import (
    CallEntry,
    CannotLoad,
    CriterionEntry,
    ProgramEntry,
    Remark,
)

SOURCE = "bdns"
LICENSE = "BDNS (IGAE, Ministerio de Hacienda): reutilización con cita de la fuente"
COLUMNS = (
    "codigo_bdns", "titulo", "organo", "nivel_admin", "region", "importe", "fecha_inicio",
    "fecha_fin", "sector", "beneficiarios", "url_oficial", "bases_url",
)  # fmt: skip

COMMUNITIES = {
    "Andalucía": "ES-AN",
    "Aragón": "ES-AR",
    "Asturias": "ES-AS",
    "Canarias": "ES-CN",
    "Cantabria": "ES-CB",
    "Castilla y León": "ES-CL",
    "Castilla-La Mancha": "ES-CM",
    "Cataluña": "ES-CT",
    "Ceuta": "ES-CE",
    "Comunidad Valenciana": "ES-VC",
    "Extremadura": "ES-EX",
    "Galicia": "ES-GA",
    "Islas Baleares": "ES-IB",
    "La Rioja": "ES-RI",
    "Madrid": "ES-MD",
    "Melilla": "ES-ML",
    "Murcia": "ES-MC",
    "Navarra": "ES-NC",
    "País Vasco": "ES-PV",
    "Toda España": "ES",
}
SEVERAL = "Varias comunidades"

TRADING = (Kinds.FIRM, Kinds.COOPERATIVE, Kinds.PRODUCER_ASSOCIATION)
NOT_TRADING = (
    Kinds.NGO,
    Kinds.CHAMBER,
    Kinds.CLUSTER_ORGANIZATION,
    Kinds.PUBLIC_AGENCY,
    Kinds.UNIVERSITY,
    Kinds.RESEARCH_CENTER,
    Kinds.TECHNOLOGY_CENTER,
)
SMALL_FIRMS = "Pyme y Personas Físicas Que Desarrollan Actividad Económica"
LARGE_FIRMS = "Gran Empresa"
LEGAL_PERSONS = "Personas Jurídicas Que No Desarrollan Actividad Económica"
PRIVATE_PERSONS = "Personas Físicas Que No Desarrollan Actividad Económica"
BENEFICIARIES = (SMALL_FIRMS, LARGE_FIRMS, LEGAL_PERSONS, PRIVATE_PERSONS)

ROLES = {
    "Investigación, desarrollo e innovación": PolicyRole.RESEARCH,
    "Educación": PolicyRole.EDUCATION,
    "Fomento del Empleo": PolicyRole.TRAINING,
    "Desempleo": PolicyRole.TRAINING,
    "Comercio, Turismo y Pymes": PolicyRole.CATALYST,
    "Industria y Energía": PolicyRole.CATALYST,
    "Agricultura, Pesca y Alimentación": PolicyRole.CATALYST,
    "Otras actuaciones de carácter económico": PolicyRole.CATALYST,
    "Subvenciones al transporte": PolicyRole.CATALYST,
    "Infraestructuras": PolicyRole.CATALYST,
}
# ISIC branches that a purpose names; other purposes say nothing about the applicant's activity.
BRANCHES = {
    "Agricultura, Pesca y Alimentación": ("A", "10", "11"),
    "Cultura": ("58", "59", "60", "90", "91"),
    "Industria y Energía": ("B", "C", "D", "E"),
    "Subvenciones al transporte": ("H",),
}
URL_LENGTH = 500
LOCAL_LEVELS = ("Local", "Otros")
WEB_ADDRESS = re.compile(r"(www\.)?[\w-]+(\.[\w-]+)+(/\S*)?")
CANCELLED = re.compile(r"\W*ANULAD[AO]\b")

Row = Mapping[str, str]


def read_bdns(*, path: Path, remarks: list[Remark]) -> Iterator[ProgramEntry]:
    """Yield a program per agency and purpose, with its calls; add what is odd to ``remarks``.

    Raises:
        CannotLoad: the file is absent or lacks a column.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            rows = [] if missing else list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CannotLoad(f"{path.name}: {error}") from error
    if missing:
        raise CannotLoad(f"{path.name}: faltan las columnas {', '.join(missing)}")
    yield from _programs(rows, remarks)


def _programs(rows: Iterable[Row], remarks: list[Remark]) -> Iterator[ProgramEntry]:
    by_program: dict[tuple[str, str], list[Row]] = defaultdict(list)
    seen: set[str] = set()
    for row in rows:
        code = row["codigo_bdns"] or "?"
        if not (row["codigo_bdns"] and row["titulo"] and row["organo"]) or code in seen:
            remarks.append(Remark(code, "sin código, título u órgano, o repetida: no se carga"))
            continue
        seen.add(code)
        by_program[row["organo"].strip(), row["sector"].strip()].append(row)
    slugs: set[str] = set()
    for (agency, purpose), found in sorted(by_program.items()):
        yield _program(agency, purpose, found, slugs, remarks)


def _program(
    agency: str, purpose: str, rows: list[Row], slugs: set[str], remarks: list[Remark]
) -> ProgramEntry:
    base = slug = f"es-{slugify(f'{agency} {purpose}')}"[:92].rstrip("-")
    number = 1
    while slug in slugs:
        number += 1
        slug = f"{base}-{number}"
    slugs.add(slug)
    codes = {COMMUNITIES[row["region"]] for row in rows if row["region"] in COMMUNITIES}
    return ProgramEntry(
        ref=f"{agency}|{purpose}"[:160],
        slug=slug,
        agency_name=agency[:250],
        names={"es": f"{purpose or 'Ayudas'} · {agency}"},
        objectives={
            "es": f"Convocatorias abiertas a empresas que «{agency}» inscribe en la Base de Datos"
            f" Nacional de Subvenciones de España con la finalidad «{purpose}»."
        },
        instruments=(Instrument.SUBSIDY,),
        policy_role=ROLES.get(purpose, ""),
        territories=("ES",) if "ES" in codes else tuple(sorted(codes)) or ("ES",),
        url="https://www.infosubvenciones.es/",
        recurrence=Recurrence.IRREGULAR,
        license=LICENSE,
        calls=tuple(_call(row, remarks) for row in rows),
    )


def _call(row: Row, remarks: list[Remark]) -> CallEntry:
    code = row["codigo_bdns"]
    zone = "Atlantic/Canary" if row["region"] == "Canarias" else "Europe/Madrid"
    opens = _midnight(row["fecha_inicio"], zone, code, remarks)
    closes = _midnight(row["fecha_fin"], zone, code, remarks, days=1)
    notes = []
    if opens and closes and closes <= opens:
        remarks.append(Remark(code, f"cierra ({row['fecha_fin']}) antes de abrir: sin cierre"))
        notes.append(f"La fuente da un cierre anterior a la apertura: {row['fecha_fin']}.")
        closes = None
    address, words = _rules(row["bases_url"].strip())
    notes += [f"Bases: {words}"] if words else []
    budget = _amount(row["importe"], code, remarks)
    return CallEntry(
        ref=code,
        number=code,
        title=row["titulo"].strip()[:300],
        status=CallStatus.CANCELLED if CANCELLED.match(row["titulo"]) else CallStatus.PUBLISHED,
        summary=" ".join(notes),
        opens_at=opens,
        closes_at=closes,
        time_zone=zone,
        url=_rules(row["url_oficial"].strip())[0],
        rules_url=address,
        budget=budget,
        currency="EUR" if budget else "",
        criteria=tuple(_criteria(row)),
    )


def _midnight(
    text: str, zone: str, code: str, remarks: list[Remark], days: int = 0
) -> dt.datetime | None:
    """Return the first instant of a day there, or of the day after."""
    if not text.strip():
        return None
    try:
        day = dt.date.fromisoformat(text.strip()) + dt.timedelta(days=days)
    except ValueError:
        remarks.append(Remark(code, f"fecha ilegible «{text[:40]}»: se carga sin ella"))
        return None
    return dt.datetime.combine(day, dt.time(), ZoneInfo(zone))


def _amount(text: str, code: str, remarks: list[Remark]) -> Decimal | None:
    try:
        amount = Decimal(text or "0").quantize(Decimal("0.01"))
    except InvalidOperation:
        amount = Decimal(0)
    if not 0 < amount < Decimal(10) ** 14:
        if text.strip():
            remarks.append(Remark(code, f"importe «{text[:40]}»: se carga como desconocido"))
        return None
    return amount


def _rules(text: str) -> tuple[str, str]:
    """Tell an address from a description of where the terms are."""
    address = text.replace("\\", "/")
    if WEB_ADDRESS.fullmatch(address):
        address = f"https://{address}"
    try:
        URLValidator(["http", "https"])(address)
    except ValidationError:
        return "", text[:900]
    return (address, "") if len(address) <= URL_LENGTH else ("", text[:900])


def _criteria(row: Row) -> Iterator[CriterionEntry]:
    yield _beneficiaries(row)
    yield from _region(row)
    if row["nivel_admin"] in LOCAL_LEVELS:
        words = f"Convocatoria de ámbito local: {row['organo'].strip()}"
        yield _to_confirm(row, "ambito", words)
    if row["sector"].strip() in BRANCHES:
        yield _purpose(row)


def _to_confirm(row: Row, code: str, words: str) -> CriterionEntry:
    question = f"bdns-{row['codigo_bdns']}-{code}"
    return CriterionEntry("declared", words, {"question": question}, code)


def _beneficiaries(row: Row) -> CriterionEntry:
    """Read who may apply. Private persons are not in the registry, so they open no branch."""
    text = row["beneficiarios"].strip()
    named = [name for name in BENEFICIARIES if name in text]
    rest = text
    for name in named:
        rest = rest.replace(name, "")
    if not named or rest.strip(" ,;"):
        return _to_confirm(row, "beneficiarios", f"Beneficiarios: {text or 'sin publicar'}")
    branches = list(_branches(set(named)))
    if not branches:
        return _to_confirm(row, "beneficiarios", f"Beneficiarios: {text}")
    words = f"Beneficiarios: {text}"
    if len(branches) == 1:
        only = branches[0]
        return CriterionEntry(only.kind, words, only.parameters, "beneficiarios", parts=only.parts)
    return CriterionEntry("any_of", words, {}, "beneficiarios", parts=tuple(branches))


def _branches(named: set[str]) -> Iterator[CriterionEntry]:
    kinds: list[str] = [Kinds.SOLE_TRADER] if SMALL_FIRMS in named else []
    kinds += NOT_TRADING if LEGAL_PERSONS in named else []
    if {SMALL_FIRMS, LARGE_FIRMS} <= named:
        kinds += TRADING
    elif named & {SMALL_FIRMS, LARGE_FIRMS}:
        sizes = ["micro", "small", "medium"] if SMALL_FIRMS in named else ["large"]
        trading = CriterionEntry("applicant_kind", parameters={"kinds": sorted(TRADING)})
        of_size = CriterionEntry("size_class", parameters={"sizes": sizes})
        words = "Pyme" if SMALL_FIRMS in named else "Gran empresa"
        yield CriterionEntry("all_of", words, parts=(trading, of_size))
    if kinds:
        yield CriterionEntry("applicant_kind", parameters={"kinds": sorted(kinds)})


def _region(row: Row) -> Iterator[CriterionEntry]:
    region = row["region"].strip()
    unit = COMMUNITIES.get(region, "ES")
    words = f"Región de impacto: {region or 'sin publicar'}"
    yield CriterionEntry("territory", words, {"units": [unit]}, "region")
    if region not in COMMUNITIES:
        yield _to_confirm(row, "comunidades", words)


def _purpose(row: Row) -> CriterionEntry:
    """A matching activity meets the purpose; any other leaves it to be confirmed."""
    purpose = row["sector"].strip()
    words = f"Finalidad: {purpose}"
    activity = CriterionEntry("activity", parameters={"activities": list(BRANCHES[purpose])})
    return CriterionEntry(
        "any_of",
        words,
        {},
        "finalidad",
        parts=(activity, _to_confirm(row, "finalidad-otra", words)),
    )
