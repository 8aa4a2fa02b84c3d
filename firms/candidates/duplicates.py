"""Pairs of organizations worth comparing: blocks by name, number, host and place.

Each block asks an index and keeps few a record, so that a chunk costs the same however large
the table; a pair that two blocks find is one pair. Closed organizations are left out.
"""

from collections.abc import Collection, Sequence
from typing import Any

from django.db import connection

from firms.duplicates.hosts import SHARED_HOSTS

NAME_THRESHOLD = 0.5
NEAR_METERS = 150
NEAR_NAME = 0.25
PER_RECORD = 20
Pair = tuple[int, int]

SUBJECTS = """
    subjects AS (
        SELECT id, country_id, search_legal_name, search_trade_name, acronym FROM firms_organization
        WHERE id = ANY(%(ids)s) AND status <> 'closed'
    )
"""
BY_NAME = f"""
    WITH {SUBJECTS}, names AS (
        SELECT id, country_id, search_legal_name AS name FROM subjects
        UNION SELECT id, country_id, search_trade_name FROM subjects
        UNION SELECT id, country_id, racimo_bare_name(acronym) FROM subjects
        WHERE length(acronym) >= 3
    )
    SELECT names.id, found.id FROM names CROSS JOIN LATERAL (
        SELECT o.id FROM firms_organization o
        WHERE (o.search_legal_name %% names.name
               OR o.search_trade_name %% names.name)
          AND o.country_id = names.country_id AND o.id <> names.id AND o.status <> 'closed'
        ORDER BY greatest(similarity(o.search_legal_name, names.name),
                          similarity(o.search_trade_name, names.name)) DESC, o.id
        LIMIT %(limit)s
    ) found WHERE names.name <> ''
"""  # noqa: S608 -- a constant of this module
BY_NUMBER = f"""
    WITH {SUBJECTS}, numbers AS (
        SELECT i.organization_id AS id, i.scheme, i.normalized FROM firms_identifier i
        JOIN subjects s ON s.id = i.organization_id
    )
    SELECT n.id, i.organization_id FROM numbers n
    JOIN firms_identifier i ON i.normalized = n.normalized AND i.organization_id <> n.id
    UNION
    SELECT n.id, i.organization_id FROM numbers n
    JOIN firms_identifier i ON i.scheme = n.scheme AND i.organization_id <> n.id
         AND i.normalized BETWEEN left(n.normalized, 8) AND left(n.normalized, 8) || '999999'
    WHERE n.scheme = 'BR-CNPJ'
"""  # noqa: S608 -- a constant of this module
BY_HOST = f"""
    WITH {SUBJECTS}, hosts AS (
        SELECT s.id, s.country_id, racimo_host(o.website) AS host
        FROM subjects s JOIN firms_organization o USING (id)
        UNION SELECT s.id, s.country_id, racimo_host(o.role_email)
        FROM subjects s JOIN firms_organization o USING (id)
    )
    SELECT hosts.id, found.id FROM hosts CROSS JOIN LATERAL (
        SELECT o.id FROM firms_organization o
        WHERE (racimo_host(o.website) = hosts.host OR racimo_host(o.role_email) = hosts.host)
          AND o.country_id = hosts.country_id AND o.id <> hosts.id AND o.status <> 'closed'
        ORDER BY o.id LIMIT %(limit)s
    ) found WHERE hosts.host <> '' AND hosts.host <> ALL(%(shared)s)
"""  # noqa: S608 -- a constant of this module
BY_PLACE = f"""
    WITH {SUBJECTS}
    SELECT s.id, found.id FROM subjects s
    JOIN firms_site mine ON mine.organization_id = s.id CROSS JOIN LATERAL (
        SELECT o.id FROM firms_site theirs
        JOIN firms_organization o ON o.id = theirs.organization_id
        WHERE ST_DWithin(theirs.point, mine.point, %(meters)s)
          AND mine.precision IN ('exact', 'street') AND theirs.precision IN ('exact', 'street')
          AND o.id <> s.id AND o.country_id = s.country_id AND o.status <> 'closed'
          AND similarity(o.search_legal_name, s.search_legal_name)
              >= %(near_name)s
        ORDER BY o.id LIMIT %(limit)s
    ) found
"""  # noqa: S608 -- a constant of this module
BLOCKS = {"name": BY_NAME, "number": BY_NUMBER, "host": BY_HOST, "place": BY_PLACE}


def candidate_pairs(
    ids: Collection[int], *, blocks: Sequence[str] = tuple(BLOCKS), threshold: float | None = None
) -> set[Pair]:
    """Return the pairs with one of the organizations that are worth comparing, in id order."""
    values: dict[str, Any] = {
        "ids": list(ids),
        "limit": PER_RECORD,
        "shared": sorted(SHARED_HOSTS),
        "meters": NEAR_METERS,
        "near_name": NEAR_NAME,
    }
    found: set[Pair] = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)",
            [str(NAME_THRESHOLD if threshold is None else threshold)],
        )
        for block in blocks:
            cursor.execute(BLOCKS[block], values)
            found |= {(min(pair), max(pair)) for pair in cursor.fetchall()}
        cursor.execute("RESET pg_trgm.similarity_threshold")
    return found
