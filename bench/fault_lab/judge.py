"""What became of the needs, read from the database alone."""

import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

from bench.fault_lab.lab import Lab
from bench.fault_lab.world import SELLERS

BACKLOG = """
    SELECT (SELECT count(*) FROM common_job
            WHERE done_at IS NULL AND dead_at IS NULL AND kind <> 'canary')
         + (SELECT count(*) FROM common_effect
            WHERE sent_at IS NULL AND unknown_at IS NULL AND dead_at IS NULL)
"""
# Every committed need: runs of the revision that it has now, and matches that stand for it.
NEEDS = """
    SELECT n.id,
           (SELECT count(*) FROM matching_matchrun r
            WHERE r.need_id = n.id AND r.revision = n.revision),
           (SELECT count(*) FROM matching_match m WHERE m.need_id = n.id),
           (SELECT count(DISTINCT m.offer_id) FROM matching_match m WHERE m.need_id = n.id)
    FROM firms_need n WHERE n.status = 'published'
"""
MAILS = "SELECT message_id FROM common_effect WHERE kind = 'mail'"
PARKED = "SELECT kind FROM common_job WHERE dead_at IS NOT NULL ORDER BY id"
EXAMPLES = 3


@dataclass(frozen=True)
class Verdict:
    """Counts of needs, and of mails, that did not come out right.

    ``examples`` are the first needs lost: key, runs, matches, offers.
    """

    needs: int
    lost: int
    partial: int
    doubled: int
    parked: tuple[str, ...]
    mails_lost: int
    mails_repeated: int
    backlog: int
    examples: tuple[tuple[int, ...], ...] = ()

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.partial or self.doubled or self.mails_lost or self.backlog)


def wait_for_empty_backlog(lab: Lab, *, patience_s: float) -> tuple[int, float]:
    """Return what is left, and after how many seconds; give up when nothing moves for a while."""
    begun = moved = time.monotonic()
    least, left = sys.maxsize, sys.maxsize
    while left and time.monotonic() - moved < patience_s:
        time.sleep(0.25)
        with suppress(psycopg.Error), lab.connect() as connection:
            left = _number(connection, BACKLOG)
        if left < least:
            least, moved = left, time.monotonic()
    return left, time.monotonic() - begun


def judge(lab: Lab, confirmed: list[int], *, backlog: int) -> Verdict:
    """Count what was lost, half done or done twice; a need that was confirmed must exist."""
    with lab.connect() as connection:
        needs = connection.execute(NEEDS).fetchall()
        mails = {str(message_id) for (message_id,) in connection.execute(MAILS)}
        parked = tuple(kind for (kind,) in connection.execute(PARKED))
    sent = _sent(lab.var / "mail")
    missing = set(confirmed) - {need for need, *_ in needs}
    unmatched = [row for row in needs if row[1] == 0 or row[2] == 0]
    return Verdict(
        needs=len(needs),
        lost=len(missing) + len(unmatched),
        partial=sum(0 < found < SELLERS for _, _, found, _ in needs),
        doubled=sum(
            runs > 1 or found > SELLERS or found > offers for _, runs, found, offers in needs
        ),
        parked=parked,
        mails_lost=len(mails - set(sent)),
        mails_repeated=sum(sent.values()) - len(sent),
        backlog=backlog,
        examples=tuple(unmatched[:EXAMPLES]),
    )


def _sent(folder: Path) -> Counter[str]:
    """Return how often each message id lies in the folder that stands for the mail server."""
    lines = (
        line
        for path in folder.glob("*")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("Message-ID: ")
    )
    return Counter(line.removeprefix("Message-ID: ").strip() for line in lines)


def _number(connection: psycopg.Connection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    return int(row[0]) if row else 0
