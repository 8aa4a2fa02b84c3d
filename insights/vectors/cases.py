"""Which function answers the cases of which file."""

from collections.abc import Callable, Mapping

from insights.vectors import firms, market, networks, places, shares
from insights.vectors.shape import Answer, Input

CASES: Mapping[str, Callable[[Input], Answer]] = {
    "anchor_dependency": firms.anchor_dependency,
    "brokerage_gf": networks.brokerage_gf,
    "cascade": firms.cascade_of,
    "cohesion": networks.cohesion_of,
    "commodity": shares.commodity_of,
    "concentration": shares.concentration_of,
    "consortium": market.consortium,
    "core_periphery": networks.core_periphery,
    "data_quality": firms.data_quality,
    "disclosure": firms.disclosure_of,
    "ei_index": networks.ei_index,
    "ellison_glaeser": shares.ellison_glaeser,
    "emergent_dbscan": places.emergent_dbscan,
    "emergent_rule": places.emergent_rule,
    "exposure_fairness": market.exposure_fairness,
    "fair_rerank": market.fair_rerank,
    "footprint": places.footprint_of,
    "giuliani_bell": networks.giuliani_bell,
    "lq": shares.lq,
    "market_health": market.market_health,
    "programme": market.programme,
    "ranking_quality": market.ranking_quality,
    "recovery": firms.recovery_of,
    "relatedness": places.relatedness_of,
    "robustness": networks.robustness_of,
    "sme_participation": shares.sme_participation,
    "spatial": places.spatial_of,
    "structural_holes": networks.structural_holes,
    "time_to_match": market.time_to_match,
    "triple_helix": networks.triple_helix,
    "upgrading_adoption": firms.upgrading_adoption,
    "value_chain": firms.value_chain,
    "variety": shares.variety_of,
}
