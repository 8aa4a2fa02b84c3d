"""Deciding who sees an organization, and each part of its profile."""

from collections.abc import Mapping

from django.db import transaction

from accounts.models import User
from firms.models import FieldGroup, FieldLevel, FieldVisibility, Organization
from firms.policies import CHANGEABLE, DEFAULT_LEVELS
from firms.services.organizations import touch_organization


@transaction.atomic
def set_field_visibility(
    *,
    by: User,
    organization: Organization,
    visibility: str,
    levels: Mapping[FieldGroup, FieldLevel],
) -> None:
    """Keep who sees the organization and its parts; what is usual needs no row."""
    told = {group: level for group, level in levels.items() if group in CHANGEABLE}
    own = FieldVisibility.objects.filter(organization=organization, group__in=list(told))
    before = dict(own.values_list("group", "level"))
    wanted = {group: level for group, level in told.items() if level != DEFAULT_LEVELS[group]}
    if before == wanted and organization.visibility == visibility:
        return
    own.exclude(group__in=list(wanted)).delete()
    for group, level in wanted.items():
        FieldVisibility.objects.update_or_create(
            organization=organization, group=group, defaults={"level": level}
        )
    organization.visibility = visibility
    organization.save(update_fields=["visibility", "updated_at"])
    touch_organization(by=by, organization=organization)
