"""People who sign in."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from common.models import Language, Public


class UserManager(BaseUserManager["User"]):
    """Creates people by their e-mail address."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create a person; without a password they sign in by a reset or an invitation."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> "User":
        """Create an administrator of the installation."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin, Public):
    """A person, known by one e-mail address, who may belong to several organizations."""

    email = models.EmailField(_("correo electrónico"), max_length=254, unique=True)
    name = models.CharField(_("nombre"), max_length=120, blank=True)
    language = models.CharField(
        _("idioma"), max_length=2, choices=Language.choices, default=Language.ES
    )
    # When digests are written: at which hour, on which day of the week (0 is Monday), and where.
    time_zone = models.CharField(_("zona horaria"), max_length=40, blank=True)
    mail_hour = models.PositiveSmallIntegerField(_("hora de los resúmenes"), default=8)
    mail_weekday = models.PositiveSmallIntegerField(_("día del resumen semanal"), default=0)
    is_active = models.BooleanField(_("activo"), default=True)
    is_staff = models.BooleanField(_("equipo de Racimo"), default=False)

    # The organization in whose name this person acts in the request at hand (firms.middleware).
    acting_for_id: int | None = None

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("personas")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_any_case",
                violation_error_message=_("Ya hay una cuenta con este correo."),
            ),
            models.CheckConstraint(
                condition=models.Q(mail_hour__lte=23, mail_weekday__lte=6),
                name="user_mail_moment_exists",
                violation_error_message=_("Elija una hora y un día de la semana."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email
