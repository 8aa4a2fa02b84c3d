"""Declared numbers that somebody else holds: the team decides whose they are."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from firms import policies
from firms.forms.number_reviews import NumberReviewForm
from firms.identifiers import name_of
from firms.models import ReviewOutcome
from firms.services.wizard import reviews
from firms.views.answers import OK, UNPROCESSABLE, person, see_other

PAGE_SIZE = 20


@require_safe
def number_reviews(request: HttpRequest) -> HttpResponse:
    """List the numbers that wait, the oldest first."""
    if not person(request).is_staff:
        raise Http404
    rows = policies.reviewable_numbers(request.user).select_related("organization")
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "firms/wizard/number_reviews.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def number_review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show who declared a number and who holds it; decide."""
    rows = policies.reviewable_numbers(request.user).select_related("organization", "asked_by")
    review = get_object_or_404(rows, public_id=public_id)
    form = NumberReviewForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        granted = form.cleaned_data["outcome"] == ReviewOutcome.GRANTED
        decide = reviews.give_number if granted else reviews.refuse_number
        try:
            decide(
                by=person(request),
                review=review,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except reviews.CannotDecideNumber:
            messages.error(request, _("Alguien ya lo decidió."))
        else:
            messages.success(request, _("Decidido. Escribimos a quienes les toca."))
        return see_other("firms:number-reviews")
    context = {
        "form": form,
        "review": review,
        "number_name": name_of(review.scheme),
        "holder": reviews.holder_of_number(review=review),
    }
    status = UNPROCESSABLE if form.is_bound else OK
    return render(request, "firms/wizard/number_review.html", context, status=status)
