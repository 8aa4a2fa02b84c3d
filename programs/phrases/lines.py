"""Criteria as lines of a page: the agency's words, what is known or missing, how to fix it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from firms.models import Organization
from programs.eligibility.answers import Answer
from programs.eligibility.facts import FactName
from programs.eligibility.findings import Finding, Reason, Result
from programs.eligibility.told import FORMS
from programs.models import Call, EligibilityCriterion
from programs.phrases import findings
from programs.phrases.rules import sentence
from programs.services.labels import Labels

# In which section of the profile a fact is answered, and at which field.
FIELDS = {
    FactName.KIND: ("identity", "id_organization-kind"),
    FactName.PLACES: ("sites", "id_site-0-city"),
    FactName.SIZES: ("size", "id_organization-size_class"),
    FactName.ACTIVITIES: ("about", "id_organization-activities"),
    FactName.STARTED_ON: ("identity", "id_organization-activity_start_on"),
    FactName.FOUNDED_ON: ("identity", "id_organization-founded_on"),
    FactName.CERTIFICATES: ("certificates", "id_certificate-0-standard"),
}
MENDABLE = (Reason.TOO_YOUNG, Reason.EXPIRED, Reason.NOT_YET_IN_FORCE)


@dataclass(frozen=True)
class Line:
    """One criterion as shown. ``state`` is yes, near, unknown, no, or nothing when not judged."""

    key: int
    text: str
    language: str
    clause: str = ""
    state: str = ""
    known: str = ""
    source: str = ""
    fix: str = ""
    fix_url: str = ""
    question: str = ""
    said: bool | None = None
    parts: "tuple[Line, ...]" = ()

    @property
    def telling_parts(self) -> "tuple[Line, ...]":
        """The parts worth reading: those by which a condition is met, or by which it fails."""
        wanted = {"yes": ("yes",), "no": ("no", "near"), "near": ("no", "near")}.get(self.state)
        return tuple(part for part in self.parts if not wanted or part.state in wanted)

    @property
    def is_asked(self) -> bool:
        """Whether the reader is asked right here, so that no other words are needed."""
        return bool(self.question) and self.said is None

    @property
    def points(self) -> "list[Line]":
        """The simple conditions that keep a combined one from being met.

        Of an unknown one, those that could still settle it; of a failed one, those that fail.
        """
        wanted = {"unknown": ("unknown",), "no": ("no", "near"), "near": ("no", "near")}
        states = wanted.get(self.state, ())
        found = []
        for part in self.parts:
            if part.state in states:
                found += part.points if part.parts else [part]
        return found


@dataclass(frozen=True)
class Reader:
    """Whose results are shown, and whether the reader may mend what is missing."""

    organization: Organization
    may_edit: bool
    may_administer: bool = False
    call: Call | None = None


def plain_lines(rows: Sequence[EligibilityCriterion], labels: Labels) -> list[Line]:
    """Return the criteria without any judgment."""
    return [line for _row, line in _grow(rows, {}, labels, None)]


def judged_lines(
    rows: Sequence[EligibilityCriterion],
    results: Iterable[Result],
    labels: Labels,
    reader: Reader,
) -> list[Line]:
    """Return the criteria with what was found of the reader's organization."""
    by_key = {part.criterion: part for result in results for part in _all(result)}
    return [line for _row, line in _grow(rows, by_key, labels, reader)]


def _all(result: Result) -> Iterable[Result]:
    yield result
    for child in result.children:
        yield from _all(child)


def _grow(
    rows: Sequence[EligibilityCriterion],
    results: Mapping[int, Result],
    labels: Labels,
    reader: Reader | None,
) -> Iterable[tuple[EligibilityCriterion, Line]]:
    def under(parent: int | None) -> Iterable[tuple[EligibilityCriterion, Line]]:
        for row in rows:
            if row.parent_id == parent:
                parts = tuple(line for _row, line in under(row.pk))
                yield row, _line(row, parts, results.get(row.pk), labels, reader)

    return under(None)


def _line(
    row: EligibilityCriterion,
    parts: tuple[Line, ...],
    result: Result | None,
    labels: Labels,
    reader: Reader | None,
) -> Line:
    text = row.text or sentence(row.kind, row.parameters, row.negated, labels)
    language = row.language if row.text else ""
    finding = result.finding if result else None
    if result is None or reader is None or finding is None:
        state = _state(result) if result else ""
        return Line(row.pk, text, language, row.source_clause, state, parts=parts)
    fix, fix_url = _fix(result, finding, reader)
    return Line(
        key=row.pk,
        text=text,
        language=language,
        clause=row.source_clause,
        state=_state(result),
        known=findings.known(finding, labels),
        source=findings.provenance(finding.provenance),
        fix=fix,
        fix_url=fix_url,
        question=finding.question if reader.may_edit else "",
        said={Reason.SAID_YES: True, Reason.SAID_NO: False}.get(finding.reason),
        parts=parts,
    )


def _state(result: Result) -> str:
    if result.answer is Answer.FAIL:
        leaves = [leaf for leaf in result.leaves() if leaf.answer is Answer.FAIL]
        mendable = any(leaf.finding and leaf.finding.reason in MENDABLE for leaf in leaves)
        return "near" if mendable else "no"
    return "yes" if result.answer is Answer.PASS else "unknown"


def _fix(result: Result, finding: Finding, reader: Reader) -> tuple[str, str]:
    """Return the words and address of the question or field that would answer or correct this."""
    is_asked = finding.fact in FORMS and result.answer is not Answer.PASS
    if finding.fact and is_asked and reader.may_edit:
        is_unknown = result.answer is Answer.UNKNOWN
        words = _("Responder") if is_unknown else _("¿No es así? Corregir la respuesta")
        return words, _question_address(finding.fact, reader)
    address = _address(finding.fact, reader) if finding.fact else ""
    if result.answer is Answer.PASS or not address or not reader.may_edit:
        return "", ""
    words = _("Responder en el perfil")
    if result.answer is Answer.FAIL:
        corrects = finding.reason not in MENDABLE
        words = _("¿No es así? Corregir el perfil") if corrects else _("Actualizar el perfil")
    return words, address


def _question_address(fact: FactName, reader: Reader) -> str:
    address = reverse("programs:fact-answer", args=[reader.organization.public_id, fact.value])
    return f"{address}?call={reader.call.public_id}" if reader.call else address


def _address(fact: FactName, reader: Reader) -> str:
    """Return the place of the profile that answers a fact, as far as the reader may write it."""
    own = reader.organization.public_id
    if fact is FactName.WOMEN_LED:
        return reverse("firms:leadership-edit", args=[own]) if reader.may_administer else ""
    if fact not in FIELDS:
        return ""
    section, name = FIELDS[fact]
    return f"{reverse('firms:section-edit', args=[own, section])}#{name}"
