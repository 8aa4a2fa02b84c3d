"""A saved search as an Atom feed: what anybody may read of it, and nothing of its owner."""

import datetime as dt
import hashlib
from collections.abc import Sequence

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from firms.kinds import KINDS
from firms.models import SavedSearch
from firms.searches.news import NewRow, address_of

_CONTROL = {code: None for code in range(32) if chr(code) not in "\t\n\r"}


class _Feed(Atom1Feed):
    """A feed that says when it changed, not when it was asked for."""

    changed: dt.datetime

    def latest_post_date(self) -> dt.datetime:
        """Return when the newest of it came."""
        return self.changed


def feed_of(search: SavedSearch, lines: Sequence[NewRow]) -> tuple[bytes, str, dt.datetime]:
    """Return the feed, its fingerprint, and when it last changed."""
    kind = KINDS[search.listed]
    times = [getattr(line.row, kind.since) for line in lines]
    changed = max([search.created_at, *times])
    feed = _Feed(
        title=f"Racimo · {kind.title}",
        link=f"{settings.SITE_ORIGIN}{address_of(search)}",
        description="",
        language=get_language() or "es",
        feed_guid=f"urn:uuid:{search.public_id}",
    )
    for line, at in zip(lines, times, strict=True):
        feed.add_item(
            title=line.title.translate(_CONTROL),
            link=f"{settings.SITE_ORIGIN}{line.address}",
            description=line.about.translate(_CONTROL),
            unique_id=f"urn:uuid:{line.row.public_id}",
            pubdate=at,
            updateddate=at,
        )
    feed.changed = changed
    body = feed.writeString("utf-8").encode()
    return body, f'"{hashlib.sha256(body).hexdigest()[:32]}"', changed
