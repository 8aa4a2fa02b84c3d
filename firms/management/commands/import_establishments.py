"""bin/manage import_establishments FILE.csv."""

from firms.management.import_command import ImportCommand
from firms.models import ImportKind


class Command(ImportCommand):
    help = "Import industrial plants: firms, their sites and what they make."
    kind = ImportKind.ESTABLISHMENTS
