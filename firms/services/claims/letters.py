"""What claimants, present people and earlier contacts of an organization are told."""

from django.utils.translation import gettext_lazy as _

from firms.models import Claim, Organization, Role
from firms.services.letters import Letter, write_to, write_to_person


def send_code_letter(*, claim: Claim, email: str, code: str, number: int, minutes: int) -> None:
    """Send a code to an address of the organization, in the claimant's language."""
    letter = Letter(
        f"claim:{claim.pk}:code:{number}",
        _("Su código para %(organization)s en Racimo: %(code)s"),
        _(
            "%(person)s dice hablar en nombre de %(organization)s en Racimo.\n\n"
            "Si es así, escriba este código en la página:\n\n    %(code)s\n\n"
            "Sirve una sola vez, durante %(minutes)d minutos:\n%(link)s\n\n"
            "Si nadie de su organización lo pidió, no comparta el código y no haga nada.\n"
        ),
        {**_names(claim), "code": code, "minutes": minutes},
        ("firms:claim", (claim.organization.public_id,)),
    )
    write_to(letter, email=email, language=claim.claimant.language)


def tell_of_dispute(*, claim: Claim) -> None:
    """Tell the people of an organization at once that somebody else says it is theirs."""
    letter = Letter(
        f"claim:{claim.pk}:dispute",
        _("Otra persona dice representar a %(organization)s"),
        _(
            "%(person)s pidió administrar %(organization)s en Racimo.\n\n"
            "Nada cambia por ahora: ustedes siguen administrándola. El equipo de Racimo mirará "
            "las pruebas y decidirá. Si algo no está bien, denúncielo en la página de su "
            "organización:\n%(link)s\n"
        ),
        _names(claim),
        ("firms:organization", (claim.organization.public_id,)),
    )
    _to_contacts(letter, claim)


def tell_of_acceptance(*, claim: Claim) -> None:
    """Tell the claimant, and whoever was a contact before, that the claim was accepted."""
    names, page = _names(claim), ("firms:organization", (claim.organization.public_id,))
    own = Letter(
        f"claim:{claim.pk}:accepted",
        _("Ya administra %(organization)s en Racimo"),
        _(
            "Comprobamos que usted habla en nombre de %(organization)s.\n\n"
            "Ya puede completar su ficha, publicar e invitar a su equipo:\n%(link)s\n"
        ),
        names,
        page,
    )
    others = Letter(
        f"claim:{claim.pk}:contacts",
        _("%(person)s ahora administra %(organization)s en Racimo"),
        _(
            "%(person)s demostró hablar en nombre de %(organization)s y ahora la administra.\n\n"
            "Si no es correcto, denúncielo en la página de la organización:\n%(link)s\n"
        ),
        names,
        page,
    )
    write_to_person(own, person=claim.claimant)
    _to_contacts(others, claim)


def ask_to_vouch(*, claim: Claim, voucher: Organization) -> None:
    """Ask the administrators of a body for their word."""
    letter = Letter(
        f"claim:{claim.pk}:vouch",
        _("¿Conoce a quien representa a %(organization)s?"),
        _(
            "%(person)s pidió que %(voucher)s confirme que representa a %(organization)s.\n\n"
            "Mire el pedido y responda solo si le consta:\n%(link)s\n"
        ),
        {**_names(claim), "voucher": voucher.name},
        ("firms:claim-vouch", (claim.public_id,)),
    )
    people = voucher.memberships.filter(role=Role.ADMINISTRATOR).exclude(user=claim.claimant)
    for membership in people.select_related("user").order_by("pk"):
        write_to_person(letter, person=membership.user)


def tell_of_refused_word(*, claim: Claim) -> None:
    """Tell the claimant that the body would not vouch, and what else they can do."""
    letter = Letter(
        f"claim:{claim.pk}:unvouched",
        _("No confirmaron su pedido sobre %(organization)s"),
        _(
            "La entidad a la que pidió confirmar que representa a %(organization)s respondió que "
            "no le consta.\n\nPuede usar otra prueba, por ejemplo un documento:\n%(link)s\n"
        ),
        _names(claim),
        ("firms:claim", (claim.organization.public_id,)),
    )
    write_to_person(letter, person=claim.claimant)


def tell_of_removal(*, claim: Claim) -> None:
    """Tell who asked that the record is hidden from now on."""
    letter = Letter(
        f"claim:{claim.pk}:hidden",
        _("Ocultamos el registro de %(organization)s"),
        _(
            "El registro de %(organization)s ya no se ve en Racimo, y ninguna importación lo "
            "traerá de vuelta. El equipo revisará el pedido y le escribirá.\n\n%(link)s\n"
        ),
        _names(claim),
    )
    write_to_person(letter, person=claim.claimant)
    _to_contacts(letter, claim)


def _names(claim: Claim) -> dict[str, object]:
    return {"organization": claim.organization.name, "person": str(claim.claimant)}


def _to_contacts(letter: Letter, claim: Claim) -> None:
    """Write to administrators, earlier claimants and the role address, the claimant left out."""
    organization = claim.organization
    people = {
        membership.user.email.lower(): membership.user.language
        for membership in organization.memberships.select_related("user").order_by("pk")
        if membership.role == Role.ADMINISTRATOR
    }
    earlier = organization.claims.filter(status="accepted").select_related("claimant")
    people |= {row.claimant.email.lower(): row.claimant.language for row in earlier.order_by("pk")}
    if organization.role_email:
        people.setdefault(organization.role_email.lower(), organization.language)
    people.pop(claim.claimant.email.lower(), None)
    for email, language in people.items():
        write_to(letter, email=email, language=language)
