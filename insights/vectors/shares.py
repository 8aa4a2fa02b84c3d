"""Cases of shares: quotients, concentration, variety, agglomeration, commodities, inclusion."""

import numpy as np

from insights.metrics import (
    agglomeration,
    commodity,
    concentration,
    inclusion,
    intervals,
    specialization,
)
from insights.metrics.variety import variety
from insights.vectors.shape import Answer, Input


def lq(case: Input) -> Answer:
    """Answer location quotients, their intervals and z-scores."""
    if case.has("matrix"):
        quotients = specialization.location_quotients(case["matrix"])
        known = [[None if np.isnan(v) else float(v) for v in row] for row in quotients]
        return {
            "lq": known,
            "rsca": [
                [None if v is None else specialization.symmetric(v) for v in r] for r in known
            ],
            "binary_ge1": [[int(v is not None and v >= 1) for v in row] for row in known],
        }
    if case.has("lq"):
        return {
            "z_ddof1": specialization.standardized(case["lq"]),
            "zlog_ddof1": specialization.standardized(case["lq"], of_logs=True),
        }
    if case.has("e_ij"):
        found = specialization.location_quotient(*(case[k] for k in ("e_ij", "e_j", "e_i", "e")))
        if found is None:
            return dict.fromkeys(("lq", "specialised", "rsca"))
        return {
            "lq": found,
            "specialised": specialization.is_specialized(found),
            "rsca": specialization.symmetric(found),
        }
    if case.has("x", "n", "X", "N"):
        return _quotient_of_counts(case)
    raise case.refuse()


def _quotient_of_counts(case: Input) -> Answer:
    counts = case["x"], case["n"], case["X"], case["N"]
    if case.has("B"):
        points = intervals.ratio_bootstrap(counts, draws=int(case["B"]), seed=1)
        return dict(zip(("p2_5", "p50", "p97_5"), points or (None,) * 3, strict=True))
    quotient = specialization.quotient_of_counts(*counts)
    if quotient is None:
        return dict.fromkeys(("lq_rest", "lo95", "hi95", "score_lo95", "score_hi95"))
    log = quotient.log if "score_lo95" in case.asked or quotient.log else quotient.score
    low, high = log or (None, None)
    return {
        "lq_rest": quotient.value,
        "lo95": low,
        "hi95": high,
        "score_lo95": quotient.score[0],
        "score_hi95": quotient.score[1],
    }


def concentration_of(case: Input) -> Answer:
    """Answer Herfindahl, entropy, Theil, Gini and Krugman."""
    if case.has("region", "reference"):
        value = concentration.krugman(case["region"], case["reference"])
        return {"krugman": value, "krugman_half": None if value is None else value / 2}
    if case.has("matrix"):
        rows = case["matrix"]
        return {
            "hhi": [concentration.hhi(row) for row in rows],
            "hhi_norm": [concentration.hhi_normalized(row) for row in rows],
            "entropy_bits": [concentration.entropy_bits(row) for row in rows],
        }
    if case.has("values", "groups"):
        split = concentration.theil_split(case["values"], case["groups"])
        if split is None:
            return dict.fromkeys(("T", "between", "within"))
        return {"T": split.total, "between": split.between, "within": split.within}
    if case.has("values"):
        return _concentration_of_values(case["values"])
    raise case.refuse()


def _concentration_of_values(values: list[float]) -> Answer:
    n, gini, t = len(values), concentration.gini(values), concentration.theil_t(values)
    most = float(np.log(n)) if n else None
    bits = concentration.entropy_bits(values)
    return {
        "hhi": concentration.hhi(values),
        "hhi_norm": concentration.hhi_normalized(values),
        "effective_number": concentration.effective_number(values),
        "cr1": concentration.largest_share(values),
        "theil_t": t,
        "theil_max": most,
        "theil_norm": t / most if t is not None and most else None,
        "theil_l_mld": concentration.theil_l(values),
        "entropy_bits": bits,
        "entropy_norm": concentration.entropy_normalized(values),
        "effective_number_exp": None if bits is None else 2**bits,
        "gini": gini,
        "gini_small_sample": gini * n / (n - 1) if gini is not None and n > 1 else None,
    }


def variety_of(case: Input) -> Answer:
    """Answer related and unrelated variety; families are the first letter of a code."""
    if not case.has("employment"):
        raise case.refuse()
    found = variety(case["employment"], {code: code[0] for code in case["employment"]})
    if found is None:
        return dict.fromkeys(("total_variety", "unrelated_variety", "related_variety"))
    return {
        "total_variety": found.total,
        "unrelated_variety": found.unrelated,
        "related_variety": found.related,
    }


def ellison_glaeser(case: Input) -> Answer:
    """Answer the index of Ellison and Glaeser, or its mean over random locations."""
    if case.has("plants", "region_shares"):
        return {"mean_gamma": _dartboard(case)}
    if not case.has("plant_employment", "plant_region", "region_employment"):
        raise case.refuse()
    found = agglomeration.ellison_glaeser(
        case["plant_employment"], case["plant_region"], case["region_employment"]
    )
    if found is None:
        return dict.fromkeys(("G", "H", "gamma", "expected_G", "var_G", "z"))
    return {
        "G": found.raw,
        "H": found.plant_hhi,
        "gamma": found.gamma,
        "expected_G": found.expected_raw,
        "var_G": found.variance_raw,
        "z": found.z,
    }


def _dartboard(case: Input) -> float:
    shares = case["region_shares"]
    names = [str(i) for i in range(len(shares))]
    rng = np.random.default_rng(1)
    draws = rng.choice(len(shares), size=(int(case["draws"]), len(case["plants"])), p=shares)
    employment = dict(zip(names, shares, strict=True))
    gammas = []
    for places in draws:
        regions = [names[place] for place in places]
        found = agglomeration.ellison_glaeser(case["plants"], regions, employment)
        if found is not None and found.gamma is not None:
            gammas.append(found.gamma)
    return float(np.mean(gammas))


def commodity_of(case: Input) -> Answer:
    """Answer commodity dependence and the shift towards value added."""
    if case.has("t0", "t1", "stage_rank"):
        shift = commodity.value_added_shift(case["t0"], case["t1"], case["stage_rank"])
        if shift is None:
            return dict.fromkeys(("nonraw_share_t0", "nonraw_share_t1", "shift_pp"))
        return {
            "nonraw_share_t0": shift.before,
            "nonraw_share_t1": shift.after,
            "shift_pp": shift.points,
            "mean_rank_t0": shift.mean_rank_before,
            "mean_rank_t1": shift.mean_rank_after,
        }
    if not case.has("commodity"):
        raise case.refuse()
    goods = case.get("exports_goods", case.get("exports", {}))
    share = commodity.commodity_share(goods, case["commodity"])
    return {"share": share, "dependent": None if share is None else commodity.is_dependent(share)}


def sme_participation(case: Input) -> Answer:
    """Answer a share with its interval, or the access of SMEs to a segment."""
    if case.has("x", "n"):
        share = inclusion.share(case["x"], case["n"])
        if share is None:
            return dict.fromkeys(("p", "lo", "hi"))
        return {"p": share.value, "lo": share.lo, "hi": share.hi}
    raise case.refuse()
