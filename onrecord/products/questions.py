"""Questions that follow from an allegation, a demand or a gap: neutral, each with its note."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Act, Demand
from onrecord.products.asking import (
    Asked,
    ask,
    ask_relation,
    in_order,
    key_of,
    question,
    rank_of,
)
from onrecord.products.differing import numbers
from onrecord.products.edtf import year_known
from onrecord.products.index import Said, Sheet
from onrecord.products.institutions import institutions_asked
from onrecord.products.meeting import Meeting
from onrecord.products.page import Line
from onrecord.products.parts import Desk, posts
from onrecord.products.people import fold
from onrecord.products.quoting import plain
from onrecord.products.standing import Standing, linked, origins
from onrecord.products.wording import in_a_row, listed, say
from onrecord.vocabulary import load


def questions(desk: Desk, standings: list[Standing], meetings: list[Meeting]) -> tuple[Line, ...]:
    """The questions for those whom the brief is about, the gravest first, none twice."""
    asked: list[Asked] = []
    for make in (_of_acts, _of_victims, _of_the_said, _of_relations, _of_demands, _of_denials):
        for found in standings:
            asked += make(desk, found)
    asked += numbers(desk, standings)
    asked += _of_linked(desk, standings)
    for found in standings:
        asked += _of_posts(desk, found)
    asked += _of_other_demands(desk, standings, meetings)
    asked += _of_meetings(desk, standings, meetings)
    return in_order(asked)


def questions_to_sources(desk: Desk, standings: list[Standing]) -> tuple[Line, ...]:
    """The questions for those who allege: what it rests on, and what it leaves open."""
    return in_order(
        asked
        for found in standings
        for said in found.against
        for asked in _of_gaps(desk, said, origins(desk.people, [said])[0])
    )


def gravity(said: Said) -> int:
    """The place of something said among others: by its gravest act; without one, last."""
    return min((rank_of(act.type) for act in said.acts), default=rank_of("answer"))


def _of_acts(desk: Desk, found: Standing) -> Iterator[Asked]:
    """What is asked about a kind of act, whoever is said to have done it."""
    for said in found.against:
        yield from _about_acts(desk, said, found.subject.name)


def _about_acts(desk: Desk, said: Said, label: str) -> Iterator[Asked]:
    known = load("products")["questions"]["acts"]
    for act in said.acts:
        if act.type in known:
            text = question(act.type)
            inner = replace(said, claim=desk.index.sheet(said).innermost(act, said.claim))
            note = desk.writer.notes.cite(said.record, said.content or (act.span,))
            line = ask(desk, inner, act.span, text, label, note=note)
            yield Asked(rank_of(act.type), text, line)


def _of_victims(desk: Desk, found: Standing) -> Iterator[Asked]:
    """Who the people are whom an allegation counts or describes and does not name."""
    text = question("victims")
    for said in found.against:
        for act in said.acts:
            for victim in act.victims:
                if victim.count and not _is_named(desk, victim.entity):
                    line = ask(desk, said, act.span, text, found.subject.name)
                    yield Asked(rank_of("victims"), key_of(line), line)


def _is_named(desk: Desk, entity: str) -> bool:
    known = desk.index.entity(entity) if entity in desk.index.sheet_of else None
    return known is not None and known.type == "Person"


def _of_the_said(desk: Desk, found: Standing) -> Iterator[Asked]:
    """An answer to each allegation; last, where more telling things are asked about it already."""
    words = load("products")
    known = words["questions"]["acts"]
    linking = {c for _, r in found.relations if r.type in words["linking"] for c in r.claims}
    for said in found.against:
        asked = any(act.type in known for act in said.acts)
        again = asked or (said.claim is not None and said.claim.id in linking)
        line = ask(desk, said, None, question("answer"), found.subject.name)
        yield Asked(rank_of("again" if again else "answer"), key_of(line), line)


def _of_denials(desk: Desk, found: Standing) -> Iterator[Asked]:
    text = question("denial")
    for said in found.by.get("denial", []):
        line = ask(desk, said, None, text, found.subject.name)
        yield Asked(rank_of("denial"), key_of(line), line)


def _of_linked(desk: Desk, standings: list[Standing]) -> Iterator[Asked]:
    """What is known of that which is alleged of those a source links them to."""
    text = question("linked")
    names = listed([found.subject.name for found in standings])
    own = {said.key for found in standings for said in found.against}
    for other in linked(desk.people, standings):
        for said in other.laid:
            if said.key not in own:
                line = ask(desk, said, None, text.replace("{name}", other.subject.name), names)
                yield Asked(rank_of("linked"), key_of(line), line)


def _of_relations(desk: Desk, found: Standing) -> Iterator[Asked]:
    words = load("products")
    for sheet, relation in found.relations:
        if relation.type in words["linking"]:
            text = question("link")
            line = ask_relation(desk, sheet, relation, text, found.subject.name)
            yield Asked(rank_of("link"), key_of(line), line)


def _of_posts(desk: Desk, found: Standing) -> Iterator[Asked]:
    text = question("post")
    for sheet, relation in posts(found):
        if relation.ended:
            line = ask_relation(desk, sheet, relation, text, found.subject.name)
            yield Asked(rank_of("post"), key_of(line), line)


def _of_demands(desk: Desk, found: Standing) -> Iterator[Asked]:
    text = question("demand")
    for sheet, demand in found.demands_of:
        yield _demanded(desk, sheet, demand, "demand", text, found.subject.name)


def _of_other_demands(
    desk: Desk, standings: list[Standing], meetings: list[Meeting]
) -> Iterator[Asked]:
    """Demands of their institutions, demands that name them, and those made about the visit."""
    done = {d.id for found in standings for _, d in (*found.demands_of, *found.demands_by)}
    names = listed([found.subject.name for found in standings])
    for found in standings:
        for sheet, demand in institutions_asked(desk.index, found):
            if demand.id not in done:
                done.add(demand.id)
                text, name = question("demand"), found.subject.name
                yield _demanded(desk, sheet, demand, "demand", text, name)
    about = frozenset(s.record.document.id for s, _ in meetings)
    for found in standings:
        for sheet, demand in _naming(desk, found, about):
            if demand.id not in done:
                done.add(demand.id)
                kind = "about" if _concerns(found, sheet, demand) else "beside"
                yield _demanded(desk, sheet, demand, kind, question(kind), names)
                claim = sheet.claims.get(demand.claim)
                if claim:
                    yield from _about_acts(desk, sheet.said(claim), names)


def _naming(desk: Desk, found: Standing, about: frozenset[str]) -> Iterator[tuple[Sheet, Demand]]:
    """The demands whose words name a subject, or that stand in a report of the visit."""
    ids = found.subject.entities
    for sheet in desk.index.sheets:
        naming = {c.id for e in ids & sheet.entities.keys() for c in sheet.naming.get(e, ())}
        for demand in sheet.record.demands:
            if demand.claim in naming or sheet.record.document.id in about:
                yield sheet, demand


def _concerns(found: Standing, sheet: Sheet, demand: Demand) -> bool:
    """Whether a demand names them, an act or the visit, not something else in a report of it."""
    claim = sheet.claims.get(demand.claim)
    if claim is None:
        return False
    ids = found.subject.entities & sheet.entities.keys()
    named = any(claim in sheet.naming.get(entity, ()) for entity in ids)
    words = set(fold(" ".join(map(sheet.text, claim.content))).split())
    visit = not words.isdisjoint(load("products")["visiting"])
    return named or visit or bool(sheet.acts_of.get(claim.id))


def _demanded(desk: Desk, sheet: Sheet, demand: Demand, kind: str, text: str, label: str) -> Asked:
    said = Said(sheet.record, sheet.claims.get(demand.claim))
    line = ask(desk, said, demand.action, f"{_put_to(sheet, demand)}{text}", label)
    return Asked(rank_of(kind), key_of(line), line)


def _put_to(sheet: Sheet, demand: Demand) -> str:
    known = [sheet.entities[e] for e in demand.addressees if e in sheet.entities]
    named = [plain(entity.name) for entity in known if not entity.candidates]
    return say("put to {names}; ", names=in_a_row(named)) if named else ""


def _of_meetings(desk: Desk, standings: list[Standing], meetings: list[Meeting]) -> Iterator[Asked]:
    names = listed([found.subject.name for found in standings])
    for sheet, meeting in meetings:
        said = Said(sheet.record, sheet.covering(meeting.span))
        text = question("engagement" if year_known(meeting.start) else "undated_engagement")
        note = desk.writer.cite_engagement(sheet, meeting)
        line = ask(desk, said, meeting.span, text, names, note=note)
        yield Asked(rank_of("engagement"), text, line)


def _of_gaps(desk: Desk, said: Said, name: str) -> Iterator[Asked]:
    for act in said.acts:
        for text in _open(act):
            yield Asked(0, f"{name} {text}", ask(desk, said, act.span, text, name))
    basis = question("basis")
    yield Asked(0, f"{name} {basis}", ask(desk, said, None, basis, name))


def _open(act: Act) -> Iterator[str]:
    if act.date is None:
        yield question("date")
    if act.place is None:
        yield question("place")
    if not act.victims:
        yield question("victim")
