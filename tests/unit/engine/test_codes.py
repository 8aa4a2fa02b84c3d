"""Codes of every scheme pack, unpack and meet at their common ancestor."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.engine.codes import ancestors, level, pack, shared_levels, unpack
from tests.unit.engine.listings import CODES

DATA = Path(__file__).parents[3] / "data" / "classifications"
FILES = {"isic4": "isic4.csv", "cpv2008": "cpv2008.csv", "hs": "hs.csv"}


def published(scheme):
    with (DATA / FILES[scheme]).open(encoding="utf-8", newline="") as lines:
        return [row["code"] for row in csv.DictReader(lines)]


@pytest.mark.parametrize("scheme", FILES)
def test_every_published_code_has_a_key_of_its_own_and_reads_back(scheme):
    codes = published(scheme)
    packed = [pack(scheme, code) for code in codes]
    assert None not in packed
    assert len(set(packed)) == len(codes)
    assert all(key < 0 for key in packed)
    assert [unpack(key)[0] for key in packed] == [scheme] * len(codes)
    assert [unpack(key)[1].replace(".", "") for key in packed] == codes


def test_ancestors_run_from_the_root_to_the_code():
    chain = ancestors(pack("isic4", "1102"))
    assert [unpack(key) for key in chain] == [
        ("isic4", "C"),
        ("isic4", "11"),
        ("isic4", "110"),
        ("isic4", "1102"),
    ]
    assert level(pack("cpv2008", "30190000")) == 3
    assert ancestors(pack("cpv2008", "30190000-7")) == ancestors(pack("cpv2008", "30190000"))


@pytest.mark.parametrize(
    ("scheme", "code"),
    [
        ("isic4", ""),
        ("isic4", "Z"),
        ("isic4", "00"),
        ("isic4", "11022"),
        ("cpv2008", "3019"),
        ("cpv2008", "abcdefgh"),
        ("hs", "123"),
        ("unspsc", "10101501"),
    ],
)
def test_what_is_no_code_packs_to_nothing(scheme, code):
    assert pack(scheme, code) is None


@given(st.sampled_from(CODES), st.sampled_from(CODES))
def test_shared_levels_are_the_common_part_of_the_ancestors(one, other):
    expected = len(set(ancestors(one)) & set(ancestors(other)))
    assert shared_levels(np.array([one], np.int32), other).tolist() == [expected]
    assert shared_levels(np.array([other], np.int32), one).tolist() == [expected]
