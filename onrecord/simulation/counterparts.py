"""What in a record that was extracted from a simulated text is which in the faultless record of it.

Both are of one text, so that characters tell: an act is the act whose words it shares most of, an
entity the one whose mentions it covers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

Record = Mapping[str, Any]
Span = tuple[int, int]

_MOST = 0.6
"""Of the longer of two mentions, the share of characters in common from which they are one."""


def acts(found: Record, true: Record) -> dict[str, str]:
    """For each act of `found` that is one, the id of the act of `true` that it is.

    An extracted act's span is its cue, a faultless one's the whole statement: the act whose span
    holds most of the cue is meant, and of several the one that begins nearest.
    """
    counterpart = {}
    for act in found["acts"]:
        shared = [
            (_shared(act["span"], other["span"]), -abs(act["span"][0] - other["span"][0]), -place)
            for place, other in enumerate(true["acts"])
        ]
        most = max(shared, default=(0, 0, 0))
        if most[0]:
            counterpart[act["id"]] = true["acts"][-most[2]]["id"]
    return counterpart


def entities(found: Record, true: Record) -> dict[str, str]:
    """For each entity of `found` the id of the entity of `true`, of its type, that it is."""
    counterpart = {}
    for entity in found["entities"]:
        shared: Counter[str] = Counter()
        for other in true["entities"]:
            if other["type"] == entity["type"]:
                shared[other["id"]] = sum(
                    _are_one(one, two) for one in entity["mentions"] for two in other["mentions"]
                )
        most = min(((-n, key) for key, n in shared.items() if n), default=None)
        if most is not None:
            counterpart[entity["id"]] = most[1]
    return counterpart


def _are_one(one: Span, other: Span) -> bool:
    return _shared(one, other) > _MOST * max(one[1] - one[0], other[1] - other[0])


def _shared(one: Span, other: Span) -> int:
    """How many characters two spans have in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
