"""Asking for work, inside the transaction of the change that makes it necessary.

The rule that keeps changes. A job says "this row changed"; its handler reads the row as it is then.
An equal job (same kind, key and revision) absorbs the request only while no worker has begun it,
and until the asking transaction ends that job is locked against being begun: so whoever runs it
sees the change. A job that is running, failed once, or between two chunks may have read the row
before the change, so it absorbs nothing and a new row is written. Two equal jobs never run at the
same time (common.jobs.run), so the later one has the last word.
"""

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from common.jobs import sql
from common.jobs.doorbell import ring_on_commit

INSERT = """
    INSERT INTO common_job (kind, key, revision, queue, payload, actor_id)
    VALUES (%(kind)s, %(key)s, %(revision)s, %(queue)s, %(payload)s, %(actor_id)s)
    ON CONFLICT DO NOTHING
    RETURNING id
"""
# FOR SHARE: others may lean on the same row, but no worker begins it before this commit.
LEAN_ON = """
    SELECT id FROM common_job
    WHERE kind = %(kind)s AND key = %(key)s AND revision = %(revision)s
      AND started_at IS NULL AND done_at IS NULL AND dead_at IS NULL
    FOR SHARE
"""


def enqueue(  # noqa: PLR0913 -- each is a column of the row
    kind: str,
    key: int,
    *,
    revision: int = 0,
    queue: str = "fast",
    payload: Mapping[str, Any] | None = None,
    actor_id: int | None = None,
) -> int:
    """Ask for work when this transaction commits; return the id of the job that will do it.

    An equal job that nobody has begun is used as it is, with its own payload and actor.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            f"enqueue({kind!r}) needs the transaction of the change that asks for it: "
            "call it inside transaction.atomic()."
        )
    asked = {
        "kind": kind,
        "key": key,
        "revision": revision,
        "queue": queue,
        "payload": Jsonb(dict(payload or {})),
        "actor_id": actor_id,
    }
    job_id = _insert_or_lean(asked)
    ring_on_commit(queue)
    return job_id


def _insert_or_lean(asked: Mapping[str, Any]) -> int:
    """Write the row or lock its equal; a job begun in between sends us round again."""
    while True:
        found = sql.row(INSERT, **asked) or sql.row(LEAN_ON, **asked)
        if found:
            return int(found[0])
