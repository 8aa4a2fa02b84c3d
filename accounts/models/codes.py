"""One-time codes that were used."""

from django.conf import settings
from django.db import models


class SpentCode(models.Model):
    """A code of a second factor that has opened the door once, and opens it no more."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="spent_codes")
    digest = models.CharField(max_length=64, help_text="Keyed hash of the code.")
    spent_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="spent_code_only_once")
        ]

    def __str__(self) -> str:
        return self.digest
