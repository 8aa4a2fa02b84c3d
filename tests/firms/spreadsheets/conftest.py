"""People who bring in spreadsheets, and what becomes of one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from stdnum.cl import rut as cl_rut

from accounts.models import User
from clusters.models import Cluster
from common.jobs.run import run_next
from common.models import Job
from firms.models import AffiliationRole, Membership, Organization, Spreadsheet
from firms.services.spreadsheets import moving
from firms.services.spreadsheets.starting import start_spreadsheet
from tests.factories import NOW, AffiliationFactory, MembershipFactory
from tests.imports.conftest import world  # noqa: F401 -- a fixture

HEADER = "nombre;rut;ciudad;correo;código"
RUTS = [
    cl_rut.format(f"{n}{cl_rut.calc_check_digit(str(n))}") for n in range(77_000_000, 77_000_050)
]
GOOD = "Metalsur SpA;76.086.428-5;Santa Cruz;ventas@metalsur.cl;S-1"


@pytest.fixture
def member(world: None) -> Membership:  # noqa: F811
    """An administrator of a verified organization in Chile."""
    return MembershipFactory(
        organization__verification="verified", organization__verified_on=NOW.date()
    )


@pytest.fixture
def cluster(member: Membership) -> Cluster:
    """A cluster that the administrator's organization manages."""
    row = AffiliationFactory(
        organization=member.organization,
        role=AffiliationRole.MANAGER,
        cluster_confirmed_on=NOW.date(),
        member_confirmed_on=NOW.date(),
    )
    return row.cluster


@pytest.fixture
def client(member: Membership) -> Client:
    """A browser where the administrator is signed in."""
    browser = Client(HTTP_ACCEPT_LANGUAGE="es")
    browser.force_login(member.user)
    return browser


def work() -> None:
    """Do everything that waits; nothing may fail."""
    while run_next("parse"):
        pass
    failed = Job.objects.filter(done_at=None, kind="spreadsheet.advance")
    assert not list(failed.values_list("last_error", flat=True))


def bring(
    text: str | bytes, member: Membership, cluster: Cluster | None = None, **options: object
) -> Spreadsheet:
    """Bring in a file and have it checked with the columns as they were guessed."""
    content = text.encode() if isinstance(text, str) else text
    sheet = start_spreadsheet(
        by=member.user,
        file=ContentFile(content),
        file_name="socios.csv",
        owner=member.organization,
        cluster=cluster,
    )
    work()
    sheet.refresh_from_db()
    if sheet.state == "mapping":
        dialect = {"country": "CL", **options}
        moving.map_columns(by=member.user, sheet=sheet, mapping=sheet.mapping, dialect=dialect)
        work()
        sheet.refresh_from_db()
    return sheet


def run(sheet: Spreadsheet, by: User) -> Spreadsheet:
    """Import a spreadsheet to its end."""
    moving.run_spreadsheet(by=by, sheet=sheet)
    work()
    sheet.refresh_from_db()
    return sheet


def undo(sheet: Spreadsheet, by: User) -> Spreadsheet:
    """Take an import back."""
    moving.undo_spreadsheet(by=by, sheet=sheet)
    work()
    sheet.refresh_from_db()
    return sheet


def fates(sheet: Spreadsheet) -> list[str]:
    """Return the fates of rows in their order."""
    return list(sheet.rows.order_by("number").values_list("fate", flat=True))


def outcomes(sheet: Spreadsheet) -> list[str]:
    """Return the outcomes of rows in their order."""
    return list(sheet.rows.order_by("number").values_list("outcome", flat=True))


def codes(sheet: Spreadsheet) -> list[list[str]]:
    """Return the codes of the problems of each row."""
    rows = sheet.rows.order_by("number")
    return [[p["code"] for p in row.problems] for row in rows]


def imported() -> list[str]:
    """Return the names of the organizations that imports brought in."""
    rows = Organization.objects.filter(source="spreadsheet").order_by("legal_name")
    return list(rows.values_list("legal_name", flat=True))


Bring = Callable[..., Spreadsheet]
__all__ = ["Path", "bring", "codes", "fates", "imported", "outcomes", "run", "undo", "work"]
