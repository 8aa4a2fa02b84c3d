"""Whether an answer is the expected one: absolute tolerance, sets as sets, null only for null."""

from collections.abc import Mapping, Sequence

# Printed values are rounded to ten decimals, so nothing can be asked of the eleventh.
ROUNDING = 1e-9
# Words for readers of a case, not answers of a metric.
REMARKS = frozenset({"rule", "note", "verdict", "columns", "reason_text"})
# Order carries no meaning here.
SETS = frozenset(
    [
        "clusters",
        "noise",
        "core",
        "cores",
        "best_cores",
        "optimal",
        "teams",
        "teams_sum",
        "holders",
        "lapsed",
        "upcoming",
        "failed",
        "gaps",
        "single_provider",
        "major_customer_10pct",
        "critical_50pct",
        "articulation",
        "main_core",
        "accepted",
        "never_shown",
        "kept_rows",
        "kept_cols",
        "missing",
        "greedy",
    ]
)


def differences(expected: object, actual: object, tol: float, path: str = "") -> list[str]:
    """Return what differs, each with its path; an empty list when the answer is right."""
    key = path.rsplit(".", 1)[-1]
    if isinstance(expected, Mapping):
        return _of_mapping(expected, actual, tol, path)
    if isinstance(expected, Sequence) and not isinstance(expected, str):
        return _of_sequence(expected, actual, tol, path, unordered=key in SETS)
    if isinstance(expected, bool) or expected is None or isinstance(expected, str):
        return (
            []
            if expected == actual and type(expected) is type(actual)
            else [_say(path, expected, actual)]
        )
    if isinstance(expected, int | float):
        return _of_number(float(expected), actual, tol, path)
    return [_say(path, expected, actual)]


def _of_mapping(expected: Mapping[str, object], actual: object, tol: float, path: str) -> list[str]:
    if not isinstance(actual, Mapping):
        return [_say(path, expected, actual)]
    found = []
    for key, value in expected.items():
        if key in REMARKS:
            continue
        where = f"{path}.{key}" if path else key
        if key not in actual:
            found.append(f"{where}: no answer")
        else:
            found += differences(value, actual[key], tol, where)
    return found


def _of_sequence(
    expected: Sequence[object], actual: object, tol: float, path: str, *, unordered: bool
) -> list[str]:
    if not isinstance(actual, Sequence | set | frozenset) or isinstance(actual, str):
        return [_say(path, expected, actual)]
    if unordered:
        return [] if _frozen(expected) == _frozen(actual) else [_say(path, expected, actual)]
    items = list(actual)
    if len(items) != len(expected):
        return [_say(path, expected, actual)]
    return [
        line
        for i, (one, other) in enumerate(zip(expected, items, strict=True))
        for line in differences(one, other, tol, f"{path}.{i}")
    ]


def _of_number(expected: float, actual: object, tol: float, path: str) -> list[str]:
    if not isinstance(actual, int | float):
        return [_say(path, expected, actual)]
    near = abs(float(actual) - expected) <= max(tol, ROUNDING)
    return [] if near else [_say(path, expected, actual)]


def _frozen(value: object) -> object:
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str):
        return frozenset(_frozen(item) for item in value)
    return value


def _say(path: str, expected: object, actual: object) -> str:
    return f"{path}: expected {expected!r}, got {actual!r}"
