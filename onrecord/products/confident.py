"""A record without what the extraction was unsure of, and without what hangs on that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from onrecord.model import Act, Claim, Record, Relation
from onrecord.products.page import Page
from onrecord.products.wording import say_many, speaking

T = TypeVar("T", Act, Relation)


class Sieve:
    """Leaves out claims, acts and relations whose confidence is below a floor, and counts them.

    What states no confidence stays. What rests only on claims left out is left out with them, since
    without its claims it would read as a fact. Ids stay as they are; `left_out` counts the items.
    """

    def __init__(self, floor: float) -> None:
        self.floor = floor
        self.left_out = 0

    def records(self, records: Iterable[Record]) -> Iterator[Record]:
        """Each record, sifted."""
        return map(self.record, records)

    def record(self, record: Record) -> Record:
        """One record, sifted. A claim inside one left out moves up to the next around that."""
        claims = {claim.id: claim for claim in record.claims}
        kept = {name for name, claim in claims.items() if self._is_sure(claim)}
        acts = tuple(_resting(act, kept) for act in record.acts if self._stands(act, kept))
        relations = tuple(
            _resting(relation, kept)
            for relation in record.relations
            if self._stands(relation, kept)
        )
        standing = {act.id for act in acts}
        demands = tuple(d for d in record.demands if d.claim in kept)
        before = (record.claims, record.acts, record.relations, record.demands)
        after = (kept, acts, relations, demands)
        self.left_out += sum(map(len, before)) - sum(map(len, after))
        return replace(
            record,
            claims=tuple(_under(c, claims, kept) for c in record.claims if c.id in kept),
            acts=acts,
            events=tuple(
                replace(event, acts=tuple(a for a in event.acts if a in standing))
                for event in record.events
                if standing.intersection(event.acts)
            ),
            relations=relations,
            demands=demands,
        )

    def noted(self, page: Page) -> Page:
        """The page, saying how much was left out of what it was made from."""
        with speaking(page.language):
            told = say_many(
                "{count} item below a confidence of {floor} is left out.",
                "{count} items below a confidence of {floor} are left out.",
                self.left_out,
                floor=f"{self.floor:g}",
            )
        return replace(page, lead=f"{page.lead} {told}".strip())

    def _is_sure(self, item: Claim | Act | Relation) -> bool:
        return item.confidence is None or item.confidence >= self.floor

    def _stands(self, item: Act | Relation, kept: set[str]) -> bool:
        return self._is_sure(item) and (not item.claims or not kept.isdisjoint(item.claims))


def _resting(item: T, kept: set[str]) -> T:
    return replace(item, claims=tuple(c for c in item.claims if c in kept))


def _under(claim: Claim, claims: Mapping[str, Claim], kept: set[str]) -> Claim:
    """The claim with the nearest of those around it that is kept as its parent."""
    parent = claim.parent
    while parent is not None and parent not in kept:
        parent = claims[parent].parent
    return replace(claim, parent=parent)
