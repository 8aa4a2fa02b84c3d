"""What a person says of themselves."""

from django.db import transaction

from accounts.models import User


@transaction.atomic
def update_settings(*, by: User, name: str, language: str) -> User:
    """Keep a person's own name and language."""
    row = User.objects.select_for_update(of=("self",)).get(pk=by.pk)
    row.name = name
    row.language = language
    row.save(update_fields=["name", "language", "updated_at"])
    return row
