"""Which parts of a profile an actor may see.

One answer for pages, API, exports and search: ``visible_fields``. What is not in it is left out
before anything is rendered, so that a hidden part leaves no byte behind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Q

from firms.models import (
    FieldGroup,
    FieldLevel,
    FieldVisibility,
    Membership,
    Organization,
    OrganizationQuerySet,
    Role,
)
from firms.policies.actors import Actor

_PUBLIC = (
    FieldGroup.FOUNDING,
    FieldGroup.LEGAL_FORM,
    FieldGroup.ADDRESSES,
    FieldGroup.SERVICE_AREA,
    FieldGroup.CERTIFICATES,
    FieldGroup.CAPABILITIES,
    FieldGroup.MARKETS,
    FieldGroup.WEB,
    FieldGroup.RESEARCH,
    FieldGroup.AGENCY,
    FieldGroup.ASSOCIATION,
)
_MEMBERS = (
    FieldGroup.ACTIVITY_START,
    FieldGroup.REGISTRATIONS,
    FieldGroup.SIZE_DECLARATION,
    FieldGroup.HEADCOUNT,
    FieldGroup.SALES,
)
_INTRODUCTION = (FieldGroup.TECH_TRANSFER, FieldGroup.RESEARCH_LEADS)
DEFAULT_LEVELS: Mapping[FieldGroup, FieldLevel] = (
    dict.fromkeys(FieldGroup, FieldLevel.ADMINISTRATORS)
    | dict.fromkeys(_PUBLIC, FieldLevel.PUBLIC)
    | dict.fromkeys(_MEMBERS, FieldLevel.MEMBERS)
    | dict.fromkeys(_INTRODUCTION, FieldLevel.INTRODUCTION)
)
_WRITING = (Role.EDITOR, Role.ADMINISTRATOR)
CHANGEABLE = tuple(group for group in FieldGroup if group != FieldGroup.LEADERSHIP)


def levels_of(organization: Organization) -> dict[FieldGroup, FieldLevel]:
    """Return the level of each part: what the organization chose, else the usual one."""
    chosen = {
        FieldGroup(row.group): FieldLevel(row.level)
        for row in organization.field_visibilities.all()
    }
    return {**DEFAULT_LEVELS, **chosen}


@dataclass(frozen=True)
class Sight:
    """What an actor sees of any organization; read once, asked for many."""

    levels: frozenset[FieldLevel]
    is_staff: bool = False
    administered: frozenset[int] = field(default_factory=frozenset)
    edited: frozenset[int] = field(default_factory=frozenset)

    def fields(self, organization: Organization) -> frozenset[FieldGroup]:
        """Return the parts that the actor may see of an organization."""
        if organization.pk in self.administered:
            return frozenset(FieldGroup)
        if self.is_staff:
            return frozenset(CHANGEABLE)
        reached = self.levels | self._introduced(organization)
        chosen = levels_of(organization)
        shown = {group for group, level in chosen.items() if level in reached}
        return frozenset(self._with_evidence(organization, shown))

    def _with_evidence(self, organization: Organization, shown: set[FieldGroup]) -> set[FieldGroup]:
        """Show who edits certificates what proves them, and nobody the proof of hidden ones."""
        if FieldGroup.CERTIFICATES not in shown:
            return shown - {FieldGroup.EVIDENCE}
        return shown | {FieldGroup.EVIDENCE} if organization.pk in self.edited else shown

    def _introduced(self, organization: Organization) -> frozenset[FieldLevel]:
        """Return the level opened by an accepted introduction; nobody has one until they exist."""
        return frozenset()


def sight_of(actor: Actor) -> Sight:
    """Read what an actor may see, in one query at most."""
    if not actor.is_authenticated:
        return Sight(frozenset({FieldLevel.PUBLIC}))
    own = dict(
        Membership.objects.filter(user=actor, role__in=_WRITING).values_list(
            "organization_id", "role"
        )
    )
    return Sight(
        frozenset({FieldLevel.PUBLIC, FieldLevel.MEMBERS}),
        is_staff=actor.is_staff,
        administered=frozenset(pk for pk, role in own.items() if role == Role.ADMINISTRATOR),
        edited=frozenset(own),
    )


def visible_fields(actor: Actor, organization: Organization) -> frozenset[FieldGroup]:
    """Return the parts of an organization's profile that an actor may see."""
    return sight_of(actor).fields(organization)


def organizations_told(group: FieldGroup) -> OrganizationQuerySet:
    """Return the organizations that show a part to whoever signs in: what matching may use."""
    narrow = (FieldLevel.INTRODUCTION, FieldLevel.ADMINISTRATORS)
    told = FieldVisibility.objects.filter(group=group).order_by()
    if DEFAULT_LEVELS[group] in narrow:
        shown = told.exclude(level__in=narrow).values("organization")
        return Organization.objects.filter(pk__in=shown)
    return Organization.objects.exclude(pk__in=told.filter(level__in=narrow).values("organization"))


def showing(actor: Actor, group: FieldGroup) -> Q:
    """Return the condition of showing a part to an actor: what a search may look into.

    It holds for rows with an organization's key, be they organizations or their entries.
    """
    sight = sight_of(actor)
    if sight.is_staff and group in CHANGEABLE:
        return Q()
    told = FieldVisibility.objects.filter(group=group, organization=OuterRef("pk")).order_by()
    shown = Q(Exists(told.filter(level__in=sight.levels)))
    hidden = Q(Exists(told.exclude(level__in=sight.levels)))
    usual = DEFAULT_LEVELS[group] in sight.levels
    return (~hidden if usual else shown) | Q(pk__in=sight.administered)
