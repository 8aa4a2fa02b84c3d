"""bin/manage import_ror FILE.csv."""

from firms.management.import_command import ImportCommand
from firms.models import ImportKind


class Command(ImportCommand):
    help = "Import research organizations of ROR: universities, centers, agencies, firms."
    kind = ImportKind.ROR
