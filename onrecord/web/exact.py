"""Words of a source as a page shows them, so that their places in the text can be found again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from onrecord.products.quoting import visible

_STRANGE = re.compile(r"\r\n?|[^\S\r\n\t ]|[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]"
                      "|[\ud800-\udfff]")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Words as they are shown, which stand in the text from `start` to `end`.

    Where `strange`, they are not what stands there: a sign for something that cannot be seen.
    """

    start: int
    end: int
    shown: str
    strange: bool = False


def runs(text: str, start: int) -> Iterator[Run]:
    """A stretch of a text that begins at `start`, as it is shown.

    Line ends of every kind are one; characters that command a screen are named.
    """
    at = 0
    for found in _STRANGE.finditer(text):
        if visible(found[0]) == found[0]:
            continue
        if found.start() > at:
            yield Run(start + at, start + found.start(), text[at : found.start()])
        sign = "\n" if found[0].startswith("\r") else visible(found[0])
        yield Run(start + found.start(), start + found.end(), sign, strange=True)
        at = found.end()
    if at < len(text):
        yield Run(start + at, start + len(text), text[at:])
