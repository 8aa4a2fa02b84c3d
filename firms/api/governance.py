"""What only administrators write of a profile: who leads it, who sees it, and whose it is.

The services and limits are those of the pages.
"""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from common.api.permissions import SignedIn
from common.api.queries import StrictQuery
from common.api.serializers import StrictModelSerializer, StrictSerializer
from firms import policies
from firms.forms.leadership import LeadershipForm
from firms.forms.ownership import OWNED, OWNER
from firms.forms.sections import sections_for
from firms.forms.visibility import VisibilityForm
from firms.models import FieldLevel, Leadership, Organization, OwnershipLink, Visibility
from firms.services.profile import (
    CannotLinkOrganizations,
    LinkContent,
    confirm_ownership_link,
    remove_ownership_link,
    say_ownership_link,
    set_field_visibility,
    tell_leadership,
    withdraw_leadership,
)
from firms.shown import record

ANSWERS = tuple(name for name in LeadershipForm.base_fields if name != "consent")


class Administered(StrictQuery):
    """A part of an organization that one administers; any other organization does not exist."""

    permission_classes = [SignedIn]

    def person(self) -> User:
        """Return who calls."""
        if self.request.user.is_anonymous:
            raise Http404
        return self.request.user

    def organization(self, public_id: UUID) -> Organization:
        """Return the organization."""
        rows = policies.editable_organizations(self.request.user)
        found = rows.select_related("country", "leadership").filter(public_id=public_id).first()
        if found is None or not policies.can_administer(self.request.user, found):
            raise Http404
        return found


class LeadershipShape(StrictModelSerializer[Leadership]):
    """Who leads it; unknown is null. Writing asks for the consent of those it is about."""

    consent = serializers.BooleanField(
        write_only=True, help_text=str(LeadershipForm.base_fields["consent"].label)
    )

    class Meta:
        model = Leadership
        fields = (*ANSWERS, "consent", "consented_at", "consent_version")
        read_only_fields = ("consented_at", "consent_version")

    def validate_consent(self, value: bool) -> bool:
        """Keep nothing without it."""
        if not value:
            raise serializers.ValidationError(
                LeadershipForm.base_fields["consent"].error_messages["required"]
            )
        return value


class OneLeadership(Administered):
    """What an organization says of those who lead it, under their consent."""

    summaries = {
        "GET": _("Quiénes dirigen su organización"),
        "PUT": _("Decir quiénes dirigen su organización, con su consentimiento"),
        "DELETE": _("Retirar el consentimiento y borrar lo dicho"),
    }

    @extend_schema(responses=LeadershipShape)
    def get(self, request: Request, public_id: UUID) -> Response:
        """Return what was told, all null where nothing was."""
        row = record(self.organization(public_id), "leadership")
        return Response(LeadershipShape(row or Leadership()).data)

    @extend_schema(request=LeadershipShape, responses=LeadershipShape)
    def put(self, request: Request, public_id: UUID) -> Response:
        """Replace it; what is left out is unknown."""
        organization = self.organization(public_id)
        sent = LeadershipShape(data=request.data)
        sent.is_valid(raise_exception=True)
        values = {name: sent.validated_data.get(name) for name in ANSWERS}
        row = tell_leadership(
            by=self.person(), organization=organization, values=values, now=timezone.now()
        )
        return Response(LeadershipShape(row).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, public_id: UUID) -> Response:
        """Withdraw the consent: what was told is deleted."""
        withdraw_leadership(by=self.person(), organization=self.organization(public_id))
        return Response(status=status.HTTP_204_NO_CONTENT)


class VisibilityShape(StrictSerializer):
    """Who sees the organization, and who sees each part of its profile."""

    visibility = serializers.ChoiceField(choices=Visibility.choices)
    parts = serializers.DictField(child=serializers.ChoiceField(choices=FieldLevel.choices))


class OneVisibility(Administered):
    """Who sees an organization, part by part."""

    summaries = {
        "GET": _("Quién ve su organización y cada parte de su ficha"),
        "PUT": _("Decidir quién ve su organización y cada parte de su ficha"),
    }

    @extend_schema(responses=VisibilityShape)
    def get(self, request: Request, public_id: UUID) -> Response:
        """Return it, with every part that the organization has."""
        return Response(_levels(_visibility_form(self.organization(public_id))))

    @extend_schema(request=VisibilityShape, responses=VisibilityShape)
    def put(self, request: Request, public_id: UUID) -> Response:
        """Replace it; every part is named."""
        organization = self.organization(public_id)
        sent = VisibilityShape(data=request.data)
        sent.is_valid(raise_exception=True)
        parts = sent.validated_data["parts"]
        data = QueryDict(mutable=True)
        data.update({"visibility": sent.validated_data["visibility"], **parts})
        form = _visibility_form(organization, data)
        if unknown := set(parts) - {group.value for group in form.groups}:
            text = _("Esta parte no existe o no se puede escribir.")
            raise serializers.ValidationError({"parts": {name: [text] for name in sorted(unknown)}})
        if not form.is_valid():
            raise serializers.ValidationError(
                {
                    "parts": {
                        name: [str(each) for each in said] for name, said in form.errors.items()
                    }
                }
            )
        set_field_visibility(
            by=self.person(),
            organization=organization,
            visibility=form.cleaned_data["visibility"],
            levels=form.levels(),
        )
        return Response(_levels(_visibility_form(self.organization(public_id))))


def _visibility_form(organization: Organization, data: QueryDict | None = None) -> VisibilityForm:
    sections = frozenset(section.slug for section in sections_for(organization))
    return VisibilityForm(data, organization=organization, sections=sections)


def _levels(form: VisibilityForm) -> dict[str, Any]:
    parts = {group.value: form.initial[group.value] for group in form.groups}
    return {"visibility": form.initial["visibility"], "parts": parts}


class LinkShape(StrictSerializer):
    """Who holds how much of whom; ``other`` is the owner or the one that is owned."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    other = serializers.UUIDField()
    role = serializers.ChoiceField(choices=[(OWNER, OWNER), (OWNED, OWNED)])
    percentage = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=Decimal("0.01"), max_value=Decimal(100)
    )
    since = serializers.DateField(required=False, allow_null=True)
    until = serializers.DateField(required=False, allow_null=True)
    is_confirmed = serializers.BooleanField(read_only=True, help_text="Both ends say it.")


def _link(row: OwnershipLink, own: Organization) -> dict[str, Any]:
    is_owned = row.owned_id == own.pk
    return {
        "id": row.public_id,
        "other": (row.owner if is_owned else row.owned).public_id,
        "role": OWNER if is_owned else OWNED,
        "percentage": f"{row.percentage:.2f}",
        "since": row.since,
        "until": row.until,
        "is_confirmed": bool(row.owner_confirmed_on and row.owned_confirmed_on),
    }


class OwnershipLinks(Administered):
    """Links of ownership of an organization."""

    summaries = {
        "GET": _("Vínculos de propiedad de su organización"),
        "POST": _("Decir de quién es una organización, o de cuál es dueña"),
    }

    @extend_schema(responses=LinkShape(many=True))
    def get(self, request: Request, public_id: UUID) -> Response:
        """Return them, the latest first."""
        own = self.organization(public_id)
        rows = policies.ownership_links_of(request.user, own)
        return Response([_link(row, own) for row in rows])

    @extend_schema(request=LinkShape, responses={201: LinkShape})
    def post(self, request: Request, public_id: UUID) -> Response:
        """Say one; the other end is shown it, and may agree or undo it."""
        own = self.organization(public_id)
        sent = LinkShape(data=request.data)
        sent.is_valid(raise_exception=True)
        said = sent.validated_data
        seen = policies.visible_organizations(request.user)
        other = seen.filter(public_id=said["other"]).first()
        if other is None:
            text = _("No encontramos esa organización en el directorio.")
            raise serializers.ValidationError({"other": [text]})
        owner, owned = (other, own) if said["role"] == OWNER else (own, other)
        content = LinkContent(
            owner=owner,
            owned=owned,
            percentage=said["percentage"],
            since=said.get("since"),
            until=said.get("until"),
        )
        today = timezone.now().date()
        try:
            link = say_ownership_link(
                by=self.person(), organization=own, content=content, today=today
            )
        except CannotLinkOrganizations as error:
            raise serializers.ValidationError({"non_field_errors": error.messages}) from error
        return Response(_link(link, own), status=status.HTTP_201_CREATED)


class OneOwnershipLink(Administered):
    """One link of ownership: agreed to by this end, or undone."""

    summaries = {
        "PUT": _("Confirmar un vínculo que dijo la otra parte"),
        "DELETE": _("Quitar un vínculo de propiedad"),
    }

    @extend_schema(request=None, responses=LinkShape)
    def put(self, request: Request, public_id: UUID, link_id: UUID) -> Response:
        """Say the same as the other end."""
        own, link = self._found(public_id, link_id)
        today = timezone.now().date()
        confirm_ownership_link(by=self.person(), organization=own, link=link, today=today)
        return Response(_link(link, own))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, public_id: UUID, link_id: UUID) -> Response:
        """Undo it."""
        own, link = self._found(public_id, link_id)
        remove_ownership_link(by=self.person(), organization=own, link=link)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _found(self, public_id: UUID, link_id: UUID) -> tuple[Organization, OwnershipLink]:
        own = self.organization(public_id)
        rows = policies.ownership_links_of(self.request.user, own)
        link = rows.filter(public_id=link_id).first()
        if link is None:
            raise Http404
        return own, link
