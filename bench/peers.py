"""What others would do with the same offers and needs: full text as it comes, and a search engine.

Words are term ids as text (``w123``), codes ``c123``, places ``p123``: each peer sees exactly what
the product's index sees. Recall is against the product's exact scores, the only thing asked of
all of them.
"""

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import tantivy
from django.db import connection

from bench.plumbing import Meter, execute, is_there
from matching.engine.batch import Batch
from matching.engine.codes import ancestors
from matching.engine.features import Pairs
from matching.engine.scoring import Assessment, assess
from matching.services.pairing import Scope, Subject

TOP = 20
RESCORED = 1_000
CODE_BOOST = 40
HEAP = 512_000_000
Ids = list[int]


@dataclass
class PeerRun:
    """Ms of wall and of CPU for each need, and what was found."""

    ms: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    found: list[Ids] = field(default_factory=list)


def timed(needs: Sequence[Subject], search: Callable[[Subject], Ids]) -> PeerRun:
    """Search for each need once, after a few to warm up."""
    for need in needs[:2]:
        search(need)
    run = PeerRun()
    for need in needs:
        meter, started = Meter(), time.perf_counter()
        found = search(need)
        run.ms.append(1_000 * (time.perf_counter() - started))
        run.cpu.append(meter.cpu_ms())
        run.found.append(found)
    return run


def build_full_text() -> None:
    """Make the table that somebody would write first: a tsvector and its index."""
    if is_there("naive"):
        return
    execute(
        "CREATE TABLE naive AS SELECT offer_id, to_tsvector('simple', array_to_string("
        " ARRAY(SELECT 'w' || key FROM unnest(keys) AS key WHERE key > 0), ' ')) AS words"
        " FROM matching_offerdoc",
        "CREATE INDEX ON naive USING gin (words)",
        "ANALYZE naive",
    )


def full_text(rank: str) -> Callable[[Subject], Ids]:
    """Return a search for any word, ordered by ``ts_rank`` or ``ts_rank_cd``."""
    sql = (
        "SELECT offer_id FROM naive, to_tsquery('simple', %s) AS query"  # noqa: S608 -- a constant
        f" WHERE words @@ query ORDER BY {rank}(words, query) DESC LIMIT {TOP}"
    )

    def search(need: Subject) -> Ids:
        query = " | ".join(f"w{key}" for key in need.batch().terms.values.tolist())
        with connection.cursor() as cursor:
            cursor.execute(sql, [query])
            return [row[0] for row in cursor.fetchall()]

    return search


class Engine:
    """The offers in a tantivy index in a temporary folder."""

    def __init__(self) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_integer_field("id", stored=True, fast=True)
        for name in ("words", "codes", "cover"):
            schema.add_text_field(name, tokenizer_name="whitespace", index_option="freq")
        self.folder = tempfile.TemporaryDirectory()
        self.index = tantivy.Index(schema.build(), path=self.folder.name)
        started = time.perf_counter()
        writer = self.index.writer(heap_size=HEAP, num_threads=2)
        for pk, keys, cover in _offers():
            writer.add_document(
                tantivy.Document(
                    id=pk,
                    words=" ".join(f"w{key}" for key in keys if key > 0),
                    codes=" ".join(f"c{-key}" for key in keys if key < 0),
                    cover=" ".join(f"p{token}" for token in cover),
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self.build_s = time.perf_counter() - started
        self.index.reload()
        self.searcher = self.index.searcher()

    def text(self, need: Subject) -> Ids:
        """Return the best by BM25 of the words."""
        return self._top(self.index.parse_query(_words(need), ["words"]), TOP)

    def rescored(self, scope: Scope) -> Callable[[Subject], Ids]:
        """Return a search with codes and places whose best are scored as the product scores."""

        def search(need: Subject) -> Ids:
            codes = " ".join(f"codes:c{-key}^{CODE_BOOST}" for key in sorted(_codes(need)))
            query = f"(words:({_words(need)}) {codes})"
            if need.loc:
                query = f"+{query} +cover:({' '.join(f'p{token}' for token in need.loc)})"
            ids = self._top(self.index.parse_query(query, ["words"]), RESCORED)
            return _rescored(need, ids, scope)

        return search

    def _top(self, query: tantivy.Query, limit: int) -> Ids:
        hits = self.searcher.search(query, limit, count=False).hits
        return [int(self.searcher.doc(address)["id"][0]) for _, address in hits]


def assessed(need: Subject, ids: Ids, scope: Scope) -> Assessment:
    """Score offers that were found elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT offer_id, payload FROM matching_offerdoc WHERE offer_id = ANY(%s)", [ids]
        )
        rows = cursor.fetchall()
    many = Batch.decode([pk for pk, _ in rows], [bytes(payload) for _, payload in rows])
    return assess(Pairs(need.batch(), many, scope.today.toordinal(), scope.rules))


def _rescored(need: Subject, ids: Ids, scope: Scope) -> Ids:
    found = assessed(need, ids, scope)
    order = found.score.argsort()[::-1]
    return [int(found.pairs.offers.ids[i]) for i in order if found.passed[i]][:TOP]


def _words(need: Subject) -> str:
    return " ".join(f"w{key}" for key in need.batch().terms.values.tolist())


def _codes(need: Subject) -> set[int]:
    """Return the codes of a need with the entry above each."""
    return {entry for code in need.batch().codes.values for entry in ancestors(int(code))[-2:]}


def _offers() -> Iterator[tuple[int, list[int], list[int]]]:
    with connection.chunked_cursor() as cursor:
        cursor.execute("SELECT offer_id, keys, cover FROM matching_offerdoc")
        yield from cursor
