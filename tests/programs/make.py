"""Rows that several tests of programs need."""

from typing import Any

from common.jobs import Work
from firms.models import Organization, OrganizationKind, SizeClass
from programs.models import Call, EligibilityCriterion
from tests.factories import (
    NOW,
    TODAY,
    CallFactory,
    CriterionFactory,
    MembershipFactory,
    OrganizationFactory,
    RegionFactory,
    SiteFactory,
)


def managed_firm(region: str = "CL-LI", **fields: Any) -> Organization:
    """Return a small firm with a site in a region and somebody who manages it."""
    values = {"size_class": SizeClass.SMALL, "last_confirmed_on": TODAY} | fields
    firm = OrganizationFactory(**values)
    SiteFactory(organization=firm, admin_unit=RegionFactory(code=region))
    MembershipFactory(organization=firm)
    return firm


def agency(**fields: Any) -> Organization:
    return OrganizationFactory(kind=OrganizationKind.PUBLIC_AGENCY, **fields)


def call_for(kind: str, parameters: dict[str, Any], **fields: Any) -> Call:
    """Return an open call with one criterion."""
    call = CallFactory(**fields)
    criterion(call, kind, parameters)
    return call


def criterion(call: Call, kind: str, parameters: Any, **fields: Any) -> EligibilityCriterion:
    return CriterionFactory(call=call, kind=kind, parameters=parameters, **fields)


def work(key: int = 0, kind: str = "organization.verdicts", **fields: Any) -> Work:
    values = {"revision": 0, "payload": {}, "actor_id": None, "now": NOW} | fields
    return Work(kind=kind, key=key, **values)
