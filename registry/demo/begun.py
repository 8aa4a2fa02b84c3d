"""What the people of the demo world have begun and remembered."""

from firms.models import Membership, Need, Offer, Organization, OrganizationKind
from matching.models import DismissReason, MatchAnswer, MatchResponse, NeedSketch
from registry.demo.organizations import SOURCE

SENTENCE = "Transporte refrigerado de 3 contenedores de vino al puerto de Valparaíso, para marzo"


def write_begun() -> None:
    """Give the winery's owner a need half written, and answers to matches of another one."""
    rows = Membership.objects.filter(
        organization__source=SOURCE, organization__kind=OrganizationKind.FIRM
    )
    member = rows.select_related("user", "organization").order_by("pk").first()
    if member is None or NeedSketch.objects.filter(owner=member.user).exists():
        return
    answers = {"sentence": {"q": [SENTENCE], "flow": ["pay"], "sector": ["wine"]}}
    NeedSketch.objects.create(owner=member.user, title=SENTENCE, step="what", answers=answers)
    _remember(member, member.organization)


def _remember(member: Membership, organization: Organization) -> None:
    need = Need.objects.filter(organization=organization).order_by("pk").first()
    offers = Offer.objects.filter(organization__source=SOURCE).exclude(organization=organization)
    if need is None:
        return
    said = ((MatchAnswer.SAVED, ""), (MatchAnswer.DISMISSED, DismissReason.SIZE))
    for offer, (answer, reason) in zip(offers.order_by("pk"), said, strict=False):
        MatchResponse.objects.create(
            need=need,
            offer=offer,
            person=member.user,
            organization=organization,
            answer=answer,
            reason=reason,
        )
