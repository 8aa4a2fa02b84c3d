"""bin/manage import_contracts FILE.csv."""

from firms.management.import_command import ImportCommand
from firms.models import ImportKind


class Command(ImportCommand):
    help = "Import public contracts: sellers with what they sold, buyers with what they bought."
    kind = ImportKind.CONTRACTS
