"""What agencies and staff work at."""

from typing import Any

from django.utils import timezone

from common.models import Effect, Job
from firms.models import (
    OrganizationKind,
    Role,
    Visibility,
)
from programs.models import CallStatus, EligibilityCriterion, ProgramStatus
from tests.authz.cast import MISSING, Kinds, World, by_id
from tests.factories import (
    CallFactory,
    MembershipFactory,
    OrganizationFactory,
    ProgramFactory,
)


def programs(world: World) -> dict[str, Kinds]:
    """Own is a draft of the officer's agency; draft is one of another agency."""
    agency = OrganizationFactory(kind=OrganizationKind.PUBLIC_AGENCY)
    MembershipFactory(user=world.people["officer"], organization=agency, role=Role.EDITOR)
    other = OrganizationFactory(kind=OrganizationKind.PUBLIC_AGENCY)
    rows = {
        "own": ProgramFactory(agency=agency, status=ProgramStatus.DRAFT),
        "public": ProgramFactory(agency=other),
        "draft": ProgramFactory(agency=other, status=ProgramStatus.DRAFT),
    }
    calls = {
        "own": CallFactory(program=rows["own"], status=CallStatus.DRAFT),
        "public": CallFactory(program=rows["public"]),
        "draft": CallFactory(program=rows["public"], status=CallStatus.DRAFT),
    }
    criteria = {
        "program-criterion": {
            kind: {"slug": row.slug, "key": _criterion(program=row)} for kind, row in rows.items()
        },
        "call-criterion": {
            kind: {"public_id": row.public_id, "key": _criterion(call=row)}
            for kind, row in calls.items()
        },
    }
    for kinds in criteria.values():
        kinds["crossed"] = kinds["own"] | {"key": kinds["draft"]["key"]}
        kinds["missing"] = kinds["own"] | {"key": 0}
    slugs = {kind: row.slug for kind, row in rows.items()} | {"missing": "no-existe"}
    keys = {kind: row.public_id for kind, row in calls.items()} | {"missing": MISSING}
    return {
        "program": {kind: {"slug": slug} for kind, slug in slugs.items()},
        "call": {kind: {"public_id": key} for kind, key in keys.items()},
        "agency": by_id(agency, other, OrganizationFactory(visibility=Visibility.PRIVATE)),
        **criteria,
    }


def _criterion(**owner: Any) -> int:
    return EligibilityCriterion.objects.create(kind="women_led", **owner).pk


def parked_work(world: World) -> dict[str, Kinds]:
    now = timezone.now()
    job = Job.objects.create(kind="trace", key=1, queue="fast", started_at=now, dead_at=now)
    mail = Effect.objects.create(kind="mail", dedup="parked", message_id="parked", dead_at=now)
    return {
        "job": {"own": {"job_id": job.pk}, "missing": {"job_id": 0}},
        "mail": {"own": {"effect_id": mail.pk}, "missing": {"effect_id": 0}},
    }
