import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firms.leaks import Identity, Leak, Told, leaks
from firms.quality import Level, Said, TechnologySaid, blockers, findings
from firms.readiness import TRL_NAMES, Stage, stage_of

TODAY = dt.date(2026, 11, 24)
SAID: dict[str, Any] = {"kind": "product", "is_offer": False, "today": TODAY}
IDENTITY = Identity(
    names=("Viña El Roble S.A.", "Roble Tinto"),
    numbers=("76.543.210-3",),
    domains=("vinaelroble.cl",),
)
WHOLE = TechnologySaid(
    problem="El orujo se desecha",
    how_it_works="Se seca y se prensa",
    versus_leading="Gasta la mitad de energía",
    trl=3,
    ipr_status="none",
    technology_words=2,
)


def test_four_fields_are_enough_to_publish_a_need_or_an_offer() -> None:
    for is_offer in (True, False):
        for kind in ("product", "service"):
            said = Said(**SAID | {"is_offer": is_offer, "kind": kind, "title": "Etiquetas"})
            assert not blockers(said)


def test_a_technology_is_published_whole_or_not_at_all() -> None:
    said = Said(**SAID | {"is_offer": True, "kind": "technology"})
    missing = {found.field for found in blockers(said)}
    assert missing == {
        "problem",
        "how_it_works",
        "versus_leading",
        "trl",
        "ipr_status",
        "technology_words",
    }
    assert not blockers(
        Said(**SAID | {"is_offer": True, "kind": "technology", "technology": WHOLE})
    )


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "quote", "items": 1}, "no_closing_day"),
        ({"kind": "quote", "items": 1, "closes_on": dt.date(2026, 11, 23)}, "closing_day_past"),
        ({"kind": "quote", "closes_on": TODAY}, "no_items"),
        ({"kind": "research", "interest_until": dt.date(2026, 11, 1)}, "interest_past"),
        ({"is_for_guests": True}, "no_guests"),
        ({"leaks": (Leak("title", Told.PHONE, "+56 9 1234 5678"),)}, "leak_phone"),
    ],
)
def test_what_nobody_could_answer_is_not_published(change: dict[str, Any], code: str) -> None:
    assert [found.code for found in blockers(Said(**SAID | change))] == [code]


@given(st.text(max_size=200), st.text(max_size=200), st.integers(0, 3))
def test_findings_come_most_important_first_and_name_a_field(
    title: str, text: str, entries: int
) -> None:
    found = findings(Said(**SAID | {"title": title, "description": text, "classified": entries}))
    levels = [list(Level).index(each.level) for each in found]
    assert levels == sorted(levels)
    assert all(each.field and each.code for each in found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Escriba a ventas@otra.cl", Told.EMAIL),
        ("ventas arroba roble punto cl", Told.EMAIL),
        ("Vea www.roble.cl/vinos", Told.ADDRESS),
        ("en vinosdelsur.com.ar hay más", Told.ADDRESS),
        ("Llame al +56 9 8765 4321", Told.PHONE),
        ("RUT 76543210-3", Told.NUMBER),
        ("Somos la VIÑA el Roble, de Curicó", Told.NAME),
        ("somos viñaelroble", Told.NAME),
        ("con Roble  Tinto", Told.NAME),
    ],
)
def test_a_text_that_tells_who_wrote_it_is_caught(text: str, told: Told) -> None:
    assert told in {leak.told for leak in leaks({"summary": text}, IDENTITY)}


@pytest.mark.parametrize(
    "text",
    [
        "Etiquetas para 8.000 botellas de 750 ml, 2.500.000 CLP",
        "Barricas de roble francés para vino tinto",
        "Entrega el 15/12/2026 entre 9.00 y 18.00. Norma ISO 9001:2015.",
        "Necesito corchos.En cajas de 1000",
    ],
)
def test_an_ordinary_text_tells_nothing(text: str) -> None:
    assert leaks({"summary": text}, IDENTITY) == []


NAMES = st.lists(st.text("abcdeñó", min_size=5, max_size=8), min_size=2, max_size=3).map(" ".join)


@given(NAMES, st.sampled_from([str.upper, str.title, str.lower]), st.sampled_from([" ", "-", ""]))
def test_a_name_is_caught_however_it_is_written(name: str, case: Any, joint: str) -> None:
    written = f"Somos {case(name).replace(' ', joint)} y compramos"
    found = leaks({"description": written}, Identity(names=(f"{name} Ltda.",)))
    assert found == [Leak("description", Told.NAME, f"{name} Ltda.")]


def test_the_stage_follows_from_the_level() -> None:
    stages = [stage_of(level) for level in range(1, 10)]
    assert stages == [
        *[Stage.CONCEPT] * 2,
        Stage.DEVELOPMENT,
        Stage.LAB_TESTED,
        *[Stage.DEMONSTRATED] * 3,
        *[Stage.ON_MARKET] * 2,
    ]
    assert list(TRL_NAMES) == list(range(1, 10))
    assert [stage_of(level) for level in (None, 0, 10)] == [None] * 3
