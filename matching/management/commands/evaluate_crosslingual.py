"""Measure likeness across languages: does a label find its own name in another language?"""

import csv
import json
import time
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.engine.text import LANGUAGES
from matching.services.crosslingual import evaluate


class Command(BaseCommand):
    help = "Ranks all target labels of a file for each source label; prints one JSON line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV with columns es, pt, en")
        parser.add_argument("--source", required=True, choices=LANGUAGES)
        parser.add_argument("--target", required=True, choices=LANGUAGES)

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        source, target = options["source"], options["target"]
        if source == target:
            raise CommandError("--source and --target must be two languages.")
        pairs = read_pairs(options["file"], source, target)
        found = asdict(evaluate(pairs, source=source, target=target))
        result = {
            "source": source,
            "target": target,
            "labels": found["labels"],
            "candidates": found["candidates"],
            "hits@1": round(found["hits_1"], 4),
            "hits@10": round(found["hits_10"], 4),
            "mrr": round(found["mrr"], 4),
            "seconds": round(time.monotonic() - started, 2),
        }
        self.stdout.write(json.dumps(result))


def read_pairs(path: Path, source: str, target: str) -> list[tuple[str, str]]:
    """Return the rows that have a label in both languages."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {source, target} - set(reader.fieldnames or ())
            if missing:
                raise CommandError(f"{path} has no column {', '.join(sorted(missing))}.")
            rows = [((row[source] or "").strip(), (row[target] or "").strip()) for row in reader]
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandError(f"{path} cannot be read: {problem}") from problem
    pairs = [pair for pair in rows if all(pair)]
    if not pairs:
        raise CommandError(f"{path} has no row with a label in both languages.")
    return pairs
