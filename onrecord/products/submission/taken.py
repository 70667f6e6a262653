"""How somebody was taken, as sources tell it: the sentence, the day, the place, and by whom.

The subject must be the one it was done to: the verb is passive after the name with nobody else
named between ("Mr Aven was seized"), or stands right before it ("put him into a van").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from onrecord import dates
from onrecord.dates.edtf import read_edtf
from onrecord.dates.english import FORMS, read_form
from onrecord.dates.relative import fill_year
from onrecord.model import Act, Edtf, Entity, Record, Span
from onrecord.passages.sentence import sentence
from onrecord.products.index import Sheet, date_of
from onrecord.products.submission.passages import (
    Place,
    Spoken,
    Told,
    any_of,
    is_a_question,
    is_asked,
    negated,
)
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Taking:
    """A sentence that tells of it. `strong`: somebody took the person; else the person is missing.

    `passive` tells on which side of the verb those who did it stand.
    """

    place: Place
    told: Told
    strong: bool
    passive: bool


def takings(spoken: Spoken) -> tuple[Taking, ...]:
    """Every sentence that tells that the subject was taken or is missing, and does not deny it."""
    return tuple(one for place in spoken.places if (one := _taking(place)))


def _taking(place: Place) -> Taking | None:
    if is_a_question(place) or _whose(place):
        return None
    for pattern, side, strong, passive in _patterns():
        words = place.after if side == "after" else place.before
        found = re.search(pattern, words, re.IGNORECASE)
        if found is None:
            continue
        span = place.after_at(found) if side == "after" else place.before_at(found)
        lead = place.sheet.record.text[place.span[0] : span[0]]
        if _another(place, span) or negated(lead) or is_asked(lead):
            continue
        return Taking(place, place.told(span), strong, passive)
    return None


def _whose(place: Place) -> bool:
    """Whether a mention only says whose somebody is: "took her brother", "Mr Aven's son"."""
    start, end = place.mention
    if place.after.startswith(("'s ", "’s ")):
        return True
    longer = (w for e in place.sheet.record.entities for w in e.words if w[0] == start)
    return any(w[1] > end and w not in place.own for w in longer)


@cache
def _patterns() -> tuple[tuple[str, str, bool, bool], ...]:
    """Pattern, side of the name, whether somebody took them, whether those follow after a "by"."""
    verb = rf"\b(?:{'|'.join(load('submission_words')['auxiliaries'])})\b(?:\s\w+){{0,2}}?\s[“\"]?"
    gap = r"^[^;:.!?“”\"]{0,120}?"
    own = r"\s(?:away\s|off\s)?(?:the\s(?:\w+\s){0,2}|mr\.?\s|ms\.?\s|mrs\.?\s|dr\.?\s)?$"
    return (
        (gap + verb + any_of("participles"), "after", True, True),
        (any_of("actives") + own, "before", True, False),
        (any_of("nouns_of") + r"\sof" + own, "before", True, True),
        (gap + any_of("victim_of"), "after", True, True),
        (gap + any_of("missing"), "after", False, True),
        (any_of("missing_before") + own, "before", False, True),
    )


def _another(place: Place, core: Span) -> bool:
    """Whether somebody else is named between the name and the verb."""
    first, last = sorted((place.mention, core))
    return any(first[1] <= other[0] and other[1] <= last[0] for other in place.others)


def acts_of(spoken: Spoken) -> Iterator[tuple[Sheet, Act]]:
    """Acts coded as done to the subject, in a sentence that names the subject, and not denied."""
    for sheet in spoken.sheets:
        for act in sheet.record.acts:
            whole = sentence(sheet.record.text, act.span)
            inside = (
                v.entity in spoken.subject.entities and whole[0] <= v.span[0] <= whole[1]
                for v in act.victims
            )
            if act.polarity == "affirmed" and act.modality != "hypothetical" and any(inside):
                yield sheet, act


def agents(taking: Taking) -> tuple[Span, tuple[Entity, ...]] | None:
    """The words that say who did it, and the entities named in them."""
    text, (start, end) = taking.place.sheet.record.text, taking.place.span
    if taking.passive:
        found = re.search(r"\bby\s", text[taking.told.core[1] : end])
        if found is None:
            return None
        zone = (taking.told.core[1] + found.end(), _clause_end(text, taking, found.end(), end))
    else:
        zone = (_clause_start(text, start, taking.told.core[0]), taking.told.core[0])
    zone = _trimmed(text, zone)
    mine = taking.place.mention
    named = tuple(
        e
        for e in taking.place.sheet.record.entities
        if e.type != "Place"
        and any(zone[0] <= w[0] and w[1] <= zone[1] for w in e.mentions)
        and mine not in e.words
    )
    return (zone, named) if named else None


def _clause_end(text: str, taking: Taking, offset: int, end: int) -> int:
    first = taking.told.core[1] + offset
    found = re.search(rf"[;:“”]|,?\s(?:{_closing()})\b", text[first:end])
    return first + found.start() if found else end


@cache
def _closing() -> str:
    return "|".join(load("submission_words")["clause_closes"])


def _clause_start(text: str, start: int, core: int) -> int:
    opens = "|".join(load("submission_words")["clause_opens"])
    # "and" inside the words for those who did it ("four men and two guards") opens no clause.
    found = re.finditer(rf"\b(?:{opens})\s|[;:“”,]\s?", text[start:core])
    kept = [m for m in found if m.group().strip() != "and"]
    return start + kept[-1].end() if kept else start


def _trimmed(text: str, span: Span) -> Span:
    words = text[slice(*span)]
    left = len(words) - len(words.lstrip())
    return (span[0] + left, span[0] + max(left, len(words.rstrip(' \n\t.,;:”"'))))


def day_of(taking: Taking) -> tuple[Edtf, Span] | None:
    """The date of the sentence nearest to the verb, those after it first; its year as reported."""
    record, (start, end) = taking.place.sheet.record, taking.place.span
    words, core = record.text[start:end], taking.told.core[0] - start
    best: tuple[tuple[bool, int], Edtf, Span] | None = None
    covered: list[Span] = []
    for name, pattern in _forms():
        for found in pattern.finditer(words):
            if any(a < found.end() and found.start() < b for a, b in covered):
                continue
            time = read_form(name, found) if _is_written(found.group()) else None
            if time is None:
                continue
            covered.append(found.span())
            day = fill_year(str(time), date_of(record) or "", future=False)
            if re.search(r"\b(?:by|until)\s$", words[: found.start()]) or _is_later(day, record):
                continue
            away = (found.start() < core, abs(found.start() - core))
            if best is None or away < best[0]:
                best = (away, day, (start + found.start(), start + found.end()))
    return (best[1], best[2]) if best else None


def _is_later(day: Edtf, record: Record) -> bool:
    """Whether a day lies after the report that names it: nobody was taken on it, as reported."""
    reported = date_of(record)
    if reported is None:
        return False
    first, last = dates.bounds(day)[0], dates.bounds(reported)[1]
    return first is not None and last is not None and first > last


def _is_written(words: str) -> bool:
    """Whether a date's words begin as one does: "may" without a capital is no month."""
    return not words[:1].islower() or any(c.isdigit() for c in words)


_KINDS = ("iso", "day", "month", "year_month", "bare_month", "numeric")


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"\b(?:{pattern})", re.IGNORECASE))
        for name, pattern in FORMS
        if name in _KINDS
    )


def is_a_day(date: Edtf) -> bool:
    """Whether a date gives day, month and year."""
    time = read_edtf(date)
    return time is not None and time.start is not None and time.start.as_date is not None
