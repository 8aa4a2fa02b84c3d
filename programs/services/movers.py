"""How the rows of programs follow an organization when two records become one."""

from firms.services.duplicates.movers import Mover
from programs.models import Award, Declaration, FactAnswer, Program, Verdict

MOVERS: tuple[Mover, ...] = (
    Mover(Program, path="agency"),
    Mover(Award, same=("program", "year", "source_ref")),
    Mover(Declaration, same=("question",)),
    Mover(FactAnswer, same=("call", "fact")),
    Mover(Verdict, drops=True, is_computed=True),
)
