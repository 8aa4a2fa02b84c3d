"""Every finding and every rule has words."""

import datetime as dt
from decimal import Decimal
from itertools import product

import pytest
from django.utils import translation

from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName, Origin, Provenance
from programs.eligibility.findings import Finding, Reason
from programs.eligibility.kinds import Kind
from programs.models import CallStatus, ProgramStatus
from programs.phrases.calls import amount, when
from programs.phrases.findings import known, provenance
from programs.phrases.rules import sentence
from programs.phrases.words import listed
from programs.services.labels import Labels
from tests.factories import NOW, CallFactory, ProgramFactory
from tests.unit.eligibility.examples import EXAMPLES

LABELS = Labels({"CL-LI": "O'Higgins", "CL": "Chile"}, {"11": "Bebidas"}, {"iso-9001": "ISO 9001"})


@pytest.mark.parametrize(
    ("kind", "parameters", "negated", "words"),
    [
        ("applicant_kind", {"kinds": ["firm", "cooperative"]}, False, "Ser empresa o cooperativa"),
        ("applicant_kind", {"kinds": ["lender"]}, True, "No ser entidad financiera"),
        ("territory", {"units": ["CL/CL-LI"]}, True, "No tener sedes en O'Higgins"),
        ("size_class", {"sizes": ["large"]}, True, "Tamaño distinto de grande"),
        ("activity", {"activities": ["C/11"]}, True, "No dedicarse a: Bebidas"),
        (
            "activity",
            {"activities": ["C/11"], "which": "main"},
            False,
            "Tener como actividad principal: Bebidas",
        ),
        (
            "years_since_start",
            {"min": "P3M", "under": "P1Y"},
            False,
            "De 3 meses a menos de 1 año desde el inicio de actividades",
        ),
        (
            "years_since_start",
            {"min": "P1D", "max": "P2Y", "clock": "founded"},
            False,
            "De 1 día a 2 años desde la constitución",
        ),
        ("k_of_n", {"k": 2}, False, "Cumplir al menos 2 de estas condiciones"),
        ("any_of", {}, False, "Cumplir una de estas condiciones"),
        ("all_of", {}, True, "No cumplir a la vez todo esto"),
        ("from_the_future", {}, False, "Una condición que no podemos leer"),
        ("size_class", {}, False, "Una condición que no podemos leer"),
        ("size_class", [], False, "Una condición que no podemos leer"),
    ],
)
def test_a_rule_is_said_in_a_sentence(kind, parameters, negated, words):
    assert sentence(kind, parameters, negated, LABELS) == words


def test_every_kind_has_a_sentence_for_it_and_for_its_opposite():
    combined = {Kind.ALL_OF: {}, Kind.ANY_OF: {}, Kind.K_OF_N: {"k": 1}, Kind.UNLESS: {}}
    said = [
        sentence(kind.value, parameters, negated, LABELS)
        for kind, parameters in {**EXAMPLES, **combined}.items()
        for negated in (False, True)
    ]
    assert "Una condición que no podemos leer" not in said
    assert len(set(said)) == len(said)


def test_a_long_list_is_cut_and_counts_the_rest():
    assert listed([str(number) for number in range(9)]) == "0, 1, 2, 3, 4, 5 y 3 más"


USED = {
    FactName.KIND: ("firm",),
    FactName.PLACES: ("CL-LI",),
    FactName.SIZES: ("small", "medium"),
    FactName.ACTIVITIES: ("C/11",),
    FactName.STARTED_ON: ("2025-06-01",),
    FactName.FOUNDED_ON: ("2025-06-01",),
    FactName.FIRST_INVOICE_ON: ("2025-06-01",),
    FactName.CERTIFICATES: ("iso-9001", "2027-01-31"),
}


@pytest.mark.parametrize("language", ["es", "pt-br", "en"])
def test_every_finding_has_words_in_every_language(language):
    with translation.override(language):
        for fact, reason in product(FactName, Reason):
            used, flip = USED.get(fact, ()), dt.date(2026, 12, 1)
            text = known(Finding(Answer.UNKNOWN, reason, fact, used, flips_on=flip), LABELS)
            assert text, (fact, reason)
            assert "%(" not in text, (fact, reason)


@pytest.mark.parametrize(
    ("reason", "fact", "words"),
    [
        (Reason.TOO_BROAD, FactName.PLACES, "Está en O'Higgins, pero no sabemos en qué parte"),
        (Reason.STRADDLES, FactName.SIZES, "Puede ser pequeña o mediana"),
        (
            Reason.TOO_YOUNG,
            FactName.STARTED_ON,
            "Inició actividades el 1 de junio de 2025: lo cumple el 1 de diciembre de 2026",
        ),
        (Reason.EXPIRED, FactName.CERTIFICATES, "ISO 9001: venció el 31 de enero de 2027"),
    ],
)
def test_a_finding_names_what_it_used(reason, fact, words):
    finding = Finding(Answer.FAIL, reason, fact, USED[fact], flips_on=dt.date(2026, 12, 1))
    assert known(finding, LABELS) == words


@pytest.mark.parametrize("origin", list(Origin))
@pytest.mark.parametrize("day", [None, dt.date(2026, 3, 1)])
def test_every_provenance_has_words(origin, day):
    text = provenance(Provenance(origin, day, "ROR"))
    assert ("2026" in text) is (day is not None)
    assert provenance(None) == ""


@pytest.mark.parametrize(
    ("fields", "short"),
    [
        ({"closes_at": NOW + dt.timedelta(hours=3)}, "Cierra hoy"),
        ({"closes_at": NOW + dt.timedelta(days=1)}, "Cierra mañana"),
        ({"closes_at": None}, "Sin fecha de cierre publicada"),
        ({"closes_at": None, "is_continuous": True}, "Abierta todo el año"),
        ({"closes_at": NOW}, "Cerrada"),
        ({"opens_at": NOW + dt.timedelta(days=3)}, "Abre en 3 días"),
        ({"status": CallStatus.CANCELLED}, "Anulada"),
        ({"status": CallStatus.DRAFT}, "Borrador"),
        ({"status": CallStatus.FORECAST, "opens_at": None, "closes_at": None}, "Por abrir"),
    ],
)
def test_a_call_says_its_dates_in_a_word(fields, short):
    call = CallFactory.build(program=ProgramFactory.build(), **fields)
    assert when(call, NOW).short == short
    assert when(call, NOW).sentence


def test_a_program_that_ended_ends_its_calls():
    call = CallFactory.build(program=ProgramFactory.build(status=ProgramStatus.RETIRED))
    assert when(call, NOW).short == "Terminado"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, ""),
        ({"award_max": 5_000_000}, "Hasta 5.000.000~CLP"),
        ({"award_min": 10, "award_max": 20}, "De 10~CLP a 20~CLP"),
        ({"award_min": 10}, "Desde 10~CLP"),
        ({"budget": 10}, "10~CLP en total"),
    ],
)
def test_an_amount_says_what_one_applicant_may_get(fields, words):

    values = {name: Decimal(value) for name, value in fields.items()}
    call = CallFactory.build(program=ProgramFactory.build(), currency="CLP", **values)
    assert amount(call) == words.replace("~", "\N{NO-BREAK SPACE}")
