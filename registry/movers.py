"""The tables whose rows follow an organization when two records become one, of all apps."""

from firms.services.duplicates.movers import Mover
from firms.services.duplicates.own_movers import MOVERS as OF_FIRMS
from matching.services.movers import MOVERS as OF_MATCHING
from programs.services.movers import MOVERS as OF_PROGRAMS

MOVERS: tuple[Mover, ...] = (*OF_FIRMS, *OF_PROGRAMS, *OF_MATCHING)
