"""All steps of a need that is being written: what was said, what was heard, what it makes."""

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from clusters.catalog import classification_key
from clusters.models import City, Classification, Scheme
from clusters.pickers import LOOK, SearchableForm
from common.formats import number
from firms.models import ListingVisibility, NeedKind, Organization, Partnership, Reach, Urgency
from firms.services.listings import NeedContent, Place, place_of
from matching.forms.writing import (
    REVIEW,
    SENTENCE,
    STEPS,
    WHAT,
    WHERE,
    WHO,
    SentenceStep,
    WhatStep,
    WhereStep,
    WhoStep,
)
from matching.services.results import NeedDraft
from matching.services.sentence import Sentence, language_written, read_sentence

APART = {"csrfmiddlewaretoken", "intent", "relax", "live", LOOK}
MAX_TITLE = 160
DEALS = {"pay": Partnership.SUPPLY, "together": Partnership.INVESTMENT}
Stored = Mapping[str, Mapping[str, Sequence[str]]]


def answers_in(data: MultiValueDict[str, str]) -> dict[str, list[str]]:
    """Return what a browser sent for a step, without what is not an answer."""
    return {name: data.getlist(name) for name in data if name not in APART}


class WrittenNeed:
    """The forms of a sketch; a step that was not answered yet says what the sentence said."""

    def __init__(
        self, answers: Stored, *, organizations: list[Organization], today: dt.date
    ) -> None:
        self.answers = answers
        self.organizations = organizations
        self.today = today
        self._forms: dict[str, SearchableForm] = {}

    def form(self, step: str, data: MultiValueDict[str, str] | None = None) -> SearchableForm:
        """Return the form of a step: as just sent, else as kept, else as heard."""
        if data is None and step in self._forms:
            return self._forms[step]
        built = self._build(step, MultiValueDict(self._kept(step)) if data is None else data)
        if data is None:
            self._forms[step] = built
        return built

    def is_done(self, step: str) -> bool:
        """Say whether a step was answered, and well."""
        return step in self.answers and self.form(step).is_valid()

    @property
    def first_open(self) -> str:
        """The first step that still wants an answer; the review when none does."""
        return next((step for step in STEPS[:-1] if not self.is_done(step)), REVIEW)

    @property
    def sentence(self) -> str:
        """The sentence as it was written."""
        return " ".join(self._said("q").split())

    @property
    def sector(self) -> str:
        """The sector whose questions are asked."""
        return self._said("sector")

    @cached_property
    def heard(self) -> Sentence:
        """What the sentence says besides."""
        home = self.organizations[0].country.country_code if self.organizations else ""
        return read_sentence(self.sentence, today=self.today, country_code=home)

    @property
    def city(self) -> City | None:
        """The place, as answered or as heard."""
        return self.given(WHERE).get("place")

    def draft(self) -> NeedDraft:
        """Return the need as far as it is known, to count who could serve it."""
        what, where = self.given(WHAT), self.given(WHERE)
        city, km = self.city, where.get("km")
        reach = Reach(where.get("reach", Reach.WORLDWIDE)) if city else Reach.WORLDWIDE
        if reach == Reach.RADIUS and not km:
            reach = Reach.WORLDWIDE
        return NeedDraft(
            text=f"{self.sentence} {self._details()}".strip(),
            classification_ids=tuple(each.pk for each in what.get("classifications") or ()),
            admin_unit_id=(city.admin_unit_id or city.country_id) if city else None,
            point=city.point if city else None,
            reach=reach,
            reach_km=km if reach == Reach.RADIUS else None,
            required_certificate_ids=tuple(each.pk for each in what.get("certificates") or ()),
        )

    @property
    def organization(self) -> Organization | None:
        """The organization that it is for; None when the person has none yet."""
        asked = self.given(WHO).get("organization")
        first = self.organizations[0] if self.organizations else None
        return next((o for o in self.organizations if str(o.public_id) == asked), first)

    def content(self, organization: Organization) -> NeedContent:
        """Return what is published; all steps must be done."""
        what, where, who = self.given(WHAT), self.given(WHERE), self.given(WHO)
        reach = where["reach"]
        deal = DEALS.get(self._said("flow"), Partnership.RESEARCH)
        return NeedContent(
            title=_cut(self.sentence, MAX_TITLE),
            summary=self.sentence if len(self.sentence) > MAX_TITLE else "",
            description=self._details(),
            language=language_written(self.sentence),
            partnerships=[deal],
            place=self._place(organization),
            reach=reach,
            reach_km=where["km"] if reach == Reach.RADIUS else None,
            kind=self._kind(),
            visibility=who["visibility"],
            is_anonymous=who["is_anonymous"],
            open_to_contact=who["open_to_contact"],
            classifications=list(what["classifications"]),
            required_certificates=list(what["certificates"]),
            urgency=where["urgency"],
            deliver_by=where["deliver_by"],
        )

    @property
    def chosen(self) -> list[Classification]:
        """The entries confirmed so far."""
        return list(self.given(WHAT).get("classifications") or ())

    @property
    def conditions(self) -> frozenset[str]:
        """The gates that the author closed and may open again."""
        draft = self.draft()
        held = {
            "certificates": bool(draft.required_certificate_ids),
            "within_reach": draft.reach != Reach.WORLDWIDE,
            "covers_place": draft.point is not None,
        }
        return frozenset(code for code, holds in held.items() if holds)

    def without(self, condition: str) -> tuple[str, dict[str, list[str]]] | None:
        """Return the step that holds a condition, and its answers without it."""
        if condition == "certificates":
            return WHAT, {**self._kept(WHAT), "certificates": []}
        where = self._kept(WHERE)
        if condition == "within_reach":
            return WHERE, {**where, "reach": [Reach.WORLDWIDE], "km": [""]}
        if condition == "covers_place":
            return WHERE, {**where, "reach": [Reach.WORLDWIDE], "km": [""], "place": [""]}
        return None

    @property
    def is_service(self) -> bool:
        """Whether the first product chosen is a service: divisions 45 and from 50 on are."""
        cpv = next((each.code for each in self.chosen if each.scheme == Scheme.CPV2008), "")
        return cpv[:2] == "45" or cpv[:2] >= "50"

    def _kind(self) -> NeedKind:
        if self._said("flow") == "research":
            return NeedKind.RESEARCH
        return NeedKind.SERVICE if self.is_service else NeedKind.PRODUCT

    def _details(self) -> str:
        form = self.form(SENTENCE)
        lines = [form.details()] if isinstance(form, SentenceStep) and form.is_valid() else []
        amount = self.given(WHAT).get("quantity")
        if amount:
            lines.append(_("Cantidad: %(amount)s") % {"amount": amount})
        return "\n".join(line for line in lines if line)

    def _place(self, organization: Organization) -> Place:
        """Return the place named, else the organization's own."""
        site = organization.sites.select_related("city", "admin_unit").order_by("-is_main").first()
        if self.city is not None and (named := place_of(where=self.city)):
            return named
        if site is not None:
            return Place(site.admin_unit, site.point, site.city.name if site.city else "")
        country = place_of(where=organization.country)
        if country is None:
            raise LookupError(organization.country.code)
        return country

    def _said(self, name: str) -> str:
        values = self.answers.get(SENTENCE, {}).get(name) or [""]
        return values[-1].strip()

    def given(self, step: str) -> dict[str, Any]:
        """Return a step's answers as values, as far as they are right."""
        form = self.form(step)
        form.is_valid()
        return getattr(form, "cleaned_data", {})

    def _kept(self, step: str) -> dict[str, list[str]]:
        kept = self.answers.get(step)
        if kept is not None:
            return {name: list(values) for name, values in kept.items()}
        return {name: values for name, values in self._first(step).items() if values != [""]}

    def _first(self, step: str) -> dict[str, list[str]]:
        """Return what an unanswered step begins with."""
        told = self.heard.heard
        if step == SENTENCE:
            return {"flow": [told.flow.value]}
        if step == WHAT:
            amount = told.quantity
            said = f"{number(amount.amount)} {amount.unit}" if amount else ""
            named = [standard.code for standard in self.heard.certificates]
            return {"quantity": [said], "certificates": named}
        if step == WHERE:
            city = self.heard.city
            near = city is not None and told.km is not None
            return {
                "place": [place_name(city)] if city else [""],
                "reach": [Reach.RADIUS if near else Reach.NATIONAL],
                "km": [str(told.km)] if near else [""],
                "urgency": [told.urgency or Urgency.QUARTER],
                "deliver_by": [told.deliver_by.isoformat()] if told.deliver_by else [""],
            }
        first = str(self.organizations[0].public_id) if self.organizations else ""
        public = [ListingVisibility.PUBLIC.value]
        return {"visibility": public, "open_to_contact": ["on"], "organization": [first]}

    def _build(self, step: str, data: MultiValueDict[str, str]) -> SearchableForm:
        if step == SENTENCE:
            return SentenceStep(data, sector=(data.get("sector") or ""))
        if step == WHAT:
            return WhatStep(data)
        if step == WHERE:
            return WhereStep(data)
        return WhoStep(data, organizations=self.organizations)


def place_name(city: City) -> str:
    """Name a city with its division, so that a namesake is not taken for it."""
    return f"{city}, {city.admin_unit or city.country}"


def keys_of(entries: Sequence[Classification]) -> list[str]:
    """Return entries as forms send them."""
    return [classification_key(entry) for entry in entries]


def _cut(text: str, limit: int) -> str:
    """Return the text, cut at a word when it is longer than the limit."""
    if len(text) <= limit:
        return text
    return text[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
