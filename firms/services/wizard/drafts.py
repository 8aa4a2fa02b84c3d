"""Drafts of registrations: begun, saved at each step, put away.

Answers are kept as they were sent; the forms judge them each time. What is kept is bounded, for a
draft is the one place where a person stores text that nobody has looked at.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from accounts.models import User
from firms.models import RegistrationDraft
from firms.policies import own_drafts
from firms.quotas import OPEN_DRAFTS
from firms.services.moderation.cases import is_trusted

MAX_VALUES = 25
MAX_TEXT = 1_000

Answers = Mapping[str, Sequence[str]]


class CannotStartDraft(Exception):
    """Too many registrations are open; one has to be finished or discarded."""


class CannotChangeDraft(Exception):
    """It has been finished: the organization exists."""


@transaction.atomic
def start_draft(*, by: User, step: str, answers: Answers, title: str = "") -> RegistrationDraft:
    """Begin a registration with its first answers; the same answers again are the same draft."""
    User.objects.select_for_update().get(pk=by.pk)
    kept = {step: _bounded(answers)}
    open_ones = own_drafts(by).open()
    same = next((draft for draft in open_ones if draft.answers.get(step) == kept[step]), None)
    if same is not None:
        return same
    if open_ones.count() >= OPEN_DRAFTS and not is_trusted(by):
        raise CannotStartDraft
    return RegistrationDraft.objects.create(owner=by, step=step, answers=kept, title=title[:250])


@transaction.atomic
def save_step(
    *, draft: RegistrationDraft, step: str, answers: Answers, reached: str, title: str
) -> RegistrationDraft:
    """Keep what was answered in a step, right or wrong, and where to go on."""
    row = RegistrationDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if row.finished_at:
        raise CannotChangeDraft
    row.answers = row.answers | {step: _bounded(answers)}
    row.step = reached
    row.title = title[:250]
    row.save()
    return row


@transaction.atomic
def discard_draft(*, draft: RegistrationDraft) -> None:
    """Forget a registration that was not finished."""
    row = RegistrationDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    if row.finished_at:
        raise CannotChangeDraft
    row.delete()


def _bounded(answers: Answers) -> dict[str, list[str]]:
    return {
        name: [value.replace("\0", "")[:MAX_TEXT] for value in values[:MAX_VALUES]]
        for name, values in answers.items()
    }
