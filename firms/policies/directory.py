"""What an actor may count in the directory."""

from django.db.models import QuerySet

from firms.models import DirectoryTally, Visibility
from firms.policies.actors import Actor


def visible_tallies(actor: Actor) -> QuerySet[DirectoryTally]:
    """Return the tallies of what an actor may see; their own private records are not in them."""
    if not actor.is_authenticated:
        return DirectoryTally.objects.filter(visibility=Visibility.PUBLIC)
    if actor.is_staff:
        return DirectoryTally.objects.all()
    return DirectoryTally.objects.exclude(visibility=Visibility.PRIVATE)
