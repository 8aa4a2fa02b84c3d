"""Offers and needs in the API: how they are shown."""

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from clusters.models import AdminUnit, CertificateStandard, Classification
from common.api.geometry import PointField
from common.api.serializers import StrictModelSerializer, StrictSerializer
from firms.api.organizations import OrganizationBrief
from firms.forms.listing_fields import PROJECT_NAMES, TECHNOLOGY_NAMES, WISH_NAMES
from firms.models import (
    IprRecord,
    Need,
    NeedItem,
    Offer,
    ResearchProject,
    Technology,
    TechnologyWish,
)

# A listing says in which place something is wanted, not at which door: about a kilometer.
PLACE_DECIMALS = 2

SHOWN = [
    "id", "reference", "organization", "title", "summary", "language", "partnerships", "place",
    "reach", "reach_km", "visibility", "status", "is_open", "open_to_contact", "valid_from",
    "valid_until", "published_at", "source", "kind", "is_anonymous", "is_remote",
]  # fmt: skip
IN_FULL = [
    "description", "classifications", "reach_units", "wanted_kinds", "wanted_role", "sdgs",
    "broker", "texts", "files", "renewals", "close_reason",
]  # fmt: skip
WITH_AUTHOR = "with_author"  # in a serializer's context: whoever reads may know who wrote it


# Who wrote an anonymous listing shows in these.
TELLING = {"organization", "broker", "delivery_place"}
TELLING_PARTS = {"rights_note", "publications", "partners_so_far"}


class PlaceSerializer(StrictSerializer):
    """Where something is wanted or provided."""

    name = serializers.CharField(source="place_name", read_only=True)
    admin_unit = serializers.CharField(source="admin_unit.code", read_only=True)
    point = PointField(decimals=PLACE_DECIMALS, allow_null=True)


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
    organization = OrganizationBrief(
        read_only=True, allow_null=True, help_text=_("Vacía si la publicación es anónima.")
    )
    place = PlaceSerializer(source="*", read_only=True)
    is_open = serializers.SerializerMethodField()

    def get_is_open(self, listing: Need | Offer) -> bool:
        """Say whether it is published and within its dates today."""
        return listing.is_open_on(timezone.now().date())

    def to_representation(self, instance: Need | Offer) -> dict[str, Any]:
        """Leave out who wrote an anonymous one, and a budget that is kept to oneself."""
        shown: dict[str, Any] = super().to_representation(instance)
        if self.context.get(WITH_AUTHOR):
            return shown
        if instance.is_anonymous:
            shown |= dict.fromkeys(TELLING & shown.keys())
            shown["place"] = {**shown["place"], "name": "", "point": None}
            for right in shown.get("ipr_records", ()):
                right["number"] = ""
            for part in ("technology", "research_project"):
                if shown.get(part):
                    shown[part] |= dict.fromkeys(TELLING_PARTS & shown[part].keys())
        if not getattr(instance, "is_budget_shown", True) and "budget_min" in shown:
            shown |= {"budget_min": None, "budget_max": None, "currency": ""}
        return shown


class OfferSerializer(_ListingSerializer):
    """An offer, in brief."""

    class Meta:
        model = Offer
        fields: ClassVar = [*SHOWN]
        read_only_fields = fields


class NeedSerializer(_ListingSerializer):
    """A need, in brief."""

    class Meta:
        model = Need
        fields: ClassVar = [*SHOWN, "urgency", "deliver_by"]
        read_only_fields = fields


def _codes() -> "serializers.SlugRelatedField[AdminUnit]":
    return serializers.SlugRelatedField("code", many=True, read_only=True)


class TextSerializer(StrictSerializer):
    """What a listing says in another language."""

    language = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    description = serializers.CharField()
    is_machine_made = serializers.BooleanField()


class FileSerializer(StrictSerializer):
    """A file that goes with a listing."""

    id = serializers.UUIDField(source="public_id")
    name = serializers.CharField()
    size = serializers.IntegerField()
    content_type = serializers.CharField()


class ItemSerializer(StrictModelSerializer[NeedItem]):
    """One line of what is to be quoted; the estimate stays with its author."""

    class Meta:
        model = NeedItem
        fields: ClassVar = ["description", "quantity", "unit"]
        read_only_fields = fields


class RightSerializer(StrictModelSerializer[IprRecord]):
    """A registered right."""

    class Meta:
        model = IprRecord
        fields: ClassVar = [
            "kind", "office", "number", "priority_on", "territory", "expires_on", "owner_share",
        ]  # fmt: skip
        read_only_fields = fields


class TechnologySerializer(StrictModelSerializer[Technology]):
    """What a technology offer says besides; the stage follows from the level."""

    stage = serializers.CharField(read_only=True, allow_null=True)

    class Meta:
        model = Technology
        fields: ClassVar = [*TECHNOLOGY_NAMES, "stage"]
        read_only_fields = fields


class WishSerializer(StrictModelSerializer[TechnologyWish]):
    """What a request for technology says besides."""

    class Meta:
        model = TechnologyWish
        fields: ClassVar = [*WISH_NAMES]
        read_only_fields = fields


class ProjectSerializer(StrictModelSerializer[ResearchProject]):
    """The project for which partners are sought."""

    class Meta:
        model = ResearchProject
        fields: ClassVar = [*PROJECT_NAMES]
        read_only_fields = fields


class OfferDetailSerializer(OfferSerializer):
    """An offer in full."""

    classifications = EntrySerializer(many=True, read_only=True)
    reach_units = _codes()
    broker = serializers.CharField(source="broker.slug", read_only=True, allow_null=True)
    texts = TextSerializer(many=True, read_only=True)
    files = FileSerializer(many=True, read_only=True)
    technology = TechnologySerializer(read_only=True, allow_null=True, default=None)
    ipr_records = RightSerializer(many=True, read_only=True)

    class Meta(OfferSerializer.Meta):
        fields: ClassVar = [
            *OfferSerializer.Meta.fields, *IN_FULL, "advantages", "price_model", "price_min",
            "price_max", "currency", "capacity", "lead_time_days", "minimum_order", "technology",
            "ipr_records",
        ]  # fmt: skip
        read_only_fields = fields


class NeedDetailSerializer(NeedSerializer):
    """A need in full."""

    classifications = EntrySerializer(many=True, read_only=True)
    reach_units = _codes()
    broker = serializers.CharField(source="broker.slug", read_only=True, allow_null=True)
    texts = TextSerializer(many=True, read_only=True)
    files = FileSerializer(many=True, read_only=True)
    items = ItemSerializer(many=True, read_only=True)
    technology_wish = WishSerializer(read_only=True, allow_null=True, default=None)
    research_project = ProjectSerializer(read_only=True, allow_null=True, default=None)
    required_certificates: "serializers.SlugRelatedField[CertificateStandard]" = (
        serializers.SlugRelatedField("code", many=True, read_only=True)
    )

    class Meta(NeedSerializer.Meta):
        fields: ClassVar = [
            *NeedSerializer.Meta.fields, *IN_FULL, "required_certificates", "wanted_sizes",
            "budget_min", "budget_max", "currency", "is_budget_shown", "specification",
            "delivery_place", "decider", "closes_on", "items", "technology_wish",
            "research_project",
        ]  # fmt: skip
        read_only_fields = fields
