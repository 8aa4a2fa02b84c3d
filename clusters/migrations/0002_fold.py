from django.db import migrations


class Migration(migrations.Migration):
    """unaccent() is only stable, for its dictionary may change; ours does not, so it is indexed."""

    dependencies = [("clusters", "0001_initial"), ("common", "0001_extensions")]
    operations = [
        migrations.RunSQL(
            "CREATE FUNCTION racimo_fold(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE"
            " AS $$ SELECT lower(public.unaccent('public.unaccent', $1)) $$",
            "DROP FUNCTION racimo_fold(text)",
        )
    ]
