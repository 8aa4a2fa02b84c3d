"""Uniting two records at once, or proposing it where the other side has to agree."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from common.mail import send
from firms.models import (
    DuplicateAnswer,
    DuplicateDecision,
    DuplicatePair,
    Membership,
    Organization,
    OrganizationMerge,
    Role,
)
from firms.policies.duplicates import agreement_of_other_side, may_decide_alone
from firms.services.duplicates.answers import answer_pair
from firms.services.duplicates.comparison import Choices, chosen_sides
from firms.services.duplicates.merging import merge_organizations


@transaction.atomic
def unite_or_propose(
    pair: DuplicatePair, *, by: User, kept: Organization, choices: Choices, now: dt.datetime
) -> OrganizationMerge | None:
    """Unite the pair if nobody else has to agree or the other side has agreed to just this.

    Else remember it as a proposal, tell the administrators of the other side, and return None.
    """
    removed = pair.second if kept.pk == pair.first_id else pair.first
    proposal = proposal_of(kept, chosen_sides(kept, removed, choices))
    agreed = agreement_of_other_side(by, pair)
    if may_decide_alone(by, pair) or (agreed is not None and agreed.choices == proposal):
        answer_pair(pair, by=by, answer=DuplicateAnswer.SAME, now=now, choices=proposal)
        return merge_organizations(by=by, kept=kept, removed=removed, choices=choices, now=now)
    decision = answer_pair(pair, by=by, answer=DuplicateAnswer.SAME, now=now, choices=proposal)
    _tell_other_side(pair, decision)
    return None


def proposal_of(kept: Organization, sides: Choices) -> dict[str, Any]:
    """Return choices as data that either side reads alike: which record stays, and each value."""
    return {"kept": str(kept.public_id), "fields": {name: sides[name] for name in sorted(sides)}}


def proposed(decision: DuplicateDecision | None, *, kept: Organization) -> dict[str, str]:
    """Return the sides that a proposal chose for this record to stay; none says nothing."""
    if decision is None or decision.choices.get("kept") != str(kept.public_id):
        return {}
    return dict(decision.choices.get("fields", {}))


def _tell_other_side(pair: DuplicatePair, decision: DuplicateDecision) -> None:
    """Mail whoever administers either record, except who proposes; once for these facts."""
    rows = Membership.objects.filter(
        organization__in=(pair.first_id, pair.second_id), role=Role.ADMINISTRATOR
    ).exclude(user=decision.decided_by)
    link = f"{settings.SITE_ORIGIN}{reverse('firms:duplicate', args=[pair.public_id])}"
    body = _(
        "Alguien propone unir dos registros de Racimo: «%(one)s» y «%(other)s».\n\n"
        "Nada cambia hasta que usted esté de acuerdo. Compare los dos registros y responda aquí:\n"
        "%(link)s\n"
    )
    for email, user in sorted(set(rows.values_list("user__email", "user_id"))):
        send(
            email,
            _("¿Son la misma organización?"),
            body % {"one": pair.first.name, "other": pair.second.name, "link": link},
            dedup=f"duplicate:{decision.pk}:{user}",
        )
