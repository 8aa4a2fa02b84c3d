"""What people are told of a decision about them."""

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from firms.models import Case, CaseKind, CaseOutcome, Decision, Role
from firms.services.letters import Letter, write_to_person

_SUBJECT = _("Decisión sobre %(organization)s en Racimo")
_ONCE = _(
    "Esto decidió una persona del equipo de Racimo sobre %(organization)s: %(outcome)s.\n\n"
    "El motivo:\n%(reason)s\n\n"
    "Si no está de acuerdo, puede apelar una vez; lo mirará otra persona:\n%(link)s\n"
)
_FINAL = _(
    "Otra persona del equipo de Racimo miró su apelación sobre %(organization)s y decidió: "
    "%(outcome)s.\n\nEl motivo:\n%(reason)s\n\nEsta decisión es la última:\n%(link)s\n"
)
_THANKS = _(
    "Miramos lo que nos contó sobre %(organization)s y tomamos una decisión. "
    "Nadie sabrá que fue usted. Gracias por cuidar el registro.\n\n%(link)s\n"
)
_APPEALED = _(
    "Recibimos su apelación sobre %(organization)s. La mirará una persona que no decidió la "
    "primera vez, y le escribiremos con su respuesta.\n\n%(link)s\n"
)


def tell_of_decision(*, case: Case, decision: Decision) -> None:
    """Write to the people concerned, with the reason; thank those who reported, without it."""
    letter = Letter(
        f"decision:{decision.pk}",
        _SUBJECT,
        _FINAL if decision.on_appeal else _ONCE,
        {
            "organization": case.organization.name,
            "outcome": CaseOutcome(decision.outcome).label,
            "reason": decision.reason,
        },
        ("firms:case-appeal", (case.public_id,)),
    )
    for person in _concerned(case, decision):
        write_to_person(letter, person=person)
    if case.kind == CaseKind.REPORT and not decision.on_appeal:
        _thank(case, decision)


def tell_of_appeal(*, case: Case) -> None:
    """Confirm to who appealed that somebody else will look."""
    letter = Letter(
        f"appeal:{case.pk}",
        _("Recibimos su apelación"),
        _APPEALED,
        {"organization": case.organization.name},
        ("firms:case-appeal", (case.public_id,)),
    )
    if case.appealed_by:
        write_to_person(letter, person=case.appealed_by)


def _thank(case: Case, decision: Decision) -> None:
    letter = Letter(
        f"report:{decision.pk}",
        _("Gracias por avisarnos"),
        _THANKS,
        {"organization": case.organization.name},
    )
    for report in case.reports.select_related("reporter").order_by("pk"):
        write_to_person(letter, person=report.reporter)


def _concerned(case: Case, decision: Decision) -> list[User]:
    """Return who reads of it: the claimant, and the organization when it went against it.

    That nothing was done about a report is told only to who had appealed: the others never knew.
    """
    claimant = [case.claim.claimant] if case.claim else []
    kept = decision.outcome == CaseOutcome.KEEP
    disputed = bool(case.claim and case.claim.is_dispute)
    if (kept and not decision.on_appeal) or (claimant and not disputed):
        return claimant
    own = case.organization.memberships.select_related("user").order_by("pk")
    if not disputed:
        own = own.filter(role=Role.ADMINISTRATOR)
    return claimant + [row.user for row in own if row.user not in claimant]
