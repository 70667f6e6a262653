"""What ties people and bodies together by what sources say: relations, allegations, denials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from onrecord.model import Act, Claim, Relation
from onrecord.products.attribution import NOT_STATED
from onrecord.products.denied_relations import is_denied
from onrecord.products.index import Sheet, claim_of_relation, file_name
from onrecord.products.people import Subject, fold, is_name
from onrecord.products.pictures.entries import by, claim_of_act, manner, source_of, spoken
from onrecord.products.pictures.table import Table
from onrecord.products.quoting import plain
from onrecord.products.wording import colon, comma, listed, say, say_as, set_off
from onrecord.products.writer import act_label, term
from onrecord.vocabulary import load

Sort = Literal["relation", "allegation", "denial"]
PUBLISHER = "publisher:"
"""How the key of a node begins that is a publisher's name and no entity of the case."""


@dataclass(slots=True)
class Said:
    """One thing that ties two together, however often it is told: `words` say what.

    `short` is its kind alone.
    """

    words: str
    manner: str
    short: str
    sources: list[tuple[str, str]] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)

    def by_whom(self) -> str:
        """On whose word: "alleged by A (the Post), B and 2 more"."""
        return by(self.manner, self.sources)

    def first_voice(self) -> str:
        """Its first source, without the publisher: "alleged by A"."""
        return say("{manner} by {names}", manner=self.manner, names=self.sources[0][0])

    def data(self) -> dict[str, Any]:
        """As data."""
        return {
            "words": self.words,
            "manner": self.manner,
            "by": spoken(self.sources),
            "attribution": self.by_whom(),
            "documents": self.documents,
            "ids": self.ids,
            "claims": self.claims,
            "notes": self.notes,
        }


@dataclass(slots=True)
class Tie:
    """All of one sort that ties two together, from `left` to `right`, which are keys of nodes."""

    left: str
    right: str
    sort: Sort
    said: dict[tuple[str, str], Said] = field(default_factory=dict)

    @property
    def documents(self) -> int:
        """In how many documents it is told."""
        return len({d for one in self.said.values() for d in one.documents})


@dataclass(slots=True)
class Ties:
    """The ties of a case, and how many acts and relations name only one end, or nobody."""

    ties: list[Tie]
    left_out: int


@dataclass(frozen=True, slots=True)
class _Telling:
    """One telling: whose, in which document, with which note."""

    sheet: Sheet
    claim: Claim | None
    note: int
    identifier: str
    words: str
    short: str


def ties(table: Table, subjects: Sequence[Subject] = ()) -> Ties:
    """All ties between named people and bodies; with `subjects`, those that end at one of them."""
    found: dict[tuple[str, str, Sort], Tie] = {}
    left_out = 0
    for sheet in table.index.sheets:
        for relation in sheet.record.relations:
            left_out += not _relate(table, sheet, relation, found)
        for act in sheet.record.acts:
            left_out += not _allege(table, sheet, act, found)
    every = list(found.values())
    if subjects:
        wanted = {table.key(e) for subject in subjects for e in subject.entities}
        every = [tie for tie in every if {tie.left, tie.right} & wanted]
    return Ties(every, left_out)


def name_of(table: Table, key: str) -> str:
    """What a node is called."""
    return key.removeprefix(PUBLISHER) if key.startswith(PUBLISHER) else table.name(key)


def type_of(table: Table, key: str) -> str:
    """What a node is: the type of its entity, or "publisher"."""
    if key.startswith(PUBLISHER):
        return "publisher"
    return str(table.index.entity(table.members(key)[0]).type)


def _named(table: Table, entity: str | None) -> str | None:
    """The key of a decided person or body that has a name; None for any other."""
    if entity not in table.index.sheet_of:
        return None
    known = table.index.entity(str(entity))
    fits = known.type in ("Person", "Organization", "Group") and not known.candidates
    return table.key(known.id) if fits and is_name(table.name(table.key(known.id))) else None


def _relate(
    table: Table, sheet: Sheet, relation: Relation, found: dict[tuple[str, str, Sort], Tie]
) -> bool:
    left, right = _named(table, relation.subject), _named(table, relation.object)
    if left is None or right is None or left == right:
        return False
    claim = claim_of_relation(sheet, relation)
    label = set_off(plain(relation.label))
    label = say("former {label}", label=label) if relation.ended else label
    kind = say_as("relation", relation.type)
    plainly = fold(label) == fold(relation.type) or relation.type == "post"
    words = label if plainly else f"{kind}{colon()}{label}"
    note = table.writer.cite_relation(sheet, relation)
    telling = _Telling(sheet, claim, note, relation.id, words, label)
    _put(table, found, (left, right, _sort_of(sheet, relation, claim)), telling)
    return True


def _sort_of(sheet: Sheet, relation: Relation, claim: Claim | None) -> Sort:
    """A link that somebody alleges is an allegation; a post named in one is not."""
    if is_denied(sheet.record, claim, relation):
        return "denial"
    words = load("products")
    accusing = claim is not None and claim.kind in words["accusing"]
    return "allegation" if accusing and relation.type in words["linking"] else "relation"


def _allege(table: Table, sheet: Sheet, act: Act, found: dict[tuple[str, str, Sort], Tie]) -> bool:
    accused = [key for p in act.perpetrators if (key := _named(table, p.entity))]
    victims = [key for v in act.victims if (key := _named(table, v.entity))]
    if not accused:
        return False
    claim = claim_of_act(sheet, act)
    spans = [act.span, *(s for cited in act.cites.values() for s in cited)]
    note, words = table.writer.notes.cite(sheet.record, spans), _act_words(table, act, victims)
    telling = _Telling(sheet, claim, note, act.id, words, act_label(act.type))
    against = act.polarity == "negated" or (claim is not None and claim.kind == "denial")
    sort: Sort = "denial" if against else "allegation"
    told = False
    for key in accused:
        for other in victims or [_teller(table, sheet, claim)]:
            ends = (key, other) if victims else (other, key)
            if ends[0] != ends[1]:
                _put(table, found, (*ends, sort), telling)
                told = True
    return told


def _act_words(table: Table, act: Act, named: Sequence[str]) -> str:
    told = act_label(act.type)
    if act.victims and not named:
        names = listed([table.writer.name(v.entity).text for v in act.victims])
        told = say("{act}, done to {names}", act=told, names=names)
    unsure = f" ({term(act.modality)})" if act.modality != "asserted" else ""
    denied = f" ({say('said not to be so')})" if act.polarity == "negated" else ""
    return told + denied + unsure


def _teller(table: Table, sheet: Sheet, claim: Claim | None) -> str:
    """Who says it: the innermost named source, else the publisher."""
    for link in claim.attribution if claim else ():
        key = _named(table, link.entity) if link.level in ("speaker", "cited") else None
        if key:
            return key
    voice, publisher = source_of(table, sheet, claim)
    not_stated = say(NOT_STATED)
    if not_stated not in (voice, publisher):
        return PUBLISHER + (publisher or voice)
    # Publishers that are not stated are not one: each document keeps its own.
    unnamed = "" if voice == not_stated else f"{voice}{comma()}"
    return f"{PUBLISHER}{unnamed}{not_stated} ({file_name(sheet.record)})"


def _put(
    table: Table,
    found: dict[tuple[str, str, Sort], Tie],
    key: tuple[str, str, Sort],
    telling: _Telling,
) -> None:
    tie = found.setdefault(key, Tie(*key))
    how = manner(telling.claim)
    fresh = Said(telling.words, how, telling.short)
    said = tie.said.setdefault((fold(telling.words), how), fresh)
    document = telling.sheet.record.document.id
    additions: tuple[tuple[list[Any], Iterable[Any]], ...] = (
        (said.sources, [source_of(table, telling.sheet, telling.claim)]),
        (said.documents, [document]),
        (said.notes, [telling.note]),
        (said.ids, [telling.identifier]),
        (said.claims, [telling.claim.id] if telling.claim else []),
    )
    for into, more in additions:
        into.extend(one for one in more if one not in into)


def nodes_of(found: Iterable[Tie]) -> Iterator[str]:
    """The keys at the ends of some ties, each once, in order."""
    yield from dict.fromkeys(end for tie in found for end in (tie.left, tie.right))
