"""What the directory is searched and drawn by: kept by triggers, whoever writes the rows it tells.

The triggers stand in the migration that makes these tables; docs/directory.md says why.
"""

import datetime as dt
from typing import ClassVar, Self

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firms.models.organizations import (
    Organization,
    OrganizationKind,
    SizeClass,
    Verification,
    Visibility,
    stale_on,
)


class DirectoryEntryQuerySet(models.QuerySet["DirectoryEntry"]):
    """Named sets of entries."""

    def fresh_on(self, day: dt.date) -> Self:
        """Drop those whose own people let the date of confirmation pass by more than the grace."""
        return self.exclude(stale_on(day))


class DirectoryEntry(models.Model):
    """One organization as it is searched: its words by weight, its tags, its places on the grid."""

    organization = models.OneToOneField(
        Organization, models.CASCADE, primary_key=True, related_name="entry"
    )
    is_listed = models.BooleanField(default=False, help_text="Whether it operates.")
    country_code = models.CharField(max_length=10)
    kind = models.CharField(max_length=24, choices=OrganizationKind.choices)
    size_class = models.CharField(max_length=8, choices=SizeClass.choices, blank=True)
    verification = models.CharField(max_length=8, choices=Verification.choices)
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    sort_name = models.TextField(db_collation="C", help_text="Shown name, folded.")
    tags = ArrayField(models.TextField(), default=list, help_text="As a:1102, r:CL-LI, g:7.")
    document = SearchVectorField()
    places = models.MultiPointField(geography=True, srid=4326, null=True)
    spot = models.PointField(srid=3857, null=True, help_text="The main site, on the grid.")
    last_confirmed_on = models.DateField(null=True)
    created_at = models.DateTimeField(null=True, help_text="When the organization came.")
    standing = models.TextField(
        db_collation="C", db_default="", help_text="Who is real first, then the name."
    )

    objects = DirectoryEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("ficha del directorio")
        verbose_name_plural = _("fichas del directorio")
        indexes = [
            GinIndex(fields=["document", "tags"], name="entry_words_and_tags"),
            models.Index(
                fields=["sort_name", "organization"],
                condition=Q(is_listed=True),
                name="entry_by_name",
            ),
            models.Index(
                fields=["standing", "organization"],
                condition=Q(is_listed=True),
                name="entry_by_standing",
            ),
            models.Index(
                fields=["last_confirmed_on"],
                condition=Q(is_listed=True),
                name="entry_by_confirmation",
            ),
            models.Index(
                fields=["-created_at", "-organization"],
                condition=Q(is_listed=True),
                name="entry_by_age",
            ),
        ]

    def __str__(self) -> str:
        return self.sort_name


class SearchWord(models.Model):
    """A word that something public says: what a slip in a search is corrected to."""

    word = models.CharField(max_length=40, primary_key=True, db_collation="C")

    class Meta:
        verbose_name = _("palabra buscable")
        verbose_name_plural = _("palabras buscables")
        indexes = [
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_word_trigrams"),
        ]

    def __str__(self) -> str:
        return self.word


class MapTally(models.Model):
    """How many organizations a cell of the map's grid holds, and the sum of where they stand."""

    level = models.PositiveSmallIntegerField(help_text="The world is 2^level cells wide.")
    x = models.PositiveIntegerField()
    y = models.PositiveIntegerField()
    kind = models.CharField(max_length=24, blank=True, help_text="Empty: of any kind.")
    verification = models.CharField(max_length=8, blank=True, help_text="Empty: in any state.")
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    count = models.IntegerField()
    sum_x = models.BigIntegerField(help_text="Meters, EPSG:3857.")
    sum_y = models.BigIntegerField()

    class Meta:
        verbose_name = _("celda del mapa")
        verbose_name_plural = _("celdas del mapa")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["level", "x", "y", "kind", "verification", "visibility"],
                name="map_tally_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}/{self.x}/{self.y}"


class DirectoryTally(models.Model):
    """How many listed organizations share a country, kind, size and state: what filters count."""

    country_code = models.CharField(max_length=10)
    kind = models.CharField(max_length=24, choices=OrganizationKind.choices)
    size_class = models.CharField(max_length=8, choices=SizeClass.choices, blank=True)
    verification = models.CharField(max_length=8, choices=Verification.choices)
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    count = models.IntegerField()

    class Meta:
        verbose_name = _("recuento del directorio")
        verbose_name_plural = _("recuentos del directorio")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["country_code", "kind", "size_class", "verification", "visibility"],
                name="directory_tally_unique",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country_code} {self.kind}"


class DirectoryChange(models.Model):
    """An organization that came to or left the directory, not yet counted in the tallies."""

    delta = models.SmallIntegerField()
    country_code = models.CharField(max_length=10)
    kind = models.CharField(max_length=24, choices=OrganizationKind.choices)
    size_class = models.CharField(max_length=8, choices=SizeClass.choices, blank=True)
    verification = models.CharField(max_length=8, choices=Verification.choices)
    visibility = models.CharField(max_length=8, choices=Visibility.choices)
    spot = models.PointField(srid=3857, spatial_index=False, null=True)

    class Meta:
        verbose_name = _("cambio del directorio")
        verbose_name_plural = _("cambios del directorio")

    def __str__(self) -> str:
        return f"{self.delta:+d} {self.kind}"
