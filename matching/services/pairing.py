"""Pairing one projected listing with the other side: candidates in SQL, scores in the engine."""

import datetime as dt
from dataclasses import dataclass

import numpy as np

from matching.candidates import (
    ONLINE,
    Budgets,
    Found,
    Search,
    choose_keys,
    find,
    find_anywhere,
    frequencies,
)
from matching.engine.batch import Batch
from matching.engine.codes import ancestors
from matching.engine.features import Pairs
from matching.engine.gates import Covers
from matching.engine.geo import WORLD
from matching.engine.payload import encode
from matching.engine.rules import Rules
from matching.engine.scoring import Assessment, assess
from matching.models import Audience, NeedDoc, OfferDoc, Side
from matching.services.projection import Row


@dataclass(frozen=True)
class Subject:
    """The single listing of a pairing, as stored or only drafted."""

    side: Side
    listing: int
    payload: bytes
    cover: tuple[int, ...]
    loc: tuple[int, ...]

    @classmethod
    def of_doc(cls, doc: NeedDoc | OfferDoc) -> "Subject":
        """Take a stored projection."""
        side = Side.NEEDS if isinstance(doc, NeedDoc) else Side.OFFERS
        return cls(side, int(doc.pk), bytes(doc.payload), tuple(doc.cover), tuple(doc.loc))

    @classmethod
    def of_row(cls, row: Row, *, has_place: bool) -> "Subject":
        """Take a need that is not stored; without a place, nothing narrows by place."""
        cover, loc = (tuple(row.cover), tuple(row.loc)) if has_place else ((), ())
        return cls(Side.NEEDS, row.listing, encode(row.doc), cover, loc)

    def batch(self) -> Batch:
        """Return it as a batch of one."""
        return Batch.decode([self.listing], [self.payload])


@dataclass(frozen=True)
class Scope:
    """Rules, day, budgets, and the widest audience whose listings may be paired."""

    rules: Rules
    today: dt.date
    budgets: Budgets = ONLINE
    audience: Audience = Audience.MEMBERS


def pair_narrowly(subject: Subject, *, scope: Scope) -> Assessment:
    """Assess the listings within reach of the subject: the path of every job."""
    found = find(search_for(subject, scope=scope))
    return assess(_pairs(subject, found, scope))


def pair_anywhere(subject: Subject, *, scope: Scope) -> Assessment:
    """Assess the listings of the same field wherever they are, to tell what each gate removes."""
    found = find_anywhere(search_for(subject, scope=scope))
    pairs = _pairs(subject, found, scope)
    reaches = np.array(found.reaches_me, np.bool_)
    within = np.array(found.within_my_reach, np.bool_)
    if subject.side is Side.OFFERS:
        reaches, within = within, reaches
    return assess(pairs, Covers(offer_reaches=reaches, need_looks=within))


def search_for(subject: Subject, *, scope: Scope) -> Search:
    """Return what the other side is searched with."""
    batch = subject.batch()
    side = Side.OFFERS if subject.side is Side.NEEDS else Side.NEEDS
    terms, codes = batch.terms.values.tolist(), batch.codes.values.tolist()
    entries = {entry for code in codes for entry in ancestors(code)}
    counts = frequencies(side, {*terms, *entries})
    return Search(
        side=side,
        keys=choose_keys(terms, codes, counts, scope.budgets),
        loc=subject.loc,
        reach=() if WORLD in subject.cover else subject.cover,
        audience=scope.audience if side is Side.OFFERS else Audience.PRIVATE,
        today=scope.today,
    )


def _pairs(subject: Subject, found: Found, scope: Scope) -> Pairs:
    one, many = subject.batch(), Batch.decode(found.ids, found.payloads)
    needs, offers = (one, many) if subject.side is Side.NEEDS else (many, one)
    return Pairs(needs, offers, scope.today.toordinal(), scope.rules)
