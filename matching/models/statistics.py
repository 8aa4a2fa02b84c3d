"""How often keys occur, how long texts are, and which stems translate which."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from common.models import Language


class Side(models.IntegerChoices):
    """Which listings a statistic is about."""

    OFFERS = 0
    NEEDS = 1


class KeyFrequency(models.Model):
    """In how many open listings of a side a key occurs; key 0 counts the listings."""

    side = models.PositiveSmallIntegerField(choices=Side.choices)
    key = models.IntegerField()
    listings = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["side", "key"], name="key_frequency_unique")
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.listings}"


class FrequencyDelta(models.Model):
    """Keys that one change of a projection added or removed, until they are folded in."""

    side = models.PositiveSmallIntegerField(choices=Side.choices)
    added = ArrayField(models.IntegerField())
    removed = ArrayField(models.IntegerField())

    def __str__(self) -> str:
        return f"+{len(self.added)} -{len(self.removed)}"


class TextEpoch(models.Model):
    """The average text length that word weights are computed with, frozen for its lifetime."""

    average_length = models.FloatField()
    started_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(average_length__gt=0), name="text_epoch_length_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.pk}: {self.average_length:.1f}"


class LexiconEntry(models.Model):
    """A stem of one language and its translation into another, with its probability."""

    source_language = models.CharField(max_length=2, choices=Language.choices)
    source_stem = models.CharField(max_length=40)
    target_language = models.CharField(max_length=2, choices=Language.choices)
    target_stem = models.CharField(max_length=40)
    probability = models.FloatField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source_language", "source_stem", "target_language", "target_stem"],
                name="lexicon_entry_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(probability__gt=0, probability__lte=1),
                name="lexicon_entry_probability",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source_stem} > {self.target_stem}"
