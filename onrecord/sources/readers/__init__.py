"""One reader a media type, each deterministic, with a name and a version."""

from __future__ import annotations

from onrecord.sources.encodings import decode
from onrecord.sources.limits import Limits
from onrecord.sources.readers.plain import read_plain
from onrecord.sources.reading import Reading


def read_as(path: str, data: bytes, limits: Limits) -> Reading:
    """What the bytes say, read by what they are."""
    return read_plain(decode(data))
