"""The common words of a report, from which learned weights tell what kind of report it is.

Names are left out, so that nothing learned from one set of reports is about its people or places.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.model import Span

_KINDS = frozenset({"NOUN", "VERB", "ADJ"})
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class ReportWords:
    """Lemmas of common words with their weights in the whole report and in its lead.

    The weights of both parts together have length 1, so that long reports count no more than short
    ones. `first` says where each lemma stands first.
    """

    whole: dict[str, float]
    lead: dict[str, float]
    first: dict[str, Span]


def words_of(doc: Doc) -> ReportWords:
    """The common words of a parse: nouns, verbs and adjectives outside names."""
    lead_end = load("event_rules")["lead_share"] * len(doc.text)
    counted: dict[str, list[int]] = {}
    first: dict[str, Span] = {}
    for token in doc:
        if token.pos_ not in _KINDS or token.ent_type_ in _names():
            continue
        if len(token) < _SHORTEST or not token.is_alpha:
            continue
        word = token.lemma_.lower()
        counts = counted.setdefault(word, [0, 0])
        counts[0] += 1
        counts[1] += token.idx < lead_end
        first.setdefault(word, (token.idx, token.idx + len(token)))
    whole = {w: 1 + math.log(n) for w, (n, _) in counted.items()}
    lead = {w: 1 + math.log(n) for w, (_, n) in counted.items() if n}
    size = math.sqrt(sum(v * v for part in (whole, lead) for v in part.values())) or 1.0
    return ReportWords(
        {w: v / size for w, v in whole.items()}, {w: v / size for w, v in lead.items()}, first
    )


@cache
def _names() -> frozenset[str]:
    return frozenset(load("event_rules")["names"])
