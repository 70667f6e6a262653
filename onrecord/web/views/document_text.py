"""A document's text as it is shown: paragraphs, cut where what is marked in them begins or ends."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from onrecord.model import Record, Span
from onrecord.passages.cutting import stretches
from onrecord.passages.segment import paragraphs
from onrecord.products.index import Said
from onrecord.products.people import is_name

AT_ONCE = 20_000
"""Characters after which a text is shown in parts, each of whole paragraphs where that can be."""
_ENDS = ("\n\n", "\n", " ")
"""What a part ends with, the best first, where it stands in the second half of it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text with one set of marks.

    `marks` are terms: `claim`, a kind of claim, `own`, `hedge`, `cue`, `name`, `described`,
    `count`, `asked`. `who` is the group of the entity that it names; `claims` are the claims it
    belongs to, the innermost last; `begins` are those that begin with it, `opens` says that it is
    the first piece that leads to the innermost. `page` is the page of paper that begins here.
    """

    start: int
    text: str
    marks: tuple[str, ...]
    who: str | None
    claims: tuple[str, ...]
    begins: tuple[str, ...]
    opens: bool
    page: int | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, without the blanks around it; `start` is its first character's place."""

    start: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What is shown of a text at once: one of `parts` parts, from 1."""

    number: int
    parts: int
    span: Span


@dataclass(frozen=True, slots=True)
class Paper:
    """Which page of paper each stretch of a text stands on, where a reader could tell.

    `starts` are the places of the text at which another page begins, `pages` those pages.
    """

    starts: tuple[int, ...]
    pages: tuple[int, ...]

    @staticmethod
    def of(layout: Sequence[Mapping[str, Any]]) -> Paper:
        """From a reader's layout."""
        begins = [next(group) for _, group in groupby(layout, key=lambda box: box["page"])]
        return Paper(tuple(b["start"] for b in begins), tuple(b["page"] for b in begins))

    def page_at(self, place: int) -> int | None:
        """The page of a place of the text."""
        found = bisect_right(self.starts, place)
        return self.pages[max(0, found - 1)] if self.pages else None


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that is marked: terms, the group of the entity named, the claim it belongs to."""

    terms: tuple[str, ...]
    who: str | None = None
    claim: str | None = None


ASKED = Mark(("asked",))
"""The mark of words that were asked for."""


def part_of(text: str, number: int, place: int | None) -> Part:
    """The part of that number, or the one with a place of the text; the last where it is beyond."""
    edges = _edges(text)
    at = number if place is None else bisect_right(edges, place)
    at = min(max(at, 1), len(edges) - 1)
    return Part(at, len(edges) - 1, (edges[at - 1], edges[at]))


def _edges(text: str) -> list[int]:
    """Where parts begin, and the end of the text."""
    edges = [0]
    while len(text) - edges[-1] > AT_ONCE:
        most = edges[-1] + AT_ONCE
        ends = (text.rfind(end, edges[-1] + AT_ONCE // 2, most) + len(end) for end in _ENDS)
        edges.append(next((end for end in ends if end > edges[-1]), most))
    return [*edges, len(text)]


def paragraphs_of(
    record: Record, part: Part, marks: Iterable[tuple[Span, Mark]], paper: Paper
) -> tuple[Paragraph, ...]:
    """The paragraphs of a part with what is marked in them, from `marks_of`."""
    first, last = part.span
    spans = [(first + start, first + end) for start, end in paragraphs(record.text[first:last])]
    pages = dict(zip(paper.starts, paper.pages, strict=True)) if len(paper.pages) > 1 else {}
    cuts = [edge for span in spans for edge in span] + [p for p in pages if first <= p < last]
    every = list(_pieces(record.text, stretches(part.span, marks, cuts), pages))
    found, at = [], 0
    for start, end in spans:
        while at < len(every) and every[at].start < start:
            at += 1
        begin = at
        while at < len(every) and every[at].start < end:
            at += 1
        found.append(Paragraph(start, tuple(every[begin:at])))
    return tuple(found)


def _pieces(
    text: str, cut: Iterable[tuple[Span, tuple[Mark, ...]]], pages: Mapping[int, int]
) -> Iterator[Piece]:
    begun, opened = set[str](), set[str]()
    for (start, end), marks in cut:
        claims = tuple(dict.fromkeys(mark.claim for mark in marks if mark.claim))
        begins = tuple(claim for claim in claims if claim not in begun)
        begun.update(begins)
        who = next((mark.who for mark in reversed(marks) if mark.who), None)
        opens = bool(claims) and who is None and claims[-1] not in opened
        opened.update(claims[-1:] if opens else ())
        yield Piece(
            start,
            text[start:end],
            tuple(dict.fromkeys(term for mark in marks for term in mark.terms)),
            who,
            claims,
            begins,
            opens,
            pages.get(start),
        )


def marks_of(
    record: Record, who: Mapping[str, str], said: Iterable[Said], within: Span
) -> Iterator[tuple[Span, Mark]]:
    """What is marked in a stretch of a text: some of what is said, names, and numbers."""
    first, last = within
    for each in said:
        yield from _marks_of(each)
    for entity in record.entities:
        for span in entity.mentions:
            if span[0] < last and span[1] > first:
                named = entity.type == "Place" or _is_named(record.text[slice(*span)])
                yield span, Mark(("name" if named else "described",), who=who.get(entity.id))
    counts = (victim.count for act in record.acts for victim in act.victims if victim.count)
    yield from ((count.span, Mark(("count",))) for count in counts)


def _is_named(words: str) -> bool:
    """Whether words name somebody, such as "Centre for Human Rights"; else they describe."""
    inside = words.split()
    return is_name(words) or (len(inside) > 1 and inside[0].istitle() and inside[-1].istitle())


def _marks_of(said: Said) -> Iterator[tuple[Span, Mark]]:
    claim = said.claim
    if claim is None:
        yield from ((act.span, Mark(("own",), claim=said.acts[0].id)) for act in said.acts)
        return
    for span in claim.content:
        yield span, Mark(("claim", claim.kind), claim=claim.id)
    for span in claim.hedges:
        yield span, Mark(("hedge",))
    if claim.cue:
        yield claim.cue, Mark(("cue",))
