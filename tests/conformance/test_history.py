"""What people edit is tracked: the triggers are there, and raw SQL does not go round them."""

import importlib
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import connection, models
from factory.django import DjangoModelFactory

from common.models import Change
from tests.conformance.source import APPS, ROOT, python_files

# Why a table that holds something of ours has no history: it is not edited by people, it is
# a secret or a counter, or it is itself a record of what happened.
UNTRACKED = {
    "Impression": "a record of what was shown",
    "MatchInvitation": "has its own dates",
    "MatchOrder": "a log of orders",
    "Reconciliation": "a record of a check",
    "TeamMember": "has its own dates",
    "AdminUnit": "reference data, loaded from files under version control",
    "ActingSession": "a record of who acted for whom",
    "ActingWrite": "a record of who acted for whom",
    "Delegation": "has its own authors and dates",
    "EmailChange": "has its own dates; holds addresses",
    "PeopleReview": "a record of a review",
    "Session": "of one person, until they sign out",
    "SpentCode": "a record of a sign-in",
    "AccountClosing": "has its own dates; it is the tombstone of an account",
    "Consent": "a ledger with its own dates",
    "ContactObjection": "written once",
    "ContactView": "a record of who saw what",
    "DataExport": "a record of a copy",
    "BlockEntry": "has its own author and dates",
    "Case": "a record of moderation",
    "Claim": "has its own steps and dates",
    "ClaimCode": "a secret, for an hour",
    "Decision": "a record of moderation",
    "RemovedRecord": "a record of a removal",
    "Report": "a record of what somebody said",
    "Suspension": "has its own author and dates",
    "NeedSketch": "of one person or browser, until it is published; the need itself is tracked",
    "ApiToken": "a secret of one person, with its own dates",
    "CertificateStandard": "reference data",
    "City": "reference data",
    "Classification": "reference data",
    "ClassificationLink": "reference data",
    "LoadedDataSet": "a record of what was loaded",
    "RateBucket": "a counter",
    "User": "a person's own account, never shown to others as a history",
    "Change": "the history",
    "Effect": "a record of what was sent",
    "Job": "a record of work",
    "KeptAnswer": "an answer kept for a day",
    "ScheduleRun": "a record of work",
    "ImportParty": "a record of an import",
    "ImportBatch": "a record of an import",
    "ImportedRecord": "a record of an import",
    "ImportRejection": "a record of an import",
    "Spreadsheet": "a record of an import",
    "SpreadsheetRow": "a record of an import",
    "ColumnMemory": "a preference of one person",
    "DirectoryChange": "computed by triggers",
    "DirectoryEntry": "computed by triggers",
    "DirectoryTally": "a counter",
    "Export": "a file for a day, of one person",
    "MapTally": "a counter",
    "SavedSearch": "a preference of one person",
    "ToldResult": "a record of what was told",
    "ToldMatch": "a record of what was told",
    "MailChoice": "a preference of one person",
    "Beneficiary": "computed by a trigger",
    "SearchWord": "computed by triggers",
    "DuplicatePair": "computed",
    "DuplicateDecision": "has its own author and date",
    "OrganizationMerge": "a record of a union, with its own journal",
    "OrganizationAlias": "written by a union, which has its journal",
    "LifecycleMove": "a record of what was decided, by whom and when",
    "RegistrationDraft": "of one person until it becomes an organization",
    "NumberReview": "has its own author and date",
    "User_groups": "not used: rights come from memberships",
    "User_user_permissions": "not used: rights come from memberships",
    "Invitation": "holds an address; it has its own dates",
    "ReferenceCounter": "a counter",
    "Declaration": "has its own author and date",
    "FactAnswer": "has its own author and date",
    "UnitValue": "reference data",
    "Verdict": "computed",
}
UNTRACKED_APPS = {"matching", "insights", "registry"}  # computed, or said about what is computed
MODELS = [
    model
    for model in apps.get_models(include_auto_created=True)
    if model._meta.app_label in set(APPS) - UNTRACKED_APPS and model.__name__ not in UNTRACKED
]
TRIGGERS = "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'O'"


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_what_people_edit_has_history(db: None, model: type[models.Model]) -> None:
    """Decorate a new model with ``tracked``, or say above why it needs none."""
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS, [model._meta.db_table])
        names = " ".join(row[0] for row in cursor.fetchall())
    missing = [op for op in ("insert", "update", "delete") if f"history_{op}" not in names]
    assert not missing, f"{model.__name__}: @tracked(...), or a reason in UNTRACKED"


def test_no_reason_is_given_for_a_table_that_is_gone() -> None:
    assert not set(UNTRACKED) - {
        model.__name__ for model in apps.get_models(include_auto_created=True)
    }


def factory_of(model: type[models.Model]) -> type[DjangoModelFactory]:
    for path in python_files("tests"):
        if path.name == "factories.py" or path.parent.name == "factories":
            importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    return next(f for f in _descendants(DjangoModelFactory) if f._meta.model is model)


def _descendants(base: type[DjangoModelFactory]) -> Iterator[type[DjangoModelFactory]]:
    for child in base.__subclasses__():
        yield child
        yield from _descendants(child)


EDITED = [model for model in MODELS if not (model._meta.proxy or model._meta.auto_created)]
OTHER = {  # by kind of column: a value that any row may take without breaking a constraint
    models.CharField: "'zz'",
    models.TextField: "'zz'",
    models.BooleanField: "coalesce(NOT {0}, true)",
    models.DateField: "coalesce({0}, '2020-02-02') + 1",
    models.DecimalField: "coalesce({0}, 0) + 1",
    models.IntegerField: "coalesce({0}, 0) + 1",
}


@pytest.mark.parametrize("model", EDITED, ids=lambda m: m.__name__)
def test_raw_sql_leaves_a_trace(db: None, model: type[models.Model]) -> None:
    row = factory_of(model)()
    column, value = next(_changeable(model))
    write = f"UPDATE {model._meta.db_table} SET {column} = {value} WHERE id = %s"  # noqa: S608 - names of ours
    with connection.cursor() as cursor:
        cursor.execute(write, [row.pk])
    change = Change.objects.get(part=model._meta.db_table, operation="U")
    assert [*change.data] == [column.strip('"')]
    assert change.row_id == row.pk
    assert change.subject_id


def _changeable(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    fields = [f for f in model._meta.fields if not (f.unique or type(f) is models.DateTimeField)]
    for kind, value in OTHER.items():
        for field in fields:
            if isinstance(field, kind):
                column = connection.ops.quote_name(field.column)
                yield column, value.format(column)
