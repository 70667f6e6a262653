"""What people have decided about who is who: appended, never changed, and undone by another entry.

Of two judgements of one pair the later holds. The state follows from which judgements are live, so
it does not matter in which order others were undone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Verdict = Literal["same", "different", "unsure", "undo"]
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A person's word on two entities: `left` and `right` are their keys, in any order.

    `seq` is its place in the log and unlike any other's. An `undo` names in `undoes` the entry that
    it takes back, which may itself be an undo; its keys are not read.
    """

    seq: int
    verdict: Verdict
    left: str = ""
    right: str = ""
    who: str = ""
    when: str = ""
    why: str = ""
    undoes: int | None = None

    @property
    def pair(self) -> Pair:
        """The two keys, smaller first."""
        return pair_of(self.left, self.right)


@dataclass(frozen=True, slots=True)
class Decisions:
    """The judgements that hold, the last of each pair, by verdict; `same` has the latest first."""

    same: tuple[Judgement, ...] = ()
    different: tuple[Judgement, ...] = ()
    unsure: tuple[Judgement, ...] = ()


def pair_of(one: str, other: str) -> Pair:
    """Two keys in the order in which pairs are kept."""
    return (one, other) if one <= other else (other, one)


def live(judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements that nobody has taken back, in the order of the log.

    An undo of an undo brings the first entry back; an undo can only reach back in the log.
    """
    undone: set[int] = set()
    kept = []
    for entry in sorted(judgements, key=lambda j: j.seq, reverse=True):
        if entry.seq in undone:
            continue
        if entry.verdict != "undo":
            kept.append(entry)
        elif entry.undoes is not None and entry.undoes < entry.seq:
            undone.add(entry.undoes)
    return tuple(reversed(kept))


def decisions(judgements: Iterable[Judgement]) -> Decisions:
    """What holds of a log of judgements, given in any order."""
    latest = {entry.pair: entry for entry in live(judgements) if entry.left != entry.right}
    newest_first = sorted(latest.values(), key=lambda j: j.seq, reverse=True)
    return Decisions(
        *(
            tuple(entry for entry in newest_first if entry.verdict == verdict)
            for verdict in ("same", "different", "unsure")
        )
    )
