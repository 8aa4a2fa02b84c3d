"""The directory's searches on a million invented organizations.

    createdb racimo_bench, then: DATABASE_URL=postgresql://.../racimo_bench RACIMO_STATEMENT_MS=0 \
        nice .venv/bin/python -m bench.directory [--explain]

Ends with one JSON line: for each search the median and the 95th percentile of the whole answer of
the server in ms (view, queries, template), the queries it made, and the CPU of this process and of
PostgreSQL's statement together where the machine tells it. The first answer is not counted.
"""

import argparse
import json
import statistics
import time
from base64 import urlsafe_b64encode
from functools import partial
from typing import Any

from bench.setup import start_django

start_django()

from django.conf import settings  # noqa: E402 -- after setup
from django.db import connection  # noqa: E402 -- after setup
from django.test import Client  # noqa: E402 -- after setup

from bench.directory_world import main as build  # noqa: E402 -- after setup
from bench.plumbing import Meter  # noqa: E402 -- after setup
from common.garbage import settle  # noqa: E402 -- after setup
from firms.services.directory.tallies import recount  # noqa: E402 -- after setup

SEARCHES = {
    "first page": "",
    "by age": "sort=new",
    "one word, narrow": "q=araucaria+pehuen",
    "one word, very broad": "q=servicios",
    "three words": "q=etiquetas+envases+mendoza",
    "a phrase": "q=%22envases+de+cart%C3%B3n%22",
    "a slip": "q=etiqetas+quebracho",
    "the number in a name": "q=500123",
    "kind": "kind=university",
    "country, size and state": "country=CL&size=small&size=medium&verification=verified",
    "activity": "activity=1102",
    "broad activity": "activity=C",
    "cluster": "cluster=c7",
    "within 50 km of a city": "near=Mendoza&km=50",
    "within 250 km, by distance": "near=Mendoza&km=250&sort=near",
    "map's box": "bbox=-69.2,-33.2,-68.5,-32.6",
    "with an open offer": "has_offer=on",
    "certificate in force": "certificate={standard}",
    "all at once": "q=vinos&country=AR&kind=firm&has_offer=on&near=Mendoza&km=100",
    "nothing found": "q=zzzzqqqq&kind=university&country=CL",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=12)
    parser.add_argument("--only", default="")
    parser.add_argument("--explain", action="store_true")
    options = parser.parse_args()
    build()
    settings.ALLOWED_HOSTS = ["*"]
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SELECT code FROM clusters_certificatestandard ORDER BY id LIMIT 1")
        standard = cursor.fetchone()[0]
        cursor.execute("SELECT EXISTS (SELECT FROM firms_maptally)")
        if not cursor.fetchone()[0]:
            recount()
            cursor.execute("VACUUM ANALYZE")
    settle()  # as the web server does when it has started
    figures = {}
    for name, query in {**SEARCHES, "page 500 by name": _deep()}.items():
        if options.only in name:
            figures[name] = measure(query.format(standard=standard), options)
            print(f"{name:32} {figures[name]}", flush=True)
    worst = max(figures.values(), key=lambda figure: figure["p95_ms"])
    dear = max(figures.values(), key=lambda figure: figure["p95_cpu_ms"])
    print(
        json.dumps(
            {
                "searches": figures,
                "worst_p95_ms": worst["p95_ms"],
                "worst_p95_cpu_ms": dear["p95_cpu_ms"],
            }
        )
    )


def measure(query: str, options: argparse.Namespace) -> dict[str, Any]:
    client, times, work = Client(), [], []
    url = f"/es/directory/?{query}"
    assert client.get(url).status_code == 200
    log: list[tuple[float, str, Any]] = []
    with connection.execute_wrapper(partial(_timed, log)):
        client.get(url)
    if options.explain:
        _explain(log)
    for _ in range(options.runs):
        begun, meter = time.perf_counter(), Meter()
        client.get(url)
        work.append(meter.cpu_ms())
        times.append((time.perf_counter() - begun) * 1000)
    return {
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(_p95(times), 1),
        "p50_cpu_ms": round(statistics.median(work), 1),
        "p95_cpu_ms": round(_p95(work), 1),
        "queries": len(log),
    }


def _p95(values: list[float]) -> float:
    return sorted(values)[max(0, round(len(values) * 0.95) - 1)]


def _timed(log: list[Any], execute: Any, sql: str, params: Any, *rest: Any) -> Any:
    begun = time.perf_counter()
    try:
        return execute(sql, params, *rest)
    finally:
        log.append((time.perf_counter() - begun, sql, params))


def _explain(log: list[tuple[float, str, Any]]) -> None:
    _seconds, sql, params = max(log, key=lambda entry: entry[0])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS) {sql}", params)
        print("\n".join(row[0] for row in cursor.fetchall()))


def _deep() -> str:
    """Return the address of a page in the middle of the alphabet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sort_name, organization_id FROM firms_directoryentry WHERE is_listed"
            " ORDER BY sort_name, organization_id OFFSET 500000 LIMIT 1"
        )
        row = cursor.fetchone() or ("", 0)
    token = json.dumps(["name", False, "v", row[0], row[1]])
    return "after=" + urlsafe_b64encode(token.encode()).decode().rstrip("=")


if __name__ == "__main__":
    main()
