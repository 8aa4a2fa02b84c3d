"""Rates that survive a restart: counted in the database, and closed when it is down."""

import datetime as dt
import math

from django.db import connection
from django.utils.crypto import salted_hmac

from accounts.models import RateBucket

# One statement, by the database's clock: two requests never take the same token.
TAKE = """
    INSERT INTO accounts_ratebucket AS bucket (key, level, refilled_at)
    VALUES (%(key)s, %(full)s - 1, statement_timestamp())
    ON CONFLICT (key) DO UPDATE
       SET level = least(%(full)s, bucket.level + %(per_second)s
                   * extract(epoch FROM statement_timestamp() - bucket.refilled_at)) - 1,
           refilled_at = statement_timestamp()
     WHERE least(%(full)s, bucket.level + %(per_second)s
                 * extract(epoch FROM statement_timestamp() - bucket.refilled_at)) >= 1
    RETURNING level
"""


def take_token(*, scope: str, actor: str, per_minute: int) -> float:
    """Take one token of an actor's bucket; return 0, or the seconds until there is one."""
    values: dict[str, str | float] = {
        "key": _key(scope, actor),
        "full": per_minute,
        "per_second": per_minute / 60,
    }
    with connection.cursor() as cursor:
        cursor.execute(TAKE, values)
        taken = cursor.fetchone() is not None
    return 0.0 if taken else math.ceil(60 / per_minute)


def purge_buckets(*, now: dt.datetime) -> int:
    """Forget buckets not touched for a day: they are full again. Return how many."""
    day_ago = now - dt.timedelta(days=1)
    return RateBucket.objects.filter(refilled_at__lt=day_ago).delete()[0]


def _key(scope: str, actor: str) -> str:
    """Name a bucket without keeping anyone's address."""
    return salted_hmac("accounts.buckets", f"{scope}:{actor}", algorithm="sha256").hexdigest()
