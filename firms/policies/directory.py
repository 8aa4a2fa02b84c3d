"""What an actor may find and count in the directory."""

from django.db.models import Q, QuerySet

from firms.models import (
    DirectoryEntry,
    DirectoryEntryQuerySet,
    DirectoryTally,
    Membership,
    Visibility,
)
from firms.policies.actors import Actor


def visible_entries(actor: Actor) -> DirectoryEntryQuerySet:
    """Return the entries of the listed organizations that an actor may see.

    It says of entries what ``visible_organizations`` says of organizations; a test compares them.
    """
    shown = DirectoryEntry.objects.filter(is_listed=True)
    if not actor.is_authenticated:
        return shown.filter(visibility=Visibility.PUBLIC)
    if actor.is_staff:
        return shown
    return shown.filter(
        Q(visibility__in=(Visibility.PUBLIC, Visibility.MEMBERS))
        | Q(pk__in=Membership.objects.filter(user=actor).order_by().values("organization"))
        | Q(pk=actor.acting_for_id)
    )


def visible_tallies(actor: Actor) -> QuerySet[DirectoryTally]:
    """Return the tallies of what an actor may see; their own private records are not in them."""
    if not actor.is_authenticated:
        return DirectoryTally.objects.filter(visibility=Visibility.PUBLIC)
    if actor.is_staff:
        return DirectoryTally.objects.all()
    return DirectoryTally.objects.exclude(visibility=Visibility.PRIVATE)
