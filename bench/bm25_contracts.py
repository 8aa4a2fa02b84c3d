"""BM25 on awarded contracts: the peer of ``bin/manage evaluate_matching``, with the same split.

    .venv/bin/python -m bench.bm25_contracts FILE.csv --since 2024-01-22

One document per seller: everything that it was awarded before the day. Prints one JSON line for the
contract objects alone, one with CPV labels on both sides, and one with the sellers' names too.
"""

import argparse
import csv
import datetime as dt
import json
import time
from collections import defaultdict
from pathlib import Path

import bm25s
import numpy as np

from bench.setup import start_django

start_django()

from firms.contracts import Contract, ContractRowError, parse_contract  # noqa: E402 -- after setup
from matching.engine.text import stems  # noqa: E402 -- after setup
from matching.services.evaluation import Split, split, summary  # noqa: E402 -- after setup


def text_of(contract: Contract, with_label: bool) -> list[str]:
    return stems(f"{contract.text} {contract.label if with_label else ''}", "pt")


def ranks(parts: Split, with_label: bool, with_name: bool) -> list[int | None]:
    """Rank sellers by BM25; ties share the middle of their places."""
    words: defaultdict[str, list[str]] = defaultdict(list)
    for contract in parts.known:
        if with_name and contract.seller_id not in words:
            words[contract.seller_id] += stems(contract.seller, "pt")
        words[contract.seller_id] += text_of(contract, with_label)
    sellers = sorted(words)
    place = {seller: index for index, seller in enumerate(sellers)}
    index = bm25s.BM25()
    index.index([words[seller] for seller in sellers], show_progress=False)
    found: list[int | None] = []
    for contract in parts.asked:
        scores = index.get_scores(text_of(contract, with_label))
        mine = scores[place[contract.seller_id]]
        better, equal = int((scores > mine).sum()), int((scores == mine).sum())
        found.append(better + (equal + 1) // 2 if mine > 0 else None)
    return found


def contracts_in(path: Path) -> list[Contract]:
    rows = []
    with path.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            try:
                rows.append(parse_contract(row))
            except ContractRowError:
                continue
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--since", type=dt.date.fromisoformat, required=True)
    parser.add_argument("--until", type=dt.date.fromisoformat, default=dt.date.max)
    parser.add_argument("--cap-per-code", type=int, default=20)
    options = parser.parse_args()
    rows = [row for row in contracts_in(options.file) if row.published < options.until]
    parts = split(rows, since=options.since, cap_per_code=options.cap_per_code)
    for name, *told in (
        ("bm25 text", False, False),
        ("bm25 text+label", True, False),
        ("bm25 text+label+name", True, True),
    ):
        started = time.monotonic()
        result = summary(ranks(parts, *told))
        seconds = round(time.monotonic() - started, 2)
        print(json.dumps({"method": name, **result, "seconds": seconds}))


if __name__ == "__main__":
    np.seterr(all="raise", under="ignore")
    main()
