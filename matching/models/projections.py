"""Listings as the matcher reads them: narrow rows, one multicolumn index per side."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from firms.models import Need, Offer, Organization


class Audience(models.IntegerChoices):
    """Who may see a listing, the narrower of its own visibility and its organization's."""

    PUBLIC = 0
    MEMBERS = 1
    PRIVATE = 2


class ListingDoc(models.Model):
    """One open listing, ready to be found by keys and scored from bytes.

    ``keys`` holds stems (positive) and classification entries with all their ancestors (negative);
    ``cover`` where it reaches and ``loc`` where it is, both as cell tokens; ``payload`` all that
    the engine reads. See ``matching.engine.payload`` for the layout.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="+", db_index=True)
    audience = models.PositiveSmallIntegerField(choices=Audience.choices)
    keys = ArrayField(models.IntegerField())
    cover = ArrayField(models.IntegerField())
    loc = ArrayField(models.IntegerField())
    payload = models.BinaryField()
    content_hash = models.BinaryField(max_length=16)
    # of content, rules and engine when it was last paired: the same again is not paired again
    paired_hash = models.BinaryField(max_length=16, null=True)
    epoch = models.PositiveIntegerField()
    expires_on = models.DateField(db_index=True)

    class Meta:
        abstract = True


class OfferDoc(ListingDoc):
    """The projection of an offer; private offers have none."""

    offer = models.OneToOneField(Offer, models.CASCADE, primary_key=True, related_name="+")

    class Meta:
        indexes: ClassVar = [
            # one index, not three: the planner would AND bitmaps of whole columns otherwise
            GinIndex(fields=["keys", "cover", "loc"], fastupdate=False, name="offer_doc_search")
        ]

    def __str__(self) -> str:
        return f"offer {self.offer_id}"


class NeedDoc(ListingDoc):
    """The projection of a need; ``floor`` is the score that a new offer must beat."""

    need = models.OneToOneField(Need, models.CASCADE, primary_key=True, related_name="+")
    floor = models.FloatField(db_default=0.0)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["keys", "cover", "loc"], fastupdate=False, name="need_doc_search")
        ]

    def __str__(self) -> str:
        return f"need {self.need_id}"
