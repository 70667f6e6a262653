"""A phrase of the kinds that posts are told in, and patterns for rows of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from onrecord.model import Span

PhraseKind = Literal["rank", "post", "person", "body", "place"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of text, its kind, the entity that stands there, and for a post its own words.

    `core` is the post without "former", "new" and the like; `ended` is what those say.
    """

    start: int
    end: int
    kind: PhraseKind
    entity: str | None = None
    core: Span | None = None
    ended: bool = False

    @property
    def span(self) -> Span:
        """Start and end."""
        return self.start, self.end


def row(words: Iterable[str], joint: str = r"[\s-]+") -> str:
    """A pattern for one phrase of several words."""
    return joint.join(re.escape(w) for w in words)
