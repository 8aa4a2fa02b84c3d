"""Candidates of a listing, narrowed in SQL by one multicolumn index per side.

The array operator is written with its schema: with the extension intarray installed, a bare ``&&``
between int arrays is another operator, which the index cannot serve.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from django.db import connection

from matching.engine.codes import ancestors
from matching.engine.text import TOTAL
from matching.models import Side

SMALL_CORPUS = 20_000
TERM_BUDGET = 5_000
CODE_BUDGET = 5_000
Params: TypeAlias = dict[str, int | list[int] | dt.date]


TABLES = {
    Side.OFFERS: ("matching_offerdoc", "offer_id"),
    Side.NEEDS: ("matching_needdoc", "need_id"),
}
FREQUENCIES = """
    SELECT key, sum(listings)::int FROM (
        SELECT key, listings FROM matching_keyfrequency
            WHERE side = %(side)s AND key = ANY(%(keys)s)
        UNION ALL
        SELECT key, 1 FROM matching_frequencydelta, unnest(added) AS key
            WHERE side = %(side)s AND key = ANY(%(keys)s)
        UNION ALL
        SELECT key, -1 FROM matching_frequencydelta, unnest(removed) AS key
            WHERE side = %(side)s AND key = ANY(%(keys)s)
    ) AS counted GROUP BY key
"""


@dataclass(frozen=True)
class Budgets:
    """How many listings the chosen terms, and each chosen code, may bring at most."""

    terms: int = TERM_BUDGET
    codes: int = CODE_BUDGET
    small: int = SMALL_CORPUS


ONLINE = Budgets()
NIGHTLY = Budgets(terms=15_000, codes=20_000)


@dataclass(frozen=True)
class Search:
    """What listings of a side are looked for with: keys, where I am, where I look, on a day."""

    side: Side
    keys: tuple[int, ...]
    loc: tuple[int, ...]
    reach: tuple[int, ...]
    audience: int
    today: dt.date


@dataclass(frozen=True)
class Found:
    """Listings found; the flags say what the index knows of cells, when that was asked."""

    ids: list[int]
    payloads: list[bytes]
    reaches_me: list[bool]
    within_my_reach: list[bool]


def frequencies(side: Side, keys: Iterable[int]) -> dict[int, int]:
    """Return in how many open listings each key occurs, changes not yet folded in included."""
    params: Params = {"side": int(side), "keys": list({*keys, TOTAL})}
    with connection.cursor() as cursor:
        cursor.execute(FREQUENCIES, params)
        return {key: max(count, 0) for key, count in cursor.fetchall()}


def choose_keys(
    terms: Iterable[int],
    codes: Iterable[int],
    counts: Mapping[int, int],
    budgets: Budgets = ONLINE,
) -> tuple[int, ...]:
    """Return the keys to search by: all of them in a small corpus, else within budgets.

    Terms from the rarest on, while their listings fit the budget; each code at its broadest level
    that fits, or as it is when none does.
    """
    if counts.get(TOTAL, 0) <= budgets.small:
        entries = {entry for code in codes for entry in ancestors(code)}
        return tuple(sorted(key for key in {*terms, *entries} if counts.get(key)))
    return tuple(
        sorted({*_rare(terms, counts, budgets.terms), *_fitting(codes, counts, budgets.codes)})
    )


def _rare(terms: Iterable[int], counts: Mapping[int, int], budget: int) -> list[int]:
    chosen: list[int] = []
    spent = 0
    for key in sorted((t for t in terms if counts.get(t)), key=lambda t: (counts[t], t)):
        spent += counts[key]
        if spent > budget and chosen:
            break
        chosen.append(key)
    return chosen


def _fitting(codes: Iterable[int], counts: Mapping[int, int], budget: int) -> list[int]:
    chosen = []
    for code in codes:
        chain = ancestors(code)
        fits = [entry for entry in chain if 0 < counts.get(entry, 0) <= budget]
        chosen.append(fits[0] if fits else chain[-1])
    return chosen


def find(search: Search) -> Found:
    """Return the listings that share a key, reach me, and are where I look."""
    if not search.keys:
        return Found([], [], [], [])
    sql, params = narrow_statement(search)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return Found([row[0] for row in rows], [bytes(row[1]) for row in rows], [], [])


def find_anywhere(search: Search) -> Found:
    """Return the listings that share a key, saying of each whether cells reach both ways."""
    if not search.keys:
        return Found([], [], [], [])
    table, column = TABLES[search.side]
    reaches = "cover OPERATOR(pg_catalog.&&) %(loc)s::int[]" if search.loc else "true"
    within = "loc OPERATOR(pg_catalog.&&) %(reach)s::int[]" if search.reach else "true"
    sql = (
        f"SELECT {column}, payload, {reaches}, {within} FROM {table}"  # noqa: S608 -- constants
        " WHERE keys OPERATOR(pg_catalog.&&) %(keys)s::int[]"
        " AND audience <= %(audience)s AND expires_on >= %(today)s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, _params(search))
        rows: Sequence[tuple[int, bytes, bool, bool]] = cursor.fetchall()
    ids, payloads, reaching, inside = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Found(list(ids), [bytes(row) for row in payloads], list(reaching), list(inside))


def narrow_statement(search: Search) -> tuple[str, Params]:
    """Return the hot statement and its parameters; worldwide means no condition on places."""
    table, column = TABLES[search.side]
    conditions = ["keys OPERATOR(pg_catalog.&&) %(keys)s::int[]"]
    if search.loc:
        conditions.append("cover OPERATOR(pg_catalog.&&) %(loc)s::int[]")
    if search.reach:
        conditions.append("loc OPERATOR(pg_catalog.&&) %(reach)s::int[]")
    where = " AND ".join([*conditions, "audience <= %(audience)s", "expires_on >= %(today)s"])
    sql = f"SELECT {column}, payload FROM {table} WHERE {where}"  # noqa: S608 -- constants
    return sql, _params(search)


def _params(search: Search) -> Params:
    return {
        "keys": list(search.keys),
        "loc": list(search.loc),
        "reach": list(search.reach),
        "audience": int(search.audience),
        "today": search.today,
    }
