"""Put published and hand-worked cases to the metrics."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from insights.vectors.run import run_folder


class Command(BaseCommand):
    help = "Runs a folder of vector files; what fails is said, and the last line is JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        folder: Path = options["folder"]
        if not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        outcomes = run_folder(folder)
        if not outcomes:
            raise CommandError(f"{folder} holds no vector file: JSON with a list of cases.")
        for outcome in outcomes:
            for line in outcome.wrong:
                self.stdout.write(f"{outcome.title}: {line}")
            if outcome.unsupported:
                self.stdout.write(f"{outcome.title}: not supported, {outcome.unsupported}")
        failed = [o.title for o in outcomes if o.wrong]
        unsupported = [o.title for o in outcomes if o.unsupported]
        summary = {
            "cases": len(outcomes),
            "passed": len(outcomes) - len(failed) - len(unsupported),
            "failed": failed,
            "not_supported": unsupported,
        }
        self.stdout.write(json.dumps(summary, ensure_ascii=False))
