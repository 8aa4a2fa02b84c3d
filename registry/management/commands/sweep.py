"""Ring for waiting work, free what dead workers held, restart deaf workers; runs until stopped."""

import signal
from threading import Event
from types import FrameType

from django.core.management.base import BaseCommand, CommandParser

from registry.sweeper import Sweeper


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()  # they load every page; bin/check runs them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="one look, then exit")

    def handle(self, *, once: bool, **options: object) -> None:
        stop = Event()

        def end(_signal: int, _frame: FrameType | None) -> None:
            stop.set()

        signal.signal(signal.SIGTERM, end)
        signal.signal(signal.SIGINT, end)
        sweeper = Sweeper()
        sweeper.turn()
        while not once and not stop.wait(1.0):
            sweeper.turn()
