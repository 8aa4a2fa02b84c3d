"""Letters about introductions: what happened, in one screen, with buttons that need no sign-in.

Nobody's contact data stands in them, but in the one that follows the consent of both.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.languages import site_language
from accounts.models import MailKind, User
from accounts.services.notices import Notice, notify
from common.mail import send
from matching.introductions.clock import Step
from matching.introductions.machine import waits_on
from matching.introductions.states import Actor, Event, State
from matching.models import Introduction, SharedContact
from matching.policies.introductions import editors_of, managers_of, may_know_receiver
from matching.services.introductions.links import SEE, link_to

Button = tuple[str, str]
KINDS = (MailKind.INTRODUCTIONS,)
BRAND = "#1f4e5a"


@dataclass(frozen=True)
class Note:
    """A letter in one language: paragraphs, then buttons (label, address)."""

    subject: str
    paragraphs: Sequence[str]
    buttons: Sequence[Button] = field(default_factory=tuple)


Writer = Callable[[Introduction, User], Note]


def write(introduction: Introduction, occasion: str, people: Iterable[User], writer: Writer) -> int:
    """Write to each person in their language, once per occasion; return how many were new."""
    count = 0
    for person in people:
        with override(site_language(person.language)):
            note = writer(introduction, person)
            dedup = f"introduction:{introduction.pk}:{occasion}"
            notice = Notice(KINDS, dedup, note.subject, plain(note), html(note))
            count += notify(notice, person=person)
    return count


def plain(note: Note) -> str:
    """Return a letter as text."""
    links = [f"{label}:\n{address}" for label, address in note.buttons]
    return "\n\n".join([*note.paragraphs, *links, "Racimo"]) + "\n"


def html(note: Note) -> SafeString:
    """Return the same as the inside of a page; what people wrote is escaped."""
    paragraphs = format_html_join("", "<p>{}</p>", ((text,) for text in note.paragraphs))
    cell = (
        '<p><table cellpadding="12" cellspacing="0"><tr><td bgcolor="{}"><a href="{}">'
        '<font color="#ffffff"><b>{}</b></font></a></td></tr></table></p>'
    )
    buttons = format_html_join("", cell, ((BRAND, url, text) for text, url in note.buttons))
    return paragraphs + buttons


def page_of(introduction: Introduction) -> str:
    """Return the address of an introduction's page."""
    path = reverse("matching:introduction", args=[introduction.public_id])
    return f"{settings.SITE_ORIGIN}{path}"


def list_page() -> str:
    """Return the address of the list of one's introductions."""
    return f"{settings.SITE_ORIGIN}{reverse('matching:introductions')}"


def receivers(introduction: Introduction) -> list[User]:
    """Return who writes for the receiving organization."""
    return [row.user for row in editors_of(introduction.to_organization_id)]


def authors(introduction: Introduction) -> list[User]:
    """Return who asked, if they still write for the asking organization, else all who do."""
    people = [row.user for row in editors_of(introduction.from_organization_id)]
    return [each for each in people if each.pk == introduction.asked_by_id] or people


def brokers(introduction: Introduction) -> list[User]:
    """Return who took it over, else who manages the cluster, else the team."""
    people = [row.user for row in managers_of(introduction.cluster_id)]
    team = User.objects.filter(is_staff=True, is_active=True).order_by("pk")
    return [p for p in people if p.pk == introduction.broker_id] or people or list(team[:5])


def receiver_name(introduction: Introduction) -> str:
    """Return what the author may read of who receives."""
    if may_know_receiver(introduction, frozenset({Actor.AUTHOR}), reads=False):
        return introduction.to_organization.name
    return _("una organización que prefiere no decir su nombre")


def title_of(introduction: Introduction) -> str:
    """Return the title of the listing that it is about."""
    return introduction.listing.title if introduction.listing else ""


def _buttons(introduction: Introduction, person: User) -> list[Button]:
    """Return the receiver's four answers."""
    labels = (
        ("accept", _("Sí, hablemos")),
        ("ask", _("Antes, una pregunta")),
        ("decline", _("No, gracias")),
        (SEE, _("Ver todo")),
    )
    side = Actor.RECEIVER
    return [(text, link_to(introduction, person, side, (purpose, 0))) for purpose, text in labels]


def asked(introduction: Introduction, person: User) -> Note:
    """Tell the receiver who wants to talk, and let them answer."""
    names = {"who": introduction.from_organization.name, "title": title_of(introduction)}
    return Note(
        _("%(who)s quiere hablar con ustedes sobre «%(title)s»") % names,
        [
            _("%(who)s pide una presentación por «%(title)s».") % names,
            introduction.purpose,
            *([_("Quieren saber: %s") % introduction.question] if introduction.question else []),
            _("Quiénes son: %s") % introduction.presentation,
            _("Responda con un toque; no hace falta entrar. Sus datos de contacto solo se muestran "
              "si usted acepta."),
        ],
        _buttons(introduction, person),
    )  # fmt: skip


def nudged(introduction: Introduction, person: User) -> Note:
    """Remind the receiver; how often they were reminded stands in the occasion."""
    note = asked(introduction, person)
    names = {"who": introduction.from_organization.name}
    return Note(
        _("%(who)s todavía espera su respuesta") % names,
        [_("Un «no, gracias» también ayuda: así buscan a otra organización."), *note.paragraphs],
        note.buttons,
    )


def queued(introduction: Introduction, person: User) -> Note:
    """Ask the manager of the cluster to read an introduction before it is sent."""
    names = {"who": introduction.from_organization.name, "title": title_of(introduction)}
    return Note(
        _("Revise una presentación: %(who)s por «%(title)s»") % names,
        [_("Antes de enviarla, alguien de la gestión la lee."), introduction.purpose],
        [(_("Revisarla"), page_of(introduction))],
    )


def escalated(introduction: Introduction, person: User) -> Note:
    """Ask the manager of the cluster for help with one that nobody answers."""
    names = {"to": introduction.to_organization.name, "who": introduction.from_organization.name}
    return Note(
        _("%(to)s no responde a %(who)s") % names,
        [_("Pasaron diez días y dos recordatorios. Una llamada suya suele bastar.")],
        [(_("Ver la presentación"), page_of(introduction))],
    )


def info_asked(introduction: Introduction, person: User) -> Note:
    """Tell the author what the receiver wants to know first."""
    names = {"to": receiver_name(introduction)}
    return Note(
        _("Antes de aceptar quieren saber algo más"),
        [_("Les respondió %(to)s:") % names, _last_words(introduction)],
        [(_("Responder"), link_to(introduction, person, Actor.AUTHOR, ("reply", 0)))],
    )


def info_given(introduction: Introduction, person: User) -> Note:
    """Tell the receiver what the author answers."""
    names = {"who": introduction.from_organization.name}
    return Note(
        _("%(who)s respondió a su pregunta") % names,
        [_last_words(introduction)],
        _buttons(introduction, person),
    )


def author_nudged(introduction: Introduction, person: User) -> Note:
    """Remind the author that the next word is theirs."""
    purpose = "consent" if introduction.status == "accepted" else "reply"
    return Note(
        _("Falta su respuesta sobre «%s»") % title_of(introduction),
        [_("La otra parte espera. Si no responde, la presentación se cierra.")],
        [(_("Responder"), link_to(introduction, person, Actor.AUTHOR, (purpose, 0)))],
    )


def accepted(introduction: Introduction, person: User) -> Note:
    """Tell the author that it was accepted and that their own consent is missing."""
    return Note(
        _("Aceptaron su presentación por «%s»") % title_of(introduction),
        [_("Para ponerlos en contacto falta que usted comparta sus datos.")],
        [(_("Compartir mis datos"), link_to(introduction, person, Actor.AUTHOR, ("consent", 0)))],
    )


def released(introduction: Introduction, person: User) -> Note:
    """Give each side the other one's contact, after both agreed."""
    other = introduction.contacts.exclude(person=person).get()
    organization = (
        introduction.from_organization
        if other.side == Actor.AUTHOR
        else introduction.to_organization
    )
    return Note(
        _("Ya pueden hablar: %s") % organization.name,
        [
            _("Los dos aceptaron compartir sus datos por «%s».") % title_of(introduction),
            _card(other),
            _("Cuéntenos después en qué quedó: le preguntaremos con un toque."),
        ],
        [(_("Ver la presentación"), page_of(introduction))],
    )


def declined(introduction: Introduction, person: User) -> Note:
    """Tell the author the reason, as advice, and where to go on."""
    reason = introduction.get_decline_reason_display()
    words = _last_words(introduction)
    return Note(
        _("Esta vez no: «%s»") % title_of(introduction),
        [
            _("%(to)s no puede esta vez. Motivo: %(reason)s.")
            % {"to": receiver_name(introduction), "reason": reason},
            *([words] if words else []),
            _("Hay más organizaciones para usted:"),
        ],
        [(_("Ver a quién más pedir"), page_of(introduction))],
    )


def expired(introduction: Introduction, person: User) -> Note:
    """Tell the author kindly that nobody answered, and where to go on."""
    return Note(
        _("No respondieron sobre «%s»") % title_of(introduction),
        [
            _("Esperamos tres semanas, recordamos dos veces y pedimos ayuda a la gestión. No hubo "
              "respuesta, y no es por usted."),
            _("Hay más organizaciones para usted:"),
        ],
        [(_("Ver a quién más pedir"), page_of(introduction))],
    )  # fmt: skip


def written(introduction: Introduction, person: User) -> Note:
    """Tell somebody that there are new messages; what they say is read on the page."""
    return Note(
        _("Mensaje nuevo sobre «%s»") % title_of(introduction),
        [_("Le escribieron en una presentación.")],
        [(_("Leer y responder"), page_of(introduction))],
    )


def _card(contact: SharedContact) -> str:
    return " · ".join(part for part in (contact.name, contact.email, contact.phone) if part)


def _last_words(introduction: Introduction) -> str:
    last = introduction.events.exclude(note="").order_by("made_at", "pk").last()
    return last.note if last else ""


def tell(introduction: Introduction, event: Event | None) -> None:
    """Write to whom an event concerns; None stands for the asking itself."""
    told: dict[Event | None, tuple[Callable[[Introduction], list[User]], Writer]] = {
        Event.RELEASE: (receivers, asked),
        Event.ASK_INFO: (authors, info_asked),
        Event.GIVE_INFO: (receivers, info_given),
        Event.ACCEPT: (authors, accepted),
        Event.CONSENT: (_sharers, released),
        Event.DECLINE: (authors, declined),
        Event.REFUSE: (authors, declined),
        Event.ESCALATE: (brokers, escalated),
        Event.EXPIRE: (authors, expired),
        Event.NUDGE: _nudge_of(introduction),
        None: (receivers, asked) if introduction.sent_at else (brokers, queued),
    }
    if event in told:
        people_of, writer = told[event]
        occasion = f"{event or 'ask'}:{introduction.turn}:{introduction.step}"
        write(introduction, occasion, people_of(introduction), writer)
    if event == Event.NUDGE and introduction.step == Step.NUDGED_TWICE:
        _second_channel(introduction)


def _nudge_of(
    introduction: Introduction,
) -> tuple[Callable[[Introduction], list[User]], Writer]:
    waited = waits_on(State(introduction.status))
    if waited == Actor.BROKER:
        return brokers, queued
    return (authors, author_nudged) if waited == Actor.AUTHOR else (receivers, nudged)


def _second_channel(introduction: Introduction) -> None:
    """Write to the organization's own mailbox too, without a link that answers for a person."""
    other = introduction.to_organization
    if waits_on(State(introduction.status)) != Actor.RECEIVER or not other.role_email:
        return
    with override(site_language(other.language)):
        names = {"who": introduction.from_organization.name}
        note = Note(
            _("%(who)s todavía espera su respuesta") % names,
            [_("Escribimos a las personas de su organización en Racimo y nadie respondió.")],
            [(_("Ver la presentación"), page_of(introduction))],
        )
        dedup = f"introduction:{introduction.pk}:mailbox:{introduction.turn}"
        send(other.role_email, note.subject, plain(note), dedup=dedup)


def _sharers(introduction: Introduction) -> list[User]:
    return [each.person for each in introduction.contacts.select_related("person")]
