"""Measure the classifier on texts whose divisions or codes are known."""

import csv
import json
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from matching.services.classification_evaluation import CannotReadGold, Gold, evaluate, read_gold
from matching.services.classifier import ARTIFACT, classifier


class Command(BaseCommand):
    help = "Ranks divisions and codes for the texts of a CSV file; prints one JSON line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--scheme", choices=("cpv",), default="cpv")
        parser.add_argument("--column", default="descripcion", help="column of the text")
        parser.add_argument(
            "--gold", default="cpv_divisions", help="column of the right divisions or codes"
        )
        parser.add_argument("--model", type=Path, default=ARTIFACT, help="another artifact")

    def handle(self, *args: Any, **options: Any) -> None:
        started = time.monotonic()
        rows = list(_rows(options["file"], options["column"], options["gold"]))
        if not rows:
            raise CommandError(f"No row of {options['file']} has a text and a right answer.")
        try:
            model = classifier(options["model"])
        except (OSError, ValueError, KeyError) as error:
            raise CommandError(f"Cannot read the model {options['model']}: {error}") from error
        found = evaluate(rows, model=model)
        seconds = round(time.monotonic() - started, 2)
        self.stdout.write(json.dumps({**found, "seconds": seconds}))


def _rows(path: Path, column: str, gold: str) -> Iterator[tuple[str, Gold]]:
    """Read the rows that have both; anything unreadable stops the command with a sentence."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines)
            if missing := sorted({column, gold} - set(reader.fieldnames or ())):
                raise CommandError(f"Columns missing in {path}: {', '.join(missing)}.")
            for row in reader:
                answer = read_gold(row[gold] or "")
                if answer and row[column]:
                    yield row[column], answer
    except CannotReadGold as error:
        raise CommandError(
            f"{path}: {gold} must be divisions (2 digits) or codes (8 digits) separated by '|',"
            f" not '{error}'."
        ) from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CommandError(f"Cannot read {path}: {error}") from error
