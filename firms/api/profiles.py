"""The parts of a profile in the API: what the caller may see, empty where hidden or not told.

Contacts are not among them: they are asked for, one by one.
"""

from typing import Any, ClassVar

from rest_framework import serializers

from common.api.serializers import StrictModelSerializer, StrictSerializer
from firms.models import (
    AgencyProfile,
    AssociationProfile,
    Capability,
    Equipment,
    Headcount,
    Leadership,
    MarketProfile,
    Ownership,
    Registration,
    ResearchGroup,
    ServiceArea,
    SizeDeclaration,
    SocialLink,
    TechnicalService,
)


def _codes() -> Any:
    return serializers.SlugRelatedField("code", many=True, read_only=True)


class ServiceAreaSerializer(StrictModelSerializer[ServiceArea]):
    """How far it goes to serve; codes of regions and countries."""

    units = _codes()

    class Meta:
        model = ServiceArea
        fields: ClassVar = ["radius_km", "works_remotely", "units"]
        read_only_fields = fields


class MarketSerializer(StrictModelSerializer[MarketProfile]):
    """Where it sells, and how used it is to exporting."""

    units = _codes()

    class Meta:
        model = MarketProfile
        fields: ClassVar = ["units", "export_experience", "exports_since"]
        read_only_fields = fields


class CapabilitySerializer(StrictModelSerializer[Capability]):
    """Something that it knows how to do."""

    class Meta:
        model = Capability
        fields: ClassVar = ["name"]
        read_only_fields = fields


class EquipmentSerializer(StrictModelSerializer[Equipment]):
    """A machine or instrument."""

    class Meta:
        model = Equipment
        fields: ClassVar = ["name", "maker", "capacity", "unit", "units", "access_terms"]
        read_only_fields = fields


class RegistrationSerializer(StrictModelSerializer[Registration]):
    """An entry in a register."""

    class Meta:
        model = Registration
        fields: ClassVar = ["registry", "number", "valid_until"]
        read_only_fields = fields


class SizeDeclarationSerializer(StrictModelSerializer[SizeDeclaration]):
    """By which rule its size was declared."""

    class Meta:
        model = SizeDeclaration
        fields: ClassVar = ["rule", "evidence", "valid_until"]
        read_only_fields = fields


class HeadcountSerializer(StrictModelSerializer[Headcount]):
    """How many people worked there on a day."""

    class Meta:
        model = Headcount
        fields: ClassVar = ["as_of", "total", "women", "research_fte"]
        read_only_fields = fields


class YearSerializer(StrictSerializer):
    """Figures of a year; amounts in bands of US dollars, exact sales in their own currency."""

    fiscal_year = serializers.IntegerField(read_only=True)
    sales_band = serializers.CharField(read_only=True)
    sales_amount = serializers.DecimalField(18, 2, read_only=True, allow_null=True)
    currency = serializers.CharField(read_only=True)
    people_band = serializers.CharField(read_only=True)
    exports_pct = serializers.DecimalField(5, 2, read_only=True, allow_null=True)
    imports_pct = serializers.DecimalField(5, 2, read_only=True, allow_null=True)
    balance_band = serializers.CharField(read_only=True)


class OwnershipSerializer(StrictModelSerializer[Ownership]):
    """In whose hands it is."""

    class Meta:
        model = Ownership
        fields: ClassVar = ["foreign_pct", "public_pct", "largest_group"]
        read_only_fields = fields


class SocialLinkSerializer(StrictModelSerializer[SocialLink]):
    """A page on a network."""

    class Meta:
        model = SocialLink
        fields: ClassVar = ["network", "url"]
        read_only_fields = fields


class ResearchGroupSerializer(StrictModelSerializer[ResearchGroup]):
    """A research group and its lines."""

    class Meta:
        model = ResearchGroup
        fields: ClassVar = ["name", "lines"]
        read_only_fields = fields


class TechnicalServiceSerializer(StrictModelSerializer[TechnicalService]):
    """A service to third parties."""

    class Meta:
        model = TechnicalService
        fields: ClassVar = ["name", "fee_type"]
        read_only_fields = fields


class AgencySerializer(StrictModelSerializer[AgencyProfile]):
    """Level, legal basis and territory of an agency."""

    units = _codes()

    class Meta:
        model = AgencyProfile
        fields: ClassVar = ["level", "legal_act", "units"]
        read_only_fields = fields


class AssociationSerializer(StrictModelSerializer[AssociationProfile]):
    """Whom an association stands for."""

    units = _codes()
    sectors = _codes()

    class Meta:
        model = AssociationProfile
        fields: ClassVar = ["member_count", "sectors", "units"]
        read_only_fields = fields


class LeadershipSerializer(StrictModelSerializer[Leadership]):
    """Who leads it, to its administrators."""

    class Meta:
        model = Leadership
        fields: ClassVar = [
            "women_led", "youth_led", "indigenous_or_afro_led", "disability_led", "rural_led",
            "victim_registry", "women_on_board_pct", "women_capital_pct", "consented_at",
            "consent_version",
        ]  # fmt: skip
        read_only_fields = fields


class ProfileSerializer(StrictSerializer):
    """The parts of a profile as the caller may see them."""

    social_links = SocialLinkSerializer(many=True, read_only=True)
    service_area = ServiceAreaSerializer(read_only=True, allow_null=True)
    market = MarketSerializer(read_only=True, allow_null=True)
    capabilities = CapabilitySerializer(many=True, read_only=True)
    equipment = EquipmentSerializer(many=True, read_only=True)
    registrations = RegistrationSerializer(many=True, read_only=True)
    size_declaration = SizeDeclarationSerializer(read_only=True, allow_null=True)
    headcount = HeadcountSerializer(read_only=True, allow_null=True)
    figures = YearSerializer(many=True, read_only=True)
    ownership = OwnershipSerializer(read_only=True, allow_null=True)
    infrastructure = serializers.CharField(
        source="research.infrastructure", read_only=True, default=""
    )
    ip_policy_url = serializers.CharField(
        source="research.ip_policy_url", read_only=True, default=""
    )
    research_groups = ResearchGroupSerializer(many=True, read_only=True)
    technical_services = TechnicalServiceSerializer(many=True, read_only=True)
    agency = AgencySerializer(read_only=True, allow_null=True)
    association = AssociationSerializer(read_only=True, allow_null=True)
    leadership = LeadershipSerializer(read_only=True, allow_null=True)
