"""How the rows of matching follow an organization when two records become one."""

from firms.services.duplicates.movers import Mover
from matching.models import MatchResponse, NeedDoc, NeedSketch, OfferDoc

MOVERS: tuple[Mover, ...] = (
    Mover(OfferDoc, is_computed=True),
    Mover(NeedDoc, is_computed=True),
    Mover(NeedSketch),
    Mover(MatchResponse, same=("need", "offer", "person")),
)
