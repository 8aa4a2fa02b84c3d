"""Typed reading of a rule's stored parameters; anything unexpected is refused by name."""

import re
from collections.abc import Collection, Mapping

from programs.eligibility.durations import Duration
from programs.eligibility.facts import Path

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
