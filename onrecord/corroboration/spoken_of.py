"""Reports, rumours and allegations that somebody only speaks of: who takes note of reports that
people were killed does not say that they were.
"""

from __future__ import annotations

import re
from functools import cache

import pyarrow as pa

from onrecord.vocabulary import load


def only_spoken_of(text: str, cue: str | None) -> bool:
    """Whether what is said is no more than that there are reports, which the speaker does not
    stand by. `text` is the content of a claim, `cue` the words that show it is one.
    """
    return bool(_reports().match(text)) and not _stands_by().search(cue or "")


def claims_only_spoken_of(claims: pa.Table) -> frozenset[str]:
    """The keys of such claims of a case."""
    columns = (claims[name].to_pylist() for name in ("key", "text", "cue"))
    rows = zip(*columns, strict=True)
    return frozenset(key for key, text, cue in rows if only_spoken_of(text or "", cue))


@cache
def _reports() -> re.Pattern[str]:
    """The nouns at the head of what is said, and a word that says of what they tell."""
    words = load("denials")["spoken_of"]
    before, nouns, after = ("|".join(words[name]) for name in ("before", "nouns", "after"))
    phrase = (
        r"(?:\s+(?:in|by|from|on|among)\s+(?:[\w'-]+\s+){0,4}?[\w'-]+)?,?(?:\s+(?:that|which))?"
    )
    return re.compile(
        rf"\s*(?:(?:{before})\s+){{0,4}}(?:{nouns})\b{phrase}\s+(?:{after})\b", re.IGNORECASE
    )


@cache
def _stands_by() -> re.Pattern[str]:
    return re.compile("|".join(load("denials")["stands_by"]), re.IGNORECASE)
