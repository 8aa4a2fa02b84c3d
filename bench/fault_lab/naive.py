"""The usual design, as a control: the broker is the record. The lab must see what it loses."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from common.jobs import Continue, Work
from common.models import Job
from firms.models import Need
from matching.services.jobs import need_published
from registry.celery import app

TASK = "lab.match"


def publish_message(need: Need) -> None:
    """Forget the row and leave the work to a message sent after the commit."""
    Job.objects.filter(kind="need.match", key=need.pk).delete()
    transaction.on_commit(lambda: app.send_task(TASK, [need.pk, need.revision], queue="fast"))


@app.task(name=TASK)
def match(need: int, revision: int) -> None:
    """Do what the job would have done."""
    payload: dict[str, object] = {}
    while (answer := _step(need, revision, payload, timezone.now())) is not None:
        payload = dict(answer.payload)


def _step(
    need: int, revision: int, payload: dict[str, object], now: dt.datetime
) -> Continue | None:
    with transaction.atomic():
        return need_published(Work("need.match", need, revision, payload, None, now))
