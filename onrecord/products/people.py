"""Who is meant by a name, across the documents of a case, without ever guessing.

Entities of different documents are taken together only where a person judged them the same, where a
full name (two words or more) is equal after folding, or where the user names several spellings
("A = B"). Those judged different stay apart, and their name tells nothing more. Near spellings are
listed, never joined. An entity that is undecided in its own document is never anybody here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from onrecord.errors import NotFound
from onrecord.model import Entity
from onrecord.products.index import Index, Sheet, file_name
from onrecord.products.taken_together import taken_together
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Subject:
    """A person, organization, group or place as the user named it: entities taken together.

    `near` are names of others that are spelled alike, `undecided` the ids of entities that may be
    this subject and that no person has decided on.
    """

    name: str
    entities: frozenset[str]
    names: tuple[str, ...]
    near: tuple[str, ...] = ()
    undecided: tuple[str, ...] = ()


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """A name without case, diacritics, apostrophes, punctuation and titles, single spaced."""
    plain = re.sub(r"['’ʼ]s\b", "", name.strip())
    plain = unicodedata.normalize("NFKD", plain).casefold()
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘ʼ`´.")
    words = re.sub(r"[\W_]+", " ", plain).split()
    while len(words) > 1 and words[0] in _titles():
        words = words[1:]
    return " ".join(words)


_COUNTED = re.compile(r"(?P<file>.+), (?P<which>[1-9]\d*)")


class People:
    """Who is who in a case: its documents' entities, those that share a full name together."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.groups = _groups(index)
        self._names = {g: frozenset(_folded(index, g)) for g in self.groups}
        self._group_of = {entity: group for group in self.groups for entity in group}
        self._types = {g: frozenset(index.entity(e).type for e in g) for g in self.groups}

    def find(self, query: str | Sequence[str]) -> Subject:
        """The subject that a name, several spellings ("A = B" or a sequence) or an id stands for.

        An id stands for the entity of its one document alone.

        Raises `NotFound` where nothing answers to a spelling, and where more than one does: the
        message lists the candidates, and `error.candidates` holds their names.
        """
        asked = [query] if isinstance(query, str) else list(query)
        spellings = [part.strip() for one in asked for part in one.split("=") if part.strip()]
        chosen = [group for spelling in spellings for group in self._named(spelling)]
        if not chosen:
            raise NotFound("no name was given", todo="name a person or an organization of the case")
        return self._subject(frozenset().union(*chosen), spellings[0])

    def of_entity(self, identifier: str) -> Subject:
        """The subject that a decided entity of one document belongs to."""
        return self._subject(self.group(identifier), self.index.entity(identifier).name)

    def group(self, identifier: str) -> frozenset[str]:
        """The entities that are taken together with this one, itself among them."""
        return self._group_of.get(identifier, frozenset({identifier}))

    def asked_as(self, entities: Iterable[str]) -> str:
        """What asks for these entities alone: each by its name with its file, as `meant_by` reads.

        Those of one name in a document are counted; files of one name need the id.
        """
        return " = ".join(self._asked_as(entity) for entity in sorted(entities))

    def _asked_as(self, entity: str) -> str:
        name, file = plain_name(self.index.entity(entity).name), self._file(entity)
        alike = self._called_in(name, file)
        asked = f"{name} ({file})"
        if len(alike) > 1 and entity in alike:
            asked = f"{name} ({file}, {alike.index(entity) + 1})"
        return asked if "=" not in asked and self.meant_by(asked) == [entity] else entity

    def meant_by(self, asked: str) -> list[str]:
        """The entities of one file that "NAME (FILE)" stands for, undecided ones among them.

        "NAME (FILE, 2)" is the second of them, as they stand in its text.
        """
        for at in re.finditer(r" \(", asked):
            name, file = asked[: at.start()], asked[at.end() : -1]
            if not asked.endswith(")"):
                break
            if found := self._called_in(name, file):
                return found
            counted = _COUNTED.fullmatch(file)
            if counted and len(self._files.get(counted["file"], ())) == 1:
                which = int(counted["which"])
                return self._called_in(name, counted["file"])[which - 1 : which]
        return []

    def _called_in(self, name: str, file: str) -> list[str]:
        """The entities of a file that bear a name, in the order in which they are first named."""
        return [
            entity.id
            for sheet in self._files.get(file, ())
            for entity in sorted(
                sheet.entities.values(), key=lambda e: (min(e.words, default=(0, 0)), e.id)
            )
            if fold(name) in {fold(n) for n in names_of(self.index, entity)}
        ]

    @cached_property
    def _files(self) -> dict[str, list[Sheet]]:
        """The sheets by the names of their files."""
        found: dict[str, list[Sheet]] = {}
        for sheet in self.index.sheets:
            found.setdefault(file_name(sheet.record), []).append(sheet)
        return found

    def _file(self, entity: str) -> str:
        return file_name(self.index.sheet_of[entity].record)

    def _named(self, spelling: str) -> list[frozenset[str]]:
        """What one spelling names: one group; several only where a thing has a one-word name."""
        pinned = [spelling] if spelling in self._group_of else self.meant_by(spelling)
        if len(pinned) == 1 and pinned[0] in self._group_of:
            return [frozenset(pinned)]
        wanted = fold(spelling)
        found = [g for g in self.groups if wanted in self._names[g]]
        if " " not in wanted and (not found or self._people(found)):
            found = [g for g in self.groups if self._bears(g, wanted)] or found
        if not found:
            raise self._nothing(spelling)
        if len(found) > 1 and (" " in wanted or self._people(found)):
            raise self._ambiguous(found, spelling)
        return found

    def _people(self, groups: Iterable[frozenset[str]]) -> bool:
        return any(self.index.entity(e).type == "Person" for group in groups for e in group)

    def _bears(self, group: frozenset[str], word: str) -> bool:
        """Whether a person's full name holds this word."""
        return self._people([group]) and any(
            " " in name and word in name.split() for name in self._names[group]
        )

    def _nothing(self, spelling: str) -> NotFound:
        close = self._closest(spelling)
        return _not_found(
            f"nothing in this case names “{spelling}”",
            why=f"closest names: {'; '.join(close)}" if close else "no name in the case is near it",
            todo="ask for one of these" if close else "check the spelling, or add documents",
            candidates=close,
        )

    def _ambiguous(self, found: list[frozenset[str]], spelling: str) -> NotFound:
        listed = sorted(map(self._told, found))
        return _not_found(
            f"“{spelling}” may be any of {len(found)} in this case",
            why="each of these bears it, and nobody has decided which are one:"
            + "".join(f"\n         {one}" for one in listed),
            todo='ask for one as it stands here; for several that are one put " = " between them, '
            "or say so for good with `onrecord judge` (its --help has examples)",
            candidates=listed,
        )

    def _told(self, group: frozenset[str]) -> str:
        """One group as it is asked for; of one that is in several documents, its first."""
        first = min(group, key=lambda e: (self._file(e), e))
        asked, more = self._asked_as(first), len(group) - 1
        if asked == first:
            asked += f" ({display_name(self.index, group)}, in {self._file(first)})"
        return f"{asked} and {more} more" if more else asked

    def _closest(self, spelling: str) -> list[str]:
        near, wanted = load("products")["near"], fold(spelling)
        scored = [
            (
                -max((_ratio(wanted, n) for n in self._names[g]), default=0.0),
                display_name(self.index, g),
            )
            for g in self.groups
        ]
        kept = [name for score, name in sorted(scored) if -score >= near["closest"]]
        return list(dict.fromkeys(kept))[: near["listed"]]

    def _subject(self, entities: frozenset[str], asked: str) -> Subject:
        folded = _folded(self.index, entities)
        full = {n for n in folded if " " in n} or folded
        kinds = frozenset(self.index.entity(e).type for e in entities)
        others = (g for g in self.groups if kinds & self._types[g] and not g & entities)
        near = {display_name(self.index, g) for g in others if self._is_near(g, full)}
        undecided = [
            e.id
            for sheet in self.index.sheets
            for e in sheet.record.entities
            if e.candidates and (set(e.candidates) & entities or fold(e.name) in full)
        ]
        names = sorted({n for e in entities for n in names_of(self.index, self.index.entity(e))})
        as_asked = [n for n in names if fold(n) == fold(asked) and " " in fold(n)]
        return Subject(
            name=min(as_asked, key=len, default=display_name(self.index, entities)),
            entities=entities,
            names=tuple(names),
            near=tuple(sorted(near)[: load("products")["near"]["listed"]]),
            undecided=tuple(undecided),
        )

    def _is_near(self, group: frozenset[str], full: set[str]) -> bool:
        ratio = load("products")["near"]["ratio"]
        return any(_ratio(one, other) >= ratio for one in full for other in self._names[group])


def names_of(index: Index, entity: Entity) -> tuple[str, ...]:
    """The names an entity bears in its document: its own and each mention that is a name."""
    known = index.names.get(entity.id)
    if known is None:
        text = index.sheet_of[entity.id].record.text
        spelled = (" ".join(text[slice(*span)].split()) for span in entity.words)
        known = tuple(dict.fromkeys((entity.name, *filter(is_name, spelled))))
        index.names[entity.id] = known
    return known


@lru_cache(maxsize=65536)
def is_name(words: str) -> bool:
    """Whether a mention is a name, rather than a description or a pronoun."""
    parts = words.split()
    if not parts or parts[0].casefold() in _not_names():
        return False
    named = [p for p in parts if p.casefold() not in _particles()]
    return bool(named) and all(_capital(p) or _caseless(p) for p in named)


def _capital(word: str) -> bool:
    return not word[0].isalpha() or word[0] != word[0].casefold()


def _caseless(word: str) -> bool:
    """Written in a script that has no capital letters."""
    return word.upper() == word.lower() and any(c.isalpha() for c in word)


def _groups(index: Index) -> list[frozenset[str]]:
    """The entities of the case, those judged the same or of one full name taken together."""
    bearers: dict[tuple[str, str], set[str]] = {}
    decided = [e for s in index.sheets for e in s.record.entities if not e.candidates]
    for entity in decided:
        for name in {fold(n) for n in names_of(index, entity)}:
            if " " in name:
                bearers.setdefault((entity.type, name), set()).add(entity.id)
    return taken_together(index, decided, bearers)


def _folded(index: Index, group: frozenset[str]) -> set[str]:
    return {fold(name) for e in group for name in names_of(index, index.entity(e))}


def plain_name(name: str) -> str:
    """A name as it is spelled, without the titles that stand before it."""
    words = name.split()
    while len(words) > 1 and fold(words[0]) in _titles():
        words = words[1:]
    return " ".join(words)


def are_near(one: str, other: str) -> bool:
    """Whether two names are spelled so alike that they may be one."""
    return _ratio(fold(one), fold(other)) >= float(load("products")["near"]["ratio"])


def _not_found(what: str, *, why: str, todo: str, candidates: Sequence[str]) -> NotFound:
    error = NotFound(what, why=why, todo=todo)
    error.candidates = tuple(candidates)  # type: ignore[attr-defined]
    return error


def display_name(index: Index, group: Iterable[str]) -> str:
    """The name that most documents use; a full name goes before a short one."""
    names = [index.entity(e).name for e in group]
    return min(
        names, key=lambda n: (" " not in fold(n), -names.count(n), n != plain_name(n), -len(n), n)
    )


def _ratio(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return float(max(fuzz.ratio(one, other), fuzz.token_sort_ratio(one, other)))


@cache
def _not_names() -> frozenset[str]:
    """Words that begin a description or stand for somebody: none of them begins a name."""
    return frozenset({"the", "a", "an", *load("products")["pronouns"]})


@cache
def _titles() -> frozenset[str]:
    return frozenset(load("products")["titles"])


@cache
def _particles() -> frozenset[str]:
    return frozenset(load("products")["particles"])
