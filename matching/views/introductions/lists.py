"""The introductions of a person's organizations, and those that wait for their help."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from common.htmx import render_page
from firms.policies import editable_organizations, organizations_of
from firms.views.answers import person, see_other
from matching.introductions.states import Actor, State
from matching.models import IntroductionQuerySet
from matching.policies.introductions import desk_of, may_know_receiver, visible_introductions
from matching.services.introductions.asking import is_hidden, return_to_view
from matching.services.introductions.thread import is_unread, with_unread

PAGE = 25
BOXES = {
    "all": gettext_lazy("Todas"),
    "answer": gettext_lazy("Por responder"),
    "received": gettext_lazy("Recibidas"),
    "asked": gettext_lazy("Pedidas"),
    "desk": gettext_lazy("Para la gestión"),
}
WITH_RECEIVER = (State.SENT, State.SEEN, State.INFO_GIVEN)
WITH_AUTHOR = (State.INFO_REQUESTED, State.ACCEPTED)


@require_http_methods(["GET", "HEAD", "POST"])
def introductions(request: HttpRequest) -> HttpResponse:
    """List them, the latest first; POST opens an organization that silence had closed."""
    who = person(request)
    own = list(editable_organizations(who))
    if request.method == "POST":
        chosen = [o for o in own if str(o.public_id) == request.POST.get("organization")]
        if not chosen:
            raise Http404
        return_to_view(by=who, organization=chosen[0], now=timezone.now())
        messages.success(request, _("Listo: vuelven a recibir presentaciones."))
        return see_other("matching:introductions")
    box = request.GET.get("box", "all")
    box = box if box in BOXES else "all"
    rows = with_unread(_in_box(visible_introductions(who), box, who), reader=who)
    page = Paginator(rows.order_by("-asked_at", "-pk"), PAGE).get_page(request.GET.get("page"))
    mine = set(organizations_of(who).values_list("pk", flat=True)) | {each.pk for each in own}
    context = {
        "page_obj": page,
        "items": [_item(row, mine) for row in page],
        "boxes": list(BOXES.items()),
        "box": box,
        "hidden": [each for each in own if is_hidden(each.pk)],
    }
    return render_page(request, "matching/introductions/list.html", context, partial="results")


def _in_box(rows: IntroductionQuerySet, box: str, who: Any) -> IntroductionQuerySet:
    own = organizations_of(who).values("pk")
    edited = editable_organizations(who).values("pk")
    received = Q(to_organization__in=own) | Q(to_organization__in=edited)
    asked = Q(from_organization__in=own) | Q(from_organization__in=edited)
    if box == "desk":
        return rows.filter(pk__in=desk_of(who).values("pk"))
    found = {
        "all": Q(),
        "received": received,
        "asked": asked,
        "answer": (received & Q(status__in=WITH_RECEIVER)) | (asked & Q(status__in=WITH_AUTHOR)),
    }
    return rows.filter(found[box])


def _item(row: Any, mine: set[int]) -> dict[str, Any]:
    is_received = row.to_organization_id in mine
    sides = frozenset({Actor.RECEIVER if is_received else Actor.AUTHOR})
    is_helper = not is_received and row.from_organization_id not in mine
    knows = is_helper or may_know_receiver(row, sides, reads=is_received)
    return {
        "row": row,
        "is_received": is_received,
        "is_unread": is_unread(row),
        "receiver": row.to_organization.name if knows else "",
        "title": row.listing.title if row.listing else "",
    }
