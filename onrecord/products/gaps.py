"""What is not supported: years, places, names, second sources, answers that the record lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from onrecord.model import Act
from onrecord.products.edtf import year_known
from onrecord.products.index import Index, Said, date_of, file_name
from onrecord.products.meeting import Meeting, agree
from onrecord.products.page import Line, Run
from onrecord.products.parts import Desk, in_a_row
from onrecord.products.people import are_near
from onrecord.products.quoting import plain
from onrecord.products.standing import Standing, answers, origins
from onrecord.products.writer import act_label


@dataclass(frozen=True, slots=True)
class Gap:
    """What the record lacks. `{}` in `text` stands for the names of those it is lacking for."""

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
    text = same[0].text.replace("{}", in_a_row(names)) if names else same[0].text
    return Line("gap", (Run(text),), notes=notes)


def _meetings(desk: Desk, meetings: list[Meeting]) -> Iterator[Gap]:
    """What no report of an engagement states; where reports agree, one makes up for another."""
    for sheet, meeting in meetings:
        one = (sheet, meeting)
        others = [meeting, *(m[1] for m in meetings if agree(desk.people, one, m))]
        notes = (desk.writer.cite_engagement(sheet, meeting),)
        kind = meeting.type.replace("_", " ")
        if not any(other.start for other in others):
            yield Gap(0, f"When the {kind} is to be, or was, is not stated.", "", notes)
        elif not any(year_known(other.start) for other in others):
            yield Gap(0, f"The year of the {kind} is not stated.", "", notes)
        if not any(other.place for other in others):
            yield Gap(0, f"Where the {kind} is to be, or was, is not stated.", "", notes)
        if all(other.status == "proposed" for other in others):
            yield Gap(0, f"The {kind} is reported as proposed; nothing confirms it.", "", notes)


def _sources(desk: Desk, found: Standing) -> Iterator[Gap]:
    against, name = found.against, found.subject.name
    if not against:
        yield Gap(1, "No allegation that names {} is on record in this case.", name)
        return
    spoken = origins(desk.people, against)
    if len(spoken) == 1:
        text = (
            "Single origin: every allegation that names {} stands on the word of one source, "
            f"{spoken[0]}. Repeated by others, it is still one."
        )
        yield Gap(1, text, name, _notes(desk, against))
    elif all(are_near(spoken[0], other) for other in spoken[1:]):
        text = (
            "Possibly a single origin: every allegation that names {} stands on the word of "
            f"{in_a_row(spoken)}, who may be one and the same."
        )
        yield Gap(1, text, name, _notes(desk, against))
    if not any(answers(desk.people, said, found.subject) for said in against):
        denied = _notes(desk, found.by.get("denial", []))
        none = "No answer by or for {} is on record in this case."
        loose = "What {} denied is not tied to any one allegation."
        yield Gap(2, loose if denied else none, name, denied)
    hedged = [s for s in against if s.claim and (s.claim.hedges or s.claim.modality != "asserted")]
    if hedged:
        text = "Hedged by its source, or not asserted: part of what is alleged of or with {}."
        yield Gap(3, text, name, _notes(desk, hedged))


def _acts(desk: Desk, found: Standing) -> Iterator[Gap]:
    pairs = [(said, act) for said in found.against for act in said.acts]
    lacking: tuple[tuple[str, Callable[[Act], bool]], ...] = (
        ("Alleged with no date", lambda act: act.date is None),
        (
            "Alleged with a date without a year",
            lambda act: bool(act.date) and not year_known(act.date),
        ),
        ("Alleged with no place", lambda act: act.place is None),
        ("Alleged with no victim who is named", lambda act: not _named_victim(desk.index, act)),
    )
    for words, lacks in lacking:
        concerned = [(said, act) for said, act in pairs if lacks(act)]
        if concerned:
            types = dict.fromkeys(act_label(act.type) for _, act in concerned)
            text = f"{words}: {', '.join(types)} (of or with {{}})."
            notes = _notes(desk, [said for said, _ in concerned])
            yield Gap(4, text, found.subject.name, notes)


def _named_victim(index: Index, act: Act) -> bool:
    known = [v.entity for v in act.victims if v.entity in index.sheet_of]
    return any(index.entity(e).type == "Person" and not index.entity(e).candidates for e in known)


def _undecided(desk: Desk, found: Standing) -> Iterator[Gap]:
    subject = found.subject
    if len(subject.entities) > 1:
        text = "Read as one because the name is one, by no person's decision: {}."
        yield Gap(5, text, subject.name)
    for entity in subject.undecided:
        sheet = desk.index.sheet_of[entity]
        known = sheet.entities[entity]
        note = desk.writer.notes.cite(sheet.record, known.words)
        text = f"Undecided: “{plain(known.name)}” may be {{}} or another."
        yield Gap(5, text, subject.name, (note,))
    if subject.near:
        listed = "; ".join(plain(name) for name in subject.near)
        yield Gap(5, f"Possibly the same as {{}}, not taken together: {listed}.", subject.name)


def _documents(desk: Desk, standings: list[Standing]) -> Iterator[Gap]:
    ids = frozenset().union(*(found.subject.entities for found in standings))
    used = [s for s in desk.index.sheets if not ids.isdisjoint(s.entities)]
    without = [s for s in used if not s.record.document.publisher]
    if without:
        paths = ", ".join(plain(file_name(s.record)) for s in without[:4])
        more = f" and {len(without) - 4} more" if len(without) > 4 else ""
        yield Gap(6, f"Publisher not stated: {paths}{more}.")
    dateless = [s for s in used if not year_known(date_of(s.record))]
    if dateless:
        paths = ", ".join(plain(file_name(s.record)) for s in dateless[:4])
        yield Gap(6, f"Reported without a date that has a year: {paths}.")
    unread = sum(1 for s in desk.index.sheets if s.record.document.note)
    if unread:
        yield Gap(6, f"Not read, because of their language: {unread} of {len(desk.index.sheets)}.")


def _notes(desk: Desk, found: list[Said]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(desk.writer.cite(said) for said in found))
