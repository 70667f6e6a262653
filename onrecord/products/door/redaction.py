"""A record with the names of the protected replaced, and without what is withheld.

Every span still holds the words that its field rests on. An id is a hash over the words, so that
somebody who guesses a name could try it; in a record that was changed every id is made anew with a
secret of the case, the document's own too: of a plain text with one name replaced, the hash of the
original would confirm a guess.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from onrecord.model import Entity, Record, Span, as_json, from_json
from onrecord.products.door.finding import Find, Names, merged
from onrecord.products.door.oneness import made_one
from onrecord.products.door.replacing import Replaced, replaced
from onrecord.products.door.sounding import spans_apart
from onrecord.products.door.spelling import words
from onrecord.products.door.without import without
from onrecord.vocabulary import load

Json = Any


@dataclass(frozen=True, slots=True)
class Marked:
    """What of a record must not leave as it is.

    `members` are the codes of the entities that are a protected one's, by entity id; `namesakes`
    entities that people judged to be others, though they may bear the name; `claims` the ids of
    claims that are withheld.
    """

    members: Mapping[str, str] = field(default_factory=dict)
    namesakes: Collection[str] = ()
    claims: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Redacted:
    """A record as it may leave.

    `kept` counts parts of protected names that others bear, `alike` names that only sound like
    one; `ids` leads from earlier ids to new;
    `coder` does to other words about the document what was done to its text.
    """

    record: Record
    changed: bool = False
    kept: int = 0
    alike: int = 0
    ids: Mapping[str, str] = field(default_factory=dict)
    coder: Coder | None = None


def redacted(
    record: Record, names: Names, marked: Marked, secret: bytes, beside: Collection[str] = ()
) -> Redacted:
    """The record as it may leave. `beside` is what else is told of its document."""
    whole = names.find(record.text)
    codes = {one.code for one in whole} | set(marked.members.values())
    codes |= {one.code for text in (*_about(record), *beside) for one in names.find(text)}
    alike = _alike(record, names, marked)
    if not (codes or alike or marked.claims or _in_path(record, names)):
        return Redacted(record)
    kept_out, record = without(record, marked.claims)
    found, kept = _stretches(record, names, marked, whole, codes)
    taken = [(one.start, one.end) for one in found]
    found = merged([*found, *(Find(*span, nameless()) for span in spans_apart(alike, taken))])
    hidden = [Find(start, end, load("door")["withheld"]) for start, end in kept_out]
    made = replaced(record.text, _over(found, hidden))
    coder = _coder(record, names, marked, codes)
    ids = renewed_ids(record, secret)
    told = _remade(record, made, coder, marked, ids)
    ones = made_one(told, codes)
    ids = {first: ones.get(later, later) for first, later in ids.items()}
    return Redacted(from_json(Record, told), True, kept, len(alike), ids, coder)


def _about(record: Record) -> Iterator[str]:
    """What is told of a document beside its text."""
    told = record.document
    yield from (each for each in (told.path, told.title, told.publisher, told.note) if each)


def _in_path(record: Record, names: Names) -> bool:
    return Coder(names, frozenset()).path(record.document.path) != record.document.path


def _stretches(
    record: Record, names: Names, marked: Marked, whole: list[Find], codes: set[str]
) -> tuple[list[Find], int]:
    """What to replace in the text, and how many parts of names were kept as another's."""
    mentioned = [
        Find(start, end, marked.members[entity.id])
        for entity in record.entities
        if entity.id in marked.members
        for start, end in entity.mentions
    ]
    namesakes = [span for e in record.entities if e.id in marked.namesakes for span in e.mentions]
    sure = [
        Find(one.start, one.end, nameless()) if _inside(one, namesakes) else one
        for one in merged([*whole, *mentioned])
    ]
    others = _others(record, marked)
    lone = names.alone(record.text, codes)
    mine = [one for one in lone if not _inside(one, others) or _touches(one, sure)]
    return merged([*sure, *mine]), len(lone) - len(mine)


def _coder(record: Record, names: Names, marked: Marked, codes: set[str]) -> Coder:
    others = tuple(record.text[slice(*span)] for span in _others(record, marked))
    known = tuple(
        record.text[slice(*span)]
        for entity in record.entities
        if entity.id in marked.namesakes
        for span in entity.mentions
    )
    return Coder(names, frozenset(codes), others, known)


def nameless() -> str:
    """What stands for a name that is no protected one's for certain, and must not leave."""
    return str(load("door")["nameless"])


def _alike(record: Record, names: Names, marked: Marked) -> list[Span]:
    """Where a name sounds like a protected one and nobody judged it to be another's."""
    known = [m for e in record.entities if e.id in marked.namesakes for m in e.mentions]
    exact = [(one.start, one.end) for one in names.find(record.text)]
    mine = [m for e in record.entities if e.id in marked.members for m in e.mentions]
    return spans_apart(names.sounds.find(record.text), [*known, *exact, *mine])


def _others(record: Record, marked: Marked) -> list[Span]:
    """Where somebody else is named who is known to be somebody else.

    A person whom the text names by one word only, and that a part of a protected name, may be the
    protected one.
    """
    return [
        span
        for entity in record.entities
        if entity.id not in marked.members and not entity.candidates
        if entity.type != "Person" or any(_several(record.text[slice(*m)]) for m in entity.mentions)
        for span in entity.mentions
    ]


def _several(name: str) -> bool:
    return len(words(name)) > 1


def _inside(one: Find, spans: list[Span]) -> bool:
    return any(start <= one.start and one.end <= end for start, end in spans)


def _touches(one: Find, found: list[Find]) -> bool:
    return any(one.start < each.end and each.start < one.end for each in found)


def _over(found: list[Find], hidden: list[Find]) -> list[Find]:
    """Finds and withheld stretches in order; what touches a withheld stretch goes into it."""
    grown = []
    for one in hidden:
        touching = [each for each in found if _touches(one, [each])]
        start = min([one.start, *(each.start for each in touching)])
        grown.append(Find(start, max([one.end, *(each.end for each in touching)]), one.code))
    return merged([*grown, *(one for one in found if not _touches(one, grown))])


@dataclass(frozen=True, slots=True)
class Coder:
    """Words that stand beside a text, with names replaced.

    `codes` are who is named in the text, `others` the words by which it names others, `known` those
    by which it names others who were judged to be others.
    """

    names: Names
    codes: frozenset[str]
    others: tuple[str, ...] = ()
    known: tuple[str, ...] = ()

    def words(self, text: str) -> str:
        """A title, a label: without whole names, and without parts that are not another's name."""
        lone = self.names.alone(text, self.codes)
        others = [span for name in self.others for span in _places(text, name)] if lone else []
        mine = [one for one in lone if not _inside(one, others)]
        found = merged([*self.names.find(text), *mine])
        known = [span for name in self.known for span in _places(text, name)]
        taken = [*known, *((one.start, one.end) for one in found)]
        alike = spans_apart(self.names.sounds.find(text), taken)
        return replaced(text, merged([*found, *(Find(*span, nameless()) for span in alike)])).text

    def whole(self, text: str) -> str:
        """A text without whole names."""
        return replaced(text, self.names.find(text)).text

    def path(self, text: str) -> str:
        """A path: in the file's name also a part of a protected name, whoever the text names.

        Not in those of folders: they are many documents'.
        """
        every = {one.code for one in self.names.coded}
        lone = self.names.alone(text, every, apart=True)
        found = [one for one in lone if "/" not in text[one.end :].partition(" ")[0]]
        return replaced(text, merged([*self.names.find(text), *found])).text


def _places(text: str, name: str) -> Iterator[Span]:
    at = text.find(name)
    while at >= 0:
        yield at, at + len(name)
        at = text.find(name, at + 1)


def renewed(identifier: str, secret: bytes) -> str:
    """An id that nobody without the secret can work out; a document's own says that it is coded."""
    kind, _, digits = identifier.partition(":")
    made = hmac.new(secret, identifier.encode(), hashlib.sha256).hexdigest()
    return f"{'coded' if kind == 'sha256' else kind}:{made[: len(digits)]}"


def renewed_ids(record: Record, secret: bytes) -> dict[str, str]:
    """The new id of the document and of everything in its record."""
    told = as_json(replace(record, text=""))
    lists = [part for part in told.values() if isinstance(part, list)]
    held = [told["document"]["id"], *(row["id"] for rows in lists for row in rows)]
    return {identifier: renewed(identifier, secret) for identifier in held}


def _remade(
    record: Record, made: Replaced, coder: Coder, marked: Marked, ids: Mapping[str, str]
) -> Json:
    told = as_json(record)
    told.pop("text")
    path = coder.path(record.document.path)
    told = _walk(told, made, coder.words, ids)
    told["document"]["path"] = path
    for entity, row in zip(record.entities, told["entities"], strict=True):
        row["name"] = _name(entity, record, made, marked, coder)
        _mentions(row)
        if entity.id in marked.members and entity.type == "Place":
            row["location"] = None
    for act in told["acts"]:
        for victim in act["victims"]:
            if victim["count"]:
                victim["count"]["text"] = made.text[slice(*victim["count"]["span"])]
    channel = told["document"]["channel"]
    if channel:
        channel["text"] = made.text[slice(*channel["span"])]
    for claim in told["claims"]:
        claim["content"] = _apart(claim["content"])
    return told | {"text": made.text}


def _walk(value: Json, made: Replaced, words: Callable[[str], str], ids: Mapping[str, str]) -> Json:
    """A part of a record as JSON with its spans led to the new text, its words and ids replaced."""
    if isinstance(value, dict):
        return {name: _walk(part, made, words, ids) for name, part in value.items()}
    if isinstance(value, list):
        if len(value) == 2 and all(type(part) is int for part in value):
            return list(made.map((value[0], value[1])))
        return [_walk(part, made, words, ids) for part in value]
    if isinstance(value, str):
        return ids[value] if value in ids else words(value)
    return value


def _name(entity: Entity, record: Record, made: Replaced, marked: Marked, coder: Coder) -> str:
    if entity.id in marked.members:
        return marked.members[entity.id]
    for span in entity.mentions:
        if record.text[slice(*span)] == entity.name:
            return made.text[slice(*made.map(span))]
    return coder.whole(entity.name)


def _mentions(row: Json) -> None:
    """Several stretches may have become one; none both names and refers."""
    mentions = list(dict.fromkeys(map(tuple, row["mentions"])))
    row["mentions"] = [list(span) for span in mentions]
    if "references" in row:
        references = dict.fromkeys(map(tuple, row["references"]))
        row["references"] = [list(span) for span in references if span not in mentions]


def _apart(content: list[list[int]]) -> list[list[int]]:
    """Stretches in order, those that now overlap as one."""
    kept: list[list[int]] = []
    for start, end in content:
        if kept and kept[-1][0] <= start < kept[-1][1]:
            kept[-1][1] = max(kept[-1][1], end)
        else:
            kept.append([start, end])
    return kept
