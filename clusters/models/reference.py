"""What of the shipped reference data is in the database."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class LoadedDataSet(models.Model):
    """A shipped data set as last loaded: the same digest means that there is nothing to do."""

    name = models.SlugField(_("conjunto"), max_length=40, unique=True)
    digest = models.CharField(max_length=64)
    rows = models.PositiveIntegerField(_("filas"))
    loaded_at = models.DateTimeField(_("cargado"))

    class Meta:
        verbose_name = _("conjunto de datos cargado")
        verbose_name_plural = _("conjuntos de datos cargados")

    def __str__(self) -> str:
        return self.name
