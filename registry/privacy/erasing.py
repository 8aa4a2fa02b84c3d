"""Forgetting a person: what was theirs goes, what others need keeps an author without a name."""

import datetime as dt
import json
from uuid import UUID

from django.db import connection, transaction
from django.utils.dateparse import parse_datetime

from accounts.models import AccountClosing, Consent, DataExport, User
from common.files import forget_on_commit
from common.jobs import Work
from common.kept_answers import forget_answers_to
from firms.models import Claim, Export, Membership, Role
from firms.services.contacts import forget_contact
from registry.privacy import journal
from registry.privacy.inventory import INVENTORY, invitations_to, letters_to

# A value of history that is the person's own address or name becomes this.
SCRUB = """
    UPDATE common_change SET data = (
        SELECT jsonb_object_agg(k, CASE
            WHEN jsonb_typeof(v) = 'array' THEN (
                SELECT coalesce(jsonb_agg(CASE WHEN e = ANY(%(own)s::jsonb[])
                    THEN to_jsonb('…'::text) ELSE e END), '[]')
                FROM jsonb_array_elements(v) AS each(e))
            WHEN v = ANY(%(own)s::jsonb[]) THEN to_jsonb('…'::text)
            ELSE v END)
        FROM jsonb_each(data) AS pairs(k, v))
    WHERE subject_id = ANY(%(subjects)s) AND subject = 'organization'
      AND EXISTS (SELECT 1 FROM jsonb_each(data) AS p(k, v)
                  WHERE v = ANY(%(own)s::jsonb[]) OR v @> ANY(%(own)s::jsonb[]))
"""


def erase_due(work: Work) -> None:
    """Erase a person whose account was to be closed by now."""
    due = AccountClosing.objects.filter(user_id=work.key, due_on__lte=work.now.date())
    closing = due.filter(undone_at=None, erased_at=None).select_related("user").first()
    if closing is not None:
        journal.note(kind="person", id=str(closing.user.public_id), at=work.now.isoformat())
        erase_person(person=closing.user, now=work.now)


@transaction.atomic
def erase_person(*, person: User, now: dt.datetime) -> None:
    """Forget a person; their row stays as a tombstone without name, address or way in."""
    organizations = list(person.memberships.values_list("organization_id", flat=True))
    _hand_over(person)
    _forget_files(person)
    letters_to(person).delete()
    invitations_to(person).delete()
    Claim.objects.filter(claimant=person).update(email="", document_key="", message="")
    for held in INVENTORY:
        if held.is_deleted:
            held.rows(person).delete()
    person.spent_codes.all().delete()
    forget_answers_to(actor_id=person.pk)
    Consent.objects.filter(user=person, withdrawn_at=None).update(withdrawn_at=now)
    _scrub_history(person, organizations)
    _bury(person, now)


def replay() -> tuple[int, int]:
    """Carry out again what the journal says; return how many people and contacts were left."""
    people = contacts = 0
    for entry in journal.entries():
        now = parse_datetime(str(entry.get("at", "")))
        if now is None:
            continue
        if entry.get("kind") == "person":
            people += _erase_again(UUID(entry["id"]), now)
        elif entry.get("kind") == "contact":
            contacts += forget_contact(
                public_id=UUID(entry["id"]), digest=entry.get("digest", ""), now=now
            )
    return people, contacts


def _erase_again(public_id: UUID, now: dt.datetime) -> int:
    person = User.objects.filter(public_id=public_id).first()
    if person is None or person.account_closings.filter(erased_at__isnull=False).exists():
        return 0
    erase_person(person=person, now=now)
    return 1


def _hand_over(person: User) -> None:
    """Let the longest-standing editor administer what would have nobody to do so."""
    led = Membership.objects.filter(user=person, role=Role.ADMINISTRATOR)
    for place in led.select_related("organization"):
        others = place.organization.memberships.exclude(user=person)
        if not others.filter(role=Role.ADMINISTRATOR).exists():
            heir = others.filter(role=Role.EDITOR).order_by("created_at", "pk").first()
            if heir is not None:
                heir.role = Role.ADMINISTRATOR
                heir.save()


def _forget_files(person: User) -> None:
    copies = DataExport.objects.filter(user=person).values_list("file_key", flat=True)
    proofs = Claim.objects.filter(claimant=person).values_list("document_key", flat=True)
    keys = [key for key in (*copies, *proofs) if key]
    downloads = [export.file for export in Export.objects.filter(user=person) if export.file]
    forget_on_commit(str(key) for key in (*keys, *downloads))


def _scrub_history(person: User, organizations: list[int]) -> None:
    own = [json.dumps(text, ensure_ascii=False) for text in (person.email, person.name) if text]
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('racimo.erasing', 'on', true)")
        cursor.execute(SCRUB, {"own": own, "subjects": organizations})
        cursor.execute("SELECT set_config('racimo.erasing', '', true)")


def _bury(person: User, now: dt.datetime) -> None:
    person.email = f"{person.public_id}@borrada.invalid"
    person.name = ""
    person.is_active = person.is_staff = person.is_superuser = False
    person.last_login = None
    person.set_unusable_password()
    person.save()
    waiting = person.account_closings.filter(undone_at=None, erased_at=None)
    if not waiting.update(erased_at=now):
        AccountClosing.objects.create(user=person, asked_at=now, due_on=now.date(), erased_at=now)
