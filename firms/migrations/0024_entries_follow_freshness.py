"""Records that nobody confirmed within the grace leave the map and the counts."""

from importlib import import_module

from django.db import migrations

MADE = import_module("firms.migrations.0014_directory").ENTRIES


def function(name, text=MADE):
    """Return how a function was made, to be made in place of itself."""
    begin = text.index(f"CREATE FUNCTION {name}(")
    made = text[begin : text.index("END $$;", begin)] + "END $$;"
    return made.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION", 1)


def changed(text, old, new):
    """Return a text with one thing in it said otherwise."""
    assert text.count(old) == 1, old
    return text.replace(old, new)


# 455 days are firms.freshness: REVIEW_DAYS + GRACE_DAYS; a test compares the two.
REFRESH = changed(
    function("firms_refresh_entries"),
    "o.status = 'active' AS is_listed",
    "o.status = 'active' AND (o.verification = 'listed' OR o.last_confirmed_on IS NULL"
    " OR o.last_confirmed_on >= CURRENT_DATE - 455) AS is_listed",
)
CHANGED = function("firms_entry_changed")
for row in "no":
    CHANGED = changed(
        CHANGED,
        f"{row}.verification, {row}.visibility)",
        f"{row}.verification, {row}.visibility, {row}.last_confirmed_on)",
    )
STALE = """
SELECT firms_refresh_entries(array(SELECT id FROM firms_organization WHERE status = 'active'
    AND verification <> 'listed' AND last_confirmed_on < CURRENT_DATE - 455))
"""


class Migration(migrations.Migration):
    dependencies = [("firms", "0023_certificate_evidence")]

    operations = [
        migrations.RunSQL(REFRESH, function("firms_refresh_entries")),
        migrations.RunSQL(CHANGED, function("firms_entry_changed")),
        migrations.RunSQL(STALE, migrations.RunSQL.noop),
    ]
