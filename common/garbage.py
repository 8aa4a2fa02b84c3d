"""Looking for garbage seldom: the application is none, and looking through it takes 100 ms."""

import gc

THRESHOLDS = (10_000, 20, 50)


def settle() -> None:
    """Set aside what there is at the start, and look through the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
