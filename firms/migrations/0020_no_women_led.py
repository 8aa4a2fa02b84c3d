"""Who leads an organization is no longer a column of it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("firms", "0019_leadership_told")]

    operations = [migrations.RemoveField(model_name="organization", name="women_led")]
