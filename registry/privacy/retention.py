"""What is held only for a time, and forgotten when that is over. See docs/privacy.md."""

import datetime as dt

from django.db.models import Q

from common.files import forget_on_commit
from common.jobs import Work
from firms.exporting.writing import forget_exports
from firms.models import Claim, Invitation, RegistrationDraft
from firms.services.contacts import forget_silent_contacts, write_notices
from firms.services.evidence import forget_orphans
from firms.services.searches import forget_dropped
from matching.services.sketches import forget_sketches
from registry.privacy.closing import ask_for_due_erasures
from registry.privacy.copying import forget_copies

KIND = "privacy.daily"
INVITATION_DAYS = 90
DRAFT_DAYS = 180
PROOF_DAYS = 30


def keep_promises(work: Work) -> None:
    """Forget what is over, tell imported contacts, and ask for the erasures that are due."""
    now = work.now
    forget_copies(now)
    forget_silent_contacts(now=now)
    forget_exports(now=now)
    forget_dropped(now=now)
    forget_invitations(now)
    forget_drafts(now)
    forget_sketches(now=now)
    forget_proofs(now)
    forget_orphans(now)
    write_notices(now=now)
    ask_for_due_erasures(now)


def forget_invitations(now: dt.datetime) -> int:
    """Delete invitations that ended three months ago: they hold an address."""
    over = Invitation.objects.filter(expires_at__lt=now - dt.timedelta(days=INVITATION_DAYS))
    return over.delete()[0]


def forget_drafts(now: dt.datetime) -> int:
    """Delete registrations that were left unfinished half a year ago."""
    left = RegistrationDraft.objects.filter(finished_at=None)
    return left.filter(updated_at__lt=now - dt.timedelta(days=DRAFT_DAYS)).delete()[0]


def forget_proofs(now: dt.datetime) -> int:
    """Delete documents and codes' addresses of claims that were decided a month ago."""
    limit = now - dt.timedelta(days=PROOF_DAYS)
    over = Claim.objects.filter(decided_at__lt=limit).exclude(Q(document_key="") & Q(email=""))
    keys = [key for key in over.values_list("document_key", flat=True) if key]
    forget_on_commit(keys)
    return over.update(document_key="", email="")
