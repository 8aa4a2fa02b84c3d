"""An answer is kept once it is known, so that it always has its status."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("common", "0005_kept_answers")]

    operations = [
        migrations.RunSQL("DELETE FROM common_keptanswer WHERE status IS NULL", ""),
        migrations.RemoveConstraint(model_name="keptanswer", name="kept_answer_status_is_one"),
        migrations.AlterField(
            model_name="keptanswer",
            name="status",
            field=models.PositiveSmallIntegerField(),
        ),
        migrations.AddConstraint(
            model_name="keptanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__range", (100, 599))),
                name="kept_answer_status_is_one",
            ),
        ),
    ]
