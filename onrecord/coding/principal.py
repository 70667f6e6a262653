"""Which acts a report is about, and what kind of actor did them, weighed over the whole report.

A report tells of more than its event: what others suffered, what a court did to those who did it,
what the same government did years ago. Learned weights over the words of the report and the place
of its acts say which kinds of act its event is made of; only acts that words state can be chosen.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from onrecord import vocabulary
from onrecord.coding.principal_signs import (
    Signs,
    kind_of,
    signs_by_kind,
    signs_of_doers,
    told,
)
from onrecord.coding.report_words import ReportWords, words_of

if TYPE_CHECKING:
    from onrecord.coding.context import Context
    from onrecord.model import Act, Span

NAME = "principal-learned"
_EVIDENCE = 3
"""Words of a report that are cited for what it tells of an actor, besides the actor's own."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What words and signs count (log odds) for each of some classes.

    `words` is the row of each lemma in `whole` and `lead`, arrays of shape (lemmas, classes);
    `signs` gives each class its own weights.
    """

    classes: tuple[str, ...]
    words: Mapping[str, int]
    whole: NDArray[np.float64]
    lead: NDArray[np.float64]
    signs: tuple[Mapping[str, float], ...]
    bias: NDArray[np.float64]
    threshold: float = 0.0
    joins: float = 1.0

    def of_words(self, words: ReportWords) -> NDArray[np.float64]:
        """What the words of a report count for each class, shape (classes,)."""
        total = np.zeros(len(self.classes))
        for part, table in ((words.whole, self.whole), (words.lead, self.lead)):
            known = [(self.words[w], v) for w, v in part.items() if w in self.words]
            if known:
                rows, values = zip(*known, strict=True)
                total += np.asarray(values) @ table[list(rows)]
        return total

    def of_signs(self, number: int, signs: Signs) -> float:
        """What signs count for one class, with its bias."""
        known = self.signs[number]
        return float(self.bias[number]) + sum(
            known[name] * value for name, value in signs.items() if name in known
        )

    def telling(self, words: ReportWords, number: int) -> tuple[Span, ...]:
        """Where the words stand first that count most for a class."""
        counted = {
            w: v * self.whole[self.words[w], number]
            + words.lead.get(w, 0.0) * self.lead[self.words[w], number]
            for w, v in words.whole.items()
            if w in self.words
        }
        most = sorted(counted, key=lambda w: (-counted[w], words.first[w]))[:_EVIDENCE]
        return tuple(sorted(words.first[w] for w in most if counted[w] > 0))


@cache
def weights() -> tuple[Weights, Weights]:
    """The packaged weights of kinds of act and of kinds of actor, read once a process."""
    learned = vocabulary.learned(NAME)
    return weights_of(learned["kinds"], learned["words"]), weights_of(
        learned["actors"], learned["words"]
    )


def weights_of(data: Mapping[str, object], words: Sequence[str]) -> Weights:
    """Weights from their JSON form."""
    parts: dict[str, dict[str, object]] = data["classes"]  # type: ignore[assignment]
    return Weights(
        classes=tuple(parts),
        words={word: number for number, word in enumerate(words)},
        whole=np.array([part["whole"] for part in parts.values()], dtype=np.float64).T,
        lead=np.array([part["lead"] for part in parts.values()], dtype=np.float64).T,
        signs=tuple(part["signs"] for part in parts.values()),  # type: ignore[misc]
        bias=np.array([part["bias"] for part in parts.values()], dtype=np.float64),
        threshold=float(data.get("threshold", 0.0)),  # type: ignore[arg-type]
        joins=float(data.get("joins", 1.0)),  # type: ignore[arg-type]
    )


def chances_of_kinds(
    context: Context, acts: Sequence[Act], principal: frozenset[str]
) -> dict[str, float]:
    """How probable it is that each kind of act told is part of what the report is about."""
    model = weights()[0]
    if context.parsed.doc is None:
        return {}
    words = model.of_words(words_of(context.parsed.doc))
    return {
        kind: chance(words[number] + model.of_signs(number, signs))
        for kind, signs in signs_by_kind(context, acts, principal).items()
        for number in (model.classes.index(kind),)
    }


def kept_to_kinds(
    context: Context, groups: list[list[Act]], principal: int
) -> tuple[list[list[Act]], int]:
    """Groups of acts so that the principal one holds the kinds of act the report is about.

    Acts of other kinds leave it; a kind that it lacks, and that is told elsewhere, joins it only
    where it is likely.
    """
    core = groups[principal]
    ids = frozenset(act.id for act in core)
    chances = chances_of_kinds(context, [act for group in groups for act in group], ids)
    if not chances:
        return groups, principal
    highest = max(chances.values())
    least = min(weights()[0].threshold, highest)
    joins = min(weights()[0].joins, highest)
    believed = {kind for kind, chance in chances.items() if chance >= least}
    kept = {act.id for act in core if kind_of(act) in believed}
    lacking = believed - {kind_of(act) for act in told(core)}
    for kind in sorted(kind for kind in lacking if chances[kind] >= joins):
        kept |= _brought(groups, kind)
    if not kept:
        return groups, principal
    mine = [act for group in groups for act in group if act.id in kept]
    rest = [[act for act in group if act.id not in kept] for group in groups]
    return [mine, *(group for group in rest if group)], 0


def _brought(groups: list[list[Act]], kind: str) -> set[str]:
    """The acts of a kind in the group that tells most of it, an earlier one before a later."""
    parts = [[act for act in told(group) if kind_of(act) == kind] for group in groups]
    most = max(parts, key=lambda part: (len(part), -part[0].span[0] if part else 0))
    return {act.id for act in most}


def chances_of_actors(
    context: Context, acts: Sequence[Act], principal: frozenset[str]
) -> tuple[dict[str, float], dict[str, tuple[Span, ...]]]:
    """How probable each kind of actor is as the one who did what a report is about.

    `none` stands for a report that says nothing of them. With each kind the words that tell of it.
    """
    model = weights()[1]
    if context.parsed.doc is None:
        return {}, {}
    words = words_of(context.parsed.doc)
    signs = signs_of_doers(context, acts, principal)
    odds = model.of_words(words) + [
        model.of_signs(number, signs) for number in range(len(model.classes))
    ]
    shares = np.exp(odds - odds.max())
    chances = dict(zip(model.classes, (shares / shares.sum()).tolist(), strict=True))
    return chances, {c: model.telling(words, n) for n, c in enumerate(model.classes)}


def chance(odds: float) -> float:
    """The probability that log odds stand for."""
    return 1.0 / (1.0 + math.exp(-max(min(odds, 30.0), -30.0)))
