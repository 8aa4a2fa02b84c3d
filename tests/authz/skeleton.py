"""Rows for addresses that the matrix lacks, as they answer now: a draft for a person to review."""

from tests.authz.addresses import Address
from tests.authz.cast import ACTORS, World
from tests.authz.matrix import address_of, answer, kinds_of

THINGS_BY_WORD = ("organization", "need", "offer", "cluster", "program", "call", "token")

UNKNOWN = "?"


def draft(world: World, address: Address) -> str:
    """Return the row of an address: for each kind of object, what each actor gets today."""
    thing = _guess(world, address)
    lines = [f'["{address.name}"]']
    if thing == UNKNOWN:
        wanted = ", ".join(address.arguments)
        return f'{lines[0]}\nobject = "?"  # a builder of world.py must give: {wanted}'
    if thing:
        lines.append(f'object = "{thing}"')
    lines.append(f"# {'':18}{' '.join(actor[:5].ljust(5) for actor in ACTORS)}")
    for method in ("GET", "POST", "PUT"):
        for kind, kwargs in kinds_of(world, thing).items():
            statuses = _try(world, method, address_of(address.name, kwargs))
            if set(statuses) <= {"405", "login"} or (method == "PUT" and "405" in statuses):
                continue
            key = f'"{method} {kind}"'.replace(' "', '"')
            lines.append(f'{key:17} = "{" ".join(s.ljust(5) for s in statuses).rstrip()}"')
    return "\n".join(lines)


def _guess(world: World, address: Address) -> str:
    if not address.arguments:
        return ""
    local = address.name.rpartition(":")[2]
    fitting = [
        thing
        for thing, kinds in world.objects.items()
        if any(set(kwargs) == set(address.arguments) for kwargs in kinds.values())
    ]
    named = [thing for thing in fitting if thing in local]
    return (named or fitting or [UNKNOWN])[0]


def _try(world: World, method: str, path: str) -> list[str]:
    return [answer(world.client(actor), method, path) for actor in ACTORS]
