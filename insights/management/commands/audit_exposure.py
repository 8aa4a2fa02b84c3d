"""Who is seen in matches: small and medium firms beside large ones, as data."""

import datetime as dt
import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from insights.services.exposure import audit_exposure


class Command(BaseCommand):
    help = "Prints one JSON line: exposure and relevance of SMEs and of large firms."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["days"] < 1:
            raise CommandError("--days must be 1 or more.")
        until = timezone.localdate()
        since = until - dt.timedelta(days=options["days"] - 1)
        self.stdout.write(json.dumps(audit_exposure(since=since, until=until).as_json()))
