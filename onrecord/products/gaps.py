"""What is not supported: years, places, names, second sources, answers that the record lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.model import Act
from onrecord.passages.language import NOT_READ
from onrecord.products.edtf import year_known
from onrecord.products.in_short import naming_notes
from onrecord.products.index import Index, Said, date_of, file_name
from onrecord.products.meeting import Meeting, agree
from onrecord.products.page import Line, Run
from onrecord.products.parts import Desk
from onrecord.products.people import are_near
from onrecord.products.quoting import plain
from onrecord.products.standing import Standing, answers, origins
from onrecord.products.taken_together import decided_as_one
from onrecord.products.wording import and_more, in_a_row, listed, say, semicolon
from onrecord.products.writer import act_label, term


@dataclass(frozen=True, slots=True)
class Gap:
    """What the record lacks. `{names}` in `text` stands for those it is lacking for."""

    rank: int
    text: str
    name: str = ""
    notes: tuple[int, ...] = ()


def gaps(desk: Desk, standings: list[Standing], meetings: list[Meeting]) -> tuple[Line, ...]:
    """One line for each thing that the record does not bear out, with its notes."""
    found = [*_meetings(desk, meetings)]
    for one in standings:
        found += [*_sources(desk, one), *_acts(desk, one), *_undecided(desk, one)]
    found += _documents(desk, standings)
    together: dict[tuple[int, str], list[Gap]] = {}
    for gap in sorted(found, key=lambda g: g.rank):
        together.setdefault((gap.rank, gap.text), []).append(gap)
    return tuple(_line(same) for same in together.values())


def _line(same: list[Gap]) -> Line:
    names = list(dict.fromkeys(gap.name for gap in same if gap.name))
    notes = tuple(dict.fromkeys(note for gap in same for note in gap.notes))
    text = same[0].text.replace("{names}", in_a_row(names)) if names else same[0].text
    return Line("gap", (Run(text),), notes=notes)


def _meetings(desk: Desk, meetings: list[Meeting]) -> Iterator[Gap]:
    """What no report of an engagement states; where reports agree, one makes up for another."""
    for sheet, meeting in meetings:
        one = (sheet, meeting)
        others = [meeting, *(m[1] for m in meetings if agree(desk.people, one, m))]
        notes = (desk.writer.cite_engagement(sheet, meeting),)
        kind = term(meeting.type)
        if not any(other.start for other in others):
            text = say("When the {kind} is to be, or was, is not stated.", kind=kind)
            yield Gap(0, text, "", notes)
        elif not any(year_known(other.start) for other in others):
            yield Gap(0, say("The year of the {kind} is not stated.", kind=kind), "", notes)
        if not any(other.place for other in others):
            text = say("Where the {kind} is to be, or was, is not stated.", kind=kind)
            yield Gap(0, text, "", notes)
        if all(other.status == "proposed" for other in others):
            text = say("The {kind} is reported as proposed; nothing confirms it.", kind=kind)
            yield Gap(0, text, "", notes)


def _sources(desk: Desk, found: Standing) -> Iterator[Gap]:
    against, name = found.against, found.subject.name
    if not against:
        none = say("No allegation that names {names} is on record in this case.")
        if found.mentioned or found.beside:
            none = say(
                "Nothing that names {names} was taken for an allegation against them; "
                "read what others said that names them, in the evidence."
            )
        yield Gap(1, none, name, naming_notes(desk, found))
        return
    spoken = origins(desk.people, against)
    if len(spoken) == 1:
        text = say(
            "Single origin: every allegation that names {names} stands on the word of one source, "
            "{source}. Repeated by others, it is still one.",
            source=spoken[0],
        )
        yield Gap(1, text, name, _notes(desk, against))
    elif all(are_near(spoken[0], other) for other in spoken[1:]):
        text = say(
            "Possibly a single origin: every allegation that names {names} stands on the word of "
            "{sources}, who may be one and the same.",
            sources=in_a_row(spoken),
        )
        yield Gap(1, text, name, _notes(desk, against))
    if not any(answers(desk.people, said, found.subject) for said in against):
        denied = _notes(desk, found.by.get("denial", []))
        none = say("No answer by or for {names} is on record in this case.")
        loose = say("What {names} denied is not tied to any one allegation.")
        yield Gap(2, loose if denied else none, name, denied)
    hedged = [s for s in against if s.claim and (s.claim.hedges or s.claim.modality != "asserted")]
    if hedged:
        text = say(
            "Hedged by its source, or not asserted: part of what is alleged of or with {names}."
        )
        yield Gap(3, text, name, _notes(desk, hedged))


def _acts(desk: Desk, found: Standing) -> Iterator[Gap]:
    pairs = [(said, act) for said in found.against for act in said.acts]
    lacking: tuple[tuple[str, Callable[[Act], bool]], ...] = (
        (say("Alleged with no date"), lambda act: act.date is None),
        (
            say("Alleged with a date without a year"),
            lambda act: bool(act.date) and not year_known(act.date),
        ),
        (say("Alleged with no place"), lambda act: act.place is None),
        (
            say("Alleged with no victim who is named"),
            lambda act: not _named_victim(desk.index, act),
        ),
    )
    for words, lacks in lacking:
        concerned = [(said, act) for said, act in pairs if lacks(act)]
        if concerned:
            types = listed(list(dict.fromkeys(act_label(act.type) for _, act in concerned)))
            text = say("{lacking}: {acts} (of or with {names}).", lacking=words, acts=types)
            notes = _notes(desk, [said for said, _ in concerned])
            yield Gap(4, text, found.subject.name, notes)


def _named_victim(index: Index, act: Act) -> bool:
    known = [v.entity for v in act.victims if v.entity in index.sheet_of]
    return any(index.entity(e).type == "Person" and not index.entity(e).candidates for e in known)


def _undecided(desk: Desk, found: Standing) -> Iterator[Gap]:
    subject = found.subject
    if len(subject.entities) > 1 and not decided_as_one(desk.index, subject.entities):
        text = say(
            "Read as one because the name is one; nobody decided it of all documents: {names}."
        )
        yield Gap(5, text, subject.name)
    for entity in subject.undecided:
        sheet = desk.index.sheet_of[entity]
        known = sheet.entities[entity]
        note = desk.writer.notes.cite(sheet.record, known.words)
        text = say("Undecided: “{words}” may be {names} or another.", words=plain(known.name))
        yield Gap(5, text, subject.name, (note,))
    if subject.near:
        near = semicolon().join(plain(name) for name in subject.near)
        text = say("Possibly the same as {names}, not taken together: {near}.", near=near)
        yield Gap(5, text, subject.name)


def _documents(desk: Desk, standings: list[Standing]) -> Iterator[Gap]:
    ids = frozenset().union(*(found.subject.entities for found in standings))
    used = [s for s in desk.index.sheets if not ids.isdisjoint(s.entities)]
    without = [s for s in used if not s.record.document.publisher]
    if without:
        paths = listed([plain(file_name(s.record)) for s in without[:4]])
        if len(without) > 4:
            paths += and_more(len(without) - 4)
        yield Gap(6, say("Publisher not stated: {files}.", files=paths))
    dateless = [s for s in used if not year_known(date_of(s.record))]
    if dateless:
        paths = listed([plain(file_name(s.record)) for s in dateless[:4]])
        yield Gap(6, say("Reported without a date that has a year: {files}.", files=paths))
    notes = [s.record.document.note for s in desk.index.sheets if s.record.document.note]
    foreign, every = sum(note.startswith(NOT_READ) for note in notes), len(desk.index.sheets)
    if foreign:
        text = say(
            "Not read, because of their language: {count} of {all}.", count=foreign, all=every
        )
        yield Gap(6, text)
    if failed := len(notes) - foreign:
        text = say("Not read, because it failed: {count} of {all}.", count=failed, all=every)
        yield Gap(6, text)


def _notes(desk: Desk, found: list[Said]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(desk.writer.cite(said) for said in found))
