"""Teams that cover what a need or call requires: exact, near-optimal and diverse.

min sum c_i x_i, every required skill covered r_s times, conflicts apart, members that must be in,
a share of small and medium firms, at most so many members. Solved by integer programming.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import combinations

import networkx as nx
import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

Team = frozenset[str]
SLACK = 0.25


@dataclass(frozen=True)
class Member:
    """A possible member: what it can do and what choosing it costs (1 for fewest partners)."""

    skills: frozenset[str]
    cost: float = 1.0


@dataclass(frozen=True)
class Terms:
    """Conditions on a team besides its skills."""

    must_include: frozenset[str] = frozenset()
    conflicts: tuple[tuple[str, str], ...] = ()
    smes: frozenset[str] = frozenset()
    min_sme_share: float = 0.0
    max_members: int | None = None
    excluded_teams: tuple[Team, ...] = field(default_factory=tuple)


@dataclass(frozen=True)
class Formed:
    """The cheapest team and its cost; or what nobody covers, which is a gap of the chain."""

    team: Team | None
    cost: float | None
    uncovered: tuple[str, ...] = ()


NO_TERMS = Terms()


def form_team(
    required: Mapping[str, int], members: Mapping[str, Member], terms: Terms = NO_TERMS
) -> Formed:
    """Return the cheapest team that meets every requirement, by exact integer programming."""
    lacking = uncovered(required, members)
    if lacking:
        return Formed(None, None, lacking)
    names = sorted(members)
    if not names:
        return Formed(frozenset(), 0.0)
    costs = np.asarray([members[name].cost for name in names], dtype=float)
    upper = np.ones(len(names))
    lower = np.asarray([float(name in terms.must_include) for name in names])
    solved = milp(
        # a hair per member: among teams of one cost the smaller is meant
        costs + 1e-7,
        integrality=np.ones(len(names)),
        bounds=Bounds(lower, upper),
        constraints=_constraints(required, members, names, terms),
    )
    if solved.x is None:
        return Formed(None, None)
    team = frozenset(name for name, x in zip(names, solved.x, strict=True) if x > 0.5)
    return Formed(team, float(sum(members[name].cost for name in team)))


def form_teams(
    required: Mapping[str, int],
    members: Mapping[str, Member],
    terms: Terms = NO_TERMS,
    *,
    count: int = 3,
    slack: float = SLACK,
) -> list[Formed]:
    """Return up to `count` teams within `slack` of the cheapest, none a part of another.

    Each next team may not hold all members of an earlier one, so that it is another choice.
    """
    teams: list[Formed] = []
    excluded = terms.excluded_teams
    for _ in range(count):
        found = form_team(required, members, _excluding(terms, excluded))
        if found.team is None or found.cost is None or not found.team:
            break
        if teams and found.cost > (teams[0].cost or 0.0) * (1 + slack) + 1e-9:
            break
        teams.append(found)
        excluded = (*excluded, found.team)
    return teams


def greedy_team(required: Mapping[str, int], members: Mapping[str, Member]) -> Formed:
    """Return the greedy cover: least cost per skill newly covered; within H(d) of the best.

    Chvatal 1979. The way out when the exact program takes too long.
    """
    lacking = uncovered(required, members)
    if lacking:
        return Formed(None, None, lacking)
    left, team = dict(required), list[str]()
    while any(n > 0 for n in left.values()):
        news = {
            name: sum(left.get(skill, 0) > 0 for skill in member.skills)
            for name, member in members.items()
            if name not in team
        }
        best = min((n for n in news if news[n]), key=lambda n: (members[n].cost / news[n], n))
        team.append(best)
        for skill in members[best].skills:
            if skill in left:
                left[skill] -= 1
    return Formed(frozenset(team), float(sum(members[name].cost for name in team)))


def uncovered(required: Mapping[str, int], members: Mapping[str, Member]) -> tuple[str, ...]:
    """Return the skills that too few can do, in order."""
    return tuple(
        skill
        for skill, times in sorted(required.items())
        if sum(skill in member.skills for member in members.values()) < times
    )


def reasons(
    required: Mapping[str, int], members: Mapping[str, Member], team: Team
) -> dict[str, tuple[str, ...]]:
    """Return, for each member, the required skills that the team would lack without it."""
    why = {}
    for name in sorted(team):
        others = [members[other].skills for other in team if other != name]
        why[name] = tuple(
            skill
            for skill, times in sorted(required.items())
            if skill in members[name].skills and sum(skill in can for can in others) < times
        )
    return why


def closest_teams(
    required: Collection[str],
    skills: Mapping[str, Collection[str]],
    ties: Collection[tuple[str, str, float]],
    *,
    by_sum: bool = False,
) -> tuple[float | None, list[Team]]:
    """Return the least diameter (or sum of distances) of covering teams, and all such teams.

    Lappas et al. 2009, exhaustive: for 20 people or fewer. Only teams that lose a skill without
    any one member are considered.
    """
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(skills)
    graph.add_weighted_edges_from(ties)
    apart = dict(nx.all_pairs_dijkstra_path_length(graph))
    best, teams = None, list[Team]()
    for size in range(1, len(required) + 1):
        for chosen in combinations(sorted(skills), size):
            if not _is_minimal(set(required), skills, chosen):
                continue
            gaps = [apart[a].get(b, float("inf")) for a, b in combinations(chosen, 2)]
            value = float(sum(gaps) if by_sum else max(gaps, default=0.0))
            if best is None or value < best - 1e-12:
                best, teams = value, []
            if abs(value - best) <= 1e-12:
                teams.append(frozenset(chosen))
    return best, teams


def _is_minimal(
    required: set[str], skills: Mapping[str, Collection[str]], chosen: tuple[str, ...]
) -> bool:
    def covers(team: list[str]) -> bool:
        return required <= {skill for name in team for skill in skills[name]}

    return covers(list(chosen)) and not any(
        covers([other for other in chosen if other != name]) for name in chosen
    )


def _excluding(terms: Terms, teams: tuple[Team, ...]) -> Terms:
    return Terms(
        terms.must_include,
        terms.conflicts,
        terms.smes,
        terms.min_sme_share,
        terms.max_members,
        teams,
    )


def _constraints(
    required: Mapping[str, int], members: Mapping[str, Member], names: list[str], terms: Terms
) -> list[LinearConstraint]:
    rows: list[tuple[list[float], float, float]] = []
    for skill, times in sorted(required.items()):
        rows.append(([float(skill in members[n].skills) for n in names], times, np.inf))
    for one, other in terms.conflicts:
        rows.append(([float(n in (one, other)) for n in names], 0, 1))
    if terms.min_sme_share > 0:
        part = terms.min_sme_share
        rows.append(([float(n in terms.smes) - part for n in names], -1e-9, np.inf))
    if terms.max_members is not None:
        rows.append(([1.0] * len(names), 0, terms.max_members))
    rows += [([float(n in t) for n in names], 0, len(t) - 1) for t in terms.excluded_teams]
    return [LinearConstraint(np.asarray([row]), low, high) for row, low, high in rows]
