"""Start a Celery worker: ``work fast`` does what people wait for, ``work bulk`` the rest."""

import os

from django.core.management.base import BaseCommand, CommandParser

from registry.celery import app
from registry.queues import WORKERS
from registry.workers import arguments, pid_file


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()  # they load every page; bin/check runs them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", choices=sorted(WORKERS))
        parser.add_argument("--concurrency", type=int, default=1, help="processes (default 1)")

    def handle(self, *, name: str, concurrency: int, **options: object) -> None:
        path = pid_file(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(os.getpid()))
        os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
        app.worker_main(arguments(name, concurrency))
