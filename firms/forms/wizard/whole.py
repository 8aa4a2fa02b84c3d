"""All steps of one draft together: what was answered, what is missing, what it makes."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict

from accounts.languages import language_of
from clusters.catalog import open_clusters
from clusters.models import AdminUnit, Cluster
from clusters.pickers import LOOK, SearchableForm
from firms.candidates.clusters import suggested_clusters
from firms.forms.wizard.kinds import likely_kind
from firms.forms.wizard.place import PlaceStep
from firms.forms.wizard.profile import ProfileStep
from firms.forms.wizard.steps import ActivityStep, IdentityStep, KindStep, as_content
from firms.identifiers import Checked
from firms.services.organizations import OrganizationContent
from firms.services.wizard.finishing import NewOrganization, PlaceContent

IDENTITY, MATCHES, KIND, ACTIVITY, PLACE, PROFILE, REVIEW = (
    "identity",
    "matches",
    "kind",
    "activity",
    "place",
    "profile",
    "review",
)
STEPS = (IDENTITY, KIND, ACTIVITY, PLACE, PROFILE, REVIEW)
ASKING = STEPS[:-1]
APART = {"csrfmiddlewaretoken", "intent", LOOK}
Stored = Mapping[str, Mapping[str, Sequence[str]]]


def answers_in(data: Mapping[str, Any]) -> dict[str, list[str]]:
    """Return what a browser sent for a step, without what is not an answer."""
    if not isinstance(data, MultiValueDict):
        return {}
    return {name: data.getlist(name) for name in data if name not in APART}


class Registration:
    """The forms of a draft, each filled in with its answers and judged anew."""

    def __init__(self, answers: Stored, *, page_language: str = "es") -> None:
        self.answers = answers
        self.language = language_of(page_language)
        self._forms: dict[str, SearchableForm] = {}

    def form(self, step: str, data: MultiValueDict[str, str] | None = None) -> SearchableForm:
        """Return the form of a step: as just sent, else as kept, else new."""
        kept = self.answers.get(step)
        if data is None and kept is not None:
            data = MultiValueDict({name: list(values) for name, values in kept.items()})
        return self._build(step, data)

    def is_done(self, step: str) -> bool:
        """Say whether a step was answered well."""
        return self._judged(step).is_valid()

    @property
    def first_open(self) -> str:
        """The first step that still wants an answer; the review when none does."""
        return next((step for step in ASKING if not self.is_done(step)), REVIEW)

    def given(self, step: str) -> dict[str, Any]:
        """Return a step's answers as values, as far as they are right."""
        form = self._judged(step)
        form.is_valid()
        return getattr(form, "cleaned_data", {})

    @property
    def country(self) -> AdminUnit | None:
        """The country, once it is known."""
        return self.given(IDENTITY).get("country")

    @property
    def number(self) -> Checked | None:
        """The tax number, once it is known to be one."""
        return self.given(IDENTITY).get("checked")

    @property
    def title(self) -> str:
        """What the draft is called in a list: the name as it was typed."""
        names = self.answers.get(IDENTITY, {}).get("legal_name") or [""]
        return names[0].strip()

    @cached_property
    def clusters(self) -> list[Cluster]:
        """Clusters that fit the place and the activities."""
        if not self.is_done(PLACE):
            return []
        where = self.place()
        return suggested_clusters(
            open_clusters(),
            unit=where.admin_unit,
            point=where.point,
            activities=self.given(ACTIVITY).get("activities") or [],
        )

    def content(self) -> NewOrganization:
        """Return what the last step makes of the answers; all steps must be done."""
        identity, profile = self.given(IDENTITY), self.given(PROFILE)
        numbers = [as_content(self.number)] if self.number else []
        if profile.get("ror"):
            numbers.append(profile["ror"])
        own = ("size_class", "trade_name", "acronym", "activity_start_on", "website")
        return NewOrganization(
            profile=OrganizationContent(
                kind=self.given(KIND)["kind"],
                legal_name=identity["legal_name"],
                country=identity["country"],
                language=self.language,
                one_line=self.given(ACTIVITY)["one_line"],
                activities=self.given(ACTIVITY)["activities"],
                **{name: profile[name] for name in own if name in profile},
            ),
            place=self.place(),
            numbers=numbers,
            clusters=list(profile.get("clusters") or []),
            member_count=profile.get("member_count"),
            agency_level=profile.get("agency_level", ""),
            agency_units=list(profile.get("agency_units") or []),
        )

    def place(self) -> PlaceContent:
        """Return where it is; the step must be done."""
        form = self._judged(PLACE)
        if not isinstance(form, PlaceStep):
            raise TypeError(PLACE)
        return form.place()

    def _judged(self, step: str) -> SearchableForm:
        if step not in self._forms:
            self._forms[step] = self.form(step)
        return self._forms[step]

    def _build(self, step: str, data: MultiValueDict[str, str] | None) -> SearchableForm:
        if step == IDENTITY:
            return IdentityStep(data)
        if step == KIND:
            return KindStep(data, has_number=self.number is not None, likely=self._likely())
        if step == ACTIVITY:
            return ActivityStep(data)
        if step == PLACE:
            return PlaceStep(data, country=self._known_country())
        return ProfileStep(
            data,
            kind=self.given(KIND)["kind"],
            country=self._known_country(),
            clusters=self.clusters,
        )

    def _known_country(self) -> AdminUnit:
        if self.country is None:  # steps after the first are reached with one
            raise LookupError(IDENTITY)
        return self.country

    def _likely(self) -> str:
        number = self.number
        scheme, normalized = (number.scheme, number.normalized) if number else ("", "")
        return likely_kind(self.title, scheme, normalized)
