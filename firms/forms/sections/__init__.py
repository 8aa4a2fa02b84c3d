"""The sections in which a profile is kept: which forms each has, and for whom."""

from firms.forms.sections.bound import SectionForm
from firms.forms.sections.section import Section
from firms.forms.sections.table import SECTIONS, section_named, sections_for

__all__ = ["SECTIONS", "Section", "SectionForm", "section_named", "sections_for"]
