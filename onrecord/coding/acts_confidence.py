"""How likely readers of a report record an act that was found in it: the confidence of an act."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from onrecord import vocabulary
from onrecord.coding.principal import NAME, chance, chances_of_kinds
from onrecord.coding.principal_signs import Signs, kind_of
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from onrecord.coding.context import Context
    from onrecord.model import Act

_SUREST = 0.999
"""No chance is taken as nearer to certain than this, or its odds would drown all other signs."""


def with_confidence(
    context: Context, acts: tuple[Act, ...], principal: frozenset[str]
) -> tuple[Act, ...]:
    """The acts with their confidence: the chance that readers of the report record their kind.

    `principal` are the ids of the acts that weigh most together. The weights were learned on
    reports that people read, so that the confidence is a share of right acts (training/README.md).
    """
    chances = chances_of_kinds(context, acts, principal)
    bias, weights = _weights()
    found = []
    for act in acts:
        signs = signs_of_act(context, act, chances.get(kind_of(act), 0.0), act.id in principal)
        odds = bias + sum(weights[name] * value for name, value in signs.items() if name in weights)
        found.append(replace(act, confidence=round(chance(odds), 3)))
    return tuple(found)


def signs_of_act(context: Context, act: Act, of_kind: float, in_event: bool) -> Signs:
    """What shows of one act: how it is said, of whom, where, and the chance of its kind.

    They are few: acts of one report are right or wrong together, so that many would be learned
    off a handful of long reports.
    """
    lead_end = load("event_rules")["lead_share"] * len(context.parsed.text)
    sure = min(max(of_kind, 1 - _SUREST), _SUREST)
    return {
        "odds of its kind": math.log(sure / (1 - sure)),
        "in event": float(in_event),
        "asserted": float(act.modality == "asserted"),
        "with victims": float(bool(act.victims)),
        "in lead": float(act.span[0] < lead_end),
        "of no kind of its own": float(kind_of(act) == "other"),
    }


@cache
def _weights() -> tuple[float, Mapping[str, float]]:
    learned = vocabulary.learned(NAME)["confidence"]
    return learned["bias"], learned["signs"]
