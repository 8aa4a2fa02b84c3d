"""Measure matching on awarded contracts: who was asked for, and who got it."""

import csv
import datetime as dt
import json
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from firms.contracts import COLUMNS, Contract, ContractRowError, parse_contract
from matching.engine.text import LANGUAGES
from matching.services.evaluation import ranks_of, split, summary


class Command(BaseCommand):
    help = "Ranks the sellers of later contracts by the earlier ones; prints one JSON line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--since", required=True, help="first day of the needs: YYYY-MM-DD")
        parser.add_argument("--until", help="leave out rows from this day on: YYYY-MM-DD")
        parser.add_argument("--cap-per-code", type=int, default=20)
        parser.add_argument("--language", choices=LANGUAGES, default="pt")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        since = day_of(options["since"], "--since")
        until = day_of(options["until"], "--until") if options["until"] else dt.date.max
        if options["cap_per_code"] < 1:
            raise CommandError("--cap-per-code must be 1 or more.")
        contracts, rejected = read_contracts(options["file"])
        parts = split(
            (c for c in contracts if c.published < until),
            since=since,
            cap_per_code=options["cap_per_code"],
        )
        if not parts.asked:
            raise CommandError("No need is left to rank: check --since against the file's dates.")
        if rejected:
            self.stderr.write(f"{rejected} rows could not be read and were left out.")
        result = summary(ranks_of(parts, language=options["language"]))
        seconds = round(time.monotonic() - started, 2)
        self.stdout.write(json.dumps({**result, "seconds": seconds}))


def day_of(text: str, option: str) -> dt.date:
    """Read a date; a wrong one stops the command with a sentence."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"{option} must be a date like 2024-01-22, not {text!r}.") from error


def read_contracts(path: Path) -> tuple[list[Contract], int]:
    """Return the readable rows of a file and how many were not."""
    contracts, rejected = [], 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if missing := sorted(set(COLUMNS) - set(reader.fieldnames or ())):
                raise CommandError(f"Columns missing in {path}: {', '.join(missing)}.")
            for row in reader:
                try:
                    contracts.append(parse_contract(row))
                except ContractRowError:
                    rejected += 1
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"Cannot read {path}: {error}") from error
    return contracts, rejected
