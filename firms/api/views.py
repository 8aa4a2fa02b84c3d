"""Offers and needs in the API: lists, one of them, and what its author does with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from common.api.permissions import MembersWrite, SignedIn
from common.api.problems import Conflict
from common.api.queries import StrictQuery
from common.api.serializers import StrictSerializer
from common.api.views import ListOf, OneOf
from firms import policies
from firms.api.input import NeedInput, NewNeedInput, NewOfferInput, OfferInput, fill_in
from firms.api.listings import (
    WITH_AUTHOR,
    NeedDetailSerializer,
    NeedSerializer,
    OfferDetailSerializer,
    OfferSerializer,
)
from firms.api.organizations import OfOwnOrganization
from firms.catalog import listing_page_rows, listing_rows
from firms.filters import NeedFilter, OfferFilter
from firms.forms.listings import NeedForm, OfferForm
from firms.listing_words import refusal
from firms.models import CloseReason, Organization
from firms.services import listings

KNOWN = {WITH_AUTHOR: True}


@dataclass(frozen=True)
class Kind:
    """What differs between offers and needs."""

    name: str
    visible: Callable[[Any], Any]
    editable: Callable[[Any], Any]
    form: type[NeedForm] | type[OfferForm]
    create: Callable[..., Any]
    update: Callable[..., Any]
    publish: Callable[..., Any]
    related: tuple[str, ...] = ()

    def rows(self, rows: Any) -> Any:
        """Bring along what one of them shows in full."""
        return listing_page_rows(rows).prefetch_related(*self.related)


NEED = Kind(
    name="need",
    visible=policies.visible_needs,
    editable=policies.editable_needs,
    form=NeedForm,
    create=listings.create_need,
    update=listings.update_need,
    publish=listings.publish_need,
    related=("required_certificates",),
)
OFFER = Kind(
    name="offer",
    visible=policies.visible_offers,
    editable=policies.editable_offers,
    form=OfferForm,
    create=listings.create_offer,
    update=listings.update_offer,
    publish=listings.publish_offer,
)


class _Listings(ListOf[Any]):
    """A list of the open ones, and writing a new draft."""

    kind: ClassVar[Kind]
    input_class: ClassVar[type[NewNeedInput] | type[NewOfferInput]]
    output_class: ClassVar[type[NeedDetailSerializer] | type[OfferDetailSerializer]]
    permission_classes = [MembersWrite]

    def get_queryset(self) -> QuerySet[Any]:
        """Return the open ones that the caller may see."""
        today = timezone.now().date()
        return listing_rows(self.kind.visible(self.request.user).open_on(today))

    def post(self, request: Request) -> Response:
        """Write a draft for an organization that one edits."""
        sent = self.input_class(data=request.data)
        sent.is_valid(raise_exception=True)
        values = dict(sent.validated_data)
        organization = self._organization(values.pop("organization"))
        form = fill_in(self.kind.form, values, organization=organization)
        created = self.kind.create(
            by=request.user, organization=organization, content=form.content(), now=timezone.now()
        )
        row = self.kind.rows(self.kind.editable(request.user)).get(pk=created.pk)
        place = reverse(f"api:{self.kind.name}", args=[row.public_id])
        shown = self.output_class(row, context={**self.get_serializer_context(), **KNOWN})
        return Response(shown.data, status=status.HTTP_201_CREATED, headers={"Location": place})

    def _organization(self, public_id: UUID) -> Organization:
        """Find an organization that the caller writes for; any other one does not exist."""
        rows = policies.editable_organizations(self.request.user).active()
        found = rows.select_related("country").filter(public_id=public_id).first()
        if found is None:
            text = _("No escribe en nombre de esa organización.")
            raise serializers.ValidationError({"organization": [text]})
        return found


class Needs(_Listings):
    """Needs."""

    summaries: ClassVar = {
        "GET": _("Necesidades abiertas"),
        "POST": _("Escribir una necesidad, como borrador"),
    }
    kind = NEED
    serializer_class = NeedSerializer
    filterset_class = NeedFilter
    input_class = NewNeedInput
    output_class = NeedDetailSerializer


class Offers(_Listings):
    """Offers."""

    summaries: ClassVar = {
        "GET": _("Ofertas abiertas"),
        "POST": _("Escribir una oferta, como borrador"),
    }
    kind = OFFER
    serializer_class = OfferSerializer
    filterset_class = OfferFilter
    input_class = NewOfferInput
    output_class = OfferDetailSerializer


class _OwnListings(OfOwnOrganization[Any]):
    """All those of an organization that one belongs to, in any state."""

    kind: ClassVar[Kind]

    def get_queryset(self) -> QuerySet[Any]:
        """Return them."""
        rows = listing_rows(self.kind.visible(self.request.user))
        return rows.filter(organization=self.organization)

    def get_serializer_context(self) -> dict[str, Any]:
        """Who wrote them is whose they are."""
        return {**super().get_serializer_context(), **KNOWN}


class OwnNeeds(_OwnListings):
    """Needs of one's own organization."""

    summary = _("Necesidades de su organización, en cualquier estado")
    kind = NEED
    serializer_class = NeedSerializer


class OwnOffers(_OwnListings):
    """Offers of one's own organization."""

    summary = _("Ofertas de su organización, en cualquier estado")
    kind = OFFER
    serializer_class = OfferSerializer


class _Listing(OneOf[Any]):
    """One of them, and replacing what it says."""

    kind: ClassVar[Kind]
    input_class: ClassVar[type[NeedInput] | type[OfferInput]]
    permission_classes = [MembersWrite]

    @property
    def output_class(self) -> Any:
        """Return the serializer of what it says."""
        return self.serializer_class

    def get_queryset(self) -> QuerySet[Any]:
        """Return those that the caller may see; to write, those that the caller may change."""
        reads = self.request.method in {"GET", "HEAD"}
        found = self.kind.visible if reads else self.kind.editable
        rows: QuerySet[Any] = self.kind.rows(found(self.request.user))
        return rows

    def get(self, request: Request, *_args: Any, **_kwargs: Any) -> Response:
        """Show it, with its author to whoever may know."""
        row = self.get_object()
        knows = policies.knows_author(self.request.user, row)
        context = {**self.get_serializer_context(), WITH_AUTHOR: knows}
        return Response(self.output_class(row, context=context).data)

    def put(self, request: Request, **_kwargs: Any) -> Response:
        """Replace what it says; its state and dates stay."""
        row = self.get_object()
        sent = self.input_class(data=request.data)
        sent.is_valid(raise_exception=True)
        form = fill_in(self.kind.form, sent.validated_data, organization=row.organization)
        change = {"by": request.user, "content": form.content(), self.kind.name: row}
        _call(self.kind.update, **change)
        context = {**self.get_serializer_context(), **KNOWN}
        return Response(self.output_class(self.get_object(), context=context).data)


class OneNeed(_Listing):
    """One need."""

    summaries: ClassVar = {
        "GET": _("Una necesidad"),
        "PUT": _("Cambiar lo que dice una necesidad"),
    }
    kind = NEED
    serializer_class = NeedDetailSerializer
    input_class = NeedInput


class OneOffer(_Listing):
    """One offer."""

    summaries: ClassVar = {
        "GET": _("Una oferta"),
        "PUT": _("Cambiar lo que dice una oferta"),
    }
    kind = OFFER
    serializer_class = OfferDetailSerializer
    input_class = OfferInput


class Closing(StrictSerializer):
    """Why a listing ends."""

    reason = serializers.ChoiceField(choices=CloseReason.choices)


class Move(StrictQuery):
    """Publish, pause or resume a listing that one edits."""

    summary = ""
    kind: Kind = NEED
    move: str = "publish"
    input_class: type[Closing] | None = None
    permission_classes = [SignedIn]

    @property
    def output_class(self) -> Any:
        """Return the serializer of what the listing says afterwards."""
        return NeedDetailSerializer if self.kind is NEED else OfferDetailSerializer

    def post(self, request: Request, public_id: UUID) -> Response:
        """Change its state."""
        row = self._row(public_id)
        values: dict[str, Any] = {}
        if self.input_class is not None:
            sent = self.input_class(data=request.data)
            sent.is_valid(raise_exception=True)
            values = sent.validated_data
        self._change(row, **values)
        return Response(self.output_class(self._row(public_id), context=KNOWN).data)

    def _row(self, public_id: UUID) -> Any:
        rows = self.kind.rows(self.kind.editable(self.request.user))
        found = rows.filter(public_id=public_id).first()
        if found is None:
            raise Http404
        return found

    def _change(self, row: Any) -> None:
        by = self.request.user
        if self.move == "publish":
            _call(self.kind.publish, **{"by": by, "now": timezone.now(), self.kind.name: row})
        else:
            service = {"hold": listings.hold_listing, "resume": listings.resume_listing}[self.move]
            _call(service, by=by, listing=row)


class Close(Move):
    """End a listing for good, and say how it went."""

    input_class = Closing

    def _change(self, row: Any, *, reason: str = "") -> None:
        ending = {"reason": CloseReason(reason), "today": timezone.now().date()}
        _call(listings.fulfill_listing, by=self.request.user, listing=row, **ending)


def _call(service: Callable[..., Any], **change: Any) -> None:
    """Call a service; a state that does not allow the change is a conflict."""
    try:
        service(**change)
    except listings.CannotPublish as error:
        raise Conflict(refusal(error)) from error
    except listings.CannotChangeListing as error:
        raise Conflict(_("Su estado no permite hacer eso.")) from error
