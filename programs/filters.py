"""What pages and API narrow programs and calls by."""

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Value
from django.db.models.functions import Coalesce
from django.forms import TextInput
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from clusters.models import AdminUnit, Fold, search_terms
from common.search import validate_search
from programs.catalog import program_places
from programs.models import (
    Call,
    CallQuerySet,
    Instrument,
    PolicyRole,
    Program,
    ProgramQuerySet,
)

MAX_QUERY = 120
OPEN, UPCOMING, CLOSED, ALL = "open", "upcoming", "closed", "all"
STATES = (
    (OPEN, _("Abiertas")),
    (UPCOMING, _("Por abrir")),
    (CLOSED, _("Cerradas o anuladas")),
    (ALL, _("Todas")),
)
WITHIN = ((7, _("En 7 días")), (30, _("En 30 días")), (90, _("En 90 días")))


def _place_label(unit: AdminUnit) -> str:
    return f"{unit.parent.label} · {unit.label}" if unit.parent else unit.label


class _PlaceField(django_filters.fields.ModelChoiceField):
    def label_from_instance(self, obj: AdminUnit) -> str:
        return _place_label(obj)


class _PlaceFilter(django_filters.ModelChoiceFilter):
    field_class = _PlaceField


def _words() -> django_filters.CharFilter:
    return django_filters.CharFilter(
        label=_("Palabras"),
        method="by_words",
        max_length=MAX_QUERY,
        validators=[validate_search],
        widget=TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


def _place() -> _PlaceFilter:
    return _PlaceFilter(
        label=_("Lugar"),
        method="by_place",
        to_field_name="code",
        queryset=lambda request: program_places().select_related("parent"),
        empty_label=_("Todos"),
    )


def _choice(label: Any, choices: Any, method: str, empty: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label, choices=choices, method=method, empty_label=empty
    )


class CallFilter(django_filters.FilterSet):
    """Calls by words, place, what they are for, what they give and when they close."""

    q = _words()
    place = _place()
    role = _choice(_("Para qué"), PolicyRole.choices, "by_role", _("Todo"))
    instrument = _choice(_("Qué entrega"), Instrument.choices, "by_instrument", _("Todo"))
    closes_within = _choice(_("Cierra"), WITHIN, "by_closing", _("Cuando sea"))
    state = _choice(_("Estado"), STATES, "by_state", None)

    class Meta:
        model = Call
        fields: list[str] = []

    def by_words(self, calls: CallQuerySet, _name: str, value: str) -> CallQuerySet:
        """Keep calls whose title, program or agency has every word."""
        rows = calls.annotate(
            words=Fold(
                "title",
                "program__label_es",
                "program__label_pt",
                "program__agency_name",
                Coalesce("program__agency__legal_name", Value("")),
            )
        )
        for word in search_terms(value):
            rows = rows.filter(words__contains=word)
        return rows

    def by_place(self, calls: CallQuerySet, _name: str, value: AdminUnit) -> CallQuerySet:
        """Keep calls of programs that cover a place, or a part of it."""
        return calls.in_territory(value)

    def by_role(self, calls: CallQuerySet, _name: str, value: str) -> CallQuerySet:
        """Keep calls of programs that play a role."""
        return calls.filter(program__policy_role=value)

    def by_instrument(self, calls: CallQuerySet, _name: str, value: str) -> CallQuerySet:
        """Keep calls of programs that give a thing."""
        return calls.filter(program__instruments__contains=[value])

    def by_closing(self, calls: CallQuerySet, _name: str, value: str) -> CallQuerySet:
        """Keep calls with a closing date within some days from now."""
        now = timezone.now()
        return calls.filter(closes_at__gt=now, closes_at__lte=now + dt.timedelta(days=int(value)))

    def by_state(self, calls: CallQuerySet, _name: str, value: str) -> CallQuerySet:
        """Keep calls that are open, still to open, or over, at this moment."""
        now = timezone.now()
        sets = {OPEN: calls.open_on, UPCOMING: calls.upcoming_on, CLOSED: calls.closed_on}
        return sets[value](now) if value in sets else calls


class ProgramFilter(django_filters.FilterSet):
    """Programs by words, place, what they are for and what they give."""

    q = _words()
    place = _place()
    role = _choice(_("Para qué"), PolicyRole.choices, "by_role", _("Todo"))
    instrument = _choice(_("Qué entrega"), Instrument.choices, "by_instrument", _("Todo"))

    class Meta:
        model = Program
        fields: list[str] = []

    def by_words(self, programs: ProgramQuerySet, _name: str, value: str) -> ProgramQuerySet:
        """Keep programs whose name or agency has every word."""
        rows = programs.annotate(
            words=Fold(
                "label_es",
                "label_pt",
                "label_en",
                "objective_es",
                "agency_name",
                Coalesce("agency__legal_name", Value("")),
            )
        )
        for word in search_terms(value):
            rows = rows.filter(words__contains=word)
        return rows

    def by_place(self, programs: ProgramQuerySet, _name: str, value: AdminUnit) -> ProgramQuerySet:
        """Keep programs that cover a place, or a part of it."""
        return programs.in_territory(value)

    def by_role(self, programs: ProgramQuerySet, _name: str, value: str) -> ProgramQuerySet:
        """Keep programs that play a role."""
        return programs.filter(policy_role=value)

    def by_instrument(self, programs: ProgramQuerySet, _name: str, value: str) -> ProgramQuerySet:
        """Keep programs that give a thing."""
        return programs.filter(instruments__contains=[value])
