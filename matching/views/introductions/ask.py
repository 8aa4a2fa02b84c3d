"""Asking for an introduction, from a match, an offer or a need."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from firms.models import Need, Offer, Organization
from firms.policies import (
    editable_needs,
    editable_offers,
    editable_organizations,
    visible_needs,
    visible_offers,
)
from firms.views.answers import OK, UNPROCESSABLE, person, see_other
from matching.forms.introductions import REFUSED, AskForm, card_of
from matching.models import IntroductionAbout
from matching.services.introductions.asking import (
    CannotAsk,
    Question,
    Subject,
    ask_for_introduction,
)

MAX_ABOUT = 400


@require_http_methods(["GET", "HEAD", "POST"])
def introduction_ask(request: HttpRequest) -> HttpResponse:
    """Ask three questions, the third one answered already; ask for the introduction on POST."""
    who = person(request)
    subject = _subject(request)
    other = subject.listing.organization_id
    own = list(editable_organizations(who).active().exclude(pk=other).order_by("legal_name", "pk"))
    is_sent = request.method == "POST"
    form = AskForm(own, request.POST if is_sent else None, initial=_first(own, subject))
    if is_sent and own and form.is_valid() and (row := _ask(request, form, subject)):
        messages.success(request, _("Presentación pedida. Aquí verá cada paso."))
        return see_other("matching:introduction", row.public_id)
    context = {
        "form": form,
        "listing": subject.listing,
        "is_need": subject.about == IntroductionAbout.NEED,
        "has_organization": bool(own),
        "email": who.email,
    }
    status = UNPROCESSABLE if is_sent else OK
    return render(request, "matching/introductions/ask.html", context, status=status)


def _ask(request: HttpRequest, form: AskForm, subject: Subject) -> Any:
    given, who = form.cleaned_data, person(request)
    said = Question(
        purpose=given["purpose"],
        question=given["question"],
        presentation=given["presentation"],
        channel=given["channel"],
        is_info_only=given["is_info_only"],
        card=card_of(who, given["phone"]) if given["shares"] else None,
    )
    try:
        return ask_for_introduction(
            by=who,
            organization=given["organization"],
            subject=subject,
            said=said,
            now=timezone.now(),
        )
    except CannotAsk as error:
        form.add_error(None, REFUSED[error.refusal])
        return None


def _subject(request: HttpRequest) -> Subject:
    """Return what is asked about; one's own listing is recognized among the two."""
    need: Need | None = _listing(request, "need", visible_needs(request.user))
    offer: Offer | None = _listing(request, "offer", visible_offers(request.user))
    if need is None and offer is None:
        raise Http404
    own_need = need is not None and editable_needs(request.user).filter(pk=need.pk).exists()
    own_offer = offer is not None and editable_offers(request.user).filter(pk=offer.pk).exists()
    if need is not None and not own_need and (offer is None or own_offer):
        return Subject(IntroductionAbout.NEED, need, offer)
    if offer is not None and not own_offer and (need is None or own_need):
        return Subject(IntroductionAbout.OFFER, need, offer)
    raise Http404


def _listing(request: HttpRequest, name: str, rows: Any) -> Any:
    text = request.GET.get(name, "")
    if not text:
        return None
    try:
        found = rows.select_related("organization").filter(public_id=UUID(text)).first()
    except ValueError as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found


def _first(own: list[Organization], subject: Subject) -> dict[str, str]:
    """Return the third answer, from the profile, and the organization whose listing was named."""
    listing = subject.offer if subject.about == IntroductionAbout.NEED else subject.need
    named = [each for each in own if listing and each.pk == listing.organization_id]
    chosen = next(iter(named or own), None)
    if chosen is None:
        return {}
    about = [chosen.name, chosen.one_line, chosen.description[:MAX_ABOUT]]
    return {
        "presentation": ". ".join(part.strip().rstrip(".") for part in about if part.strip()) + ".",
        "organization": str(chosen.public_id),
    }
