"""What a report shows of its acts that tells which of them it is about, and who did them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING

from onrecord.coding.acts_headline import is_named
from onrecord.vocabulary import load

if TYPE_CHECKING:
    from onrecord.coding.context import Context
    from onrecord.model import Act

Signs = dict[str, float]
"""Signs by name; one that is absent is 0."""

OUTSIDE = 0.3
"""What a perpetrator outside the principal event counts beside one inside it."""


def kind_of(act: Act) -> str:
    """The wide kind of an act (`event_rules.yaml`, `kinds`); whatever has none is `other`."""
    return _kinds().get(act.type, "other")


def told(acts: Iterable[Act]) -> list[Act]:
    """The acts that are not denied."""
    return [act for act in acts if act.polarity != "negated"]


def signs_by_kind(
    context: Context, acts: Sequence[Act], principal: frozenset[str]
) -> dict[str, Signs]:
    """For each wide kind of act a report tells of: how often, where, with whom.

    `principal` are the ids of the acts that weigh most together.
    """
    acts = told(acts)
    by_kind: dict[str, list[Act]] = {}
    for act in acts:
        by_kind.setdefault(kind_of(act), []).append(act)
    found = {kind: _signs(context, part, acts, principal) for kind, part in sorted(by_kind.items())}
    most = max((len(part) for part in by_kind.values()), default=0)
    for kind, signs in found.items():
        signs["kinds"] = math.log(len(by_kind))
        signs["most told"] = float(len(by_kind[kind]) == most)
        for other, beside in found.items():
            if other != kind:
                signs[f"beside {other}"] = 1.0
                signs[f"beside {other}, times"] = beside["times"]
                signs[f"beside {other}, share"] = beside["share"]
                signs[f"beside {other}, in title"] = beside["in title"]
    return found


def _signs(context: Context, part: list[Act], acts: list[Act], principal: frozenset[str]) -> Signs:
    length = max(len(context.parsed.text), 1)
    lead_end = load("event_rules")["lead_share"] * length
    title = context.head.title or (0, 0)
    first = min(act.span[0] for act in part)
    inside = sum(act.id in principal for act in part)
    main = _most_mentioned(context)
    return {
        "times": math.log(len(part)),
        "share": len(part) / len(acts),
        "acts": math.log(len(acts)),
        "in title": float(any(title[0] <= act.span[0] < title[1] for act in part)),
        "in lead": float(first < lead_end),
        "times in lead": math.log1p(sum(act.span[0] < lead_end for act in part)),
        "first at": first / length,
        "told first": float(first == min(act.span[0] for act in acts)),
        "with victims": math.log1p(sum(bool(act.victims) for act in part)),
        "done to the most mentioned": math.log1p(
            sum(any(v.entity == main for v in act.victims) for act in part)
        ),
        "with perpetrators": math.log1p(sum(bool(act.perpetrators) for act in part)),
        "asserted": float(any(act.modality == "asserted" for act in part)),
        "dated": float(any(act.date for act in part)),
        "in event": math.log1p(inside),
        "not in event": float(not inside),
    }


def _most_mentioned(context: Context) -> str | None:
    people = [e for e in context.book if e.type == "Person" and is_named(e)]
    return max(people, key=lambda e: (len(e.mentions), e.id)).id if people else None


def signs_of_doers(context: Context, acts: Sequence[Act], principal: frozenset[str]) -> Signs:
    """What the whole report shows of those who did its acts."""
    acts = told(acts)
    counted: defaultdict[str, float] = defaultdict(float)
    lead_end = load("event_rules")["lead_share"] * len(context.parsed.text)
    for act in acts:
        weight = 1.0 if act.id in principal else OUTSIDE
        for doer in act.perpetrators:
            entity = context.book[doer.entity]
            kind = entity.actor_type or "untold"
            counted[f"is {kind}"] += weight
            counted[f"is a {entity.type}"] += weight
            counted[f"in lead is {kind}"] += weight * (act.span[0] < lead_end)
            for word in set(context.parsed.text[slice(*doer.span)].lower().split()) & _words():
                counted[f"called {word}"] += weight
    total = sum(n for name, n in counted.items() if name.startswith("is ") and name[3:5] != "a ")
    signs = {name: math.log1p(n) for name, n in sorted(counted.items()) if n}
    for name in list(signs):
        if name.startswith("is ") and name[3:5] != "a ":
            signs[f"share {name}"] = counted[name] / total
    signs["perpetrators"] = math.log1p(total)
    signs.update({f"event {kind_of(act)}": 1.0 for act in acts if act.id in principal})
    return signs | _countries(context) | _actors(context)


def _countries(context: Context) -> Signs:
    """How far a report is about one country: what another state did is told across two."""
    told_of: Counter[str] = Counter()
    for entity in context.book:
        if entity.type == "Place" and entity.country:
            told_of[entity.country] += len(entity.mentions)
    shares = sorted((n / told_of.total() for n in told_of.values()), reverse=True)
    if not shares:
        return {}
    second = shares[1] if len(shares) > 1 else 0.0
    return {
        "first country": shares[0],
        "second country": second,
        "countries": math.log(len(shares)),
    }


def _actors(context: Context) -> Signs:
    counted: Counter[str] = Counter()
    for entity in context.book:
        if entity.actor_type:
            counted[f"mentions {entity.actor_type}"] += len(entity.mentions)
    return {name: math.log1p(n) for name, n in sorted(counted.items())}


@cache
def _words() -> frozenset[str]:
    """The words that say what kind of actor somebody is, and of what size."""
    lists = load("act_parties")["actor_types"].values()
    return frozenset(word for words in lists for word in words if " " not in word)


@cache
def _kinds() -> dict[str, str]:
    kinds = load("event_rules")["kinds"]
    return {act: kind for kind, types in kinds.items() for act in types}
