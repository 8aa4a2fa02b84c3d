"""Learning the lexicon from labels that say the same thing in three languages."""

import csv
from itertools import permutations
from pathlib import Path

from django.conf import settings
from django.db import transaction

from clusters.models import Classification
from matching.engine.lexicon import Translation, learn
from matching.engine.text import LANGUAGES
from matching.models import LexiconEntry

BATCH = 2_000
LANGUAGE_PAIRS = tuple(permutations(LANGUAGES, 2))
PRODUCTS = Path("lexicon", "products.csv")
CLASSIFICATIONS = (
    Path("classifications", "cpv2008.csv"),
    Path("classifications", "hs.csv"),
    Path("classifications", "isic4.csv"),
)

Label = dict[str, str]


def learn_lexicon() -> int:
    """Replace the lexicon by what labels and product names teach. Return its size.

    The same labels teach the same.
    """
    return sum(learn_pair(source, target=target) for source, target in LANGUAGE_PAIRS)


@transaction.atomic
def learn_pair(source: str, *, target: str) -> int:
    """Replace what is known from one language to another; a second or two of work."""
    columns = [f"label_{language}" for language in LANGUAGES]
    rows = Classification.objects.order_by("scheme", "code").values_list(*columns)
    labels = [dict(zip(LANGUAGES, row, strict=True)) for row in rows]
    labels += _read(PRODUCTS, prefix="")
    LexiconEntry.objects.filter(source_language=source, target_language=target).delete()
    entries = [
        LexiconEntry(
            source_language=source,
            source_stem=found.source,
            target_language=target,
            target_stem=found.target,
            probability=found.probability,
        )
        for found in _learned(labels, source, target)
    ]
    LexiconEntry.objects.bulk_create(entries, batch_size=BATCH)
    return len(entries)


def shipped_translations(source: str, target: str) -> list[Translation]:
    """Return what the shipped files teach from one language to another, without a database."""
    labels = [label for path in CLASSIFICATIONS for label in _read(path, prefix="label_")]
    return _learned(labels + _read(PRODUCTS, prefix=""), source, target)


def _learned(labels: list[Label], source: str, target: str) -> list[Translation]:
    pairs = [(label[source], label[target]) for label in labels]
    return learn([pair for pair in pairs if all(pair)], source, target)


def _read(path: Path, *, prefix: str) -> list[Label]:
    with (settings.BASE_DIR / "data" / path).open(encoding="utf-8", newline="") as file:
        return [{k: row[f"{prefix}{k}"] for k in LANGUAGES} for row in csv.DictReader(file)]
