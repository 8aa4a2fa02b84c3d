"""Searches that a person keeps: the list of them, each of them, and its feed."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Pace, User
from common.htmx import render_page
from firms.feeds import feed_of
from firms.forms.searches import NewSearchForm, SearchForm
from firms.kinds import KINDS, cleaned
from firms.models import Listed, SavedSearch
from firms.policies.searches import dropped_searches, own_searches, searches_fed_by
from firms.searches.news import address_of, fed_rows, unseen_count
from firms.services import searches as service
from firms.views.answers import UNPROCESSABLE, person, see_other

FEED_SECONDS = 900
REFUSED = {
    "taken": lazy("Ya tiene una búsqueda con ese nombre."),
    "many": lazy("Guardó muchas búsquedas. Borre alguna que ya no use."),
    "long": lazy("Son demasiadas condiciones para guardarlas. Quite alguna."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def searches(request: HttpRequest) -> HttpResponse:
    """List the searches that a person keeps, and keep one more."""
    form = NewSearchForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and (kept := _keep(form, by=person(request))):
        messages.success(request, _("Búsqueda guardada."))
        return see_other("firms:search", kept.public_id)
    now = timezone.now()
    context = {
        "form": form if form.is_bound else None,
        "searches": [(row, address_of(row)) for row in own_searches(request.user)],
        "dropped": dropped_searches(request.user, now),
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "firms/searches/list.html", context, status=status)


def _keep(form: NewSearchForm, *, by: User) -> SavedSearch | None:
    sent, now = form.cleaned_data, timezone.now()
    listed, query = Listed(sent["listed"]), cleaned(sent["query"])
    if not KINDS[listed].narrow(query, by=by, today=now.date()).is_valid():
        form.add_error(None, _("Esas condiciones ya no valen. Vuelva a buscar."))
        return None
    wish = service.Wish(listed, query.urlencode(), sent["name"], Pace(sent["pace"]))
    try:
        return service.save_search(wish, by=by, now=now)
    except service.CannotKeepSearch as error:
        form.add_error("name" if error.reason == "taken" else None, str(REFUSED[error.reason]))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show one saved search with what is new, and do with it what was asked."""
    if request.method == "POST":
        return _act(request, public_id)
    row = get_object_or_404(own_searches(request.user), public_id=public_id)
    return _page(request, row, SearchForm(initial={"name": row.name, "pace": row.pace}))


def _page(request: HttpRequest, row: SavedSearch, form: SearchForm) -> HttpResponse:
    today = timezone.now().date()
    context = {
        "search": row,
        "form": form,
        "address": address_of(row),
        "unseen": unseen_count(row, by=request.user, today=today),
        "origin": settings.SITE_ORIGIN,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render_page(
        request, "firms/searches/search.html", context, partial="news", status=status
    )


def _act(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Do what the button says."""
    action, now = request.POST.get("action", ""), timezone.now()
    if action == "restore":
        return _restore(request, public_id)
    row = get_object_or_404(own_searches(request.user), public_id=public_id)
    if action == "open":
        service.mark_seen(row, now=now)
        return see_other(address_of(row))
    if action == "delete":
        service.drop_search(row, now=now)
        messages.success(request, _("Borramos la búsqueda. Puede recuperarla aquí abajo."))
        return see_other("firms:searches")
    if action == "feed":
        service.open_feed(row)
    elif action == "feed-close":
        service.close_feed(row)
    else:
        return _change(request, row)
    return see_other("firms:search", row.public_id)


def _change(request: HttpRequest, row: SavedSearch) -> HttpResponse:
    form = SearchForm(request.POST)
    if form.is_valid():
        try:
            service.change_search(row, now=timezone.now(), **form.cleaned_data)
        except service.CannotKeepSearch as error:
            form.add_error("name", str(REFUSED[error.reason]))
        else:
            messages.success(request, _("Cambios guardados."))
            return see_other("firms:search", row.public_id)
    return _page(request, row, form)


def _restore(request: HttpRequest, public_id: UUID) -> HttpResponse:
    now = timezone.now()
    row = get_object_or_404(dropped_searches(request.user, now), public_id=public_id)
    try:
        service.restore_search(row, now=now)
    except service.CannotKeepSearch as error:
        messages.error(request, REFUSED[error.reason])
        return see_other("firms:searches")
    return see_other("firms:search", row.public_id)


@login_not_required
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give a feed reader the newest results that anybody may read."""
    row = searches_fed_by(token).first()
    if row is None:
        raise Http404
    lines = fed_rows(row, today=timezone.now().date())
    body, etag, changed = feed_of(row, lines)
    response = HttpResponse(body, content_type="application/atom+xml; charset=utf-8")
    response["ETag"], response["Last-Modified"] = etag, http_date(changed.timestamp())
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, max_age=FEED_SECONDS)
    answer = get_conditional_response(request, etag, int(changed.timestamp()), response)
    return answer or response


def keeping(request: HttpRequest, listed: Listed, name: str, query: str) -> NewSearchForm | None:
    """Return the form that keeps the search on a page of results, named in its own words."""
    if not request.user.is_authenticated:
        return None
    initial = {"listed": listed, "query": QueryDict(query).urlencode(), "name": name}
    return NewSearchForm(initial={**initial, "pace": Pace.DAILY})
