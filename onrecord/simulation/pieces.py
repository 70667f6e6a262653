"""Marked-up text: what a composer writes and a recorder turns into text, spans and a record.

A sentence is a row of pieces: plain words, words of a lexical rule (`grammar.Word`), mentions of
somebody, and marks that open and close around them. Drafts say what a mark means; they hold no
offsets, so that a copy of the sentence in another text shares them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from onrecord.simulation.actors import Body, Nameless, Outlet, Person, Place
from onrecord.simulation.happenings import Account, Event

Ref = Person | Place | Body | Nameless


class Mention(NamedTuple):
    """Words that stand for somebody: a form that a habit spells, or fixed `words`."""

    ref: Ref
    form: tuple[str, ...] = ()
    words: str = ""


class Open(NamedTuple):
    """A mark begins: a letter that says what it is, and the draft it belongs to."""

    mark: str
    draft: object


class Close(NamedTuple):
    """The mark opened last ends."""


CLOSE = Close()


class ParagraphComma:
    """The comma that closes an apposition, where the sentence goes on after it."""


COMMA = ParagraphComma()


@dataclass(slots=True, eq=False)
class ClaimDraft:
    """A claim. Marks: c content, q cue, s words of the source, h hedge, t and w words of `via`.

    `via` is through whom the source's words came, where the text names one: the outlet that the
    source was talking to (a channel, mark t), or who quotes the source (a speaker, mark w).
    """

    kind: str
    account: Account | None
    speaker: Ref | None = None
    quote: str = "indirect"
    polarity: str = "affirmed"
    modality: str = "asserted"
    addressee: Ref | None = None
    via: Ref | None = None


@dataclass(slots=True, eq=False)
class VictimDraft:
    """A victim of an act. Marks: v the words, n the count."""

    ref: Ref
    least: int | None = None
    most: int | None = None


@dataclass(slots=True, eq=False)
class PerpetratorDraft:
    """Who an act is laid to. Mark: p."""

    ref: Ref
    involvement: str = "carried_out"


@dataclass(slots=True, eq=False)
class ActDraft:
    """An act. Marks: a the words, l of the place, d of the date. `measure`: what is counted."""

    type: str
    event: Event
    claim: ClaimDraft | None
    measure: str = "main"
    victims: list[VictimDraft] = field(default_factory=list)
    perpetrators: list[PerpetratorDraft] = field(default_factory=list)
    place: Place | None = None
    date: str | None = None
    polarity: str = "affirmed"


@dataclass(slots=True, eq=False)
class RelationDraft:
    """A post or kinship. Marks: r the words, o the role, k the rank."""

    type: str
    subject: Ref
    object: Ref | None
    label: str
    ended: bool = False


class LaidSentence(NamedTuple):
    """A sentence as one habit spells it; offsets are from its start."""

    text: str
    words: list[str]
    marks: list[tuple[int, str, int, int]]
    mentions: list[tuple[Ref, int, int, str]]


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its pieces and the drafts they belong to.

    `rule`, `account` and `manner` are what it was composed from, so that a copyist can say it anew.
    """

    pieces: list[object]
    claims: list[ClaimDraft]
    acts: list[ActDraft]
    relations: list[RelationDraft]
    rule: str = ""
    account: Account | None = None
    manner: dict[str, str] = field(default_factory=dict)
    background: bool = False
    paragraph: bool = False
    laid: dict[int, LaidSentence] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Story:
    """A text before it is spelled: who publishes it, when, its head, its sentences and its foot.

    A `reprint` appears months after the story that it is a copy of.
    """

    outlet: Outlet
    desk: int
    minute: int
    event: Event
    headline: Sentence
    sentences: list[Sentence]
    dateline_place: Place
    layout: str
    credit: Credit | None = None
    copy_of: Story | None = None
    speller: Outlet | None = None
    speller_desk: int = 0
    document: str = ""
    reprint: bool = False


class Credit(NamedTuple):
    """The line that says where a text comes from, and the outlet it names (none: "agencies")."""

    style: str
    outlet: Outlet | None
