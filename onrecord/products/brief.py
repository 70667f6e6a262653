"""A brief before a meeting: one sheet that holds on its own, then the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from onrecord.errors import NotFound
from onrecord.model import Engagement, Record
from onrecord.products.dossier import dossier_sections
from onrecord.products.first_sheet import told_alike
from onrecord.products.gaps import gaps
from onrecord.products.in_short import alleged, first, rest, rest_of, who
from onrecord.products.index import Index, Judged, Sheet
from onrecord.products.meeting import Meeting, find_engagements, participants
from onrecord.products.page import Line, Page, Section
from onrecord.products.parts import Desk, demand_line, said_lines
from onrecord.products.people import Subject, fold
from onrecord.products.questions import questions, questions_to_sources
from onrecord.products.standing import Standing, linked, standing
from onrecord.products.wording import in_a_row, say
from onrecord.vocabulary import load


def brief(
    records: Iterable[Record],
    names: Sequence[str] = (),
    *,
    engagement: str | None = None,
    judged: Iterable[Judged] = (),
) -> Page:
    """A brief on named people, or on those who take part in an engagement.

    Each of `names` is a name, an id or several spellings of one ("A = B"). `engagement` is an id,
    or words of its kind, place and people; where no name is given, the brief is on those who take
    part. Raises `NotFound` where a name or the engagement is not on record, or may be several.
    """
    desk = Desk(Index(records, judged))
    meetings = find_engagements(desk.people, engagement) if engagement else []
    subjects = _subjects(desk, names, meetings)
    found = [standing(desk.index, subject) for subject in subjects]
    if not engagement:
        meetings = list({m[1].id: m for one in found for m in one.engagements}.values())
    return desk.page(
        "brief",
        say("Brief: {names}", names=in_a_row([s.name for s in subjects])),
        _summary(desk, found, meetings),
        _evidence(desk, found, meetings),
    )


def _subjects(desk: Desk, names: Sequence[str], meetings: list[Meeting]) -> list[Subject]:
    if names:
        subjects = [desk.people.find(name) for name in names]
    else:
        subjects = participants(desk.people, meetings)
    if not subjects:
        raise NotFound(
            "nobody to brief on",
            why="no name was given, and the engagement names nobody who is decided",
            todo="name a person of the case, or an engagement with people in it",
        )
    return list({s.entities: s for s in subjects}.values())


def _summary(desk: Desk, found: list[Standing], meetings: list[Meeting]) -> list[Section]:
    """Written in the order it is read in, so that the notes count up."""
    return [
        Section("who", say("Who they are, as reported"), who(desk, found)),
        Section(
            "where",
            say("When and where they will be, or were"),
            _meetings(desk, meetings),
            empty=say("No visit, meeting or hearing of theirs is on record in this case."),
        ),
        Section(
            "alleged",
            say("Allegations against them or naming them, and by whom"),
            alleged(desk, found),
        ),
        Section(
            "questions",
            say("Questions that follow"),
            first(questions(desk, found, meetings), "questions"),
            empty=say(
                "No question follows from this record: it holds no allegation or demand of them."
            ),
        ),
        Section("gaps", say("What is not supported"), first(gaps(desk, found, meetings), "gaps")),
    ]


def _meetings(desk: Desk, meetings: list[Meeting]) -> tuple[Line, ...]:
    """An announcement that several print in the same words stands once."""
    limit = int(load("products")["trim"]["summary"])
    told = ((_announced(*m), desk.writer.engagement(*m, limit=limit)) for m in meetings)
    return first(told_alike(told), "meetings")


def _announced(sheet: Sheet, meeting: Engagement) -> tuple[str | None, ...]:
    return (fold(sheet.text(meeting.span)), meeting.start, meeting.end, meeting.status)


def _evidence(desk: Desk, found: list[Standing], meetings: list[Meeting]) -> list[Section]:
    sections = [
        Section(
            f"evidence-{number}",
            say("Evidence: {name}", name=one.subject.name),
            sections=tuple(dossier_sections(desk, one, f"evidence-{number}-")),
        )
        for number, one in enumerate(found, 1)
    ]
    return [
        *sections,
        *_linked(desk, found),
        *_asked_around(desk, found, meetings),
        *_all_meetings(desk, meetings),
        *rest(questions(desk, found, meetings), "questions"),
        Section(
            "source-questions",
            say("Questions to those who allege"),
            questions_to_sources(desk, found),
            say(
                "The same care is owed to all sides: what was alleged rests on somebody's "
                "knowledge."
            ),
            say("Nothing is alleged here, so there is nobody to ask."),
        ),
        *rest(gaps(desk, found, meetings), "gaps"),
    ]


def _all_meetings(desk: Desk, meetings: list[Meeting]) -> list[Section]:
    """Every report of it by itself, where there are several."""
    lines = tuple(desk.writer.engagement(*m) for m in meetings)
    return [rest_of("meetings", lines)] if len(lines) > 1 else []


def _linked(desk: Desk, found: list[Standing]) -> list[Section]:
    """What is alleged of those a source links them to: said of others, and headed so."""
    return [
        Section(
            f"linked-{number}",
            say("Said of {name}, not of them", name=other.subject.name),
            said_lines(desk, other.against),
            say("A source links them; what is alleged of one is not alleged of the other."),
        )
        for number, other in enumerate(linked(desk.people, found), 1)
        if other.against
    ]


def _asked_around(desk: Desk, found: list[Standing], meetings: list[Meeting]) -> list[Section]:
    """Demands made of others in the reports of the engagement."""
    own = {d.id for one in found for _, d in (*one.demands_of, *one.demands_by)}
    sheets = {s.record.document.id: s for s, _ in meetings}.values()
    lines = tuple(
        demand_line(desk, sheet, d)
        for sheet in sheets
        for d in sheet.record.demands
        if d.id not in own
    )
    if not lines:
        return []
    return [Section("asked-around", say("Asked of others in the same reports"), lines)]
