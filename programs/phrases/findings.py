"""What was found of an organization, as a sentence: what is known, and what is not."""

import datetime as dt
from collections.abc import Callable

from django.utils.translation import gettext as _

from common import formats
from programs.eligibility.facts import FactName, Origin, Provenance
from programs.eligibility.findings import Finding, Reason
from programs.phrases.facts import fact_label
from programs.phrases.limits import interval
from programs.phrases.words import kind_label, listed, size_label, word_label
from programs.services.labels import Labels

RANGE_PARTS = 3  # low, high and unit


def known(finding: Finding, labels: Labels) -> str:
    """Say what a finding rests on, or what is missing."""
    if finding.reason is Reason.UNREADABLE or finding.fact is None:
        return _("No podemos leer esta condición; revísela en las bases")
    return SAID.get(finding.fact, _generic)(finding, labels)


def provenance(told: Provenance | None) -> str:
    """Say where a fact comes from, and as of when."""
    if told is None:
        return ""
    day = formats.day(told.as_of, length="medium") if told.as_of else ""
    dated = {
        Origin.PROFILE: _("según el perfil, confirmado el %(day)s"),
        Origin.VERIFIED: _("verificado el %(day)s"),
        Origin.LISTED: _("según %(source)s, %(day)s"),
        Origin.DECLARED: _("declarado el %(day)s"),
    }
    undated = {
        Origin.PROFILE: _("según el perfil"),
        Origin.VERIFIED: _("verificado"),
        Origin.LISTED: _("según %(source)s"),
        Origin.DECLARED: _("declarado"),
    }
    text = (dated if day else undated)[told.origin]
    return text % {"day": day, "source": told.source}


def _day(text: str) -> str:
    return formats.day(dt.date.fromisoformat(text))


def _kind(finding: Finding, _labels: Labels) -> str:
    return _("Está registrada como %(kind)s") % {"kind": listed(_named(kind_label, finding))}


def _named(label: Callable[[str], str], finding: Finding) -> list[str]:
    return [label(code) for code in finding.used]


def _places(finding: Finding, labels: Labels) -> str:
    places = {"places": listed(_named(labels.unit, finding))}
    if finding.reason is Reason.MISSING:
        return _("No sabemos dónde está su sede principal")
    if finding.reason is Reason.TOO_BROAD:
        return _("Está en %(places)s, pero no sabemos en qué parte") % places
    if finding.reason is Reason.LISTED:
        return _("Tiene sede en %(places)s") % places
    return _("Sus sedes están en %(places)s") % places


def _sizes(finding: Finding, _labels: Labels) -> str:
    sizes = {"sizes": listed(_named(size_label, finding))}
    if finding.reason is Reason.MISSING:
        return _("No sabemos su tamaño")
    if finding.reason is Reason.STRADDLES:
        return _("Puede ser %(sizes)s") % sizes
    return _("Tamaño registrado: %(sizes)s") % sizes


def _activities(finding: Finding, labels: Labels) -> str:
    names = {"activities": listed(_named(labels.activity, finding))}
    if finding.reason is Reason.MISSING and finding.used:
        return _("No sabemos desde cuándo se dedica a: %(activities)s") % names
    if finding.reason is Reason.MISSING:
        return _("No sabemos a qué se dedica")
    if finding.reason is Reason.TOO_BROAD:
        return _("Su actividad está registrada en general: %(activities)s") % names
    if finding.reason is Reason.TOO_YOUNG and finding.flips_on:
        day = formats.day(finding.flips_on)
        return _("Cumple el tiempo en su actividad el %(day)s") % {"day": day}
    if finding.reason is Reason.LISTED:
        return _("Se dedica a: %(activities)s") % names
    return _("Su actividad registrada: %(activities)s") % names


def _started(finding: Finding, _labels: Labels) -> str:
    if finding.reason is Reason.MISSING:
        return _("No sabemos cuándo inició actividades")
    text = {
        Reason.TOO_YOUNG: _("Inició actividades el %(start)s: lo cumple el %(flip)s"),
        Reason.TOO_OLD: _("Inició actividades el %(start)s: ya pasó el plazo"),
    }.get(finding.reason)
    return _dated(finding, text or _("Inició actividades el %(start)s"))


def _founded(finding: Finding, _labels: Labels) -> str:
    if finding.reason is Reason.MISSING:
        return _("No sabemos cuándo se constituyó")
    text = {
        Reason.TOO_YOUNG: _("Se constituyó el %(start)s: lo cumple el %(flip)s"),
        Reason.TOO_OLD: _("Se constituyó el %(start)s: ya pasó el plazo"),
    }.get(finding.reason)
    return _dated(finding, text or _("Se constituyó el %(start)s"))


def _dated(finding: Finding, text: str) -> str:
    flip = formats.day(finding.flips_on) if finding.flips_on else ""
    said = text % {"start": _day(finding.used[0]), "flip": flip}
    if flip and finding.reason in (Reason.OLD_ENOUGH, Reason.YOUNG_ENOUGH):
        return _("%(fact)s; lo cumple hasta antes del %(flip)s") % {"fact": said, "flip": flip}
    return said


def _women_led(finding: Finding, _labels: Labels) -> str:
    texts = {
        Reason.SAID_YES: _("Está liderada por mujeres"),
        Reason.SAID_NO: _("No está liderada por mujeres"),
    }
    return texts.get(finding.reason, _("No sabemos si está liderada por mujeres"))


def _certificates(finding: Finding, labels: Labels) -> str:
    if finding.reason is Reason.MISSING:
        return _("No vemos este certificado en el perfil")
    values = {
        "name": labels.standard(finding.used[0]),
        "day": _day(finding.used[1]) if len(finding.used) > 1 else "",
    }
    if finding.reason is Reason.EXPIRED:
        return _("%(name)s: venció el %(day)s") % values
    if finding.reason is Reason.NOT_YET_IN_FORCE:
        return _("%(name)s: vale desde el %(day)s") % values
    if values["day"]:
        return _("%(name)s: vigente hasta el %(day)s") % values
    return _("%(name)s: vigente") % values


def _declarations(finding: Finding, _labels: Labels) -> str:
    texts = {
        Reason.SAID_YES: _("La organización dice que sí"),
        Reason.SAID_NO: _("La organización dice que no"),
    }
    return texts.get(finding.reason, _("Solo la organización puede confirmarlo"))


def _generic(finding: Finding, labels: Labels) -> str:
    """Say a fact that goes by a number or by words."""
    if finding.fact is None:
        return ""
    name = {"fact": fact_label(finding.fact)}
    fixed = {
        Reason.MISSING: _("Falta este dato: %(fact)s"),
        Reason.NO_AWARD: _("%(fact)s: ninguno"),
    }
    if finding.reason in fixed:
        return fixed[finding.reason] % name
    values = name | {"value": _value(finding, labels)}
    texts = {
        Reason.NO_UNIT_VALUE: _("%(fact)s: no tenemos el valor de %(value)s para esa fecha"),
        Reason.TOO_FEW_YEARS: _("%(fact)s: solo hay datos de %(value)s"),
        Reason.STRADDLES: _("%(fact)s: %(value)s; falta el dato exacto"),
        Reason.TOO_BROAD: _("%(fact)s: %(value)s; falta saber en qué parte"),
    }
    return texts.get(finding.reason, _("%(fact)s: %(value)s")) % values


def _value(finding: Finding, labels: Labels) -> str:
    in_numbers = (Reason.IN_RANGE, Reason.OUT_OF_RANGE, Reason.STRADDLES)
    if finding.reason in in_numbers and len(finding.used) == RANGE_PARTS:
        return interval(*finding.used)
    if finding.fact is FactName.EXECUTION_PLACES:
        return listed(_named(labels.unit, finding))
    if finding.fact is FactName.FIRST_INVOICE_ON:
        return _day(finding.used[0])
    return ", ".join(_named(word_label, finding))


SAID: dict[FactName, Callable[[Finding, Labels], str]] = {
    FactName.KIND: _kind,
    FactName.PLACES: _places,
    FactName.SIZES: _sizes,
    FactName.ACTIVITIES: _activities,
    FactName.STARTED_ON: _started,
    FactName.FOUNDED_ON: _founded,
    FactName.WOMEN_LED: _women_led,
    FactName.CERTIFICATES: _certificates,
    FactName.DECLARATIONS: _declarations,
}
