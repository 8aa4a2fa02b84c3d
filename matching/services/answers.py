"""What people say about a match."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from firms.models import Need, Offer, Organization
from firms.policies import organizations_of, visible_needs, visible_offers
from matching.models import DismissReason, MatchAnswer, MatchResponse


class CannotAnswerMatchError(Exception):
    """The answer cannot be kept; the message says why."""


@transaction.atomic
def answer_match(
    *, need: Need, offer: Offer, by: User, answer: MatchAnswer, reason: str = ""
) -> MatchResponse:
    """Keep a person's answer to a pair, on behalf of the side that they belong to.

    The last answer stands, except that seeing again what was saved or dismissed changes nothing.
    """
    organization = _side_of(need, offer, by)
    found, created = MatchResponse.objects.select_for_update().get_or_create(
        need=need,
        offer=offer,
        person=by,
        organization=organization,
        defaults={"answer": answer, "reason": _reason(answer, reason)},
    )
    if not created and answer is not MatchAnswer.SEEN:
        found.answer, found.reason = answer, _reason(answer, reason)
        found.save(update_fields=["answer", "reason", "updated_at"])
    return found


@transaction.atomic
def mark_seen(*, need: Need, offers: Iterable[Offer], by: User) -> None:
    """Keep that a need's own person has had these before their eyes; other answers stay."""
    MatchResponse.objects.bulk_create(
        [
            MatchResponse(
                need=need,
                offer=offer,
                person=by,
                organization=need.organization,
                answer=MatchAnswer.SEEN,
            )
            for offer in offers
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def withdraw_answer(*, need: Need, offer: Offer, by: User) -> None:
    """Take a person's answer to a pair back, as if it had not been given."""
    MatchResponse.objects.filter(need=need, offer=offer, person=by).delete()


def _side_of(need: Need, offer: Offer, by: User) -> Organization:
    seen = (
        visible_needs(by).filter(pk=need.pk).exists()
        and visible_offers(by).filter(pk=offer.pk).exists()
    )
    sides = (need.organization_id, offer.organization_id)
    mine = organizations_of(by).in_bulk(sides) if seen else {}
    for side in sides:
        if side in mine:
            return mine[side]
    raise CannotAnswerMatchError(_("Solo responde quien pertenece a una de las dos partes."))


def _reason(answer: MatchAnswer, reason: str) -> str:
    if answer is not MatchAnswer.DISMISSED:
        return ""
    if reason and reason not in DismissReason.values:
        raise CannotAnswerMatchError(_("Elija un motivo de la lista."))
    return reason
