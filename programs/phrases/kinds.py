"""What the kinds of conditions that go by a number, a word or a yes ask, as a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from programs.eligibility.kinds import Kind, read_rule
from programs.eligibility.rules.amounts import Between, MoneyBetween, SpendingHead
from programs.eligibility.rules.base import Rule
from programs.eligibility.rules.declared import Affirmed, Clear
from programs.eligibility.rules.partners import PartnerOfKind
from programs.eligibility.rules.place import ExecutionIn
from programs.eligibility.rules.sales import ImportsShare, YearlyBetween
from programs.eligibility.rules.standing import Earlier, HeldInForce, PreviousAward
from programs.eligibility.rules.words import Among
from programs.eligibility.values import Limits
from programs.phrases.facts import fact_label
from programs.phrases.limits import limits, quantity
from programs.phrases.words import kind_label, listed, span, word_label
from programs.services.labels import Labels


def kind_sentence(kind: str, values: Mapping[str, Any], labels: Labels) -> str:
    """Say what a condition asks.

    Raises:
        KeyError, ValueError: the kind or its values cannot be read.
    """
    if kind in (Kind.CONSTITUTED, Kind.NOT_STARTED):
        return _yes(kind)
    rule = read_rule(Kind(kind), values)
    return WORDS[type(rule)](rule, labels)


def _within(found: Limits, unit: str = "") -> str:
    return limits(found.minimum, found.maximum, found.under, unit)


def _named(fact: Any, said: str) -> str:
    return _("%(fact)s: %(value)s") % {"fact": fact_label(fact), "value": said}


def _between(rule: Between, _labels: Labels) -> str:
    return _named(rule.fact, _within(rule.limits))


def _money(rule: MoneyBetween, _labels: Labels) -> str:
    return _named(rule.fact, _within(rule.limits, rule.unit))


def _yearly(rule: YearlyBetween, _labels: Labels) -> str:
    said = _named(rule.money.fact, _within(rule.money.limits, rule.money.unit))
    notes = []
    if rule.years > 1:
        notes.append(_("promedio de %(years)s años") % {"years": rule.years})
    if rule.less_exports is not None:
        share = {"share": quantity(rule.less_exports, "%")}
        notes.append(_("sin contar exportaciones, hasta el %(share)s") % share)
    if rule.per_member:
        notes.append(_("por asociado"))
    return f"{said} ({', '.join(notes)})" if notes else said


def _imports(rule: ImportsShare, _labels: Labels) -> str:
    text = _("Bienes importados de hasta el %(share)s de las ventas")
    return text % {"share": quantity(rule.maximum, "%")}


def _spending(rule: SpendingHead, _labels: Labels) -> str:
    head = {"head": word_label(rule.head), "value": _within(rule.limits, "%")}
    return _("Gasto en %(head)s: %(value)s") % head


def _among(rule: Among, _labels: Labels) -> str:
    names = [word_label(value) for value in rule.values]
    if rule.every:
        return _("%(fact)s: todo esto: %(value)s") % {
            "fact": fact_label(rule.fact),
            "value": ", ".join(names),
        }
    return _named(rule.fact, listed(names))


def _held(rule: HeldInForce, _labels: Labels) -> str:
    names = {"names": listed([word_label(code) for code in rule.codes])}
    if rule.max_age:
        return _("Vigente y de hace no más de %(span)s: %(names)s") % (
            names | {"span": span(str(rule.max_age))}
        )
    return _("Inscripción o constancia vigente de %(names)s") % names


def _clear(rule: Clear, _labels: Labels) -> str:
    names = {"names": listed([word_label(item) for item in rule.items])}
    texts = {"no-debt": _("Sin deudas: %(names)s"), "not-in-register": _("No figura en: %(names)s")}
    return texts[rule.matter] % names


def _previous(rule: PreviousAward, _labels: Labels) -> str:
    texts = {
        Earlier.NONE: _("No haber recibido antes apoyo de %(programs)s"),
        Earlier.REQUIRED: _("Haber recibido antes apoyo de %(programs)s"),
        Earlier.NONE_FAILED: _(
            "Ningún apoyo anterior de %(programs)s terminado por incumplimiento"
        ),
    }
    programs = listed(list(rule.programs)) if rule.programs else _("ningún programa")
    said = texts[rule.earlier] % {"programs": programs}
    if rule.cooling_off:
        return _("%(rule)s en los últimos %(span)s") % {
            "rule": said,
            "span": span(str(rule.cooling_off)),
        }
    return said


def _partner(rule: PartnerOfKind, _labels: Labels) -> str:
    names = listed([kind_label(kind) for kind in rule.kinds])
    return _("Al menos %(count)s entre los socios: %(kinds)s") % {
        "count": rule.count,
        "kinds": names,
    }


def _execution(rule: ExecutionIn, labels: Labels) -> str:
    places = {"places": listed([labels.unit("/".join(unit)) for unit in rule.units])}
    text = _("Ejecutarse solo en %(places)s") if rule.every else _("Ejecutarse en %(places)s")
    return text % places


def _affirmed(rule: Affirmed, _labels: Labels) -> str:
    return _yes(rule.question)


def _yes(question: str) -> str:
    texts = {
        "constituted": _("Estar constituida"),
        "not_started": _("No haber iniciado actividades"),
        "not-started": _("No haber iniciado actividades"),
        "independent": _("Ser independiente de un grupo que supere estos límites"),
        "not-barred": _("No tener impedimento para contratar con el Estado"),
        "not-insolvent": _("No estar en concurso ni en quiebra"),
        "not-in-difficulty": _("No ser una empresa en crisis"),
        "clean-record": _("Representantes legales sin antecedentes"),
        "no-conflict": _("Sin vínculo con quienes dirigen o evalúan el programa"),
        "no-double-funding": _("Gastos que no paga otro fondo público"),
        "youth-led": _("Estar liderada por jóvenes"),
        "civil-purpose": _("Fin solo civil"),
    }
    return texts[question]


WORDS: dict[type[Rule], Callable[[Any, Labels], str]] = {
    Between: _between,
    MoneyBetween: _money,
    YearlyBetween: _yearly,
    ImportsShare: _imports,
    SpendingHead: _spending,
    Among: _among,
    HeldInForce: _held,
    Clear: _clear,
    PreviousAward: _previous,
    PartnerOfKind: _partner,
    ExecutionIn: _execution,
    Affirmed: _affirmed,
}
