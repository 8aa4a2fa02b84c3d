"""How many requests of a kind an actor has left."""

from django.db import models
from django.db.models import Q


class RateBucket(models.Model):
    """A token bucket: it empties by one per request and refills with time."""

    key = models.CharField(max_length=64, unique=True, help_text="Keyed hash of scope and actor.")
    level = models.FloatField()
    refilled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(level__gte=0), name="rate_bucket_not_negative")
        ]
        # for the purge of buckets that have been full for a long time
        indexes = [models.Index(fields=["refilled_at"], name="rate_bucket_by_age")]

    def __str__(self) -> str:
        return self.key
