"""Organizations in the API. Contacts are not among what it says: they are asked for, one by one."""

import datetime as dt
from typing import Any, ClassVar, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.geometry import GEOJSON_POINT, geojson
from common.api.permissions import MembersWrite, SignedIn
from common.api.serializers import StrictModelSerializer, StrictSerializer
from common.api.views import ListOf, OneOf
from firms.api.profiles import ProfileSerializer
from firms.api.registering import NewOrganizationInput, read_registration
from firms.catalog import directory_rows, organization_page_rows
from firms.filters import OrganizationFilter
from firms.models import (
    Certificate,
    FieldGroup,
    Organization,
    OrganizationActivity,
    Precision,
    Site,
)
from firms.policies import Sight, organizations_of, sight_of, visible_organizations
from firms.policies.duplicates import heir_of
from firms.services.organizations import CannotRegister
from firms.services.wizard.finishing import TooManyRegistered, register_organization
from firms.shown import DECIMALS, ShownProfile, ShownSite, shown_profile

ModelT = TypeVar("ModelT", bound=Model)


class SiteSerializer(StrictSerializer):
    """A place of work, as exactly as it is known."""

    name = serializers.CharField(read_only=True)
    kind = serializers.CharField(source="site.kind", read_only=True)
    is_main = serializers.BooleanField(source="site.is_main", read_only=True)
    city = serializers.CharField(source="site.city.name", read_only=True, default=None)
    admin_unit = serializers.CharField(source="site.admin_unit.code", read_only=True)
    precision = serializers.CharField(read_only=True)
    point = serializers.SerializerMethodField()

    @extend_schema_field(GEOJSON_POINT)
    def get_point(self, shown: ShownSite) -> dict[str, Any] | None:
        """Return the point, no finer than its precision and than the caller may know."""
        return geojson(shown.site.point, decimals=DECIMALS[Precision(shown.precision)])


# The field of an answer, the part of the profile that it belongs to, and what stands there when
# that is hidden: the same as when nothing was told.
GROUPS: dict[str, tuple[FieldGroup, Any]] = {
    "languages": (FieldGroup.MARKETS, []),
    "website": (FieldGroup.WEB, ""),
    "founded_on": (FieldGroup.FOUNDING, None),
    "activity_start_on": (FieldGroup.ACTIVITY_START, None),
    "legal_form": (FieldGroup.LEGAL_FORM, ""),
    "certificates": (FieldGroup.CERTIFICATES, []),
}


def _sight(context: Any) -> Sight:
    """Return what the caller sees, read once for all that is answered."""
    if "sight" not in context:
        context["sight"] = sight_of(context["request"].user)
    sight: Sight = context["sight"]
    return sight


class OrganizationBrief(StrictSerializer):
    """An organization where another thing names it."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    name = serializers.CharField(read_only=True)


class OrganizationSerializer(StrictModelSerializer[Organization]):
    """An organization, in brief."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    name = serializers.CharField(read_only=True)
    country = serializers.CharField(source="country.code", read_only=True)
    main_site = serializers.SerializerMethodField()

    class Meta:
        model = Organization
        fields: ClassVar = [
            "id", "name", "legal_name", "trade_name", "acronym", "kind", "one_line", "language",
            "country", "status", "size_class", "languages", "website",
            "verification", "verified_on", "source", "main_site",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(SiteSerializer(allow_null=True))
    def get_main_site(self, organization: Organization) -> Any:
        """Return its main place of work, if it has told one."""
        site = next(iter(self._sites(organization)), None)
        if site is None:
            return None
        fields = _sight(self.context).fields(organization)
        shown = ShownSite(site=site, with_address=FieldGroup.ADDRESSES in fields)
        return SiteSerializer(shown, context=self.context).data

    def to_representation(self, instance: Organization) -> Any:
        """Empty what the caller may not see."""
        fields = _sight(self.context).fields(instance)
        told: dict[str, Any] = super().to_representation(instance)
        hidden = {name: empty for name, (group, empty) in GROUPS.items() if group not in fields}
        return told | {name: empty for name, empty in hidden.items() if name in told}

    def _sites(self, organization: Organization) -> list[Site]:
        return list(getattr(organization, "main_sites", ()))


class ActivitySerializer(StrictModelSerializer[OrganizationActivity]):
    """What an organization does."""

    scheme = serializers.CharField(source="classification.scheme", read_only=True)
    code = serializers.CharField(source="classification.code", read_only=True)
    name = serializers.CharField(source="classification.label", read_only=True)

    class Meta:
        model = OrganizationActivity
        fields: ClassVar = ["scheme", "code", "name", "is_main", "since"]
        read_only_fields = fields


class CertificateSerializer(StrictModelSerializer[Certificate]):
    """A certificate in force today."""

    standard = serializers.CharField(source="standard.code", read_only=True)

    class Meta:
        model = Certificate
        fields: ClassVar = ["standard", "scope", "body", "number", "valid_from", "valid_until"]
        read_only_fields = fields


class OrganizationDetailSerializer(OrganizationSerializer):
    """An organization with its sites, activities, certificates and clusters."""

    sites = serializers.SerializerMethodField()
    profile = serializers.SerializerMethodField()
    activities = ActivitySerializer(source="activity_records", many=True, read_only=True)
    certificates = CertificateSerializer(source="valid_certificates", many=True, read_only=True)
    clusters = serializers.SerializerMethodField()

    class Meta(OrganizationSerializer.Meta):
        fields: ClassVar = [
            *OrganizationSerializer.Meta.fields, "description", "legal_form", "founded_on",
            "activity_start_on", "closed_on", "last_confirmed_on", "sites", "activities",
            "certificates", "clusters", "profile",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(SiteSerializer(many=True))
    def get_sites(self, organization: Organization) -> Any:
        """Return its places of work."""
        return SiteSerializer(self._shown(organization).sites, many=True).data

    @extend_schema_field(ProfileSerializer)
    def get_profile(self, organization: Organization) -> Any:
        """Return the other parts of its profile."""
        return ProfileSerializer(self._shown(organization)).data

    def _shown(self, organization: Organization) -> ShownProfile:
        context: Any = self.context
        if "shown" not in context:
            fields = _sight(context).fields(organization)
            context["shown"] = shown_profile(organization, fields)
        shown: ShownProfile = context["shown"]
        return shown

    def get_clusters(self, organization: Organization) -> list[str]:
        """Return the clusters that have confirmed it."""
        affiliations = getattr(organization, "confirmed_affiliations", ())
        return sorted(affiliation.cluster.slug for affiliation in affiliations)

    def _sites(self, organization: Organization) -> list[Site]:
        return [site for site in organization.sites.all() if site.is_main]


class Organizations(ListOf[Organization]):
    """Firms, universities, agencies and other organizations."""

    summaries: ClassVar = {
        "GET": _("Organizaciones"),
        "POST": _("Registrar una organización"),
    }
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilter
    input_class = NewOrganizationInput
    output_class = OrganizationDetailSerializer
    permission_classes = [MembersWrite]

    def get_queryset(self) -> QuerySet[Organization]:
        """Return those that operate and that the caller may see."""
        visible = visible_organizations(self.request.user).active()
        rows = directory_rows(visible.fresh_on(timezone.now().date()))
        return rows.prefetch_related("field_visibilities")

    def post(self, request: Request) -> Response:
        """Register one, of which the caller becomes administrator."""
        sent = self.input_class(data=request.data)
        sent.is_valid(raise_exception=True)
        content = read_registration(sent.validated_data)
        by, now = request.user, timezone.now()
        if by.is_anonymous:
            raise Http404
        try:
            created = register_organization(by=by, content=content, now=now)
        except CannotRegister as error:
            raise PermissionDenied from error
        except TooManyRegistered as error:
            raise Throttled from error
        rows = organization_page_rows(organizations_of(request.user), now.date())
        row = rows.get(pk=created.pk)
        place = reverse("api:organization", args=[row.public_id])
        shown = self.output_class(row, context=self.get_serializer_context())
        return Response(shown.data, status=status.HTTP_201_CREATED, headers={"Location": place})


class OneOrganization(OneOf[Organization]):
    """One organization."""

    summary = _("Una organización, con sus sedes, actividades, certificados y clústeres")
    serializer_class = OrganizationDetailSerializer

    def get_queryset(self) -> QuerySet[Organization]:
        """Return those that the caller may see."""
        today: dt.date = timezone.now().date()
        return organization_page_rows(visible_organizations(self.request.user), today)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Return it; the address of a united record leads to the one that stays."""
        try:
            return super().retrieve(request, *args, **kwargs)
        except Http404:
            heir = heir_of(request.user, self.kwargs["public_id"])
            if heir is None:
                raise
            place = reverse("api:organization", args=[heir.public_id])
            moved = status.HTTP_301_MOVED_PERMANENTLY
            return Response(status=moved, headers={"Location": place})


class OfOwnOrganization(ListOf[ModelT]):
    """A list that belongs to an organization: for its own people; for others it does not exist."""

    permission_classes = [SignedIn]
    organization: Organization | None = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Find the organization among those of the caller."""
        super().initial(request, *args, **kwargs)
        own = organizations_of(request.user)
        self.organization = own.filter(public_id=self.kwargs["public_id"]).first()
        if self.organization is None:
            raise Http404
