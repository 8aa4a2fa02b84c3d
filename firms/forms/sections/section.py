"""What a section is."""

from dataclasses import dataclass, field
from typing import Any

from firms.forms.sections.parts import PartForm
from firms.models import FieldGroup, Organization


@dataclass(frozen=True)
class Section:
    """A page of the profile; ``kinds`` limits it to some organizations."""

    slug: str
    title: Any
    lead: Any
    parts: tuple[type[PartForm], ...] = ()
    kinds: frozenset[str] = field(default_factory=frozenset)
    administrators_only: bool = False

    def concerns(self, organization: Organization) -> bool:
        """Say whether it is asked of an organization."""
        return not self.kinds or organization.kind in self.kinds

    def parts_for(self, seen: frozenset[FieldGroup]) -> list[type[PartForm]]:
        """Return the forms that keep a field for somebody who sees these parts."""
        return [
            part
            for part in self.parts
            if any(part.shows(name, seen) for name in part.base_fields if name != "row")
        ]
