"""Who may see what of accounts."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import ApiToken, User


def tokens_of(actor: User | AnonymousUser) -> QuerySet[ApiToken]:
    """Return a person's own tokens: nobody else sees them, staff included."""
    if not actor.is_authenticated:
        return ApiToken.objects.none()
    return ApiToken.objects.filter(user=actor)
