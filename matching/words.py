"""Reasons in the reader's words: a code and its parameters become a sentence when it is read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clusters.catalog import certificate_standards, classifications
from clusters.models import Scheme
from clusters.policies import visible_clusters
from firms.models import SizeClass
from firms.policies import Actor
from matching.engine.reasons import Reason
from matching.services.results import GateStep, RankedOffer, Relaxation

MAX_REASONS = 3

FEATURES: dict[str, Promise] = {
    "text": gettext_lazy("Texto"),
    "classification": gettext_lazy("Producto"),
    "geography": gettext_lazy("Distancia"),
    "certificates": gettext_lazy("Certificados"),
    "size": gettext_lazy("Tamaño"),
    "freshness": gettext_lazy("Vigencia"),
    "cluster": gettext_lazy("Clúster"),
}


@dataclass(frozen=True)
class Phrasebook:
    """Names that sentences need, read once for a whole page."""

    classifications: dict[tuple[str, str], str] = field(default_factory=dict)
    certificates: dict[int, str] = field(default_factory=dict)
    clusters: dict[int, str] = field(default_factory=dict)

    @classmethod
    def for_reasons(cls, reasons: Iterable[Reason], *, actor: Actor) -> Self:
        """Read the names that these reasons mention: at most three queries."""
        listed = list(reasons)
        codes = {_text(r, "entry") for r in listed if r.code == "same_classification"}
        standards = {pk for r in listed if r.code == "holds_certificates" for pk in _ids(r)}
        clusters = {pk for r in listed if r.code == "same_cluster" for pk in _ids(r)}
        return cls(
            {(c.scheme, c.code): c.label for c in classifications().filter(code__in=codes)}
            if codes
            else {},
            {s.pk: s.label for s in certificate_standards().filter(pk__in=standards)}
            if standards
            else {},
            {c.pk: c.label for c in visible_clusters(actor).filter(pk__in=clusters)}
            if clusters
            else {},
        )

    def sentence(self, reason: Reason) -> str:
        """Say a reason in the reader's language; an empty text when there is nothing to say."""
        speak = _SENTENCES.get(reason.code)
        return speak(self, reason) if speak else ""

    def sentences(self, ranked: RankedOffer) -> list[str]:
        """Say what speaks for an offer: at most three sentences, strongest first."""
        said = (self.sentence(reason) for reason in ranked.reasons)
        return [text for text in said if text][:MAX_REASONS]

    def weakness(self, ranked: RankedOffer) -> str:
        """Say the one thing that speaks against an offer, if any."""
        return self.sentence(ranked.weakness) if ranked.weakness else ""


def bars_of(ranked: RankedOffer) -> list[tuple[str, float | None]]:
    """Return the features that are known of a ranked offer with their names, in a fixed order."""
    values = ((str(name), ranked.features.get(key)) for key, name in FEATURES.items())
    return [(name, value) for name, value in values if value is not None]


def gate_text(step: GateStep) -> str:
    """Name what the organizations left after a gate have in common."""
    return str(_GATES.get(step.code, step.code))


def relaxation_text(relaxation: Relaxation) -> str:
    """Say how many more there would be without one condition."""
    condition = _CONDITIONS.get(relaxation.code)
    if condition is None:
        return ""
    gain = relaxation.gain
    return ngettext(
        "%(condition)s entraría %(count)d organización más.",
        "%(condition)s entrarían %(count)d organizaciones más.",
        gain,
    ) % {"condition": condition, "count": gain}


_GATES: dict[str, Promise] = {
    "open": gettext_lazy("ofrecen algo parecido"),
    "same_field": gettext_lazy("trabajan en ese rubro"),
    "covers_place": gettext_lazy("atienden ese lugar"),
    "within_reach": gettext_lazy("están dentro de su búsqueda"),
    "open_to_contact": gettext_lazy("aceptan contacto"),
    "certificates": gettext_lazy("tienen los certificados que exige"),
    "score": gettext_lazy("calzan lo suficiente"),
}
_CONDITIONS: dict[str, Promise] = {
    "covers_place": gettext_lazy("Si la entrega pudiera hacerse en otro lugar,"),
    "within_reach": gettext_lazy("Si busca más lejos,"),
    "certificates": gettext_lazy("Si no exige certificados,"),
    "open_to_contact": gettext_lazy("Contando las que hoy no reciben contactos,"),
}


def _text(reason: Reason, key: str) -> str:
    return str(reason.params.get(key, ""))


def _number(reason: Reason, key: str) -> int | None:
    value = reason.params.get(key)
    return round(value) if isinstance(value, int | float) else None


def _ids(reason: Reason) -> list[int]:
    value = reason.params.get("ids")
    return [int(each) for each in value] if isinstance(value, list) else []


def _list(words: Iterable[str]) -> str:
    """Join words as a person would: one, two and three."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s y %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def _same_classification(book: Phrasebook, reason: Reason) -> str:
    scheme, code = _text(reason, "scheme"), _text(reason, "entry")
    label = book.classifications.get((scheme, code))
    if not label:
        return ""
    if reason.params.get("exact"):
        name = {"isic4": "CIIU", "hs": "SA", "cpv2008": "CPV"}[Scheme(scheme).value]
        return _("Ofrece justo eso: %(label)s (%(scheme)s %(code)s)") % {
            "label": label,
            "scheme": name,
            "code": code,
        }
    return _("Trabaja en el mismo rubro: %(label)s") % {"label": label}


def _terms(book: Phrasebook, reason: Reason) -> str:
    terms = reason.params.get("terms")
    if not isinstance(terms, list) or not terms:
        return ""
    return _("Su oferta habla de %(words)s") % {"words": _list(str(term) for term in terms[:4])}


def _covers_place(book: Phrasebook, reason: Reason) -> str:
    rule = _text(reason, "rule")
    if rule == "radius":
        return _("Atiende hasta %(km)s km y usted está a %(distance)s km") % {
            "km": _number(reason, "km"),
            "distance": _number(reason, "distance_km"),
        }
    return {
        "territories": _("Su zona de servicio incluye ese lugar"),
        "national": _("Atiende en todo el país"),
        "worldwide": _("Atiende en cualquier país"),
    }.get(rule, "")


def _near(book: Phrasebook, reason: Reason) -> str:
    distance = _number(reason, "distance_km")
    if distance is None:
        return ""
    if distance < 1:
        return _("Está en el mismo lugar")
    return _("Está a %(distance)s km") % {"distance": distance}


def _far(book: Phrasebook, reason: Reason) -> str:
    return _("Está a %(distance)s km") % {"distance": _number(reason, "distance_km")}


def _holds_certificates(book: Phrasebook, reason: Reason) -> str:
    names = [book.certificates[pk] for pk in _ids(reason) if pk in book.certificates]
    return _("Tiene vigente %(names)s, como usted pidió") % {"names": _list(names)} if names else ""


def _same_cluster(book: Phrasebook, reason: Reason) -> str:
    names = [book.clusters[pk] for pk in _ids(reason) if pk in book.clusters]
    return _("Está en su mismo clúster: %(names)s") % {"names": _list(names)} if names else ""


def _size_name(reason: Reason) -> str:
    size = _text(reason, "size")
    return str(SizeClass(size).label).lower() if size in SizeClass.values else ""


def _wanted_size(book: Phrasebook, reason: Reason) -> str:
    return _("Tiene el tamaño que prefiere: %(size)s") % {"size": _size_name(reason)}


def _other_size(book: Phrasebook, reason: Reason) -> str:
    return _("Su tamaño es otro: %(size)s") % {"size": _size_name(reason)}


def _fresh(book: Phrasebook, reason: Reason) -> str:
    days = _number(reason, "days") or 0
    if days < 1:
        return _("Publicada hoy")
    return ngettext("Publicada hace %(days)d día", "Publicada hace %(days)d días", days) % {
        "days": days
    }


def _old(book: Phrasebook, reason: Reason) -> str:
    days = _number(reason, "days") or 0
    return ngettext(
        "Sin novedades desde hace %(days)d día", "Sin novedades desde hace %(days)d días", days
    ) % {"days": days}


def _other_classification(book: Phrasebook, reason: Reason) -> str:
    return _("No declara el mismo rubro")


def _few_terms(book: Phrasebook, reason: Reason) -> str:
    return _("Su texto coincide poco con lo que usted escribió")


_SENTENCES: dict[str, Callable[[Phrasebook, Reason], str]] = {
    "same_classification": _same_classification,
    "terms": _terms,
    "covers_place": _covers_place,
    "near": _near,
    "far": _far,
    "holds_certificates": _holds_certificates,
    "same_cluster": _same_cluster,
    "wanted_size": _wanted_size,
    "other_size": _other_size,
    "fresh": _fresh,
    "old": _old,
    "other_classification": _other_classification,
    "few_terms": _few_terms,
}
