"""What a picture has to show: who is said to have done what, when and where, and on whose word.

What several reports tell alike (the same kind of act on the same date and at the same place, laid
to the same, said in the same manner) is one entry with all their notes. That they speak of one
event is not said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from onrecord.model import Act, Claim, Demand, Engagement
from onrecord.passages.sentence import sentence
from onrecord.products.attribution import chain, who
from onrecord.products.edtf import span_of
from onrecord.products.index import Sheet
from onrecord.products.lent_dates import lent_dates
from onrecord.products.people import Subject, fold
from onrecord.products.pictures.table import Table
from onrecord.products.quoting import plain
from onrecord.products.wording import (
    and_more,
    comma,
    filled,
    listed,
    say,
    say_as,
    say_many,
)
from onrecord.products.writer import act_label, bounds, term
from onrecord.vocabulary import load

Kind = Literal["act", "denial", "engagement", "demand"]
_OPENERS = ("the", "a", "an", "at", "more", "some", "about", "several", "his", "her", "their")
NAMED = 3
"""So many sources are named of one entry; the notes lead to all."""


@dataclass(slots=True)
class Entry:
    """One thing that is told, however often. `accused` and `suffered` hold keys of a `Table`.

    `manner` is how it is told ("alleged", "denied"), `sources` on whose word: the innermost source
    and the publisher through which it is known. `tags` say what keeps it from being plain
    ("hedged", "said not to be so"). `dated` says whose date it is where an act has it from its
    event; `words` are those in which it is told.
    """

    kind: Kind
    what: str
    manner: str
    date: str | None
    place: str | None
    accused: tuple[str, ...] = ()
    accused_names: tuple[str, ...] = ()
    suffered: tuple[str, ...] = ()
    done_to: str = ""
    tags: tuple[str, ...] = ()
    dated: str = ""
    words: str = ""
    sources: list[tuple[str, str]] = field(default_factory=list)
    documents: list[str] = field(default_factory=list)
    notes: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    claims: list[str] = field(default_factory=list)

    def by_whom(self) -> str:
        """On whose word, as a picture says it: "alleged by A, B and 3 more; told in 4 reports"."""
        told = by(self.manner, self.sources)
        if len(self.documents) < 2:
            return told
        return told + say_many(
            "; told in {count} report", "; told in {count} reports", len(self.documents)
        )

    def note_words(self) -> str:
        """The numbers of its notes: "[3, 7]"."""
        return f"[{note_numbers(self.notes)}]"

    def data(self, table: Table) -> dict[str, Any]:
        """The entry as data."""
        found: dict[str, Any] = {
            "kind": self.kind,
            "what": self.what,
            "manner": self.manner,
            "by": spoken(self.sources),
            "attribution": self.by_whom(),
            "date": self.date,
            "place": table.name(table.key(self.place)) if self.place else None,
            "laid_to": list(self.accused_names),
            "done_to": self.done_to or None,
            "tags": list(self.tags),
            "date_from": self.dated or None,
            "documents": self.documents,
            "ids": self.ids,
            "claims": self.claims,
            "notes": self.notes,
        }
        return {key: value for key, value in found.items() if value not in (None, [], "")}


def note_numbers(notes: Sequence[int]) -> str:
    """The first numbers of some notes: "3, 7"; an ellipsis where there are more."""
    shown = listed([str(number) for number in notes[:4]])
    return shown + (f"{comma()}…" if len(notes) > 4 else "")


def more_in_data(count: int) -> str:
    """That so many are not drawn."""
    return say_many("and {count} more, in the data", "and {count} more, in the data", count)


def by(manner: str, sources: Sequence[tuple[str, str]]) -> str:
    """How something is told and by whom: "alleged by A (the Post), B and 2 more"."""
    voices = spoken(sources)
    more = and_more(len(voices) - NAMED) if len(voices) > NAMED else ""
    names = listed(voices[:NAMED]) + more
    return say("{manner} by {names}", manner=manner, names=names)


def entries(table: Table, subjects: Sequence[Subject] = ()) -> list[Entry]:
    """All that is told of acts, engagements and demands with a deadline, told alike taken together.

    With `subjects`, only what they have a part in: as accused, victim, speaker, participant.
    """
    wanted = frozenset().union(*(s.entities for s in subjects))
    found: dict[tuple[object, ...], Entry] = {}
    for sheet in table.index.sheets:
        for told in _told(table, sheet, wanted):
            known = found.setdefault(_alike(table, told), told)
            if known is not told:
                _add(known, told)
    return list(found.values())


def most_told(found: Iterable[Entry], most: int) -> list[Entry]:
    """At most so many, those told in most reports first; among equals those with a date."""
    return sorted(found, key=lambda e: (-len(e.documents), e.date is None, e.kind == "act"))[:most]


def spoken(sources: Iterable[tuple[str, str]]) -> list[str]:
    """Each voice once, with the publishers through which it is known."""
    through: dict[str, list[str]] = {}
    for voice, publisher in sources:
        known = through.setdefault(voice, [])
        if publisher and publisher not in known:
            known.append(publisher)
    return [
        voice
        + (f" ({listed(known[:NAMED])}{f'{comma()}…' if len(known) > NAMED else ''})" * bool(known))
        for voice, known in through.items()
    ]


def _told(table: Table, sheet: Sheet, wanted: frozenset[str]) -> Iterator[Entry]:
    record = sheet.record
    dates = lent_dates(record)
    for act in record.acts:
        parts = {*(p.entity for p in act.perpetrators), *(v.entity for v in act.victims)}
        claim = claim_of_act(sheet, act)
        if not wanted or wanted & (parts | _speakers(claim)):
            yield _act(table, sheet, act, claim, dates.get(act.id))
    for engagement in record.engagements:
        if not wanted or not wanted.isdisjoint(engagement.participants):
            yield _engagement(table, sheet, engagement)
    for demand in record.demands:
        parts = {*demand.addressees, *_speakers(sheet.claims.get(demand.claim))}
        if demand.deadline and (not wanted or wanted & parts):
            yield _demand(table, sheet, demand)


def _speakers(claim: Claim | None) -> set[str]:
    links = claim.attribution if claim else ()
    return {link.entity for link in links if link.entity}


def _act(table: Table, sheet: Sheet, act: Act, claim: Claim | None, lent: str | None) -> Entry:
    record = sheet.record
    spans = [act.span, *(s for found in act.cites.values() for s in found)]
    denied = claim is not None and claim.kind == "denial"
    tags = [say("said not to be so")] if act.polarity == "negated" and not denied else []
    tags += [term(act.modality)] if act.modality != "asserted" else []
    keys = [table.key(v.entity) for v in act.victims]
    return Entry(
        kind="denial" if denied else "act",
        what=act_label(act.type),
        accused_names=tuple(
            dict.fromkeys(_said(table.name(table.key(p.entity))) for p in act.perpetrators)
        ),
        manner=say_as("manner", "spoken of in a demand") if _asks(claim) else manner(claim),
        date=act.date or lent,
        place=act.place,
        accused=tuple(sorted({table.key(p.entity) for p in act.perpetrators})),
        suffered=tuple(sorted(set(keys))),
        done_to=_done_to(table, act),
        tags=tuple(tags),
        dated="" if act.date or not lent else say("date of the event it belongs to"),
        words=_words(sheet, act, claim),
        sources=[source_of(table, sheet, claim)],
        documents=[record.document.id],
        notes=[table.writer.notes.cite(record, spans)],
        ids=[act.id],
        claims=[claim.id] if claim else list(act.claims),
    )


def _words(sheet: Sheet, act: Act, claim: Claim | None) -> str:
    spans = claim.content if claim else (sentence(sheet.record.text, act.span),)
    return " ".join(fold(sheet.text(span)) for span in spans)


def _done_to(table: Table, act: Act) -> str:
    told = []
    for victim in act.victims:
        name = _said(table.writer.name(victim.entity).text)
        told.append(name + (bounds(victim.count) if victim.count else ""))
    return listed(told)


def _said(name: str) -> str:
    """A description as it stands inside a sentence; a name as it is spelled."""
    first = name.split(" ", 1)[0].casefold()
    lowered = first in _OPENERS or first in load("products")["pronouns"]
    return name[:1].lower() + name[1:] if lowered else name


def _engagement(table: Table, sheet: Sheet, engagement: Engagement) -> Entry:
    claim = sheet.covering(engagement.span)
    names = listed([table.writer.name(e).text for e in engagement.participants])
    form = say("{type} ({status}): {people}") if names else say("{type} ({status})")
    values = {"type": term(engagement.type), "status": term(engagement.status), "people": names}
    to_come = engagement.status in ("proposed", "confirmed")
    return Entry(
        kind="engagement",
        what=filled(form, **values),
        manner=say_as("manner", "announced") if to_come else say_as("manner", "reported"),
        date=span_of(engagement.start, engagement.end),
        place=engagement.place,
        sources=[source_of(table, sheet, claim)],
        documents=[sheet.record.document.id],
        notes=[table.writer.cite_engagement(sheet, engagement)],
        ids=[engagement.id],
        claims=[claim.id] if claim else [],
    )


def _demand(table: Table, sheet: Sheet, demand: Demand) -> Entry:
    claim = sheet.claims.get(demand.claim)
    named = [table.writer.name(e).text for e in demand.addressees]
    asked = listed(named) or say("nobody named")
    spans = [demand.action, *demand.cites.get("deadline", ())]
    return Entry(
        kind="demand",
        what=say(
            "deadline of a demand of {names}: “{words}”",
            names=asked,
            words=plain(sheet.text(demand.action)),
        ),
        manner=say_as("manner", "asked"),
        date=demand.deadline,
        place=None,
        sources=[source_of(table, sheet, claim)],
        documents=[sheet.record.document.id],
        notes=[table.writer.notes.cite(sheet.record, spans)],
        ids=[demand.id],
        claims=[demand.claim],
    )


def claim_of_act(sheet: Sheet, act: Act) -> Claim | None:
    """The claim that an act rests on, the innermost where one stands inside another.

    None for the publisher's own words.
    """
    return sheet.innermost(act, sheet.covering(act.span, act.claims))


def manner(claim: Claim | None) -> str:
    """How something is told: "alleged", "denied", "reported" by the publisher in its own words."""
    if claim is None:
        return say_as("manner", "reported")
    verb = load("products")["verbs"][claim.kind]
    return say_as("manner", verb)


def _asks(claim: Claim | None) -> bool:
    return claim is not None and claim.kind == "demand"


def source_of(table: Table, sheet: Sheet, claim: Claim | None) -> tuple[str, str]:
    """On whose word: the innermost source, and the publisher through which it is known.

    The second is empty where the publisher speaks for itself. A voice has one name in a picture,
    however its documents spell it.
    """
    steps = chain(table.index, sheet.record, claim)
    inner, publisher = plain(who(steps[-1])), plain(who(steps[0]))
    voice = claim.attribution[0] if claim and claim.attribution else None
    if voice and voice.level in ("speaker", "cited") and voice.entity in sheet.entities:
        entity = sheet.entities[str(voice.entity)]
        inner = inner if entity.candidates else table.name(table.key(entity.id))
    if len(steps) == 1 or fold(inner) == fold(publisher):
        return publisher, ""
    return inner, publisher


def _alike(table: Table, entry: Entry) -> tuple[object, ...]:
    """What two tellings must share to stand together; without a date, their very words too."""
    place = table.name(table.key(entry.place)) if entry.place else ""
    facts = (entry.kind, fold(entry.what), entry.manner, entry.date, fold(place), entry.tags)
    accused = tuple(sorted(map(fold, entry.accused_names)))
    return (*facts, accused, fold(entry.done_to), "" if entry.date else entry.words)


def _add(known: Entry, told: Entry) -> None:
    pairs: tuple[tuple[list[Any], list[Any]], ...] = (
        (known.sources, told.sources),
        (known.documents, told.documents),
        (known.notes, told.notes),
        (known.ids, told.ids),
        (known.claims, told.claims),
    )
    for into, more in pairs:
        into.extend(one for one in more if one not in into)
