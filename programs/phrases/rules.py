"""What a criterion asks, as a sentence; for criteria without the agency's own words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programs.phrases.kinds import kind_sentence
from programs.phrases.words import kind_label, listed, size_label, span
from programs.services.labels import Labels

Values = Mapping[str, Any]


def sentence(kind: str, parameters: Values, negated: bool, labels: Labels) -> str:
    """Say what a criterion asks; what cannot be read is said to be so."""
    try:
        if kind in SENTENCES:
            return SENTENCES[kind](parameters, negated, labels)
        said = kind_sentence(kind, parameters, labels)
        return _("Lo contrario de: %(rule)s") % {"rule": said} if negated else said
    except (KeyError, TypeError, ValueError, AttributeError):
        return _("Una condición que no podemos leer")


def _applicant_kind(values: Values, negated: bool, _labels: Labels) -> str:
    names = listed([kind_label(code) for code in values["kinds"]])
    text = _("No ser %(kinds)s") if negated else _("Ser %(kinds)s")
    return text % {"kinds": names}


def _territory(values: Values, negated: bool, labels: Labels) -> str:
    places = listed([labels.unit(path) for path in values["units"]])
    if values.get("where") == "headquarters":
        text = (
            _("No tener la sede principal en %(places)s")
            if negated
            else _("Tener la sede principal en %(places)s")
        )
    else:
        text = _("No tener sedes en %(places)s") if negated else _("Tener una sede en %(places)s")
    return text % {"places": places}


def _size_class(values: Values, negated: bool, _labels: Labels) -> str:
    sizes = listed([size_label(code) for code in values["sizes"]])
    text = _("Tamaño distinto de %(sizes)s") if negated else _("Tamaño: %(sizes)s")
    return text % {"sizes": sizes}


def _activity(values: Values, negated: bool, labels: Labels) -> str:
    names = {"activities": listed([labels.activity(path) for path in values["activities"]])}
    if negated:
        return _("No dedicarse a: %(activities)s") % names
    if "min_age" in values:
        text = _("Dedicarse desde hace al menos %(span)s a: %(activities)s")
        return text % (names | {"span": span(values["min_age"])})
    if values.get("which") == "main":
        return _("Tener como actividad principal: %(activities)s") % names
    return _("Dedicarse a: %(activities)s") % names


def _years(values: Values, negated: bool, _labels: Labels) -> str:
    spans = {name: span(values[name]) for name in ("min", "max", "under") if values.get(name)}
    texts = _FOUNDED if values.get("clock") == "founded" else _STARTED
    text = texts["+".join(spans)]
    said = str(text()) % spans
    return _("Lo contrario de: %(rule)s") % {"rule": said} if negated else said


_STARTED: dict[str, Callable[[], str]] = {
    "min": lambda: _("Al menos %(min)s desde el inicio de actividades"),
    "max": lambda: _("Como máximo %(max)s desde el inicio de actividades"),
    "under": lambda: _("Menos de %(under)s desde el inicio de actividades"),
    "min+max": lambda: _("De %(min)s a %(max)s desde el inicio de actividades"),
    "min+under": lambda: _("De %(min)s a menos de %(under)s desde el inicio de actividades"),
}
_FOUNDED: dict[str, Callable[[], str]] = {
    "min": lambda: _("Al menos %(min)s desde la constitución"),
    "max": lambda: _("Como máximo %(max)s desde la constitución"),
    "under": lambda: _("Menos de %(under)s desde la constitución"),
    "min+max": lambda: _("De %(min)s a %(max)s desde la constitución"),
    "min+under": lambda: _("De %(min)s a menos de %(under)s desde la constitución"),
}


def _women_led(values: Values, negated: bool, _labels: Labels) -> str:
    definitions = {
        "board": _("Más mujeres que hombres en el directorio"),
        "capital": _("Capital en su mayoría de mujeres"),
        "board_and_capital": _("Directorio y capital en su mayoría de mujeres"),
        "board_or_capital": _("Directorio o capital en su mayoría de mujeres"),
    }
    said = definitions.get(values.get("definition", ""))
    if said:
        return _("Lo contrario de: %(rule)s") % {"rule": said} if negated else said
    return _("No estar liderada por mujeres") if negated else _("Estar liderada por mujeres")


def _certificate(values: Values, negated: bool, labels: Labels) -> str:
    names = listed([labels.standard(code) for code in values["standards"]])
    text = _("Sin certificado de %(names)s") if negated else _("Certificado vigente de %(names)s")
    return text % {"names": names}


def _declared(_values: Values, negated: bool, _labels: Labels) -> str:
    return _("Lo contrario de lo que declare") if negated else _("Lo declara la organización")


def _all_of(_values: Values, negated: bool, _labels: Labels) -> str:
    return _("No cumplir a la vez todo esto") if negated else _("Cumplir todo esto")


def _any_of(_values: Values, negated: bool, _labels: Labels) -> str:
    return (
        _("No cumplir ninguna de estas condiciones")
        if negated
        else _("Cumplir una de estas condiciones")
    )


def _k_of_n(values: Values, negated: bool, _labels: Labels) -> str:
    count = values["k"]
    text = (
        ngettext(
            "No cumplir %(count)s o más de estas condiciones",
            "No cumplir %(count)s o más de estas condiciones",
            count,
        )
        if negated
        else ngettext(
            "Cumplir al menos %(count)s de estas condiciones",
            "Cumplir al menos %(count)s de estas condiciones",
            count,
        )
    )
    return text % {"count": count}


def _unless(_values: Values, negated: bool, _labels: Labels) -> str:
    return (
        _("Ni la regla ni sus excepciones")
        if negated
        else _("Cumplir la primera, salvo que se dé una de las excepciones que siguen")
    )


SENTENCES: dict[str, Callable[[Values, bool, Labels], str]] = {
    "applicant_kind": _applicant_kind,
    "territory": _territory,
    "size_class": _size_class,
    "activity": _activity,
    "years_since_start": _years,
    "women_led": _women_led,
    "certificate_held": _certificate,
    "declared": _declared,
    "all_of": _all_of,
    "any_of": _any_of,
    "k_of_n": _k_of_n,
    "unless": _unless,
}
