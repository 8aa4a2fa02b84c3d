"""Cases of the matching market: funnel, waiting, rankings, exposure, floors, teams, programs."""

import datetime as dt
from typing import Any

from insights.metrics import exposure, market, programs, ranking, survival
from insights.metrics.concentration import gini, largest_share
from insights.metrics.intervals import newcombe
from insights.vectors.shape import Answer, Input
from matching.engine import fairness, teams


def market_health(case: Input) -> Answer:
    """Answer the funnel of needs, or the rate of replies."""
    if case.has("invitations", "as_of"):
        sent = [(_date(s), _date(r) if r else None) for _, s, r in case["invitations"]]
        days = case.get("window_days", market.REPLY_DAYS)
        found = market.replies(sent, _date(case["as_of"]), days)
        return {
            "mature": found.mature,
            "replied_in_window": found.replied,
            "reply_rate": found.rate,
        }
    if not case.has("needs", "with_suggestion"):
        raise case.refuse()
    keys = ("needs", "with_suggestion", "with_reply", "with_meeting", "closed_success")
    steps = market.steps(market.Funnel(*(case[key] for key in keys)))
    return {
        "coverage": steps.coverage,
        "fill_rate": steps.fill_rate,
        "suggestion_to_reply": steps.reply,
        "reply_to_meeting": steps.meeting,
        "meeting_to_success": steps.success,
    }


def time_to_match(case: Input) -> Answer:
    """Answer the Kaplan-Meier curve and its median."""
    answer: dict[str, object] = {}
    if case.has("needs", "as_of"):
        needs = [
            survival.Waiting(row["open"], row["first"], row.get("withdrawn"))
            for row in case["needs"]
        ]
        times, events = survival.observed(needs, case["as_of"])
        matched = [t for t, event in zip(times, events, strict=True) if event]
        answer = {
            "durations": times,
            "events": [int(event) for event in events],
            "naive_mean_of_matched": sum(matched) / len(matched) if matched else None,
        }
    elif case.has("time", "event"):
        times, events = case["time"], [bool(event) for event in case["event"]]
    else:
        raise case.refuse()
    curve = survival.kaplan_meier(times, events)
    return answer | {"km": curve.points, "median": curve.median}


def ranking_quality(case: Input) -> Answer:
    """Answer gains of graded rankings, or recall and the like of binary ones."""
    if case.has("relevance_in_rank_order"):
        given = case["relevance_in_rank_order"]
        k = case.get("k", len(given))
        return {
            "dcg": ranking.dcg(given, k),
            "idcg": ranking.dcg(sorted(given, reverse=True), k),
            "ndcg_linear": ranking.ndcg(given, k),
            "ndcg_exponential": ranking.ndcg(given, k, exponential=True),
        }
    if not case.has("relevant", "ranking"):
        raise case.refuse()
    relevant, order = case["relevant"], case["ranking"]
    graded = [float(item in relevant) for item in order]
    unseen = [1.0] * (len(set(relevant)) - int(sum(graded)))
    answer: dict[str, object] = {
        "ndcg": ranking.ndcg([*graded, *unseen], len(order)) if relevant else None,
        "recall": ranking.recall(relevant, order, len(order)),
        "mrr": ranking.reciprocal_rank(relevant, order),
    }
    for name in case.asked:
        measure, _, k = name.partition("@")
        measures = {"recall": ranking.recall, "precision": ranking.precision, "hit": ranking.hit}
        if k.isdigit() and measure in measures:
            answer[name] = measures[measure](relevant, order, int(k))
    return answer


def exposure_fairness(case: Input) -> Answer:
    """Answer exposure by group, over a log, congestion, and the reciprocal score."""
    if case.has("a_to_b", "b_to_a"):
        a, b = case["a_to_b"], case["b_to_a"]
        return {"harmonic": 2 * a * b / (a + b) if a > 0 and b > 0 else 0.0}
    if case.has("invitations_per_supplier"):
        sent, capacity = case["invitations_per_supplier"], case["capacity_per_supplier"]
        return {
            "overload": exposure.congestion(sent, capacity),
            "top1_share": largest_share(sent),
            "gini": gini(sent),
        }
    if case.has("log", "all_eligible"):
        return _amortized(case)
    if not case.has("groups", "relevance"):
        raise case.refuse()
    names = [str(i) for i in range(len(case["groups"]))]
    groups = dict(zip(names, case["groups"], strict=True))
    bias = {name: exposure.position_bias(i) for i, name in enumerate(names, start=1)}
    relevance = dict(zip(names, case["relevance"], strict=True))
    seen, means = exposure.group_means(bias, groups), exposure.group_means(relevance, groups)
    answer: dict[str, object] = {
        "position_bias": list(bias.values()),
        "exposure": seen,
        "mean_relevance": means,
    }
    for one in seen:
        for other in seen:
            answer[f"exposure_ratio_{one}_over_{other}"] = exposure.ratio(seen[one], seen[other])
            answer[f"dtr_{one}_over_{other}"] = exposure.treatment_ratio(seen, means, one, other)
    return answer


def _amortized(case: Input) -> Answer:
    values = exposure.exposure([row["ranking"] for row in case["log"]], case["all_eligible"])
    means = exposure.group_means(values, {name: name[0] for name in values})
    sme, large = means.get("S", 0.0), means.get("L", 0.0)
    return {
        "exposure": values,
        "mean_exposure_SME": sme,
        "mean_exposure_large": large,
        "parity_ratio": exposure.ratio(sme, large),
        "gini_exposure": gini(list(values.values())),
        "never_shown": exposure.never_shown(values),
    }


def fair_rerank(case: Input) -> Answer:
    """Answer floors, their chance to be broken, and re-ranked lists."""
    alpha = case.get("alpha", fairness.ALPHA)
    if case.has("docs", "threshold"):
        return _end_to_end(case, alpha)
    if case.has("docs", "p"):
        floors = fairness.binomial_floors(case["k"], case["p"], alpha)
        entrants = [fairness.Entrant(name, score, bool(sme)) for name, score, sme in case["docs"]]
        return {"m": floors, "ranking": [e.name for e in fairness.merge(entrants, floors)]}
    if case.has("pool", "sme_in_pool", "k"):
        return _pool(case, alpha)
    if not case.has("k", "p"):
        raise case.refuse()
    k, p = case["k"], case["p"]
    if isinstance(p, list):
        return {"m": [fairness.binomial_floors(k, share, alpha) for share in p]}
    plain, adjusted = fairness.binomial_floors(k, p, alpha), fairness.adjusted_binomial(k, p, alpha)
    return {
        "m": plain,
        "m_unadjusted": plain,
        "fail_probability_unadjusted": fairness.failure_binomial(plain, p),
        "m_adjusted": adjusted,
        "fail_probability_adjusted": fairness.failure_binomial(adjusted, p),
    }


def _pool(case: Input, alpha: float) -> Answer:
    pool, sme, k = case["pool"], case["sme_in_pool"], case["k"]
    plain = fairness.pool_floors(pool, sme, k, alpha)
    adjusted = fairness.adjusted_pool(pool, sme, k, alpha)
    return {
        "m_hypergeometric": plain,
        "m_binomial": fairness.binomial_floors(k, sme / pool if pool else 0.0, alpha),
        "fail_probability_unadjusted": fairness.failure_pool(plain, pool, sme),
        "m_adjusted": adjusted,
        "fail_probability_adjusted": fairness.failure_pool(adjusted, pool, sme),
    }


def _end_to_end(case: Input, alpha: float) -> Answer:
    entrants = [fairness.Entrant(name, score, bool(sme)) for name, score, sme in case["docs"]]
    found = fairness.rerank(entrants, k=case["k"], threshold=case["threshold"], alpha=alpha)
    below = [e.name for e in entrants if e.score < case["threshold"]]
    return {
        "pool": found.pool,
        "sme_in_pool": found.sme_in_pool,
        "m_adjusted": found.floors,
        "ranking": found.ranking,
        "score_order": found.by_score,
        "positions_changed": found.changed,
        "utility_retained": found.utility_retained,
        "never_shown": below,
    }


def consortium(case: Input) -> Answer:
    """Answer the cheapest team, the greedy one, or the closest ones."""
    if case.has("edges", "skills", "required"):
        ties = [(a, b, float(w)) for a, b, w in case["edges"]]
        widest, by_width = teams.closest_teams(case["required"], case["skills"], ties)
        total, by_total = teams.closest_teams(case["required"], case["skills"], ties, by_sum=True)
        return {
            "min_diameter": widest,
            "teams": by_width,
            "min_sum_distance": total,
            "teams_sum": by_total,
        }
    if not case.has("required", "orgs"):
        raise case.refuse()
    members = {
        name: teams.Member(frozenset(row["skills"]), float(row.get("cost", 1)))
        for name, row in case["orgs"].items()
    }
    found = teams.form_team(case["required"], members, _terms(case.given))
    greedy = teams.greedy_team(case["required"], members)
    return {
        "optimal_cost": found.cost,
        "optimal": _optimal(case, members, found),
        "missing": found.uncovered,
        "greedy_cost": greedy.cost,
        "greedy": sorted(greedy.team) if greedy.team is not None else None,
    }


def _optimal(case: Input, members: dict[str, teams.Member], found: teams.Formed) -> object:
    """Return every team of the least cost, found one by one, none part of another."""
    if found.team is None or found.cost is None:
        return None
    if not found.team:
        return [[]]
    every = teams.form_teams(case["required"], members, _terms(case.given), count=20, slack=0.0)
    return [sorted(team.team) for team in every if team.team is not None]


def _terms(given: Any) -> teams.Terms:
    return teams.Terms(
        must_include=frozenset(given.get("must_include", ())),
        conflicts=tuple((a, b) for a, b in given.get("conflicts", ())),
        smes=frozenset(given.get("sme", ())),
        min_sme_share=given.get("min_sme_share", 0.0),
        max_members=given.get("max_members"),
    )


def programme(case: Input) -> Answer:
    """Answer a program's funnel, targeting, differences and their p."""
    if case.has(*programs.STEPS):
        reach = programs.reach([case[step] for step in programs.STEPS])
        return {
            "coverage_of_eligible": reach.coverage,
            "take_up": reach.take_up,
            "awareness": reach.awareness,
            "apply_given_aware": reach.apply_given_aware,
            "approval_rate": reach.approval,
            "completion": reach.completion,
            "largest_drop": reach.largest_drop,
        }
    if case.has("eligible_served", "eligible_not_served", "ineligible_served"):
        keys = ("eligible_served", "eligible_not_served", "ineligible_served")
        errors = programs.targeting(*(case[key] for key in keys))
        return {
            "exclusion_error": errors.exclusion_error,
            "inclusion_error": errors.inclusion_error,
        }
    if case.has("x1", "n1", "x2", "n2"):
        x1, n1, x2, n2 = (case[key] for key in ("x1", "n1", "x2", "n2"))
        low, high = newcombe(x1, n1, x2, n2) or (None, None)
        difference = x1 / n1 - x2 / n2 if n1 and n2 else None
        return {"diff": difference, "lo": low, "hi": high}
    if case.has("treated_before"):
        return _impact(case)
    if case.has("treated", "control"):
        enough = programs.may_show_impact(case["treated"], case["control"])
        return {"status": "ok" if enough else "descriptive_only"}
    raise case.refuse()


def _impact(case: Input) -> Answer:
    treated = list(zip(case["treated_before"], case["treated_after"], strict=True))
    control = list(zip(case["control_before"], case["control_after"], strict=True))
    return {
        "did": programs.difference_in_differences(treated, control),
        "permutation_p_two_sided": programs.permutation_p(
            [after - before for before, after in treated],
            [after - before for before, after in control],
        ),
    }


def _date(text: str) -> dt.date:
    return dt.date.fromisoformat(text)
