"""Which organizations are one legal group, from who holds how much of whom."""

from collections.abc import Iterable
from decimal import Decimal

CONTROL = Decimal(50)  # more than this share of an organization controls it

Holding = tuple[int, int, Decimal]


def legal_groups(holdings: Iterable[Holding]) -> dict[int, int]:
    """Return the group of each organization that a majority holding ties to another.

    A holding is (owner, owned, percentage). Shares that the same owner holds by several links add
    up. A group is a connected component over control, and is named by its smallest member; an
    organization that is not in the answer is a group of its own.
    """
    shares: dict[tuple[int, int], Decimal] = {}
    for owner, owned, percentage in holdings:
        shares[owner, owned] = shares.get((owner, owned), Decimal(0)) + percentage
    head: dict[int, int] = {}
    for pair, share in sorted(shares.items()):
        if share > CONTROL:
            low, high = sorted(_head(head, each) for each in pair)
            head[high] = low
    return {member: _head(head, member) for member in sorted(head)}


def _head(head: dict[int, int], member: int) -> int:
    """Follow a member to the smallest of its group, and remember the way."""
    above = head.setdefault(member, member)
    if above != member:
        above = head[member] = _head(head, above)
    return above
