"""What may respond to a demand: later or same-report words of those it was put to."""

from __future__ import annotations

import re

from onrecord.model import Demand
from onrecord.products.edtf import order
from onrecord.products.index import Index, Said, Sheet, date_of, voices
from onrecord.products.people import People, fold
from onrecord.vocabulary import load


def responses(people: People, sheet: Sheet, demand: Demand) -> list[tuple[Said, str]]:
    """Claims by an addressee that stand inside the demand's claim or share its words, and why.

    Words shared are a reason to look, not proof of a response: the reason is shown with each.
    """
    asked = frozenset().union(
        *(people.group(e) for e in demand.addressees if _known(people.index, e))
    )
    if not asked:
        return []
    wanted = _words(sheet.text(demand.action), _names(people, asked))
    found = []
    for said in people.index.said:
        why = _why(sheet, demand, said, asked)
        if why == "words":
            shared = sorted(wanted & _words(_content(said), frozenset()))
            enough = len(shared) >= load("products")["overlap"]["words"]
            why = f"both speak of {', '.join(shared[:4])}" if enough else ""
        if why:
            found.append((said, why))
    return found


def _why(sheet: Sheet, demand: Demand, said: Said, asked: frozenset[str]) -> str:
    """The reason at once, or `words` where the words must be compared, or nothing."""
    claim = said.claim
    if claim is None or claim.id == demand.claim or asked.isdisjoint(voices(claim)):
        return ""
    if said.record.document.id == sheet.record.document.id and claim.parent == demand.claim:
        return "it stands inside the demand"
    before, after = order(date_of(sheet.record)), order(date_of(said.record))
    return "" if before and after and after < before else "words"


def _known(index: Index, entity: str) -> bool:
    return entity in index.sheet_of and not index.entity(entity).candidates


def _names(people: People, asked: frozenset[str]) -> frozenset[str]:
    names = (n for e in asked for n in fold(people.index.entity(e).name).split())
    return frozenset(names)


def _content(said: Said) -> str:
    return " ".join(said.record.text[slice(*span)] for span in said.content)


def _words(text: str, without: frozenset[str]) -> frozenset[str]:
    least = load("products")["overlap"]["letters"]
    words = re.findall(r"\w+", fold(text))
    return frozenset(w for w in words if len(w) >= least and w not in without)
