"""Programs, calls and verdicts in the API."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from clusters.models import AdminUnit
from common.api.serializers import Labels, StrictModelSerializer, StrictSerializer
from common.api.views import ListOf, OneOf
from firms.api.organizations import OfOwnOrganization
from firms.policies import visible_fields
from programs.filters import CallFilter, ProgramFilter
from programs.models import Call, EligibilityCriterion, Program, Standing
from programs.policies import visible_calls, visible_programs
from programs.services.verdicts import Summary, facts_of, summaries

CRITERION = {
    "type": "object",
    "required": ["kind", "negated", "text", "parameters", "parts"],
    "properties": {
        "kind": {"type": "string"},
        "negated": {"type": "boolean"},
        "text": {"type": "string"},
        "language": {"type": "string"},
        "source_clause": {"type": "string"},
        "parameters": {"type": "object", "additionalProperties": True},
        "parts": {"type": "array", "items": {"type": "object", "additionalProperties": True}},
    },
}


class ProgramSerializer(StrictModelSerializer[Program]):
    """A standing support scheme: what it gives, to whom and where."""

    name = serializers.CharField(source="label", read_only=True)
    names = Labels(source="*", read_only=True)
    agency = serializers.CharField(source="shown_agency", read_only=True)
    objective = serializers.CharField(read_only=True)
    territories: serializers.SlugRelatedField[AdminUnit] = serializers.SlugRelatedField(
        "code", many=True, read_only=True
    )

    class Meta:
        model = Program
        fields: ClassVar = [
            "slug", "name", "names", "agency", "objective", "instruments", "policy_role",
            "territories", "url", "legal_basis", "recurrence", "status", "last_verified_on",
            "source", "license",
        ]  # fmt: skip
        read_only_fields = fields


class CallSerializer(StrictModelSerializer[Call]):
    """One opening of a program; open in ``[opens_at, closes_at)``, an absent end is open."""

    id = serializers.UUIDField(source="public_id", read_only=True)
    program = serializers.CharField(source="program.slug", read_only=True)
    is_open = serializers.SerializerMethodField()

    class Meta:
        model = Call
        fields: ClassVar = [
            "id", "program", "title", "number", "language", "summary", "status", "is_open",
            "opens_at", "closes_at", "time_zone", "is_continuous", "next_opening", "url",
            "rules_url", "budget", "award_min", "award_max", "currency", "rate", "amount_note",
            "source", "is_illustration",
        ]  # fmt: skip
        read_only_fields = fields

    def get_is_open(self, call: Call) -> bool:
        """Say whether it takes applications now."""
        return call.is_open(timezone.now())


class CallDetailSerializer(CallSerializer):
    """A call with its conditions, those of its program first."""

    criteria = serializers.SerializerMethodField()

    class Meta(CallSerializer.Meta):
        fields: ClassVar = [*CallSerializer.Meta.fields, "criteria"]
        read_only_fields = fields

    @extend_schema_field({"type": "array", "items": CRITERION})
    def get_criteria(self, call: Call) -> list[dict[str, Any]]:
        """Return the conditions as trees."""
        return [*_trees(call.program.criteria.all()), *_trees(call.criteria.all())]


def _trees(rows: Iterable[EligibilityCriterion]) -> list[dict[str, Any]]:
    under: dict[int | None, list[EligibilityCriterion]] = defaultdict(list)
    for row in rows:
        under[row.parent_id].append(row)

    def branch(parent: int | None) -> list[dict[str, Any]]:
        return [
            {
                "kind": row.kind,
                "negated": row.negated,
                "text": row.text,
                "language": row.language,
                "source_clause": row.source_clause,
                "parameters": row.parameters,
                "parts": branch(row.pk),
            }
            for row in under[parent]
        ]

    return branch(None)


class Programs(ListOf[Program]):
    """Published programs."""

    summary = _("Programas de apoyo")
    serializer_class = ProgramSerializer
    filterset_class = ProgramFilter

    def get_queryset(self) -> QuerySet[Program]:
        """Return those that the caller may see."""
        rows = visible_programs(self.request.user)
        return rows.select_related("agency").prefetch_related("territories")


class OneProgram(OneOf[Program]):
    """One program."""

    summary = _("Un programa")
    serializer_class = ProgramSerializer
    lookup_field = "slug"

    def get_queryset(self) -> QuerySet[Program]:
        """Return those that the caller may see."""
        rows = visible_programs(self.request.user)
        return rows.select_related("agency").prefetch_related("territories")


class Calls(ListOf[Call]):
    """Calls of programs."""

    summary = _("Convocatorias")
    serializer_class = CallSerializer
    filterset_class = CallFilter

    def get_queryset(self) -> QuerySet[Call]:
        """Return those that the caller may see."""
        return visible_calls(self.request.user).select_related("program")


class OneCall(OneOf[Call]):
    """One call, with its conditions."""

    summary = _("Una convocatoria, con sus condiciones")
    serializer_class = CallDetailSerializer

    def get_queryset(self) -> QuerySet[Call]:
        """Return those that the caller may see."""
        rows = visible_calls(self.request.user).select_related("program")
        return rows.prefetch_related("criteria", "program__criteria")


class VerdictSerializer(StrictSerializer):
    """Where an organization stands before a call today, and the facts that keep it out."""

    call = CallSerializer(source="*", read_only=True)
    standing = serializers.ChoiceField(choices=Standing.choices, read_only=True)
    unmet = serializers.IntegerField(read_only=True)
    blockers = serializers.ListField(child=serializers.CharField(), read_only=True)

    def to_representation(self, instance: Call) -> dict[str, Any]:
        """Join the call to what was found about it."""
        found: Summary = self.context["found"][instance.pk]
        return {
            "call": CallSerializer(instance, context=self.context).data,
            "standing": found.standing,
            "unmet": found.unmet,
            "blockers": list(found.blockers),
        }


class Verdicts(OfOwnOrganization[Call]):
    """For one's own organization, the calls that are open or coming and where it stands."""

    summary = _("Convocatorias vigentes y qué dice cada una de su organización")
    serializer_class = VerdictSerializer
    found: Mapping[int, Summary] = MappingProxyType({})

    def get_queryset(self) -> QuerySet[Call]:
        """Return the calls that are worth preparing for."""
        rows = visible_calls(self.request.user).live_on(timezone.now())
        return rows.select_related("program")

    def paginate_queryset(self, queryset: Any) -> Any:
        """Judge the calls of this page, all at once."""
        page = super().paginate_queryset(queryset)
        if self.organization is not None:
            self.found = summaries(
                organization=self.organization,
                calls=list(page or ()),
                facts=facts_of(
                    organization=self.organization,
                    seen=visible_fields(self.request.user, self.organization),
                ),
                now=timezone.now(),
            )
        return page

    def get_serializer_context(self) -> dict[str, Any]:
        """Hand what was found to the serializer."""
        return {**super().get_serializer_context(), "found": self.found}
