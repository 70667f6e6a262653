"""Where the nodes of a network stand: the same ties always give the same places."""

from __future__ import annotations

import math
from collections.abc import Sequence

Point = tuple[float, float]
Pair = tuple[str, str]
ALONE = 6
"""So many nodes tied together have a row of their own."""

SEED = 7
CELL_WIDTH, CELL_HEIGHT, WIDEST = 184.0, 112.0, 1.7
"""Room for a node with its name, in pixels, and how far that is widened where there is space."""


def places(nodes: Sequence[str], pairs: Sequence[Pair], width: float) -> dict[str, Point]:
    """A place for each node within a width; parts that nothing ties together stand apart.

    Each part is laid out by springs (Fruchterman and Reingold) from a fixed beginning.
    """
    found: dict[str, Point] = {}
    top = 0.0
    for row in _rows(_parts(nodes, pairs), width):
        left = 0.0
        high = max(_room(len(part), width)[1] for part in row)
        spare = width / sum(_room(len(part), width)[0] for part in row)
        for part in row:
            wide = _room(len(part), width)[0] * min(spare, WIDEST if len(part) > 2 else 1.2)
            for node, (x, y) in _laid(part, pairs, wide, high).items():
                found[node] = (left + x, top + y)
            left += wide
        top += high
    return found


def _rows(parts: list[list[str]], width: float) -> list[list[list[str]]]:
    """Parts side by side, as many as fit."""
    rows: list[list[list[str]]] = []
    used = width
    for part in parts:
        wide = _room(len(part), width)[0]
        if used + wide > width:
            rows.append([])
            used = 0.0
        rows[-1].append(part)
        used += wide
    return rows


def _room(nodes: int, width: float) -> tuple[float, float]:
    across = max(1, math.ceil(math.sqrt(nodes * 1.25)))
    wide = width if nodes >= ALONE else min(width, across * CELL_WIDTH)
    down = math.ceil(nodes / max(1, wide // CELL_WIDTH))
    return wide, (down + (nodes > 3)) * CELL_HEIGHT


def _parts(nodes: Sequence[str], pairs: Sequence[Pair]) -> list[list[str]]:
    """The nodes that ties connect, the largest part first; in each, nodes as they came."""
    root = {node: node for node in nodes}

    def find(node: str) -> str:
        while root[node] != node:
            node = root[node]
        return node

    for one, other in pairs:
        root[find(other)] = find(one)
    parts: dict[str, list[str]] = {}
    for node in nodes:
        parts.setdefault(find(node), []).append(node)
    return sorted(parts.values(), key=len, reverse=True)


def _laid(part: list[str], pairs: Sequence[Pair], wide: float, high: float) -> dict[str, Point]:
    if len(part) == 1:
        return {part[0]: (wide / 2, high / 2)}
    if len(part) == 2:
        left, right = next(p for p in pairs if set(p) == set(part))
        return {left: (wide * 0.22, high / 2), right: (wide * 0.78, high / 2)}
    import networkx as nx

    graph = nx.Graph()
    graph.add_nodes_from(part)
    graph.add_edges_from(pair for pair in pairs if pair[0] in graph and pair[1] in graph)
    spread = 2.2 / math.sqrt(len(part))
    raw = nx.spring_layout(graph, seed=SEED, iterations=400, k=spread, threshold=1e-5)
    free = _filled({n: (float(x), float(y)) for n, (x, y) in raw.items()}, wide, high)
    return _apart(free, wide, high)


def _filled(raw: dict[str, Point], wide: float, high: float) -> dict[str, Point]:
    """Stretched so that the room is used, with a margin for names."""
    margin_x, margin_y = CELL_WIDTH * 0.5, 40.0
    columns = list(zip(*raw.values(), strict=True))
    (low_x, high_x), (low_y, high_y) = ((min(c), max(c)) for c in columns)
    found = {}
    for node, (x, y) in raw.items():
        across = (x - low_x) / (high_x - low_x) if high_x - low_x > 1e-6 else 0.5
        down = (y - low_y) / (high_y - low_y) if high_y - low_y > 1e-6 else 0.5
        found[node] = (
            margin_x + across * (wide - 2 * margin_x),
            margin_y + down * (high - 2 * margin_y),
        )
    return found


def _apart(found: dict[str, Point], wide: float, high: float) -> dict[str, Point]:
    """Pushed apart until names hardly cover each other."""
    nodes = list(found)
    spots = [list(found[node]) for node in nodes]
    for _ in range(120):
        moved = False
        for i, one in enumerate(spots):
            for other in spots[i + 1 :]:
                across = CELL_WIDTH * 0.85 - abs(one[0] - other[0])
                down = CELL_HEIGHT * 0.8 - abs(one[1] - other[1])
                if across > 0 and down > 0:
                    moved = True
                    axis, push = (0, across) if across < down * 1.6 else (1, down)
                    sign = 1 if one[axis] >= other[axis] else -1
                    one[axis] += sign * push / 4
                    other[axis] -= sign * push / 4
        for spot in spots:
            spot[0] = min(max(spot[0], 60.0), wide - 60.0)
            spot[1] = min(max(spot[1], 24.0), high - 44.0)
        if not moved:
            break
    return {node: (spot[0], spot[1]) for node, spot in zip(nodes, spots, strict=True)}
