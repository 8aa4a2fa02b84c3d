"""Anonymous offers put no word into their organization's entry; the team reads some listings first."""

from importlib import import_module

from django.db import migrations, models

ENTRIES = import_module("firms.migrations.0024_entries_follow_freshness")
MADE = import_module("firms.migrations.0014_directory").ENTRIES

REFRESH = ENTRIES.changed(
    ENTRIES.REFRESH,
    "AND status = 'published' AND visibility = 'public'",
    "AND status = 'published' AND visibility = 'public' AND NOT is_anonymous",
)
CHANGED = ENTRIES.function("firms_entry_offer")
for row in "no":
    CHANGED = ENTRIES.changed(
        CHANGED, f"{row}.visibility, {row}.valid_from,", f"{row}.visibility, {row}.is_anonymous, {row}.valid_from,"
    )


class Migration(migrations.Migration):
    dependencies = [("firms", "0028_lists_and_endings")]

    operations = [
        migrations.AlterField(
            model_name="case",
            name="kind",
            field=models.CharField(choices=[("registration", "Organización nueva"), ("claim", "Reclamo con documento"), ("dispute", "Disputa"), ("removal", "Pedido de quitar un registro"), ("report", "Denuncia"), ("listing", "Publicación por revisar")], max_length=12, verbose_name="qué es"),
        ),
        migrations.RunSQL(REFRESH, ENTRIES.REFRESH),
        migrations.RunSQL(CHANGED, ENTRIES.function("firms_entry_offer")),
    ]
