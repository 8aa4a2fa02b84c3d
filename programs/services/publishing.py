"""Agencies write programs and calls: drafts first, then for everybody."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify

from accounts.models import User
from clusters.models import AdminUnit
from programs.models import Call, CallStatus, Program, ProgramStatus
from programs.services.announce import rules_changed

RESERVED_SLUGS = {"new", "desk", "for", "calls"}
MAX_SLUG = 90


class CannotPublish(Exception):
    """Something that readers need is missing; ``lacking`` says what."""

    def __init__(self, lacking: str) -> None:
        super().__init__(lacking)
        self.lacking = lacking


@transaction.atomic
def write_program(*, by: User, program: Program, territories: Iterable[AdminUnit]) -> Program:
    """Keep a new or changed program, and judge its published calls again when it matters."""
    if not program.slug:
        program.slug = _free_slug(program.label)
    program.save()
    program.territories.set(territories)
    return program


def _free_slug(name: str) -> str:
    base = slugify(name)[:MAX_SLUG].strip("-") or "programa"
    slug, number = base, 1
    while slug in RESERVED_SLUGS or Program.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


@transaction.atomic
def write_call(*, by: User, call: Call) -> Call:
    """Keep a new or changed call; its dates change what time may still mend, so judge again."""
    call.save()
    _judge(call, by)
    return call


@transaction.atomic
def publish_call(*, by: User, call: Call) -> Call:
    """Show a call, and its program with it, to everybody.

    Raises:
        CannotPublish: its program says neither what it is for nor where it applies.
    """
    row = Call.objects.select_for_update(of=("self",)).select_related("program").get(pk=call.pk)
    program = row.program
    if not program.objective:
        raise CannotPublish("objective")
    if not program.territories.exists():
        raise CannotPublish("territories")
    if program.status == ProgramStatus.DRAFT:
        program.status = ProgramStatus.PUBLISHED
        program.save(update_fields=["status", "updated_at"])
    row.status = row.public_status
    row.save(update_fields=["status", "updated_at"])
    _judge(row, by)
    return row


@transaction.atomic
def cancel_call(*, by: User, call: Call) -> Call:
    """Say that a call was cancelled; a draft goes back to being nobody's business."""
    row = Call.objects.select_for_update().get(pk=call.pk)
    row.status = CallStatus.DRAFT if row.status == CallStatus.DRAFT else CallStatus.CANCELLED
    row.save(update_fields=["status", "updated_at"])
    _judge(row, by)
    return row


def _judge(call: Call, by: User) -> None:
    if call.status != CallStatus.DRAFT:
        rules_changed(calls=[call.pk], actor_id=by.pk)
