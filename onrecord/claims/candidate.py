"""What may be an attribution, before it is chosen: cue, source and content by construction."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.claims.grammar import Tokens


@dataclass(frozen=True, slots=True)
class Source:
    """Where a cue's source stands: its head token, its words, and how it was reached.

    `head` is None where the text names nobody ("it is alleged"); `how` is a term such as
    `subject`, `inherited`, `agent`, `possessive`, `relative`, `none`.
    """

    head: int | None
    words: Tokens | None
    how: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One reading of one cue. `quotes` are the numbers of the quotations that are its content.

    `cue` is the cue's head token; `words` all its tokens. `construction` names the rule that made
    it; `content` are stretches of tokens in order.
    """

    cue: int
    words: Tokens
    construction: str
    source: Source
    content: tuple[Tokens, ...]
    quotes: tuple[int, ...] = ()

    @property
    def length(self) -> int:
        """Tokens of content."""
        return sum(last - first for first, last in self.content)
