"""Whom a headline or a first sentence means: "Journalist jailed" is about the one named below."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from onrecord.vocabulary import load

if TYPE_CHECKING:
    from onrecord.coding.context import Context
    from onrecord.model import Act, Entity, Victim

_NOT_THE_ONE = frozenset(
    {"another", "other", "one", "no", "his", "her", "its", "their", "my", "our", "each", "every"}
)
_DOMINANT = 3
"""A name must be told so many times as often as any other to be what a headline means."""


def is_named(entity: Entity) -> bool:
    """Whether somebody has a name, and is not only described: "a Chilean journalist"."""
    if entity.type != "Person" or not entity.name[:1].isupper():
        return False
    last = entity.name.split()[-1].lower()
    return last not in _people() and entity.name.split()[0].lower() not in ("a", "an", "the")


def with_names(context: Context, acts: tuple[Act, ...]) -> tuple[Act, ...]:
    """Acts of the headline and the first sentence, told of whom the text goes on to name.

    Only where one person alone is named as victim of acts of that kind in what follows.
    """
    end, title = _head_end(context), (context.head.title or (0, 0))[1]
    meant: dict[tuple[str, int], str | None] = {}
    found = []
    for act in acts:
        if act.span[0] < end and any(_is_described(context, v) for v in act.victims):
            told = (_family(act.type), title if act.span[0] < title else end)
            if told not in meant:
                meant[told] = _told_below(context, acts, *told)
            name = meant[told]
            found.append(
                act if _is_for_it(context, act, acts, name) else _named(context, act, name)
            )
        else:
            found.append(act)
    return tuple(found)


def _head_end(context: Context) -> int:
    """Where the headline and the first sentence of the report end."""
    title, line = context.head.title, context.dateline
    start = max(title[1] if title else 0, line[1] if line else 0)
    sentences = context.parsed.doc.sents if context.parsed.doc is not None else ()
    ends = (s.end_char for s in sentences if s.start_char >= start and len(s) > _SHORT)
    return next(ends, 0)


_SHORT = 6
"""A sentence of no more tokens is a credit or a date, not yet the report."""


def _is_described(context: Context, victim: Victim) -> bool:
    entity = context.book[victim.entity]
    words = entity.name.lower().split()
    described = entity.type == "Person" and not is_named(entity) and words[-1] in _people()
    return described and not _NOT_THE_ONE & set(words)


def _told_below(context: Context, acts: tuple[Act, ...], kind: str, end: int) -> str | None:
    told = Counter(
        v.entity
        for act in acts
        if act.span[0] >= end and act.polarity == "affirmed" and _family(act.type) == kind
        for v in act.victims
        if is_named(context.book[v.entity])
    )
    if not told:
        return None
    first, *others = told.most_common(2)
    alone = not others or first[1] >= _DOMINANT * others[0][1]
    return first[0] if alone else None


_TAKEN = frozenset({"abduction", "hostage_taking"})


def _is_for_it(context: Context, act: Act, acts: tuple[Act, ...], name: str | None) -> bool:
    """Whether one arrested is rather who is suspected of the kidnapping of the one named below.

    "Officer held", and a trader kidnapped. A journalist who is held may be the one kidnapped.
    """
    words = {context.book[v.entity].name.lower().split()[-1] for v in act.victims}
    kinds = {a.type for a in acts if any(v.entity == name for v in a.victims)}
    suspects = load("act_parties")["fighters"] + load("act_parties")["anyone"]
    arrested = act.type == "arbitrary_detention" and bool(kinds) and kinds <= _TAKEN
    return arrested and not words.isdisjoint(suspects)


def _named(context: Context, act: Act, name: str | None) -> Act:
    described = [v for v in act.victims if _is_described(context, v)]
    known = {v.entity for v in act.victims} | {p.entity for p in act.perpetrators}
    if name is None or name in known or len(described) != 1:
        return act
    sexes = {context.book[name].sex, context.book[described[0].entity].sex} - {None, "unknown"}
    if len(sexes) > 1:
        return act
    _learn(context, name, context.book[described[0].entity])
    return replace(
        act,
        victims=tuple(replace(v, entity=name) if v in described else v for v in act.victims),
    )


def _learn(context: Context, name: str, described: Entity) -> None:
    """What the description says is said of whom it means: "Blogger jailed", of the one below."""
    entity = context.book[name]
    known: dict[str, Any] = {}
    cites = dict(entity.cites)
    more = [o for o in described.occupations if o not in entity.occupations]
    if more:
        said = dict(zip(entity.occupations, cites.get("occupations", ()), strict=False))
        said |= dict(zip(described.occupations, described.cites["occupations"], strict=False))
        known["occupations"] = tuple(sorted({*entity.occupations, *more}))
        cites["occupations"] = tuple(said[o] for o in known["occupations"] if o in said)
    for field in ("age_group", "sex"):
        told = getattr(described, field)
        if getattr(entity, field) in (None, "unknown") and told not in (None, "unknown"):
            known[field], cites[field] = told, described.cites[field]
    if known:
        context.book.learn(name, **known, cites=cites)


@cache
def _people() -> frozenset[str]:
    return frozenset(load("act_parties")["people"]["singular"])


def _family(kind: str) -> str:
    families = load("event_rules")["families"]
    return next((name for name, kinds in families.items() if kind in kinds), kind)
