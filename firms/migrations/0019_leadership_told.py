"""Move what profiles said of who leads them to the table that stands under consent.

It was told in the form of the profile, to be used for programs, before a consent of its own was
asked for; the version says so. Records that nobody manages told nothing themselves: those answers
are not kept.
"""

from django.db import migrations

LEGACY_VERSION = "before-2026-11"


def move(apps, schema_editor):
    Organization = apps.get_model("firms", "Organization")
    Leadership = apps.get_model("firms", "Leadership")
    told = Organization.objects.filter(women_led__isnull=False).exclude(verification="listed")
    Leadership.objects.bulk_create(
        [
            Leadership(
                organization_id=pk,
                women_led=women_led,
                consented_at=updated_at,
                consent_version=LEGACY_VERSION,
            )
            for pk, women_led, updated_at in told.values_list("pk", "women_led", "updated_at")
        ],
        ignore_conflicts=True,
    )


def move_back(apps, schema_editor):
    Organization = apps.get_model("firms", "Organization")
    Leadership = apps.get_model("firms", "Leadership")
    for row in Leadership.objects.filter(women_led__isnull=False):
        Organization.objects.filter(pk=row.organization_id).update(women_led=row.women_led)


class Migration(migrations.Migration):
    dependencies = [("firms", "0018_hosts")]

    operations = [migrations.RunPython(move, move_back)]
