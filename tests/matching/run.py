"""Running matching jobs as a worker would, each chunk in its own transaction."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from common.jobs import Handler, Work
from firms.models import Need, Offer
from matching.services.jobs import need_published, offer_published, organization_changed
from matching.services.rebuild import rebuild_listings
from tests.factories import NOW


def run(handler: Handler, key: int, revision: int = 0, now: dt.datetime = NOW) -> int:
    """Run a job to its end; return how many chunks it took."""
    payload: Mapping[str, Any] = {}
    for chunk in range(1, 1_000):
        work = Work("test", key, revision, payload, None, now)
        with transaction.atomic():
            answer = handler(work)
        if answer is None:
            return chunk
        payload = answer.payload
    raise AssertionError("The job does not end.")


def match_need(need: Need, **options: Any) -> int:
    return run(need_published, need.pk, need.revision, **options)


def match_offer(offer: Offer, **options: Any) -> int:
    return run(offer_published, offer.pk, offer.revision, **options)


def change_organization(pk: int, **options: Any) -> int:
    return run(organization_changed, pk, **options)


def rebuild(**options: Any) -> int:
    return run(rebuild_listings, 0, **options)
