"""Exact words of a source inside a line: never altered, cut only outside the quotation marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.model import Record, Span
from onrecord.products.page import Run
from onrecord.vocabulary import load

ELLIPSIS = Run(" … ")


def quoted(record: Record, spans: Iterable[Span], limit: int | None = None) -> tuple[Run, ...]:
    """The words at some spans, each a run of its own; past `limit` characters they are cut."""
    left = limit or int(load("products")["trim"]["line"])
    runs: list[Run] = []
    for span in spans:
        words = record.text[slice(*span)]
        kept = _cut(words, left)
        if runs and kept:
            runs.append(ELLIPSIS)
        if kept:
            runs.append(Run(kept, "quote", record.document.language))
        left -= len(kept)
        if len(kept) < len(words):
            runs.append(Run(" …"))
            break
    return tuple(runs)


def join(parts: Sequence[tuple[Run, ...]], between: str) -> tuple[Run, ...]:
    """Groups of runs with the same words between them."""
    joined: list[Run] = []
    for part in parts:
        if joined:
            joined.append(Run(between))
        joined.extend(part)
    return tuple(joined)


def plain(words: str) -> str:
    """Words on one line: every stretch of white space is one space."""
    return " ".join(words.split())


def direction(words: str) -> str:
    """`rtl` where the first letter with a direction runs from right to left, else `ltr`."""
    for character in words:
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


def visible(words: str) -> str:
    """Words with control and direction-changing characters shown as their code points.

    They could rewrite a terminal's screen or make words read backwards.
    """
    return _COMMANDS.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", words)


_COMMANDS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""Controls and lone surrogates (Cc, Cs) but for the end of a line and the tab, and what turns the
direction of words. One pattern, for a page shows thousands of words.
"""


def _cut(words: str, limit: int) -> str:
    """At most about `limit` characters; the end is sought where a reader may pause."""
    if len(words) <= limit + 12:
        return words
    room = words[: max(limit, 0)]
    ends = (_last(r"[,;:.!?—–)](?=\s)", room, limit // 2), _last(_pauses(), room, limit * 3 // 5))
    kept = max((end for end in ends if end), default=0) or room.rfind(" ")
    cut = room[: max(kept, 0)].split(" ")
    while len(cut) > 1 and cut[-1] in load("products")["hanging"]:
        cut.pop()
    return " ".join(cut).rstrip(",;:—– ")


def _last(pattern: str, words: str, least: int) -> int:
    """Where the last match ends, not before `least`; 0 where there is none."""
    ends = [found.end() for found in re.finditer(pattern, words) if found.end() >= least]
    return ends[-1] if ends else 0


@cache
def _pauses() -> str:
    """The blank before a word that opens a clause or a group of words."""
    openers = "|".join(re.escape(word) for word in load("products")["openers"])
    return rf"\s(?=(?:{openers})\s)"
