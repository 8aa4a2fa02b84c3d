"""Learn the artifact of the classifier of CPV from files; the same files give the same bytes.

    python -m bench.train_classifier OUT.npz --tenders train.csv --platform datos.xlsx \
        --contracts contracts.csv [--skip 0,1,2,3] [--until 2024-01-22]

``--skip`` leaves out tenths of the Spanish tenders (by a hash of the text), ``--until`` contracts
published from a day on: what is left out can then be evaluated. Writes where it comes from beside
it (OUT.json), and prints one JSON line.
"""

import argparse
import hashlib
import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from bench import classifier_data as data
from bench.hinge import Problem, separate
from matching.engine.classifier import RARITY_STEP, VALUE_STEP
from matching.engine.grams import BUCKETS, stump_buckets, unit, vector, views

LABELS = Path(__file__).parent.parent / "data" / "classifications" / "cpv2008.csv"
COST = 0.5
LEVELS = 127
SHARPNESS = 5.0  # least surprise on the development texts

Arrays = dict[str, npt.NDArray[Any]]


def rarity_of(bags: Sequence[npt.NDArray[np.int64]]) -> npt.NDArray[np.uint8]:
    """Return how rare each bucket is, as stored: 0 for those that occur in one text only."""
    frequency = np.zeros(BUCKETS)
    for bag in bags:
        frequency[np.unique(bag)] += 1
    rarity = np.log((1 + len(bags)) / (1 + frequency)) + 1
    rarity[frequency < 2] = 0
    return np.rint(rarity * RARITY_STEP).clip(0, 255).astype(np.uint8)


def linear(rows: Sequence[data.Row], divisions: Sequence[str]) -> Arrays:
    """Learn the weights of each division, stored as whole levels."""
    bags = [np.concatenate(list(views(row.text).values())) for row in rows]
    rarity = rarity_of(bags)
    found = [vector(row.text, rarity / RARITY_STEP) for row in rows]
    sides = np.array([[1 if d in row.divisions else -1 for d in divisions] for row in rows])
    costs = COST * np.array([[row.weight] for row in rows])
    matrix = _matrix(found, BUCKETS + 1, bias=True)
    problem = Problem(matrix, sides.astype(np.float32), costs.astype(np.float32))
    weights = separate(problem)
    step = float(np.abs(weights[:BUCKETS]).max()) / LEVELS
    levels = np.rint(weights[:BUCKETS] / step)
    return {
        "divisions": np.array([int(d) for d in divisions], np.uint8),
        "rarity": rarity,
        "weights": levels.astype(np.int8),
        "step": np.array(step),
        "bias": weights[BUCKETS].astype(np.float64),
        "sharpness": np.array(SHARPNESS),
    }


def examples(rows: Sequence[data.Row], codes: Sequence[str]) -> Arrays:
    """Keep the words of labels and of texts whose code is known, labels first."""
    place = {code: index for index, code in enumerate(codes)}
    bags = [stump_buckets(row.text) for row in rows]
    rarity = rarity_of(bags)
    pairs = [
        (unit(bag, rarity / RARITY_STEP), place[code])
        for row, bag in zip(rows, bags, strict=True)
        for code in row.codes
        if code in place
    ]
    values = np.concatenate([values for (_, values), _ in pairs])
    return {
        "codes": np.array([int(code) for code in codes], np.int32),
        "stump_rarity": rarity,
        "example_sizes": np.array([len(buckets) for (buckets, _), _ in pairs], np.uint16),
        "example_buckets": np.concatenate([b for (b, _), _ in pairs]).astype(np.int32),
        "example_values": np.rint(values * VALUE_STEP).astype(np.uint8),
        "example_codes": np.array([code for _, code in pairs], np.int16),
        "labels": np.array(sum(len(row.codes) for row in rows if row.is_label)),
    }


def _matrix(found: Sequence[tuple[Any, Any]], width: int, *, bias: bool) -> "csr_array[Any]":
    """Stack vectors as rows; the last column is 1 for the bias."""
    rows = np.repeat(np.arange(len(found)), [len(buckets) + bias for buckets, _ in found])
    columns = np.concatenate([np.append(b, width - 1) for b, _ in found])
    values = np.concatenate([np.append(v, 1.0) for _, v in found]).astype(np.float32)
    return csr_array((values, (rows, columns)), shape=(len(found), width))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tenders", type=Path, required=True)
    parser.add_argument("--platform", type=Path, required=True)
    parser.add_argument("--contracts", type=Path, required=True)
    parser.add_argument("--skip", default="")
    parser.add_argument("--until", default="9999")
    options = parser.parse_args()
    started = time.monotonic()
    skip = frozenset(int(number) for number in options.skip.split(",") if number)
    label_rows = list(data.labels(LABELS))
    rows = [
        *label_rows,
        *data.tenders(options.tenders, skip),
        *data.platform_tenders(options.platform, data.known_texts(options.tenders)),
        *data.contracts(options.contracts, options.until),
    ]
    codes = sorted({code for row in label_rows for code in row.codes})
    divisions = sorted({code[:2] for code in codes})
    arrays = linear([row for row in rows if row.weight], divisions)
    arrays |= examples([row for row in rows if row.codes], codes)
    with options.out.open("wb") as out:
        np.savez_compressed(out, allow_pickle=False, **arrays)
    told = {
        "sha256": hashlib.sha256(options.out.read_bytes()).hexdigest(),
        "bytes": options.out.stat().st_size,
        "texts": len(rows) - len(label_rows),
        "sources": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in (LABELS, options.tenders, options.platform, options.contracts)
        },
    }
    provenance = json.dumps(told, indent=2) + "\n"
    options.out.with_suffix(".json").write_text(provenance, encoding="utf-8")
    print(json.dumps({**told, "seconds": round(time.monotonic() - started, 1)}))


if __name__ == "__main__":
    main()
