"""Where a case speaks of one person: sentences, and what stands in them before and after the name.

A field of a submission is looked for in sentences that mention the person; which words then count
is data (`vocabulary/submission_words.yaml`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from onrecord.model import Claim, Record, Span
from onrecord.passages.sentence import sentence
from onrecord.products.index import Sheet
from onrecord.products.parts import Desk
from onrecord.products.people import Subject
from onrecord.products.wording import say
from onrecord.products.writer import term
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Told:
    """Words that bear on a field: the sentence, the words in it that count, and whose they are.

    `value` is what they give for the field, where it is short; `doubt` says why they are not sure.
    """

    record: Record
    span: Span
    core: Span
    claim: Claim | None = None
    value: str = ""
    doubt: str = ""

    @property
    def words(self) -> str:
        """The whole sentence."""
        return self.record.text[slice(*self.span)]


@dataclass(frozen=True, slots=True)
class Place:
    """One mention of the person in a sentence; `others` are those of other people there.

    `own` are all mentions of the person in the document.
    """

    sheet: Sheet
    span: Span
    mention: Span
    others: tuple[Span, ...]
    own: frozenset[Span] = frozenset()

    @property
    def before(self) -> str:
        """The sentence up to the mention, line breaks as blanks."""
        return flat(self.sheet.record.text[self.span[0] : self.mention[0]])

    @property
    def after(self) -> str:
        """The sentence from the mention on, line breaks as blanks."""
        return flat(self.sheet.record.text[self.mention[1] : self.span[1]])

    def told(self, core: Span, **more: str) -> Told:
        """Words of this sentence, on the word of the claim they stand in."""
        claim = self.sheet.covering(core)
        doubt = more.get("doubt") or doubts(self.sheet.record, self.span, claim)
        return Told(self.sheet.record, self.span, core, claim, more.get("value", ""), doubt)

    def after_at(self, found: re.Match[str], group: str = "core") -> Span:
        """Where a match in `after` stands in the text."""
        return (self.mention[1] + found.start(group), self.mention[1] + found.end(group))

    def before_at(self, found: re.Match[str], group: str = "core") -> Span:
        """Where a match in `before` stands in the text."""
        return (self.span[0] + found.start(group), self.span[0] + found.end(group))


class Spoken:
    """Every place where a case speaks of one subject, and the people who are kin to it."""

    def __init__(self, desk: Desk, subject: Subject) -> None:
        self.desk, self.subject = desk, subject
        mine = {desk.index.sheet_of[e].record.document.id for e in sorted(subject.entities)}
        several = len(mine) > 1
        self.sheets = tuple(
            sheet
            for sheet in (desk.index.sheets if several else map(desk.index.of_document.get, mine))
            if sheet is not None and sheet.record.document.id in mine
        )
        self.places = tuple(_places(self.sheets, subject.entities))

    @cached_property
    def kin(self) -> frozenset[str]:
        """The entities of those who are said to be kin, wherever they are named."""
        return frozenset(_kin(self.desk, self.subject, self.sheets))

    @property
    def near(self) -> Iterator[Place]:
        """Places that speak of the subject, and those that speak of kin."""
        yield from self.places
        sheets = [s for s in self.desk.index.sheets if self.kin & s.entities.keys()]
        yield from _places(sheets, self.kin)


def _places(sheets: Iterable[Sheet], entities: frozenset[str]) -> Iterator[Place]:
    for sheet in sheets:
        own = sorted({w for e in entities & sheet.entities.keys() for w in sheet.entities[e].words})
        others = sorted(
            w
            for e in sheet.record.entities
            if e.type in ("Person", "Group") and e.id not in entities
            for w in e.words
            if not any(_overlap(w, mine) for mine in own)
        )
        for mention in own:
            span = _spoken(sheet.record, sentence(sheet.record.text, mention), mention)
            inside = tuple(w for w in others if span[0] <= w[0] and w[1] <= span[1])
            yield Place(sheet, span, mention, inside, frozenset(own))


def _spoken(record: Record, span: Span, mention: Span) -> Span:
    """A sentence without the dateline at its head: its day and place are the report's own."""
    dateline = record.document.dateline
    if dateline is None or not span[0] <= dateline.span[1] <= mention[0]:
        return span
    rest = re.match(r"\s*(?:\([^)]*\))?\s*[-–—:]*\s*", record.text[dateline.span[1] : mention[0]])
    return (dateline.span[1] + (rest.end() if rest else 0), span[1])


def _kin(desk: Desk, subject: Subject, sheets: Iterable[Sheet]) -> Iterator[str]:
    for sheet in sheets:
        for relation in sheet.record.relations:
            ends = {relation.subject, relation.object}
            if relation.type == "family" and ends & subject.entities:
                for other in ends - subject.entities:
                    if other in desk.index.sheet_of:
                        yield from desk.people.group(other)


def flat(words: str) -> str:
    """Words with every white space as a blank, none more and none fewer: offsets stay."""
    return re.sub(r"\s", " ", words)


def doubts(record: Record, span: Span, claim: Claim | None) -> str:
    """Why words are not sure: hedged, imagined, or to come; empty where they are asserted."""
    if claim is not None and claim.modality != "asserted":
        return say("said as {modality}", modality=term(claim.modality))
    found = re.finditer(any_of("hedges"), record.text[slice(*span)], re.IGNORECASE)
    # "May" with a capital is a month more often than a doubt.
    words = next((hedge["core"] for hedge in found if hedge["core"] != "May"), "")
    return say("hedged: “{words}”", words=words) if words else ""


def negated(words: str) -> bool:
    """Whether words hold a negation or a denial."""
    return re.search(any_of("negations"), words, re.IGNORECASE) is not None


def is_a_question(place: Place) -> bool:
    """Whether the whole sentence asks."""
    return place.sheet.record.text[slice(*place.span)].rstrip("”\"' ").endswith("?")


def is_asked(words: str) -> bool:
    """Whether words before something make a question of it ("where he is held")."""
    return re.search(any_of("asking") + r"[^.;]{0,60}$", words, re.IGNORECASE) is not None


@cache
def any_of(*keys: str) -> str:
    """A pattern for any of the listed words, whole, as the group `core`; the longest first."""
    listed = [word for key in keys for word in load("submission_words")[key]]
    words = "|".join(sorted(listed, key=len, reverse=True))
    # A blank may be a line break in the text; one inside a class of characters stays as it is.
    spaced = re.sub(r"(\[[^\]]*\])| ", lambda found: found[1] or r"\s+", words)
    return rf"\b(?P<core>{spaced})\b"


def search(place: Place, *keys: str) -> Iterator[Span]:
    """Where any of the listed words stands in a place's sentence."""
    text = place.sheet.record.text
    for found in re.finditer(any_of(*keys), text[slice(*place.span)], re.IGNORECASE):
        yield (place.span[0] + found.start("core"), place.span[0] + found.end("core"))


def once(told: Iterable[Told]) -> tuple[Told, ...]:
    """Each sentence once, in the order of the documents."""
    kept: dict[tuple[str, Span], Told] = {}
    for one in told:
        kept.setdefault((one.record.document.id, one.span), one)
    return tuple(kept.values())


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
