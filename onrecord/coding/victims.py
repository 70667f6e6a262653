"""To whom the event of a report was done, over all its sentences.

Grammar finds whom one sentence says an act was done to. A report tells more: "five were held. They
are A, B ...", "his arrest", a headline. Learned weights over what the text shows of each person
(`victim_features`) say who the sufferers of its event are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onrecord import vocabulary
from onrecord.coding.victim_features import Features, Report, features_of
from onrecord.dates.edtf import overlaps
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from onrecord.coding.context import Context
    from onrecord.model import Act

NAME = "victims-learned"


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign counts (log odds), what stands without any, and from which share we choose."""

    signs: Mapping[str, float]
    bias: float
    threshold: float

    def score(self, signs: Features) -> float:
        """How probable it is that the event was done to somebody with these signs."""
        known = self.signs
        total = self.bias + sum(
            known[name] * value for name, value in signs.items() if name in known
        )
        return 1.0 / (1.0 + math.exp(-max(min(total, 30.0), -30.0)))


@cache
def weights() -> Weights:
    """The packaged weights, read once a process."""
    learned = vocabulary.learned(NAME)["sufferers"]
    return Weights(learned["signs"], learned["bias"], learned["threshold"])


def sufferers(context: Context, acts: Sequence[Act], principal: Iterable[str]) -> frozenset[str]:
    """The ids of the named persons to whom the principal event, of these acts, was done."""
    report = Report(context, acts, principal)
    found = features_of(report)
    return frozenset(
        person for person, signs in found.items() if weights().score(signs) >= weights().threshold
    )


def of_the_event(
    context: Context, groups: list[list[Act]], principal: int
) -> tuple[list[list[Act]], int]:
    """Groups of acts so that the principal one holds what its sufferers suffered, and not others.

    Acts done to its sufferers join it unless their day or another death sets them apart; acts done
    to other persons alone leave it. Where nobody is known to have suffered it, all stays as it is.
    """
    acts = [act for group in groups for act in group]
    core = groups[principal]
    chosen = sufferers(context, acts, (act.id for act in core))
    if not any(_people(context, act) & chosen for act in core):
        return groups, principal
    mine: list[Act] = []
    others: list[list[Act]] = []
    for group in groups:
        left: list[Act] = []
        for act in group:
            people = _people(context, act)
            stays = group is core and (not people or people & chosen)
            joins = stays or (people & chosen and not _set_apart(context, act, core, chosen))
            (mine if joins else left).append(act)
        others += [left] if left else []
    return [mine, *others], 0


def _set_apart(context: Context, act: Act, core: list[Act], chosen: frozenset[str]) -> bool:
    """Whether another day, or the death of somebody else, makes an act another event."""
    victims = set().union(*(_people(context, other) for other in core))
    if _people(context, act) & chosen & victims:
        return False
    days = [other.date for other in core if other.date]
    if act.date and days and not any(overlaps(act.date, day) for day in days):
        return True
    deadly = load("event_rules")["families"]["killing"]
    return act.type in deadly and any(
        other.type in deadly and _people(context, other) for other in core
    )


def _people(context: Context, act: Act) -> set[str]:
    return {v.entity for v in act.victims if context.book[v.entity].type == "Person"}
