"""How likely two records are one organization: facts in, score and reasons out; no I/O."""

from firms.duplicates.facts import RecordFacts, facts_digest
from firms.duplicates.features import FEATURES, Features, features_of
from firms.duplicates.scoring import FLOOR, SURE, Judged, judge

__all__ = [
    "FEATURES",
    "FLOOR",
    "SURE",
    "Features",
    "Judged",
    "RecordFacts",
    "facts_digest",
    "features_of",
    "judge",
]
