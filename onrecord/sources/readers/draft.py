"""A canonical text in the making, which knows where each piece of it came to stand."""

from __future__ import annotations

import re

from onrecord.model import Edtf, Span

_BLANK = re.compile(r"[^\S\n]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class Draft:
    """Pieces put one after the other; `add` gives the span of each."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self.length = 0

    @property
    def text(self) -> str:
        """All pieces so far."""
        return "".join(self._pieces)

    def add(self, piece: str) -> Span | None:
        """The span at which `piece` stands from now on; None if it is empty."""
        start, self.length = self.length, self.length + len(piece)
        self._pieces.append(piece)
        return (start, self.length) if piece else None

    def block(self, piece: str) -> Span | None:
        """As `add`, as a paragraph of its own: a blank line parts it from what is before."""
        if self.length and piece:
            self.add("\n\n")
        return self.add(piece)


def clean(text: str) -> str:
    """Text out of a container, with plain line ends and without what XML and Unicode forbid."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return _SURROGATE.sub("\ufffd", plain)


def one_line(text: str) -> str:
    """Text on one line, with single spaces."""
    return " ".join(clean(text).split())


def tidy(text: str) -> str:
    """Lines without white space around them; runs of white space within are one space."""
    return "\n".join(_BLANK.sub(" ", line).strip() for line in clean(text).split("\n")).strip()


def imprint(
    draft: Draft, line: str, publisher: str, date: Edtf | None
) -> tuple[Span | None, tuple[Edtf, Span] | None]:
    """Add the line "publisher, date", as far as both are known; `line` holds the publisher."""
    told = draft.block(line)
    start = told[0] + line.index(publisher) if told else 0
    named = (start, start + len(publisher)) if told else None
    if not date:
        return named, None
    dated = draft.add(", ") and draft.add(date) if told else draft.block(date)
    return named, (date, dated) if dated else None
