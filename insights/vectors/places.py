"""Cases of places: hot spots, emergent groups, footprints, relatedness of territories."""

import numpy as np
import shapely

from insights.metrics import emergence, footprint, relatedness, spatial
from insights.vectors.shape import Answer, Input


def spatial_of(case: Input) -> Answer:
    """Answer Getis-Ord and Moran statistics of points within a threshold."""
    if not case.has("points", "values", "threshold"):
        raise case.refuse()
    weights = spatial.neighbors([tuple(p) for p in case["points"]], case["threshold"])
    values = case["values"]
    answer: dict[str, object] = {
        "gi_z": spatial.getis_ord(values, weights, star=False),
        "gi_star_z": spatial.getis_ord(values, weights, star=True),
    }
    moran = spatial.moran(values, weights)
    if moran is None:
        return answer | dict.fromkeys(("I", "E_I", "local_I", "quadrant"))
    return answer | {
        "I": moran.index,
        "E_I": moran.expected,
        "local_I": moran.local,
        "quadrant": moran.quadrant,
    }


def emergent_dbscan(case: Input) -> Answer:
    """Answer the partition of points."""
    if not case.has("points", "eps", "minpoints"):
        raise case.refuse()
    points = [tuple(p) for p in case["points"]]
    found = emergence.dbscan(points, case["eps"], case["minpoints"])
    return {"clusters": found.groups, "noise": found.noise, "core": found.core}


def emergent_rule(case: Input) -> Answer:
    """Answer the random-labelling test, or which candidates pass."""
    if case.has("all_firm_locations", "sector_firms"):
        points = [tuple(p) for p in case["all_firm_locations"]]
        found = emergence.random_labelling(
            points, case["sector_firms"], eps=case["eps"], min_points=case["minpoints"]
        )
        return {"observed": found.observed, "p_value": found.p_value}
    if not case.has("candidates"):
        raise case.refuse()
    reasons = {}
    for row in case["candidates"]:
        candidate = emergence.Candidate(
            row["id"], row["groups"], row["lq_lo95"], row["stages"], row["p"]
        )
        reasons[row["id"]] = emergence.rejection(
            candidate,
            min_groups=case.get("min_groups", 5),
            min_stages=case.get("min_stages", 2),
            alpha=case.get("alpha", 0.05),
        )
    return {
        "accepted": [name for name, reason in reasons.items() if reason is None],
        "rejected": {name: reason for name, reason in reasons.items() if reason},
    }


def footprint_of(case: Input) -> Answer:
    """Answer the area of a concave hull."""
    if not case.has("points", "ratio"):
        raise case.refuse()
    shape = footprint.hull([tuple(p) for p in case["points"]], case["ratio"])
    return {"area": float(shapely.area(shape))}


def relatedness_of(case: Input) -> Answer:
    """Answer advantage, proximity, density, complexity, or the options of one territory."""
    if case.has("use", "region"):
        given = case.others[case["use"]]
        m = relatedness.presence(given["matrix"])
        row = given["rows"].index(case["region"])
        return {"options_sorted_by_density": relatedness.adjacent_possible(m, row, given["cols"])}
    if not (case.has("matrix") or case.has("M")):
        raise case.refuse()
    m = (
        np.asarray(case["M"], dtype=float)
        if case.has("M")
        else relatedness.presence(case["matrix"])
    )
    found = relatedness.complexity(m.tolist())
    answer: dict[str, object] = {
        "M": m.tolist(),
        "proximity_zero_diag": relatedness.proximity(m).tolist(),
        "density_excl_self": _known(relatedness.density(m)),
        "density_incl_self": _known(relatedness.density(m, with_self=True)),
        "eci": found.eci,
        "pci": found.pci,
        "eigenvalues": found.eigenvalues,
        "second_eigenvalue": found.eigenvalues[1] if len(found.eigenvalues) > 1 else None,
        "reason": found.reason,
        "kept_rows": found.kept_rows,
        "kept_cols": found.kept_columns,
    }
    if case.has("matrix"):
        answer["rca"] = _known(relatedness.advantage(case["matrix"]))
    return answer


def _known(table: relatedness.Matrix) -> list[list[float | None]]:
    return [[None if np.isnan(v) else float(v) for v in row] for row in table]
