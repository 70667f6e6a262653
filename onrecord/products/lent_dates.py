"""Which acts without a date of their own stand under that of another act of their event."""

from __future__ import annotations

from collections.abc import Mapping

from onrecord.model import Act, Edtf, Record
from onrecord.products.edtf import order


def lent_dates(record: Record) -> Mapping[str, Edtf]:
    """The day that an act of the same event gives to one that tells the same thing, by its id.

    An event holds what led to an act and what came of it, years apart: only a day is lent, only by
    acts of the same kind that no other place or sufferer sets apart, and only where they agree.
    """
    acts = {act.id: act for act in record.acts}
    lent: dict[str, Edtf] = {}
    for event in record.events:
        told = [acts[a] for a in event.acts if a in acts and acts[a].modality != "hypothetical"]
        dated = [act for act in told if _is_a_day(act.date)]
        for act in told:
            days = {d.date for d in dated if _may_be_one(act, d)} if not act.date else set()
            if len(days) == 1:
                lent[act.id] = str(days.pop())
    return lent


def _is_a_day(date: Edtf | None) -> bool:
    found = order(date)
    return found is not None and bool(found[2])


def _may_be_one(one: Act, other: Act) -> bool:
    """Whether nothing that two acts of one event tell sets them apart."""
    if one.type != other.type or (one.place and other.place and one.place != other.place):
        return False
    if not one.victims or not other.victims:
        return True
    shared = {v.entity for v in one.victims} & {v.entity for v in other.victims}
    return bool(shared or _counted(one) & _counted(other))


def _counted(act: Act) -> set[tuple[int | None, int | None]]:
    return {(v.count.min, v.count.max) for v in act.victims if v.count}
