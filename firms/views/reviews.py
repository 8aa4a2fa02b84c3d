"""The yearly look at who belongs to an organization."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.stepup import ask_again
from firms import policies
from firms.forms.people import ReviewForm
from firms.models import Role
from firms.services import people, reviews
from firms.views.answers import OK, UNPROCESSABLE, person, see_other


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """List the people, each to keep or to take out; one click keeps them all."""
    own = policies.administered_organizations(request.user)
    organization = get_object_or_404(own, public_id=public_id)
    members = list(organization.memberships.select_related("user").order_by("user__name", "pk"))
    form = ReviewForm(request.POST if request.method == "POST" else None, members=members)
    if form.is_valid():
        leaving = {UUID(value) for value in form.cleaned_data["leaving"]}
        if any(m.user.public_id in leaving and m.role == Role.ADMINISTRATOR for m in members):
            ask_again(request)
        try:
            done = reviews.review_people(
                by=person(request), organization=organization, leaving=leaving, now=timezone.now()
            )
        except (reviews.CannotReview, people.CannotChangePeople):
            form.add_error(None, _("Para salir usted, use la página de personas."))
        else:
            messages.success(request, _said(done.removed))
            return see_other("firms:people", public_id)
    context = {
        "organization": organization,
        "members": members,
        "form": form,
        "reviewed": reviews.last_review(organization),
    }
    status = UNPROCESSABLE if form.errors else OK
    return render(request, "firms/people/review.html", context, status=status)


def _said(removed: int) -> str:
    if not removed:
        return _("Gracias: anotamos que todas las personas siguen.")
    text = ngettext(
        "Gracias: %(n)d persona ya no está en la organización.",
        "Gracias: %(n)d personas ya no están en la organización.",
        removed,
    )
    return text % {"n": removed}
