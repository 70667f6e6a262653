"""One side of a contradiction: what an act or a denial gives for a field, in whose words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from onrecord.model import Act, Claim, Count, Record, Span
from onrecord.products.attribution import who
from onrecord.products.edtf import in_words, order
from onrecord.products.index import Index, Said
from onrecord.products.page import Line, Run
from onrecord.products.parts import Desk
from onrecord.products.quoting import join, quoted
from onrecord.products.wording import comma, say, say_as
from onrecord.products.writer import act_label, bounds
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Told:
    """An act with the claim that carries it, or a claim by itself (`act` is None)."""

    record: Record
    claim: Claim | None
    act: Act | None = None

    @property
    def said(self) -> Said:
        """The words in which it is told."""
        return Said(self.record, self.claim, (self.act,) if self.act else ())


@dataclass(frozen=True, slots=True)
class Side:
    """What one side gives for a field, who gives it, and the line that shows both."""

    gives: tuple[Run, ...]
    who: str
    line: Line


def told_of(index: Index) -> dict[str, Told]:
    """Every claim and act of a case by its key (`DOCUMENT|ID`)."""
    found: dict[str, Told] = {}
    for sheet in index.sheets:
        document = sheet.record.document.id
        for claim in sheet.record.claims:
            found[f"{document}|{claim.id}"] = Told(sheet.record, claim)
        for act in sheet.record.acts:
            carrying = sheet.covering(act.span, act.claims)
            found[f"{document}|{act.id}"] = Told(sheet.record, carrying, act)
    return found


def side(desk: Desk, told: Told, field: str) -> Side:
    """What is given for a field, then the whole words with their chain and note."""
    limit = int(load("products")["trim"]["summary"])
    line = desk.writer.said(told.said, limit=limit, coded=False)
    gives, spans = _given(desk, told, field)
    if gives:
        cited = desk.writer.notes.cite(told.record, (*told.said.content, *spans))
        line = replace(line, runs=(*gives, Run(" – "), *line.runs), notes=(cited,))
    return Side(gives or quoted(told.record, told.said.content, 80), who(line.steps[-1]), line)


def range_of(sides: Sequence[Told], field: str) -> str:
    """All that the sides give for a count or a date, from end to end: ", here 4 to 11"."""
    acts = [told.act for told in sides if told.act]
    if field == "count":
        counts = [count for act in acts if (count := _count(act))]
        return _counted(counts)
    dates = sorted({a.date for a in acts if a.date}, key=lambda d: order(d) or ("", 0, 0))
    if field != "date" or not dates:
        return ""
    joint = say_as("between the ends of a time", " to ")
    ends = joint.join(dict.fromkeys((in_words(dates[0]), in_words(dates[-1]))))
    return say(", here {range}", range=ends)


def _counted(counts: Sequence[Count]) -> str:
    least = min((c.min for c in counts if c.min is not None), default=None)
    most = max((c.max for c in counts if c.max is not None), default=None)
    open_ended = any(c.max is None for c in counts)
    if least is None and most is None:
        return ""
    whole = Count("", (0, 0), 0 if least is None else least, None if open_ended else most)
    told = bounds(whole).replace("(", "").replace(")", "").strip()
    return say(", here {range}", range=told)


def _given(desk: Desk, told: Told, field: str) -> tuple[tuple[Run, ...], tuple[Span, ...]]:
    """What an act gives for a field, and the characters it rests on; a denial is its own words."""
    act = told.act
    if act is None:
        return (), ()
    cited: Mapping[str, Sequence[Span]] = act.cites
    if field == "count" and (count := _count(act)):
        return (*quoted(told.record, (count.span,)), Run(bounds(count))), (count.span,)
    if field == "date":
        return (Run(in_words(act.date), "name"),), tuple(cited.get("date", ()))
    if field == "place" and act.place:
        return (desk.writer.name(act.place),), tuple(cited.get("place", ()))
    if field == "perpetrator":
        named = [(desk.writer.name(p.entity),) for p in act.perpetrators]
        return join(named, comma()), tuple(p.span for p in act.perpetrators if p.span)
    return (*quoted(told.record, (act.span,)), Run(f" ({act_label(act.type)})")), (act.span,)


def _count(act: Act) -> Count | None:
    return next((v.count for v in act.victims if v.count), None)
