"""Cases of firms: dependence, cascade, recovery, chains, upgrading, quality, disclosure."""

import datetime as dt

from insights.metrics import (
    bands,
    cascade,
    chain,
    dependence,
    disclosure,
    quality,
    recovery,
    upgrading,
)
from insights.vectors.shape import Answer, Input


def anchor_dependency(case: Input) -> Answer:
    """Answer dependence on an anchor, or bounds of concentration from bands."""
    if case.has("share_bands"):
        found = bands.hhi_bounds([(lo, hi) for lo, hi in case["share_bands"]])
        low, high = found or (None, None)
        return {"hhi_min": low, "hhi_max": high, "status": "ok" if found else "inconsistent"}
    if not case.has("sales", "total_sales"):
        raise case.refuse()
    sales = [(s, b, float(v)) for s, b, v in case["sales"]]
    trade = dependence.Trade(sales, case["total_sales"], case.get("jobs", {}))
    odd = dependence.inconsistent_sellers(trade)
    sellers = dependence.seller_concentration(trade)
    answer: dict[str, object] = {
        "status": "inconsistent" if odd else "ok",
        "supplier_buyer_hhi": {
            name: {"lower": c.lower, "upper": c.upper, "coverage": c.coverage}
            for name, c in sellers.items()
        },
    }
    found_on = dependence.dependence(trade, case.get("anchor", ""))
    if found_on is None:
        return answer
    return answer | {
        "anchor_revenue_share": found_on.revenue_share,
        "major_customer_10pct": found_on.major,
        "critical_50pct": found_on.critical,
        "jobs_share_critical": found_on.critical_jobs_share,
        "buyer_concentration_hhi": found_on.buyer_hhi,
        "cr1": found_on.largest_buyer_share,
    }


def cascade_of(case: Input) -> Answer:
    """Answer the waves after some firms leave."""
    if not case.has("sales", "total_sales", "removed", "theta"):
        raise case.refuse()
    sales = [(s, b, float(v)) for s, b, v in case["sales"]]
    trade = dependence.Trade(sales, case["total_sales"], case.get("jobs", {}))
    replaced = case.get("replacement", 0.0)
    found = cascade.cascade(trade, case["removed"], case["theta"], replaced=replaced)
    return {
        "waves": found.waves,
        "failed": found.exposed,
        "loss_share": found.loss,
        "jobs_at_risk": found.jobs,
        "direct_loss_share": found.direct_loss_share,
        "total_loss_share": found.total_loss_share,
    }


def recovery_of(case: Input) -> Answer:
    """Answer who else could buy and how much of the loss they could take."""
    if not case.has("supplier_offers", "buyers", "proximity"):
        raise case.refuse()
    table = {(a, b): float(v) for a, b, v in case["proximity"]}

    def near(one: str, other: str) -> float:
        return table.get((one, other), table.get((other, one), 0.0))

    buyers = [
        recovery.Buyer(
            b["id"],
            b["needs"],
            b["km"],
            bool(b.get("at_risk")),
            frozenset(b.get("certificates", ())),
        )
        for b in case["buyers"]
    ]
    terms = recovery.Terms(
        near,
        frozenset(case.get("held_certificates", ())),
        case.get("d0_km", recovery.DECAY_KM),
        case.get("min_proximity", recovery.MINIMUM_PROXIMITY),
    )
    offers = case["supplier_offers"]
    options = recovery.recovery(offers, buyers, terms)
    share = recovery.replaceable_share(offers, buyers, case["lost_value"], terms)
    return {
        "ranked": [(o.name, o.score) for o in options if not o.missing_certificates],
        "replaceable_share": share,
    }


def value_chain(case: Input) -> Answer:
    """Answer coverage of a chain, or the balance of services."""
    if case.has("categories"):
        terms = {
            "min_needs": case.get("min_needs", chain.MINIMUM_NEEDS),
            "threshold": case.get("threshold_lo95", chain.MISSING_ABOVE),
        }
        return {name: _service(row, terms) for name, row in case["categories"].items()}
    if not case.has("stages", "orgs"):
        raise case.refuse()
    found = chain.chain(
        case["stages"],
        case["orgs"],
        [(a, b) for a, b in case.get("chain_edges", ())],
        [(a, b) for a, b in case.get("active_links", ())],
        case.get("weights"),
    )
    return {
        "orgs_per_stage": found.providers,
        "coverage": found.coverage,
        "redundant_coverage": found.redundancy,
        "gaps": found.gaps,
        "single_provider": found.single,
        "chain_continuity": found.continuity,
    }


def _service(row: dict[str, int], terms: dict[str, float]) -> Answer:
    found = chain.service(
        row["needs"],
        row["unmet"],
        row["offers"],
        min_needs=int(terms["min_needs"]),
        threshold=terms["threshold"],
    )
    return {
        "balance": found.balance,
        "unmet_rate": found.unmet,
        "unmet_lo95": found.unmet_low,
        "flag": found.flag,
    }


def upgrading_adoption(case: Input) -> Answer:
    """Answer Bass's curve, adoption by size, certificates on a date, and upgrading events."""
    if case.has("p", "q", "t"):
        p, q = case["p"], case["q"]
        return {
            "F": [upgrading.bass(p, q, t) for t in case["t"]],
            "t_peak": upgrading.bass_peak(p, q),
        }
    if case.has("firms", "years"):
        return _adoption(case)
    if case.has("certs", "eligible", "on"):
        certificates = [
            upgrading.Certificate(firm, _date(start), _date(end))
            for firm, start, end in case["certs"]
        ]
        found = upgrading.certification(certificates, case["eligible"], _date(case["on"]))
        return {
            "holders": found.holders,
            "uptake": found.uptake,
            "lapsed": found.lapsed,
            "upcoming": found.upcoming,
        }
    if case.has("events", "window"):
        return _upgrading(case)
    raise case.refuse()


def _adoption(case: Input) -> Answer:
    groups = {name: dict(rows) for name, rows in case["firms"].items()}
    years = case["years"]
    shares = {name: upgrading.adoption(first, years) for name, first in groups.items()}
    everyone = {(name, firm): y for name, first in groups.items() for firm, y in first.items()}
    firms = {f"{name}/{firm}": year for (name, firm), year in everyone.items()}
    answer: dict[str, object] = {**shares, "all": upgrading.adoption(firms, years)}
    if {"sme", "large"} <= shares.keys():
        answer["gap_pp"] = upgrading.gap_points(shares["sme"], shares["large"])
    return answer


def _upgrading(case: Input) -> Answer:
    events = [
        upgrading.Event(firm, kind, _date(on), evidence)
        for firm, kind, on, evidence in case["events"]
    ]
    window = _date(case["window"][0]), _date(case["window"][1])
    found = upgrading.upgrading(events, window, case["active_firms"])
    return {
        "verified_firms": found.firms,
        "share": found.shares,
        "firms_any": found.any_kind,
        "self_declared_only": found.self_declared_only,
    }


def data_quality(case: Input) -> Answer:
    """Answer coverage and freshness, or whether a network may be described."""
    if case.has("cluster_firms", "answered_linkage_form"):
        firms, answered = case["cluster_firms"], case["answered_linkage_form"]
        return {
            "response": quality.share(answered, firms),
            "publish_roles": quality.may_publish_roles(firms, answered),
        }
    if not case.has("registered_active", "census_firms"):
        raise case.refuse()
    active = case["registered_active"]
    coverage = quality.share(active, case["census_firms"])
    freshness = quality.share(case["fresh_12m"], active)
    return {
        "coverage": coverage,
        "freshness": freshness,
        "size_known": quality.share(case.get("with_size_band", 0), active),
        "geocode_exact": quality.share(case.get("with_geocode_exact", 0), active),
        "label": quality.coverage_label(coverage, freshness),
    }


def disclosure_of(case: Input) -> Answer:
    """Answer whether a cell may be public."""
    if not case.has("values"):
        raise case.refuse()
    decision = disclosure.gate(
        case["values"], case.get("min_contributors", 5), case.get("p_percent", 10)
    )
    return {"decision": decision.value}


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
