"""How the rows of programs follow an organization when two records become one."""

from firms.services.duplicates.movers import Mover
from programs.models import Award, Declaration, Program, Verdict

MOVERS: tuple[Mover, ...] = (
    Mover(Program, path="agency"),
    Mover(Award, same=("program", "year", "source_ref")),
    Mover(Declaration, same=("question",)),
    Mover(Verdict, drops=True, is_computed=True),
)
