"""Sections of a profile in the API, for who edits it: read one with its version, replace it.

The form that people fill in judges the values, so that a page and a program are held to the same
rules and told the same words.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Model
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from clusters.catalog import classification_key
from clusters.models import City, Classification
from common.api.permissions import SignedIn
from common.api.problems import Conflict
from common.api.queries import StrictQuery
from common.api.serializers import StrictSerializer
from firms import policies
from firms.api.input import strings as as_sent
from firms.forms.sections import SectionForm, section_named
from firms.forms.sections.bound import MAX_ROWS, BoundPart
from firms.services.profile import CannotSaveProfile, StaleEdit, save_section

FORM_ONLY = {"row", "DELETE", "evidence"}  # files are sent on the page
SCALARS = (str, int, float, bool, type(None))


class SectionShape(StrictSerializer):
    """A section: its parts by name, each one record or a list of rows, and its version."""

    version = serializers.CharField(max_length=64, required=False, allow_blank=True)
    parts = serializers.DictField()


class OneSection(StrictQuery):
    """One section of the profile of an organization that one edits."""

    permission_classes = [SignedIn]
    summaries = {
        "GET": _("Una parte de la ficha de su organización, con su versión"),
        "PUT": _("Reemplazar una parte de la ficha de su organización"),
    }

    @extend_schema(responses=SectionShape)
    def get(self, request: Request, public_id: UUID, slug: str) -> Response:
        """Return what is stored, and the version to send back."""
        return Response(_shown(self._form(request, public_id, slug)))

    @extend_schema(request=SectionShape, responses=SectionShape)
    def put(self, request: Request, public_id: UUID, slug: str) -> Response:
        """Replace it; a version that is no longer the present one is a conflict."""
        empty = self._form(request, public_id, slug)
        sent = SectionShape(data=request.data)
        sent.is_valid(raise_exception=True)
        data = _as_form(empty.parts, sent.validated_data["parts"])
        data["seen"] = sent.validated_data.get("version", "")
        form = self._form(request, public_id, slug, data)
        if not form.is_valid():
            raise serializers.ValidationError({"parts": _errors(form)})
        _save(request, form)
        return Response(_shown(self._form(request, public_id, slug)))

    def _form(
        self, request: Request, public_id: UUID, slug: str, data: QueryDict | None = None
    ) -> SectionForm:
        rows = policies.editable_organizations(request.user).select_related("country")
        organization = rows.filter(public_id=public_id).first()
        section = section_named(slug, organization) if organization else None
        if organization is None or section is None:
            raise Http404
        seen = policies.visible_fields(request.user, organization)
        if not section.parts_for(seen):
            raise Http404
        return SectionForm(section, organization, seen, data)


def _save(request: Request, form: SectionForm) -> None:
    by = request.user
    if by.is_anonymous:
        raise Http404
    try:
        save_section(
            by=by,
            organization=form.organization,
            changes=[replace(change, whole=change.table.many) for change in form.changes()],
            seen=form.seen,
            today=timezone.now().date(),
        )
    except StaleEdit as error:
        raise Conflict(_("Otra persona cambió esta parte: léala de nuevo.")) from error
    except CannotSaveProfile as error:
        raise serializers.ValidationError({"parts": error.messages}) from error


def _as_form(parts: list[BoundPart], sent: Mapping[str, Any]) -> QueryDict:
    """Return the parts as a browser sends them; refuse names and shapes that a part lacks."""
    known = {part.name: part for part in parts}
    unknown = set(sent) - set(known)
    absent = set(known) - set(sent)
    if unknown or absent:
        said = {str(name): [_("Esta parte no existe o no se puede escribir.")] for name in unknown}
        said |= {name: [_("Falta esta parte.")] for name in absent}
        raise serializers.ValidationError({"parts": said})
    data = QueryDict(mutable=True)
    for name, part in known.items():
        _fill(data, part, sent[name])
    return data


def _fill(data: QueryDict, part: BoundPart, sent: Any) -> None:
    if not part.is_many:
        _fill_row(data, part, part.name, sent)
        return
    if not isinstance(sent, list) or len(sent) > MAX_ROWS:
        raise serializers.ValidationError({part.name: [_("Aquí va una lista de hasta 40 líneas.")]})
    data[f"{part.name}-TOTAL_FORMS"] = str(len(sent))
    data[f"{part.name}-INITIAL_FORMS"] = "0"
    for index, row in enumerate(sent):
        _fill_row(data, part, f"{part.name}-{index}", row)


def _fill_row(data: QueryDict, part: BoundPart, prefix: str, row: Any) -> None:
    names = set(part.field_names) - FORM_ONLY
    if not isinstance(row, Mapping) or set(row) - names:
        unknown = sorted(str(name) for name in set(row) - names) if isinstance(row, Mapping) else []
        text = _("Este dato no existe o no se puede escribir.")
        raise serializers.ValidationError({part.name: {name: [text] for name in unknown} or [text]})
    for name, value in row.items():
        values = value if isinstance(value, list) else [value]
        if not all(isinstance(each, SCALARS) for each in values):
            raise serializers.ValidationError({part.name: {name: [_("Aquí va un texto.")]}})
        data.setlist(f"{prefix}-{name}", [] if value is None else as_sent(value))


def _errors(form: SectionForm) -> dict[str, Any]:
    return {
        part.name: [*part.set.non_form_errors(), *part.set.errors]
        if part.is_many
        else part.form.errors
        for part in form.parts
        if not part.judged.is_valid()
    }


def _shown(form: SectionForm) -> dict[str, Any]:
    """Return a section as it can be sent back."""
    parts = {
        part.name: [_row(each) for each in part.set.initial_forms]
        if part.is_many
        else _row(part.form)
        for part in form.parts
    }
    return {"version": form.seen, "parts": parts}


def _row(form: Any) -> dict[str, Any]:
    names = [name for name in form.fields if name not in FORM_ONLY]
    return {name: _plain(form.initial.get(name)) for name in names}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, City):
        return value.geonames_id
    if isinstance(value, Classification):
        return classification_key(value)
    return getattr(value, "code", str(value)) if isinstance(value, Model) else value
