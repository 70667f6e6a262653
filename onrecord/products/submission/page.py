"""The pages: who may be submitted, and one submission: readiness first, then the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from onrecord.model import Record
from onrecord.products.edtf import in_words
from onrecord.products.index import Index, Judged
from onrecord.products.namesakes import several_line
from onrecord.products.page import Line, Page, Run, Section
from onrecord.products.parts import Desk, near_line, undecided_section
from onrecord.products.people import Subject, fold
from onrecord.products.standing import standing
from onrecord.products.submission.forms import Form, form
from onrecord.products.submission.passages import Spoken
from onrecord.products.submission.readiness import TIME, Assessed, Prepared, readiness
from onrecord.products.submission.telling import BRIEF, document_line, field_line, state_name
from onrecord.products.submission.whom import candidates, find
from onrecord.products.wording import listed, say, say_many, semicolon, titled, worded
from onrecord.vocabulary import load

NOTHING = Prepared()
OPEN = ("missing", "person", "closed")


def submission(
    records: Iterable[Record],
    name: str,
    names: Sequence[str] = (),
    *,
    judged: Iterable[Judged] = (),
    prepared: Prepared = NOTHING,
) -> Page:
    """A submission in the form `name` for the one whom `names` (names, spellings, ids) stand for.

    Without names: who of the case is said to be taken or missing. Raises `NotFound` where there is
    no such form, and where nobody or more than one answers to a name.
    """
    wanted = form(name)
    desk = Desk(Index(records, judged))
    if not names:
        return _who(desk, wanted)
    spoken = Spoken(desk, find(desk, names))
    found = readiness(wanted, spoken, prepared)
    subject = spoken.subject
    title = say("Submission: {name} – {form}", name=subject.name, form=wanted.short)
    return desk.page(
        "submission", title, _readiness(desk, wanted, spoken, found), _document(desk, wanted, found)
    )


def _who(desk: Desk, wanted: Form) -> Page:
    lines = []
    for one in candidates(desk):
        count, place = len(one.ids), "{ids}"
        words = worded(
            say_many("in {count} document: {ids}", "in {count} documents: {ids}", count, ids=place),
            ids=titled(desk.people.asked_as(one.ids)),
        )
        held = _told_first(desk, one.spoken)
        lines.append(Line("remark", words, label=one.subject.name, children=held))
    section = Section(
        "candidates",
        say("Said to be taken or missing"),
        tuple(lines),
        say(
            "Name one of them. The same name in several documents may be several people: "
            "name those that are one as they stand here, with = between them."
        ),
        say(
            "Nobody for whom a submission could be made was read as taken or missing. "
            "What is said of unnamed people stands in the chronology."
        ),
    )
    title = say("Submission: for whom? – {form}", form=wanted.short)
    return desk.page("submission", title, [section], [])


def _told_first(desk: Desk, spoken: Spoken) -> tuple[Line, ...]:
    """The words that say that somebody was taken, the first of them."""
    from onrecord.products.submission.of_event import circumstances
    from onrecord.products.submission.telling import held_lines

    known = form("wgeid-standard").fields["circumstances"]
    return held_lines(desk, Assessed(known, circumstances(spoken)), limit=1)


def _readiness(
    desk: Desk, wanted: Form, spoken: Spoken, found: Mapping[str, Assessed]
) -> list[Section]:
    required = [a for a in found.values() if a.field.need == "required" and a.field.id != TIME]
    advised = [a for a in found.values() if a.field.need == "advised"]
    sections = [
        Section("standing", say("Where it stands"), _standing(desk, spoken, found), wanted.title),
        *_limits(desk, found),
        Section("required", say("What the body requires"), _fields(desk, required)),
        Section("advised", say("What it advises"), _fields(desk, advised)),
        Section("consent", say("Whose consent"), _consent(wanted, found)),
        Section(
            "questions",
            say("Questions that would bring what is missing"),
            tuple(_question(a) for a in found.values() if a.found.state in ("missing", "person")),
            empty=say("Nothing is missing."),
        ),
        Section("accepts", say("What the body accepts"), _listed(wanted.accepts, wanted)),
        Section("refuses", say("What it does not accept"), _listed(wanted.refuses, wanted)),
    ]
    loose = undecided_section(desk, spoken.subject)
    return [*sections, _undecided(desk, loose, spoken.subject)] if loose else sections


def _undecided(desk: Desk, section: Section, subject: Subject) -> Section:
    ids = desk.people.asked_as(subject.undecided)
    return Section(
        section.key,
        section.title,
        section.lines,
        say(
            "These words may mean the person or another; nothing said of them is counted. Whoever "
            "knows that they mean the person names them too: {ids}",
            ids=ids,
        ),
    )


def _standing(desk: Desk, spoken: Spoken, found: Mapping[str, Assessed]) -> tuple[Line, ...]:
    states = load("submissions")["states"]
    forms = {"required": say("Required: {counts}."), "advised": say("Advised: {counts}.")}
    lines = []
    for need, form_of in forms.items():
        counted = Counter(a.found.state for a in found.values() if a.field.need == need)
        told = listed([_counted(counted[s], s) for s in states if counted[s]])
        lines.append(Line("remark", worded(form_of, counts=told)))
    lacking = [a.field.label for a in found.values() if _stops(a)]
    if lacking:
        text = say("Not ready: {fields}.", fields=semicolon().join(lacking))
        lines.append(Line("gap", (Run(text, "gap"),)))
    lines += _namesakes(desk, spoken)
    return tuple(lines)


def _counted(count: int, state: str) -> str:
    return say("{count} {state}", count=count, state=state_name(state))


def _stops(assessed: Assessed) -> bool:
    return assessed.field.need == "required" and assessed.found.state in OPEN


def _namesakes(desk: Desk, spoken: Spoken) -> list[Line]:
    """Others of the same or a like name: an accusation or a plea for the wrong one does harm."""
    subject = spoken.subject
    names = {fold(name) for name in subject.names}
    other = replace(subject, near=tuple(n for n in subject.near if fold(n) not in names))
    beside = [several_line(desk, standing(desk.index, subject)), near_line(other)]
    same = [g for g in desk.people.groups if not g & subject.entities and _called(desk, g) & names]
    if same:
        words = say(
            "The same name stands for others, or for others too, not counted here: {ids}.",
            ids="; ".join(desk.people.asked_as(g) for g in same),
        )
        beside.append(Line("gap", (Run(words, "gap"),)))
    return [line for line in beside if line]


def _called(desk: Desk, group: frozenset[str]) -> set[str]:
    return {name for e in group if " " in (name := fold(desk.index.entity(e).name))}


def _limits(desk: Desk, found: Mapping[str, Assessed]) -> list[Section]:
    if TIME not in found:
        return []
    return [Section("time", say("Limit of time"), (field_line(desk, found[TIME], limit=BRIEF),))]


def _fields(desk: Desk, assessed: Iterable[Assessed]) -> tuple[Line, ...]:
    return tuple(field_line(desk, one, limit=BRIEF) for one in assessed)


def _consent(wanted: Form, found: Mapping[str, Assessed]) -> tuple[Line, ...]:
    lines = [Line("remark", (Run(wanted.consent),))]
    for key in ("consent", "standing"):
        if key in found and found[key].found.state == "closed":
            text = say(
                "Not agreed to: {told}. Nothing may be submitted against it.",
                told=found[key].found.value,
            )
            lines.append(Line("gap", (Run(text, "gap"),)))
        elif key in found and found[key].found.state == "given":
            text = say("As said by who prepares this: {told}", told=found[key].found.value)
            lines.append(Line("remark", (Run(text),)))
        elif key in found:
            text = say("Not on record: a person must say it.")
            lines.append(Line("gap", (Run(text, "gap"),)))
    return tuple(lines)


def _question(assessed: Assessed) -> Line:
    return Line("gap", (Run(assessed.field.question),), label=assessed.field.label)


def _listed(rules: Iterable[str], wanted: Form) -> tuple[Line, ...]:
    told = say("As these rules stood in {date}; ask the body.", date=in_words(wanted.as_of))
    asof = Line("remark", (Run(told),))
    return (*(Line("remark", (Run(rule),)) for rule in rules), asof)


def _document(desk: Desk, wanted: Form, found: Mapping[str, Assessed]) -> list[Section]:
    parts = tuple(
        Section(
            f"part-{number}",
            f"{number}. {part.title}",
            tuple(document_line(desk, found[key]) for key in part.fields),
        )
        for number, part in enumerate(wanted.order, 1)
    )
    return [Section("document", wanted.title, sections=parts)]
