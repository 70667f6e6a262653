"""A network of people and bodies by what sources say of them.

A relation is a solid line; what is alleged is dashed and a denial dotted, and each number leads to
who says so: a line is somebody's word, never a finding.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from onrecord.model import Record
from onrecord.products.index import Judged
from onrecord.products.pictures import drawing, layout
from onrecord.products.pictures.curves import LABEL_BOX, NAME_BOX, Curve, Point, box, freest
from onrecord.products.pictures.drawing import DENIED, INK, PAPER, RULE, SAID, SOFT, Picture, Sheet
from onrecord.products.pictures.entries import more_in_data, note_numbers
from onrecord.products.pictures.table import Table, WhoIs
from onrecord.products.pictures.tying import PUBLISHER, Tie, name_of, nodes_of, ties, type_of
from onrecord.products.wording import colon, comma, in_a_row, say, semicolon, unsaid

MOST, WORDED = 45, 30
"""So many lines are drawn (the rest stand in the data); up to so many have words beside them."""


WIDTH, LEFT, GAP = 1160.0, 24.0, 32.0
SHAPES = {
    "Person": "circle",
    "Organization": "square",
    "Group": "diamond",
    "publisher": "triangle-down",
}
SHAPE_WORDS = {
    "Person": unsaid("person"),
    "Organization": unsaid("organization"),
    "Group": unsaid("group"),
    "publisher": unsaid("publisher"),
}
LOOKS: dict[str, dict[str, object]] = {
    "relation": {"stroke": INK, "strokeWidth": 1.4},
    "allegation": {"stroke": SAID, "strokeWidth": 1.6, "strokeDash": [6, 4]},
    "denial": {"stroke": DENIED, "strokeWidth": 1.8, "strokeDash": [1.5, 3.5]},
}
SORT_WORDS = {
    "relation": unsaid("post, family, membership or link, as told"),
    "allegation": unsaid("act or link, on the word of the one named"),
    "denial": unsaid("denied, or said not to be so"),
}
CAUTION = unsaid(
    "Who is tied to whom by what sources say. None of it is established here: each number leads to "
    "what is said and by whom, below. A line for an act runs from the one it is laid to towards "
    "the one it is said to have been done to; where nobody is named there, from the one who says "
    "so to the one it is laid to."
)


@dataclass(frozen=True, slots=True)
class Edge:
    """A tie with its number in the picture."""

    number: int
    tie: Tie


def network(
    records: Iterable[Record],
    *,
    names: Sequence[str] = (),
    judged: Iterable[Judged] = (),
    who_is: WhoIs | None = None,
) -> Picture:
    """The network of a case, or of those named. Raises `NotFound` where a name is unknown."""
    table = Table(records, judged, who_is)
    subjects = table.subjects(names)
    found = ties(table, subjects)
    ordered = sorted(found.ties, key=lambda tie: -tie.documents)
    edges = [Edge(number, tie) for number, tie in enumerate(ordered, 1)]
    drawn = edges[:MOST]
    title = table.title(say("Network"), subjects)
    data = {
        "drawn": len(drawn),
        "of": len(edges),
        "without_two_named_ends": found.left_out,
        "nodes": [_node_data(table, key) for key in nodes_of(ordered)],
        "edges": [_edge_data(table, edge) for edge in edges],
        "notes": table.notes(),
    }
    if not edges:
        return drawing.nothing("network", title, _why_empty(found.left_out), data)
    sheet = _drawn(table, title, drawn, (len(edges), found.left_out))
    return Picture("network", title, _described(table, drawn, len(edges)), sheet.spec(), data)


def _why_empty(left_out: int) -> str:
    if left_out:
        return say(
            "None of the {count} acts and relations looked at ties two people or bodies "
            "whose names are known.",
            count=left_out,
        )
    return say("No relation and no act is on record here.")


def _node_data(table: Table, key: str) -> dict[str, object]:
    return {
        "id": key,
        "name": name_of(table, key),
        "type": type_of(table, key),
        "entities": [] if key.startswith(PUBLISHER) else table.members(key),
    }


def _edge_data(table: Table, edge: Edge) -> dict[str, object]:
    tie = edge.tie
    return {
        "number": edge.number,
        "sort": tie.sort,
        "from": tie.left,
        "to": tie.right,
        "from_name": name_of(table, tie.left),
        "to_name": name_of(table, tie.right),
        "said": [said.data() for said in tie.said.values()],
    }


def _described(table: Table, edges: list[Edge], of: int) -> str:
    told = []
    for edge in edges:
        told_of = (f"{one.words}{comma()}{one.by_whom()}" for one in edge.tie.said.values())
        ends = in_a_row([name_of(table, edge.tie.left), name_of(table, edge.tie.right)])
        told.append(f"{edge.number}{colon()}{ends}{colon()}{semicolon().join(told_of)}")
    head = say(
        "{shown} of {all} lines between {nodes} people and bodies.",
        shown=len(edges),
        all=of,
        nodes=len(list(nodes_of(e.tie for e in edges))),
    )
    return f"{head} {'. '.join(told)}."


def _drawn(table: Table, title: str, edges: list[Edge], counts: tuple[int, int]) -> Sheet:
    sheet = Sheet(WIDTH)
    lead = say(CAUTION)
    of, left_out = counts
    if len(edges) < of:
        lead += say(
            " {shown} of {all} lines are drawn, those told in most reports first.",
            shown=len(edges),
            all=of,
        )
    if left_out:
        lead += say(
            " {count} acts and relations do not name both ends and are not drawn.", count=left_out
        )
    y = drawing.heading(sheet, title, lead)
    nodes = list(nodes_of(e.tie for e in edges))
    y = _legend(sheet, y + 4, {type_of(table, n) for n in nodes}, {e.tie.sort for e in edges})
    pairs = [(edge.tie.left, edge.tie.right) for edge in edges]
    laid = layout.places(nodes, pairs, WIDTH - 2 * LEFT)
    spots = {node: (x + LEFT, y + 30 + below) for node, (x, below) in laid.items()}
    down = _lines_go_down(edges, spots)
    _lines(sheet, edges, spots, down)
    for node in nodes:
        kind, above = type_of(table, node), node in down
        _node(sheet, name_of(table, node), kind, spots[node], above=above)
    bottom = max(y for _, y in spots.values()) + 70
    sheet.height = _table(sheet, table, edges, bottom) + 12
    return sheet


def _legend(sheet: Sheet, y: float, types: set[str], sorts: set[str]) -> float:
    x = LEFT
    for kind in (k for k in SHAPES if k in types):
        sheet.symbol(x + 7, y - 4, SHAPES[kind], size=110, fill=PAPER, stroke=INK, strokeWidth=1.4)
        sheet.text(x + 20, y, say(SHAPE_WORDS[kind]), fontSize=11)
        x += 40 + drawing.width_of(say(SHAPE_WORDS[kind]), 11)
    y, x = y + 20, LEFT
    for sort in (s for s in LOOKS if s in sorts):
        sheet.line((x, y - 4), (x + 40, y - 4), **LOOKS[sort])
        sheet.text(x + 48, y, say(SORT_WORDS[sort]), fontSize=11)
        x += 72 + drawing.width_of(say(SORT_WORDS[sort]), 11)
    return y


def _node(sheet: Sheet, name: str, kind: str, spot: Point, *, above: bool) -> None:
    """A node with its name below it, or above where its lines go down."""
    x, y = spot
    lines = drawing.wrapped(name, 132, 11, most=2, bold=True)
    wide = max(drawing.width_of(line, 11, bold=True) for line in lines)
    top = y - 9 - 13 * len(lines) - 3 if above else y + 9
    sheet.box(x - wide / 2 - 2, top, wide + 4, 13 * len(lines) + 3, fill=PAPER, fillOpacity=0.85)
    sheet.symbol(x, y, SHAPES[kind], size=190, fill=PAPER, stroke=INK, strokeWidth=1.6)
    look = {"fontSize": 11, "fontWeight": "bold", "align": "center"}
    sheet.paragraph(x, top + 11, lines, step=13, **look)


def _lines_go_down(edges: list[Edge], spots: dict[str, Point]) -> set[str]:
    """The nodes from which most lines go downwards."""
    leaning: dict[str, float] = {}
    for edge in edges:
        ends = (edge.tie.left, edge.tie.right)
        for one, other in (ends, ends[::-1]):
            (x0, y0), (x1, y1) = spots[one], spots[other]
            slope = (y1 - y0) / max(1.0, math.hypot(x1 - x0, y1 - y0))
            leaning[one] = leaning.get(one, 0.0) + slope
    return {node for node, sum_of in leaning.items() if sum_of > 0.3}


def _lines(sheet: Sheet, edges: list[Edge], spots: dict[str, Point], down: set[str]) -> None:
    """The lines, and over them their numbers and first words where they cover least."""
    taken = [box(spot, NAME_BOX, -14 if node in down else 14) for node, spot in spots.items()]
    labels = []
    for edge, bend in _bent(edges):
        curve = Curve(spots[edge.tie.left], spots[edge.tie.right], bend)
        sheet.path(curve.path(), fill=None, **LOOKS[edge.tie.sort])
        sheet.path(curve.head(), fill=None, stroke=LOOKS[edge.tie.sort]["stroke"], strokeWidth=1.6)
        spot, above = freest(curve, taken)
        taken.append(box(spot, LABEL_BOX, -10 if above else 10))
        labels.append((edge, spot, above))
    for edge, spot, above in labels:
        words = _label_words(edge) if len(edges) <= WORDED else []
        _label(sheet, edge, spot, words, above=above)


def _label_words(edge: Edge) -> list[str]:
    """Of which kind a tie is and, of an act, on whose word."""
    first = next(iter(edge.tie.said.values()))
    told = [first.short] + ([] if edge.tie.sort == "relation" else [first.first_voice()])
    return [drawing.wrapped(one, 130, 9, most=1)[0] for one in told]


def _label(sheet: Sheet, edge: Edge, spot: Point, words: list[str], *, above: bool) -> None:
    """The number of a line, with its words below it or above."""
    x, y = spot
    colour = LOOKS[edge.tie.sort]["stroke"]
    top = y - 1 - 11 * len(words) if above else y + 19
    for number, line in enumerate(words):
        wide = drawing.width_of(line, 9) * 0.95
        base = top + 11 * number
        sheet.box(x - wide / 2 - 1, base - 8, wide + 2, 11, fill=PAPER, fillOpacity=0.9)
        sheet.text(x, base, line, fontSize=9, align="center", fill=colour)
    sheet.symbol(x, y, "circle", size=230, fill=PAPER, stroke=colour, strokeWidth=1.2)
    sheet.text(x, y + 3.5, str(edge.number), fontSize=9.5, align="center", fill=colour)


def _bent(edges: list[Edge]) -> Iterator[tuple[Edge, float]]:
    """How far each line bows, so that several between the same two can be told apart."""
    between: dict[frozenset[str], list[Edge]] = {}
    for edge in edges:
        between.setdefault(frozenset((edge.tie.left, edge.tie.right)), []).append(edge)
    for same in between.values():
        for number, edge in enumerate(same):
            side = 1 if edge.tie.left < edge.tie.right else -1
            yield edge, side * 0.36 * (number - (len(same) - 1) / 2)


def _table(sheet: Sheet, table: Table, edges: list[Edge], y: float) -> float:
    """Each number with what is said and by whom, in two columns."""
    room = (WIDTH - 2 * LEFT - GAP) / 2
    sheet.text(LEFT, y, say("What is said, and by whom"), fontSize=13, fontWeight="bold")
    sheet.line((LEFT, y + 6), (WIDTH - LEFT, y + 6), strokeWidth=0.8)
    tops = [y + 10, y + 10]
    half = (len(edges) + 1) // 2
    for number, edge in enumerate(edges):
        column = int(number >= half)
        x = LEFT + column * (room + GAP)
        tops[column] = _row(sheet, table, edge, (x, room), tops[column])
    return max(tops)


def _row(sheet: Sheet, table: Table, edge: Edge, column: Point, y: float) -> float:
    x, room = column
    tie, inner, wide = edge.tie, x + 30, room - 30
    colour = LOOKS[tie.sort]["stroke"]
    sheet.symbol(x + 11, y + 13, "circle", size=230, fill=PAPER, stroke=colour, strokeWidth=1.2)
    sheet.text(x + 11, y + 16.5, str(edge.number), fontSize=9.5, align="center", fill=colour)
    left, right = name_of(table, tie.left), name_of(table, tie.right)
    ends = say("{left} → {right}", left=left, right=right)
    lines = drawing.wrapped(ends, wide, 11, most=2, bold=True)
    y = sheet.paragraph(inner, y + 17, lines, step=14, fontSize=11, fontWeight="bold")
    shown = list(tie.said.values())[:4]
    for said in shown:
        words = f"{said.words} – {said.by_whom()} [{note_numbers(said.notes)}]"
        y = sheet.paragraph(
            inner, y, drawing.wrapped(words, wide, 11, most=3), step=13, fontSize=11
        )
    if len(tie.said) > len(shown):
        rest = more_in_data(len(tie.said) - len(shown))
        sheet.text(inner, y, rest, fontSize=11, fill=SOFT)
        y += 13
    sheet.line((x, y - 3), (x + room, y - 3), stroke=RULE, strokeWidth=0.6)
    return y - 2
