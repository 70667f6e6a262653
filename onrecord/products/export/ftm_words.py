"""The words that stand beside what FollowTheMoney would otherwise show as a fact."""

from __future__ import annotations

from onrecord.dates.edtf import in_words, read_edtf
from onrecord.model import Act, Claim, Record
from onrecord.products.attribution import chain, who
from onrecord.products.index import Index, Sheet
from onrecord.vocabulary import load
from onrecord.vocabulary.terms import Codes, terms


class Telling:
    """One record with what is needed to say on whose word each part of it stands."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.index = Index([record])
        self.sheet: Sheet = self.index.of_document[record.document.id]

    def attribution(self, claim: Claim | None) -> str:
        """On whose word: "allegation by Ana Tane, told by The Courier"."""
        steps = chain(self.index, self.record, claim)
        names = [who(step) for step in reversed(steps)]
        if claim is None:
            return f"told by {names[-1]}"
        kind = term_label("claim_kinds", claim.kind).lower()
        inner, outer = names[:-1], names[-1]
        return f"{kind} by {', citing '.join(reversed(inner))}, told by {outer}"

    def heading(self, claim: Claim | None) -> str:
        """The attribution as a name: "Allegation by Ana Tane, told by The Courier"."""
        told = self.attribution(claim)
        return f"{told[0].upper()}{told[1:]}"

    def summary(self, claim: Claim | None) -> str:
        """One line for an entity's summary, with the caution that it is no finding of fact."""
        manner = ""
        if claim is not None and (claim.modality != "asserted" or claim.polarity != "affirmed"):
            manner = f" ({claim.modality}, {claim.polarity})"
        return f"{self.heading(claim)}{manner}. {load('ftm')['caution']}"

    def claim_of(self, act: Act) -> Claim | None:
        """The claim that an act rests on; None for the publisher's own words."""
        return self.sheet.covering(act.span, act.claims)

    def words(self, span: tuple[int, int]) -> str:
        """The exact words of a stretch of the text."""
        return self.record.text[slice(*span)]


def status(claim: Claim | None) -> str:
    """How something is told: alleged, denied, stated by those named, as reported."""
    return str(load("ftm")["status"]["none" if claim is None else claim.kind])


def term_label(vocabulary: str, term: str) -> str:
    """What people call a term; of one that this version does not know, its id in words."""
    found = terms(vocabulary).get(term)
    return found.label if found else term.replace("_", " ")


def codes(vocabulary: str, term: str) -> list[str]:
    """The codes of a term in the field's standards, as marks that are read by people only."""
    found = terms(vocabulary).get(term)
    known: Codes = found.codes if found else {}
    return [f"code.{standard}={code}" for standard, these in known.items() for code in these]


def dates(edtf: str | None) -> dict[str, list[str]]:
    """The date properties that a date gives; none where FollowTheMoney cannot hold it."""
    time = read_edtf(edtf) if edtf else None
    if time is None:
        return {}
    points = (time.start, time.end)
    if any(p and (p.about or not p.year.isdigit() or (p.month or 1) > 12) for p in points):
        return {}
    if time.extent == "point":
        return {"date": [str(time.start)]}
    if time.extent != "interval":
        return {}
    named = (("startDate", time.start), ("endDate", time.end))
    return {name: [str(point)] for name, point in named if point}


def in_full(edtf: str | None) -> str:
    """A date in words where no property can hold it: "8 February, year unknown"; else nothing."""
    return in_words(edtf) if edtf and not dates(edtf) else ""
