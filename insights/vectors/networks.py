"""Cases of networks: cohesion, positions, brokerage, cores, mixing, robustness."""

import networkx as nx

from insights.metrics import (
    brokerage,
    cohesion,
    coreness,
    helix,
    knowledge,
    quality,
    robustness,
)
from insights.metrics.concentration import hhi, top_share
from insights.vectors.shape import Answer, Input

Ties = list[tuple[int, int]]


def cohesion_of(case: Input) -> Answer:
    """Answer density, reciprocity, fragmentation and the concentration of degrees."""
    if case.has("degrees"):
        degrees = case["degrees"]
        return {"hhi": hhi(degrees), "share_top10pct": top_share(degrees, 0.1)}
    if case.has("n", "arcs"):
        n, arcs = case["n"], _ties(case["arcs"])
        return {
            "density_directed": cohesion.density(n, arcs),
            "fragmentation_reciprocated": cohesion.fragmentation(n, cohesion.reciprocated(arcs)),
            "fragmentation_any": cohesion.fragmentation(n, arcs),
            "reciprocity": cohesion.reciprocity(arcs),
        }
    if case.has("n", "edges"):
        return {"fragmentation": cohesion.fragmentation(case["n"], _ties(case["edges"]))}
    raise case.refuse()


def giuliani_bell(case: Input) -> Answer:
    """Answer positions in a knowledge network."""
    if not case.has("firms", "knowledge_ties_giver_to_receiver"):
        raise case.refuse()
    firms, external = case["firms"], case.get("external_links", {})
    ties = [(a, b) for a, b in case["knowledge_ties_giver_to_receiver"]]
    found = knowledge.positions(firms, ties, external, case.get("band", knowledge.BAND))
    index = {firm: i for i, firm in enumerate(firms)}
    answer: dict[str, object] = {
        "mean_total_degree": knowledge.mean_total_degree(firms, ties),
        "mean_external": sum(external.get(f, 0) for f in firms) / len(firms) if firms else None,
        "density": cohesion.density(len(firms), [(index[a], index[b]) for a, b in ties]),
        "out_degree": {firm: p.out_degree for firm, p in found.items()},
        "in_degree": {firm: p.in_degree for firm, p in found.items()},
        "publishable": quality.may_publish_roles(len(firms), len(firms)),
    }
    # two forms of the same answer: the role alone, or the whole position
    full = {firm: _position(p) for firm, p in found.items()}
    short = {firm: p.role for firm, p in found.items()}
    answer["roles"] = full if "mean_total_degree" in case.asked else short
    return answer


def _position(p: knowledge.Position) -> Answer:
    return {
        "in_degree": p.in_degree,
        "out_degree": p.out_degree,
        "io_ratio": p.ratio,
        "io_class": p.exchange,
        "external_links": p.external,
        "role": p.role,
    }


def ei_index(case: Input) -> Answer:
    """Answer the E-I index and what chance would give."""
    if not case.has("edges", "groups"):
        raise case.refuse()
    external, internal, value = cohesion.ei_index(_ties(case["edges"]), case["groups"])
    return {
        "external": external,
        "internal": internal,
        "ei": value,
        "ei_expected_random": cohesion.ei_expected(case["groups"]),
    }


def brokerage_gf(case: Input) -> Answer:
    """Answer Gould-Fernandez counts per node."""
    if not case.has("n", "edges", "groups"):
        raise case.refuse()
    found = brokerage.brokerage(case["n"], _ties(case["edges"]), case["groups"])
    scores = [[getattr(b, role) for role in brokerage.ROLES] for b in found]
    named = {
        f"node{i}": dict(zip(brokerage.ROLES, row, strict=True)) for i, row in enumerate(scores)
    }
    return {"scores": scores, **named}


def structural_holes(case: Input) -> Answer:
    """Answer Burt's constraint and effective size."""
    if case.has("arcs"):
        weights = {(a, b): float(w) for a, b, w in case["arcs"]}
        return {"constraint": brokerage.constraint(weights, _size(list(weights)))}
    if not case.has("edges"):
        raise case.refuse()
    ties = _ties(case["edges"])
    n = _size(ties)
    return {
        "constraint": brokerage.constraint(dict.fromkeys(ties, 1.0), n),
        "effective_size": brokerage.effective_size(ties, n),
    }


def core_periphery(case: Input) -> Answer:
    """Answer the best cores, their fit and k-cores."""
    if not case.has("n", "edges"):
        raise case.refuse()
    ties = _ties(case["edges"])
    found = coreness.core_periphery(case["n"], ties)
    return {
        "core": sorted(found.shared) if found else None,
        "fit": found.fit if found else None,
        "best_fit": found.fit if found else None,
        "best_cores": [sorted(core) for core in found.cores] if found else None,
        "k_core": cohesion.core_numbers(case["n"], ties),
    }


def triple_helix(case: Input) -> Answer:
    """Answer entropies, transmissions and shares of projects by sphere."""
    if not case.has("counts_UIG"):
        raise case.refuse()
    counts = case["counts_UIG"]
    sets = ("U", "I", "G", "UI", "UG", "IG", "UIG")
    answer: dict[str, object] = {f"H_{s}": helix.entropy(counts, s) for s in sets}
    answer |= {f"T_{s}": helix.transmission(counts, s) for s in sets[3:]}
    mix = helix.shares(counts)
    if mix is not None:
        answer |= {
            "share_bilateral_UI": mix.university_industry,
            "share_bilateral_IG": mix.industry_government,
            "share_bilateral_UG": mix.university_government,
            "share_trilateral": mix.trilateral,
            "share_any_cross_sphere": mix.any_cross,
        }
    return answer


def robustness_of(case: Input) -> Answer:
    """Answer R with its curve, cores and articulation points."""
    n, ties = _graph(case)
    found = robustness.robustness(n, ties)
    cores = cohesion.core_numbers(n, ties)
    most = max(cores, default=0)
    return {
        "R": found.value if found else None,
        "curve": found.curve if found else None,
        "removal_order": found.order if found else None,
        "max_core": most,
        "main_core": [i for i, k in enumerate(cores) if k == most],
        "articulation": cohesion.articulation(n, ties),
    }


def _graph(case: Input) -> tuple[int, Ties]:
    """Return the graph given by its ties, or the karate club when it is only named."""
    if case.has("edges"):
        ties = _ties(case["edges"])
        return int(case.get("nodes", _size(ties))), ties
    if "karate" not in str(case.get("graph", "")):
        raise case.refuse()
    club = nx.karate_club_graph()
    return club.number_of_nodes(), [(int(a), int(b)) for a, b in club.edges]


def _ties(rows: list[list[int]]) -> Ties:
    return [(int(a), int(b)) for a, b in rows]


def _size(ties: Ties) -> int:
    return max((max(tie) for tie in ties), default=-1) + 1
