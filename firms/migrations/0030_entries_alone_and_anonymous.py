"""Entries answer alone, and anonymous offers put no word into them: both changes in one function.

0029 started from the text that 0027 had already changed; this one starts from 0027's.
"""

from importlib import import_module

from django.db import migrations

ALONE = import_module("firms.migrations.0027_entries_alone")
BEFORE = import_module("firms.migrations.0029_anonymous_listings").REFRESH

REFRESH = ALONE.changed(
    ALONE.REFRESH,
    "AND status = 'published' AND visibility = 'public'",
    "AND status = 'published' AND visibility = 'public' AND NOT is_anonymous",
)


class Migration(migrations.Migration):
    dependencies = [("firms", "0029_anonymous_listings")]

    operations = [migrations.RunSQL(REFRESH, BEFORE)]
