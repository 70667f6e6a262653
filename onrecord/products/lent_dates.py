"""Which acts without a date of their own stand under that of another act of their event."""

from __future__ import annotations

import re
from collections.abc import Mapping

from onrecord.model import Act, Edtf, Record

_A_DAY = re.compile(r"[\dX]{4}-\d\d-\d\d")


def lent_dates(record: Record) -> Mapping[str, Edtf]:
    """The day that an act of the same event gives to one that tells the same thing, by its id.

    An event holds what led to an act and what came of it, years apart. Only an event of one day
    lends it, only to acts of a kind that it tells of on that day, at the same place or done to the
    same people; no other place or sufferer may set them apart.
    """
    acts = {act.id: act for act in record.acts}
    lent: dict[str, Edtf] = {}
    for event in record.events:
        told = [acts[a] for a in event.acts if a in acts]
        days = {act.date for act in told if act.date}
        day = days.pop() if len(days) == 1 else None
        if day is None or not _A_DAY.fullmatch(day):
            continue
        done = [act for act in told if act.modality != "hypothetical"]
        dated = [act for act in done if act.date]
        lent |= {a.id: day for a in done if not a.date and any(_is_one(a, d) for d in dated)}
    return lent


def _is_one(one: Act, other: Act) -> bool:
    """Whether two acts of one event tell the same: a place or sufferers in common, none apart."""
    if one.type != other.type:
        return False
    sufferers = {v.entity for v in one.victims} & {v.entity for v in other.victims}
    same = bool(sufferers or _counted(one) & _counted(other))
    if one.victims and other.victims and not same:
        return False
    if one.place and other.place:
        return one.place == other.place
    return same


def _counted(act: Act) -> set[tuple[int | None, int | None]]:
    return {(v.count.min, v.count.max) for v in act.victims if v.count}
