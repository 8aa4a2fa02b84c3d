"""How the rows of programs follow an organization when two records become one."""

from firms.services.duplicates.movers import Mover
from programs.models import Declaration, Program, Verdict

MOVERS: tuple[Mover, ...] = (
    Mover(Program, path="agency"),
    Mover(Declaration, same=("question",)),
    Mover(Verdict, drops=True, is_computed=True),
)
