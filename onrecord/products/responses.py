"""What may respond to a demand: later or same-report words of those it was put to."""

from __future__ import annotations

from onrecord.model import Demand
from onrecord.products.edtf import order
from onrecord.products.index import Index, Said, Sheet, date_of, voices
from onrecord.products.overlap import name_words, shared_words, words_of
from onrecord.products.people import People
from onrecord.products.wording import listed, say, set_off


def responses(people: People, sheet: Sheet, demand: Demand) -> list[tuple[Said, str]]:
    """Claims by an addressee that stand inside the demand's claim or share its words, and why.

    Words shared are a reason to look, not proof of a response: the reason is shown with each.
    """
    asked = frozenset().union(
        *(people.group(e) for e in demand.addressees if _known(people.index, e))
    )
    if not asked:
        return []
    wanted, names = sheet.text(demand.action), name_words(people, asked)
    found = []
    for said in people.index.said:
        if not _may_respond(sheet, demand, said, asked):
            continue
        if said.claim and said.claim.parent == demand.claim:
            found.append((said, say("it stands inside the demand")))
        elif shared := shared_words(wanted, words_of(said), names):
            words = listed(map(set_off, shared[:4]))
            found.append((said, say("both speak of {words}", words=words)))
    return found


def _may_respond(sheet: Sheet, demand: Demand, said: Said, asked: frozenset[str]) -> bool:
    """Whether it is said by an addressee, and not before the demand was reported."""
    claim = said.claim
    if claim is None or claim.id == demand.claim or asked.isdisjoint(voices(claim)):
        return False
    before, after = order(date_of(sheet.record)), order(date_of(said.record))
    return not (before and after and after < before)


def _known(index: Index, entity: str) -> bool:
    return entity in index.sheet_of and not index.entity(entity).candidates
