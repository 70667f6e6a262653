"""What somebody has just decided about a name, and how to take it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.case import Case
from onrecord.store import pages
from onrecord.web.page import Parameter

DONE = Parameter(
    "done", "Numbers of the log's entries just made: 12 or 12-15.", default="", most=30
)
MOST = 50
_ENTRIES = re.compile(r"(\d{1,12})(?:-(\d{1,12}))?")


@dataclass(frozen=True, slots=True)
class JustDecided:
    """Judgements just made, all of one verdict. `holds`: who is who is as they say by now.

    None for `holds` while it is being worked out. Those judged are of `groups` now, called by
    `others`. `undone` says that none of the judgements holds any more.
    """

    entries: str
    verdict: str
    groups: int
    others: tuple[str, ...]
    holds: bool | None
    undone: bool


def numbers(entries: str) -> range:
    """The numbers of the log that some words name; none where they name none."""
    found = _ENTRIES.fullmatch(entries)
    if not found:
        return range(0)
    first = int(found[1])
    last = int(found[2] or first)
    return range(first, min(last, first + MOST - 1) + 1)


def done(case: Case, entries: str) -> JustDecided | None:
    """What was decided under some numbers; None where that is no judgement."""
    wanted = numbers(entries)
    if not wanted:
        return None
    with case.browse() as state:
        found = [
            entry
            for entry in state.entries(wanted[-1] + 1, len(wanted))
            if entry.kind == "judge" and entry.seq in wanted
        ]
        if not found:
            return None
        pairs = [(e.payload["left"], e.payload["right"]) for e in found]
        keys = [key for pair in pairs for key in pair]
        held = {row["seq"] for row in pages.judged_in(state.connection, keys)}
        groups = {key: pages.group_of(state.connection, key) for key in dict.fromkeys(keys)}
        called = pages.names_of(state.connection, list(dict.fromkeys(groups.values())))
        resolved = state.is_resolved
    verdict = str(found[0].payload["verdict"])
    as_said = _as_said(verdict, [(groups[one], groups[other]) for one, other in pairs])
    return JustDecided(
        entries=entries,
        verdict=verdict,
        groups=len(set(groups.values())),
        others=tuple(dict.fromkeys(called.get(group, "") for group in groups.values())),
        holds=as_said if resolved else None,
        undone=not held & {entry.seq for entry in found},
    )


def _as_said(verdict: str, pairs: Sequence[tuple[str, str]]) -> bool:
    together = {one == other for one, other in pairs}
    return together == {verdict == "same"}
