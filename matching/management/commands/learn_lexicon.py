"""Learn which stems translate which from the labels of the classifications."""

from typing import Any

from django.core.management.base import BaseCommand

from matching.services.lexicon import learn_lexicon


class Command(BaseCommand):
    help = "Learns the es/pt/en lexicon of matching from the labels of the classifications."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{learn_lexicon()} entries")
