"""Every table that names a person: what it holds and why, and what becomes of it at an erasure.

``tests/privacy/test_inventory.py`` fails for a column that points to a person and stands neither
here nor, with its reason, in NOT_COPIED.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import models as accounts
from accounts.models import User
from common.models import Change, Effect
from firms import models as firms
from matching import models as matching
from programs.models import Declaration, FactAnswer

if TYPE_CHECKING:  # the promise of a translation has no type at run time
    from django.utils.functional import _StrPromise

Rows = Callable[[User], QuerySet[Any]]

SECRETS = frozenset(
    {
        "password", "secret_hash", "token_hash", "confirm_hash", "undo_hash", "session_key",
        "session_data", "digest", "data", "file_key", "file", "document_key", "journal", "id",
        "content_hash", "prefix", "feed_token", "rights",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Held:
    """One table: the columns that name the person, what it is for, and its end.

    At an erasure its rows are deleted, or else stay with an author who has no name any more.
    """

    model: type[models.Model]
    by: tuple[str, ...]
    what: "_StrPromise"
    why: "_StrPromise"
    is_deleted: bool = False
    omitted: frozenset[str] = frozenset()

    def rows(self, person: User) -> QuerySet[Any]:
        """Return what the table holds of a person, and of nobody else."""
        match = models.Q()
        for column in self.by:
            match |= models.Q(**{column: person})
        return self.model._base_manager.filter(match).order_by("pk")

    def columns(self) -> list[str]:
        """Return the columns that are copied: no secrets, and nobody else's data."""
        left_out = SECRETS | self.omitted
        return [f.attname for f in self.model._meta.concrete_fields if f.name not in left_out]


SERVICE = _("Para dar el servicio")
SAFETY = _("Para proteger la cuenta")
RECORD = _("Para que se sepa quién decidió qué")
OWN = _("Porque usted lo pidió")

INVENTORY: tuple[Held, ...] = (
    Held(EmailAddress, ("user",), _("Sus correos"), SERVICE, is_deleted=True),
    Held(Authenticator, ("user",), _("Su segundo paso al entrar"), SAFETY, is_deleted=True),
    Held(accounts.Session, ("user",), _("Sus sesiones abiertas"), SAFETY, is_deleted=True),
    Held(accounts.ApiToken, ("user",), _("Sus claves de la API"), SERVICE, is_deleted=True),
    Held(accounts.EmailChange, ("user",), _("Sus cambios de correo"), SAFETY, is_deleted=True),
    Held(accounts.MailChoice, ("user",), _("Los avisos que eligió"), OWN, is_deleted=True),
    Held(accounts.Consent, ("user",), _("Con qué base tenemos sus datos"), RECORD),
    Held(accounts.DataExport, ("user",), _("Las copias que pidió"), OWN, is_deleted=True),
    Held(accounts.AccountClosing, ("user",), _("Los cierres de cuenta que pidió"), RECORD),
    Held(accounts.BlockEntry, ("added_by",), _("Los bloqueos que anotó"), RECORD),
    Held(firms.Membership, ("user",), _("Sus organizaciones"), SERVICE, is_deleted=True),
    Held(
        firms.Invitation,
        ("invited_by",),
        _("Las invitaciones que envió"),
        SERVICE,
        omitted=frozenset({"email"}),
    ),
    Held(firms.Contact, ("user",), _("Dónde figura como contacto"), SERVICE, is_deleted=True),
    Held(firms.ContactView, ("viewer",), _("Los contactos que consultó"), RECORD),
    Held(firms.Claim, ("claimant", "vouched_by"), _("Sus solicitudes de reconocimiento"), RECORD),
    Held(firms.Delegation, ("given_by", "ended_by"), _("Los permisos que dio"), RECORD),
    Held(firms.ActingSession, ("user",), _("Cuándo actuó en nombre de otra"), RECORD),
    Held(firms.PeopleReview, ("by",), _("Las revisiones de personas que hizo"), RECORD),
    Held(firms.DuplicateDecision, ("decided_by",), _("Lo que dijo de duplicados"), RECORD),
    Held(firms.OrganizationMerge, ("merged_by", "undone_by"), _("Las uniones que hizo"), RECORD),
    Held(firms.LifecycleMove, ("made_by",), _("Los cierres y pausas que decidió"), RECORD),
    Held(
        firms.Leadership,
        ("consented_by",),
        _("Los datos de liderazgo que autorizó"),
        _("Con su consentimiento"),
    ),
    Held(firms.Case, ("appealed_by",), _("Sus apelaciones"), RECORD),
    Held(firms.Report, ("reporter",), _("Lo que denunció"), RECORD),
    Held(firms.Decision, ("by",), _("Lo que decidió al moderar"), RECORD),
    Held(firms.NumberReview, ("asked_by", "decided_by"), _("Números en revisión"), RECORD),
    Held(firms.RegistrationDraft, ("owner",), _("Sus registros sin terminar"), OWN, True),
    Held(firms.SavedSearch, ("user",), _("Sus búsquedas guardadas"), OWN, is_deleted=True),
    Held(firms.Export, ("user",), _("Las descargas que pidió"), OWN, is_deleted=True),
    Held(firms.Spreadsheet, ("created_by",), _("Las planillas que subió"), RECORD),
    Held(firms.ColumnMemory, ("user",), _("Las columnas que recordamos"), OWN, is_deleted=True),
    Held(
        matching.ToldMatch,
        ("person",),
        _("Coincidencias que le avisamos"),
        SERVICE,
        is_deleted=True,
    ),
    Held(matching.NeedSketch, ("owner",), _("Necesidades a medio escribir"), OWN, is_deleted=True),
    Held(matching.MatchResponse, ("person",), _("Lo que respondió a coincidencias"), SERVICE),
    Held(
        matching.Introduction,
        ("asked_by", "broker"),
        _("Las presentaciones que pidió o gestionó"),
        SERVICE,
    ),
    Held(matching.IntroductionEvent, ("by",), _("Lo que hizo en presentaciones"), RECORD),
    Held(matching.IntroductionMessage, ("author",), _("Lo que escribió"), SERVICE),
    Held(
        matching.IntroductionReading,
        ("reader",),
        _("Hasta dónde leyó"),
        SERVICE,
        is_deleted=True,
    ),
    Held(
        matching.SharedContact,
        ("person",),
        _("Los datos de contacto que compartió"),
        _("Con su consentimiento"),
        is_deleted=True,
    ),
    Held(matching.SharedContactView, ("viewer",), _("Los contactos que vio"), RECORD),
    Held(matching.OutcomeReport, ("reported_by",), _("Los resultados que contó"), RECORD),
    Held(matching.OrganizationBlock, ("made_by",), _("Los bloqueos que puso"), RECORD),
    Held(Declaration, ("declared_by",), _("Lo que declaró a programas"), RECORD),
    Held(FactAnswer, ("answered_by",), _("Lo que respondió a programas"), RECORD),
)
# Columns that point to a person and are not copied, each with the reason.
NOT_COPIED = {
    "accounts.SpentCode.user": "fingerprints of codes that were used once: they say nothing",
    "accounts.User_groups.user": "not used: rights come from memberships",
    "accounts.User_user_permissions.user": "not used: rights come from memberships",
}


def own_account(person: User) -> dict[str, Any]:
    """Return the account itself."""
    names = ("email", "name", "language", "created_at", "last_login", "is_staff")
    return {name: getattr(person, name) for name in names}


def letters_to(person: User) -> QuerySet[Effect]:
    """Return the mail that was written to a person and is still kept."""
    return Effect.objects.filter(recipient__iexact=person.email).order_by("pk")


def invitations_to(person: User) -> QuerySet[firms.Invitation]:
    """Return the invitations that were sent to a person's address."""
    return firms.Invitation.objects.filter(email__iexact=person.email).order_by("pk")


def acts_of(person: User) -> QuerySet[Change]:
    """Return what a person changed."""
    return Change.objects.filter(actor_id=person.pk).order_by("pk")
