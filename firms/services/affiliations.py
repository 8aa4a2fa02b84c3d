"""Organizations in clusters: asked for by one side, real when the other confirms."""

import datetime as dt

from django.db import IntegrityError, transaction

from accounts.models import User
from clusters.models import Cluster
from firms.models import Affiliation, AffiliationRole, Organization
from firms.policies import can_edit, can_manage_cluster
from firms.services.organizations import touch_organization


class CannotChangeAffiliation(Exception):
    """It has ended, the other side has answered already, or it is the cluster's manager."""


@transaction.atomic
def ask_to_join(
    *, by: User, organization: Organization, cluster: Cluster, today: dt.date
) -> Affiliation:
    """Ask for the cluster's yes; if the cluster had invited, this is the answer."""
    return _say_yes(by, organization, cluster, member_confirmed_on=today)


@transaction.atomic
def invite_to_cluster(
    *, by: User, organization: Organization, cluster: Cluster, today: dt.date
) -> Affiliation:
    """Ask for the organization's yes; if it had asked to join, this is the answer."""
    return _say_yes(by, organization, cluster, cluster_confirmed_on=today)


@transaction.atomic
def confirm_affiliation(*, by: User, affiliation: Affiliation, today: dt.date) -> Affiliation:
    """Say the yes that is missing, if the actor speaks for that side."""
    organization, cluster = affiliation.organization, affiliation.cluster
    if affiliation.cluster_confirmed_on is None and can_manage_cluster(by, cluster):
        return _say_yes(by, organization, cluster, cluster_confirmed_on=today)
    if affiliation.member_confirmed_on is None and can_edit(by, organization):
        return _say_yes(by, organization, cluster, member_confirmed_on=today)
    raise CannotChangeAffiliation


@transaction.atomic
def end_affiliation(*, by: User, affiliation: Affiliation, today: dt.date) -> None:
    """Decline, withdraw, leave or remove: an affiliation ends and keeps its history."""
    row = Affiliation.objects.select_for_update(of=("self",)).get(pk=affiliation.pk)
    if row.ended_on or row.role == AffiliationRole.MANAGER:
        raise CannotChangeAffiliation
    was_real = bool(row.cluster_confirmed_on and row.member_confirmed_on)
    row.ended_on = today
    row.save()
    if was_real:
        touch_organization(by=by, organization=row.organization)


def _say_yes(
    by: User, organization: Organization, cluster: Cluster, **side: dt.date
) -> Affiliation:
    current = Affiliation.objects.filter(organization=organization, cluster=cluster, ended_on=None)
    row = current.select_for_update(of=("self",)).first()
    if row is None:
        return _open(organization, cluster, side)
    ((name, today),) = side.items()
    if getattr(row, name):
        raise CannotChangeAffiliation
    setattr(row, name, today)
    row.save()
    touch_organization(by=by, organization=organization)
    return row


def _open(organization: Organization, cluster: Cluster, side: dict[str, dt.date]) -> Affiliation:
    try:
        with transaction.atomic():
            return Affiliation.objects.create(organization=organization, cluster=cluster, **side)
    except IntegrityError as error:
        raise CannotChangeAffiliation from error
