"""Background work that cannot be lost: a row in the transaction of the change, then a doorbell.

``enqueue`` asks; a handler takes a ``Work`` and may answer ``Continue``; ``progress`` tells how far
a long job has come. The table of handlers and the doorbell belong to the project: the settings
JOB_HANDLERS and JOB_DOORBELL name them.
"""

from common.jobs.progress import Progress, progress
from common.jobs.queue import enqueue
from common.jobs.work import Continue, Handler, Work

__all__ = ["Continue", "Handler", "Progress", "Work", "enqueue", "progress"]
