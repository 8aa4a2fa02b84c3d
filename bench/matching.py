"""The matcher at size, on a made-up world in tables that are never committed.

    nice .venv/bin/python -m bench.matching --offers 100000

Ends with one JSON line. Times are of the whole work of a need: frequencies, keys, hot statement,
decoding, scoring and ranking; each need is matched three times and its best time counts, so that
other work on the machine disturbs less. CPU is that of the backend and of this process together,
in ms per need (``p95_cpu_ms`` is what p95_ms comes to on an idle machine); ``ratio_pk`` is CPU
over that of fetching the same candidates by primary key. ``recall20`` and ``recall_floor``
compare with scoring every offer that cells let in, ``nightly_`` with the budgets of the night.
``insert_ratio`` is the time to insert an offer over inserting it into the same table with its
primary key alone. ``--peers`` adds what PostgreSQL's full text and tantivy do with the same offers
and needs, each with its own recall of the same truth.
"""

import argparse
import datetime as dt
import json
import resource
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from bench.setup import start_django

start_django()

from django.db import connection  # noqa: E402 -- after setup

from bench.peers import (  # noqa: E402 -- after setup
    Engine,
    PeerRun,
    build_full_text,
    full_text,
    timed,
)
from bench.plumbing import (  # noqa: E402 -- after setup
    Meter,
    count_keys,
    insert_times,
    kept_tables,
    load,
    say,
)
from bench.synthetic import TODAY, World  # noqa: E402 -- after setup
from matching.candidates import NIGHTLY, Budgets, narrow_statement  # noqa: E402 -- after setup
from matching.engine.bm25 import rarity  # noqa: E402 -- after setup
from matching.engine.ranking import order_of  # noqa: E402 -- after setup
from matching.engine.rules import PARTNERS  # noqa: E402 -- after setup
from matching.engine.scoring import Assessment  # noqa: E402 -- after setup
from matching.engine.text import TOTAL  # noqa: E402 -- after setup
from matching.services.pairing import Scope, Subject, pair_narrowly, search_for  # noqa: E402 -- after setup
from matching.services.projection import Row  # noqa: E402 -- after setup
from matching.services.scratch import scratch_tables  # noqa: E402 -- after setup

TOP = 20
REPEATS = 3
GOOD = 0.5
DAY = dt.date.fromordinal(TODAY)
FEW = 5  # needs for what takes seconds each
Figures = dict[str, float]


@dataclass
class Measured:
    """What the needs took, and what they found."""

    ms: list[float]
    cpu: list[float]
    candidates: list[int]
    found: list[list[int]]


def weighted(row: Row, seen: dict[int, int]) -> Row:
    """Return a need with its words weighted by how rare they are among the offers."""
    terms = {key: tf * rarity(seen.get(key, 0), seen[TOTAL]) for key, tf in row.doc.terms.items()}
    doc = replace(row.doc, terms=terms, self_score=sum(terms.values()))
    return Row(row.listing, doc, row.keys, row.cover, row.loc, row.epoch)


def subjects(world: World, count: int, seen: dict[int, int]) -> list[Subject]:
    rows = (weighted(row, seen) for row in world.rows(count, are_needs=True))
    return [Subject.of_row(row, has_place=True) for row in rows]


def best(assessment: Assessment) -> list[int]:
    """Return the positions of the best offers, best first."""
    order = order_of(assessment.score, assessment.pairs.offers.ids)
    return [int(i) for i in order[assessment.passed[order]][:TOP]]


def measure(needs: Sequence[Subject], scope: Scope) -> Measured:
    result = Measured([], [], [], [])
    for need in needs[:5]:  # plans and caches
        pair_narrowly(need, scope=scope)
    for need in needs:
        times = []
        meter = Meter()
        for _ in range(REPEATS):
            started = time.perf_counter()
            found = pair_narrowly(need, scope=scope)
            top = best(found)
            times.append(1_000 * (time.perf_counter() - started))
        result.cpu.append(meter.cpu_ms() / REPEATS)
        result.ms.append(min(times))
        result.candidates.append(found.pairs.size)
        result.found.append([int(found.pairs.offers.ids[i]) for i in top])
    return result


def fetch_by_pk(needs: Sequence[Subject], scope: Scope) -> float:
    """Return CPU ms per need of fetching the same candidates by their primary keys."""
    wanted = []
    for need in needs:
        sql, params = narrow_statement(search_for(need, scope=scope))
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            wanted.append([row[0] for row in cursor.fetchall()])
    meter = Meter()
    with connection.cursor() as cursor:
        for ids in wanted:
            cursor.execute(
                "SELECT offer_id, payload FROM matching_offerdoc WHERE offer_id = ANY(%s)", [ids]
            )
            cursor.fetchall()
    return meter.cpu_ms() / len(needs)


def truths(needs: Sequence[Subject], scope: Scope) -> list[dict[int, float]]:
    """Return the scores of the truly best offers of each need: nothing is left out but by cells."""
    all_of_them = replace(scope, budgets=Budgets(small=sys.maxsize))
    found = []
    for need in needs:
        truth = pair_narrowly(need, scope=all_of_them)
        found.append({int(truth.pairs.offers.ids[i]): truth.score[i] for i in best(truth)})
    return found


def recall(truth: Sequence[dict[int, float]], found: Sequence[list[int]]) -> tuple[float, float]:
    """Return recall of the true top, and of those in it that score well."""
    hits = total = good_hits = good_total = 0
    for scores, ids in zip(truth, found, strict=False):
        for pk, score in scores.items():
            hit, is_good = pk in ids, score >= GOOD
            hits, total = hits + hit, total + 1
            good_hits, good_total = good_hits + (hit and is_good), good_total + is_good
    return hits / max(total, 1), good_hits / max(good_total, 1)


def told(prefix: str, run: Measured | PeerRun, truth: Sequence[dict[int, float]]) -> Figures:
    """Return the figures of a run by name."""
    recall20, recall_floor = recall(truth, run.found)
    return {
        f"{prefix}p50_ms": percentile(run.ms, 50),
        f"{prefix}p95_ms": percentile(run.ms, 95),
        f"{prefix}cpu_ms": round(statistics.mean(run.cpu), 2),
        f"{prefix}p95_cpu_ms": percentile(run.cpu, 95),
        f"{prefix}recall20": round(recall20, 4),
        f"{prefix}recall_floor": round(recall_floor, 4),
    }


def peers(needs: Sequence[Subject], scope: Scope, truth: Sequence[dict[int, float]]) -> Figures:
    """Measure full text as it comes on a few needs, and a search engine on those judged."""
    build_full_text()
    figures: Figures = {}
    for rank in ("ts_rank", "ts_rank_cd"):
        figures |= told(f"{rank}_", timed(needs[:FEW], full_text(rank)), truth)
        say(f"{rank} measured")
    engine = Engine()
    figures["tantivy_build_s"] = round(engine.build_s, 1)
    figures |= told("tantivy_text_", timed(needs, engine.text), truth)
    return figures | told("tantivy_rescored_", timed(needs, engine.rescored(scope)), truth)


def percentile(values: Iterable[float], share: int) -> float:
    return round(float(np.percentile(list(values), share)), 1)


def run(options: argparse.Namespace) -> Figures:
    world = World(options.seed)
    load(world, options.offers)
    seen = count_keys()
    scope = Scope(PARTNERS, DAY)
    world.draw_anew(options.seed + 1)  # the same needs whether offers were built or kept
    needs = subjects(world, options.needs, seen)
    say(f"{options.offers} offers loaded; {len(needs)} needs")
    measured = measure(needs, scope)
    judged = needs[: options.judged]
    nightly = measure(judged, replace(scope, budgets=NIGHTLY))
    say("measured; now the truth")
    truth = truths(judged, scope)
    by_pk = fetch_by_pk(needs, scope)
    figures: Figures = {
        "offers": options.offers,
        "needs": len(needs),
        **told("", measured, truth),
        **told("nightly_", nightly, truth),
        "candidates": round(statistics.mean(measured.candidates)),
        "most_candidates": max(measured.candidates),
        "ratio_pk": round(statistics.mean(measured.cpu) / by_pk, 2) if by_pk else 0.0,
    }
    if options.peers:
        figures |= peers(judged, scope, truth)
        naive = figures["ts_rank_cd_p50_ms"] / max(figures["p50_ms"], 0.1)
        figures["ratio_ts_rank_cd"] = round(naive, 1)
    inserted = insert_times(world, options.offers)
    return {**figures, "insert_ratio": round(inserted[0] / inserted[1], 2)}


def main() -> None:
    started = time.monotonic()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--offers", type=int, required=True)
    parser.add_argument("--needs", type=int, default=200)
    parser.add_argument("--judged", type=int, default=60, help="needs compared with the truth")
    parser.add_argument("--peers", action="store_true", help="full text and tantivy beside it")
    parser.add_argument("--keep", help="a schema of a throw-away database to build in, once")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    with kept_tables(options.keep) if options.keep else scratch_tables():
        result = run(options)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    seconds = round(time.monotonic() - started, 1)
    print(json.dumps({**result, "seconds": seconds, "peak_mb": round(peak)}))


if __name__ == "__main__":
    main()
