"""What is said in a document, beside its text: on whose word, coded as what, decided how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from onrecord.case import ReviewDecision
from onrecord.model import Act, Claim, Record, Reviewed, Span
from onrecord.products import index
from onrecord.products.attribution import chain
from onrecord.products.cue import turning
from onrecord.products.index import Index, Sheet
from onrecord.products.page import Step

OWN = "act"
"""The kind of what a publisher tells in its own words: an act that no claim carries."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided: `accepted`, `undecided`, or `added`; who, when, in which log entry."""

    state: str
    by: str
    at: str
    entry: int


@dataclass(frozen=True, slots=True)
class Coded:
    """An act coded from a claim: its type, and the words for who is said to have had a part.

    `counts` are the words that say how many, `corrected` the fields that a person corrected.
    """

    id: str
    type: str
    polarity: str
    modality: str
    perpetrators: tuple[str, ...]
    victims: tuple[str, ...]
    counts: tuple[str, ...]
    date: str | None
    reviewed: Decided | None
    corrected: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """A claim, or an act in the publisher's own words (kind `act`): on whose word, in which words.

    `start` and `end` are where its first words stand, `page` the page of paper they are on; `seen`
    is the newest decision on it (0: none), to be sent back with the next. `introduced` are words
    before it that turn it ("found no evidence"), where some do.
    """

    id: str
    kind: str
    quote: str
    modality: str
    polarity: str
    confidence: float | None
    start: int
    end: int
    page: int | None
    words: tuple[str, ...]
    hedges: tuple[str, ...]
    steps: tuple[Step, ...]
    acts: tuple[Coded, ...]
    reviewed: Decided | None
    corrected: tuple[str, ...]
    seen: int
    introduced: str | None


@dataclass(frozen=True, slots=True)
class Rejected:
    """What a person rejected: its words, who, when, why, in which entry of the log."""

    words: str
    by: str
    at: str
    why: str
    entry: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What is said in a document of one kind (any: empty), or that nobody has decided on.

    `every` is all that is said in it, `open` how many of that nobody has decided on, `kinds` how
    many there are of each kind.
    """

    said: tuple[index.Said, ...]
    every: tuple[index.Said, ...]
    sheet: Sheet
    index: Index
    open: int
    kinds: tuple[tuple[str, int], ...]


def narrowed(record: Record, kind: str, *, only_open: bool) -> Narrowed:
    """What is said in a document, in the order in which it stands there."""
    made = Index([record])
    sheet = made.sheets[0]
    every = tuple(sheet.everything())
    kinds = Counter(map(kind_of, every))
    wanted = [
        said
        for said in every
        if kind in ("", kind_of(said)) and not (only_open and decided_of(said))
    ]
    undecided = sum(1 for said in every if decided_of(said) is None)
    ordered = tuple(sorted(kinds.items(), key=lambda each: (each[0] == OWN, -each[1], each[0])))
    return Narrowed(tuple(wanted), every, sheet, made, undecided, ordered)


def kind_of(said: index.Said) -> str:
    """The kind of a claim; of the publisher's own words `act`."""
    return said.claim.kind if said.claim else OWN


def decided_of(said: index.Said) -> Decided | None:
    """What was decided of a claim, or of an act that no claim carries; None while it is open."""
    return _decided((said.claim or said.acts[0]).reviewed)


def _decided(reviewed: Reviewed | None) -> Decided | None:
    if reviewed is None:
        return None
    return Decided(reviewed.state, reviewed.by, reviewed.at, reviewed.entry)


def begins(said: index.Said) -> int:
    """Where its first words stand."""
    return said.content[0][0] if said.content else 0


def told(
    found: Narrowed,
    within: Span,
    page_at: Callable[[int], int | None],
    decisions: Sequence[ReviewDecision],
) -> tuple[Told, ...]:
    """What begins in a stretch of the text; `page_at` gives the page of a place of it."""
    newest = {each.subject.rpartition("|")[2]: each.seq for each in decisions}
    first, last = within
    return tuple(
        _told(found, said, page_at(begins(said)), newest)
        for said in found.said
        if first <= begins(said) < last
    )


def rejected(decisions: Sequence[ReviewDecision]) -> tuple[Rejected, ...]:
    """What is not shown since a person rejected it."""
    return tuple(
        Rejected(each.words, each.actor, each.at, each.why, each.seq)
        for each in decisions
        if each.kind == "review" and each.what == "rejected" and not each.lost
    )


def _told(found: Narrowed, said: index.Said, page: int | None, newest: Mapping[str, int]) -> Told:
    item: Claim | Act = said.claim or said.acts[0]
    words = _words_of(said.record)
    claim = said.claim
    start, end = said.content[0] if said.content else (0, 0)
    return Told(
        id=item.id,
        kind=kind_of(said),
        quote=claim.quote if claim else "",
        modality=item.modality,
        polarity=item.polarity,
        confidence=item.confidence,
        start=start,
        end=end,
        page=page,
        words=tuple(map(words, said.content)),
        hedges=tuple(map(words, claim.hedges)) if claim else (),
        steps=chain(found.index, said.record, claim),
        acts=tuple(_coded(said.record, act) for act in said.acts),
        reviewed=decided_of(said),
        corrected=_corrected(item.corrected),
        seen=max(newest.get(each.id, 0) for each in (item, *said.acts)),
        introduced=words(turned) if (turned := turning(said.record, claim)) else None,
    )


def _words_of(record: Record) -> Any:
    def words(span: Span) -> str:
        return " ".join(record.text[slice(*span)].split())

    return words


def _coded(record: Record, act: Act) -> Coded:
    words = _words_of(record)
    return Coded(
        act.id,
        act.type,
        act.polarity,
        act.modality,
        _each(words(part.span) for part in act.perpetrators),
        _each(words(part.span) for part in act.victims),
        _each(words(part.count.span) for part in act.victims if part.count),
        act.date,
        _decided(act.reviewed),
        _corrected(act.corrected),
    )


def _each(words: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _corrected(marks: Mapping[str, Any] | Collection[str]) -> tuple[str, ...]:
    return tuple(sorted(marks))
