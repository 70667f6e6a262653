"""For whom a submission is made: one person, as somebody named them; or who might be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from onrecord.errors import NotFound
from onrecord.model import Entity
from onrecord.products.parts import Desk
from onrecord.products.people import Subject, display_name, is_name
from onrecord.products.submission.passages import Spoken
from onrecord.products.submission.taken import takings


def find(desk: Desk, names: Sequence[str]) -> Subject:
    """The one whom names, spellings, names with a file ("NAME (FILE)") or ids stand for.

    One may be that of an undecided mention: who names it has decided that it is the one meant.
    It stands for its one document, and for those that a person judged to be the same.
    Raises `NotFound` as `People.find` does, so where a name may be several.
    """
    asked = [part.strip() for name in names for part in name.split("=") if part.strip()]
    asked = [found[0] if len(found := desk.people.meant_by(a)) == 1 else a for a in asked]
    asked += _judged_the_same(desk, asked)
    loose = [a for a in asked if a in desk.index.sheet_of and desk.index.entity(a).candidates]
    named = [a for a in asked if a not in loose]
    if loose and not named:
        first = desk.index.entity(loose[0])
        return Subject(first.name, frozenset(loose), (first.name,))
    subject = desk.people.find(named)
    if (
        not set(named) & subject.entities
        and len(subject.entities) > 1
        and not _named(desk, subject)
    ):
        raise NotFound(
            f"“{named[0]}” may be any of {len(subject.entities)} in this case",
            why="words that describe somebody say in no two documents that it is the same",
            todo=f"name those that are: {desk.people.asked_as(subject.entities)}",
        )
    left = tuple(e for e in subject.undecided if e not in loose)
    return replace(subject, entities=subject.entities | set(loose), undecided=left)


def _judged_the_same(desk: Desk, asked: Sequence[str]) -> list[str]:
    """Entities that a person judged the same as those named by their ids, step by step."""
    known = [a for a in asked if a in desk.index.sheet_of]
    apart = {frozenset(j[:2]) for j in desk.index.judged if j.verdict == "different"}
    same = [j[:2] for j in desk.index.judged if j.verdict == "same"]
    found = list(known)
    for one in found:
        for left, right in same:
            other = right if left == one else left if right == one else None
            if other is None or other in found or other not in desk.index.sheet_of:
                continue
            if not any(frozenset((other, held)) in apart for held in found):
                found.append(other)
    return found[len(known) :]


def _named(desk: Desk, subject: Subject) -> bool:
    """Whether anybody calls the subject by a name, rather than by a description."""
    return any(is_name(desk.index.entity(e).name) for e in subject.entities)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody said to be taken or missing; `ids` name the one in each document."""

    subject: Subject
    ids: tuple[str, ...]
    spoken: Spoken


def candidates(desk: Desk) -> Iterator[Candidate]:
    """Everybody who is said to have been taken or to be missing, in the order of the documents."""
    seen: set[frozenset[str]] = set()
    for sheet in desk.index.sheets:
        for entity in sheet.record.entities:
            group = desk.people.group(entity.id)
            if not is_name(entity.name):
                group = frozenset({entity.id})
            if group in seen or not _may_be(entity):
                continue
            seen.add(group)
            subject = Subject(display_name(desk.index, group), group, ())
            spoken = Spoken(desk, subject)
            if takings(spoken):
                yield Candidate(subject, tuple(sorted(group)), spoken)


def _may_be(entity: Entity) -> bool:
    return entity.type in ("Person", "Group") and not entity.candidates
