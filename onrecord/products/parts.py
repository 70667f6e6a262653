"""The sections that several products share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from onrecord.model import Demand, Entity, Relation, Span
from onrecord.products.index import Index, Said, Sheet
from onrecord.products.page import Line, Page, Run, Section
from onrecord.products.people import People, Subject, fold, is_name
from onrecord.products.quoting import plain
from onrecord.products.responses import responses
from onrecord.products.standing import Standing, answers
from onrecord.products.taken_together import decided_as_one
from onrecord.products.wording import current, say, semicolon, unsaid, worded
from onrecord.products.writer import Writer

CAUTION = unsaid(
    "What follows is what sources say, and on whose word. None of it is established here. "
    "Each number leads to the exact words."
)


class Desk:
    """What a product is written at: the tables of a case, who is who in it, and the writer."""

    def __init__(self, index: Index) -> None:
        self.index, self.writer = index, Writer(index)

    @cached_property
    def people(self) -> People:
        """Who is who in it."""
        return People(self.index)

    def page(
        self, product: str, title: str, summary: list[Section], sections: list[Section]
    ) -> Page:
        """A finished page, with the notes that its lines use."""
        spoken = current()
        return Page(
            product,
            title,
            spoken.say(CAUTION),
            tuple(summary),
            tuple(sections),
            self.writer.notes.freeze(),
            spoken.language,
        )


def said_lines(
    desk: Desk, found: list[Said], *, answering: Subject | None = None
) -> tuple[Line, ...]:
    """One line for each thing said; what stands inside another comes under it.

    With `answering`, what answers each for that subject stands beside it, or that nothing does.
    """
    inner: dict[tuple[str, str], list[Said]] = {}
    keys = {said.key for said in found}
    for said in found:
        inner.setdefault(_parent(said, keys), []).append(said)
    done: set[tuple[str, str]] = set()
    tops = [*inner.get(_NOWHERE, ()), *found]
    return tuple(
        _nested(desk, said, inner, done, answering) for said in tops if said.key not in done
    )


_NOWHERE = ("", "")


def _parent(said: Said, keys: set[tuple[str, str]]) -> tuple[str, str]:
    parent = said.claim.parent if said.claim else None
    key = (said.record.document.id, parent or "")
    return key if key in keys and key != said.key else _NOWHERE


def _nested(
    desk: Desk,
    said: Said,
    inner: dict[tuple[str, str], list[Said]],
    done: set[tuple[str, str]],
    answering: Subject | None,
) -> Line:
    done.add(said.key)
    line = desk.writer.said(said)
    beside = answer_lines(desk, said, answering) if answering else ()
    under = tuple(
        _nested(desk, s, inner, done, answering)
        for s in inner.get(said.key, ())
        if s.key not in done
    )
    return replace(line, children=(*line.children, *beside, *under))


def answer_lines(desk: Desk, said: Said, subject: Subject) -> tuple[Line, ...]:
    """What may answer an allegation, each with the reason it is shown here."""
    found = answers(desk.people, said, subject)
    if not found:
        none = say("No answer to this is on record in this case.")
        return (Line("gap", (Run(none, "gap"),)),)
    return tuple(_beside(desk, answer.said, answer.why) for answer in found)


def _beside(desk: Desk, said: Said, why: str) -> Line:
    line = desk.writer.said(said, coded=False)
    return tagged(line, say("Answer on record"), why)


def tagged(line: Line, tag: str, why: str) -> Line:
    """A line with a tag before it, and after it why it is shown."""
    return replace(line, runs=(Run(tag, "tag"), Run(" "), *line.runs, Run(f" ({why})")))


def demand_line(desk: Desk, sheet: Sheet, demand: Demand) -> Line:
    """A demand with the response on record, or that there is none."""
    line = desk.writer.demand(sheet, demand)
    return replace(line, children=response_lines(desk, sheet, demand))


def response_lines(desk: Desk, sheet: Sheet, demand: Demand) -> tuple[Line, ...]:
    """What may respond to a demand, each with the reason it is shown here."""
    found = responses(desk.people, sheet, demand)
    if not found:
        none = say("No response is on record in this case.")
        return (Line("gap", (Run(none, "gap"),)),)
    tag = say("Possible response")
    return tuple(tagged(desk.writer.said(s, coded=False), tag, why) for s, why in found)


def posts(standing: Standing) -> list[tuple[Sheet, Relation]]:
    """The posts a subject is said to hold or have held."""
    return [(s, r) for s, r in standing.relations if r.type == "post"]


def spellings(sheet: Sheet, entity: Entity) -> dict[str, list[Span]]:
    """The spellings of an entity in its document; capitals do not tell descriptions apart."""
    found: dict[str, list[Span]] = {}
    for span in entity.words:
        words = plain(sheet.text(span))
        found.setdefault(words if is_name(words) else words.casefold(), []).append(span)
    return found


def together(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines that say the same on the same word, once, with all their notes."""
    merged: dict[tuple[str, str], Line] = {}
    for line in lines:
        words = " ".join(fold(run.text) for run in line.runs)
        known = merged.setdefault((words, str(line.steps)), line)
        notes = tuple(dict.fromkeys((*known.notes, *line.notes)))
        merged[words, str(line.steps)] = replace(known, notes=notes)
    return tuple(merged.values())


def undecided_section(desk: Desk, subject: Subject) -> Section | None:
    """Mentions that may be the subject or another: attributed to nobody."""
    lines = tuple(
        desk.writer.mentions(
            desk.index.sheet_of[e], e, spellings(desk.index.sheet_of[e], desk.index.entity(e))
        )
        for e in subject.undecided
    )
    if not lines:
        return None
    return Section(
        "undecided",
        say("Undecided mentions"),
        lines,
        say(
            "These words may mean the one asked about or another. "
            "Nothing said of them stands above."
        ),
    )


def together_line(desk: Desk, subject: Subject) -> list[Line]:
    """That entities of several documents are read as one, and how to look at one alone."""
    if len(subject.entities) < 2:
        return []
    if decided_as_one(desk.index, subject.entities):
        decided = say("Documents are read together here because a person judged it to be one.")
        return [Line("remark", (Run(decided),))]
    first = next(e for s in desk.index.sheets for e in s.entities if e in subject.entities)
    text = say(
        "Documents are read together here because the name is the same, or because several "
        "were asked for. Nobody has decided of all of them that they are one. To look at one "
        "document alone, ask for the name with its file: “{name}”.",
        name=desk.people.asked_as([first]),
    )
    return [Line("remark", (Run(text),))]


def near_line(subject: Subject) -> Line | None:
    """Names spelled alike that were not taken together with the subject."""
    if not subject.near:
        return None
    listed = semicolon().join(plain(name) for name in subject.near)
    together = " = ".join(f"{plain(name)}" for name in (subject.name, subject.near[0]))
    message = say(
        "Possibly the same, not taken together: {names}. "
        "Where they are the same, name both: “{together}”."
    )
    return Line("remark", worded(message, names=Run(listed, "name"), together=together))
