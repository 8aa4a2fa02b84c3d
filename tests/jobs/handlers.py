"""Kinds of job for tests of the engine; each leaves a row that can be counted."""

from common.jobs import Continue, Handler, Work
from common.models import ScheduleRun
from tests.factories import NOW


def leave_trace(work: Work) -> None:
    ScheduleRun.objects.create(name=f"{work.kind}:{work.key}", period_start=work.now)


def fail(work: Work) -> None:
    leave_trace(work)
    raise ValueError("Esto no se puede hacer.")


def count_to_three(work: Work) -> Continue | None:
    leave_trace(work)
    at = work.payload.get("at", 0) + 1
    return Continue({"at": at}, done=at, total=3) if at < 3 else None


def stand_still(work: Work) -> Continue:
    return Continue(work.payload)


def once(work: Work) -> None:
    ScheduleRun.objects.get_or_create(name=f"once:{work.key}", period_start=NOW)


HANDLERS: dict[str, Handler] = {
    "trace": leave_trace,
    "fail": fail,
    "count": count_to_three,
    "still": stand_still,
    "once": once,
}


def traces(kind: str = "trace") -> int:
    return ScheduleRun.objects.filter(name__startswith=f"{kind}:").count()
