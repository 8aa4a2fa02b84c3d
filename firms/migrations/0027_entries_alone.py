"""A search is answered from the directory's entries alone, without reading the organizations."""

from importlib import import_module

from django.db import migrations, models

FRESH = import_module("firms.migrations.0024_entries_follow_freshness")
FILL = import_module("firms.migrations.0015_directory_filled").FILL
changed = FRESH.changed

# Certificates that ended are told no more; which of the others count today, a search looks up.
HELD = """
        LEFT JOIN LATERAL (
            SELECT array_agg(DISTINCT 's:' || c.standard_id) AS tags FROM firms_certificate c
            WHERE c.organization_id = o.id
              AND (c.valid_until IS NULL OR c.valid_until >= CURRENT_DATE)
        ) h ON true
        WHERE o.id = ANY(ids)
    )"""
REFRESH = FRESH.REFRESH
for old, new in (
    ("coalesce(g.tags, '{}')\n", "coalesce(g.tags, '{}') || coalesce(h.tags, '{}')\n"),
    (
        "s.places, s.spot\n        FROM firms_organization o",
        "s.places, s.spot, o.last_confirmed_on, o.created_at,\n"
        "               racimo_standing(o.verification, o.last_confirmed_on, o.trade_name,"
        " o.legal_name) AS standing\n        FROM firms_organization o",
    ),
    ("\n        WHERE o.id = ANY(ids)\n    )", HELD),
    (
        "spot = f.spot\n",
        "spot = f.spot, last_confirmed_on = f.last_confirmed_on,\n"
        "        created_at = f.created_at, standing = f.standing\n",
    ),
    (
        "e.places::bytea, e.spot::bytea)",
        "e.places::bytea, e.spot::bytea, e.last_confirmed_on,\n"
        "           e.created_at, e.standing)",
    ),
    (
        "f.places::bytea, f.spot::bytea)",
        "f.places::bytea, f.spot::bytea, f.last_confirmed_on,\n"
        "           f.created_at, f.standing)",
    ),
):
    REFRESH = changed(REFRESH, old, new)
TRIGGERS = """
CREATE TRIGGER directory_new AFTER INSERT ON firms_certificate
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION firms_entry_part();
CREATE TRIGGER directory_changed AFTER UPDATE ON firms_certificate
    REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION firms_entry_part();
CREATE TRIGGER directory_gone AFTER DELETE ON firms_certificate
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION firms_entry_part();
"""
TRIGGERS_BACK = """
DROP TRIGGER directory_new ON firms_certificate;
DROP TRIGGER directory_changed ON firms_certificate;
DROP TRIGGER directory_gone ON firms_certificate;
"""
# The rows are there already: the loop that says them anew is what is wanted.
AGAIN = "SET LOCAL statement_timeout = 0;\n" + FILL[FILL.index("DO $$") :]


class Migration(migrations.Migration):
    dependencies = [("firms", "0026_searches_and_exports")]

    operations = [
        migrations.RemoveIndex(model_name="organization", name="organization_by_standing"),
        migrations.AddField(
            model_name="directoryentry",
            name="created_at",
            field=models.DateTimeField(help_text="When the organization came.", null=True),
        ),
        migrations.AddField(
            model_name="directoryentry",
            name="last_confirmed_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="directoryentry",
            name="standing",
            field=models.TextField(
                db_collation="C", db_default="", help_text="Who is real first, then the name."
            ),
        ),
        migrations.RunSQL(REFRESH, FRESH.REFRESH),
        migrations.RunSQL(TRIGGERS, TRIGGERS_BACK),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="directoryentry",
            index=models.Index(
                condition=models.Q(("is_listed", True)),
                fields=["standing", "organization"],
                name="entry_by_standing",
            ),
        ),
        migrations.AddIndex(
            model_name="directoryentry",
            index=models.Index(
                condition=models.Q(("is_listed", True)),
                fields=["-created_at", "-organization"],
                name="entry_by_age",
            ),
        ),
    ]
