"""Every kind of job may run twice: the second run leaves the database as the first did."""

import ast
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from common.jobs import enqueue
from common.jobs.models import Queue
from common.jobs.run import run_next
from common.models import Job
from firms.models import Export, ImportedRecord, ImportKind, SavedSearch
from firms.services.imports.batches import start_import
from firms.services.spreadsheets.moving import map_columns, run_spreadsheet
from firms.services.spreadsheets.starting import start_spreadsheet
from matching.models import Match, MatchInvitation
from programs.models import Verdict
from registry.jobs import HANDLERS
from registry.operations import KINDS
from tests.conformance.source import app_files, tree
from tests.factories import (
    NOW,
    AccountClosingFactory,
    CallFactory,
    ContactFactory,
    CriterionFactory,
    DataExportFactory,
    IntroductionFactory,
    LifecycleMoveFactory,
    MembershipFactory,
    NeedFactory,
    OfferFactory,
    OrganizationFactory,
    SiteFactory,
    UserFactory,
    VerdictFactory,
)
from tests.imports import rows
from tests.imports.conftest import world  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db

# Tables of the engine itself, and columns that say when: they change with every run.
LEFT_OUT = (
    *("common_", "django_", "auth_", "account_", "spatial_"),
    "matching_reconciliation",  # a row a night: a second night is another one
)
TIMES = ["updated_at", "computed_at", "started_at"]
Arrange = Callable[[Path], int]
CASES: dict[str, Arrange] = {}


def case(kind: str) -> Callable[[Arrange], Arrange]:
    def register(arrange: Arrange) -> Arrange:
        CASES[kind] = arrange
        return arrange

    return register


def dates() -> dict[str, dt.date]:
    today = timezone.now().date()
    return {"valid_from": today, "valid_until": today + dt.timedelta(days=60)}


def market() -> tuple[int, int, int]:
    """Make a need that three offers fit; return a need, an offer and the buyer."""
    needs = [NeedFactory(**dates()), NeedFactory(title="Etiquetas para vino", **dates())]
    title = "Etiquetas autoadhesivas para botellas de vino"
    offers = [OfferFactory(title=title, **dates()) for _ in range(3)]
    for kind, listings in (("need.match", needs), ("offer.match", offers)):
        for row in listings:
            ask(kind, row.pk)
    run_all()
    assert Match.objects.exists()
    return needs[0].pk, offers[0].pk, needs[0].organization_id


def program() -> tuple[int, int]:
    """Make an open call with a rule; return it and an organization that it concerns."""
    now = timezone.now()
    days = {"opens_at": now - dt.timedelta(days=3), "closes_at": now + dt.timedelta(days=9)}
    call = CriterionFactory(call=CallFactory(**days)).call
    organizations = [MembershipFactory().organization for _ in range(3)]
    return call.pk, organizations[0].pk


@case("people.ask_review")
def ask_who_still_belongs(_: Path) -> int:
    organization = OrganizationFactory()
    long_ago = timezone.now() - dt.timedelta(days=400)
    for _number in range(2):
        MembershipFactory(organization=organization)
    organization.memberships.update(created_at=long_ago)
    return 0


@case("canary")
def _(folder: Path) -> int:
    return 0


@case("need.match")
def _(folder: Path) -> int:
    return market()[0]


@case("offer.match")
def _(folder: Path) -> int:
    return market()[1]


@case("organization.reproject")
def _(folder: Path) -> int:
    return market()[2]


@case("listings.rebuild")
def _(folder: Path) -> int:
    market()
    return 0


@case("matches.widen")
def _(folder: Path) -> int:
    market()
    MatchInvitation.objects.update(invited_at=timezone.now() - dt.timedelta(days=4))
    return 0


@case("call.verdicts")
def _(folder: Path) -> int:
    return program()[0]


@case("organization.verdicts")
def _(folder: Path) -> int:
    return program()[1]


@case("organizations.remind")
def _(folder: Path) -> int:
    old = timezone.now().date() - dt.timedelta(days=400)
    MembershipFactory(organization=OrganizationFactory(last_confirmed_on=old))
    return 0


@case("introductions.clock")
def _(folder: Path) -> int:
    IntroductionFactory(due_at=timezone.now() - dt.timedelta(minutes=1))
    return 0


@case("introductions.ask_outcomes")
def _(folder: Path) -> int:
    long_ago = timezone.now() - dt.timedelta(days=31)
    asker = MembershipFactory(role="editor")
    shared = {"status": "released", "due_at": None, "shared_at": long_ago}
    IntroductionFactory(from_organization=asker.organization, asked_by=asker.user, **shared)
    return 0


@case("listings.remind")
def _(folder: Path) -> int:
    today = timezone.now().date()
    ending = dates() | {"valid_until": today + dt.timedelta(days=3)}
    NeedFactory(organization=MembershipFactory(role="editor").organization, **ending)
    return 0


@case("organizations.settle")
def _(folder: Path) -> int:
    closed = OrganizationFactory(status="closed", closed_on=dt.date(2026, 1, 5))
    NeedFactory(organization=closed, **dates())
    LifecycleMoveFactory(
        organization=closed,
        kind="closed",
        reason="ceased",
        made_at=timezone.now() - dt.timedelta(days=40),
    )
    return 0


@case("duplicates.scan")
def _(folder: Path) -> int:
    OrganizationFactory(legal_name="Viña Santa Cruz S.A.")
    OrganizationFactory(legal_name="Vina Santa Cruz Ltda.")
    return 0


@case("verdicts.roll_over")
def _(folder: Path) -> int:
    _call, organization = program()
    ask("organization.verdicts", organization)
    run_all()
    today, day = timezone.now().date(), dt.timedelta(days=1)
    Verdict.objects.update(evaluated_on=today - 2 * day, next_change_on=today - day)
    VerdictFactory(call=CallFactory(status="draft"), organization=OrganizationFactory())
    return 0


@case("directory.fold")
def _(folder: Path) -> int:
    SiteFactory()
    return 0


@case("directory.rebuild")
def _(folder: Path) -> int:
    SiteFactory()
    return 0


@case("directory.roll_over")
def _(folder: Path) -> int:
    OfferFactory(**dates())
    return 0


def an_alert() -> int:
    """Make a search with something new of which its owner wants to hear each day."""
    ago = timezone.now() - dt.timedelta(days=3)
    owner = UserFactory()
    kept = {"name": "Mía", "listed": "needs", "pace": "daily", "told_until": ago}
    SavedSearch.objects.create(user=owner, **kept)
    NeedFactory(published_at=ago + dt.timedelta(days=1), **dates())
    return owner.pk


@case("digest.due")
def _(folder: Path) -> int:
    an_alert()
    return 0


@case("digest.write")
def _(folder: Path) -> int:
    return an_alert()


@case("export.write")
def _(folder: Path) -> int:
    NeedFactory(**dates())
    later = timezone.now() + dt.timedelta(days=1)
    asked = {"listed": "needs", "format": "xlsx", "expires_at": later}
    return Export.objects.create(user=UserFactory(), **asked).pk


def importing(kind: ImportKind, *lines: dict[str, str]) -> Arrange:
    def arrange(folder: Path) -> int:
        content = rows.write_csv(folder / "rows.csv", lines).read_bytes()
        return start_import(kind=kind, file=ContentFile(content), file_name="rows.csv").pk

    return arrange


CASES["import.contracts"] = importing(ImportKind.CONTRACTS, rows.contract())
CASES["import.establishments"] = importing(ImportKind.ESTABLISHMENTS, rows.plant())
CASES["import.ror"] = importing(ImportKind.ROR, rows.research())


@case("spreadsheet.advance")
def _(folder: Path) -> int:
    content = b"empresa;rut;ciudad\nMetalsur SpA;76.086.428-5;Santa Cruz\n"
    owner = MembershipFactory(organization__verification="verified", organization__verified_on=NOW)
    arranged = {"owner": owner.organization, "by": owner.user}
    sheet = start_spreadsheet(file=ContentFile(content), file_name="socios.csv", **arranged)
    run_all()
    sheet.refresh_from_db()
    map_columns(by=owner.user, sheet=sheet, mapping=sheet.mapping, dialect={})
    run_all()
    run_spreadsheet(by=owner.user, sheet=sheet)
    return sheet.pk


@case("person.copy")
def copy_of_a_person(_: Path) -> int:
    return DataExportFactory().user_id


@case("person.erase")
def erasure_of_a_person(_: Path) -> int:
    return AccountClosingFactory(due_on=timezone.now().date()).user_id


@case("privacy.daily")
def promises_of_a_day(_: Path) -> int:
    ContactFactory(last_confirmed_on=dt.date(2020, 1, 1))
    return 0


def ask(kind: str, key: int) -> None:
    with transaction.atomic():
        enqueue(kind, key, queue="bulk")


def run_all() -> None:
    """Do everything that waits, in every queue; nothing may fail."""
    while any(run_next(queue) for queue in Queue.values):
        pass
    left = Job.objects.filter(done_at=None).values_list("kind", "last_error")
    assert not list(left)


def digest() -> dict[str, str]:
    """Return a hash of the rows of each table of the product, without the times of writing."""
    tables = connection.introspection.table_names()
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(name for name in tables if not name.startswith(LEFT_OUT)):
            cursor.execute(
                "SELECT md5(coalesce(string_agg(r, ',' ORDER BY r), '')) FROM"  # noqa: S608
                f" (SELECT (to_jsonb(t) - %s::text[])::text AS r FROM {table} t) AS rows",
                [TIMES],
            )
            found[table] = cursor.fetchone()[0]
    return found


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("kind", sorted(HANDLERS))
def test_a_kind_that_runs_twice_changes_nothing_the_second_time(kind: str, tmp_path: Path) -> None:
    assert kind in CASES, f"Write a @case({kind!r}) that arranges work for it."
    before = digest()
    key = CASES[kind](tmp_path)
    ask(kind, key)
    run_all()
    first = digest()
    ask(kind, key)
    run_all()
    assert digest() == first
    assert kind == "canary" or first != before, "the case arranges nothing"
    assert not kind.startswith("import.") or ImportedRecord.objects.exists()


def test_no_case_is_stale() -> None:
    assert set(CASES) == set(HANDLERS)


def test_people_read_the_name_of_every_kind() -> None:
    assert set(HANDLERS) - {"canary"} == set(KINDS)


def test_every_kind_that_is_asked_for_has_a_handler() -> None:
    asked = {
        node.args[0].value
        for path in app_files()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "enqueue"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert asked
    assert asked <= set(HANDLERS)
