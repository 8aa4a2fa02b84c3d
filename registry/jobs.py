"""The tables that say which service does a kind of job, and who makes a kind of effect."""

from common.jobs import Handler, Work
from common.jobs.effects import Sender
from common.jobs.run import CANARY
from common.mail import deliver


def sing(_: Work) -> None:
    """Answer the canary: that this was claimed and committed is all there is to know."""


HANDLERS: dict[str, Handler] = {CANARY: sing}
SENDERS: dict[str, Sender] = {"mail": deliver}
