"""How far a job has come, for the person who waits for it."""

from dataclasses import dataclass

from common.jobs.models import Job


@dataclass(frozen=True)
class Progress:
    """The newest job for a row: its counts, and whether it is over."""

    done: int
    total: int | None
    is_waiting: bool
    is_finished: bool
    is_parked: bool

    @property
    def percent(self) -> int | None:
        """Whole percent done; None while the total is unknown."""
        if self.is_finished:
            return 100
        return self.done * 100 // self.total if self.total else None


def progress(kind: str, key: int) -> Progress | None:
    """Return the progress of the newest job of a kind for a row, or None if there was none."""
    job = Job.objects.filter(kind=kind, key=key).order_by("-pk").first()
    if job is None:
        return None
    return Progress(
        done=job.progress_done,
        total=job.progress_total,
        is_waiting=job.started_at is None and job.dead_at is None,
        is_finished=job.done_at is not None,
        is_parked=job.dead_at is not None,
    )
