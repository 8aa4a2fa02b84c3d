"""Learning the lexicon from labels that say the same thing in three languages."""

from itertools import permutations

from django.db import transaction

from clusters.models import Classification
from matching.engine.lexicon import learn
from matching.engine.text import LANGUAGES
from matching.models import LexiconEntry

BATCH = 2_000


@transaction.atomic
def learn_lexicon() -> int:
    """Replace the lexicon by what the labels teach; the same labels teach the same. Return size."""
    columns = [f"label_{language}" for language in LANGUAGES]
    rows = list(Classification.objects.order_by("scheme", "code").values(*columns))
    LexiconEntry.objects.all().delete()
    total = 0
    for source, target in permutations(LANGUAGES, 2):
        pairs = [(row[f"label_{source}"], row[f"label_{target}"]) for row in rows]
        entries = [
            LexiconEntry(
                source_language=source,
                source_stem=found.source,
                target_language=target,
                target_stem=found.target,
                probability=found.probability,
            )
            for found in learn([pair for pair in pairs if all(pair)], source, target)
        ]
        LexiconEntry.objects.bulk_create(entries, batch_size=BATCH)
        total += len(entries)
    return total
