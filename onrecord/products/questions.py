"""Questions that follow from an allegation, a demand or a gap: neutral, each with its note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Act, Relation, Span
from onrecord.products.attribution import chain, who
from onrecord.products.index import Said, Sheet, claim_of_relation
from onrecord.products.meeting import Meeting
from onrecord.products.page import Line, Run, Step
from onrecord.products.parts import Desk, posts
from onrecord.products.quoting import quoted
from onrecord.products.standing import Standing, linked, origins
from onrecord.vocabulary import load


def questions(desk: Desk, standings: list[Standing], meetings: list[Meeting]) -> tuple[Line, ...]:
    """The questions for those whom the brief is about, the most telling first, none twice."""
    asked: list[tuple[str, Line]] = []
    for make in (_of_acts, _of_relations, _of_demands, _of_the_rest):
        for found in standings:
            asked += make(desk, found)
    asked += _of_linked(desk, standings)
    for found in standings:
        asked += _of_posts(desk, found)
    asked += _of_meetings(desk, standings, meetings)
    enough = load("products")["questions"]["enough"]
    if len(_together(asked)) < enough:
        asked += [pair for found in standings for pair in _of_all(desk, found)]
    return _together(asked)


def questions_to_sources(desk: Desk, standings: list[Standing]) -> tuple[Line, ...]:
    """The questions for those who allege: what it rests on, and what it leaves open."""
    asked: list[tuple[str, Line]] = []
    for found in standings:
        for said in found.against:
            asked += _of_gaps(desk, said, origins(desk.people, [said])[0])
    return _together(asked)


def _of_acts(desk: Desk, found: Standing) -> Iterator[tuple[str, Line]]:
    """What is asked about a kind of act, whoever is said to have done it."""
    known = load("products")["questions"]["acts"]
    for said in found.against:
        for act in said.acts:
            if act.type in known:
                text = known[act.type]
                yield text, _ask(desk, said, act.span, text, found.subject.name)


def _of_the_rest(desk: Desk, found: Standing) -> Iterator[tuple[str, Line]]:
    """An answer, wherever nothing more telling can be asked."""
    words = load("products")
    known = words["questions"]["acts"]
    linking = {c for _, r in found.relations if r.type in words["linking"] for c in r.claims}
    for said in found.against:
        asked = any(act.type in known for act in said.acts)
        if not asked and not (said.claim and said.claim.id in linking):
            yield _answer(desk, said, found)


def _of_all(desk: Desk, found: Standing) -> Iterator[tuple[str, Line]]:
    """An answer to each allegation, where the record gives little else to ask about."""
    for said in found.against:
        yield _answer(desk, said, found)


def _answer(desk: Desk, said: Said, found: Standing) -> tuple[str, Line]:
    text = load("products")["questions"]["answer"]
    line = _ask(desk, said, None, text, found.subject.name)
    return _key(line), line


def _of_linked(desk: Desk, standings: list[Standing]) -> Iterator[tuple[str, Line]]:
    """What is known of that which is alleged of those a source links them to."""
    text = load("products")["questions"]["linked"]
    names = ", ".join(found.subject.name for found in standings)
    own = {said.key for found in standings for said in found.against}
    for other in linked(desk.people, standings):
        for said in other.laid:
            if said.key not in own:
                line = _ask(desk, said, None, text.format(name=other.subject.name), names)
                yield _key(line), line


def _of_relations(desk: Desk, found: Standing) -> Iterator[tuple[str, Line]]:
    words = load("products")
    for sheet, relation in found.relations:
        if relation.type in words["linking"]:
            line = _ask_relation(desk, sheet, relation, words["questions"]["link"], found)
            yield _key(line), line


def _of_posts(desk: Desk, found: Standing) -> Iterator[tuple[str, Line]]:
    text = load("products")["questions"]["post"]
    for sheet, relation in posts(found):
        if relation.ended:
            line = _ask_relation(desk, sheet, relation, text, found)
            yield _key(line), line


def _of_demands(desk: Desk, found: Standing) -> Iterator[tuple[str, Line]]:
    text = load("products")["questions"]["demand"]
    for sheet, demand in found.demands_of:
        claim = sheet.claims.get(demand.claim)
        said = Said(sheet.record, claim)
        line = _ask(desk, said, demand.action, text, found.subject.name)
        yield _key(line), line


def _of_meetings(
    desk: Desk, standings: list[Standing], meetings: list[Meeting]
) -> Iterator[tuple[str, Line]]:
    text = load("products")["questions"]["engagement"]
    names = ", ".join(found.subject.name for found in standings)
    for sheet, meeting in meetings:
        said = Said(sheet.record, sheet.covering(meeting.span))
        note = desk.writer.cite_engagement(sheet, meeting)
        yield text, _ask(desk, said, meeting.span, text, names, note)


def _of_gaps(desk: Desk, said: Said, name: str) -> Iterator[tuple[str, Line]]:
    words = load("products")["questions"]
    for act in said.acts:
        for text in _open(act, words):
            yield f"{name} {text}", _ask(desk, said, act.span, text, name)
    yield f"{name} {words['basis']}", _ask(desk, said, None, words["basis"], name)


def _open(act: Act, words: dict[str, str]) -> Iterator[str]:
    if act.date is None:
        yield words["date"]
    if act.place is None:
        yield words["place"]
    if not act.victims:
        yield words["victim"]


def _ask_relation(desk: Desk, sheet: Sheet, relation: Relation, text: str, found: Standing) -> Line:
    said = Said(sheet.record, claim_of_relation(sheet, relation))
    note = desk.writer.cite_relation(sheet, relation)
    return _ask(desk, said, relation.span, text, found.subject.name, note)


def _ask(desk: Desk, said: Said, span: Span | None, text: str, label: str, note: int = 0) -> Line:
    """The words asked about, on whose word, and then the question."""
    limit = int(load("products")["trim"]["summary"])
    steps = chain(desk.index, said.record, said.claim)
    spans = (span,) if span else said.content
    runs = (
        *quoted(said.record, spans, limit),
        Run(f" – {_as_said(said, steps)}: {text}"),
    )
    cited = note or desk.writer.notes.cite(said.record, said.content or spans)
    return Line("question", runs, steps, (cited,), label=label)


def _key(line: Line) -> str:
    """Questions that ask the same about the same characters are one."""
    return f"{line.runs[-1].text} {line.notes}"


def _as_said(said: Said, steps: tuple[Step, ...]) -> str:
    verb = load("products")["verbs"][said.claim.kind] if said.claim else "reported"
    own = said.claim is None
    return f"as {who(steps[-1])} {verb}" + ("" if own else f" ({who(steps[0])})")


def _together(asked: list[tuple[str, Line]]) -> tuple[Line, ...]:
    """Each question once, for all those it is for, with all its notes."""
    merged: dict[str, Line] = {}
    for key, line in asked:
        known = merged.setdefault(key, line)
        labels = dict.fromkeys([*(known.label or "").split(", "), *(line.label or "").split(", ")])
        notes = dict.fromkeys((*known.notes, *line.notes))
        merged[key] = replace(known, label=", ".join(labels), notes=tuple(notes))
    return tuple(merged.values())
