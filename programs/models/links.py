"""The tables that join programs to what they name, so that their history is kept too."""

from common.history import tracked
from programs.models.programs import Program


@tracked("program", key="program_id")
class ProgramTerritory(Program.territories.through):
    """A territory in which a program applies."""

    class Meta:
        proxy = True
