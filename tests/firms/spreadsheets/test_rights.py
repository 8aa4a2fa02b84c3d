"""What an import may touch, and what coming again changes."""

import pytest
from django.db import transaction

from firms.models import Organization, Visibility
from firms.services.spreadsheets.starting import ask_to_advance
from tests.factories import IdentifierFactory, MembershipFactory, OrganizationFactory
from tests.firms.spreadsheets.conftest import (
    GOOD,
    HEADER,
    bring,
    codes,
    fates,
    imported,
    outcomes,
    run,
    undo,
    work,
)

pytestmark = pytest.mark.django_db


def holder(**facts: object) -> Organization:
    """An organization of others with the number of the good row."""
    row = OrganizationFactory(legal_name="Ajena S.A.", **facts)
    IdentifierFactory(
        organization=row, scheme="CL-RUT", value="76.086.428-5", normalized="760864285"
    )
    return row


def test_rows_with_the_number_of_another_change_nothing(member) -> None:
    other = holder()
    sheet = bring(f"{HEADER}\n{GOOD}\n", member)
    assert fates(sheet) == ["alike"]
    assert sheet.rows.get().alike == other
    sheet.rows.update(choice="same")
    run(sheet, member.user)
    assert outcomes(sheet) == ["recognized"]
    other.refresh_from_db()
    assert (other.legal_name, other.revision) == ("Ajena S.A.", 1)
    assert imported() == []


def test_what_is_hidden_is_not_named(member) -> None:
    holder(visibility=Visibility.PRIVATE)
    sheet = bring(f"{HEADER}\n{GOOD}\n", member)
    assert fates(sheet) == ["reject"]
    assert codes(sheet) == [["number_unusable"]]
    assert sheet.rows.get().alike is None


def test_the_code_of_another_owner_is_another_row(member) -> None:
    run(bring(f"{HEADER}\n{GOOD}\n", member), member.user)
    other = MembershipFactory()
    sheet = bring("nombre;ciudad;código\nOtra cosa;Santa Cruz;S-1\n", other)
    assert fates(sheet) == ["create"]
    run(sheet, other.user)
    assert imported() == ["Metalsur SpA", "Otra cosa"]


def test_the_same_file_again_doubles_nothing(member) -> None:
    text = f"{HEADER}\n{GOOD}\nTaller;;Santa Cruz;;\n"
    first = bring(text, member)
    assert bring(text, member) == first
    run(first, member.user)
    again = bring(text, member)
    assert again != first
    assert fates(again) == ["unchanged", "unchanged"]
    run(again, member.user)
    assert imported() == ["Metalsur SpA", "Taller"]


def test_what_was_claimed_is_left_to_its_people(member) -> None:
    sheet = run(bring(f"{HEADER}\n{GOOD}\n", member), member.user)
    claimed = Organization.objects.get(source="spreadsheet")
    MembershipFactory(organization=claimed)
    again = bring(f"{HEADER}\n{GOOD.replace('Metalsur', 'Otro')}\n", member)
    assert fates(again) == ["alike"]
    undo(sheet, member.user)
    assert outcomes(sheet) == ["kept"]
    assert Organization.objects.filter(pk=claimed.pk).exists()


def test_an_update_is_undone_to_what_was_there(member) -> None:
    run(bring(f"{HEADER}\n{GOOD}\n", member), member.user)
    newer = bring(f"{HEADER}\n{GOOD.replace('ventas@', 'hola@')}\n", member)
    assert fates(newer) == ["update"]
    run(newer, member.user)
    row = Organization.objects.get(source="spreadsheet")
    assert row.role_email == "hola@metalsur.cl"
    undo(newer, member.user)
    row.refresh_from_db()
    assert row.role_email == "ventas@metalsur.cl"
    assert outcomes(newer) == ["restored"]


def test_two_rows_of_one_number_bring_in_one(member) -> None:
    sheet = bring(f"{HEADER}\n{GOOD}\n{GOOD.replace('S-1', 'S-2')}\n", member)
    assert fates(sheet) == ["create", "reject"]
    assert codes(sheet)[1] == ["repeated"]


def test_who_may_no_longer_import_stops(member) -> None:
    sheet = bring(f"{HEADER}\n{GOOD}\n", member)
    sheet.rows.update(outcome="")
    sheet.state = "running"
    sheet.save()
    member.role = "reader"
    member.save()
    from_then = run_as_is(sheet, member)
    assert from_then.state == "cancelled"
    assert imported() == []


def run_as_is(sheet, member):
    with transaction.atomic():
        ask_to_advance(sheet, member.user)
    work()
    sheet.refresh_from_db()
    return sheet


@pytest.mark.usefixtures("world")
def test_many_rows_of_an_unverified_owner_wait_for_staff() -> None:
    member = MembershipFactory()
    lines = "\n".join(f"Taller {n};;Santa Cruz;;T-{n}" for n in range(201))
    sheet = run(bring(f"{HEADER}\n{lines}\n", member), member.user)
    assert sheet.state == "held"
    assert imported() == []
