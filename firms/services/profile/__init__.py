"""Keeping the parts of a profile: sections, leadership under consent, visibility, groups."""

from firms.services.profile.changes import RowChange, TableChange
from firms.services.profile.leadership import tell_leadership, withdraw_leadership
from firms.services.profile.ownership import (
    CannotLinkOrganizations,
    LinkContent,
    confirm_ownership_link,
    remove_ownership_link,
    say_ownership_link,
)
from firms.services.profile.sections import CannotSaveProfile, StaleEdit, save_section
from firms.services.profile.tables import Table, digest, read_rows, row_key, values_of
from firms.services.profile.visibility import set_field_visibility

__all__ = [
    "CannotLinkOrganizations",
    "CannotSaveProfile",
    "LinkContent",
    "RowChange",
    "StaleEdit",
    "Table",
    "TableChange",
    "confirm_ownership_link",
    "digest",
    "read_rows",
    "remove_ownership_link",
    "row_key",
    "save_section",
    "say_ownership_link",
    "set_field_visibility",
    "tell_leadership",
    "values_of",
    "withdraw_leadership",
]
