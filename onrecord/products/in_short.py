"""What a first sheet says in short of those it is about: posts, allegations, answers."""

from __future__ import annotations

from dataclasses import replace

from onrecord.products.first_sheet import fitting, more
from onrecord.products.index import Said
from onrecord.products.namesakes import several_line
from onrecord.products.page import Line, Run, Section
from onrecord.products.parts import Desk, near_line
from onrecord.products.questions import gravity
from onrecord.products.relating import who_they_are
from onrecord.products.standing import Standing, answers, standing
from onrecord.products.wording import colon, listed, say, unsaid
from onrecord.vocabulary import load

SPEAKERS = 2
"""How many of those who allege are introduced on the first sheet."""
REST = {
    "meetings": ("all-meetings", unsaid("All reports of the visit or meeting")),
    "questions": ("all-questions", unsaid("All questions")),
    "gaps": ("all-gaps", unsaid("All that is not supported")),
}


def who(desk: Desk, found: list[Standing]) -> tuple[Line, ...]:
    """Posts and relations of each, the best attested first; that a name may be several people's."""
    lines: list[Line] = []
    for one in found:
        told = fitting(who_they_are(desk, one), "who")
        lines += told
        if not told:
            none = say("no post or relation of theirs is on record in this case")
            lines.append(Line("gap", (Run(none, "gap"),), label=one.subject.name))
        beside = (several_line(desk, one), near_line(one.subject))
        lines += [replace(line, label=one.subject.name) for line in beside if line]
    return tuple(lines)


def alleged(desk: Desk, found: list[Standing]) -> tuple[Line, ...]:
    """The gravest of what is alleged against them, who alleges it, and what they answered."""
    limit = int(load("products")["trim"]["summary"])
    about: dict[tuple[str, str], tuple[Said, list[str]]] = {}
    for one in found:
        for said in one.against:
            about.setdefault(said.key, (said, []))[1].append(one.subject.name)
    told = (
        replace(desk.writer.said(said, limit=limit, coded=False), label=listed(names))
        for said, names in sorted(about.values(), key=lambda pair: gravity(pair[0]))
    )
    lines = list(fitting(told, "alleged"))
    if len(about) > len(lines):
        lines.append(more(len(about) - len(lines), say("in the evidence below")))
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
            runs = (Run(speaker.name, "name"), Run(colon()), *told.runs)
            lines.append(replace(told, runs=runs, label=say("Who alleges it")))
    return lines


def _names_somebody(line: Line) -> bool:
    return any(run.kind == "name" for run in line.runs)


def _answered_together(lines: list[Line]) -> list[Line]:
    """What is the same for several people is said once."""
    same: dict[tuple[Run, ...], list[Line]] = {}
    for line in lines:
        same.setdefault(line.runs, []).append(line)
    return [replace(s[0], label=listed([str(x.label) for x in s])) for s in same.values()]


def _answered(desk: Desk, found: Standing) -> Line:
    """Whether those spoken of answered, with the notes of the answers."""
    name = found.subject.name
    if not found.against:
        return _none_alleged(desk, found)
    replies = {
        answer.said.key: answer.said
        for said in found.against
        for answer in answers(desk.people, said, found.subject)
    }
    kind = say("Answer on record") if replies else say("Denial on record")
    replies.update({s.key: s for s in found.by.get("denial", [])})
    spoken = [said for kind in found.by.values() for said in kind]
    if not replies and spoken:
        notes = tuple(dict.fromkeys(desk.writer.cite(s) for s in spoken[:4]))
        text = say(
            "No answer to this is on record in this case; what else they said is in the evidence."
        )
        return Line("gap", (Run(text, "gap"),), notes=notes, label=name)
    if not replies:
        text = say("No answer is on record in this case.")
        return Line("gap", (Run(text, "gap"),), label=name)
    answer, *others = replies.values()
    line = desk.writer.said(answer, limit=int(load("products")["trim"]["summary"]), coded=False)
    notes = tuple(dict.fromkeys((*line.notes, *(desk.writer.cite(s) for s in others))))
    runs = (Run(kind, "tag"), Run(" "), *line.runs)
    return replace(line, runs=runs, notes=notes, label=name)


def _none_alleged(desk: Desk, found: Standing) -> Line:
    """That nothing was taken for an allegation: whoever reads that is led to what names them."""
    none = say("No allegation that names them is on record in this case.")
    if found.mentioned or found.beside:
        none = say(
            "Nothing that names them was taken for an allegation against them; "
            "read what others said that names them, in the evidence."
        )
    notes = naming_notes(desk, found)
    return Line("gap", (Run(none, "gap"),), notes=notes, label=found.subject.name)


def naming_notes(desk: Desk, found: Standing) -> tuple[int, ...]:
    """The notes of the first things that others say with their name in it, alleging nothing."""
    return tuple(dict.fromkeys(desk.writer.cite(s) for s in (*found.beside, *found.mentioned)[:4]))


def first(lines: tuple[Line, ...], kind: str) -> tuple[Line, ...]:
    """The first lines of a kind, as many as there is room for, and where the others stand."""
    kept = fitting(lines, kind)
    if len(kept) == len(lines):
        return lines
    where = say("below, under “{title}”", title=say(REST[kind][1]))
    return (*kept, more(len(lines) - len(kept), where))


def rest(lines: tuple[Line, ...], kind: str) -> list[Section]:
    """All lines of a kind, where the first sheet does not hold them all."""
    return [rest_of(kind, lines)] if len(fitting(lines, kind)) < len(lines) else []


def rest_of(kind: str, lines: tuple[Line, ...]) -> Section:
    """The section that holds all lines of a kind."""
    key, title = REST[kind]
    return Section(key, say(title), lines)
