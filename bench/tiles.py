"""Tiles of the map over a million organizations: ours, drawn from all rows, and by tipg.

    DATABASE_URL=postgresql://.../racimo_bench RACIMO_STATEMENT_MS=0 nice \
        .venv/bin/python -m bench.tiles

The three are asked in turn, in the same run, for the same tiles of the same table
(firms_directoryentry): ``ours`` by the view's own service, ``raw`` by gathering all the rows of the
tile into the same cells, ``tipg`` by its own server over HTTP on this machine, which sends every
point unclustered, with one property (its limit of 10,000 features is lifted). Times are the best
of some runs in ms, work is the CPU of PostgreSQL and of this process; of tipg the wall time only,
for its processes are not ours to count. Ends with one JSON line.
"""

import argparse
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from bench.setup import start_django

start_django()

from django.contrib.auth.models import AnonymousUser  # noqa: E402 -- after setup
from django.db import connection  # noqa: E402 -- after setup

from bench.directory_world import main as build  # noqa: E402 -- after setup
from bench.plumbing import Meter  # noqa: E402 -- after setup
from firms.models import MapTally  # noqa: E402 -- after setup
from firms.policies import visible_entries  # noqa: E402 -- after setup
from firms.services.directory.tallies import WIDTH, recount  # noqa: E402 -- after setup
from firms.services.directory.tiles import COUNTED_TO, Tile, counted_tile, drawn_tile  # noqa: E402 -- after setup

CENTER = (-70.65, -33.45)  # Santiago: the tiles that hold most
TARGET = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-peer", action="store_true")
    options = parser.parse_args()
    build()
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
    if not MapTally.objects.exists():
        recount()
    peer = None if options.no_peer else _peer()
    try:
        figures = [measure(z, peer, options.runs) for z in range(15)]
    finally:
        if peer:
            peer[0].terminate()
    far = [figure["raw_over_ours"] for figure in figures if figure["z"] <= COUNTED_TO]
    print(json.dumps({"tiles": figures, "least_ratio_to_z10": min(far), "target": TARGET}))


def tile_at(z: int) -> Tile:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_X(p), ST_Y(p) FROM"
            " ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 4326), 3857) AS p",
            CENTER,
        )
        x, y = cursor.fetchone()
    return Tile(z, int((x / WIDTH + 0.5) * 2**z), int((0.5 - y / WIDTH) * 2**z))


def measure(z: int, peer: Any, runs: int) -> dict[str, Any]:
    tile = tile_at(z)
    rows = visible_entries(AnonymousUser())
    ours = _best(runs, lambda: _ours(tile, rows))
    raw = _best(runs, lambda: drawn_tile(tile, rows=rows))
    figure = {
        "z": z,
        "ours_ms": ours[0],
        "ours_cpu_ms": ours[1],
        "bytes": ours[2],
        "raw_ms": raw[0],
        "raw_cpu_ms": raw[1],
        "raw_over_ours": round(raw[1] / ours[1], 1),
    }
    if peer:
        url = f"{peer[1]}/collections/public.firms_directoryentry/tiles/WebMercatorQuad"
        wall, _cpu, size = _best(
            runs, lambda: _fetch(f"{url}/{z}/{tile.x}/{tile.y}?geom-column=spot&properties=kind")
        )
        figure |= {"tipg_ms": wall, "tipg_bytes": size, "tipg_over_ours": round(wall / ours[0], 1)}
    print(figure, file=sys.stderr, flush=True)
    return figure


def _ours(tile: Tile, rows: Any) -> bytes:
    if tile.z <= COUNTED_TO:
        return counted_tile(tile, visibility=["public"])
    return drawn_tile(tile, rows=rows)


def _best(runs: int, draw: Callable[[], bytes]) -> tuple[float, float, int]:
    """Return the least wall time, the least work, and the size of the answer."""
    times, work, size = [], [], 0
    for _ in range(runs):
        meter, begun = Meter(), time.perf_counter()
        size = len(draw())
        times.append((time.perf_counter() - begun) * 1000)
        work.append(meter.cpu_ms())
    return round(min(times), 2), round(min(work), 2), size


def _fetch(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310 -- our own server
        return bytes(answer.read())


def _peer() -> tuple[subprocess.Popen[bytes], str]:
    """Start tipg on a free port, reading the same database."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = urlsplit(os.environ["DATABASE_URL"])
    place = parse_qs(asked.query).get("host", [asked.hostname or ""])[0]
    url = f"postgresql://{asked.username}@{quote(place, safe='')}{asked.path}"
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "uvicorn",
            "tipg.main:app",
            "--port",
            str(port),
            "--log-level",
            "error",
        ],
        env={
            **os.environ,
            "DATABASE_URL": url,
            "TIPG_DB_EXCLUDE_FUNCTION_SCHEMAS": '["public"]',
            "TIPG_MAX_FEATURES_PER_TILE": "1000000",
        },
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(120):
        time.sleep(0.5)
        try:
            _fetch(f"{address}/healthz")
            return server, address
        except OSError:
            continue
    server.terminate()
    raise SystemExit("tipg does not answer")


if __name__ == "__main__":
    main()
