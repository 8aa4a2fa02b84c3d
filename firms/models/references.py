"""Counters behind the references that people quote."""

import datetime as dt
from typing import ClassVar

from django.db import connection, models


class ReferenceCounterQuerySet(models.QuerySet["ReferenceCounter"]):
    """Takes numbers from a counter, safely when many take at once."""

    def take(self, prefix: str, country_code: str, day: dt.date, count: int = 1) -> range:
        """Return ``count`` numbers that nobody else gets; others wait until the caller commits."""
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO firms_referencecounter (prefix, country_code, day, last)"
                " VALUES (%s, %s, %s, %s)"
                " ON CONFLICT (prefix, country_code, day)"
                " DO UPDATE SET last = firms_referencecounter.last + excluded.last RETURNING last",
                [prefix, country_code, day, count],
            )
            (last,) = cursor.fetchone()
        return range(last - count + 1, last + 1)


class ReferenceCounter(models.Model):
    """The last number given to a kind of listing, in a country, on a day."""

    prefix = models.CharField(max_length=4)
    country_code = models.CharField(max_length=2)
    day = models.DateField()
    last = models.PositiveIntegerField()

    objects = ReferenceCounterQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["prefix", "country_code", "day"], name="reference_counter_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}-{self.country_code}-{self.day:%Y%m%d}-{self.last}"
