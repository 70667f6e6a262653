"""Which engagement is meant, and who takes part in it as far as it is decided."""

from __future__ import annotations

from onrecord import dates
from onrecord.errors import NotFound
from onrecord.model import Engagement
from onrecord.products.edtf import in_words, span_of
from onrecord.products.index import Index, Sheet
from onrecord.products.people import People, Subject, fold
from onrecord.vocabulary import load

Meeting = tuple[Sheet, Engagement]


def find_engagements(people: People, query: str) -> list[Meeting]:
    """All reports of the one engagement that an id, or words of its kind, place and people, name.

    Reports are of one engagement where kind, place and date do not differ, and place or people
    agree. Raises `NotFound` where there is none, or where the words fit several; the message lists
    them.
    """
    index = people.index
    known = [(s, e) for s in index.sheets for e in s.record.engagements]
    wanted = set(fold(query).split())
    fitting = [m for m in known if query == m[1].id or wanted <= _words(index, m)]
    if not fitting:
        raise NotFound(
            f"no visit, meeting or hearing in this case answers to “{query}”",
            why=_listed(index, known) if known else "no engagement is on record in this case",
            todo="name one by its place, its people or its id" if known else "add its documents",
        )
    same = _with_all_thatagree(people, fitting[0], known)
    if any(m not in same for m in fitting):
        raise NotFound(
            f"“{query}” may be any of {len(fitting)} engagements",
            why=_listed(index, fitting),
            todo="add its place, a name or its id",
        )
    return [m for m in known if m in same]


def _with_all_thatagree(people: People, first: Meeting, known: list[Meeting]) -> list[Meeting]:
    same = [first]
    for meeting in same:
        same += [m for m in known if m not in same and agree(people, meeting, m)]
    return same


def participants(people: People, meetings: list[Meeting]) -> list[Subject]:
    """Those who take part: the people, or whoever is named where no person is."""
    ids = [e for _, m in meetings for e in m.participants if e in people.index.sheet_of]
    decided = [e for e in ids if not people.index.entity(e).candidates]
    persons = [e for e in decided if people.index.entity(e).type == "Person"]
    subjects = {s.entities: s for s in (people.of_entity(e) for e in persons or decided)}
    return list(subjects.values())


def _words(index: Index, meeting: Meeting) -> set[str]:
    sheet, engagement = meeting
    ids = [*engagement.participants, *([engagement.place] if engagement.place else [])]
    names = [index.entity(e).name for e in ids if e in index.sheet_of]
    words = [*names, engagement.type.replace("_", " "), sheet.text(engagement.span)]
    return {part for word in words for part in fold(word).split()}


def agree(people: People, one: Meeting, other: Meeting) -> bool:
    """Whether two reports may be of one engagement: nothing differs, and place or people agree."""
    (_, first), (_, second) = one, other
    alike = load("products")["alike"]
    if first.type != second.type and not {first.type, second.type} <= set(alike):
        return False
    places = {_place(people.index, engagement) for engagement in (first, second)}
    when = [span_of(engagement.start, engagement.end) for engagement in (first, second)]
    if len(places - {""}) > 1 or (when[0] and when[1] and not dates.overlaps(when[0], when[1])):
        return False
    if len(places) == 1 and places != {""}:
        return True
    return all(when) and bool(_groups(people, first) & _groups(people, second))


def _groups(people: People, engagement: Engagement) -> set[frozenset[str]]:
    known = [e for e in engagement.participants if e in people.index.sheet_of]
    return {people.group(e) for e in known}


def _place(index: Index, engagement: Engagement) -> str:
    known = engagement.place in index.sheet_of if engagement.place else False
    return fold(index.entity(engagement.place or "").name) if known else ""


def _listed(index: Index, meetings: list[Meeting]) -> str:
    return "the case has" + "".join(f"\n         {_told(index, m)}" for _, m in meetings[:8])


def _told(index: Index, engagement: Engagement) -> str:
    where, *who = (
        index.entity(e).name if e in index.sheet_of else None
        for e in (engagement.place or "", *engagement.participants)
    )
    with_whom = f": {', '.join(name for name in who if name)}" if any(who) else ""
    when = in_words(span_of(engagement.start, engagement.end))
    kind = engagement.type.replace("_", " ")
    return f"{kind}, {where or 'place not stated'}, {when}{with_whom} ({engagement.id})"
