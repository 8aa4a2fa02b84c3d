"""A PDF without what its program noted beside the pages: author, title, program, dates.

The noted words are blanked in place, sign by sign, so that no offset in the file moves. What a
program packed into compressed streams stays; pages are never touched.
"""

import re

_KEYS = b"Author|Creator|Producer|Title|Subject|Keywords|Company|Manager|CreationDate|ModDate"
_LITERAL = re.compile(rb"/(?:" + _KEYS + rb")\s{0,8}\(((?:[^()\\]|\\.){0,2000})\)", re.DOTALL)
_HEX = re.compile(rb"/(?:" + _KEYS + rb")\s{0,8}<([0-9A-Fa-f\s]{0,4000})>")
_PACKET = re.compile(rb"<x:xmpmeta.{0,200000}?</x:xmpmeta>", re.DOTALL)


def without_metadata(content: bytes) -> bytes:
    """Return the same document with those notes blanked; as long as it was."""
    content = _LITERAL.sub(lambda match: _blank(match, b" "), content)
    content = _HEX.sub(lambda match: _blank(match, b"0"), content)
    return _PACKET.sub(lambda match: b" " * len(match.group()), content)


def _blank(match: re.Match[bytes], sign: bytes) -> bytes:
    start, end = match.start(1) - match.start(), match.end(1) - match.start()
    whole = match.group()
    return whole[:start] + sign * (end - start) + whole[end:]
