"""What the matching services take and give: read by pages, API and mails."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.contrib.gis.geos import Point

from firms.models import Need, Offer, Organization, Reach
from matching.engine.memory import Lowered
from matching.engine.reasons import Reason
from matching.models import MatchResponse


@dataclass(frozen=True)
class NeedDraft:
    """A need as far as it is written; without a place, distance is unknown, never zero."""

    text: str
    language: str | None = None
    classification_ids: tuple[int, ...] = ()
    admin_unit_id: int | None = None
    point: Point | None = None
    reach: Reach = Reach.WORLDWIDE
    reach_km: int | None = None
    reach_unit_ids: tuple[int, ...] = ()
    required_certificate_ids: tuple[int, ...] = ()
    organization_id: int | None = None


@dataclass(frozen=True)
class GateStep:
    """How many organizations were still in after a gate: ``code`` names the gate."""

    code: str
    kept: int
    removed: int


@dataclass(frozen=True)
class Relaxation:
    """How many more organizations there would be without one gate."""

    code: str
    gain: int


@dataclass(frozen=True)
class Ledger:
    """How many open offers there are, then how many organizations each gate left, in order.

    Codes: ``open`` (organizations with an open offer that shares a word or a code), ``same_field``,
    ``covers_place``, ``within_reach``, ``open_to_contact``, ``certificates``, ``score``.
    """

    open_offers: int = 0
    steps: tuple[GateStep, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()


@dataclass(frozen=True)
class RankedOffer:
    """An offer of an organization as it ranks for a need; the score is for order, not for show.

    ``features`` has values 0..1 by feature name; an unknown one is None.
    """

    offer: Offer
    score: float
    features: Mapping[str, float | None]
    reasons: tuple[Reason, ...]
    weakness: Reason | None
    distance_km: float | None


@dataclass(frozen=True)
class RankedOrganization:
    """An organization that could serve a need, by its best offer."""

    organization: Organization
    score: float
    best: RankedOffer
    others: tuple[RankedOffer, ...] = ()


@dataclass(frozen=True)
class NearMiss:
    """An organization that one gate alone keeps out, and what would let it in.

    ``beyond_km``: how far outside a radius; None when no radius is in the way. ``missing``: ids of
    required standards that it does not show.
    """

    ranked: RankedOffer
    gate: str
    beyond_km: float | None = None
    missing: tuple[int, ...] = ()


@dataclass(frozen=True)
class Nearby:
    """How many of the organizations are within so many km of the need's place."""

    km: int
    organizations: int


@dataclass(frozen=True)
class Preview:
    """Who could serve a draft: how many organizations in all, and the first of them."""

    total: int
    ranked: tuple[RankedOrganization, ...]
    gates: Ledger
    language: str
    nearby: Nearby | None = None
    near: tuple[NearMiss, ...] = ()


@dataclass(frozen=True)
class MatchedOrganization:
    """A stored match of a need: an organization, its offers that match, and the reader's answer."""

    ranked: RankedOrganization
    response: MatchResponse | None = None
    lowered: Lowered | None = None


@dataclass(frozen=True)
class Served:
    """How the order of a need's matches came about, and whom it was offered to so far."""

    changed: int = 0
    utility_retained: float | None = None
    alpha: float | None = None
    invited: int = 0
    interested: int = 0
    to_invite: int = 0

    @property
    def percent(self) -> float:
        """The utility retained, in percent with one decimal, never rounded up to all of it."""
        return int(1_000 * (1.0 if self.utility_retained is None else self.utility_retained)) / 10


@dataclass(frozen=True)
class NeedMatches:
    """The matches of a need that a reader may see; pending until the current text is matched."""

    need: Need
    is_pending: bool
    ranked: tuple[MatchedOrganization, ...]
    gates: Ledger = field(default_factory=Ledger)
    near: tuple[NearMiss, ...] = ()
    served: Served = field(default_factory=Served)


@dataclass(frozen=True)
class MatchedNeed:
    """A need that an offer could serve, and the reader's answer."""

    need: Need
    ranked: RankedOffer
    response: MatchResponse | None = None


@dataclass(frozen=True)
class OfferMatches:
    """The needs that an offer could serve, as far as a reader may see them."""

    offer: Offer
    needs: tuple[MatchedNeed, ...]


@dataclass(frozen=True)
class OrganizationMatches:
    """The matches of an organization: who could serve its needs, whose needs it could serve."""

    of_needs: tuple[NeedMatches, ...]
    of_offers: tuple[OfferMatches, ...]


@dataclass(frozen=True)
class SuggestedClassification:
    """An entry of a scheme that a text seems to be about."""

    classification_id: int
    scheme: str
    code: str
    label: str
    score: float
