"""A dossier: everything the case holds about one name, each line on whose word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from onrecord.model import Record, Relation
from onrecord.products.first_sheet import fitting
from onrecord.products.gaps import gaps
from onrecord.products.in_short import alleged, first, rest
from onrecord.products.index import Index, Judged, Sheet, file_name
from onrecord.products.namesakes import several_line
from onrecord.products.page import Line, Page, Run, Section
from onrecord.products.parts import (
    Desk,
    demand_line,
    near_line,
    said_lines,
    spellings,
    together,
    together_line,
    undecided_section,
)
from onrecord.products.people import Subject, is_name
from onrecord.products.quoting import plain
from onrecord.products.relating import who_they_are
from onrecord.products.standing import Standing, standing
from onrecord.products.wording import colon, comma, say, say_many, titled, worded
from onrecord.vocabulary import load


def dossier(
    records: Iterable[Record], name: str | Sequence[str], *, judged: Iterable[Judged] = ()
) -> Page:
    """The dossier of a person, organization, group or place.

    `name` is a name, an id, or several spellings of the same one ("A = B", or a sequence). Raises
    `NotFound` where nothing answers to it or any of several may; the message lists them.
    """
    desk = Desk(Index(records, judged))
    found = standing(desk.index, desk.people.find(name))
    return desk.page(
        "dossier",
        say("Dossier: {name}", name=found.subject.name),
        [overview(desk, found), *_in_short(desk, found)],
        [*dossier_sections(desk, found), *rest(gaps(desk, [found], []), "gaps")],
    )


def _in_short(desk: Desk, found: Standing) -> list[Section]:
    """What one reads first: who that is, the gravest allegations, and what is not supported."""
    limit = int(load("products")["trim"]["summary"])
    suffered = (desk.writer.said(said, limit=limit, coded=False) for said in found.suffered)
    sections = [
        Section(
            "in-short-who",
            say("Who it is, as reported"),
            fitting(who_they_are(desk, found), "who"),
        ),
        Section(
            "in-short-against",
            say("Allegations against them or naming them, and by whom"),
            alleged(desk, [found]) if found.against or found.by or found.mentioned else (),
        ),
        Section(
            "in-short-suffered",
            say("Said to have been done to them"),
            fitting(suffered, "alleged"),
        ),
        Section(
            "gaps",
            say("What is not supported"),
            first(gaps(desk, [found], []), "gaps") if found.against else (),
        ),
    ]
    kept = [section for section in sections if section.lines]
    return [replace(s, lines=tuple(_of_one(found, line) for line in s.lines)) for s in kept]


def _of_one(found: Standing, line: Line) -> Line:
    """A line without the name that heads it: the whole page is about that one."""
    named = line.label in (None, found.subject.name)
    runs = line.runs if named else (Run(f"{line.label}{colon()}"), *line.runs)
    return replace(line, label=None, runs=runs)


def overview(desk: Desk, found: Standing) -> Section:
    """What was looked for and what was taken together; first of all, that it may be several."""
    subject = found.subject
    documents = {desk.index.sheet_of[e].record.document.id for e in subject.entities}
    known = say_many(
        "Named in {count} document of {all} in this case.",
        "Named in {count} documents of {all} in this case.",
        len(documents),
        all=len(desk.index.sheets),
    )
    lines = [Line("remark", (Run(known),)), *together_line(desk, subject)]
    several, near = several_line(desk, found), near_line(subject)
    lines = [*([several] if several else []), *lines, *([near] if near else [])]
    return Section("overview", say("What this rests on"), tuple(lines))


def dossier_sections(desk: Desk, found: Standing, prefix: str = "") -> list[Section]:
    """The sections of a dossier; `prefix` keeps their keys apart where a page holds several."""
    sections = [
        _names(desk, found.subject),
        *_relations(desk, found),
        *_against(desk, found),
        *_by(desk, found),
        *_demands(desk, found),
        _engagements(desk, found),
        undecided_section(desk, found.subject),
    ]
    return [replace(s, key=f"{prefix}{s.key}") for s in sections if s is not None]


def _names(desk: Desk, subject: Subject) -> Section:
    """The names each document uses, with every place where they stand; then other words."""
    named: list[Line] = []
    other: list[Line] = []
    for sheet in desk.index.sheets:
        for entity in sorted(subject.entities & sheet.entities.keys()):
            spelled = spellings(sheet, sheet.entities[entity])
            for lines, are_names in ((named, True), (other, False)):
                kept = {w: s for w, s in spelled.items() if is_name(w) == are_names}
                if kept:
                    line = desk.writer.mentions(sheet, entity, kept)
                    if are_names and len(subject.entities) > 1 and sheet.record.document.title:
                        line = replace(line, runs=(*line.runs, *_file(sheet)))
                    lines.append(line)
    spoken = Section(
        "spoken-of",
        say("Also spoken of as"),
        tuple(other),
        say("Words that were read as meaning the same."),
    )
    return Section(
        "names", say("Names and spellings"), tuple(named), sections=(spoken,) if other else ()
    )


def _file(sheet: Sheet) -> tuple[Run, ...]:
    """The file beside a document's title: with the name it asks for one document alone."""
    return worded(f"{comma()}{{file}}", file=titled(plain(file_name(sheet.record))))


def _relations(desk: Desk, found: Standing) -> list[Section]:
    posts = [r for r in found.relations if r[1].type == "post"]
    others = [r for r in found.relations if r[1].type != "post"]
    return [
        Section(
            "posts",
            say("Posts"),
            _by_document(desk, posts, found.subject),
            empty=say("No post of theirs is on record in this case."),
        ),
        Section(
            "relations",
            say("Relations"),
            _by_document(desk, others, found.subject),
            empty=say(
                "No kinship, membership, command or link of theirs is on record in this case."
            ),
        ),
    ]


def _by_document(
    desk: Desk, relations: list[tuple[Sheet, Relation]], subject: Subject
) -> tuple[Line, ...]:
    """Relations told alike in one document once; two documents stay two, whoever published them."""
    lines: list[Line] = []
    for _, group in groupby(relations, key=lambda pair: pair[0].record.document.id):
        lines += together(desk.writer.relation(*pair, subject.entities) for pair in group)
    return tuple(lines)


def _against(desk: Desk, found: Standing) -> list[Section]:
    subject = found.subject
    sections = [
        Section(
            "laid",
            say("Laid to them"),
            said_lines(desk, found.laid, answering=subject),
            say("Acts that a source lays to them."),
            say(
                "No act is on record in this case as laid to {name} by a source.", name=subject.name
            ),
        ),
        Section(
            "named",
            say("Allegations that name them"),
            said_lines(desk, found.named, answering=subject),
            say("The words name them; what part they are said to have had is not recorded."),
            say(
                "No other allegation that names {name} is on record in this case.",
                name=subject.name,
            ),
        ),
        Section(
            "beside",
            say("Named in allegations against others"),
            said_lines(desk, found.beside),
            say("The words name them, but lay the act to somebody else."),
        ),
        Section(
            "denied",
            say("Denials by others that speak of them"),
            said_lines(desk, found.denied),
        ),
        Section(
            "suffered",
            say("Said to have been done to them"),
            said_lines(desk, found.suffered),
        ),
        Section(
            "mentioned",
            say("What else others said that names them"),
            said_lines(desk, found.mentioned),
            say(
                "The words name them; the machine took them for no allegation against them: "
                "read them."
            ),
        ),
    ]
    return [s for s in sections if s.lines or s.empty]


def _by(desk: Desk, found: Standing) -> list[Section]:
    titles = {
        "allegation": (
            say("Allegations by them"),
            say("No allegation by them is on record in this case."),
        ),
        "denial": (say("Their denials"), say("No denial of theirs is on record in this case.")),
        "admission": (say("What they acknowledged"), None),
        "finding": (say("Findings they stated"), None),
        "statement": (say("What else they said"), None),
    }
    sections = [
        Section(f"by-{kind}", title, said_lines(desk, found.by.get(kind, [])), empty=empty)
        for kind, (title, empty) in titles.items()
    ]
    return [s for s in sections if s.lines or s.empty]


def _demands(desk: Desk, found: Standing) -> list[Section]:
    coded = {d.claim for _, d in found.demands_by}
    uncoded = [s for s in found.by.get("demand", []) if s.claim and s.claim.id not in coded]
    by_them = (*(demand_line(desk, *d) for d in found.demands_by), *said_lines(desk, uncoded))
    return [
        Section(
            "demands-of",
            say("Asked of them"),
            tuple(demand_line(desk, *d) for d in found.demands_of),
            empty=say("Nothing asked of them is on record in this case."),
        ),
        Section(
            "demands-by",
            say("Asked by them"),
            by_them,
            empty=say("Nothing asked by them is on record in this case."),
        ),
    ]


def _engagements(desk: Desk, found: Standing) -> Section:
    return Section(
        "engagements",
        say("Visits, meetings and hearings"),
        tuple(desk.writer.engagement(*e) for e in found.engagements),
        empty=say("No visit, meeting or hearing of theirs is on record in this case."),
    )
