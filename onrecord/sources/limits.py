"""The bounds within which a file is read."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1024**2


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost at most. Sizes in bytes, text in characters, time in seconds.

    `max_unpacked`, `max_members` and `max_ratio` (unpacked to packed size) bound what a ZIP file,
    and a document that is one inside, may unfold to; the ratio counts from `ratio_from` bytes on,
    since a short text may well shrink a thousandfold. `memory` is the address space of the reading
    process.
    """

    max_bytes: int = 200 * MIB
    max_text: int = 50_000_000
    max_pages: int = 5_000
    seconds: float = 60.0
    memory: int = 2 * 1024 * MIB
    max_unpacked: int = 2 * 1024 * MIB
    max_members: int = 10_000
    max_ratio: int = 200
    ratio_from: int = 10 * MIB
