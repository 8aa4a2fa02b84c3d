"""Say when each worker last answered; exit 1 when one has been silent for too long."""

import sys

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error

from common.jobs.sweep import canary_age_s
from registry.queues import WORKERS


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()  # they load every page; bin/check runs them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--max-age", type=float, default=60, metavar="SECONDS")

    def handle(self, *, max_age: float, **options: object) -> None:
        try:
            ages = {name: canary_age_s(queues[0]) for name, queues in WORKERS.items()}
        except Error as error:
            self.stderr.write(f"PostgreSQL does not answer: {error}")
            sys.exit(1)
        for name, age in ages.items():
            said = "has never answered" if age is None else f"answered {age:.0f} s ago"
            self.stdout.write(f"Worker {name} {said}")
        if any(age is None or age > max_age for age in ages.values()):
            sys.exit(1)
