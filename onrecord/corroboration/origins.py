"""Independent origins: for each event, the sources its reports go back to, and why so few."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import pyarrow as pa

from onrecord.corroboration.joins import FIRM
from onrecord.corroboration.joins_base import Join, Reports
from onrecord.corroboration.joins_doubtful import doubtful
from onrecord.corroboration.joins_names import longest_names, named_pairs
from onrecord.corroboration.lineage import reports_of
from onrecord.corroboration.voices import Voice, voices
from onrecord.model import content_id
from onrecord.resolution.names import compare_many
from onrecord.resolution.names.comparison import threshold
from onrecord.resolution.tables import Tables


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a voice belongs to an origin: `member` is not independent of `of`, both keys."""

    member: str
    of: str
    rule: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Origin:
    """One independent origin of what is told of an event.

    `source` is what its first voice with a name calls it, else its first. The first is the account
    that nothing puts to another, the others stand by their day. `members` are keys of
    claims, and of acts that a document asserts in its own voice; `acts` are keys of all the acts it
    tells of. Every voice but the first has a reason. `affirms` is false where it only denies: such
    an origin is not counted.
    """

    id: str
    event: str
    source: str
    voices: tuple[Voice, ...]
    reasons: tuple[Reason, ...]

    @property
    def affirms(self) -> bool:
        """Whether any of its voices says that the thing was done."""
        return any(voice.affirms for voice in self.voices)

    @property
    def members(self) -> tuple[str, ...]:
        """Keys of its claims, and of the acts told without a claim."""
        return tuple(key for voice in self.voices for key in voice.claims or voice.acts)

    @property
    def acts(self) -> tuple[str, ...]:
        """Keys of the acts that it tells of."""
        return tuple(key for voice in self.voices for key in voice.acts)


def find_origins(
    tables: Tables,
    events: pa.Table,
    canonical: pa.Table,
    copies: pa.Table | None = None,
) -> Iterator[Origin]:
    """The origins of every event, event by event.

    `events`: (act, event). `canonical`: (key, canonical) of resolved entities. `copies`: as from
    `near_copies`, found here where it is not given. The answer does not depend on the order of the
    documents.
    """
    reports = reports_of(tables, copies)
    waiting = voices(tables, events, canonical)
    while batch := list(islice(waiting, _EVENTS_AT_ONCE)):
        known = replace(reports, alike=_alike([told for _, told in batch]))
        for event, told in batch:
            yield from origins_of_event(event, told, known)


_EVENTS_AT_ONCE = 500
"""Names are compared for so many events together: one by one takes ten times as long."""


def _alike(events: Sequence[Sequence[Voice]]) -> frozenset[tuple[str, str]]:
    """Pairs of sources of one event whose names match."""
    pairs: dict[tuple[str, str], tuple[str, str, str]] = {}
    for told in events:
        names = longest_names(told)
        for one, other in named_pairs(told):
            pair = (told[one].source, told[other].source)
            person = told[one].person or told[other].person
            kind = "person" if person else "organization"
            pairs[pair] = (names[pair[0]], names[pair[1]], kind)
    lefts, rights, kinds = ([row[at] for row in pairs.values()] for at in range(3))
    scores = compare_many(lefts, rights, kinds)
    floors = {kind: threshold(kind) for kind in set(kinds)}
    return frozenset(
        pair
        for pair, score, kind in zip(pairs, scores, kinds, strict=True)
        if score >= floors[kind]
    )


def independent_origins(origins: Sequence[Origin]) -> int:
    """How many of an event's origins say that it happened."""
    return sum(origin.affirms for origin in origins)


def origins_of_event(event: str, told: Sequence[Voice], reports: Reports) -> list[Origin]:
    """The origins of one event's voices, the earliest first; those that only deny among them."""
    group = list(range(len(told)))
    reasons: list[Join] = []

    def join(found: Join) -> None:
        one, other = sorted((group[found.one], group[found.other]))
        if one != other:
            group[:] = [one if of == other else of for of in group]
            reasons.append(found)

    for rule in FIRM:
        for found in rule(told, reports):
            join(found)
    for found in doubtful(told, tuple(group), reports):
        join(found)
    return [_origin(event, told, group, first, reasons) for first in sorted(set(group))]


def _origin(
    event: str, told: Sequence[Voice], group: Sequence[int], first: int, joins: Sequence[Join]
) -> Origin:
    mine = [told[place] for place, of in enumerate(group) if of == first]
    joined = [j for j in joins if group[j.one] == first]
    reasons = [Reason(told[j.other].key, told[j.one].key, j.rule, j.sentence) for j in joined]
    put = {reason.member for reason in reasons}
    alone = [voice for voice in mine if voice.key not in put] or mine
    head = next((voice for voice in alone if voice.standing in _NAMED), alone[0])
    # Of two accounts that a third joined, the one that does not stand first needs its reason, too.
    reasons += [
        Reason(told[j.one].key, told[j.other].key, j.rule, j.sentence)
        for j in joined
        if told[j.one] in alone and told[j.one] != head
    ]
    return Origin(
        id=content_id("origin", event, mine[0].key),
        event=event,
        source=next((voice for voice in (head, *mine) if voice.standing in _NAMED), head).words,
        voices=(head, *(voice for voice in mine if voice != head)),
        reasons=tuple(reasons),
    )


_NAMED = ("named", "newsroom")
