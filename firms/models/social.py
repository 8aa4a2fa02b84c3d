"""Where else an organization can be found."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from common.history import tracked
from common.models import Timestamped
from firms.models.organizations import Organization


class SocialNetwork(models.TextChoices):
    """A place on the web where organizations keep a page."""

    LINKEDIN = "linkedin", "LinkedIn"
    INSTAGRAM = "instagram", "Instagram"
    FACEBOOK = "facebook", "Facebook"
    YOUTUBE = "youtube", "YouTube"
    TIKTOK = "tiktok", "TikTok"
    X = "x", "X"
    OTHER = "other", _("Otra")


@tracked("organization", key="organization_id")
class SocialLink(Timestamped):
    """A page of an organization on a network."""

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="social_links")
    network = models.CharField(_("red"), max_length=10, choices=SocialNetwork.choices)
    url = models.URLField(_("dirección"), max_length=300)

    class Meta:
        verbose_name = _("red social")
        verbose_name_plural = _("redes sociales")
        ordering: ClassVar = ["network", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "url"],
                name="social_link_unique",
                violation_error_message=_("Esa dirección ya está en la lista."),
            )
        ]

    def __str__(self) -> str:
        return self.url
