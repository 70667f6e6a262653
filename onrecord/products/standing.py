"""Where somebody stands in a case: what is said of them, what they say, and what answers what.

All sides alike: the same tables are made for whoever is asked about. Nobody is held to have done
anything; a line is "laid to" somebody by the one who says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.model import Act, Claim, Demand, Engagement, Relation
from onrecord.products.attribution import chain, who
from onrecord.products.cue import turning
from onrecord.products.index import Index, Said, Sheet, claim_of_relation, voices
from onrecord.products.overlap import name_words, shared_words, words_of
from onrecord.products.people import People, Subject, display_name
from onrecord.products.wording import listed, say, say_as, set_off
from onrecord.products.writer import term
from onrecord.vocabulary import load


@dataclass(slots=True)
class Standing:
    """What the record holds about one subject.

    `laid`: acts that somebody lays to them. `named`: allegations that name them and lay the act to
    nobody. `beside`: allegations that name them and lay the act to others. `suffered`: acts said
    to have been done to them. `denied`: denials by others that speak of them. `mentioned`: whatever
    else others say that names them, so that nothing said of them is missing.
    """

    subject: Subject
    laid: list[Said] = field(default_factory=list)
    named: list[Said] = field(default_factory=list)
    beside: list[Said] = field(default_factory=list)
    suffered: list[Said] = field(default_factory=list)
    denied: list[Said] = field(default_factory=list)
    mentioned: list[Said] = field(default_factory=list)
    by: dict[str, list[Said]] = field(default_factory=dict)
    relations: list[tuple[Sheet, Relation]] = field(default_factory=list)
    demands_of: list[tuple[Sheet, Demand]] = field(default_factory=list)
    demands_by: list[tuple[Sheet, Demand]] = field(default_factory=list)
    engagements: list[tuple[Sheet, Engagement]] = field(default_factory=list)

    @property
    def against(self) -> list[Said]:
        """What is alleged of them: laid to them, then naming them with the act laid to nobody."""
        return [*self.laid, *self.named]


def standing(index: Index, subject: Subject) -> Standing:
    """Everything that the record holds about a subject, in the order of the documents."""
    found = Standing(subject)
    for sheet in index.sheets:
        if not subject.entities.isdisjoint(sheet.entities):
            _read(found, sheet)
    return found


def _read(found: Standing, sheet: Sheet) -> None:
    ids = found.subject.entities
    record = sheet.record
    linked = {c.id for r in _linking(sheet, ids) if (c := claim_of_relation(sheet, r))}
    naming = {c.id for e in ids & sheet.entities.keys() for c in sheet.naming.get(e, ())}
    for said in [*(sheet.said(c) for c in record.claims), *sheet.own_words()]:
        _sort(found, said, named=said.claim is not None and said.claim.id in naming | linked)
    found.relations += [(sheet, r) for r in record.relations if {r.subject, r.object} & ids]
    for demand in record.demands:
        claim = sheet.claims.get(demand.claim)
        if not ids.isdisjoint(demand.addressees):
            found.demands_of.append((sheet, demand))
            found.mentioned = [s for s in found.mentioned if s.claim is None or s.claim != claim]
        if claim and not ids.isdisjoint(voices(claim)):
            found.demands_by.append((sheet, demand))
    found.engagements += [
        (sheet, e) for e in record.engagements if not ids.isdisjoint(e.participants)
    ]


def _sort(found: Standing, said: Said, *, named: bool) -> None:
    """Puts something said where it belongs; the speaker's own words are not about the speaker."""
    ids, claim = found.subject.entities, said.claim
    if claim is not None and not ids.isdisjoint(voices(claim)):
        found.by.setdefault(claim.kind, []).append(said)
        return
    if claim is not None and claim.kind == "denial":
        if named or any(_takes_part(act, ids) for act in said.acts):
            found.denied.append(said)
        return
    place = _place(found, said, named)
    if place is not None:
        place.append(said)


def _place(found: Standing, said: Said, named: bool) -> list[Said] | None:
    """Where something said by others belongs, but a denial."""
    ids, claim = found.subject.entities, said.claim
    concerned = named or any(_takes_part(act, ids) for act in said.acts)
    if turning(said.record, claim):
        return found.mentioned if concerned else None
    if any(lays(act, ids) for act in said.acts):
        return found.laid
    if any(_told(act) and v.entity in ids for act in said.acts for v in act.victims):
        return found.suffered
    if named and claim is not None and claim.kind in load("products")["accusing"]:
        others = any(act.perpetrators for act in said.acts)
        return found.beside if others else found.named
    return found.mentioned if concerned else None


def lays(act: Act, entities: frozenset[str]) -> bool:
    """Whether an act is laid to one of these."""
    return _told(act) and any(p.entity in entities for p in act.perpetrators)


def _told(act: Act) -> bool:
    """Whether an act is said to have happened, or to be coming: not denied, not only imagined."""
    return act.polarity == "affirmed" and act.modality != "hypothetical"


def _takes_part(act: Act, entities: frozenset[str]) -> bool:
    named = {*(p.entity for p in act.perpetrators), *(v.entity for v in act.victims)}
    return not entities.isdisjoint(named)


def _linking(sheet: Sheet, ids: frozenset[str]) -> list[Relation]:
    kinds = load("products")["linking"]
    return [r for r in sheet.record.relations if r.type in kinds and {r.subject, r.object} & ids]


@dataclass(frozen=True, slots=True)
class Answer:
    """A denial or admission, and why it is shown beside what it may answer."""

    said: Said
    why: str


def answers(people: People, said: Said, subject: Subject) -> list[Answer]:
    """The denials and admissions that may answer something said of a subject, and why."""
    tied = ((other, _tie(people, said, other, subject)) for other in people.index.answering)
    return [Answer(other, why) for other, why in tied if why]


def _tie(people: People, said: Said, answer: Said, subject: Subject) -> str:
    claim = answer.claim
    if claim is None or answer.key == said.key:
        return ""
    if said.claim and said.claim.id in (claim.parent, _parent_of(said.claim, claim)):
        return say("one stands inside the other")
    shared = sorted({a.type for a in said.acts} & {a.type for a in answer.acts})
    joint = say_as("between things that are both meant", " and ")
    what = joint.join(term(kind) for kind in shared)
    same_report = said.record.document.id == answer.record.document.id
    if not subject.entities.isdisjoint(voices(claim)):
        names = name_words(people, subject.entities)
        words = shared_words(words_of(said), words_of(answer), names)
        what = what or listed(map(set_off, words[:4]))
        if what:
            return say("by the one it names; both speak of {words}", words=what)
        return say("by the one it names, in the same report") if same_report else ""
    if shared and same_report:
        return say("both speak of {words}, in the same report", words=what)
    if shared and _names(people.index, answer, subject):
        return say("both speak of {words}", words=what)
    return ""


def _parent_of(said: Claim, answer: Claim) -> str | None:
    """The id to compare with, where what is said stands inside the answer ("denied that ...")."""
    return said.id if said.parent == answer.id else None


def _names(index: Index, said: Said, subject: Subject) -> bool:
    sheet = index.sheet(said)
    claim = said.claim
    return claim is not None and any(
        claim in sheet.naming.get(entity, ()) for entity in subject.entities
    )


def linked(people: People, found: list[Standing]) -> list[Standing]:
    """Where those stand whom a source links to the subjects; kinship is no such link."""
    own = frozenset().union(*(one.subject.entities for one in found))
    kinds = load("products")["linking"]
    ends = [
        entity
        for one in found
        for _, relation in one.relations
        if relation.type in kinds
        for entity in (relation.subject, relation.object)
        if entity in people.index.sheet_of and entity not in own
    ]
    others = {people.group(e): e for e in ends if not people.index.entity(e).candidates}
    return [standing(people.index, people.of_entity(e)) for e in others.values()]


def origins(people: People, against: list[Said]) -> list[str]:
    """On whose word these things stand: each speaker once, however often repeated.

    Those whom a speaker cites add nothing of their own: they are known through the speaker only.
    """
    return list(dict.fromkeys(_origin(people, said) for said in against))


def _origin(people: People, said: Said) -> str:
    steps = chain(people.index, said.record, said.claim)
    links = said.claim.attribution if said.claim else ()
    speaker = next((link.entity for link in links if link.level == "speaker" and link.entity), None)
    if speaker in people.index.sheet_of and not people.index.entity(speaker).candidates:
        return display_name(people.index, people.group(speaker))
    return who(next((s for s in steps if s.level == "speaker"), steps[0]))
