"""An item laid out as text: "label: value", one a line, with the span of every value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from onrecord.model import Span
from onrecord.sources.readers.draft import Draft, clean, one_line


class Sheet:
    """Lines put one below the other. A value of several lines keeps them, as they are."""

    def __init__(self) -> None:
        self._draft = Draft()
        self._gap = ""

    @property
    def text(self) -> str:
        """All lines so far, without a line end after the last."""
        return self._draft.text

    def line(self, label: str, value: object) -> Span | None:
        """Add "label: value"; the span of the value, or None (and no line) where it is blank."""
        words = clean(str(value)).strip()
        if not words:
            return None
        self._start(f"{one_line(label)}: ")
        return self._draft.add(words)

    def heading(self, words: str) -> Span | None:
        """Add a line of its own, below a blank one."""
        self.gap()
        self._start("")
        return self._draft.add(one_line(words))

    def gap(self) -> None:
        """A blank line before the next."""
        self._gap = "\n\n"

    def whole(self, span: Span) -> Span:
        """The lines in which a span stands, from the first one's label to the last one's end."""
        text = self.text
        start = text.rfind("\n", 0, span[0]) + 1
        end = text.find("\n", span[1])
        return start, len(text) if end < 0 else end

    def parts(self, span: Span, separator: str | None) -> Iterator[Span]:
        """The parts of a value between separators, without blanks around them; none that is empty.

        None leaves the value whole.
        """
        if separator is None:
            yield span
            return
        value, at = self.text[slice(*span)], span[0]
        for piece in re.split(f"({re.escape(separator)})", value):
            words = piece.strip()
            if words and piece != separator:
                start = at + len(piece) - len(piece.lstrip())
                yield start, start + len(words)
            at += len(piece)

    def find(self, words: str, within: Span) -> Span | None:
        """Where words first stand within a span."""
        start = self.text.find(words, *within)
        return (start, start + len(words)) if words and start >= 0 else None

    def _start(self, label: str) -> None:
        if self._draft.length:
            self._draft.add(self._gap or "\n")
        self._gap = ""
        self._draft.add(label)
