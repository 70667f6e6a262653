"""What one printed page can hold of a brief: so many lines of each kind, the rest elsewhere."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from itertools import islice

from onrecord.products.page import Line, Run
from onrecord.products.relating import together_steps
from onrecord.products.render.spell import chain, spell
from onrecord.products.wording import say_many

_CHARACTERS = 108
"""About how many characters a printed row holds."""


@dataclass(frozen=True, slots=True)
class Room:
    """Lines of one kind: at least `least`, at most `most`, and between them what `rows` hold."""

    least: int
    most: int
    rows: float


ROOM = {
    "who": Room(1, 3, 6),
    "meetings": Room(1, 2, 7),
    "alleged": Room(2, 4, 12),
    "questions": Room(6, 7, 16),
    "gaps": Room(3, 5, 6),
}


def fitting(lines: Iterable[Line], kind: str) -> tuple[Line, ...]:
    """As many of the first lines as their room holds."""
    room, rows = ROOM[kind], 0.0
    kept: list[Line] = []
    for line in islice(lines, room.most):
        rows += _rows(line)
        if len(kept) >= room.least and rows > room.rows:
            break
        kept.append(line)
    return tuple(kept)


def _rows(line: Line) -> float:
    words = spell(line.runs) + " ".join(map(str, line.notes))
    sources = "" if line.kind == "question" else chain(line.steps)
    return 1.0 + (len(words) + len(sources)) // _CHARACTERS


def told_alike(lines: Iterable[tuple[Hashable, Line]]) -> tuple[Line, ...]:
    """Lines of equal keys once, as the first puts it, with all who tell it and all notes."""
    same: dict[Hashable, list[Line]] = {}
    for key, line in lines:
        same.setdefault(key, []).append(line)
    return tuple(_one(group) for group in same.values())


def _one(group: list[Line]) -> Line:
    notes = tuple(dict.fromkeys(note for line in group for note in line.notes))
    return replace(group[0], notes=notes, steps=together_steps(line.steps for line in group))


def more(count: int, where: str) -> Line:
    """That there is more, and where it stands."""
    text = say_many("{count} more {where}.", "{count} more {where}.", count, where=where)
    return Line("remark", (Run(text),))
