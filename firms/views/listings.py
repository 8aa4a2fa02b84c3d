"""One offer or need: reading it, writing it, and what its author may do with it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from firms import policies
from firms.catalog import listing_page_rows
from firms.forms.carried import PartialNeedForm
from firms.forms.listing_files import ListingFileForm
from firms.forms.listings import CloseForm, NeedForm, OfferForm, first_values, values_of
from firms.listing_states import SETTLED, UNREAD, moves_of_author
from firms.listing_words import finding_lines, refusal
from firms.models import CloseReason, ListingStatus, Need, Offer, Organization
from firms.quality import Level
from firms.services import listings
from firms.services.decisions import reason_of_return
from firms.services.listing_checks import findings_of
from firms.shown_listings import shown_words
from firms.views.acting import SPEAKS_FOR
from firms.views.answers import UNPROCESSABLE, is_staff, person, see_other, status_of


@dataclass(frozen=True)
class Kind:
    """What differs between the pages of offers and of needs."""

    name: str
    form: type[NeedForm] | type[OfferForm]
    visible: Callable[[Any], Any]
    editable: Callable[[Any], Any]
    create: Callable[..., Any]
    update: Callable[..., Any]
    publish: Callable[..., Any]
    page: str
    form_page: str

    @property
    def choices(self) -> list[tuple[str, Any]]:
        """The kinds of offers or of needs, in the order in which they are offered."""
        return list(self.form.kinds.choices)


NEED = Kind(
    name="need",
    form=NeedForm,
    visible=policies.visible_needs,
    editable=policies.editable_needs,
    create=listings.create_need,
    update=listings.update_need,
    publish=listings.publish_need,
    page="firms/need.html",
    form_page="firms/need_form.html",
)
OFFER = Kind(
    name="offer",
    form=OfferForm,
    visible=policies.visible_offers,
    editable=policies.editable_offers,
    create=listings.create_offer,
    update=listings.update_offer,
    publish=listings.publish_offer,
    page="firms/offer.html",
    form_page="firms/offer_form.html",
)


@login_not_required
@require_safe
def listing_page(request: HttpRequest, public_id: UUID, kind: Kind) -> HttpResponse:
    """Show an offer or need; its organization's editors find what they may do with it."""
    rows = listing_page_rows(kind.visible(request.user))
    listing = get_object_or_404(rows, public_id=public_id)
    return render(request, kind.page, _shown(request, listing, CloseForm()))


def _shown(request: HttpRequest, listing: Need | Offer, closing: CloseForm) -> dict[str, Any]:
    today = timezone.now().date()
    role = policies.role_in(request.user, listing.organization)
    can_edit = policies.edits_with(request.user, listing.organization, role)
    knows = not listing.is_anonymous or can_edit or role is not None or is_staff(request)
    return {
        "listing": listing,
        "shown": shown_words(listing, get_language()),
        "today": today,
        "is_open": listing.is_open_on(today),
        "is_member": role is not None,
        "knows_author": knows,
        "can_edit": can_edit,
        "closing": closing,
        "adding": ListingFileForm() if listing.status not in SETTLED else None,
        "moves": moves_of_author(listing.status),
        **(_quality(listing, today) if can_edit else {}),
    }


def _quality(listing: Need | Offer, today: dt.date) -> dict[str, Any]:
    """Say what its editors may mend, and what the team said when it gave it back."""
    if listing.status in SETTLED:
        return {}
    found = findings_of(listing, today=today)
    return {
        "findings": finding_lines(found),
        "blocks": any(each.level is Level.BLOCKER for each in found),
        "returned": reason_of_return(listing),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def listing_create(request: HttpRequest, kind: Kind) -> HttpResponse:
    """Write a new offer or need, as a draft or to be published at once."""
    own = policies.editable_organizations(request.user).active().select_related("country")
    choices = list(own.order_by("legal_name", "pk"))
    if not choices:
        messages.info(request, _("Primero registre su organización; luego podrá publicar."))
        return see_other("firms:organization-create")
    asked = request.POST.get("organization") or request.GET.get("organization")
    asked = asked or request.session.get(SPEAKS_FOR)
    organization = _chosen(choices, asked)
    if request.method == "POST":
        form = kind.form(request.POST, organization=organization)
    else:
        first = first_values(organization, request.GET.get("q", ""))
        first |= {"kind": request.GET["kind"]} if "kind" in request.GET else {}
        first |= PartialNeedForm(request.GET).known()
        form = kind.form(initial=first, organization=organization)
    if form.is_valid():
        who = {"by": person(request), "organization": organization, "now": timezone.now()}
        listing = kind.create(content=form.content(), **who)
        return _after_saving(request, kind, listing)
    context = {
        "form": form,
        "listing": None,
        "organization": organization,
        "organizations": choices,
        "kinds": kind.choices,
    }
    return render(request, kind.form_page, context, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
def listing_edit(request: HttpRequest, public_id: UUID, kind: Kind) -> HttpResponse:
    """Change what an offer or need says."""
    rows = listing_page_rows(kind.editable(request.user))
    listing = get_object_or_404(rows, public_id=public_id)
    if request.method == "POST":
        form = kind.form(request.POST, organization=listing.organization)
    else:
        form = kind.form(initial=values_of(listing), organization=listing.organization)
    if form.is_valid():
        change = {"by": person(request), "content": form.content(), kind.name: listing}
        try:
            listing = kind.update(**change)
        except listings.CannotPublish as error:
            form.add_error(None, refusal(error))
            return render(request, kind.form_page, _written(form, listing), status=UNPROCESSABLE)
        except listings.CannotChangeListing:
            messages.error(request, _("Ya está cerrada: no se puede cambiar. Publique otra."))
            return see_other(f"firms:{kind.name}", public_id)
        return _after_saving(request, kind, listing)
    return render(request, kind.form_page, _written(form, listing), status=status_of(form))


def _written(form: Any, listing: Need | Offer) -> dict[str, Any]:
    return {
        "form": form,
        "listing": listing,
        "organization": listing.organization,
        "organizations": [],
    }


@require_POST
def listing_move(request: HttpRequest, public_id: UUID, move: str, kind: Kind) -> HttpResponse:
    """Publish, pause, resume, renew, close or put away."""
    rows = listing_page_rows(kind.editable(request.user))
    listing = get_object_or_404(rows, public_id=public_id)
    if move not in _MOVES:
        raise Http404
    closing = CloseForm(request.POST)
    if move == "close" and not closing.is_valid():
        context = _shown(request, listing, closing)
        return render(request, kind.page, context, status=UNPROCESSABLE)
    try:
        messages.success(request, _MOVES[move](request, kind, listing))
    except listings.CannotPublish as error:
        messages.error(request, refusal(error))
    except listings.CannotChangeListing:
        messages.error(request, _("Su estado ya cambió y no permite hacer eso. Mírela de nuevo."))
    return see_other(f"firms:{kind.name}", public_id)


def _publish(request: HttpRequest, kind: Kind, listing: Need | Offer) -> str:
    row = kind.publish(by=person(request), now=timezone.now(), **{kind.name: listing})
    if row.status == ListingStatus.IN_CHECK:
        return _("La leerá una persona del equipo antes de publicarla, porque es anónima.")
    return _("Publicada. Ya buscamos con quién.")


def _withdraw(request: HttpRequest, _kind: Kind, listing: Any) -> str:
    listings.withdraw_listing(by=person(request), listing=listing)
    return _("De vuelta en sus borradores.")


def _reopen(request: HttpRequest, _kind: Kind, listing: Any) -> str:
    listings.reopen_listing(by=person(request), listing=listing, today=timezone.now().date())
    return _("Abierta otra vez.")


def _restore(request: HttpRequest, _kind: Kind, listing: Any) -> str:
    listings.restore_listing(by=person(request), listing=listing)
    return _("Recuperada como borrador.")


def _hold(request: HttpRequest, _kind: Kind, listing: Any) -> str:
    listings.hold_listing(by=person(request), listing=listing)
    return _("En pausa. Nadie nuevo la encontrará hasta que la reanude.")


def _resume(request: HttpRequest, _kind: Kind, listing: Any) -> str:
    listings.resume_listing(by=person(request), listing=listing)
    return _("Está publicada otra vez.")


def _renew(request: HttpRequest, _kind: Kind, listing: Any) -> str:
    listings.renew_listing(by=person(request), listing=listing, today=timezone.now().date())
    return _("Renovada: sigue abierta más tiempo.")


def _archive(request: HttpRequest, _kind: Kind, listing: Any) -> str:
    listings.archive_listing(by=person(request), listing=listing)
    return _("Archivada. Solo su organización la ve.")


def _close(request: HttpRequest, _kind: Kind, listing: Any) -> str:
    reason = CloseReason(request.POST["reason"])
    today = timezone.now().date()
    listings.fulfill_listing(by=person(request), listing=listing, reason=reason, today=today)
    return _("Cerrada. Gracias por contar cómo terminó: así aprendemos.")


_MOVES: dict[str, Callable[[HttpRequest, Kind, Any], str]] = {
    "publish": _publish,
    "hold": _hold,
    "resume": _resume,
    "renew": _renew,
    "archive": _archive,
    "close": _close,
    "withdraw": _withdraw,
    "reopen": _reopen,
    "restore": _restore,
}


def _after_saving(request: HttpRequest, kind: Kind, listing: Need | Offer) -> HttpResponse:
    """Publish when that was the button pressed, and lead to the page."""
    if listing.status not in UNREAD:
        messages.success(request, _("Cambios guardados."))
    elif request.POST.get("action") != "publish":
        messages.success(request, _("Borrador guardado. Solo su organización lo ve."))
    else:
        try:
            messages.success(request, _publish(request, kind, listing))
        except listings.CannotPublish as error:
            messages.error(request, refusal(error))
        except listings.CannotChangeListing:
            messages.error(request, _("Guardada como borrador: su organización no está activa."))
    return see_other(f"firms:{kind.name}", listing.public_id)


def _chosen(organizations: list[Organization], asked: str | None) -> Organization:
    return next((o for o in organizations if str(o.public_id) == asked), organizations[0])
