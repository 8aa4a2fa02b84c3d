"""Whose sketches of needs are whose."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from firms.policies import Actor
from matching.models import NeedSketch, NeedSketchQuerySet


def own_sketches(actor: Actor, *, held: Sequence[UUID]) -> NeedSketchQuerySet:
    """Return the sketches of a person, and those without an owner that their browser holds."""
    mine = Q(owner=None, public_id__in=held)
    if actor.is_authenticated:
        mine |= Q(owner=actor)
    return NeedSketch.objects.filter(mine).order_by("-updated_at", "-pk")
