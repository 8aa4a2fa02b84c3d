"""History: every change of tracked tables, written by the database itself.

``tracked`` marks a model; ``acting`` says who writes; ``Change`` is what is kept.
"""

from common.history.context import Actor, acting, tell_who
from common.history.triggers import tracked

__all__ = ["Actor", "acting", "tell_who", "tracked"]
