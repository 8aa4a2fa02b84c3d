"""After a restore: forget again the people and contacts that the journal says were forgotten."""

from django.core.management.base import BaseCommand

from common.history import Actor, acting
from registry.privacy.erasing import replay


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: object, **options: object) -> None:
        with acting(Actor("command:replay_erasures")):
            people, contacts = replay()
        self.stdout.write(f"Erased again: {people} people, {contacts} contacts.")
