"""Rows within offers and needs: items to quote, files, and the text in other languages."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.files import CONTENT_TYPES
from common.history import tracked
from common.models import Language, Public, Timestamped
from firms.models.needs import Need
from firms.models.offers import Offer
from firms.models.technology import OF_NEED, OF_OFFER


@tracked("organization", key=OF_NEED, item=("need", "need_id"))
class NeedItem(Timestamped):
    """One line of what is to be quoted or bought."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("línea"))
    description = models.CharField(_("qué"), max_length=300)
    quantity = models.DecimalField(
        _("cantidad"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    unit = models.CharField(_("unidad"), max_length=40, blank=True)
    amount = models.DecimalField(
        _("monto estimado"), max_digits=14, decimal_places=2, null=True, blank=True
    )

    class Meta:
        verbose_name = _("línea")
        verbose_name_plural = _("líneas")
        ordering: ClassVar = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "position"],
                name="need_item_unique",
                violation_error_message=_("Esa línea ya está."),
            )
        ]

    def __str__(self) -> str:
        return self.description


class ListingFile(Public):
    """A file that goes with a listing; who sees the listing may have it."""

    key = models.CharField(_("documento"), max_length=120, unique=True, editable=False)
    name = models.CharField(_("nombre"), max_length=120)
    size = models.PositiveIntegerField(_("tamaño"))

    class Meta:
        abstract = True
        ordering: ClassVar = ["pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def content_type(self) -> str:
        """What the file is, as checked when it was sent."""
        return CONTENT_TYPES[self.key.rpartition(".")[2]]


@tracked("organization", key=OF_OFFER, item=("offer", "offer_id"), hidden=("key",))
class OfferFile(ListingFile):
    """A file of an offer."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="files")

    class Meta(ListingFile.Meta):
        verbose_name = _("archivo de una oferta")
        verbose_name_plural = _("archivos de ofertas")


@tracked("organization", key=OF_NEED, item=("need", "need_id"), hidden=("key",))
class NeedFile(ListingFile):
    """A file of a need."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="files")

    class Meta(ListingFile.Meta):
        verbose_name = _("archivo de una necesidad")
        verbose_name_plural = _("archivos de necesidades")


class ListingText(Timestamped):
    """What a listing says in another language; the listing itself keeps the original."""

    language = models.CharField(_("idioma"), max_length=2, choices=Language.choices)
    title = models.CharField(_("título"), max_length=160)
    summary = models.CharField(_("resumen"), max_length=500, blank=True)
    description = models.TextField(_("descripción"), max_length=4_000, blank=True)
    is_machine_made = models.BooleanField(_("traducción automática"), default=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["language", "pk"]

    def __str__(self) -> str:
        return self.title


@tracked("organization", key=OF_OFFER, item=("offer", "offer_id"))
class OfferText(ListingText):
    """An offer in another language."""

    offer = models.ForeignKey(Offer, models.CASCADE, related_name="texts")

    class Meta(ListingText.Meta):
        verbose_name = _("oferta en otro idioma")
        verbose_name_plural = _("ofertas en otros idiomas")
        constraints = [
            models.UniqueConstraint(
                fields=["offer", "language"],
                name="offer_text_unique",
                violation_error_message=_("Ese idioma ya está."),
            )
        ]


@tracked("organization", key=OF_NEED, item=("need", "need_id"))
class NeedText(ListingText):
    """A need in another language."""

    need = models.ForeignKey(Need, models.CASCADE, related_name="texts")

    class Meta(ListingText.Meta):
        verbose_name = _("necesidad en otro idioma")
        verbose_name_plural = _("necesidades en otros idiomas")
        constraints = [
            models.UniqueConstraint(
                fields=["need", "language"],
                name="need_text_unique",
                violation_error_message=_("Ese idioma ya está."),
            )
        ]
