"""The common words of a report, from which learned weights tell what kind of report it is.

Names are left out, so that nothing learned from one set of reports is about its people or places.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord.vocabulary import load

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from onrecord.model import Span

_KINDS = ("NOUN", "VERB", "ADJ")
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
    """The common words of a parse: nouns, verbs and adjectives outside names.

    They are kept with the parse, since several steps of coding ask for them.
    """
    known: ReportWords | None = doc.user_data.get(_KEY)
    if known is None:
        known = doc.user_data[_KEY] = _read(doc)
    return known


_KEY = "onrecord: common words"


def _read(doc: Doc) -> ReportWords:
    lead_end = load("event_rules")["lead_share"] * len(doc.text)
    counted: dict[str, list[int]] = {}
    first: dict[str, Span] = {}
    for position in _common(doc):
        token = doc[position]
        word, start = token.lemma_.lower(), token.idx
        counts = counted.setdefault(word, [0, 0])
        counts[0] += 1
        counts[1] += start < lead_end
        first.setdefault(word, (start, start + len(token)))
    whole = {w: 1 + math.log(n) for w, (n, _) in counted.items()}
    lead = {w: 1 + math.log(n) for w, (_, n) in counted.items() if n}
    size = math.sqrt(sum(v * v for part in (whole, lead) for v in part.values())) or 1.0
    return ReportWords(
        {w: v / size for w, v in whole.items()}, {w: v / size for w, v in lead.items()}, first
    )


def _common(doc: Doc) -> list[int]:
    """Where the common words stand, read off the parse in columns: it is long."""
    from spacy import attrs
    from spacy.strings import get_string_id

    kinds, names = ([get_string_id(word) for word in words] for words in (_KINDS, _names()))
    table = doc.to_array([attrs.POS, attrs.ENT_TYPE, attrs.LENGTH, attrs.IS_ALPHA])
    fits = np.isin(table[:, 0], np.array(kinds, dtype=table.dtype)) & ~np.isin(
        table[:, 1], np.array(names, dtype=table.dtype)
    )
    fits &= (table[:, 2] >= _SHORTEST) & (table[:, 3] == 1)
    return [int(position) for position in np.flatnonzero(fits)]


@cache
def _names() -> tuple[str, ...]:
    return tuple(load("event_rules")["names"])
