"""Searching for records that are one: an organization after a change, all of them each night."""

from collections.abc import Collection

from common.jobs import Continue, Work
from firms.candidates.duplicates import Pair, candidate_pairs
from firms.duplicates import FLOOR, Judged, RecordFacts, facts_digest, judge
from firms.models import DuplicateAnswer, DuplicatePair, Organization, OrganizationStatus
from firms.services.duplicates.facts import gather_facts

CHUNK = 20  # names are bared anew for each row that the index brings: keep statements short
EVERYTHING = 0  # the key of the search through all organizations
WRITTEN = ["score", "reasons", "facts"]


def scan_duplicates(work: Work) -> Continue | None:
    """Compare one organization with those that look like it, or all, a chunk at a time."""
    if work.key != EVERYTHING:
        find_pairs(ids=[work.key])
        return None
    after, done = int(work.payload.get("after", 0)), int(work.payload.get("done", 0))
    rows = Organization.objects.exclude(status=OrganizationStatus.CLOSED)
    chunk = list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:CHUNK])
    find_pairs(ids=chunk)
    if len(chunk) < CHUNK:
        return None
    done += len(chunk)
    total = int(work.payload.get("total", 0)) or rows.count()
    payload = {"after": chunk[-1], "done": done, "total": total}
    return Continue(payload, done=done, total=max(done, total))


def find_pairs(*, ids: Collection[int]) -> list[Judged]:
    """Compare organizations with what looks like them, keep the likely pairs, drop the others."""
    known = _known(ids)
    pairs = candidate_pairs(ids) | set(known)
    facts = gather_facts({pk for pair in pairs for pk in pair})
    judged = [judge(facts[a], facts[b]) for a, b in sorted(pairs) if a in facts and b in facts]
    likely = [each for each in judged if each.score >= FLOOR]
    _write(likely, facts)
    _drop(set(known) - {(each.first, each.second) for each in likely})
    return sorted(likely, key=Judged.order)


def _known(ids: Collection[int]) -> dict[Pair, int]:
    rows = DuplicatePair.objects.filter(first__in=ids) | DuplicatePair.objects.filter(
        second__in=ids
    )
    return {(a, b): pk for a, b, pk in rows.order_by("pk").values_list("first", "second", "pk")}


def _write(likely: Collection[Judged], facts: dict[int, RecordFacts]) -> None:
    rows = [
        DuplicatePair(
            first_id=each.first,
            second_id=each.second,
            score=each.score,
            reasons=list(each.reasons),
            facts=facts_digest(facts[each.first], facts[each.second]),
        )
        for each in likely
    ]
    DuplicatePair.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["first", "second"],
        update_fields=WRITTEN,
        batch_size=500,
    )


def _drop(pairs: Collection[Pair]) -> None:
    """Forget pairs that look alike no more, unless somebody has answered: that stays for ever."""
    for first, second in sorted(pairs):
        row = DuplicatePair.objects.filter(first=first, second=second)
        row.exclude(
            decisions__answer__in=(DuplicateAnswer.SAME, DuplicateAnswer.DIFFERENT)
        ).delete()
