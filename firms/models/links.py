"""The tables that join listings and profiles to what they name: their history is kept too."""

from common.history import tracked
from firms.models.institutions import AgencyProfile, AssociationProfile
from firms.models.needs import Need
from firms.models.offers import Offer
from firms.models.reach import MarketProfile, ServiceArea
from firms.models.technology import OF_NEED, OF_OFFER


def _of(profile: str) -> str:
    """Tell whose a profile is, from a row of one of its join tables."""
    key = f"{{row}}.{profile}_id"
    return f"(SELECT p.organization_id FROM firms_{profile} p WHERE p.id = {key})"  # noqa: S608 - names of ours


@tracked("organization", key=OF_OFFER, item=("offer", "offer_id"))
class OfferClassification(Offer.classifications.through):
    """A classification that an offer names."""

    class Meta:
        proxy = True


@tracked("organization", key=OF_OFFER, item=("offer", "offer_id"))
class OfferTerritory(Offer.reach_units.through):
    """A territory that an offer serves."""

    class Meta:
        proxy = True


@tracked("organization", key=OF_OFFER, item=("offer", "offer_id"))
class OfferGuest(Offer.guests.through):
    """An organization to which an offer is shown."""

    class Meta:
        proxy = True


@tracked("organization", key=OF_NEED, item=("need", "need_id"))
class NeedGuest(Need.guests.through):
    """An organization to which a need is shown."""

    class Meta:
        proxy = True


@tracked("organization", key=OF_NEED, item=("need", "need_id"))
class NeedClassification(Need.classifications.through):
    """A classification that a need names."""

    class Meta:
        proxy = True


@tracked("organization", key=OF_NEED, item=("need", "need_id"))
class NeedTerritory(Need.reach_units.through):
    """A territory in which a need looks."""

    class Meta:
        proxy = True


@tracked("organization", key=OF_NEED, item=("need", "need_id"))
class NeedCertificate(Need.required_certificates.through):
    """A certificate that a need asks for."""

    class Meta:
        proxy = True


@tracked(
    "organization",
    key=_of("agencyprofile"),
)
class AgencyTerritory(AgencyProfile.units.through):
    """A territory that an agency answers for."""

    class Meta:
        proxy = True


@tracked("organization", key=_of("associationprofile"))
class AssociationTerritory(AssociationProfile.units.through):
    """A territory of an association."""

    class Meta:
        proxy = True


@tracked("organization", key=_of("associationprofile"))
class AssociationSector(AssociationProfile.sectors.through):
    """A sector that an association stands for."""

    class Meta:
        proxy = True


@tracked(
    "organization",
    key=_of("servicearea"),
)
class ServedTerritory(ServiceArea.units.through):
    """A territory that an organization serves."""

    class Meta:
        proxy = True


@tracked(
    "organization",
    key=_of("marketprofile"),
)
class Market(MarketProfile.units.through):
    """A country or region that an organization sells in."""

    class Meta:
        proxy = True
