"""What is not supported: years, places, names, second sources, answers that the record lacks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from onrecord.model import Act
from onrecord.products.edtf import year_known
from onrecord.products.index import Index, Said, date_of
from onrecord.products.meeting import Meeting
from onrecord.products.page import Line, Run
from onrecord.products.parts import Desk
from onrecord.products.quoting import plain
from onrecord.products.standing import Standing, answers, origins


def gaps(desk: Desk, standings: list[Standing], meetings: list[Meeting]) -> tuple[Line, ...]:
    """One line for each thing that the record does not bear out, with its notes."""
    lines = [*_meetings(desk, meetings)]
    for found in standings:
        lines += [*_sources(desk, found), *_acts(desk, found), *_undecided(desk, found)]
    lines += _documents(desk, standings)
    return tuple(dict.fromkeys(lines))


def _meetings(desk: Desk, meetings: list[Meeting]) -> Iterator[Line]:
    for sheet, meeting in meetings:
        note = desk.writer.notes.cite(sheet.record, [meeting.span])
        kind = meeting.type.replace("_", " ")
        if not meeting.start:
            yield _gap(f"When the {kind} is to be, or was, is not stated.", note)
        elif not year_known(meeting.start):
            yield _gap(f"The year of the {kind} is not stated.", note)
        if not meeting.place:
            yield _gap(f"Where the {kind} is to be, or was, is not stated.", note)
        if meeting.status == "proposed":
            yield _gap(f"The {kind} is reported as proposed; nothing confirms it.", note)


def _sources(desk: Desk, found: Standing) -> Iterator[Line]:
    against, name = found.against, found.subject.name
    if not against:
        yield _gap(f"No allegation against {name} is on record in this case.")
        return
    notes = _notes(desk, against)
    spoken = origins(desk.people, against)
    if len(spoken) == 1:
        documents = len({s.record.document.id for s in against})
        where = f", in {documents} documents" if documents > 1 else ""
        yield _gap(
            f"Single origin: everything alleged against {name} stands on the word of one source, "
            f"{spoken[0]}{where}.",
            *notes,
        )
    if not any(answers(desk.index, said, found.subject) for said in against):
        yield _gap(f"No answer by or for {name} is on record in this case.")
    hedged = [s for s in against if s.claim and (s.claim.hedges or s.claim.modality != "asserted")]
    if hedged:
        yield _gap(
            f"Hedged or not asserted, in what is alleged against {name}:", *_notes(desk, hedged)
        )


def _acts(desk: Desk, found: Standing) -> Iterator[Line]:
    pairs = [(said, act) for said in found.against for act in said.acts]
    lacking: tuple[tuple[str, Callable[[Act], bool]], ...] = (
        ("no date", lambda act: act.date is None),
        ("a date without a year", lambda act: bool(act.date) and not year_known(act.date)),
        ("no place", lambda act: act.place is None),
        ("no victim who is named", lambda act: not _named_victim(desk.index, act)),
    )
    for words, lacks in lacking:
        concerned = [(said, act) for said, act in pairs if lacks(act)]
        if concerned:
            types = dict.fromkeys(act.type.replace("_", " ") for _, act in concerned)
            text = f"Alleged against {found.subject.name} with {words}: {', '.join(types)}."
            yield _gap(text, *_notes(desk, [said for said, _ in concerned]))


def _named_victim(index: Index, act: Act) -> bool:
    known = [v.entity for v in act.victims if v.entity in index.sheet_of]
    return any(index.entity(e).type == "Person" and not index.entity(e).candidates for e in known)


def _undecided(desk: Desk, found: Standing) -> Iterator[Line]:
    subject = found.subject
    for entity in subject.undecided:
        sheet = desk.index.sheet_of[entity]
        known = sheet.entities[entity]
        note = desk.writer.notes.cite(sheet.record, known.mentions)
        yield _gap(f"Undecided: “{plain(known.name)}” may be {subject.name} or another.", note)
    if subject.near:
        listed = "; ".join(plain(name) for name in subject.near)
        yield _gap(f"Possibly the same as {subject.name}, not taken together: {listed}.")


def _documents(desk: Desk, standings: list[Standing]) -> Iterator[Line]:
    ids = frozenset().union(*(found.subject.entities for found in standings))
    used = [s for s in desk.index.sheets if not ids.isdisjoint(s.entities)]
    without = [s for s in used if not s.record.document.publisher]
    if without:
        paths = ", ".join(plain(s.record.document.path) for s in without[:4])
        more = f" and {len(without) - 4} more" if len(without) > 4 else ""
        yield _gap(f"Publisher not stated: {paths}{more}.")
    dateless = [s for s in used if not year_known(date_of(s.record))]
    if dateless:
        paths = ", ".join(plain(s.record.document.path) for s in dateless[:4])
        yield _gap(f"Reported without a date that has a year: {paths}.")
    unread = sum(1 for s in desk.index.sheets if s.record.document.note)
    if unread:
        yield _gap(f"Not read, because of their language: {unread} of {len(desk.index.sheets)}.")


def _notes(desk: Desk, found: list[Said]) -> list[int]:
    return list(dict.fromkeys(desk.writer.cite(said) for said in found))


def _gap(text: str, *notes: int) -> Line:
    return Line("gap", (Run(text),), notes=notes)
