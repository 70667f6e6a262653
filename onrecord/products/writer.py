"""Writes what a record holds as lines: whose word, in which words, with which note.

Nothing is stated in our own voice but that somebody is reported to have said it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from onrecord.model import Act, Claim, Demand, Engagement, Record, Relation, Span
from onrecord.products.attribution import chain, undecided, who
from onrecord.products.cue import turning
from onrecord.products.denied_relations import is_denied
from onrecord.products.edtf import in_words, span_of, year_known
from onrecord.products.index import Index, Said, Sheet, claim_of_relation, file_name
from onrecord.products.notes import NoteBook
from onrecord.products.page import Line, Run, Step
from onrecord.products.quoting import join, plain, quoted, visible
from onrecord.products.wording import (
    ENGLISH,
    comma,
    current,
    say,
    say_as,
    say_many,
    semicolon,
    titled,
    unsaid,
    worded,
)
from onrecord.vocabulary import load

SAID = {
    "allegation": unsaid("{who} alleged{cue}: "),
    "denial": unsaid("{who} denied{cue}: "),
    "admission": unsaid("{who} acknowledged{cue}: "),
    "demand": unsaid("{who} asked{cue}: "),
    "finding": unsaid("{who} stated as a finding{cue}: "),
    "statement": unsaid("{who} stated{cue}: "),
}
PASSED_ON = {
    "allegation": unsaid("{who}, as passed on by {through}, alleged{cue}: "),
    "denial": unsaid("{who}, as passed on by {through}, denied{cue}: "),
    "admission": unsaid("{who}, as passed on by {through}, acknowledged{cue}: "),
    "demand": unsaid("{who}, as passed on by {through}, asked{cue}: "),
    "finding": unsaid("{who}, as passed on by {through}, stated as a finding{cue}: "),
    "statement": unsaid("{who}, as passed on by {through}, stated{cue}: "),
}
"""How each kind of claim is told, before its words."""
TURNED = (
    unsaid("{who}, as reported, {cue}: "),
    unsaid("{who}, as passed on by {through}, {cue}: "),
)
"""How a claim of any kind is told whose cue a word turns: "never said" is not "stated"."""

Spellings = Mapping[str, Sequence[Span]]
"""What is spelled alike, with every place where it stands."""


class Writer:
    """Lines about one case, with the notes they use."""

    def __init__(self, index: Index) -> None:
        self.index, self.notes = index, NoteBook()

    def said(self, said: Said, *, limit: int | None = None, coded: bool = True) -> Line:
        """Who said it, how, in exactly which words; under it what was coded from these words."""
        record, claim = said.record, said.claim
        steps = chain(self.index, record, claim)
        return Line(
            kind="claim",
            runs=(
                *self._opening(record, claim, steps),
                *quoted(record, said.content, limit),
                *self._cautions(record, claim),
            ),
            steps=steps,
            notes=(self.cite(said),),
            children=tuple(self.act(said, act) for act in said.acts) if coded else (),
        )

    def cite(self, said: Said) -> int:
        """The number of the note for the words of something said."""
        return self.notes.cite(said.record, said.content)

    def act(self, said: Said, act: Act, steps: tuple[Step, ...] = ()) -> Line:
        """What was coded from somebody's words: every part of it stays theirs.

        `steps` is its chain where the caller knows it; else that of the innermost claim around it.
        """
        record = said.record
        sheet = self.index.of_document[record.document.id]
        steps = steps or chain(self.index, record, sheet.innermost(act, said.claim))
        parts: list[tuple[Run, ...]] = [
            worded(
                say("{words} coded as {act}"),
                words=quoted(record, (act.span,)),
                act=Run(act_label(act.type), "name"),
            ),
            *self._laid_to(act),
            *self._done_to(sheet, act),
            self._where(act),
            worded(say("when: {date}"), date=_date(act.date)),
        ]
        if act.polarity == "negated":
            parts.insert(1, (Run(say("said not to be so"), "tag"),))
        if act.modality != "asserted":
            parts.insert(1, (Run(term(act.modality), "tag"),))
        if _denies(said.claim):
            parts.insert(1, (Run(say("in a denial"), "tag"),))
        spans = [act.span, *(s for found in act.cites.values() for s in found)]
        return Line("act", join(parts, semicolon()), steps, (self.notes.cite(record, spans),))

    def relation(self, sheet: Sheet, relation: Relation, of: frozenset[str] = frozenset()) -> Line:
        """A post, kinship or link in plain words; `of` are the entities that head the line."""
        record, claim = sheet.record, claim_of_relation(sheet, relation)
        linking = relation.type in load("products")["linking"]
        runs = (
            *self._related(record, relation, of),
            *self._rank(record, relation),
            *(self._doubts(record, claim) if linking else self._hedged(record, claim, relation)),
            *(
                _spaced([Run(say("stated inside a denial"), "tag")])
                if is_denied(record, claim, relation)
                else ()
            ),
        )
        note = self.cite_relation(sheet, relation)
        return Line("relation", runs, chain(self.index, record, claim), (note,))

    def _related(self, record: Record, relation: Relation, of: frozenset[str]) -> Iterable[Run]:
        """A relation as the vocabulary words it: "{label} of {object}"."""
        words = load("products")
        kind = "linked" if relation.type == "link" and _joins(relation.label) else relation.type
        forms = words["relations"][kind]
        reverse = bool(of) and relation.subject not in of
        form = str(forms["reverse" if reverse else "held" if relation.object else "bare"])
        if not of and "{subject}" not in form:
            form = f"{{subject}}: {form}"
        return worded(
            say_as("relation", form),
            label=_label(record, relation),
            subject=self.name(relation.subject),
            object=self.name(relation.object or ""),
        )

    def _rank(self, record: Record, relation: Relation) -> tuple[Run, ...]:
        """The rank, where the post does not say it already."""
        words = plain(record.text[slice(*relation.rank)]) if relation.rank else ""
        if not relation.rank or words.casefold() == relation.label.casefold():
            return ()
        return worded(say(" (rank: {words})"), words=quoted(record, (relation.rank,)))

    def demand(self, sheet: Sheet, demand: Demand) -> Line:
        """Who is asked by whom to do what, by when, on which ground."""
        record, claim = sheet.record, sheet.claims.get(demand.claim)
        steps = chain(self.index, record, claim)
        runs = (
            *worded(
                say("{who} asked {addressees}: {words}"),
                who=Run(who(steps[-1]), "name"),
                addressees=self.names(demand.addressees, say("nobody named")),
                words=quoted(record, (demand.action,)),
            ),
            *self._by_when(record, demand),
        )
        spans = [demand.action, demand.ground, *demand.cites.get("deadline", ())]
        return Line("demand", runs, steps, (self.notes.cite(record, spans),))

    def engagement(self, sheet: Sheet, engagement: Engagement, *, limit: int | None = None) -> Line:
        """A visit, meeting, hearing or trip as published: who, where, which day."""
        record = sheet.record
        when = span_of(engagement.start, engagement.end)
        nowhere = Run(say("place not stated"), "gap")
        runs = worded(
            say(
                "{type}, {status}: {people}; where: {place}; when: {date}; "
                "in the words of the source: {words}"
            ),
            type=term(engagement.type),
            status=term(engagement.status),
            people=self.names(engagement.participants, say("nobody named")),
            place=self.name(engagement.place) if engagement.place else nowhere,
            date=_date(when),
            words=quoted(record, (engagement.span,), limit),
        )
        steps = chain(self.index, record, sheet.covering(engagement.span))
        return Line(
            "engagement", runs, steps, (self.cite_engagement(sheet, engagement),), date=when
        )

    def cite_engagement(self, sheet: Sheet, engagement: Engagement) -> int:
        """The number of the note for the words that state an engagement, its place and its day."""
        spans = [engagement.span, *(s for found in engagement.cites.values() for s in found)]
        return self.notes.cite(sheet.record, spans)

    def cite_relation(self, sheet: Sheet, relation: Relation) -> int:
        """The number of the note for the words that state a relation, its role and its rank."""
        return self.notes.cite(sheet.record, [relation.span, relation.role, relation.rank])

    def mentions(self, sheet: Sheet, entity: str, spellings: Spellings) -> Line:
        """The spellings of a name in one document, each with every place where it stands."""
        record = sheet.record
        known = sheet.entities[entity]
        parts = []
        for spans in spellings.values():
            times = say_many(" ({count} time)", " ({count} times)", len(spans))
            words = Run(sheet.text(spans[0]), "quote", record.document.language)
            note = Run(str(self.notes.cite(record, spans)), "note")
            parts.append((words, Run(times), note) if len(spans) > 1 else (words, note))
        aside = [Run(undecided(self.index, known), "gap")] if known.candidates else []
        source = plain(record.document.title or file_name(record))
        found_in = worded(say(" – in {source}"), source=titled(source))
        runs = (*join(parts, comma()), *_spaced(aside), *found_in)
        return Line("name", runs, chain(self.index, record, None))

    def name(self, entity: str) -> Run:
        """An entity's name; of one that is undecided, its words and that it is undecided."""
        if entity not in self.index.sheet_of:
            return Run(say("not recorded"), "gap")
        known = self.index.entity(entity)
        if known.candidates:
            remark = undecided(self.index, known)
            told = say("“{words}” ({remark})", words=plain(known.name), remark=remark)
            return Run(told, "gap")
        return Run(plain(known.name), "name")

    def names(self, entities: Iterable[str], none: str) -> tuple[Run, ...]:
        """Names in a row; `none` where there are none."""
        found = [(self.name(entity),) for entity in entities]
        return join(found, comma()) if found else (Run(none, "gap"),)

    def _opening(
        self, record: Record, claim: Claim | None, steps: tuple[Step, ...]
    ) -> tuple[Run, ...]:
        speaker = Run(who(steps[-1] if claim else steps[0]), "name")
        if claim is None:
            return worded(say("{who}, in its own words: "), who=speaker)
        through = next((who(s) for s in reversed(steps[:-1]) if s.level != "publisher"), "")
        cited = steps[-1].level == "cited" and len(steps) > 1 and bool(through)
        turned = turning(record, claim)
        words = record.text[slice(*(turned or claim.cue))] if claim.cue else ""
        cue: tuple[Run, ...] = ()
        if words:
            cue = (Run(words, "cue", record.document.language),)
        told, passed_on = SAID[claim.kind], PASSED_ON[claim.kind]
        if turned:
            told, passed_on = TURNED
        elif cue:
            cue = (Run(" ("), *cue, Run(")"))
        if cited:
            return worded(say(passed_on), who=speaker, through=through, cue=cue)
        return worded(say(told), who=speaker, cue=cue)

    def _cautions(self, record: Record, claim: Claim | None) -> tuple[Run, ...]:
        if claim is None:
            return ()
        negated = (Run(term("negated"), "tag"),) if claim.polarity == "negated" else ()
        return (*_spaced(negated), *self._doubts(record, claim))

    def _doubts(self, record: Record, claim: Claim | None) -> tuple[Run, ...]:
        """How sure the words are said to be: never more than the source has them be."""
        if claim is None:
            return ()
        unsure = [] if claim.modality in ("asserted", "hedged") else [term(claim.modality)]
        said = [plain(record.text[slice(*hedge)]) for hedge in claim.hedges]
        cue = plain(record.text[slice(*claim.cue)]).casefold() if claim.cue else ""
        hedges = [_hedge(words) for words in said if words.casefold() != cue]
        if claim.modality == "hedged" and not said:
            unsure.append(term("hedged"))
        return _spaced(Run(text, "tag") for text in (*unsure, *hedges))

    def _hedged(self, record: Record, claim: Claim | None, relation: Relation) -> tuple[Run, ...]:
        """The hedges within the words of a post: a doubt about its sentence is none about it."""
        start, end = relation.span
        within = [h for h in (claim.hedges if claim else ()) if start <= h[0] and h[1] <= end]
        said = [plain(record.text[slice(*hedge)]) for hedge in within]
        return _spaced(Run(_hedge(words), "tag") for words in said)

    def _laid_to(self, act: Act) -> list[tuple[Run, ...]]:
        if not act.perpetrators:
            nobody = Run(say("nobody named"), "gap")
            return [worded(say("laid to: {names}"), names=nobody)]
        form = say("{name} ({involvement})")
        named = [
            worded(form, name=self.name(p.entity), involvement=term(p.involvement))
            for p in act.perpetrators
        ]
        return [worded(say("laid to: {names}"), names=join(named, comma()))]

    def _done_to(self, sheet: Sheet, act: Act) -> list[tuple[Run, ...]]:
        if not act.victims:
            nobody = Run(say("nobody named"), "gap")
            return [worded(say("done to: {names}"), names=nobody)]
        found = []
        for victim in act.victims:
            count = (
                (
                    Run(comma()),
                    *quoted(sheet.record, (victim.count.span,)),
                    Run(bounds(victim.count)),
                )
                if victim.count
                else ()
            )
            found.append((self.name(victim.entity), *count))
        return [worded(say("done to: {names}"), names=join(found, comma()))]

    def _where(self, act: Act) -> tuple[Run, ...]:
        place = self.name(act.place) if act.place else Run(say("place not stated"), "gap")
        return worded(say("where: {place}"), place=place)

    def _by_when(self, record: Record, demand: Demand) -> tuple[Run, ...]:
        ground: tuple[Run, ...] = ()
        if demand.ground:
            words = quoted(record, (demand.ground,))
            ground = worded(say("; on the ground: {words}"), words=words)
        when = say("; by {date}", date=in_words(demand.deadline))
        return (*ground, *((Run(when),) if demand.deadline else ()))


def term(identifier: str) -> str:
    """A controlled term as a reader says it."""
    return say_as("term", identifier.replace("_", " "))


def act_label(kind: str) -> str:
    """A type of act as a reader says it, by the vocabulary's label."""
    ours = load("products")["acts"]
    held = ours.get(kind) or load("acts").get(kind, {}).get("label")
    label = say_as("act", str(held)) if held else term(kind)
    return label[:1].lower() + label[1:]


def bounds(count: object) -> str:
    """The bounds of a count in words: " (at least 170)"."""
    least: int | None = getattr(count, "min", None)
    most: int | None = getattr(count, "max", None)
    if least is None and most is None:
        return say(" (number not stated)")
    if most is None:
        return say(" (at least {count})", count=least or 0)
    if least is None:
        return say(" (at most {count})", count=most)
    if least == most:
        return say(" ({count})", count=least)
    return say(" ({least} to {most})", least=least, most=most)


def _label(record: Record, relation: Relation) -> tuple[Run, ...]:
    """What a post, kinship or link is called.

    Labels are words of the source: where another language than its own is spoken, they are quoted.
    """
    label = plain(relation.label)
    ended = load("products")["ended"]
    former = relation.ended and not set(label.casefold().split()) & set(ended)
    if current().language == ENGLISH:
        told = Run(f"former {label}" if former else label)
        found = _in_their_words(record, relation) if relation.type == "link" else ()
        return found or (told,)
    words = _in_their_words(record, relation)
    words = words or quoted(record, (relation.role or relation.span,))
    return worded(say("former {label}"), label=words) if former else words


def _hedge(words: str) -> str:
    return say("hedged: “{words}”", words=visible(words))


def _in_their_words(record: Record, relation: Relation) -> tuple[Run, ...]:
    """How two are linked, as the source puts it: in our own words it would read as a finding.

    Nothing where the label does not stand there as it is.
    """
    start, end = relation.role or relation.span
    words = r"\s+".join(map(re.escape, relation.label.split()))
    found = re.search(words, record.text[start:end], re.IGNORECASE) if words else None
    if found is None:
        return ()
    return quoted(record, ((start + found.start(), start + found.end()),))


def _date(date: str | None) -> Run:
    return Run(in_words(date), "text" if year_known(date) else "gap")


def _denies(claim: Claim | None) -> bool:
    return claim is not None and claim.kind == "denial"


def _spaced(runs: Iterable[Run]) -> tuple[Run, ...]:
    return tuple(part for run in runs for part in (Run(" "), run))


def _joins(label: str) -> bool:
    """Whether the words of a link need both ends around them ("funded by")."""
    return label.casefold().split()[-1:] in [[word] for word in load("products")["joining"]]
