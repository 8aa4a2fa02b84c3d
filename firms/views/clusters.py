"""What organizations have to do with clusters: members, chain, joining, managing."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from clusters.models import Cluster
from clusters.policies import visible_clusters
from common.htmx import render_page
from firms import policies
from firms.catalog import (
    directory_rows,
    listing_rows,
    listings_of_members,
    members_of,
    nearest_name,
    outside,
    search_organizations,
)
from firms.forms.clusters import ClusterPage
from firms.models import Affiliation, AffiliationRole
from firms.services import affiliations
from firms.services.chains import chain_of
from firms.services.clusters import create_cluster, update_cluster
from firms.views.answers import person, see_other, status_of

PAGE_SIZE = 20
SHOWN = 5
MAX_QUERY = 200


def _cluster(request: HttpRequest, slug: str) -> Cluster:
    return get_object_or_404(visible_clusters(request.user).defer("territory"), slug=slug)


@login_not_required
@require_safe
def cluster_members(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a cluster's confirmed members, their offers and what they need."""
    cluster, today = _cluster(request, slug), timezone.now().date()
    visible = policies.visible_organizations(request.user).active().fresh_on(today)
    members = members_of(visible, cluster)
    rows = directory_rows(members).order_by("legal_name", "pk")
    needs = listing_rows(policies.visible_needs(request.user).open_on(today))
    offers = listing_rows(policies.visible_offers(request.user).open_on(today))
    context = {
        "cluster": cluster,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "needs": listings_of_members(needs, cluster).order_by("-published_at", "-pk")[:SHOWN],
        "offers": listings_of_members(offers, cluster).order_by("-published_at", "-pk")[:SHOWN],
        "manages": policies.can_manage_cluster(request.user, cluster),
        "today": today,
    }
    return render_page(request, "firms/cluster_members.html", context, partial="members")


@login_not_required
@require_safe
def cluster_chain(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the chain: how many members can do each step, and which ones nobody can."""
    cluster, today = _cluster(request, slug), timezone.now().date()
    visible = policies.visible_organizations(request.user).active().fresh_on(today)
    steps = chain_of(cluster=cluster, visible=visible)
    context = {
        "cluster": cluster,
        "steps": steps,
        "today": today,
        "manages": policies.can_manage_cluster(request.user, cluster),
    }
    return render_page(request, "firms/cluster_chain.html", context, partial="chain")


@require_http_methods(["GET", "HEAD", "POST"])
def cluster_join(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask for a place in a cluster, for one of the organizations that one edits."""
    cluster = _cluster(request, slug)
    own = policies.editable_organizations(request.user).active().order_by("legal_name", "pk")
    if request.method == "POST":
        organization = get_object_or_404(own, public_id=_uuid(request, "organization"))
        try:
            affiliations.ask_to_join(
                by=person(request),
                organization=organization,
                cluster=cluster,
                today=timezone.now().date(),
            )
        except affiliations.CannotChangeAffiliation:
            messages.info(request, _("Ya lo había pedido. Falta que el clúster conteste."))
        else:
            messages.success(request, _("Pedido enviado. Le avisamos cuando el clúster conteste."))
        return see_other("clusters:detail", slug)
    current = policies.answerable_affiliations(request.user).filter(cluster=cluster)
    context = {"cluster": cluster, "organizations": own, "affiliations": current}
    return render(request, "firms/cluster_join.html", context)


@require_safe
def cluster_manage(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the manager who asks to come in and who was invited."""
    cluster = get_object_or_404(policies.managed_clusters(request.user), slug=slug)
    rows = policies.answerable_affiliations(request.user).filter(cluster=cluster)
    members = rows.confirmed().exclude(role=AffiliationRole.MANAGER)
    q = request.GET.get("q", "")[:MAX_QUERY]
    context = {
        "cluster": cluster,
        "asking": rows.filter(cluster_confirmed_on=None),
        "invited": rows.filter(member_confirmed_on=None),
        "page": Paginator(members, PAGE_SIZE).get_page(request.GET.get("page")),
        "q": q,
        "found": _invitable(request, cluster, q) if q else [],
    }
    return render(request, "firms/cluster_manage.html", context)


def _invitable(request: HttpRequest, cluster: Cluster, q: str) -> Any:
    visible = policies.visible_organizations(request.user).active()
    offers = policies.visible_offers(request.user).open_on(timezone.now().date())
    return nearest_name(search_organizations(outside(visible, cluster), q, offers), q)[:SHOWN]


@require_POST
def cluster_invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Invite an organization into a cluster that one manages."""
    cluster = get_object_or_404(policies.managed_clusters(request.user), slug=slug)
    visible = policies.visible_organizations(request.user).active()
    organization = get_object_or_404(visible, public_id=_uuid(request, "organization"))
    try:
        affiliations.invite_to_cluster(
            by=person(request),
            organization=organization,
            cluster=cluster,
            today=timezone.now().date(),
        )
    except affiliations.CannotChangeAffiliation:
        messages.info(request, _("Esa organización ya está invitada o ya es miembro."))
    else:
        messages.success(request, _("Listo: la organización lo verá en su página."))
    return see_other("firms:cluster-manage", slug)


@require_POST
def affiliation_answer(request: HttpRequest, public_id: UUID, answer: str) -> HttpResponse:
    """Confirm an affiliation that waits, or end it: decline, withdraw, leave or remove."""
    rows = policies.answerable_affiliations(request.user)
    affiliation = get_object_or_404(rows, public_id=public_id)
    today = timezone.now().date()
    try:
        if answer == "end":
            affiliations.end_affiliation(by=person(request), affiliation=affiliation, today=today)
        else:
            affiliations.confirm_affiliation(
                by=person(request), affiliation=affiliation, today=today
            )
    except affiliations.CannotChangeAffiliation:
        messages.error(request, _("Ya cambió o no se puede. Mírela de nuevo."))
    else:
        messages.success(request, _("Listo."))
    return see_other(_back(request, affiliation))


def _back(request: HttpRequest, affiliation: Affiliation) -> str:
    """Return the page of the side that answered."""
    if policies.can_manage_cluster(request.user, affiliation.cluster):
        return reverse("firms:cluster-manage", args=[affiliation.cluster.slug])
    return reverse("firms:cluster-join", args=[affiliation.cluster.slug])


def _uuid(request: HttpRequest, name: str) -> UUID:
    """Read the public id that a button sends; anything else finds nothing."""
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError as error:
        raise Http404 from error


@require_http_methods(["GET", "HEAD", "POST"])
def cluster_create(request: HttpRequest) -> HttpResponse:
    """Found a cluster, for a cluster organization that one edits."""
    choices = list(policies.may_found_clusters(request.user).order_by("legal_name", "pk"))
    page = ClusterPage(None, request.POST if request.method == "POST" else None)
    if choices and page.is_valid():
        asked = request.POST.get("organization")
        organization = next((o for o in choices if str(o.public_id) == asked), choices[0])
        cluster = create_cluster(
            by=person(request),
            organization=organization,
            content=page.content(),
            today=timezone.now().date(),
        )
        messages.success(request, _("El clúster ya está. Ahora invite a sus miembros."))
        return see_other("firms:cluster-manage", cluster.slug)
    context = {"edit": page, "cluster": None, "organizations": choices, "organization": None}
    return render(request, "firms/cluster_form.html", context, status=status_of(page))


@require_http_methods(["GET", "HEAD", "POST"])
def cluster_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep what a cluster says of itself, and its chain."""
    cluster = get_object_or_404(policies.managed_clusters(request.user), slug=slug)
    page = ClusterPage(cluster, request.POST if request.method == "POST" else None)
    if page.is_valid():
        update_cluster(
            by=person(request),
            cluster=cluster,
            content=page.content(),
            today=timezone.now().date(),
        )
        messages.success(request, _("Cambios guardados."))
        return see_other("clusters:detail", slug)
    context = {"edit": page, "cluster": cluster, "organizations": [], "organization": None}
    return render(request, "firms/cluster_form.html", context, status=status_of(page))
