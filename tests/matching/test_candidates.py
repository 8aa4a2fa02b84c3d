"""The hot statement: one scan of one index, and keys within their budgets."""

import datetime as dt

import pytest
from django.db import connection

from bench.plumbing import count_keys, load
from bench.synthetic import TODAY, World
from matching.candidates import Budgets, Search, choose_keys, find, frequencies, narrow_statement
from matching.engine.codes import ancestors, pack
from matching.engine.geo import unit_token
from matching.engine.rules import PARTNERS
from matching.engine.text import TOTAL
from matching.models import Audience, OfferDoc, Side
from matching.services.pairing import Scope, Subject, search_for
from matching.services.scratch import scratch_tables

pytestmark = pytest.mark.django_db

ROWS = 20_500
DAY = dt.date.fromordinal(TODAY)
CODE = pack("cpv2008", "30192800")


def plan_nodes(node):
    yield node
    for child in node.get("Plans", ()):
        yield from plan_nodes(child)


def test_the_plan_is_one_bitmap_scan_of_the_one_index():
    world = World()
    with scratch_tables():
        load(world, ROWS)
        count_keys()
        for row in world.rows(8, are_needs=True):
            subject = Subject.of_row(row, has_place=True)
            search = search_for(subject, scope=Scope(PARTNERS, DAY))
            sql, params = narrow_statement(search)
            with connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
                (((plan,),),) = [cursor.fetchall()[0]]
            nodes = list(plan_nodes(plan["Plan"]))
            scans = [node["Node Type"] for node in nodes if "Scan" in node["Node Type"]]
            assert sorted(scans) == ["Bitmap Heap Scan", "Bitmap Index Scan"], plan
            index = next(node for node in nodes if node["Node Type"] == "Bitmap Index Scan")
            assert "keys" in index["Index Cond"]


def test_the_operator_is_written_with_its_schema():
    search = Search(Side.OFFERS, (1,), (2,), (3,), Audience.MEMBERS, DAY)
    sql, _ = narrow_statement(search)
    assert sql.count("OPERATOR(pg_catalog.&&)") == 3
    assert "&&" not in sql.replace("OPERATOR(pg_catalog.&&)", "")


def test_one_multicolumn_index_serves_each_side():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename, indexdef FROM pg_indexes WHERE indexdef LIKE '%USING gin%'"
            " AND tablename IN ('matching_offerdoc', 'matching_needdoc') ORDER BY 1"
        )
        found = cursor.fetchall()
    assert [table for table, _ in found] == ["matching_needdoc", "matching_offerdoc"]
    for _, definition in found:
        assert "(keys, cover, loc)" in definition
        assert "fastupdate=off" in definition.replace("'", "")


def test_payloads_are_stored_plain():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT attstorage FROM pg_attribute WHERE attname = 'payload'"
            " AND attrelid IN ('matching_offerdoc'::regclass, 'matching_needdoc'::regclass)"
        )
        assert cursor.fetchall() == [("p",)]


def test_a_small_corpus_is_searched_by_every_key_that_occurs():
    counts = {TOTAL: 100, 5: 90, 7: 1, CODE: 3, ancestors(CODE)[0]: 40}
    assert choose_keys([5, 7, 8], [CODE], counts) == tuple(sorted((5, 7, CODE, ancestors(CODE)[0])))


def test_a_large_corpus_is_searched_by_rare_terms_within_the_budget():
    counts = {TOTAL: 1_000_000, 1: 10, 2: 60, 3: 20, 4: 9_000}
    assert choose_keys([1, 2, 3, 4], [], counts, Budgets(terms=50, small=0)) == (1, 3)
    assert choose_keys([4], [], counts, Budgets(terms=50, small=0)) == (4,)


def test_a_code_is_searched_at_the_broadest_level_that_fits():
    chain = ancestors(CODE)
    counts = {TOTAL: 1_000_000, **dict(zip(chain, (90_000, 8_000, 900, 100, 10), strict=True))}
    assert choose_keys([], [CODE], counts, Budgets(codes=1_000, small=0)) == (chain[2],)
    assert choose_keys([], [CODE], counts, Budgets(codes=5, small=0)) == (CODE,)


def test_without_keys_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert find(Search(Side.OFFERS, (), (0,), (), Audience.MEMBERS, DAY)).ids == []


def test_changes_that_are_not_folded_count_already():
    world = World()
    with scratch_tables():
        load(world, 50)
        before = count_keys()
        assert frequencies(Side.OFFERS, [TOTAL])[TOTAL] == before[TOTAL] == 50
        assert frequencies(Side.NEEDS, [TOTAL]) == {}


def test_the_scratch_tables_leave_nothing_behind():
    with scratch_tables():
        load(World(), 20)
        assert OfferDoc.objects.count() == 20
    assert OfferDoc.objects.count() == 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'scratch%'")
        assert cursor.fetchone() == (0,)
    assert unit_token("CL") > 0
