"""Classification codes as packed integers, so that a common ancestor is a mask and a compare.

Layout of the 32 bits, sign first: 1, scheme (2 bits), then 29 bits of segments from the root, each
segment 0 when the code is broader than that. The sign keeps codes apart from term ids, which are
positive.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int32]
Levels = npt.NDArray[np.int8]

DIGIT_BITS = 29
_DIVISIONS_PER_SECTION = (
    "A01-03 B05-09 C10-33 D35-35 E36-39 F41-43 G45-47 H49-53 I55-56 J58-63 K64-66 L68-68 M69-75 "
    "N77-82 O84-84 P85-85 Q86-88 R90-93 S94-96 T97-98 U99-99"
)


def _sections() -> dict[int, int]:
    found = {}
    for text in _DIVISIONS_PER_SECTION.split():
        for division in range(int(text[1:3]), int(text[4:6]) + 1):
            found[division] = ord(text[0]) - ord("A") + 1
    return found


SECTION_OF_DIVISION = _sections()


def _isic(code: str) -> tuple[int, ...] | None:
    if len(code) == 1 and "A" <= code <= "U":
        return (ord(code) - ord("A") + 1,)
    if not code.isdigit() or not 2 <= len(code) <= 4:
        return None
    section = SECTION_OF_DIVISION.get(int(code[:2]))
    if section is None:
        return None
    return (section, int(code[:2]) + 1, *(int(digit) + 1 for digit in code[2:]))


def _cpv(code: str) -> tuple[int, ...] | None:
    digits = code.split("-")[0]
    if not digits.isdigit() or len(digits) != 8:
        return None
    segments = (int(digits[:2]) + 1, *(int(d) for d in digits[2:5]), int(digits[5:]))
    while not segments[-1]:
        segments = segments[:-1]
    return segments


def _hs(code: str) -> tuple[int, ...] | None:
    digits = code.replace(".", "")
    if not digits.isdigit() or len(digits) not in {2, 4, 6, 8}:
        return None
    return tuple(int(digits[i : i + 2]) + 1 for i in range(0, len(digits), 2))


@dataclass(frozen=True)
class Layout:
    """How the codes of one scheme become segments."""

    scheme: str
    tag: int
    bits: tuple[int, ...]
    split: Callable[[str], tuple[int, ...] | None]

    def masks(self) -> tuple[int, ...]:
        """Return for each level the bits that say scheme and segments down to that level."""
        used, found = 0, []
        for width in self.bits:
            used += width
            found.append(0xFFFFFFFF << (DIGIT_BITS - used) & 0xFFFFFFFF)
        return tuple(found)


LAYOUTS = {
    layout.scheme: layout
    for layout in (
        Layout("isic4", 0, (5, 7, 4, 4), _isic),
        Layout("cpv2008", 1, (7, 4, 4, 4, 10), _cpv),
        Layout("hs", 2, (7, 7, 7, 7), _hs),
    )
}
BY_TAG = {layout.tag: layout for layout in LAYOUTS.values()}


def pack(scheme: str, code: str) -> int | None:
    """Return the packed code, negative; None when the scheme is unknown or the code ill formed."""
    layout = LAYOUTS.get(scheme)
    segments = layout.split(code) if layout else None
    if layout is None or not segments:
        return None
    value, used = 4 | layout.tag, 0
    packed = value << DIGIT_BITS
    for width, segment in zip(layout.bits, segments, strict=False):
        used += width
        packed |= segment << (DIGIT_BITS - used)
    return _signed(packed)


def layout_of(packed: int) -> Layout:
    """Return the layout of a packed code's scheme."""
    return BY_TAG[(packed >> DIGIT_BITS) & 3]


def ancestors(packed: int) -> tuple[int, ...]:
    """Return the entries from the root of the scheme down to the code itself."""
    raw = packed & 0xFFFFFFFF
    return tuple(dict.fromkeys(_signed(raw & mask) for mask in layout_of(packed).masks()))


def level(packed: int) -> int:
    """Return how deep a code is; 1 is the broadest."""
    return len(ancestors(packed))


def shared_levels(codes: Ints, other: int) -> Levels:
    """Return for each packed code the level of the deepest entry it shares with ``other``."""
    masks = layout_of(other).masks()[: level(other)]
    shared = np.zeros(len(codes), np.int8)
    differing = codes.view(np.uint32) ^ np.uint32(other & 0xFFFFFFFF)
    for mask in masks:
        shared += (differing & np.uint32(mask)) == 0
    return shared


def same_scheme(codes: Ints, other: int) -> npt.NDArray[np.bool_]:
    """Say for each packed code whether it is of the scheme of ``other``."""
    tag = np.uint32((other & 0xFFFFFFFF) >> DIGIT_BITS)
    same: npt.NDArray[np.bool_] = (codes.view(np.uint32) >> np.uint32(DIGIT_BITS)) == tag
    return same


def unpack(packed: int) -> tuple[str, str]:
    """Return the scheme and the code as it is written."""
    layout = layout_of(packed)
    raw, used, segments = packed & 0xFFFFFFFF, 0, []
    for width in layout.bits:
        used += width
        segments.append(raw >> (DIGIT_BITS - used) & ((1 << width) - 1))
    return layout.scheme, _WRITE[layout.scheme](segments)


def _write_isic(s: list[int]) -> str:
    if not s[1]:
        return chr(ord("A") + s[0] - 1)
    return f"{s[1] - 1:02d}" + "".join(str(digit - 1) for digit in s[2:] if digit)


def _write_cpv(s: list[int]) -> str:
    return f"{s[0] - 1:02d}{s[1]}{s[2]}{s[3]}{s[4]:03d}"


def _write_hs(s: list[int]) -> str:
    return "".join(f"{part - 1:02d}" for part in s if part)


_WRITE = {"isic4": _write_isic, "cpv2008": _write_cpv, "hs": _write_hs}


def _signed(raw: int) -> int:
    return raw - (1 << 32) if raw >> 31 else raw
