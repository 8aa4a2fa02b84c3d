"""How the rows of matching follow an organization when two records become one."""

from firms.services.duplicates.movers import Mover
from matching.introductions.states import OPEN
from matching.models import (
    Impression,
    Introduction,
    IntroductionStatus,
    MatchCapacity,
    MatchInvitation,
    MatchResponse,
    NeedDoc,
    NeedSketch,
    OfferDoc,
    OrganizationBlock,
    Reception,
    Team,
    TeamMember,
)


def _end_repeated(kept: int, removed: int) -> None:
    """Withdraw what both records had asked about the same listing: one question is enough."""
    open_ones = Introduction.objects.filter(status__in=OPEN)
    for about in ("need", "offer"):
        asked = open_ones.filter(from_organization=kept, about=about).values(about)
        again = open_ones.filter(from_organization=removed, about=about)
        again.filter(**{f"{about}__in": asked}).update(
            status=IntroductionStatus.WITHDRAWN, due_at=None
        )


MOVERS: tuple[Mover, ...] = (
    Mover(OfferDoc, is_computed=True),
    Mover(NeedDoc, is_computed=True),
    Mover(NeedSketch),
    Mover(MatchResponse, same=("need", "offer", "person")),
    Mover(MatchCapacity, same=()),
    Mover(MatchInvitation, same=("need",)),
    Mover(Impression),
    Mover(Team),
    Mover(TeamMember, same=("team",)),
    Mover(Introduction, "from_organization", first=_end_repeated),
    Mover(Introduction, "to_organization"),
    Mover(Reception, same=()),
    Mover(OrganizationBlock, same=("blocked",), other="blocked"),
    Mover(OrganizationBlock, "blocked", same=("organization",), other="organization"),
)
