"""In which field a sufferer works, where the words beside the name say so without a title.

"Police held NAME after she covered the march" names no occupation. What a report is about and the
words of the sentences that name somebody are weighed; the nearest of those words is cited. Only for
sufferers of the event, whom the weights were learned on: a minister who speaks of journalists is
none.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onrecord.vocabulary import learned, load

if TYPE_CHECKING:
    from spacy.tokens import Token

    from onrecord.coding.victim_features import Features, Report
    from onrecord.model import Entity, Span

FIELDS = ("human_rights_defender", "journalist", "trade_unionist")
_CLOSE, _MIDDLE = 60, 140
"""Characters between a name and a word that is close, or not far."""
_READ = 6
"""Sentences with the name that are read, from the first."""


@dataclass(frozen=True, slots=True)
class _Signs:
    fields: Mapping[str, frozenset[str]]
    cited: Mapping[str, frozenset[str]]
    telling: frozenset[str]
    all: frozenset[str]


@cache
def _signs() -> _Signs:
    data = load("calling_signs")
    fields = {field: frozenset(data[field]) for field in FIELDS}
    cited = {field: frozenset(data["cited"][field]) for field in FIELDS}
    telling = frozenset(data["telling"])
    return _Signs(fields, cited, telling, telling.union(*fields.values()))


def calling_of(report: Report, person: Entity) -> tuple[str, Span] | None:
    """The field of a sufferer none of whose occupations is one of `FIELDS`, and its word."""
    if set(person.occupations) & set(FIELDS):
        return None
    data = learned("victims-learned")["callings"]
    beside = list(words_beside(report, person))
    signs = calling_signs(report, person, beside)
    likely = [(_share(data[field], signs), field) for field in FIELDS]
    for share, field in sorted(likely, reverse=True):
        words = [(apart, t) for apart, t in beside if t.lemma_.lower() in _signs().cited[field]]
        if share >= data["threshold"] and words:
            _, token = min(words, key=lambda found: (found[0], found[1].i))
            return field, (token.idx, token.idx + len(token))
    return None


def _share(weights: Mapping[str, float], signs: Features) -> float:
    total = sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1.0 / (1.0 + math.exp(-(total + weights["bias"])))


def words_beside(report: Report, person: Entity) -> Iterator[tuple[int, Token]]:
    """The telling words of the sentences that name somebody, with how far they stand from it."""
    text = report.context.parsed.text
    names = [m for m in person.mentions if text[m[0]].isupper()]
    seen: set[int] = set()
    for mention in names:
        number = report.sentence(mention[0])
        if number in seen or len(seen) >= _READ:
            continue
        seen.add(number)
        for token in report.tokens(number):
            inside = any(start <= token.idx < end for start, end in names)
            if inside or token.lemma_.lower() not in _signs().all:
                continue
            if not _is_of_another(report, person, token):
                yield min(abs(token.idx - mention[1]), abs(token.idx - mention[0])), token


def _is_of_another(report: Report, person: Entity, token: Token) -> bool:
    """Whether a word says what somebody else with a name is: "the activist X and the singer Y"."""
    known = report.context.book.at(token.idx)
    return known is not None and known.id != person.id and known in report.people


def calling_signs(
    report: Report, person: Entity, beside: list[tuple[int, Token]] | None = None
) -> Features:
    """The signs of a person's field: what is known, what the report is of, the words beside."""
    beside = list(words_beside(report, person)) if beside is None else beside
    signs: Features = {f"is {occupation}": 1.0 for occupation in person.occupations}
    for field, words in _signs().fields.items():
        counted = sum(report.lemmas[word] for word in words)
        signs[f"report of {field}"] = min(3.0, 5.0 * counted / math.sqrt(max(len(report.doc), 1)))
        near = [(apart, t) for apart, t in beside if t.lemma_.lower() in words]
        signs[f"beside {field}"] = max((_closeness(apart) for apart, _ in near), default=0.0)
        signs[f"much beside {field}"] = min(len({t.lemma_.lower() for _, t in near}), 4) / 2.0
    for apart, token in beside:
        word = token.lemma_.lower()
        if word in _signs().telling:
            signs[f"word {word}"] = max(signs.get(f"word {word}", 0.0), _closeness(apart))
    return signs


def _closeness(apart: int) -> float:
    return 1.0 if apart < _CLOSE else 0.5 if apart < _MIDDLE else 0.3
