"""Typed reading of a rule's stored parameters; anything unexpected is refused by name."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal, InvalidOperation

from programs.eligibility.durations import Duration
from programs.eligibility.facts import Path
from programs.eligibility.values import Limits

Parameters = Mapping[str, object]

MAX_ITEMS = 500
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.:-]{0,79}")


class InvalidParametersError(ValueError):
    """A parameter is absent, unknown or of the wrong form; ``name`` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def only(parameters: Parameters, names: Collection[str]) -> None:
    """Refuse parameters that a kind does not know."""
    for name in sorted(parameters):
        if name not in names:
            raise InvalidParametersError(name)


def codes(parameters: Parameters, name: str, allowed: Collection[str] = ()) -> tuple[str, ...]:
    """Read a non-empty list of codes, sorted, each once; ``allowed`` closes the list."""
    found = parameters.get(name)
    if not isinstance(found, list | tuple) or not 0 < len(found) <= MAX_ITEMS:
        raise InvalidParametersError(name)
    for item in found:
        if (
            not isinstance(item, str)
            or not CODE.fullmatch(item)
            or (allowed and item not in allowed)
        ):
            raise InvalidParametersError(name)
    return tuple(sorted(set(found)))


def paths(parameters: Parameters, name: str) -> tuple[Path, ...]:
    """Read a non-empty list of paths written as ``CL/CL-LI``."""
    found = parameters.get(name)
    if not isinstance(found, list | tuple) or not 0 < len(found) <= MAX_ITEMS:
        raise InvalidParametersError(name)
    split = [tuple(item.split("/")) if isinstance(item, str) else () for item in found]
    if not all(path and all(CODE.fullmatch(part) for part in path) for path in split):
        raise InvalidParametersError(name)
    return tuple(sorted(set(split)))


def choice(parameters: Parameters, name: str, allowed: Collection[str], default: str) -> str:
    """Read one of a closed list of words."""
    found = parameters.get(name, default)
    if not isinstance(found, str) or found not in allowed:
        raise InvalidParametersError(name)
    return found


def code(parameters: Parameters, name: str) -> str:
    """Read one code."""
    found = parameters.get(name)
    if not isinstance(found, str) or not CODE.fullmatch(found):
        raise InvalidParametersError(name)
    return found


def duration(parameters: Parameters, name: str) -> Duration | None:
    """Read a span such as ``P18M``, or nothing."""
    found = parameters.get(name)
    if found is None:
        return None
    try:
        return Duration.parse(str(found))
    except ValueError as error:
        raise InvalidParametersError(name) from error


def whole_number(parameters: Parameters, name: str, low: int, high: int) -> int:
    """Read a whole number within bounds, both included."""
    found = parameters.get(name)
    if not isinstance(found, int) or isinstance(found, bool) or not low <= found <= high:
        raise InvalidParametersError(name)
    return found


def number(parameters: Parameters, name: str) -> Decimal | None:
    """Read a number of at most 18 digits that is not negative, or nothing."""
    found = parameters.get(name)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float | str | Decimal):
        raise InvalidParametersError(name)
    try:
        value = Decimal(str(found))
    except InvalidOperation as error:
        raise InvalidParametersError(name) from error
    if not value.is_finite() or not 0 <= value < Decimal(10) ** 18:
        raise InvalidParametersError(name)
    return value


def limits(parameters: Parameters) -> Limits:
    """Read ``min``, ``max`` or ``under``; at least one, and some number must satisfy them."""
    low, high, under = (number(parameters, name) for name in ("min", "max", "under"))
    if low is None and high is None and under is None:
        raise InvalidParametersError("min")
    if high is not None and under is not None:
        raise InvalidParametersError("under")
    if low is not None and high is not None and low > high:
        raise InvalidParametersError("max")
    if low is not None and under is not None and low >= under:
        raise InvalidParametersError("under")
    return Limits(low, high, under)


def flag(parameters: Parameters, name: str) -> bool:
    """Read a yes or no; absent is no."""
    found = parameters.get(name, False)
    if not isinstance(found, bool):
        raise InvalidParametersError(name)
    return found
