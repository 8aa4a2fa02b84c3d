"""The numbers that rank: one frozen value per version, stored beside the matches they made."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

FEATURES = (
    "text",
    "classification",
    "geography",
    "certificates",
    "size",
    "freshness",
    "cluster",
)


@dataclass(frozen=True)
class TextRules:
    """How words count; a change asks for a new projection of every listing."""

    k1: float = 1.0
    b: float = 0.2
    title: float = 1.5
    body: float = 1.0
    label: float = 0.5
    name: float = 1.5
    need_label: float = 0.3
    translation: float = 0.85
    saturation: float = 0.25


@dataclass(frozen=True)
class Rules:
    """Weights of the features (relative), and the constants of their formulas."""

    version: int = 2
    weights: Mapping[str, float] = field(
        default_factory=lambda: {
            "text": 0.50,
            "classification": 0.18,
            "geography": 0.15,
            "certificates": 0.04,
            "size": 0.04,
            "freshness": 0.05,
            "cluster": 0.03,
        }
    )
    text: TextRules = TextRules()
    # by scheme, the value of the deepest entry that two codes share, from level 0 down
    common_level: Mapping[str, tuple[float, ...]] = field(
        default_factory=lambda: {
            "isic4": (0.0, 0.05, 0.40, 0.75, 0.95),
            "cpv2008": (0.0, 0.30, 0.60, 0.80, 0.90, 0.95),
            "hs": (0.0, 0.30, 0.70, 0.90, 0.95),
        }
    )
    same_entry: float = 0.05
    # what makes a field the same: this value of a code, or this share of the words asked for
    same_field: float = 0.3
    same_words: float = 0.15
    radius_floor_km: float = 50.0
    territories_km: float = 800.0
    national_km: float = 800.0
    worldwide_km: float = 8_000.0
    half_life_days: float = 90.0
    floor: float = 0.40
    other_offers: float = 0.05
    offers_per_organization: int = 3
    kept_per_need: int = 60

    def as_json(self) -> dict[str, Any]:
        """Return what a rule set stores."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Rules":
        """Read what a rule set stores."""
        values = dict(stored)
        values["text"] = TextRules(**values["text"])
        values["common_level"] = {k: tuple(v) for k, v in values["common_level"].items()}
        return cls(**values)


PARTNERS = Rules()
