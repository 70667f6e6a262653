"""A brief before a meeting: one sheet that holds on its own, then the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.errors import NotFound
from onrecord.model import Engagement, Record
from onrecord.products.dossier import dossier_sections
from onrecord.products.first_sheet import fitting, more, told_alike
from onrecord.products.gaps import gaps
from onrecord.products.index import Index, Judged, Said, Sheet
from onrecord.products.meeting import Meeting, find_engagements, participants
from onrecord.products.namesakes import several_line
from onrecord.products.page import Line, Page, Run, Section
from onrecord.products.parts import Desk, demand_line, in_a_row, near_line, said_lines
from onrecord.products.people import Subject, fold
from onrecord.products.questions import gravity, questions, questions_to_sources
from onrecord.products.relating import who_they_are
from onrecord.products.standing import Standing, answers, linked, standing
from onrecord.vocabulary import load

SPEAKERS = 2
"""How many of those who allege are introduced on the first sheet."""
REST = {
    "meetings": ("all-meetings", "All reports of the visit or meeting"),
    "questions": ("all-questions", "All questions"),
    "gaps": ("all-gaps", "All that is not supported"),
}


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
        f"Brief: {in_a_row([s.name for s in subjects])}",
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
        Section("who", "Who they are, as reported", _who(desk, found)),
        Section(
            "where",
            "When and where they will be, or were",
            _meetings(desk, meetings),
            empty="No visit, meeting or hearing of theirs is on record in this case.",
        ),
        Section(
            "alleged", "Allegations against them or naming them, and by whom", _alleged(desk, found)
        ),
        Section(
            "questions",
            "Questions that follow",
            _first(questions(desk, found, meetings), "questions"),
            empty="No question follows from this record: it holds no allegation or demand of them.",
        ),
        Section("gaps", "What is not supported", _first(gaps(desk, found, meetings), "gaps")),
    ]


def _meetings(desk: Desk, meetings: list[Meeting]) -> tuple[Line, ...]:
    """An announcement that several print in the same words stands once."""
    limit = int(load("products")["trim"]["summary"])
    told = ((_announced(*m), desk.writer.engagement(*m, limit=limit)) for m in meetings)
    return _first(told_alike(told), "meetings")


def _announced(sheet: Sheet, meeting: Engagement) -> tuple[str | None, ...]:
    return (fold(sheet.text(meeting.span)), meeting.start, meeting.end, meeting.status)


def _who(desk: Desk, found: list[Standing]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for one in found:
        told = fitting(who_they_are(desk, one), "who")
        lines += told
        if not told:
            none = Run("no post or relation of theirs is on record in this case", "gap")
            lines.append(Line("gap", (none,), label=one.subject.name))
        beside = (several_line(desk, one), near_line(one.subject))
        lines += [replace(line, label=one.subject.name) for line in beside if line]
    return tuple(lines)


def _alleged(desk: Desk, found: list[Standing]) -> tuple[Line, ...]:
    limit = int(load("products")["trim"]["summary"])
    about: dict[tuple[str, str], tuple[Said, list[str]]] = {}
    for one in found:
        for said in one.against:
            about.setdefault(said.key, (said, []))[1].append(one.subject.name)
    told = (
        replace(desk.writer.said(said, limit=limit, coded=False), label=", ".join(names))
        for said, names in sorted(about.values(), key=lambda pair: gravity(pair[0]))
    )
    lines = list(fitting(told, "alleged"))
    if len(about) > len(lines):
        lines.append(more(len(about) - len(lines), "in the evidence below"))
    lines += _who_alleges(desk, found)
    lines += _answered_together([_answered(desk, one) for one in found])
    return tuple(lines)


def _who_alleges(desk: Desk, found: list[Standing]) -> list[Line]:
    """Who the first of those are on whose word it is alleged: a reader weighs it by that."""
    claims = [said.claim for one in found for said in one.against if said.claim]
    links = [link for claim in claims for link in claim.attribution if link.level == "speaker"]
    known = (link.entity for link in links if link.entity in desk.index.sheet_of)
    decided = (e for e in known if e and not desk.index.entity(e).candidates)
    speakers = {s.entities: s for s in map(desk.people.of_entity, decided)}
    lines = []
    for speaker in list(speakers.values())[:SPEAKERS]:
        every = list(who_they_are(desk, standing(desk.index, speaker)))
        # "chair of the Front" says more than "chair".
        told = min(every, key=lambda line: not _names_somebody(line), default=None)
        if told:
            runs = (Run(speaker.name, "name"), Run(": "), *told.runs)
            lines.append(replace(told, runs=runs, label="Who alleges it"))
    return lines


def _names_somebody(line: Line) -> bool:
    return any(run.kind == "name" for run in line.runs)


def _answered_together(lines: list[Line]) -> list[Line]:
    """What is the same for several people is said once."""
    same: dict[tuple[Run, ...], list[Line]] = {}
    for line in lines:
        same.setdefault(line.runs, []).append(line)
    return [replace(s[0], label=", ".join(str(x.label) for x in s)) for s in same.values()]


def _answered(desk: Desk, found: Standing) -> Line:
    """Whether those spoken of answered, with the notes of the answers."""
    name = found.subject.name
    if not found.against:
        none = Run("No allegation that names them is on record in this case.", "gap")
        return Line("gap", (none,), label=name)
    replies = {
        answer.said.key: answer.said
        for said in found.against
        for answer in answers(desk.people, said, found.subject)
    }
    kind = "Answer on record" if replies else "Denial on record"
    replies.update({s.key: s for s in found.by.get("denial", [])})
    spoken = [said for kind in found.by.values() for said in kind]
    if not replies and spoken:
        notes = tuple(dict.fromkeys(desk.writer.cite(s) for s in spoken[:4]))
        text = (
            "No answer to this is on record in this case; what else they said is in the evidence."
        )
        return Line("gap", (Run(text, "gap"),), notes=notes, label=name)
    if not replies:
        return Line("gap", (Run("No answer is on record in this case.", "gap"),), label=name)
    first, *others = replies.values()
    line = desk.writer.said(first, limit=int(load("products")["trim"]["summary"]), coded=False)
    notes = tuple(dict.fromkeys((*line.notes, *(desk.writer.cite(s) for s in others))))
    runs = (Run(kind, "tag"), Run(" "), *line.runs)
    return replace(line, runs=runs, notes=notes, label=name)


def _first(lines: tuple[Line, ...], kind: str) -> tuple[Line, ...]:
    kept = fitting(lines, kind)
    if len(kept) == len(lines):
        return lines
    return (*kept, more(len(lines) - len(kept), f"below, under “{REST[kind][1]}”"))


def _rest(lines: tuple[Line, ...], kind: str) -> list[Section]:
    """All lines of a kind, where the first sheet does not hold them all."""
    return [Section(*REST[kind], lines)] if len(fitting(lines, kind)) < len(lines) else []


def _evidence(desk: Desk, found: list[Standing], meetings: list[Meeting]) -> list[Section]:
    sections = [
        Section(
            f"evidence-{number}",
            f"Evidence: {one.subject.name}",
            sections=tuple(dossier_sections(desk, one, f"evidence-{number}-")),
        )
        for number, one in enumerate(found, 1)
    ]
    return [
        *sections,
        *_linked(desk, found),
        *_asked_around(desk, found, meetings),
        *_all_meetings(desk, meetings),
        *_rest(questions(desk, found, meetings), "questions"),
        Section(
            "source-questions",
            "Questions to those who allege",
            questions_to_sources(desk, found),
            "The same care is owed to all sides: what was alleged rests on somebody's knowledge.",
            "Nothing is alleged here, so there is nobody to ask.",
        ),
        *_rest(gaps(desk, found, meetings), "gaps"),
    ]


def _all_meetings(desk: Desk, meetings: list[Meeting]) -> list[Section]:
    """Every report of it by itself, where there are several."""
    lines = tuple(desk.writer.engagement(*m) for m in meetings)
    return [Section(*REST["meetings"], lines)] if len(lines) > 1 else []


def _linked(desk: Desk, found: list[Standing]) -> list[Section]:
    """What is alleged of those a source links them to: said of others, and headed so."""
    return [
        Section(
            f"linked-{number}",
            f"Said of {other.subject.name}, not of them",
            said_lines(desk, other.against),
            "A source links them; what is alleged of one is not alleged of the other.",
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
    return [Section("asked-around", "Asked of others in the same reports", lines)]
