"""How well duplicate records are found: research organizations of two lists, linked by name.

    nice .venv/bin/python -m bench.duplicates --ror ROR.csv --universities UNIVERSITIES.csv [--fit]

Gold: a record of one list and one of the other are the same when their websites have the same
registered host, and that host is one record's alone in either list. The host is withheld from what
is compared, so names, acronyms and kinds have to tell. Both lists are loaded into tables that are
never committed; ``pairs_complete`` is the share of gold pairs that blocking brings together. Lines
of ``baseline`` are a plain threshold on pg_trgm similarity of the lower-case names over all pairs
of a country, chosen on the development half. Halves are by the hash of the name of the second
list. Ends with one JSON line a method. Known fault of the gold: an organization that changed its
host counts as two, so precision is understated.
"""

import argparse
import csv
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from bench.setup import start_django

start_django()

from django.contrib.gis.geos import Point  # noqa: E402 -- after setup
from django.db import connection, transaction  # noqa: E402 -- after setup

from clusters.models import AdminUnit  # noqa: E402 -- after setup
from firms.candidates.duplicates import candidate_pairs  # noqa: E402 -- after setup
from firms.duplicates import FLOOR, Features, RecordFacts, features_of  # noqa: E402 -- after setup
from firms.duplicates.hosts import own_host  # noqa: E402 -- after setup
from firms.duplicates.scoring import score_of  # noqa: E402 -- after setup
from firms.models import Organization  # noqa: E402 -- after setup
from firms.services.duplicates.facts import gather_facts  # noqa: E402 -- after setup
from firms.services.duplicates.scan import CHUNK  # noqa: E402 -- after setup

KINDS = {
    "education": "university", "facility": "research_center", "government": "public_agency",
    "nonprofit": "ngo", "healthcare": "firm", "company": "firm", "funder": "public_agency",
}  # fmt: skip
FITTED = ("name", "rest", "nature")
Pair = tuple[int, int]
Scored = dict[Pair, float]


@dataclass
class Lists:
    """Two lists in the database: hosts by id, names of the second, and the pairs that are one."""

    hosts: dict[int, str]
    names: dict[int, str]
    firsts: set[int]
    gold: set[Pair]
    clear: set[int]  # records whose host is theirs alone

    def judged(self, pair: Pair) -> bool:
        """Say whether the gold can tell of a pair: across the lists, both hosts known and clear."""
        one, other = pair
        across = (one in self.firsts) != (other in self.firsts)
        return across and one in self.clear and other in self.clear

    def is_test(self, pair: Pair) -> bool:
        """Say whether a pair is of the half that nothing is chosen on."""
        second = next(pk for pk in pair if pk not in self.firsts)
        return hashlib.sha256(self.names[second].encode()).digest()[0] % 2 == 1


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def load(ror: list[dict[str, str]], universities: list[dict[str, str]]) -> Lists:
    shared = {row["country"] for row in ror} & {row["country"] for row in universities}
    countries = {code: country(code) for code in sorted(shared)}
    firsts = [_first(row, countries) for row in ror if row["country"] in shared]
    seconds = [
        Organization(legal_name=row["name"], kind="university", country=countries[row["country"]])
        for row in universities
        if row["country"] in shared
    ]
    sites = [row["website"] for row in ror if row["country"] in shared]
    sites += [row["web"] for row in universities if row["country"] in shared]
    rows = Organization.objects.bulk_create([*firsts, *seconds])
    hosts = {row.pk: own_host(site) for row, site in zip(rows, sites, strict=True)}
    ids = {row.pk for row in rows[: len(firsts)]}
    return _labeled(hosts, {row.pk: row.legal_name for row in rows}, ids)


def _first(row: dict[str, str], countries: dict[str, AdminUnit]) -> Organization:
    other = next((n for n in (row["name_es"], row["name_pt"]) if n and n != row["name"]), "")
    return Organization(
        legal_name=row["name"],
        trade_name=other,
        acronym=row["acronyms"].split("|")[0][:40],
        kind=KINDS.get(row["types"].split("|")[0], "other"),
        country=countries[row["country"]],
    )


def country(code: str) -> AdminUnit:
    found = AdminUnit.objects.filter(code=code).first()
    return found or AdminUnit.objects.create(
        code=code, country_code=code, level=0, label_es=code, center=Point(-70, -30, srid=4326)
    )


def _labeled(hosts: dict[int, str], names: dict[int, str], firsts: set[int]) -> Lists:
    counts = Counter((pk in firsts, host) for pk, host in hosts.items() if host)
    clear = {pk for pk, host in hosts.items() if host and counts[pk in firsts, host] == 1}
    by_host = {hosts[pk]: pk for pk in clear & firsts}
    gold = {(by_host[hosts[pk]], pk) for pk in clear - firsts if hosts[pk] in by_host}
    return Lists(hosts, names, firsts, {(min(p), max(p)) for p in gold}, clear)


def blocked(lists: Lists) -> set[Pair]:
    """Bring pairs together as the nightly job does, chunk by chunk; say what a chunk takes."""
    with connection.cursor() as cursor:
        for index in ("organization_bare_legal", "organization_bare_trade"):
            cursor.execute("SELECT gin_clean_pending_list(%s)", [index])  # as a vacuum would
        cursor.execute("ANALYZE firms_organization")
        cursor.execute("SET LOCAL statement_timeout = '60s'")
    ids, found, times = sorted(lists.names), set(), []
    for start in range(0, len(ids), CHUNK):
        begun = time.perf_counter()
        found |= candidate_pairs(ids[start : start + CHUNK])
        times.append(time.perf_counter() - begun)
    times.sort()
    say("chunks", {"records": CHUNK, "median_s": times[len(times) // 2], "max_s": times[-1]})
    return found


def ours(pairs: Iterable[Pair], facts: dict[int, RecordFacts]) -> dict[Pair, Features]:
    return {(a, b): features_of(facts[a], facts[b]) for a, b in pairs}


def trigram(lists: Lists) -> Scored:
    """Compare every name with every name of its country, as one would without blocking."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # the baseline has no index to ask
        cursor.execute(
            "SELECT a.id, b.id, similarity(lower(a.legal_name), lower(b.legal_name))"
            " FROM firms_organization a JOIN firms_organization b USING (country_id)"
            " WHERE a.id = ANY(%s) AND b.id = ANY(%s)"
            " AND similarity(lower(a.legal_name), lower(b.legal_name)) >= 0.3",
            [sorted(lists.firsts), sorted(set(lists.names) - lists.firsts)],
        )
        return {(min(a, b), max(a, b)): likeness for a, b, likeness in cursor.fetchall()}


def quality(scored: Scored, lists: Lists, floor: float, *, test: bool) -> dict[str, float]:
    half = {pair for pair in lists.gold if lists.is_test(pair) == test}
    said = {
        pair
        for pair, score in scored.items()
        if score >= floor and lists.judged(pair) and lists.is_test(pair) == test
    }
    right = len(said & half)
    precision, recall = right / max(len(said), 1), right / max(len(half), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    found = {"floor": floor, "gold": len(half), "said": len(said)}
    return found | {"precision": precision, "recall": recall, "f1": f1}


def best_floor(scored: Scored, lists: Lists) -> float:
    floors = [each / 100 for each in range(5, 100)]
    return max(floors, key=lambda floor: quality(scored, lists, floor, test=False)["f1"])


def fit(features: dict[Pair, Features], lists: Lists) -> dict[str, float]:
    """Fit weights that never fall below zero to the development half, by penalized likelihood."""
    pairs = [pair for pair in features if lists.judged(pair) and not lists.is_test(pair)]
    rows = [[getattr(features[pair], name) for name in FITTED] for pair in pairs]
    values = np.array([[0.5 if v is None else v for v in row] for row in rows])
    truth = np.array([pair in lists.gold for pair in pairs], dtype=float)

    def loss(weights: np.ndarray) -> float:
        total = weights[0] + values @ weights[1:]
        return float(
            np.sum(np.logaddexp(0, total) - truth * total) + 0.01 * weights[1:] @ weights[1:]
        )

    start = np.array([-5.0, *(1.0 for _ in FITTED)])
    bounds = [(None, None), *((0, None) for _ in FITTED)]
    found = minimize(loss, start, method="L-BFGS-B", bounds=bounds)
    return dict(zip(("bias", *FITTED), (round(float(w), 3) for w in found.x), strict=True))


def say(method: str, found: dict[str, float]) -> None:
    rounded = {name: round(value, 4) for name, value in found.items()}
    print(json.dumps({"method": method} | rounded))


def report(scored: Scored, lists: Lists, method: str, floor: Callable[[], float]) -> None:
    found = quality(scored, lists, floor(), test=True)
    say(method, found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--ror", type=Path, required=True)
    parser.add_argument("--universities", type=Path, required=True)
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    with transaction.atomic():
        lists = load(read(given.ror), read(given.universities))
        pairs = {pair for pair in blocked(lists) if lists.judged(pair)}
        features = ours(pairs, gather_facts(lists.names))
        scored = {pair: score_of(found) for pair, found in features.items()}
        plain = trigram(lists)
        transaction.set_rollback(True)
    complete = len(pairs & lists.gold) / len(lists.gold)
    say("blocking", {"gold": len(lists.gold), "pairs": len(pairs), "pairs_complete": complete})
    report(plain, lists, "baseline", lambda: best_floor(plain, lists))
    report(scored, lists, "product", lambda: FLOOR)
    report(
        scored, lists, "product, floor of the development half", lambda: best_floor(scored, lists)
    )
    if given.fit:
        say("fit", fit(features, lists))


if __name__ == "__main__":
    main()
