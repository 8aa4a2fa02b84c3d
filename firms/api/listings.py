"""Offers and needs in the API: how they are shown."""

from typing import Any, ClassVar

from django.utils import timezone
from rest_framework import serializers

from clusters.models import AdminUnit, CertificateStandard, Classification
from common.api.geometry import PointField
from common.api.serializers import StrictModelSerializer, StrictSerializer
from firms.api.organizations import OrganizationBrief
from firms.models import Need, Offer

# A listing says in which place something is wanted, not at which door: about a kilometer.
PLACE_DECIMALS = 2

SHOWN = [
    "id", "reference", "organization", "title", "summary", "language", "partnerships", "place",
    "reach", "reach_km", "visibility", "status", "is_open", "open_to_contact", "valid_from",
    "valid_until", "published_at", "source",
]  # fmt: skip
IN_FULL = ["description", "classifications", "reach_units"]


class PlaceSerializer(StrictSerializer):
    """Where something is wanted or provided."""

    name = serializers.CharField(source="place_name", read_only=True)
    admin_unit = serializers.CharField(source="admin_unit.code", read_only=True)
    point = PointField(decimals=PLACE_DECIMALS)


class EntrySerializer(StrictModelSerializer[Classification]):
    """A classification where a listing names it."""

    name = serializers.CharField(source="label", read_only=True)

    class Meta:
        model = Classification
        fields: ClassVar = ["scheme", "code", "name"]
        read_only_fields = fields


class _ListingSerializer(StrictModelSerializer[Any]):
    """What offers and needs say alike."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    organization = OrganizationBrief(read_only=True)
    place = PlaceSerializer(source="*", read_only=True)
    is_open = serializers.SerializerMethodField()

    def get_is_open(self, listing: Need | Offer) -> bool:
        """Say whether it is published and within its dates today."""
        return listing.is_open_on(timezone.now().date())


class OfferSerializer(_ListingSerializer):
    """An offer, in brief."""

    class Meta:
        model = Offer
        fields: ClassVar = [*SHOWN, "kind"]
        read_only_fields = fields


class NeedSerializer(_ListingSerializer):
    """A need, in brief."""

    class Meta:
        model = Need
        fields: ClassVar = [*SHOWN, "urgency", "deliver_by"]
        read_only_fields = fields


def _codes() -> "serializers.SlugRelatedField[AdminUnit]":
    return serializers.SlugRelatedField("code", many=True, read_only=True)


class OfferDetailSerializer(OfferSerializer):
    """An offer in full."""

    classifications = EntrySerializer(many=True, read_only=True)
    reach_units = _codes()

    class Meta(OfferSerializer.Meta):
        fields: ClassVar = [*OfferSerializer.Meta.fields, *IN_FULL, "advantages"]
        read_only_fields = fields


class NeedDetailSerializer(NeedSerializer):
    """A need in full."""

    classifications = EntrySerializer(many=True, read_only=True)
    reach_units = _codes()
    required_certificates: "serializers.SlugRelatedField[CertificateStandard]" = (
        serializers.SlugRelatedField("code", many=True, read_only=True)
    )

    class Meta(NeedSerializer.Meta):
        fields: ClassVar = [
            *NeedSerializer.Meta.fields, *IN_FULL, "required_certificates", "wanted_sizes",
            "budget_min", "budget_max", "currency",
        ]  # fmt: skip
        read_only_fields = fields
