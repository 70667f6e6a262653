"""Posts, kinship and links, each once: "Interior Minister", "governor of ...", "brother: ..."."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from onrecord.model import Relation
from onrecord.products.attribution import who
from onrecord.products.index import Sheet
from onrecord.products.page import Line, Run, Step
from onrecord.products.parts import Desk
from onrecord.products.people import Subject, fold, is_name
from onrecord.products.quoting import plain
from onrecord.products.standing import Standing
from onrecord.products.wording import in_a_row, listed, say, worded

Related = tuple[Sheet, Relation]


SHOWN = 3
"""How many sources are named of one that several report; the notes lead to all."""


@dataclass(slots=True)
class Told:
    """One post or relation, however often it is told.

    `other` is the folded name of the one at its other end, empty where there is none or where the
    source does not name it.
    """

    kind: tuple[str, str, bool, bool]
    other: str
    tellings: list[Related]
    elsewhere: list[Related]


def who_they_are(desk: Desk, found: Standing) -> Iterator[Line]:
    """One line for each post and relation of a subject, the best attested first.

    A telling that leaves out the other end, or gives a part of its name, stands in the line of the
    one full telling it can belong to, and the line says that it was told so.
    """
    told = _gather(desk, found)
    told.sort(key=lambda one: (one.kind[0] != "post", _broken(one), -_documents(one)))
    for one in told:
        yield _line(desk, one, found.subject)


def _broken(told: Told) -> bool:
    """Told only across a paragraph's end, where a heading is easily read into a post."""
    return all("\n\n" in sheet.text(relation.span) for sheet, relation in told.tellings)


def _documents(told: Told) -> int:
    return len({sheet.record.document.id for sheet, _ in (*told.tellings, *told.elsewhere)})


def _gather(desk: Desk, found: Standing) -> list[Told]:
    same: dict[tuple[tuple[str, str, bool, bool], str], Told] = {}
    for sheet, relation in found.relations:
        reverse = relation.subject not in found.subject.entities
        kind = (relation.type, fold(relation.label), reverse, relation.ended)
        other = _other(desk, relation, reverse=reverse)
        told = same.setdefault((kind, other), Told(kind, other, [], []))
        told.tellings.append((sheet, relation))
    every = list(same.values())
    full = [told for told in every if not any(_is_part(told, one) for one in every)]
    kept = list(full)
    for told in every:
        fuller = [one for one in full if _is_part(told, one)]
        if len(fuller) == 1:
            fuller[0].elsewhere += told.tellings
        elif fuller:
            kept.append(told)
    return kept


def _is_part(one: Told, other: Told) -> bool:
    return one.kind == other.kind and set(one.other.split()) < set(other.other.split())


def _other(desk: Desk, relation: Relation, *, reverse: bool) -> str:
    entity = relation.subject if reverse else relation.object
    if entity not in desk.index.sheet_of:
        return ""
    known = desk.index.entity(str(entity))
    unnamed = reverse and not is_name(known.name)
    return "" if unnamed or known.candidates else fold(known.name)


def _line(desk: Desk, told: Told, subject: Subject) -> Line:
    lines = [desk.writer.relation(*pair, subject.entities) for pair in told.tellings]
    short = [desk.writer.relation(*pair, subject.entities) for pair in told.elsewhere]
    notes = tuple(dict.fromkeys(note for line in (*lines, *short) for note in line.notes))
    runs = (*lines[0].runs, *_elsewhere(desk, told))
    steps = together_steps(line.steps for line in (*lines, *short))
    return replace(lines[0], runs=runs, notes=notes, steps=steps, label=subject.name)


def _elsewhere(desk: Desk, told: Told) -> tuple[Run, ...]:
    """How shorter tellings put it: they are read beside the full one, and said to be shorter."""
    if not told.elsewhere:
        return ()
    words = [_short(desk, relation, reverse=told.kind[2]) for _, relation in told.elsewhere]
    named = list({word.casefold(): word for word in words if word}.values())
    if not named:
        return (Run(say("; elsewhere not named")),)
    return worded(say("; elsewhere only {names}"), names=Run(in_a_row(named[:2]), "name"))


def _short(desk: Desk, relation: Relation, *, reverse: bool) -> str:
    if not reverse and not relation.object:
        return plain(relation.label)
    end = relation.subject if reverse else str(relation.object)
    name = desk.index.entity(end).name if end in desk.index.sheet_of else ""
    return plain(name) if is_name(name) else ""


def together_steps(chains: Iterable[tuple[Step, ...]]) -> tuple[Step, ...]:
    """One chain for several tellings: all publishers, then all who spoke for some of them."""
    every = list(dict.fromkeys(chains))
    if len(every) == 1:
        return every[0]
    stated = list(dict.fromkeys(chain[0].name for chain in every if chain[0].name))
    names = [str(name) for name in stated]
    if stated and any(not chain[0].name for chain in every):
        names.append(say("others not stated"))
    if len(names) > SHOWN:
        names = [*names[: SHOWN - 1], say("others")]
    first = replace(every[0][0], words=None, span=None)
    if names:
        first = replace(first, name=listed(names), remark=None)
    speakers = list(dict.fromkeys(who(c[-1]) for c in every if c[-1].name and len(c) > 1))
    if not speakers:
        return (first,)
    if len(speakers) > SHOWN:
        speakers = [*speakers[: SHOWN - 1], say("others")]
    told = say("in some of them {names}", names=in_a_row(speakers))
    return (first, Step("speaker", remark=told))
