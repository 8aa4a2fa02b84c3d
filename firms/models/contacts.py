"""Whom to write to at an organization: personal data, held with a reason and for a time."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import LawfulBasis, User
from common.history import tracked
from common.models import Language, Public
from firms.models.organizations import Organization


class ContactVisibility(models.TextChoices):
    """What of a contact others may see."""

    ROLE = "role", _("Solo el cargo y el correo del cargo")
    ON_REQUEST = "on_request", _("También nombre y teléfonos, a quien los pida con su cuenta")
    PRIVATE = "private", _("Solo mi organización")


class ContactSource(models.TextChoices):
    """Who told of a contact."""

    SELF = "self", _("La propia organización")
    IMPORT = "import", _("Una fuente pública o una planilla")


PERSONAL = ("name", "personal_email", "phone", "whatsapp", "basis_note", "user_id")


@tracked("organization", key="organization_id", noise=("noticed_at",), hidden=PERSONAL)
class Contact(Public):
    """A person or mailbox of an organization, with the reason for holding it.

    By default only the role and its mailbox are shown; a name is personal data.
    """

    organization = models.ForeignKey(Organization, models.CASCADE, related_name="contacts")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="contact_entries",
    )
    role = models.CharField(_("cargo o área"), max_length=120)
    role_email = models.EmailField(_("correo del cargo"), max_length=254, blank=True)
    name = models.CharField(_("nombre"), max_length=120, blank=True)
    personal_email = models.EmailField(_("correo personal"), max_length=254, blank=True)
    phone = models.CharField(_("teléfono"), max_length=30, blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=30, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2, choices=Language.choices),
        verbose_name=_("idiomas"),
        default=list,
        blank=True,
    )
    visibility = models.CharField(
        _("qué se muestra"),
        max_length=10,
        choices=ContactVisibility.choices,
        default=ContactVisibility.ROLE,
    )
    lawful_basis = models.CharField(
        _("base para tener sus datos"), max_length=20, choices=LawfulBasis.choices
    )
    basis_note = models.CharField(_("cómo se obtuvo"), max_length=250, blank=True)
    source = models.CharField(
        _("origen"), max_length=8, choices=ContactSource.choices, default=ContactSource.SELF
    )
    source_name = models.CharField(_("fuente"), max_length=160, blank=True)
    last_confirmed_on = models.DateField(_("confirmado el"), null=True, blank=True)
    noticed_at = models.DateTimeField(_("avisado"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("contacto")
        verbose_name_plural = _("contactos")
        ordering: ClassVar = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(role_email="")
                | ~Q(personal_email="")
                | ~Q(phone="")
                | ~Q(whatsapp=""),
                name="contact_can_be_reached",
                violation_error_message=_("Escriba al menos un correo o un teléfono."),
            ),
            models.CheckConstraint(
                condition=~Q(source=ContactSource.IMPORT) | ~Q(source_name=""),
                name="contact_imported_names_source",
                violation_error_message=_("Un contacto importado nombra su fuente."),
            ),
            models.CheckConstraint(
                condition=~Q(visibility=ContactVisibility.ON_REQUEST)
                | Q(lawful_basis__in=(LawfulBasis.CONSENT, LawfulBasis.PUBLIC_TASK)),
                name="contact_shown_with_consent",
                violation_error_message=_(
                    "Para mostrar un nombre o un teléfono hace falta el consentimiento de la"
                    " persona, o que su función sea pública."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.role

    @property
    def mailbox(self) -> str:
        """Where a notice reaches the contact."""
        return self.role_email or self.personal_email

    @property
    def has_more(self) -> bool:
        """Whether there is anything beyond the role and its mailbox."""
        return bool(self.name or self.personal_email or self.phone or self.whatsapp)


class ContactView(models.Model):
    """Who asked to see a contact, and when: the organization may read it."""

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="views")
    viewer = models.ForeignKey(User, models.CASCADE, related_name="contact_views")
    viewed_at = models.DateTimeField(_("visto"))

    class Meta:
        verbose_name = _("consulta de contacto")
        verbose_name_plural = _("consultas de contacto")
        ordering: ClassVar = ["-viewed_at", "-pk"]
        indexes = [models.Index(fields=["viewer", "-viewed_at"], name="contact_view_of_viewer")]

    def __str__(self) -> str:
        return f"{self.viewed_at:%Y-%m-%d}"


class ContactObjection(models.Model):
    """An address that asked not to be listed again; only a keyed fingerprint of it is kept."""

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(_("pedido"))

    class Meta:
        verbose_name = _("oposición")
        verbose_name_plural = _("oposiciones")

    def __str__(self) -> str:
        return self.digest[:8]
