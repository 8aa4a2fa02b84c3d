"""One-against-rest linear separators with squared hinge loss, all classes at once, by Newton steps.

Deterministic: no random order, sums in float32 and float64 in a fixed order.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Block = npt.NDArray[np.float32]
Line = npt.NDArray[np.float64]

ROUNDS = 12
INNER = 20
ENOUGH = 0.01
INNER_ENOUGH = 0.05
HALVINGS = 6


@dataclass(frozen=True)
class Problem:
    """Rows, on which side of each class they lie (1 or -1), and what a row's error costs."""

    rows: "csr_array[Any]"
    sides: Block
    costs: Block  # one column

    def gradient(self, weights: Block, scores: Block, turned: "csr_array[Any]") -> Block:
        short = np.maximum(1 - self.sides * scores, 0)
        found: Block = weights - turned @ (2 * self.costs * self.sides * short)
        return found

    def loss(self, weights: Block, scores: Block) -> Line:
        short = np.maximum(1 - self.sides * scores, 0)
        return 0.5 * _squares(weights) + (self.costs * short * short).sum(0, dtype=np.float64)


def separate(problem: Problem) -> Block:
    """Return the weights (feature x class) that minimize half their squares plus the costs."""
    turned = problem.rows.T.tocsr()
    width = problem.sides.shape[1]
    weights = np.zeros((problem.rows.shape[1], width), np.float32)
    scores = np.zeros_like(problem.sides)
    first: Line | None = None
    for _ in range(ROUNDS):
        gradient = problem.gradient(weights, scores, turned)
        size = np.sqrt(_squares(gradient))
        first = size if first is None else first
        if (size <= ENOUGH * first).all():
            break
        step, moved = _direction(problem, scores, gradient, turned)
        weights, scores = _walk(problem, (weights, scores), (step, moved))
    return weights


def _direction(
    problem: Problem, scores: Block, gradient: Block, turned: "csr_array[Any]"
) -> tuple[Block, Block]:
    """Solve for the Newton step by conjugate gradients; return it and how scores move."""
    curve = 2 * problem.costs * (problem.sides * scores < 1)
    step, rest = np.zeros_like(gradient), -gradient
    moved, way = np.zeros_like(scores), rest.copy()
    before = _squares(rest)
    goal = INNER_ENOUGH * np.sqrt(before)
    for _ in range(INNER):
        seen = problem.rows @ way
        bent = way + turned @ (curve * seen)
        length = (before / np.maximum(_dots(way, bent), 1e-30)).astype(np.float32)
        step, rest, moved = step + length * way, rest - length * bent, moved + length * seen
        after = _squares(rest)
        if (np.sqrt(after) <= goal).all():
            break
        way = rest + (after / np.maximum(before, 1e-30)).astype(np.float32) * way
        before = after
    return step, moved


def _walk(
    problem: Problem, at: tuple[Block, Block], by: tuple[Block, Block]
) -> tuple[Block, Block]:
    """Take the step, halved for the classes that it would make worse."""
    before = problem.loss(*at)
    length = np.ones(before.shape, np.float32)
    for _ in range(HALVINGS):
        there = (at[0] + length * by[0], at[1] + length * by[1])
        worse = problem.loss(*there) > before
        if not worse.any():
            break
        length[worse] /= 2
    return there


def _squares(block: Block) -> Line:
    return _dots(block, block)


def _dots(left: Block, right: Block) -> Line:
    found: Line = (left * right).sum(0, dtype=np.float64)
    return found
