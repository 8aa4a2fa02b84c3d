from django.db import migrations


def retire(apps, schema_editor):
    """Take earlier rules out of force; the ones that the engine ships are stored when first used."""
    apps.get_model("matching", "RuleSet").objects.update(is_current=False)


class Migration(migrations.Migration):
    dependencies = [("matching", "0002_floor_default")]
    operations = [migrations.RunPython(retire, migrations.RunPython.noop)]
