"""Numbers that differ between sources, for one kind of act at one place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from onrecord.model import Act, Count
from onrecord.products.asking import Asked, as_said, question, rank_of, words_at
from onrecord.products.attribution import chain
from onrecord.products.edtf import in_words
from onrecord.products.index import Said, Sheet
from onrecord.products.page import Line, Run
from onrecord.products.parts import Desk
from onrecord.products.quoting import plain
from onrecord.products.standing import Standing
from onrecord.products.wording import listed, say, semicolon
from onrecord.products.writer import act_label
from onrecord.vocabulary import load

Counted = tuple[Said, Act, Count]

_SHOWN = 4


def numbers(desk: Desk, standings: list[Standing]) -> Iterator[Asked]:
    """A question for each place or day of which reports that name the subjects count differently.

    "At least four" and "four" do not differ here, "four" and "at least eleven" do. Two numbers may
    be of two events: the question asks that first.
    """
    ids = frozenset().union(*(found.subject.entities for found in standings))
    label = listed([found.subject.name for found in standings])
    groups: dict[tuple[str, str], dict[int | None, Counted]] = {}
    for sheet in desk.index.sheets:
        if not ids.isdisjoint(sheet.entities):
            for key, counted in _counted(desk, sheet):
                groups.setdefault(key, {}).setdefault(_least(counted[2]), counted)
    asked: set[frozenset[str]] = set()
    for (kind, where), found in groups.items():
        acts = frozenset(act.id for _, act, _ in found.values())
        if len(found) > 1 and not any(acts <= other for other in asked):
            asked.add(acts)
            yield _asked(desk, kind, where, list(found.values()), label)


def _least(count: Count) -> int | None:
    return count.max if count.min is None else count.min


def _counted(desk: Desk, sheet: Sheet) -> Iterator[tuple[tuple[str, str], Counted]]:
    """What is counted in one report, by kind of act with its place, and with its day."""
    known = load("products")["questions"]["acts"]
    for said in sheet.everything():
        for act in said.acts:
            counts = [v.count for v in act.victims if v.count and act.polarity == "affirmed"]
            for count in counts if act.type in known else ():
                for where in _where_and_when(desk, act):
                    yield (act.type, where), (said, act, count)


def _where_and_when(desk: Desk, act: Act) -> Iterator[str]:
    if act.place in desk.index.sheet_of:
        yield plain(desk.index.entity(str(act.place)).name)
    if act.date and re.fullmatch(r"\d{4}-\d\d-\d\d", act.date):
        yield in_words(act.date)


def _asked(desk: Desk, kind: str, where: str, found: list[Counted], label: str) -> Asked:
    lines = [_number(desk, *counted) for counted in found[:_SHOWN]]
    text = question("numbers")
    words = say(" ({act}, {where}): {question}", act=act_label(kind), where=where, question=text)
    runs = [run for line in lines for run in (Run(semicolon()), *line.runs)][1:]
    notes = tuple(dict.fromkeys(note for line in lines for note in line.notes))
    whole = replace(lines[0], runs=(*runs, Run(words)), notes=notes, label=label)
    return Asked(rank_of("numbers"), f"numbers {kind} {where}", whole)


def _number(desk: Desk, said: Said, act: Act, count: Count) -> Line:
    steps = chain(desk.index, said.record, said.claim)
    runs = (*words_at(said, (count.span,)), Run(f" {as_said(said, steps)}"))
    note = desk.writer.notes.cite(said.record, (act.span, count.span))
    return Line("question", runs, steps, (note,))
