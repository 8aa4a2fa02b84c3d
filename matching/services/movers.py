"""How the rows of matching follow an organization when two records become one."""

from firms.services.duplicates.movers import Mover
from matching.models import (
    Impression,
    MatchCapacity,
    MatchInvitation,
    MatchResponse,
    NeedDoc,
    NeedSketch,
    OfferDoc,
    Team,
    TeamMember,
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
)
