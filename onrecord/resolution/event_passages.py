"""Passages that near copies have in common: where both tell of an act in the same words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np

from onrecord.resolution.event_evidence import Rows
from onrecord.vocabulary import load

Pairs = frozenset[tuple[str, str]]


def word_pairs(text: str) -> Pairs:
    """The pairs of neighbouring words of a text."""
    words = re.findall(r"\w+", text.casefold())
    return frozenset(pairwise(words))


def overlap(one: Pairs, other: Pairs) -> float:
    """The share of the shorter text's word pairs that stand in the other; 0 where it has none."""
    return len(one & other) / max(1, min(len(one), len(other)))


def passages_in_common(
    families: Mapping[str, str],
    keys: Sequence[str],
    documents: Sequence[str],
    types: Sequence[str],
    sentences: Sequence[str | None],
) -> Rows:
    """For each act the number of the passage that tells of it, the same in near copies; else -1.

    `families` gives, for a document with near copies, the one of them that stands for all. Two acts
    share a passage where they are of one type and most pairs of neighbouring words around them are
    the same. The order of the acts does not matter.
    """
    copied: dict[tuple[str, str], list[int]] = {}
    for row in sorted(range(len(keys)), key=keys.__getitem__):
        if documents[row] in families:
            copied.setdefault((families[documents[row]], types[row]), []).append(row)
    least = load("events")["same_passage"]
    found = np.full(len(keys), -1, dtype=np.int64)
    number = 0
    for rows in copied.values():
        known: list[Pairs] = []
        for row in rows:
            pairs = word_pairs(sentences[row] or "")
            shares = [overlap(pairs, other) for other in known]
            best = max(range(len(known)), key=shares.__getitem__, default=-1)
            if best < 0 or shares[best] < least:
                best = len(known)
                known.append(pairs)
            found[row] = number + best
        number += len(known)
    return found
