"""All forms of a section, judged and saved together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from clusters.pickers import LOOK
from firms.forms.sections.parts import PartForm, RowForm
from firms.forms.sections.section import Section
from firms.models import FieldGroup, Organization
from firms.services.profile import RowChange, TableChange, digest, read_rows, row_key

MAX_ROWS = 40
SEEN = "seen"
ADD = "add:"

if TYPE_CHECKING:  # the class takes a parameter in the type stubs only
    _FormSet = forms.BaseFormSet[Any]
else:
    _FormSet = forms.BaseFormSet


class RowSet(_FormSet):
    """The rows of one table, none of them twice."""

    form: Any
    use_required_attribute = False

    @property
    def kept(self) -> list[Any]:
        """Return the forms that somebody filled in and did not strike out."""
        forms_ = [form for form in self.forms if getattr(form, "cleaned_data", None)]
        return [form for form in forms_ if not form.cleaned_data.get("DELETE")]

    def clean(self) -> None:
        """Refuse the same thing twice."""
        columns = self.form.table.alike
        things = [tuple(str(form.cleaned_data.get(name)) for name in columns) for form in self.kept]
        if columns and len(things) != len(set(things)):
            raise ValidationError(_("Hay una línea repetida: deje una."))

    @property
    def is_looking(self) -> bool:
        """Say whether a picker's search or a button for another row was pressed."""
        return self.is_bound and LOOK in self.data


@dataclass(frozen=True)
class Sent:
    """What a browser sent: fields, and files."""

    data: QueryDict | None = None
    files: "MultiValueDict[str, UploadedFile[Any]] | None" = None


class BoundPart:
    """One form or several rows of a section, with what is stored."""

    def __init__(
        self,
        form_class: type[PartForm],
        organization: Organization,
        seen: frozenset[FieldGroup],
        sent: Sent,
    ) -> None:
        self.form_class = form_class
        self.title = form_class.title
        self.add = getattr(form_class, "add", "")
        self.name = form_class.table.model._meta.model_name or ""
        self.is_many = issubclass(form_class, RowForm)
        stored = read_rows(organization, table=form_class.table)
        given: dict[str, Any] = {"organization": organization, "seen": seen}
        if self.is_many:
            self.set = self._rows(stored, sent, given)
        else:
            first = form_class.initial_of(stored[0]) if stored else {}
            self.form = form_class(sent.data, sent.files, prefix=self.name, initial=first, **given)

    @property
    def field_names(self) -> list[str]:
        """Return the names of the fields that the writer may fill in."""
        form = self.set.empty_form if self.is_many else self.form
        return list(form.fields)

    @property
    def judged(self) -> Any:
        """Return what is judged: the form or the set of forms."""
        return self.set if self.is_many else self.form

    def _rows(self, stored: list[Any], sent: Sent, given: dict[str, Any]) -> Any:
        known = {row_key(row): row for row in stored}
        keys = list(known) if sent.data is None else self._sent_keys(sent.data)
        first = [
            {**self.form_class.initial_of(known[key]), "row": key} if key in known else {}
            for key in keys
        ]
        factory: Any = forms.formset_factory(
            self.form_class,
            formset=RowSet,
            extra=0 if first else 1,
            max_num=MAX_ROWS,
            absolute_max=MAX_ROWS + 1,
            validate_max=True,
            can_delete=True,
            can_delete_extra=True,
        )
        return factory(sent.data, sent.files, prefix=self.name, initial=first, form_kwargs=given)

    def _sent_keys(self, data: QueryDict) -> list[str]:
        count = data.get(f"{self.name}-INITIAL_FORMS", "")
        many = min(int(count), MAX_ROWS) if count.isascii() and count.isdigit() else 0
        return [data.get(f"{self.name}-{index}-row", "") for index in range(many)]

    def change(self) -> TableChange:
        """Return what the service writes."""
        if not self.is_many:
            return TableChange(
                table=self.form_class.table, rows=(RowChange(values=self.form.values()),)
            )
        rows = [_row_change(form) for form in self.set.forms if getattr(form, "cleaned_data", None)]
        return TableChange(table=self.form_class.table, rows=rows)


def _row_change(form: Any) -> RowChange:
    given = form.cleaned_data
    return RowChange(
        values=form.values(),
        key=given.get("row", ""),
        delete=bool(given.get("DELETE")),
        main=bool(given.get("is_main")),
        evidence=getattr(form, "safe", None),
        forgets_evidence=given.get("evidence") is False,
    )


class SectionForm:
    """The parts of a section that its writer may see, and the state that the writer began with."""

    def __init__(
        self,
        section: Section,
        organization: Organization,
        seen: frozenset[FieldGroup],
        data: QueryDict | None = None,
        files: "MultiValueDict[str, UploadedFile[Any]] | None" = None,
    ) -> None:
        self.section = section
        self.organization = organization
        shown = section.parts_for(seen)
        sent = Sent(_with_another_row(data) if data is not None else None, files)
        self.parts = [BoundPart(part, organization, seen, sent) for part in shown]
        self.data = data
        self.errors: list[str] = []
        self.is_stale = False

    @property
    def is_bound(self) -> bool:
        """Say whether it was sent."""
        return self.data is not None

    @property
    def is_looking(self) -> bool:
        """Say whether a search or a button for another row was pressed."""
        return self.data is not None and LOOK in self.data

    @property
    def seen(self) -> str:
        """The state of the tables that the writer began with; after a conflict, the present one."""
        if self.data is not None and not self.is_stale:
            return self.data.get(SEEN, "")[:64]
        return digest(self.organization, tables=[part.form_class.table for part in self.parts])

    def is_valid(self) -> bool:
        """Judge every part, so that no error hides another."""
        if not self.is_bound or self.is_looking:
            return False
        judged = [part.judged.is_valid() for part in self.parts]
        return all(judged)

    def changes(self) -> Sequence[TableChange]:
        """Return what the service writes."""
        return [part.change() for part in self.parts]


def _with_another_row(data: QueryDict) -> QueryDict:
    """Add an empty row where the button for one was pressed."""
    pressed = data.get(LOOK, "")
    name = f"{pressed.removeprefix(ADD)}-TOTAL_FORMS"
    count = data.get(name, "")
    if not pressed.startswith(ADD) or not (count.isascii() and count.isdigit()):
        return data
    longer = data.copy()
    longer[name] = str(min(int(count[:4]) + 1, MAX_ROWS))
    return longer
