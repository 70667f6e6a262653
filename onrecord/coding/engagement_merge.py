"""One engagement told several times: "to visit next week", "will travel from March 24 to 26"."""

from __future__ import annotations

from dataclasses import replace

from onrecord.coding.context import Context
from onrecord.coding.counts import find_counts
from onrecord.dates.edtf import overlaps, read_edtf
from onrecord.model import Engagement, content_id
from onrecord.vocabulary import load


def merged(context: Context, told: list[Engagement]) -> list[Engagement]:
    """Tellings that nothing keeps apart are one, with the finer day and all who take part."""
    found: list[Engagement] = []
    for new in told:
        for index, known in enumerate(found):
            if _same_kind(known, new) and _agree(context, known, new):
                found[index] = _joined(context, known, new)
                break
        else:
            found.append(new)
    return found


def _same_kind(one: Engagement, other: Engagement) -> bool:
    """A trip to a place is a visit of it."""
    return one.type == other.type or {one.type, other.type} == {"visit", "trip"}


def _agree(context: Context, one: Engagement, other: Engagement) -> bool:
    shared = set(one.participants) & set(other.participants)
    if not (shared or _stands_for(context, one, other) or _stands_for(context, other, one)):
        return False
    if one.place and other.place and one.place != other.place:
        return False
    pairs = ((one.start, other.start), (one.end, other.end))
    return all(a is None or b is None or a == b or overlaps(a, b) for a, b in pairs)


def _stands_for(context: Context, one: Engagement, other: Engagement) -> bool:
    """One telling counts a group ("two officials") of as many as the other names."""
    if len(one.participants) != 1:
        return False
    group = context.book[one.participants[0]]
    named = [p for p in other.participants if context.book[p].type == "Person"]
    words = group.name.lower().split()
    if group.type != "Group" or words[-1] not in load("engagements")["public_groups"]:
        return False
    counts = find_counts(group.name)
    number = counts[0].min if counts and counts[0].min == counts[0].max else None
    return len(named) > 1 and number == len(named) == len(other.participants)


def _joined(context: Context, known: Engagement, new: Engagement) -> Engagement:
    if _stands_for(context, known, new):
        participants = new.participants
    elif _stands_for(context, new, known):
        participants = known.participants
    else:
        participants = tuple(dict.fromkeys([*known.participants, *new.participants]))
    when = max((known, new), key=_fineness)
    cites = {**new.cites, **known.cites}
    cites.update({name: when.cites[name] for name in ("start", "end") if name in when.cites})
    kind = known.type if known.type == new.type else "visit"
    return replace(
        when,
        id=content_id("engagement", context.document_id, kind, *when.span),
        type=kind,
        participants=participants,
        place=known.place or new.place,
        cites=cites,
    )


def _fineness(engagement: Engagement) -> int:
    """How exactly the first day is told: not at all, within a stretch, to the month, to the day."""
    time = read_edtf(engagement.start) if engagement.start else None
    if time is None or time.start is None:
        return 0
    if time.extent != "point":
        return 1
    return 2 + (time.start.month is not None) + (time.start.day is not None)
